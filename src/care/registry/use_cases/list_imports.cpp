/// \file List what was imported, the newest first.

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Row {
  Id<Batch> id;
  ImportKind kind = ImportKind::dwellings;
  std::string file_name;
  BatchState state = BatchState::reading;
  std::int64_t total = 0;
  std::int64_t done = 0;
  Instant created_at{};

  void fields(auto& f) {
    f("id", id);
    f("kind", kind);
    f("file_name", file_name, api::Class::name);
    f("state", state);
    f("total", total);
    f("done", done);
    f("created_at", created_at);
  }
};

/// Errors: forbidden "access.denied" without the whole community; invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  TRY(check_import_scope(context));
  std::int64_t before = INT64_MAX;
  if (request.cursor) {
    const auto id = id_from_text(*request.cursor);
    if (!id) return Error{ErrorKind::invalid, "cursor.wrong"};
    before = *id;
  }
  api::Page<Row> page;
  for (const store::Row& row :
       context.db.query("SELECT b.id FROM import_batch b WHERE b.community_id = $1 AND b.id < $2"
                        " ORDER BY b.id DESC LIMIT $3",
                        {context.community.id, before, request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    const auto batch = find_batch(context.db, context.community.id, row.id<Batch>(0));
    page.rows.push_back({batch->id, batch->kind, batch->file_name, batch->state, batch->total,
                         batch->done, batch->created_at});
  }
  return page;
}

}  // namespace

api::Endpoint list_imports() {
  return api::list("/api/v1/imports", "import.run", "List what was imported", list);
}

}  // namespace doorstep::registry
