#include "drill/bugs.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "base/id.h"
#include "drill/oracle/members.h"

namespace doorstep::drill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Run = std::function<std::optional<std::int64_t>(std::string_view&, store::Values&)>;

constexpr std::string_view raise = "UPDATE duty SET state = 'raised'";
constexpr std::string_view move_on = "UPDATE duty SET state = 'waiting', level";
constexpr std::string_view acknowledge =
    "UPDATE duty SET state = 'acknowledged', owner_id = $3, next";
constexpr std::string_view tried = "UPDATE duty SET state = 'acknowledged', owner_id = $3, step";
constexpr std::string_view close = "UPDATE duty SET state = $3, closed_at";
constexpr std::string_view assign = "UPDATE duty SET owner_id";
constexpr std::string_view pause = "UPDATE duty SET state = 'paused'";

/// One in three: what is odd about some is harder to see than what is odd about all.
bool some(const store::Value& id) {
  const auto* const number = std::get_if<std::int64_t>(&id.kind());
  return number != nullptr && *number % 3 == 0;
}

std::int64_t number(const store::Value& value) {
  return std::get<std::int64_t>(value.kind());
}

/// The statement is lost. `key`: the place of the value that chooses; -1: all.
Run lost(std::string_view statement, int key = -1) {
  return [=](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
    if (!sql.starts_with(statement)) return std::nullopt;
    if (key >= 0 && !some(values[std::size_t(key)])) return std::nullopt;
    return 1;
  };
}

/// A value of it is moved by so many milliseconds.
Run moved(std::string_view statement, std::size_t place, std::chrono::milliseconds by) {
  return [=](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
    if (sql.starts_with(statement)) values[place] = number(values[place]) + by.count();
    return std::nullopt;
  };
}

/// Of a raise: community, deadline and now, then owner and level where they change, then the ids.
constexpr std::size_t raised_deadline = 1;
constexpr std::size_t raised_owner = 3;
constexpr std::size_t raised_level = 4;

bool names_owner(std::string_view sql) {
  return sql.starts_with(raise) && sql.find(", owner_id = $4") != std::string_view::npos;
}

/// A raise passes over some of those it is for.
Run raise_lost() {
  return [](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
    if (!sql.starts_with(raise)) return std::nullopt;
    for (std::size_t at = names_owner(sql) ? 5 : 3; at < values.size(); ++at) {
      if (some(values[at])) values[at] = std::int64_t{0};
    }
    return std::nullopt;
  };
}

/// And nothing of them is journaled.
bool without_some_raised(store::Entry& entry) {
  if (entry.kind == "duty.raised") return entry.subject % 3 != 0;
  if (entry.kind != "duties.raised") return true;
  oracle::Members data(entry.data);
  const auto duties = data.texts("duties");
  const auto on = data.texts("on");
  const auto below = data.texts("below");
  std::array<std::string, 3> kept;
  for (std::size_t at = 0; at < duties.size(); ++at) {
    if (id_from_text(duties[at]).value_or(0) % 3 == 0) continue;
    const char* const comma = kept[0].empty() ? "" : ",";
    kept[0] += fmt::format(R"({}"{}")", comma, duties[at]);
    kept[1] += fmt::format(R"({}"{}")", comma, on[at]);
    kept[2] += fmt::format(R"({}"{}")", comma, below[at]);
  }
  const auto lists = entry.data.find(R"(,"duties":[)");
  entry.data = fmt::format(R"({},"duties":[{}],"on":[{}],"below":[{}]}})",
                           entry.data.substr(0, lists), kept[0], kept[1], kept[2]);
  return !kept[0].empty();
}

std::function<bool(store::Entry&)> dropped(std::string_view kind, std::string_view of = "") {
  return [=](store::Entry& entry) {
    return entry.kind != kind || entry.data.find(of) == std::string::npos;
  };
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

/// Whoever is named as owner, it is this account, in the rows and in the journal.
Tampering owned_by(std::int64_t account, std::int64_t subject = 0) {
  Tampering made;
  made.journal = [=](store::Entry& entry) {
    const auto at = entry.data.find(R"("owner":")");
    const bool about = subject == 0 || entry.data.find(id_text(subject)) != std::string::npos;
    const bool of_duties = entry.kind.starts_with("duty.") || entry.kind == "duties.raised";
    if (of_duties && at != std::string::npos && about) {
      entry.data.replace(at + 9, 13, id_text(account));
    }
    return true;
  };
  if (subject != 0) return made;
  made.run = [=](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
    if (names_owner(sql)) values[raised_owner] = account;
    if (sql.starts_with(assign)) values[2] = account;
    return std::nullopt;
  };
  return made;
}

Tampering with(Run run) {
  Tampering made;
  made.run = std::move(run);
  return made;
}

Tampering without(std::string_view kind, std::string_view of = "") {
  Tampering made;
  made.journal = dropped(kind, of);
  return made;
}

Tampering changed(std::string_view kind, std::string_view from, std::string_view to) {
  Tampering made;
  made.journal = [=](store::Entry& entry) {
    if (entry.kind == kind) replace(entry.data, from, to);
    return true;
  };
  return made;
}

/// The clock of the sweep alone.
Tampering swept_by(std::function<Instant(Instant)> clock) {
  Tampering made;
  made.clock = [clock = std::move(clock)](Instant now, bool sweeping) {
    return sweeping ? clock(now) : now;
  };
  return made;
}

std::vector<Bug> rows() {
  return {
      {"the sweep passes one household over", "overdue", 1,
       [](const World&) {
         Tampering made = with(raise_lost());
         made.journal = without_some_raised;
         return made;
       }},
      {"a raise is not kept", "climb", 1, [](const World&) { return with(raise_lost()); }},
      {"a raise forgets its deadline", "overdue", 1,
       [](const World&) { return with(moved(raise, raised_deadline, hours{240})); }},
      {"a raise stays on the lowest rung", "climb", 1,
       [](const World&) {
         return with(
             [](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
               if (names_owner(sql)) values[raised_level] = "worker";
               return std::nullopt;
             });
       }},
      {"a report does not move the duty on", "climb", 1,
       [](const World&) { return with(lost(move_on, 1)); }},
      {"a report moves the duty on by two days", "overdue", 1,
       [](const World&) { return with(moved(move_on, 3, hours{24})); }},
      {"taking up is not kept", "climb", 1, [](const World&) { return with(lost(acknowledge)); }},
      {"an attempt is not kept", "overdue", 1, [](const World&) { return with(lost(tried)); }},
      {"an attempt puts off the next rung", "overdue", 1,
       [](const World&) { return with(moved(tried, 3, hours{24})); }},
      {"an ended duty stays open", "unknown", 1, [](const World&) { return with(lost(close)); }},
      {"a contact is not opened", "overdue", 1,
       [](const World&) {
         return with(
             [](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
               const bool it = sql.starts_with("INSERT INTO duty (") && values.size() > 2 &&
                               values[2] == store::Value("contact");
               return it ? std::optional<std::int64_t>(1) : std::nullopt;
             });
       }},
      {"everything goes to nobody", "assign", 1, [](const World&) { return owned_by(0); }},
      {"somebody looks after their own household", "subject", 1,
       [](const World& world) {
         return owned_by(world.staff[1].number, world.homes.front().number);
       }},
      {"a pause has no end", "overdue", 1,
       [](const World&) { return with(moved(pause, 2, hours{480})); }},
      {"answers are not remembered", "answer", 1,
       [](const World&) { return with(lost("INSERT INTO idempotency")); }},
      {"an observation ends five days too soon", "release", 1,
       [](const World&) {
         return with(
             [](std::string_view sql, store::Values& values) -> std::optional<std::int64_t> {
               if (sql.starts_with("INSERT INTO observation_ground")) {
                 const auto day = day_from_text(std::get<std::string>(values[10].kind()));
                 values[10] = to_text(*day - std::chrono::days{5});
               }
               return std::nullopt;
             });
       }},
      {"a check-in is answered and not written", "saved", 1,
       [](const World&) {
         Tampering made;
         made.net = [](Message& message) { return message.path != "/api/v1/check-ins"; };
         return made;
       }},
      {"a repeat is taken for something new", "answer", 1,
       [](const World&) {
         Tampering made;
         const auto count = std::make_shared<int>(0);
         made.net = [count](Message& message) {
           message.key += std::to_string(++*count);
           return true;
         };
         return made;
       }},
      {"a report is for another household", "unknown", 1,
       [](const World& world) {
         Tampering made;
         const std::string other = world.homes.back().id;
         made.journal = [other](store::Entry& entry) {
           if (entry.kind == "check_in.recorded") entry.data.replace(14, 13, other);
           return true;
         };
         return made;
       }},
      {"a check-in is not journaled", "saved", 1,
       [](const World&) { return without("check_in.recorded"); }},
      {"a raise is not journaled", "overdue", 1,
       [](const World&) {
         Tampering made;
         made.journal = [](const store::Entry& entry) {
           return entry.kind != "duty.raised" && entry.kind != "duties.raised";
         };
         return made;
       }},
      {"an opening is not journaled", "unknown", 1,
       [](const World&) { return without("observation.opened"); }},
      {"an end is not journaled", "two_due_sets", 1,
       [](const World&) { return without("observation.ended"); }},
      {"an excuse is not journaled", "left_over", 1,
       [](const World&) { return without("duty.excused"); }},
      {"an alarm is not journaled", "unknown", 12,
       [](const World&) { return without("duty.opened", R"("kind":"unwell")"); }},
      {"handing over is not journaled", "owner", 2,
       [](const World&) { return without("duty.assigned"); }},
      {"a report for all covers nobody", "missed", 1,
       [](const World&) {
         Tampering made;
         made.journal = [](store::Entry& entry) {
           if (entry.kind == "check_in.recorded") {
             replace(entry.data, R"("of":"all")", R"("of":"0000000000001")");
           }
           return true;
         };
         return made;
       }},
      {"members are left out", "journal", 1,
       [](const World&) { return changed("observation.opened", R"("members":)", R"("x":)"); }},
      {"somebody is released by nobody", "release", 1,
       [](const World&) {
         Tampering made;
         made.journal = [](store::Entry& entry) {
           if (entry.kind == "observation.ground_ended") entry.actor = 0;
           return true;
         };
         return made;
       }},
      {"the ladder forgets that nobody answered", "ladder", 2,
       [](const World&) {
         return with([](std::string_view& sql, store::Values&) -> std::optional<std::int64_t> {
           if (sql.starts_with(tried)) {
             sql =
                 "UPDATE duty SET state = 'acknowledged', owner_id = $3, next_at = $4,"
                 " raised_at = coalesce(raised_at, $5), acknowledged_at = $5"
                 " WHERE community_id = $1 AND id = $2";
           }
           return std::nullopt;
         });
       }},
      {"one person alone calls a flat empty", "presence", 1,
       [](const World&) {
         return with(
             [by = std::int64_t{0}](std::string_view sql,
                                    store::Values& values) mutable -> std::optional<std::int64_t> {
               if (sql.starts_with("INSERT INTO presence_sign")) values[5] = ++by;
               return std::nullopt;
             });
       }},
      {"who is found is not written down as asked for", "presence", 1,
       [](const World& world) {
         Tampering made;
         made.journal = [doors = world.quiet_doors](store::Entry& entry) {
           const bool asked = entry.kind == "household.created" || entry.kind == "duty.opened" ||
                              entry.kind == "observation.opened";
           return !asked || entry.data.find("presence") != std::string::npos ||
                  std::ranges::none_of(doors, [&](std::int64_t door) {
                    return entry.path.find(id_text(door)) != std::string::npos;
                  });
         };
         return made;
       }},
      {"the clock of the sweep stands still", "overdue", 1,
       [](const World& world) { return swept_by([&](Instant) { return world.begin; }); }},
      {"the clock of the sweep is slow", "overdue", 1,
       [](const World&) { return swept_by([](Instant now) { return now - minutes{20}; }); }},
      {"the clock of the sweep shows another zone", "overdue", 1,
       [](const World&) { return swept_by([](Instant now) { return now - hours{8}; }); }},
      {"the sweep stops after three days", "overdue", 1,
       [](const World& world) {
         Tampering made;
         made.sweep = [until = world.begin + hours{72}](Instant now) { return now < until; };
         return made;
       }},
      {"the sweep sleeps in the evening", "overdue", 1,
       [](const World& world) {
         Tampering made;
         made.sweep = [begin = world.begin](Instant now) {
           const auto of_day = (now - begin) % hours{24};
           return of_day < hours{18} || of_day > hours{22};
         };
         return made;
       }},
  };
}

}  // namespace

const std::vector<Bug>& planted_bugs() {
  static const std::vector<Bug> table = rows();
  return table;
}

}  // namespace doorstep::drill
