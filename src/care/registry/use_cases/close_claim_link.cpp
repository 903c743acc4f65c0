/// \file Void a building's claim link; what was claimed by it goes on working.

#include "care/registry/claim_link.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Place> place;
  void fields(auto& f) { f("place", place); }
};

/// Errors: not_found "place.unknown".
Result<api::Nothing> close(api::WriteContext& context, const Request& request) {
  const auto place =
      context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  context.tx.run(
      "UPDATE claim_link SET revoked_at = $3 WHERE community_id = $1 AND place_id = $2"
      " AND revoked_at IS NULL",
      {context.community.id, request.place, context.now});
  context.journal("claim_link.closed", request.place.value(), place->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint close_claim_link() {
  return api::command(api::Method::post, "/api/v1/places/{place}/claim-link/close", "link.issue",
                      "Void a building's claim link", close);
}

}  // namespace doorstep::registry
