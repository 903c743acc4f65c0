/// \file Say what somebody in a household cannot do, and in which language they are spoken to (N25).

#include "care/registry/access_needs.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Household> household;
  AccessNeeds needs;

  void fields(auto& f) {
    f("household", household);
    needs.fields(f);
  }
};

/// Errors: not_found "household.unknown".
Result<api::Nothing> say(api::WriteContext& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const AccessNeeds& needs = request.needs;
  context.tx.post(
      "INSERT INTO household_access (community_id, household_id, cannot_read, cannot_hear,"
      " cannot_see, language) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (community_id,"
      " household_id) DO UPDATE SET cannot_read = excluded.cannot_read, cannot_hear ="
      " excluded.cannot_hear, cannot_see = excluded.cannot_see, language = excluded.language",
      {context.community.id, request.household, needs.cannot_read, needs.cannot_hear,
       needs.cannot_see, api::word(needs.language)});
  context.journal("household.access_said", request.household.value(), home->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint say_access_needs() {
  return api::command(api::Method::post, "/api/v1/households/{household}/access", "household.edit",
                      "Say what somebody cannot do and which language they speak", say);
}

}  // namespace doorstep::registry
