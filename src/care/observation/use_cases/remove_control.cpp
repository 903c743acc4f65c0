/// \file A label or a sensor is taken down: what was owed of it is met.

#include "api/endpoint.h"
#include "care/observation/control_allowed.h"
#include "care/observation/controls.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<DoorControl> control;
  void fields(auto& f) { f("control", control); }
};

/// Errors: not_found "control.unknown" (or taken down already).
Result<api::Nothing> remove(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto control = find_control(context, request.control);
  if (!control) return Error{ErrorKind::not_found, "control.unknown"};
  context.tx.run(
      "UPDATE door_control SET removed_at = $3, removed_by = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, control->id, context.now, context.actor.id});
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {control->household});
  context.journal("control.removed", control->id.value(), home->text(0),
                  R"({"household":")" + to_text(control->household) + R"("})");
  const auto owed =
      duty::find_open(context.db, context.community.id, control_end, control->id.value());
  if (owed) duty::meet(context, *owed, control->id.value());
  return api::Nothing{};
}

}  // namespace

api::Endpoint remove_control() {
  return api::command(api::Method::post, "/api/v1/controls/{control}/remove", "control.edit",
                      "Take a label or sensor down", remove);
}

}  // namespace doorstep::observation
