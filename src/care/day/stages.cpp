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

using Standings = std::map<std::int64_t, Standing>;

/// Who lives nowhere here any more stands where the newest of their grounds was.
void raise(Standings& standings, std::int64_t person, Stage stage, std::string path) {
  const auto [known, first] = standings.try_emplace(person);
  known->second.stage = std::max(known->second.stage, stage);
  if (first) known->second.path = std::move(path);
}

}  // namespace

Standings stages_below(const api::Context& context, const std::string& below) {
  Standings standings;
  const store::Values reach{context.community.id, below, access::path_end(below)};
  context.db.each(
      "SELECT r.person_id, h.path FROM residence r JOIN {households} h ON h.community_id = "
      "r.community_id"
      " AND h.id = r.household_id WHERE r.community_id = $1 AND r.until_on IS NULL"
      " AND h.path >= $2 AND h.path < $3",
      reach, [&](const store::Row& row) {
        raise(standings, row.integer(0), Stage::collected, row.text(1));
        return true;
      });
  context.db.each(
      "SELECT g.person_id, r.person_id, g.ended_at, g.end_reason, CASE WHEN o.assurance IS NOT NULL"
      // A value and not EXISTS, for which PostgreSQL may read every report there is.
      " THEN TRUE ELSE (SELECT c.id FROM check_in c WHERE c.community_id = o.community_id"
      " AND c.household_id = o.household_id AND c.observation_id = o.id LIMIT 1) IS NOT NULL END,"
      " g.first_day, r.from_on, r.until_on, o.path FROM {observations} o"
      " JOIN observation_ground g ON g.community_id = o.community_id AND g.observation_id = o.id"
      " LEFT JOIN residence r ON r.community_id = g.community_id"
      " AND r.household_id = g.household_id AND g.person_id = 0"
      " WHERE o.community_id = $1 AND o.path >= $2 AND o.path < $3"
      " AND (g.end_reason IS NULL OR g.end_reason NOT IN ('entered_in_error', 'merged'))"
      " ORDER BY o.id DESC",
      reach, [&](const store::Row& row) {
        if (row.integer(0) != 0) {
          raise(standings, row.integer(0), stage_of(row), row.text(8));
        } else if (lived_there(context, row)) {
          raise(standings, row.integer(1), stage_of(row), row.text(8));
        }
        return true;
      });
  return standings;
}

}  // namespace doorstep::day
