/// \file End every link of a run: a phone was lost.

#include "care/delivery/runs.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Run> run;
  void fields(auto& f) { f("run", run); }
};

/// Errors: not_found "run.unknown".
Result<api::Nothing> revoke(api::WriteContext& context, const Request& request) {
  const RunRow run = TRY(scoped_run(context, request.run));
  revoke_links(context, run.id);
  context.journal("run.link_revoked", run.id.value(), run.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint revoke_run_link() {
  return api::command(api::Method::post, "/api/v1/runs/{run}/link/revoke", "run.edit",
                      "End every link of a run", revoke);
}

}  // namespace doorstep::delivery
