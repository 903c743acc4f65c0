/// \file Make a building's claim link for its chat group; the one before is void.

#include "access/secrets.h"
#include "api/reach.h"
#include "care/registry/claim_link.h"
#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Place> place;
  std::string name;  ///< What the links are called that are claimed by it.

  void fields(auto& f) {
    f("place", place);
    f("name", name);
  }
};

struct Opened {
  std::string
      url;  ///< Shown this once; the token stands behind the "#", where no server and no log sees it.
  void fields(auto& f) { f("url", url); }
};

/// Errors: not_found "place.unknown"; invalid "link.name", "claim.not_a_building"; conflict as require_printing(): it
/// stays in a chat as paper stays on a door.
Result<Opened> open(api::WriteContext& context, const Request& request) {
  const auto place =
      context.db.first("SELECT p.path, p.kind FROM {places} p WHERE p.id = $1", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  if (place->text(1) != "building") return Error{ErrorKind::invalid, "claim.not_a_building"};
  TRY(api::require_printing(context));
  const std::string name = TRY(clean_link_name(request.name));
  context.tx.run(
      "UPDATE claim_link SET revoked_at = $3 WHERE community_id = $1 AND place_id = $2"
      " AND revoked_at IS NULL",
      {context.community.id, request.place, context.now});
  const auto id = context.new_id<ClaimLink>();
  const std::string token = access::new_token(context.rng);
  context.tx.post(
      "INSERT INTO claim_link (community_id, id, place_id, token_hash, name, created_at,"
      " created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {context.community.id, id, request.place,
       store::Bytes{access::token_hash(token, context.pepper)}, name, context.now,
       context.actor.id});
  context.journal("claim_link.opened", id.value(), place->text(0));
  return Opened{context.settings.public_url + "/l/claim#" + token};
}

}  // namespace

api::Endpoint open_claim_link() {
  return api::command(api::Method::post, "/api/v1/places/{place}/claim-link", "link.issue",
                      "Make a building's claim link for its chat group", open);
}

}  // namespace doorstep::registry
