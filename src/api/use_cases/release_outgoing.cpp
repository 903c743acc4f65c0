/// \file Say, by name, that what a restored store lacks was looked through: releases, runs and offers go on (N6).

#include "api/endpoint.h"
#include "store/restored.h"

namespace doorstep::api {
namespace {

/// Errors: conflict "outgoing.not_held".
Result<Nothing> release(WriteContext& context, const Nothing&) {
  if (!store::outgoing_hold(context.db, context.community.id.value())) {
    return Error{ErrorKind::conflict, "outgoing.not_held"};
  }
  context.tx.post("DELETE FROM outgoing_hold WHERE community_id = $1", {context.community.id});
  context.journal("outgoing.released", 0, "");
  return Nothing{};
}

}  // namespace

Endpoint release_outgoing() {
  return command(Method::post, "/api/v1/outgoing/release", "outgoing.release",
                 "Let go out what a restore held back", release);
}

}  // namespace doorstep::api
