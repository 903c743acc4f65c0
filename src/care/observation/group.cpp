#include "care/observation/group.h"

namespace doorstep::observation {

std::optional<Membership> membership(const api::Context& context, Id<access::Household> household) {
  const auto row = context.db.first(
      "SELECT o.id, m.observation_id, m.number FROM {observations} o LEFT JOIN group_member m"
      " ON m.community_id = o.community_id AND m.household_id = o.household_id"
      " WHERE o.household_id = $1 AND o.ended_at IS NULL",
      {household});
  if (!row) return std::nullopt;
  Membership found{row->id<Observation>(0)};
  if (!row->is_null(1) && row->integer(1) == row->integer(0)) found.number = row->integer(2);
  return found;
}

Result<std::int64_t> join(api::WriteContext& context, Id<access::Household> household) {
  const auto standing = membership(context, household);
  if (!standing) return Error{ErrorKind::conflict, "group.not_member"};
  if (standing->number) return *standing->number;
  const auto row = context.tx.first(
      "INSERT INTO group_member (community_id, household_id, observation_id, number, joined_at,"
      " joined_by) SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5 FROM group_member"
      " WHERE community_id = $1 ON CONFLICT (community_id, household_id) DO UPDATE"
      " SET observation_id = excluded.observation_id, joined_at = excluded.joined_at,"
      " joined_by = excluded.joined_by RETURNING number",
      {context.community.id, household, standing->observation, context.now, context.actor.id});
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {household});
  context.journal("group.joined", household.value(), home->text(0), "{}");
  return row->integer(0);
}

}  // namespace doorstep::observation
