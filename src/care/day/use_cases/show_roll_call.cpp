/// \file The roll call of the day (C7): each household under observation is present, absent once the window
/// has closed, or still to come. Being seen on video, a private call, a press on the page: each counts
/// alike. Who is absent is nobody's business but the staff's; their contact climbs like any other.

#include <iterator>
#include <unordered_map>

#include "care/day/board.h"
#include "care/observation/control_allowed.h"

namespace doorstep::day {
namespace {

enum class Present : std::uint8_t { waiting, present, absent };

}  // namespace
}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Present> {
  static constexpr std::array words{std::string_view{"waiting"}, std::string_view{"present"},
                                    std::string_view{"absent"}};
};

namespace doorstep::day {
namespace {

struct RollRow {
  std::string path;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  std::string names;
  Present state = Present::waiting;
  std::optional<Instant> at;
  std::string channel;              ///< By which they were heard of.
  std::optional<std::string> with;  ///< Absent: who has them now.

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("names", names, api::Class::name);
    f("state", state);
    f("at", at);
    f("channel", channel);
    f("with", with, api::Class::name);
  }
};

struct RollCall {
  Instant as_of{};
  observation::Window window;
  std::int64_t households = 0;
  std::int64_t present = 0;
  std::int64_t waiting = 0;
  std::int64_t absent = 0;
  std::vector<RollRow> rows;  ///< Who is not there first, then door by door.

  void fields(auto& f) {
    f("as_of", as_of);
    f("window", window);
    f("households", households);
    f("present", present);
    f("waiting", waiting);
    f("absent", absent);
    f("rows", rows);
  }
};

/// By what each household was heard of last since `from`. The day's reports in their own order: they lie side by side,
/// which those of one household after a month do not.
std::unordered_map<std::int64_t, std::string> channels_since(api::Context& context, Instant from) {
  std::unordered_map<std::int64_t, std::string> last;
  context.db.each(
      "SELECT household_id, channel FROM check_in WHERE community_id = $1 AND recorded_at >= $2"
      " AND wellbeing <> 'declined' ORDER BY recorded_at, id",
      {context.community.id, from}, [&](const store::Row& row) {
        last[row.integer(0)] = row.text(1);
        return true;
      });
  return last;
}

RollRow row_of(const store::Row& row, const observation::Window& window, Instant now) {
  RollRow made;
  made.household = row.id<access::Household>(0);
  made.path = row.text(1);
  made.door = row.text(2);
  made.dwelling = row.id<access::Place>(3);
  if (row.instant(4) >= window.from) {
    made.state = Present::present;
    made.at = row.instant(4);
    return made;
  }
  // A window that was over when their days began asked nothing of them.
  const bool asked = row.instant(6) < window.until;
  made.state = now < window.until || !asked ? Present::waiting : Present::absent;
  made.with = row.maybe_text(5);
  return made;
}

/// Asked for everybody at once: the rows are all who are under observation.
void add_names(api::Context& context, std::vector<RollRow>& rows) {
  std::unordered_map<std::int64_t, RollRow*> by_id;
  for (RollRow& row : rows) by_id.emplace(row.household.value(), &row);
  context.db.each(
      "SELECT o.household_id, p.name FROM {observations} o JOIN residence r"
      " ON r.community_id = o.community_id AND r.household_id = o.household_id"
      " AND r.until_on IS NULL JOIN person p ON p.id = r.person_id"
      " WHERE o.ended_at IS NULL AND NOT o.nobody_home",
      {}, [&](const store::Row& row) {
        std::string& names = by_id.at(row.integer(0))->names;
        names += (names.empty() ? "" : "、") + row.text(1);
        return true;
      });
}

/// Errors: those of the rule pack ("rules.*").
Result<RollCall> show(api::Context& context, const api::Nothing&) {
  TRY(observation::check_control(context.rules()));
  RollCall roll;
  roll.as_of = context.now;
  roll.window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  auto channels = channels_since(context, roll.window.from);
  std::vector<RollRow> there;
  for (const store::Row& row : context.db.query(
           "SELECT h.id, h.path, h.door, h.dwelling_id, o.reported_at,"
           " CASE WHEN o.reported_at < $1 THEN"
           " (SELECT a.name FROM duty d JOIN account a ON a.id = d.owner_id"
           " WHERE d.community_id = o.community_id AND d.kind = 'contact'"
           " AND d.subject_id = o.household_id AND d.closed_at IS NULL"
           " AND d.state IN ('raised', 'acknowledged')) END, o.opened_at"
           " FROM {observations} o JOIN household h ON h.community_id = o.community_id"
           " AND h.id = o.household_id WHERE o.ended_at IS NULL AND NOT o.nobody_home ORDER BY "
           "h.path",
           {roll.window.from})) {
    RollRow one = row_of(row, roll.window, context.now);
    if (one.state == Present::present) {
      one.channel = std::move(channels[one.household.value()]);
    }
    ++roll.households;
    roll.present += one.state == Present::present ? 1 : 0;
    roll.waiting += one.state == Present::waiting ? 1 : 0;
    roll.absent += one.state == Present::absent ? 1 : 0;
    (one.state == Present::present ? there : roll.rows).push_back(std::move(one));
  }
  // The rows come in the order of their doors, and stay in it.
  roll.rows.insert(roll.rows.end(), std::make_move_iterator(there.begin()),
                   std::make_move_iterator(there.end()));
  add_names(context, roll.rows);
  return roll;
}

}  // namespace

api::Endpoint show_roll_call() {
  return api::query("/api/v1/roll-call", "round.show", "Who is present at the day's roll call",
                    show);
}

}  // namespace doorstep::day
