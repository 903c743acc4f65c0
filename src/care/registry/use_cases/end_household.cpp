/// \file A household is no longer there. What happened in it stays; its links stop.

#include "care/registry/households.h"

namespace doorstep::registry {

enum class HouseholdEnd : std::uint8_t { moved_away, merged, entered_in_error };

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::HouseholdEnd> {
  static constexpr std::array words{"moved_away", "merged", "entered_in_error"};
};

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  HouseholdEnd reason = HouseholdEnd::moved_away;

  void fields(auto& f) {
    f("household", household);
    f("reason", reason);
  }
};

/// Errors: not_found "household.unknown" (or ended already); conflict "household.lived_in" (somebody
/// lives there: they move or leave first), "household.observed" (an observation is open).
Result<api::Nothing> end(api::WriteContext& context, const Request& request) {
  const HouseholdRow household =
      TRY(some(find_household(context, request.household), "household.unknown"));
  if (household.ended_at) return Error{ErrorKind::not_found, "household.unknown"};
  const store::Values at{context.community.id, household.id};
  if (context.db.first("SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2"
                       " AND until_on IS NULL LIMIT 1",
                       at)) {
    return Error{ErrorKind::conflict, "household.lived_in"};
  }
  if (context.db.first("SELECT 1 FROM observation WHERE community_id = $1 AND household_id = $2"
                       " AND ended_at IS NULL",
                       at)) {
    return Error{ErrorKind::conflict, "household.observed"};
  }
  const store::Values now{context.community.id, household.id, context.now};
  context.tx.post("UPDATE household SET ended_at = $3 WHERE community_id = $1 AND id = $2", now);
  context.tx.post(
      "UPDATE link_token SET revoked_at = $3 WHERE community_id = $1 AND household_id = $2"
      " AND revoked_at IS NULL",
      now);
  // Its own phones: those of people went with them.
  context.tx.post("DELETE FROM contact_point_use WHERE community_id = $1 AND household_id = $2",
                  at);
  context.tx.post("DELETE FROM search_key WHERE community_id = $1 AND subject_id = $2", at);
  context.journal("household.ended", household.id.value(), household.path,
                  R"({"reason":")" + std::string(api::word(request.reason)) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint end_household() {
  return api::command(api::Method::post, "/api/v1/households/{household}/end", "household.edit",
                      "A household is no longer there", end);
}

}  // namespace doorstep::registry
