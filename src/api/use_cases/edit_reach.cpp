/// \file Declare how people reach the house (N1).

#include "api/reach.h"

namespace doorstep::api {
namespace {

struct Request {
  ReachMode mode = ReachMode::desk;
  void fields(auto& f) { f("mode", mode); }
};

Result<Reach> edit(WriteContext& context, const Request& request) {
  declare_reach(context.tx, context.community.id.value(), context.actor.id, context.now,
                request.mode);
  return reach_of(context.db, context.settings.public_url);
}

}  // namespace

Endpoint edit_reach() {
  return command(Method::post, "/api/v1/reach", "reach.edit", "Declare how people reach the house",
                 edit);
}

}  // namespace doorstep::api
