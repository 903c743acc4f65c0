/// \file Say what happened at a door of the run that a link opens; each action counts once, whenever it
/// comes (N28).

#include "care/delivery/actions.h"

namespace doorstep::delivery {
namespace {

/// Errors: not_found "run.unknown"; those of carry_out().
Result<ActionReceipt> act(api::WriteContext& context, const Action& action) {
  RunRow run = TRY(own_run(context));
  context.tx.post(
      "UPDATE run_link SET opened_at = coalesce(opened_at, $3) WHERE community_id = $1"
      " AND run_id = $2 AND revoked_at IS NULL",
      {context.community.id, run.id, context.now});
  return carry_out(context, run, action);
}

}  // namespace

api::Endpoint act_on_run() {
  return api::command(api::Method::post, "/api/v1/run/actions", "run.carry",
                      "Say what happened at a door", act);
}

}  // namespace doorstep::delivery
