/// \file Take up an unwell report: the resident's page then says who has seen it and when.

#include "api/endpoint.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<access::Household> household;
  void fields(auto& f) { f("household", household); }
};

/// The first to take it up keeps it. Errors: not_found "household.unknown"; conflict
/// "unwell.none", "unwell.taken".
Result<api::Nothing> acknowledge(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT h.path, o.id, o.unwell_at, o.seen_at FROM {households} h LEFT JOIN observation o"
      " ON o.community_id = h.community_id AND o.household_id = h.id AND o.ended_at IS NULL"
      " WHERE h.id = $1",
      {request.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  if (row->is_null(1) || row->integer(2) == 0) return Error{ErrorKind::conflict, "unwell.none"};
  if (!row->is_null(3)) return Error{ErrorKind::conflict, "unwell.taken"};
  context.tx.run(
      "UPDATE observation SET seen_at = $3, seen_by = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, row->integer(1), context.now, context.actor.id});
  context.journal("unwell.acknowledged", request.household.value(), row->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint acknowledge_unwell() {
  return api::command(api::Method::post, "/api/v1/households/{household}/acknowledge",
                      "unwell.acknowledge", "Take up an unwell report", acknowledge);
}

}  // namespace doorstep::observation
