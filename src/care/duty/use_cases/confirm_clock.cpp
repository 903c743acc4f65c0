/// \file Say that the server's clock is right, after it jumped: releases go on (N8).

#include "care/duty/clock.h"

namespace doorstep::duty {
namespace {

/// Errors: conflict "clock.not_held".
Result<api::Nothing> confirm(api::WriteContext& context, const api::Nothing&) {
  if (!clock_hold(context.db, context.community.id)) {
    return Error{ErrorKind::conflict, "clock.not_held"};
  }
  context.tx.post("DELETE FROM clock_hold WHERE community_id = $1", {context.community.id});
  context.tx.post(
      "INSERT INTO clock_trust (community_id, confirmed_at) VALUES ($1, $2)"
      " ON CONFLICT (community_id) DO UPDATE SET confirmed_at = excluded.confirmed_at",
      {context.community.id, context.now});
  context.journal("clock.confirmed", 0, "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint confirm_clock() {
  return api::command(api::Method::post, "/api/v1/clock/confirm", "clock.confirm",
                      "Say that the server's clock is right", confirm);
}

}  // namespace doorstep::duty
