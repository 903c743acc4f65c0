/// \file The household takes back whom it named, in one tap (N18): the link shows nothing from then on.

#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Link> link;
  void fields(auto& f) { f("link", link); }
};

/// Twice is once. Errors: not_found "link.unknown" (not one of those they named).
Result<api::Nothing> drop(api::WriteContext& context, const Request& request) {
  const LinkRow link = TRY(find_link(context, request.link));
  if (!link.trusted) return Error{ErrorKind::not_found, "link.unknown"};
  if (!link.revoked) {
    context.tx.run("UPDATE link_token SET revoked_at = $3 WHERE community_id = $1 AND id = $2",
                   {context.community.id, request.link, context.now});
  }
  context.journal("link.revoked", request.link.value(), link.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint drop_trusted() {
  return api::command(api::Method::post, "/api/v1/trusted/{link}/revoke", "trusted.edit",
                      "The household takes back whom it named", drop);
}

}  // namespace doorstep::registry
