/// \file Take an import back as a whole: what it made is removed where nothing else hangs on it, and
/// what it changed is as before. Rows that must stay say why.

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Batch> id;
  void fields(auto& f) { f("import", id); }
};

/// Errors: forbidden "access.denied" without the whole community; not_found "import.unknown";
/// conflict "import.state" (nothing was applied, or a job is at work).
Result<api::Nothing> undo(api::WriteContext& context, const Request& request) {
  TRY(check_import_scope(context));
  BatchRow batch =
      TRY(some(find_batch(context.db, context.community.id, request.id), "import.unknown"));
  const auto rows = context.db.first(
      "SELECT COUNT(*) FROM import_row WHERE community_id = $1 AND batch_id = $2"
      " AND state = 'applied'",
      {context.community.id, batch.id});
  const bool working = batch.state == BatchState::reading || batch.state == BatchState::applying ||
                       batch.state == BatchState::undoing;
  if (working || rows->integer(0) == 0) return Error{ErrorKind::conflict, "import.state"};
  batch.error.reset();
  start_import_job(context, batch, "import.undo", BatchState::undoing, rows->integer(0));
  context.journal("import.undo_started", batch.id.value(), "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint undo_import() {
  return api::command(api::Method::post, "/api/v1/imports/{import}/undo", "import.run",
                      "Take an import back as a whole", undo);
}

}  // namespace doorstep::registry
