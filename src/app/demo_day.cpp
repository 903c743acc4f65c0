#include "app/demo_day.h"

#include <charconv>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "access/accounts.h"
#include "access/secrets.h"
#include "app/sweeper.h"
#include "base/embedded.h"
#include "base/log.h"
#include "base/toml.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

constexpr std::chrono::hours session_used_for{6};  ///< Well below how long a session lasts.

enum class Part : std::uint8_t { yesterday, today };

/// "19:40" as minutes of the day.
std::optional<std::chrono::minutes> minutes_from(const std::string& text) {
  int hours = 0;
  int minutes = 0;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, hours);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, minutes);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return std::chrono::minutes{hours * 60 + minutes};
}

/// A number with or without sign; 0 where it is none.
int number_from(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Plays one table. What a text in it refers to: `$NAME.a.0.b` what an earlier step answered (`.id` where nothing else
/// is named), `door:3栋2单元301`, `person:3栋2单元301/张阿姨`, `place:1栋`, `worker:孙丽`, `in:90` the instant so many
/// minutes after the step, `day:1` the day so many days after it.
class Player {
 public:
  /// `resumed`: it was broken off once, and a step that is refused now is passed over.
  Player(Installation& house, Zone zone, Instant now, bool resumed)
      : house_(house),
        desk_(house, DemoKeys::once),
        zone_(std::move(zone)),
        now_(now),
        resumed_(resumed) {}

  Result<void> play(const toml::table& file, Part part) {
    TRY(learn());
    const std::string name = part == Part::today ? "today" : "yesterday";
    const toml::array* steps = file[name].as_array();
    if (!steps) return Error{ErrorKind::invalid, "demo.table", name};
    int number = 0;
    for (const toml::node& node : *steps) {
      const std::string hint = fmt::format("{} {}", name, ++number);
      const toml::table* one = node.as_table();
      if (!one) return Error{ErrorKind::invalid, "demo.table", hint};
      const auto played = step(*one, part, hint);
      if (!played.ok() && resumed_) {
        // Before it was broken off it went on from here: what was done then is not done again.
        log::info("demo: {} {} {}", hint, played.error().code, played.error().hint);
      } else if (!played.ok()) {
        return Error{played.error().kind, played.error().code, hint + ": " + played.error().hint};
      }
    }
    return {};
  }

 private:
  struct Home {
    std::string id;
    std::string dwelling;
    std::map<std::string, std::string> people = {};
  };
  struct Session {
    std::string token;
    Instant since;
  };

  /// Who lives where, and which places there are.
  Result<void> learn() {
    const auto tree = TRY(desk_.get("/api/v1/places"));
    for (const json::value& one : tree.at("rows").as_array()) {
      places_.try_emplace(text_of(one.as_object(), "name"), text_of(one.as_object(), "id"));
    }
    std::string query = "limit=1000";
    while (true) {
      const auto page = TRY(desk_.get("/api/v1/households", query));
      for (const json::value& one : page.at("rows").as_array()) {
        const json::object& row = one.as_object();
        homes_.try_emplace(text_of(row, "door"),
                           Home{text_of(row, "id"), text_of(row, "dwelling")});
      }
      const std::string next = text_of(page, "next");
      if (next.empty()) break;
      query = "limit=1000&cursor=" + next;
    }
    const auto outcome = house_.store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row : db.query("SELECT id, login, name FROM account", {})) {
        const Id<access::Account> id = row.id<access::Account>(0);
        accounts_.emplace(row.text(1), id);
        accounts_.emplace(row.text(2), id);
      }
      return store::Answer{};
    });
    if (!outcome.ok()) return outcome.error();
    return {};
  }

  Result<Home*> home(const std::string& door) {
    const auto found = homes_.find(door);
    if (found == homes_.end()) return Error{ErrorKind::invalid, "demo.table", door};
    return &found->second;
  }

  Result<std::string> person(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return Error{ErrorKind::invalid, "demo.table", text};
    Home* one = TRY(home(text.substr(0, slash)));
    if (one->people.empty()) {
      const auto shown = TRY(desk_.get("/api/v1/dwellings/" + one->dwelling));
      for (const json::value& there : shown.at("households").as_array()) {
        for (const json::value& who : there.at("people").as_array()) {
          one->people.emplace(text_of(who.as_object(), "name"), text_of(who.as_object(), "id"));
        }
      }
    }
    const auto found = one->people.find(text.substr(slash + 1));
    if (found == one->people.end()) return Error{ErrorKind::invalid, "demo.table", text};
    return found->second;
  }

  Result<std::string> worker(const std::string& name) {
    const auto found = accounts_.find(name);
    if (found != accounts_.end()) return to_text(found->second);
    TRY(learn());  // They were invited since.
    const auto again = accounts_.find(name);
    if (again == accounts_.end()) return Error{ErrorKind::invalid, "demo.table", name};
    return to_text(again->second);
  }

  /// `$NAME.a.0.b`
  Result<json::value> kept(const std::string& text) {
    auto dot = text.find('.');
    const auto found = kept_.find(text.substr(0, dot));
    if (found == kept_.end()) return Error{ErrorKind::invalid, "demo.table", "$" + text};
    const json::value* at = &found->second;
    std::string rest = dot == std::string::npos ? "id" : text.substr(dot + 1);
    while (!rest.empty()) {
      dot = rest.find('.');
      const std::string member = rest.substr(0, dot);
      rest = dot == std::string::npos ? "" : rest.substr(dot + 1);
      if (at->is_array()) {
        std::size_t index = 0;
        std::from_chars(member.data(), member.data() + member.size(), index);
        const json::array& rows = at->get_array();
        if (member == "last" && !rows.empty()) index = rows.size() - 1;
        at = index < rows.size() ? &rows[index] : nullptr;
      } else {
        at = at->is_object() ? at->get_object().if_contains(member) : nullptr;
      }
      if (!at) return Error{ErrorKind::invalid, "demo.table", "$" + text};
    }
    return *at;
  }

  [[nodiscard]] std::string filled(std::string text) const {
    if (const auto hole = text.find("{}"); hole != std::string::npos) text.replace(hole, 2, each_);
    return text;
  }

  Result<json::value> meant(const std::string& written) {
    const std::string text = filled(written);
    const auto after = [&](std::string_view prefix) -> std::optional<std::string> {
      if (!text.starts_with(prefix)) return std::nullopt;
      return text.substr(prefix.size());
    };
    if (const auto name = after("$")) return kept(*name);
    if (const auto door = after("door:")) return json::value(json::string(TRY(home(*door))->id));
    if (const auto who = after("person:")) return json::value(json::string(TRY(person(*who))));
    if (const auto who = after("worker:")) return json::value(json::string(TRY(worker(*who))));
    if (const auto name = after("place:")) {
      const auto found = places_.find(*name);
      if (found == places_.end()) return Error{ErrorKind::invalid, "demo.table", text};
      return json::value(json::string(found->second));
    }
    if (const auto minutes = after("in:")) {
      const Instant then = house_.clock().now() + std::chrono::minutes{number_from(*minutes)};
      return json::value(json::string(to_text(then)));
    }
    if (const auto days = after("day:")) {
      const Day then = zone_.day_of(house_.clock().now()) + std::chrono::days{number_from(*days)};
      return json::value(json::string(to_text(then)));
    }
    return json::value(json::string(text));
  }

  Result<json::value> body_of(const toml::node& node) {
    if (const auto* table = node.as_table()) {
      json::object made;
      for (const auto& [key, value] : *table) made[std::string(key.str())] = TRY(body_of(value));
      return json::value(std::move(made));
    }
    if (const auto* rows = node.as_array()) {
      json::array made;
      for (const toml::node& one : *rows) made.push_back(TRY(body_of(one)));
      return json::value(std::move(made));
    }
    if (const auto text = node.value_exact<std::string>()) return meant(*text);
    if (const auto number = node.value_exact<std::int64_t>()) return json::value(*number);
    if (const auto number = node.value_exact<double>()) return json::value(*number);
    if (const auto said = node.value_exact<bool>()) return json::value(*said);
    return Error{ErrorKind::invalid, "demo.table"};
  }

  /// "needs/$eggs/decide": each part that refers to something is put in.
  Result<std::string> path_of(const std::string& written) {
    const std::string text = filled(written);
    std::string path = "/api/v1";
    std::size_t from = 0;
    while (from <= text.size()) {
      const auto slash = std::min(text.find('/', from), text.size());
      std::string part = text.substr(from, slash - from);
      // A person's reference has a slash of its own.
      if (part.starts_with("person:")) {
        const auto end = std::min(text.find('/', slash + 1), text.size());
        part = text.substr(from, end - from);
        from = end + 1;
      } else {
        from = slash + 1;
      }
      const json::value value = TRY(meant(part));
      if (!value.is_string()) return Error{ErrorKind::invalid, "demo.table", text};
      path += "/" + std::string(value.get_string());
    }
    return path;
  }

  /// The session of somebody of the staff, begun as if they had signed in with it that day.
  Result<DemoVoice> staff(const std::string& name) {
    Session& one = sessions_[name];
    const Instant at = house_.clock().now();
    if (one.token.empty() || one.since + session_used_for < at) {
      TRY(worker(name));
      one = {access::new_token(house_.rng()), at};
      const auto outcome = house_.store().write_now([&](store::Transaction& tx) -> store::Outcome {
        const std::string hash = access::token_hash(one.token, house_.store().pepper());
        const auto made = access::create_session(tx, accounts_.at(name), hash, at);
        return made.ok() ? store::Outcome(store::Answer{}) : store::Outcome(made.error());
      });
      if (!outcome.ok()) return outcome.error();
    }
    return DemoVoice{.session = one.token};
  }

  /// A household's own link, made for it and proved at its door.
  Result<DemoVoice> resident(const std::string& door) {
    std::string& token = links_[door];
    if (token.empty()) {
      const Home* at = TRY(home(door));
      const auto made =
          TRY(desk_.post("/api/v1/households/" + at->id + "/links", {{"name", "手机"}}));
      const std::string url = text_of(made, "url");
      token = url.substr(url.rfind('/') + 1);
      TRY(desk_.post("/api/v1/links/" + text_of(made, "id") + "/prove", {{"proof", "door"}}));
    }
    return DemoVoice{.link = token};
  }

  /// A login or a name; "door:3栋2单元301" by that household's link, "link:$NAME.token" by one that was made.
  Result<DemoVoice> voice_of(const std::string& by) {
    if (by.starts_with("door:")) return resident(by.substr(5));
    if (!by.starts_with("link:")) return staff(by);
    const json::value token = TRY(meant(by.substr(5)));
    if (!token.is_string()) return Error{ErrorKind::invalid, "demo.table", by};
    return DemoVoice{.link = std::string(token.get_string())};
  }

  /// What is due by now is raised, as by the server's clock.
  Result<void> sweep() {
    for (const std::int64_t community : house_.service().communities()) {
      sweep_all([&](const SystemWork& work) { return house_.service().as_system(community, work); },
                std::nullopt);
    }
    return {};
  }

  /// Each duty of a kind that was raised is taken up by its owner.
  Result<void> take_up(const std::string& kind, const std::string& hint) {
    const DemoVoice manager = TRY(staff("demo"));
    const auto owed =
        TRY(desk_.send(api::Method::get, "/api/v1/duties", "limit=200&kind=" + kind, {}, manager));
    for (const json::value& one : owed.at("rows").as_array()) {
      const json::object& row = one.as_object();
      if (text_of(row, "state") != "raised" || text_of(row, "owner_name").empty()) continue;
      DemoVoice owner = TRY(staff(text_of(row, "owner_name")));
      owner.step = hint;
      TRY(desk_.post("/api/v1/duties/" + text_of(row, "id") + "/acknowledge", {}, owner));
    }
    return {};
  }

  Result<Instant> time_of(const toml::table& one, Part part) {
    if (part == Part::today && !one.contains("at")) {
      const auto ago = one["ago"].value<std::int64_t>();
      if (!ago) return Error{ErrorKind::invalid, "demo.table", "ago"};
      return now_ - std::chrono::minutes{*ago};
    }
    const auto minutes = minutes_from(one["at"].value_or<std::string>(""));
    if (!minutes) return Error{ErrorKind::invalid, "demo.table", "at"};
    const std::chrono::days back{part == Part::today ? 0 : 1};
    return zone_.at(zone_.day_of(now_) - back, *minutes);
  }

  /// A step with `each` is one for every text of the list, which stands for "{}" in it, `apart` seconds from one to the next.
  Result<void> step(const toml::table& one, Part part, const std::string& hint) {
    const toml::array* list = one["each"].as_array();
    Instant at = TRY(time_of(one, part));
    if (!list) return one_step(one, at, hint);
    for (const toml::node& text : *list) {
      each_ = text.value_or<std::string>("");
      TRY(one_step(one, at, hint + " " + each_));
      at += std::chrono::seconds{one["apart"].value_or<std::int64_t>(0)};
    }
    return {};
  }

  Result<void> one_step(const toml::table& one, Instant at, const std::string& hint) {
    if (at > now_) return {};  // That hour is still to come.
    house_.pretend(std::min(now_, std::max(at, house_.clock().now())));
    if (one["sweep"].value_or(false)) return sweep();
    if (const auto kind = one["take_up"].value<std::string>()) return take_up(*kind, hint);
    DemoVoice voice = TRY(voice_of(one["by"].value_or<std::string>("demo")));
    voice.step = hint;
    json::object answer;
    if (const auto asked = one["get"].value<std::string>()) {
      const std::string path = TRY(path_of(*asked));
      answer = TRY(
          desk_.send(api::Method::get, path, one["query"].value_or<std::string>(""), {}, voice));
    } else {
      const auto done = one["post"].value<std::string>();
      if (!done) return Error{ErrorKind::invalid, "demo.table", "post"};
      json::value body = json::object{};
      if (const toml::node* with = one.get("with")) body = TRY(body_of(*with));
      const std::string path = TRY(path_of(*done));
      answer = TRY(desk_.post(path, body.as_object(), voice));
    }
    if (const auto name = one["as"].value<std::string>()) kept_[*name] = std::move(answer);
    return {};
  }

  Installation& house_;
  DemoDesk desk_;
  Zone zone_;
  Instant now_;
  bool resumed_;
  std::string each_;
  std::map<std::string, Home> homes_;
  std::map<std::string, std::string> places_;
  std::map<std::string, Id<access::Account>> accounts_;
  std::map<std::string, Session> sessions_;
  std::map<std::string, std::string> links_;
  std::map<std::string, json::value> kept_;
};

}  // namespace

Result<void> play_demo_day(Installation& house, const std::string& file, Instant now, bool resumed,
                           const std::function<Result<void>(int days_ago)>& morning) {
  toml::table table;
  try {
    table = toml::parse(embedded(file));
  } catch (const toml::parse_error& problem) {
    return Error{ErrorKind::invalid, "demo.table",
                 fmt::format("{} {}", problem.source().begin.line, problem.description())};
  }
  Player player(house, TRY(Zone::named("Asia/Shanghai")), now, resumed);
  TRY(morning(1));
  TRY(player.play(table, Part::yesterday));
  TRY(morning(0));
  TRY(player.play(table, Part::today));
  // Nobody stays signed in: these sessions were the table's.
  const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE session SET ended_at = $1 WHERE ended_at IS NULL", {now});
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

}  // namespace doorstep::app
