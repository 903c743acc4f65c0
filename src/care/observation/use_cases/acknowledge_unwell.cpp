/// \file Take up an unwell report: the resident's page then says who has seen it and when. It stays a
/// red flag until somebody says what came of it.

#include "api/endpoint.h"
#include "care/observation/contact.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<access::Household> household;
  void fields(auto& f) { f("household", household); }
};

/// The first to take it up keeps it. Errors: not_found "household.unknown"; conflict
/// "unwell.none", "unwell.taken".
Result<api::Nothing> acknowledge(api::WriteContext& context, const Request& request) {
  const auto row =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {request.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  const auto owed =
      duty::find_open(context.db, context.community.id, unwell, request.household.value());
  if (!owed) return Error{ErrorKind::conflict, "unwell.none"};
  if (owed->state != duty::State::raised) return Error{ErrorKind::conflict, "unwell.taken"};
  TRY(duty::acknowledge(context, *owed));
  context.tx.post(
      "UPDATE observation SET seen_at = $3, seen_by = $4"
      " WHERE community_id = $1 AND household_id = $2 AND ended_at IS NULL AND seen_at IS NULL",
      {context.community.id, request.household, context.now, context.actor.id});
  context.journal("unwell.acknowledged", request.household.value(), row->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint acknowledge_unwell() {
  return api::command(api::Method::post, "/api/v1/households/{household}/acknowledge",
                      "unwell.acknowledge", "Take up an unwell report", acknowledge);
}

}  // namespace doorstep::observation
