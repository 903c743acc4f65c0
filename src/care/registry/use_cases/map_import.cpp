/// \file Say what the columns of a file mean; its rows are looked at again.

#include <algorithm>

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Batch> id;
  Mapping columns;  ///< One for each column of the file.

  void fields(auto& f) {
    f("import", id);
    f("columns", columns);
  }
};

/// Errors: forbidden "access.denied" without the whole community; not_found "import.unknown";
/// conflict "import.state" (applied or given up); invalid "import.mapping" (another number of
/// columns, a required field without one, a field with two, or one of the other kind of file).
Result<api::Nothing> map(api::WriteContext& context, const Request& request) {
  TRY(check_import_scope(context));
  BatchRow batch =
      TRY(some(find_batch(context.db, context.community.id, request.id), "import.unknown"));
  if (batch.state != BatchState::mapping && batch.state != BatchState::ready) {
    return Error{ErrorKind::conflict, "import.state"};
  }
  const Error wrong{ErrorKind::invalid, "import.mapping"};
  if (request.columns.size() != batch.header.size()) return wrong;
  if (!complete(batch.kind, request.columns)) return wrong;
  const auto allowed = fields_of(batch.kind);
  for (const auto& field : request.columns) {
    if (field && std::ranges::find(allowed, *field) == allowed.end()) return wrong;
  }
  batch.mapping = request.columns;
  const std::int64_t rows = batch.total;
  start_import_job(context, batch, "import.read", BatchState::reading, rows);
  context.journal("import.mapped", batch.id.value(), "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint map_import() {
  return api::command(api::Method::post, "/api/v1/imports/{import}/mapping", "import.run",
                      "Say what the columns of a file mean", map);
}

}  // namespace doorstep::registry
