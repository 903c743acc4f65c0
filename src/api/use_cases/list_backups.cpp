/// \file List the backups of the installation and those that could not be made, the newest first.

#include "api/endpoint.h"
#include "store/backup_log.h"

namespace doorstep::api {
namespace {

struct Request : PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Row {
  Id<struct Backup> id;
  Instant made_at{};
  std::string file;
  std::optional<Instant> verified_at;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::optional<std::string> problem;

  void fields(auto& f) {
    f("id", id);
    f("made_at", made_at);
    f("file", file);
    f("verified_at", verified_at);
    f("rows", rows);
    f("bytes", bytes);
    f("problem", problem);
  }
};

/// Errors: invalid "cursor.wrong".
Result<Page<Row>> newest(Context& context, const Request& request) {
  const auto before = request.cursor ? id_from_text(*request.cursor) : INT64_MAX;
  if (!before) return Error{ErrorKind::invalid, "cursor.wrong"};
  Page<Row> page;
  for (const store::BackupNote& note :
       store::backup_notes(context.db, request.limit + 1, *before)) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back({Id<Backup>{note.id}, note.made_at, note.file, note.verified_at, note.rows,
                         note.bytes, note.problem});
  }
  return page;
}

}  // namespace

Endpoint list_backups() {
  return api::list("/api/v1/backups", "backup.list", "Backups and how they went", newest);
}

}  // namespace doorstep::api
