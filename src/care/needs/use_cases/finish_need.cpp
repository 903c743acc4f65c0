/// \file Say that it was done, by the helper it was assigned to: handed over at the door, printed, carried.

#include "care/delivery/carriers.h"
#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  void fields(auto& f) { f("need", need); }
};

struct Response {
  State state = State::waiting;
  void fields(auto& f) { f("state", state); }
};

/// Errors: not_found "need.unknown" (also where it is somebody else's task); conflict "need.closed",
/// "run.crosses_boundary" (from outside the closed loop nobody comes to a door: it is done when the second leg
/// is, A35).
Result<Response> finish(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (need->state == State::done) return Response{need->state};
  if (need->state != State::accepted) return Error{ErrorKind::conflict, "need.closed"};
  const auto owing = duty::find_open(context.db, context.community.id, owed, need->id.value());
  if (!owing || owing->owner != context.actor.id) {
    return Error{ErrorKind::not_found, "need.unknown"};
  }
  if (delivery::is_outside(context, Id<access::Account>{context.actor.id})) {
    return Error{ErrorKind::conflict, "run.crosses_boundary"};
  }
  change(context, *need, State::done, "delivered", "");
  return Response{need->state};
}

}  // namespace

api::Endpoint finish_need() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/needs/{need}/finish", "",
                                    "Say that it was done, by whoever it was assigned to", finish);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::needs
