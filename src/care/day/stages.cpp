#include "care/day/stages.h"

#include <algorithm>

namespace doorstep::day {
namespace {

/// What one ground says of whom it covers. Columns from 2: ended_at, end_reason, heard.
Stage stage_of(const store::Row& row) {
  if (row.is_null(2)) return row.boolean(4) ? Stage::served : Stage::arranged;
  return row.text(3) == "completed" ? Stage::released : Stage::left;
}

/// The ground of a whole household covers who lived there while it lasted. Columns 5 to 7: first_day,
/// from_on and until_on of the residence.
bool lived_there(const api::Context& context, const store::Row& row) {
  const auto from = row.maybe_day(6);
  const auto until = row.maybe_day(7);
  const auto ended = row.maybe_instant(2);
  if (!from) return false;
  if (!ended) return !until;
  return *from <= context.community.zone.day_of(*ended) && (!until || *until >= row.day(5));
}

void raise(Stages& stages, std::int64_t person, Stage stage) {
  Stage& known = stages.emplace(person, Stage::collected).first->second;
  known = std::max(known, stage);
}

}  // namespace

Stages stages_below(const api::Context& context, const std::string& below) {
  Stages stages;
  const store::Values reach{context.community.id, below, access::path_end(below)};
  context.db.each(
      "SELECT r.person_id FROM residence r JOIN {households} h ON h.community_id = r.community_id"
      " AND h.id = r.household_id WHERE r.community_id = $1 AND r.until_on IS NULL"
      " AND h.path >= $2 AND h.path < $3",
      reach, [&](const store::Row& row) {
        raise(stages, row.integer(0), Stage::collected);
        return true;
      });
  context.db.each(
      "SELECT g.person_id, r.person_id, g.ended_at, g.end_reason, CASE WHEN o.assurance IS NOT NULL"
      " THEN TRUE ELSE EXISTS (SELECT 1 FROM check_in c WHERE c.community_id = o.community_id"
      " AND c.household_id = o.household_id AND c.observation_id = o.id) END, g.first_day, "
      "r.from_on, r.until_on FROM {observations} o"
      " JOIN observation_ground g ON g.community_id = o.community_id AND g.observation_id = o.id"
      " LEFT JOIN residence r ON r.community_id = g.community_id"
      " AND r.household_id = g.household_id AND g.person_id = 0"
      " WHERE o.community_id = $1 AND o.path >= $2 AND o.path < $3"
      " AND (g.end_reason IS NULL OR g.end_reason NOT IN ('entered_in_error', 'merged'))",
      reach, [&](const store::Row& row) {
        if (row.integer(0) != 0) {
          raise(stages, row.integer(0), stage_of(row));
        } else if (lived_there(context, row)) {
          raise(stages, row.integer(1), stage_of(row));
        }
        return true;
      });
  return stages;
}

}  // namespace doorstep::day
