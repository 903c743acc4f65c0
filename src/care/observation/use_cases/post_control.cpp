/// \file A label hangs where it belongs, or a sensor is in place: by whom and when.

#include "api/endpoint.h"
#include "care/observation/control_allowed.h"
#include "care/observation/controls.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<DoorControl> control;
  void fields(auto& f) { f("control", control); }
};

/// Errors: not_found "control.unknown" (or taken down); conflict "control.expired".
Result<api::Nothing> post(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto control = find_control(context, request.control);
  if (!control) return Error{ErrorKind::not_found, "control.unknown"};
  if (control->state == ControlState::posted) return api::Nothing{};
  if (control->state == ControlState::expired) {
    return Error{ErrorKind::conflict, "control.expired"};
  }
  context.tx.run(
      "UPDATE door_control SET posted_at = $3, posted_by = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, control->id, context.now, context.actor.id});
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {control->household});
  context.journal("control.posted", control->id.value(), home->text(0),
                  R"({"household":")" + to_text(control->household) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint post_control() {
  return api::command(api::Method::post, "/api/v1/controls/{control}/post", "control.edit",
                      "Say that a label or sensor is in place", post);
}

}  // namespace doorstep::observation
