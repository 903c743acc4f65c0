#include "drill/oracle/sheet_care.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/id.h"
#include "base/time.h"
#include "drill/oracle/sheet_json.h"

namespace doorstep::oracle {
namespace {

namespace json = boost::json;

Instant instant_of(const json::object& object, std::string_view name) {
  return instant_from_text(text_of(object, name)).value_or(Instant{});
}

const json::array& list_of(const json::object& object, std::string_view name) {
  static const json::array none;
  const auto* found = object.if_contains(name);
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

/// Lists of {word, count} as a map; zeros left out.
std::map<std::string, std::int64_t> counts_of(const json::object& object, std::string_view name) {
  std::map<std::string, std::int64_t> counts;
  for (const json::value& one : list_of(object, name)) {
    if (!one.is_object() || number_of(one.get_object(), "count") == 0) continue;
    counts[text_of(one.get_object(), "word")] = number_of(one.get_object(), "count");
  }
  return counts;
}

/// What the lines of one window say together.
struct Tally {
  std::map<std::string, std::int64_t> states;
  std::map<std::string, std::int64_t> assurance;
  std::map<std::string, std::int64_t> reasons;
  std::set<std::string> due;
  std::int64_t opened = 0;
};

class CareCheck {
 public:
  CareCheck(const json::object& content, const json::object& care, const CareFacts& facts,
            SheetCheck& found)
      : care_(care),
        facts_(facts),
        found_(found),
        day_(text_of(content, "day")),
        rules_(text_of(content, "rules")),
        made_(instant_of(content, "made_at")),
        since_(instant_of(content, "since")) {}

  void run() {
    for (const json::value& one : list_of(care_, "lines")) {
      if (one.is_object()) line(one.get_object());
    }
    for (const auto& [id, contact] : facts_.contacts) {
      const bool earlier = contact.day < day_ && (contact.open || contact.closed_at > since_);
      if ((contact.day == day_ || earlier) && !listed_.contains(id)) {
        problem(fmt::format("contact {} was owed and is not on the sheet", id));
      }
    }
    if (!facts_.rules.empty() && facts_.rules != rules_) problem("another rule pack was in force");
    const auto said = facts_.levels.find(day_);
    if (said != facts_.levels.end()) {
      if (said->second != text_of(care_, "level")) problem("the level was " + said->second);
      const auto tenths = facts_.tenths.find(day_);
      const std::int64_t told = tenths == facts_.tenths.end() ? -1 : tenths->second;
      if (told != number_of(care_, "value_tenths")) {
        problem(fmt::format("the value of the level was {}", told));
      }
    }
    windows();
  }

 private:
  void problem(std::string text) { found_.problems.push_back(std::move(text)); }

  void line(const json::object& one) {
    const std::string id = text_of(one, "contact");
    const std::string state = text_of(one, "state");
    listed_.insert(id);
    const auto contact = facts_.contacts.find(id);
    if (contact == facts_.contacts.end() || contact->second.person != text_of(one, "person") ||
        contact->second.window != text_of(one, "window") ||
        contact->second.day != text_of(one, "day")) {
      return problem(fmt::format("contact {} was not owed", id));
    }
    if (contact->second.day == day_) tally(one, state);
    ++found_.care;
    if (state == "met" || state == "late") return heard(id, one, contact->second, state == "late");
    if (state == "excused") {
      if (contact->second.open || contact->second.reason != text_of(one, "reason")) {
        problem(fmt::format("contact {} was not excused for \"{}\"", id, text_of(one, "reason")));
      }
      return;
    }
    if (!contact->second.open) return problem(fmt::format("contact {} was not open", id));
    if (state == "escalated" && contact->second.owner != text_of(one, "owner")) {
      problem(fmt::format("contact {} was with {}", id, contact->second.owner));
    }
    if (state == "waiting" && contact->second.until <= made_) {
      problem(fmt::format("contact {} was not waiting: its window was over", id));
    }
    if (state == "missed") problem(fmt::format("contact {} was missed", id));
  }

  void heard(const std::string& id, const json::object& one, const CareContact& contact,
             bool late) {
    const auto call = facts_.calls.find(contact.evidence);
    if (call == facts_.calls.end() || call->second.person != contact.person ||
        contact.evidence != text_of(one, "evidence")) {
      return problem(fmt::format("contact {}: its evidence is gone", id));
    }
    if (call->second.assurance != text_of(one, "assurance") ||
        call->second.at != text_of(one, "at")) {
      problem(fmt::format("contact {}: it was met by \"{}\" at {}", id, call->second.assurance,
                          call->second.at));
    }
    const auto at = instant_from_text(call->second.at);
    if (!at || *at < contact.from || (*at >= contact.until) != late) {
      problem(fmt::format("contact {}: its evidence is of another time", id));
    }
    ++found_.evidence;
  }

  void tally(const json::object& one, const std::string& state) {
    Tally& window = tallies_[text_of(one, "window")];
    ++window.opened;
    ++window.states[state];
    if (state == "excused") {
      ++window.reasons[text_of(one, "reason")];
    } else {
      window.due.insert(text_of(one, "person"));
    }
    if (one.contains("assurance")) ++window.assurance[text_of(one, "assurance")];
  }

  /// Who was due in the last window of the day before that had one, by the journal.
  [[nodiscard]] std::set<std::string> due_before() const {
    Instant last{};
    for (const auto& [id, one] : facts_.contacts) {
      if (one.day < day_) last = std::max(last, one.from);
    }
    std::set<std::string> due;
    for (const auto& [id, one] : facts_.contacts) {
      if (one.day < day_ && one.from == last && one.reason.empty()) due.insert(one.person);
    }
    return due;
  }

  void windows() {
    std::set<std::string> before = due_before();
    std::set<std::string> counted;
    for (const json::value& one : list_of(care_, "windows")) {
      if (!one.is_object()) continue;
      const std::string name = text_of(one.get_object(), "name");
      counted.insert(name);
      window(one.get_object(), name, tallies_[name], before);
      before = tallies_[name].due;
    }
    for (const auto& [name, tally] : tallies_) {
      if (!counted.contains(name)) problem("window " + name + " is not counted");
    }
  }

  void window(const json::object& one, const std::string& name, Tally& tally,
              const std::set<std::string>& before) {
    const auto missing_in = [](const auto& other) {
      return [&](const std::string& person) { return !other.contains(person); };
    };
    const std::vector<std::pair<const char*, std::int64_t>> counts{
        {"opened", tally.opened},
        {"before", std::ssize(before)},
        {"entered", std::ranges::count_if(tally.due, missing_in(before))},
        {"left", std::ranges::count_if(before, missing_in(tally.due))},
        {"due", std::ssize(tally.due)},
        {"met", tally.states["met"]},
        {"late", tally.states["late"]},
        {"excused", tally.states["excused"]},
        {"escalated", tally.states["escalated"]},
        {"waiting", tally.states["waiting"]},
        {"missed", tally.states["missed"]}};
    for (const auto& [what, number] : counts) {
      if (number_of(one, what) == number) continue;
      problem(fmt::format("window {}: the sheet counts {} {}, its lines {}", name,
                          number_of(one, what), what, number));
    }
    if (counts_of(one, "assurance") != tally.assurance ||
        counts_of(one, "reasons") != tally.reasons) {
      problem(fmt::format("window {}: how it was met is counted otherwise", name));
    }
  }

  const json::object& care_;
  const CareFacts& facts_;
  SheetCheck& found_;
  std::string day_;
  std::string rules_;
  Instant made_;
  Instant since_;
  std::set<std::string> listed_;
  std::map<std::string, Tally> tallies_;
};

void take_duty(CareContact& contact, const store::Sealed& sealed, const json::object& data) {
  const std::string_view kind = sealed.entry.kind;
  if (kind == "duty.opened") {
    contact.open = true;
    contact.reason.clear();
    contact.owner = text_of(data, "owner");
  } else if (kind == "duty.attempted") {
    contact.owner = id_text(sealed.entry.actor);
  } else if (kind == "duty.met" || kind == "duty.excused") {
    contact.open = false;
    contact.closed_at = sealed.at;
    contact.evidence = text_of(data, "evidence");
    contact.reason = text_of(data, "reason");
  } else if (const std::string owner = text_of(data, "owner"); !owner.empty()) {
    contact.owner = owner;
  }
}

}  // namespace

void CareFacts::take(const store::Sealed& sealed, const json::object& data) {
  const store::Entry& entry = sealed.entry;
  if (entry.kind == "care.due") {
    CareContact& contact = contacts[id_text(entry.subject)];
    contact.person = text_of(data, "person");
    contact.day = text_of(data, "day");
    contact.window = text_of(data, "window");
    contact.from = instant_of(data, "from");
    contact.until = instant_of(data, "until");
  } else if (entry.kind == "care.called") {
    calls[id_text(entry.subject)] = {text_of(data, "person"), text_of(data, "assurance"),
                                     text_of(data, "at")};
  } else if (entry.kind == "level.said") {
    levels[text_of(data, "day")] = text_of(data, "level");
    tenths.erase(text_of(data, "day"));
    if (data.contains("tenths")) tenths[text_of(data, "day")] = number_of(data, "tenths");
  } else if (entry.kind == "community.created" || entry.kind == "rules.changed") {
    rules = text_of(data, "rules");
  } else if (entry.kind.starts_with("duty.") && text_of(data, "kind") == "care_contact") {
    take_duty(contacts[text_of(data, "on")], sealed, data);
  }
}

void check_care(const json::object& content, const CareFacts& facts, SheetCheck& found) {
  const auto* care = content.if_contains("care");
  if (care != nullptr && care->is_object()) {
    return CareCheck(content, care->get_object(), facts, found).run();
  }
  const std::string day = text_of(content, "day");
  for (const auto& [id, one] : facts.contacts) {
    if (one.day != day) continue;
    found.problems.emplace_back("the sheet has no care calls");
    return;
  }
}

}  // namespace doorstep::oracle
