/// \file One run as it is carried and printed (N10, E15).

#include "care/delivery/sheet.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Run> run;
  void fields(auto& f) { f("run", run); }
};

/// Errors: not_found "run.unknown".
Result<RunSheet> show(api::Context& context, const Request& request) {
  const RunRow run = TRY(scoped_run(context, request.run));
  return sheet_of(context, run);
}

}  // namespace

api::Endpoint show_run() {
  return api::query("/api/v1/runs/{run}", "run.list", "One run, door by door", show);
}

}  // namespace doorstep::delivery
