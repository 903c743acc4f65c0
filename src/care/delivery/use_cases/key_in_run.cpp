/// \file Key in a printed run sheet: the same actions, by staff (N10).

#include "care/delivery/actions.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Run> run;
  Action action;

  void fields(auto& f) {
    f("run", run);
    action.fields(f);
  }
};

/// Errors: not_found "run.unknown"; those of carry_out().
Result<ActionReceipt> key_in(api::WriteContext& context, const Request& request) {
  RunRow run = TRY(scoped_run(context, request.run));
  return carry_out(context, run, request.action);
}

}  // namespace

api::Endpoint key_in_run() {
  return api::command(api::Method::post, "/api/v1/runs/{run}/actions", "run.edit",
                      "Key in a line of a printed run sheet", key_in);
}

}  // namespace doorstep::delivery
