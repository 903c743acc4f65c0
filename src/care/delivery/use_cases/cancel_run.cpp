/// \file Take back a run that has not left: its goods wait again.

#include "care/delivery/runs.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Run> run;
  std::int64_t version = 0;
  void fields(auto& f) {
    f("run", run);
    f("version", version);
  }
};

/// Errors: not_found "run.unknown"; conflict "run.changed", "run.left" (it is on its way, or over).
Result<api::Nothing> cancel(api::WriteContext& context, const Request& request) {
  RunRow run = TRY(scoped_run(context, request.run));
  if (run.version != request.version) return Error{ErrorKind::conflict, "run.changed"};
  if (run.state != RunState::planned) return Error{ErrorKind::conflict, "run.left"};
  for (ParcelRow& one : parcels_of(context, run.id)) {
    one.run.reset();
    one.position.reset();
    TRY(take_step(context, one, Step::unassigned, {}));
  }
  run.state = RunState::cancelled;
  run.closed_at = context.now;
  save_run(context, run);
  revoke_links(context, run.id);
  return api::Nothing{};
}

}  // namespace

api::Endpoint cancel_run() {
  return api::command(api::Method::post, "/api/v1/runs/{run}/cancel", "run.edit",
                      "Take back a run that has not left", cancel);
}

}  // namespace doorstep::delivery
