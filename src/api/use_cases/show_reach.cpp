/// \file How people reach the house, and what works that way (N1).

#include "api/reach.h"

namespace doorstep::api {
namespace {

Result<Reach> show(Context& context, const Nothing&) {
  if (context.actor.is_link()) return Error{ErrorKind::forbidden, "access.denied"};
  return reach_of(context.db, context.settings.public_url);
}

}  // namespace

Endpoint show_reach() {
  Endpoint made = query("/api/v1/reach", "", "How people reach the house, and what works", show);
  made.door = Door::signed_in;
  return made;
}

}  // namespace doorstep::api
