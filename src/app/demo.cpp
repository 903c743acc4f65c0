#include "app/demo.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <thread>

#include <boost/json.hpp>

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/demo.h"
#include "api/endpoint.h"
#include "app/demo_day.h"
#include "app/demo_desk.h"
#include "base/embedded.h"
#include "base/log.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

struct DemoWorker {
  const char* login;
  const char* name;
  const char* phone;
};
constexpr std::array grid_heads{
    DemoWorker{"sunli", "孙丽", "13800000001"}, DemoWorker{"zhaogang", "赵刚", "13800000002"},
    DemoWorker{"liyumei", "李玉梅", "13800000003"}, DemoWorker{"heping", "何平", "13800000004"},
    DemoWorker{"chenxiao", "陈晓", "13800000005"}};
constexpr std::array cadres{DemoWorker{"xutao", "徐涛", "13800000011"},
                            DemoWorker{"wangmin", "王敏", "13800000012"},
                            DemoWorker{"liufang", "刘芳", "13800000013"}};
constexpr std::size_t unwell_number = 333;  ///< Which household is.

/// A community that is filled from tables.
struct Town {
  std::string preset;
  std::string name;
  std::string rules;
  std::string files;     ///< demo/FILES-dwellings.csv, demo/FILES-residents.csv.
  std::string day = {};  ///< What happened since yesterday; empty: nothing yet.
  bool grids = false;    ///< Its staff are Fumin Garden's, and its grids are under observation.
};

const std::array<Town, 3>& towns() {
  static const std::array<Town, 3> all{
      Town{"fumin", "富民花园", "rules/area-fumin.toml", "fumin", "demo/fumin-day.toml", true},
      Town{"fumin-bare", "富民花园", "rules/area-fumin.toml", "fumin", "", true},
      Town{"donghuli", "东湖里", "rules/heatwave-donghuli.toml", "donghuli",
           "demo/donghuli-day.toml", false}};
  return all;
}

/// So long before its first start a busy demo begins: yesterday is in it whole.
constexpr std::chrono::hours demo_behind{48};

/// The demo's community, and when it was begun: everything in it counts from there.
struct Begun {
  Id<access::Community> community;
  Instant at;
  bool filled = false;
};

std::optional<Begun> begun(store::Snapshot& db) {
  const auto row = db.first(
      "SELECT c.id, c.created_at, EXISTS (SELECT 1 FROM journal j WHERE j.community_id = c.id"
      " AND j.subject = c.id AND j.kind = 'demo.filled') FROM community c ORDER BY c.id LIMIT 1");
  if (!row) return std::nullopt;
  return Begun{row->id<access::Community>(0), row->instant(1), row->boolean(2)};
}

/// When the demo's day began, so that it looks the same whenever it is started: half past seven today,
/// when everybody is asked, or now where that is still to come.
Result<Instant> morning_of(Instant now) {
  const Zone zone = TRY(Zone::named("Asia/Shanghai"));
  return std::min(now, zone.at(zone.day_of(now), std::chrono::minutes{7 * 60 + 30}));
}

Result<void> create_demo_community(Installation& house, const Town& town) {
  IdSource ids(house.rng());
  const std::string hash = access::hash_password(api::demo_password);
  const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    const Instant now = house.clock().now();
    const auto made = TRY(
        access::create_community(tx, ids, now, town.name, "Asia/Shanghai", embedded(town.rules)));
    const Instant since = town.day.empty() ? TRY(morning_of(now)) : now;
    TRY(add_demo_manager(tx, ids, now, since, made, hash));
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

/// Uploads, waits for the preview, applies, waits again.
Result<void> import_file(DemoDesk& desk, const std::string& kind, const std::string& file) {
  const auto batch =
      TRY(desk.send(api::Method::post, "/api/v1/imports", "kind=" + kind + "&file_name=" + file,
                    std::string(embedded("demo/" + file)), {}));
  const std::string path = "/api/v1/imports/" + json::value_to<std::string>(batch.at("id"));
  bool applying = false;
  while (true) {
    const auto now = TRY(desk.get(path));
    const auto state = json::value_to<std::string>(now.at("state"));
    if (state == "applied") return {};
    if (state == "failed" || state == "mapping") {
      return Error{ErrorKind::conflict, "demo.import", file + ": " + state};
    }
    if (state == "ready" && !applying) {
      TRY(desk.post(path + "/apply", {}));
      applying = true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

Result<void> import_registry(DemoDesk& desk, const Town& town) {
  TRY(import_file(desk, "dwellings", town.files + "-dwellings.csv"));
  return import_file(desk, "residents", town.files + "-residents.csv");
}

/// By kind, in the order of their positions: id and name.
Result<std::vector<std::pair<std::string, std::string>>> places(DemoDesk& desk,
                                                                std::string_view kind) {
  std::vector<std::pair<std::string, std::string>> found;
  const auto tree = TRY(desk.get("/api/v1/places"));
  for (const json::value& one : tree.at("rows").as_array()) {
    if (one.at("kind").as_string() != std::string(kind)) continue;
    found.emplace_back(json::value_to<std::string>(one.at("id")),
                       json::value_to<std::string>(one.at("name")));
  }
  return found;
}

Result<std::string> invite(DemoDesk& desk, const DemoWorker& worker, const char* role,
                           const std::string& place) {
  const auto made = TRY(desk.post("/api/v1/invitations", {{"name", worker.name},
                                                          {"login", worker.login},
                                                          {"phone", worker.phone},
                                                          {"role", role},
                                                          {"place", place}}));
  return json::value_to<std::string>(made.at("account"));
}

/// The group that takes over the buildings of a grid.
Result<void> add_team(DemoDesk& desk, const std::string& name, const std::string& leader,
                      const std::string& grid) {
  const auto team = TRY(desk.post(
      "/api/v1/teams", {{"name", name}, {"leader", leader}, {"members", json::array{leader}}}));
  const std::string path =
      "/api/v1/teams/" + json::value_to<std::string>(team.at("id")) + "/buildings";
  const auto below = TRY(desk.get("/api/v1/places", "below=" + grid));
  for (const json::value& one : below.at("rows").as_array()) {
    if (one.at("kind").as_string() != "building") continue;
    TRY(desk.post(path, {{"place", one.at("id")}}));
  }
  return {};
}

/// One head, two cadres and a worker per grid; the cadre of grid five is still missing, so that the
/// gap list shows what a gap looks like. Heads are on duty from `begins` to `ends`.
Result<void> add_staff(DemoDesk& desk, Instant begins, Instant ends) {
  const auto grids = TRY(places(desk, "grid"));
  std::vector<std::string> cadre_accounts;
  const std::string from = to_text(begins);
  const std::string until = to_text(ends);
  for (std::size_t at = 0; at < grids.size() && at < grid_heads.size(); ++at) {
    const std::string& grid = grids[at].first;
    const std::string head = TRY(invite(desk, grid_heads[at], "grid_head", grid));
    TRY(add_team(desk, grids[at].second + "包楼组", head, grid));
    TRY(desk.post("/api/v1/grants", {{"account", head}, {"role", "worker"}, {"place", grid}}));
    TRY(desk.post("/api/v1/shifts", {{"account", head},
                                     {"role", "grid_head"},
                                     {"place", grid},
                                     {"from", from},
                                     {"until", until}}));
    if (at == 0) {
      for (const DemoWorker& cadre : cadres) {
        cadre_accounts.push_back(TRY(invite(desk, cadre, "cadre", grid)));
      }
      continue;
    }
    const std::size_t wanted = at + 1 == grids.size() ? 1 : 2;
    for (std::size_t one = 0; one < wanted; ++one) {
      TRY(desk.post("/api/v1/grants",
                    {{"account", cadre_accounts[one]}, {"role", "cadre"}, {"place", grid}}));
    }
  }
  return {};
}

/// How a morning looks.
struct Morning {
  Instant from;                       ///< When the first household is heard.
  Instant now;                        ///< Nobody is heard later.
  std::chrono::milliseconds apart{};  ///< From one household to the next.
  std::size_t silent = 0;  ///< Of so many one is not heard; 0: the bare demo's two kinds.
  bool all = true;         ///< The one who is unwell is heard here too.
  std::string name = {};   ///< Tells one from another where both are in one store.
};

bool is_silent(std::size_t number, const Morning& morning) {
  if (!morning.all && number == unwell_number) return true;
  if (morning.silent > 0) return number % morning.silent == 7;  // With 1: nobody.
  return number % 25 == 7 || number % 9 == 2;
}

/// Observation for every grid, in its fifth day on `today`.
Result<void> observe(DemoDesk& desk, Instant today) {
  const Zone zone = TRY(Zone::named("Asia/Shanghai"));
  const Day closed_on = zone.day_of(today) - std::chrono::days{5};
  for (const auto& [grid, name] : TRY(places(desk, "grid"))) {
    TRY(desk.post("/api/v1/observations",
                  {{"place", grid}, {"ground", "area"}, {"start_event_on", to_text(closed_on)}}));
  }
  return {};
}

/// What most households say. `set` moves the clock of `desk`; `just_now` speaks now.
Result<void> add_morning(DemoDesk& desk, DemoDesk& just_now, const Morning& morning,
                         const std::function<void(Instant)>& set) {
  Instant at = morning.from;
  std::string cursor;
  std::size_t number = 0;
  do {
    const auto page = TRY(desk.get("/api/v1/households",
                                   cursor.empty() ? "limit=1000" : "limit=1000&cursor=" + cursor));
    for (const json::value& row : page.at("rows").as_array()) {
      ++number;
      if (number % 37 == 5) {
        TRY(desk.post("/api/v1/households/" + text_of(row.as_object(), "id"), {{"care", true}}));
      }
      if (is_silent(number, morning)) continue;
      const bool unwell = number == unwell_number && morning.silent == 0;
      const char* channel = number % 11 == 0 ? "phone" : number % 17 == 0 ? "visit" : "door_sign";
      json::object said{{"household", row.at("id")},
                        {"wellbeing", unwell ? "unwell" : "fine"},
                        {"channel", channel}};
      if (std::string_view(channel) == "visit") said["visit_reason"] = "no_phone";
      // Who is unwell has just said so: nobody has had the time to see it.
      (unwell ? just_now : desk).later("/api/v1/check-ins", said, {.step = morning.name});
      at = std::min(morning.now, at + morning.apart);
      set(at);
    }
    cursor = text_of(page, "next");
  } while (!cursor.empty());
  TRY(desk.settle());
  return just_now.settle();
}

}  // namespace

Result<void> add_demo_manager(store::Transaction& tx, IdSource& ids, Instant now, Instant since,
                              Id<access::Community> community, const std::string& password_hash) {
  const auto account =
      TRY(access::create_account(tx, ids, now,
                                 {std::string(api::demo_login), Private<std::string>{"兰江"},
                                  Private<std::string>{"13800000000"}, true}));
  tx.run("UPDATE account SET password_hash = $2 WHERE id = $1", {account, password_hash});
  access::create_grant(tx, ids, now, community, account, access::Role::manager, std::nullopt, "",
                       since, std::nullopt, account.value());
  return {};
}

void note_demo_filled(store::Transaction& tx, Id<access::Community> community) {
  tx.journal({.community = community.value(), .kind = "demo.filled", .subject = community.value()});
}

namespace {

Result<std::optional<Begun>> begun_in(Installation& house) {
  std::optional<Begun> found;
  const auto outcome = house.store().read([&](store::Snapshot& db) -> store::Outcome {
    found = begun(db);
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return found;
}

/// The imports, the staff and the morning's reports, and nothing else.
Result<void> fill_bare(Installation& house, const Town& town, Instant now) {
  DemoDesk desk(house, DemoKeys::once);
  TRY(import_registry(desk, town));
  const Instant morning = TRY(morning_of(now));
  ManualClock clock(morning);
  api::Service earlier(house.store(), clock, house.rng(), api::all_endpoints(), {.demo = true});
  DemoDesk then(house, earlier, DemoKeys::once);
  TRY(add_staff(then, morning, now + std::chrono::hours{12}));
  TRY(observe(then, now));
  return add_morning(then, desk, {morning, now, std::chrono::seconds{10}, 0, true},
                     [&](Instant at) { clock.set(at); });
}

/// The invited have chosen a password, the demo's, and need no second factor.
Result<void> let_staff_in(Installation& house) {
  const std::string hash = access::hash_password(api::demo_password);
  const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE account SET password_hash = $1, demo = TRUE WHERE password_hash IS NULL",
           {hash});
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

/// The same, and what happened from yesterday until `now`.
Result<void> fill_busy(Installation& house, const Town& town, Instant now, bool resumed) {
  DemoDesk desk(house, DemoKeys::once);
  TRY(import_registry(desk, town));
  const Instant begins = TRY(morning_of(now));
  if (town.grids) TRY(add_staff(desk, begins, now + std::chrono::hours{12}));
  TRY(let_staff_in(house));
  const auto set = [&](Instant at) { house.pretend(at); };
  const auto morning = [&](int days_ago) -> Result<void> {
    TRY(let_staff_in(house));  // Who was invited since.
    if (!town.grids) return {};
    const Instant from = TRY(morning_of(now - std::chrono::days{days_ago}));
    set(from);
    // Yesterday everybody was heard in the end.
    const Morning today{from,
                        now,
                        std::chrono::seconds{4},
                        days_ago == 0 ? 61U : 1U,
                        days_ago > 0,
                        std::to_string(days_ago)};
    if (days_ago > 0) TRY(observe(desk, now));
    return add_morning(desk, desk, today, set);
  };
  return play_demo_day(house, town.day, now, resumed, morning);
}

}  // namespace

Result<void> fill_demo(Installation& house, const std::string& preset) {
  auto found = TRY(begun_in(house));
  if (found && found->filled) return {};
  const auto town = std::ranges::find(towns(), preset, &Town::preset);
  if (town == towns().end()) return Error{ErrorKind::invalid, "demo.preset", preset};
  log::info("filling the demo community");
  const bool busy = !town->day.empty();
  const std::chrono::hours behind = busy ? demo_behind : std::chrono::hours{0};
  if (busy) house.pretend(found ? found->at : house.clock().now() - behind);
  const bool resumed = found.has_value();
  if (!resumed) {
    TRY(create_demo_community(house, *town));
    found = TRY(begun_in(house));
  }
  const Instant now = found->at + behind;
  TRY(busy ? fill_busy(house, *town, now, resumed) : fill_bare(house, *town, now));
  if (busy) TRY(let_staff_in(house));  // Also who was invited on the last day.
  house.pretend(std::nullopt);
  const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    note_demo_filled(tx, found->community);
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

std::vector<std::string> filled_presets() {
  std::vector<std::string> names;
  for (const Town& one : towns()) names.push_back(one.preset);
  return names;
}

}  // namespace doorstep::app
