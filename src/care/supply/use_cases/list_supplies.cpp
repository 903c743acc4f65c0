/// \file The households whose food lasts fewer days than the pack's `supply.low_days`, the least first
/// (D33).

#include <algorithm>

#include "care/supply/level.h"

namespace doorstep::supply {
namespace {

constexpr std::int64_t shown_max = 500;

struct Request {
  std::optional<std::int64_t> days;  ///< Absent: the pack's.
  void fields(auto& f) { f("days", days); }
};

struct LevelRow {
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::int64_t food_days = 0;  ///< Left today; 0 also where it is over.
  Instant asked_at{};
  bool task = false;  ///< Somebody has it to do.
  std::string owner_name;

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("food_days", food_days);
    f("asked_at", asked_at);
    f("task", task);
    f("owner_name", owner_name);
  }
};

struct Response {
  std::int64_t days = 0;
  std::vector<LevelRow> rows;  ///< At most 500.
  std::int64_t never_asked = 0;
  void fields(auto& f) {
    f("days", days);
    f("rows", rows);
    f("never_asked", never_asked);
  }
};

/// Errors: those of the rule pack.
Result<Response> list(api::Context& context, const Request& request) {
  Response made;
  made.days = request.days ? *request.days : TRY(context.rules().integer("supply.low_days"));
  const Day today = context.today();
  for (const store::Row& row : context.db.query(
           "SELECT h.path, h.id, h.door, l.until_on, l.asked_at, d.id, a.name FROM supply_level l"
           " JOIN {households} h ON h.community_id = l.community_id AND h.id = l.household_id"
           " LEFT JOIN duty d ON d.community_id = l.community_id AND d.kind = 'food'"
           " AND d.subject_id = h.id AND d.closed_at IS NULL LEFT JOIN account a"
           " ON a.id = d.owner_id WHERE h.ended_at IS NULL AND l.until_on < $1"
           " ORDER BY l.until_on, h.path LIMIT $2",
           {today + std::chrono::days{made.days}, shown_max})) {
    const auto left = (row.day(3) - today).count();
    made.rows.push_back({row.text(0), row.id<access::Household>(1), row.text(2),
                         std::max<std::int64_t>(left, 0), row.instant(4), !row.is_null(5),
                         row.maybe_text(6).value_or("")});
  }
  made.never_asked = context.db
                         .first(
                             "SELECT count(*) FROM {households} h WHERE h.ended_at IS NULL"
                             " AND NOT EXISTS (SELECT 1 FROM supply_level l"
                             " WHERE l.community_id = h.community_id AND l.household_id = h.id)",
                             {})
                         ->integer(0);
  return made;
}

}  // namespace

api::Endpoint list_supplies() {
  return api::query("/api/v1/supplies", "need.list", "Whose food does not last", list);
}

}  // namespace doorstep::supply
