#include "care/observation/claims.h"

namespace doorstep::observation {
namespace {

Result<void> keep(api::WriteContext& context, const Leaving& leaving) {
  if (leaving.note.empty()) return Error{ErrorKind::invalid, "observation.reason"};
  context.tx.post(
      "INSERT INTO leaving_claim (community_id, observation_id, ground_id, reason, note, at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (community_id, observation_id, ground_id)"
      " DO UPDATE SET reason = excluded.reason, note = excluded.note, at = excluded.at,"
      " by = excluded.by",
      {context.community.id, leaving.observation, leaving.of, api::word(leaving.reason),
       leaving.note, context.now, context.actor.id});
  context.journal("observation.claimed", leaving.observation.value(), leaving.path,
                  R"({"household":")" + to_text(leaving.household) + R"(","reason":")" +
                      std::string(api::word(leaving.reason)) + R"("})");
  TRY(duty::open(context, confirm_leaving,
                 {leaving.household.value(), leaving.path, context.now, context.now}));
  return {};
}

/// Whoever reports is there.
bool heard_since(api::WriteContext& context, const Leaving& leaving, Instant at) {
  return context.db
      .first(
          "SELECT 1 FROM check_in WHERE community_id = $1 AND household_id = $2"
          " AND recorded_at > $3"
          // Of somebody who left, not what others say of themselves.
          " AND ($4 = 0 OR person_id = $4 OR NOT EXISTS (SELECT 1 FROM residence r"
          " WHERE r.community_id = $1 AND r.household_id = $2 AND r.person_id = $4)) LIMIT 1",
          {context.community.id, leaving.household, at, leaving.of})
      .has_value();
}

void drop(api::WriteContext& context, const Leaving& leaving) {
  context.tx.post(
      "DELETE FROM leaving_claim WHERE community_id = $1 AND observation_id = $2"
      " AND ground_id = $3",
      {context.community.id, leaving.observation, leaving.of});
}

}  // namespace

std::optional<Claim> claim_of(store::Snapshot& db, Id<access::Community> community,
                              Id<access::Household> household, Id<Observation> observation,
                              std::int64_t of) {
  const auto row = db.first(
      "SELECT reason, note, at, by FROM leaving_claim WHERE community_id = $1"
      " AND observation_id = $2 AND ground_id = $3",
      {community, observation, of});
  if (!row || !duty::find_open(db, community, confirm_leaving, household.value())) {
    return std::nullopt;
  }
  return Claim{api::from_word<EndReason>(row->text(0)).value_or(EndReason::entered_in_error),
               row->text(1), row->instant(2), row->integer(3)};
}

Result<bool> claim(api::WriteContext& context, const Leaving& leaving) {
  const auto standing = claim_of(context.db, context.community.id, leaving.household,
                                 leaving.observation, leaving.of);
  if (!standing || standing->reason != leaving.reason ||
      heard_since(context, leaving, standing->at)) {
    TRY(keep(context, leaving));
    return false;
  }
  if (standing->by == context.actor.id) {
    return Error{ErrorKind::conflict, "observation.second_person"};
  }
  drop(context, leaving);
  const auto asked =
      duty::find_open(context.db, context.community.id, confirm_leaving, leaving.household.value());
  duty::meet(context, *asked, leaving.observation.value());
  return true;
}

void drop_claims(api::WriteContext& context, Id<Observation> observation) {
  context.tx.post("DELETE FROM leaving_claim WHERE community_id = $1 AND observation_id = $2",
                  {context.community.id, observation});
}

}  // namespace doorstep::observation
