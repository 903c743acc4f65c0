/// \file Apply an import that was looked at: a job writes its rows.

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Batch> id;
  void fields(auto& f) { f("import", id); }
};

/// Errors: forbidden "access.denied" without the whole community; not_found "import.unknown";
/// conflict "import.state" (not ready).
Result<api::Nothing> apply(api::WriteContext& context, const Request& request) {
  TRY(check_import_scope(context));
  BatchRow batch =
      TRY(some(find_batch(context.db, context.community.id, request.id), "import.unknown"));
  if (batch.state != BatchState::ready) return Error{ErrorKind::conflict, "import.state"};
  const auto rows = context.db.first(
      "SELECT COUNT(*) FROM import_row WHERE community_id = $1 AND batch_id = $2"
      " AND state IN ('new', 'changed')",
      {context.community.id, batch.id});
  start_import_job(context, batch, "import.apply", BatchState::applying, rows->integer(0));
  context.journal("import.apply_started", batch.id.value(), "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint apply_import() {
  return api::command(api::Method::post, "/api/v1/imports/{import}/apply", "import.run",
                      "Apply an import", apply);
}

}  // namespace doorstep::registry
