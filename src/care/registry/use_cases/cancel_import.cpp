/// \file Give an import up. While a job is at work it stops after its slice; what it has applied
/// until then can be undone.

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Batch> id;
  void fields(auto& f) { f("import", id); }
};

/// Errors: forbidden "access.denied" without the whole community; not_found "import.unknown";
/// conflict "import.state" (over already, or being undone).
Result<api::Nothing> cancel(api::WriteContext& context, const Request& request) {
  TRY(check_import_scope(context));
  BatchRow batch =
      TRY(some(find_batch(context.db, context.community.id, request.id), "import.unknown"));
  const Id<Community> community = context.community.id;
  switch (batch.state) {
    case BatchState::mapping:
    case BatchState::ready:
      batch.state = BatchState::cancelled;
      forget_chunks(context.tx, community, batch.id);
      save_batch(context.tx, community, batch);
      context.journal("import.cancelled", batch.id.value(), "");
      return api::Nothing{};
    case BatchState::reading:
    case BatchState::applying:
      if (batch.job && store::cancel_job(context.tx, community.value(), *batch.job)) {
        context.journal("import.cancel_asked", batch.id.value(), "");
        return api::Nothing{};
      }
      break;
    default: break;
  }
  return Error{ErrorKind::conflict, "import.state"};
}

}  // namespace

api::Endpoint cancel_import() {
  return api::command(api::Method::post, "/api/v1/imports/{import}/cancel", "import.run",
                      "Give an import up", cancel);
}

}  // namespace doorstep::registry
