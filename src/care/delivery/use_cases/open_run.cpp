/// \file The run that a link opens (N28). Reading it changes nothing.

#include "care/delivery/sheet.h"

namespace doorstep::delivery {
namespace {

/// Errors: not_found "run.unknown".
Result<RunSheet> open(api::Context& context, const api::Nothing&) {
  const RunRow run = TRY(own_run(context));
  RunSheet sheet = TRY(sheet_of(context, run));
  const auto row = context.db.first(
      "SELECT max(expires_at) FROM run_link WHERE community_id = $1 AND run_id = $2"
      " AND revoked_at IS NULL",
      {context.community.id, context.actor.run});
  sheet.expires_at = row->maybe_instant(0);
  return sheet;
}

}  // namespace

api::Endpoint open_run() {
  return api::query("/api/v1/run", "run.carry", "The run that a link opens", open);
}

}  // namespace doorstep::delivery
