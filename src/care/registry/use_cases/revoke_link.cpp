/// \file Revoke one link; the household's others go on working.

#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Link> link;
  void fields(auto& f) { f("link", link); }
};

/// Errors: not_found "link.unknown".
Result<api::Nothing> revoke(api::WriteContext& context, const Request& request) {
  const LinkRow link = TRY(find_link(context, request.link));
  if (!link.revoked) {
    context.tx.post("UPDATE link_token SET revoked_at = $3 WHERE community_id = $1 AND id = $2",
                    {context.community.id, request.link, context.now});
  }
  context.journal("link.revoked", request.link.value(), link.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint revoke_link() {
  return api::command(api::Method::post, "/api/v1/links/{link}/revoke", "link.revoke",
                      "Revoke one link", revoke);
}

}  // namespace doorstep::registry
