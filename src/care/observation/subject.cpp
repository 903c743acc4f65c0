#include "care/observation/subject.h"

#include <algorithm>

namespace doorstep::observation {

namespace {

/// One statement: PostgreSQL answers each with a wait.
constexpr std::string_view subject_sql =
    "SELECT h.path, o.id, o.whole_at, o.heard_at, r.person_id, coalesce(m.reported_at, 0),"
    " coalesce(m.heard_at, 0),"
    " EXISTS (SELECT 1 FROM observation_ground g WHERE g.community_id = r.community_id"
    " AND g.household_id = r.household_id AND g.ended_at IS NULL"
    " AND g.person_id IN (0, r.person_id))"
    " AND NOT EXISTS (SELECT 1 FROM whereabouts w WHERE w.community_id = r.community_id"
    " AND w.person_id = r.person_id AND w.until_at IS NULL AND w.state <> 'central'),"
    " EXISTS (SELECT 1 FROM link_token l WHERE l.community_id = h.community_id AND l.id = $2"
    " AND l.trusted)"
    " FROM {households} h LEFT JOIN observation o ON o.community_id = h.community_id"
    " AND o.household_id = h.id AND o.ended_at IS NULL"
    " LEFT JOIN residence r ON r.community_id = h.community_id AND r.household_id = h.id"
    " AND r.until_on IS NULL"
    " LEFT JOIN member_report m ON m.community_id = r.community_id"
    " AND m.household_id = r.household_id AND m.person_id = r.person_id WHERE h.id = $1";

}  // namespace

void expect_subject(api::WriteContext& context, Id<access::Household> household) {
  context.tx.ahead(subject_sql, {household, context.actor.id});
}

Result<Subject> find_subject(api::WriteContext& context, Id<access::Household> household) {
  const store::Rows rows = context.db.query(subject_sql, {household, context.actor.id});
  if (rows.empty()) return Error{ErrorKind::not_found, "household.unknown"};
  Subject subject;
  subject.household = household;
  subject.path = rows[0].text(0);
  subject.observation = rows[0].maybe_id<Observation>(1);
  subject.whole_at = rows[0].maybe_instant(2).value_or(Instant{});
  subject.heard_at = rows[0].maybe_instant(3).value_or(Instant{});
  subject.trusted = rows[0].boolean(8);
  for (const store::Row& row : rows) {
    if (row.is_null(4)) continue;
    subject.members.push_back({row.integer(4), row.instant(5), row.instant(6), row.boolean(7)});
  }
  return subject;
}

Instant all_since(const Subject& subject, Instant whole, Instant Subject::Member::* what) {
  Instant since = Instant::max();
  for (const Subject::Member& member : subject.members) {
    if (member.due) since = std::min(since, std::max(whole, member.*what));
  }
  return since == Instant::max() ? whole : since;
}

}  // namespace doorstep::observation
