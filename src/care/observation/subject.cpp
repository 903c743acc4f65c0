#include "care/observation/subject.h"

#include <algorithm>

namespace doorstep::observation {

std::vector<Subject::Member> members_of(api::WriteContext& context,
                                        Id<access::Household> household) {
  std::vector<Subject::Member> members;
  for (const store::Row& row : context.db.query(
           "SELECT r.person_id, coalesce(m.reported_at, 0), coalesce(m.heard_at, 0),"
           " EXISTS (SELECT 1 FROM observation_ground g WHERE g.community_id = r.community_id"
           " AND g.household_id = r.household_id AND g.ended_at IS NULL"
           " AND g.person_id IN (0, r.person_id))"
           " AND NOT EXISTS (SELECT 1 FROM whereabouts w WHERE w.community_id = r.community_id"
           " AND w.person_id = r.person_id AND w.until_at IS NULL AND w.state <> 'central')"
           " FROM residence r LEFT JOIN member_report m ON m.community_id = r.community_id"
           " AND m.household_id = r.household_id AND m.person_id = r.person_id"
           " WHERE r.community_id = $1 AND r.household_id = $2 AND r.until_on IS NULL",
           {context.community.id, household})) {
    members.push_back({row.integer(0), row.instant(1), row.instant(2), row.boolean(3)});
  }
  return members;
}

Instant all_since(const Subject& subject, Instant whole, Instant Subject::Member::* what) {
  Instant since = Instant::max();
  for (const Subject::Member& member : subject.members) {
    if (member.due) since = std::min(since, std::max(whole, member.*what));
  }
  return since == Instant::max() ? whole : since;
}

}  // namespace doorstep::observation
