/// \file Take what somebody wrote out of the group's sight, with a reason that is kept: a name, a door, a
/// quarrel. It stays for who asks what was hidden and why.

#include "care/observation/group.h"
#include "care/registry/households.h"

namespace doorstep::observation {
namespace {

constexpr std::size_t reason_length_max = 200;

struct Request {
  Id<GroupPost> post;
  std::string reason;
  void fields(auto& f) {
    f("post", post);
    f("reason", reason);
  }
};

/// Errors: not_found "group.post_unknown" (or hidden already); invalid "group.reason" (empty or over 200
/// characters).
Result<api::Nothing> hide(api::WriteContext& context, const Request& request) {
  const std::string reason =
      TRY(registry::clean_text(request.reason, reason_length_max, "group.reason"));
  if (reason.empty()) return Error{ErrorKind::invalid, "group.reason"};
  const auto post = context.tx.first(
      "SELECT 1 FROM group_post WHERE community_id = $1 AND id = $2 AND hidden_at IS NULL",
      {context.community.id, request.post});
  if (!post) return Error{ErrorKind::not_found, "group.post_unknown"};
  context.tx.run(
      "UPDATE group_post SET hidden_at = $3, hidden_by = $4, hidden_reason = $5"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, request.post, context.now, context.actor.id, reason});
  context.journal("group.hidden", request.post.value(), "", "{}");
  return api::Nothing{};
}

}  // namespace

api::Endpoint hide_group_post() {
  return api::command(api::Method::post, "/api/v1/group/{post}/hide", "group.hide",
                      "Take a post out of the group's sight", hide);
}

}  // namespace doorstep::observation
