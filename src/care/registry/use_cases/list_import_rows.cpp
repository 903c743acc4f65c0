/// \file List the rows of an import with what becomes of each; as CSV the error file that goes back
/// to whoever wrote it.

#include <charconv>

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request : api::PageRequest {
  Id<Batch> id;
  std::optional<RowState> state;

  void fields(auto& f) {
    f("import", id);
    f("state", state);
    page_fields(f);
  }
};

struct Row {
  std::int64_t number = 0;  ///< The line in the file.
  RowState state = RowState::same;
  std::optional<std::string> reason;
  std::vector<std::string> cells;

  void fields(auto& f) {
    f("number", number);
    f("state", state);
    f("reason", reason);
    f("cells", cells, api::Class::name);
  }
};

/// Errors: forbidden "access.denied" without the whole community; not_found "import.unknown";
/// invalid "cursor.wrong".
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  TRY(check_import_scope(context));
  TRY(some(find_batch(context.db, context.community.id, request.id), "import.unknown"));
  std::int64_t after = -1;
  if (request.cursor) {
    const std::string& text = *request.cursor;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, after);
    if (read.ec != std::errc{} || read.ptr != end) {
      return Error{ErrorKind::invalid, "cursor.wrong"};
    }
  }
  const std::string state = request.state ? " AND state = $5" : "";
  api::Page<Row> page;
  for (const store::Row& row : context.db.query(
           "SELECT number, state, reason, cells FROM import_row WHERE community_id = $1"
           " AND batch_id = $2 AND number > $3" +
               state + " ORDER BY number LIMIT $4",
           {context.community.id, request.id, after, request.limit + 1,
            request.state ? api::word(*request.state) : std::string_view{}})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = std::to_string(page.rows.back().number);
      break;
    }
    Row shown;
    shown.number = row.integer(0);
    shown.state = api::from_word<RowState>(row.text(1)).value_or(RowState::invalid);
    shown.reason = row.maybe_text(2);
    for (ImportLine& line : lines_of("0," + row.text(3) + "\n")) {
      shown.cells = std::move(line.cells);
    }
    page.rows.push_back(std::move(shown));
  }
  return page;
}

}  // namespace

api::Endpoint list_import_rows() {
  return api::list("/api/v1/imports/{import}/rows", "import.run",
                   "List the rows of an import with what becomes of each", list);
}

}  // namespace doorstep::registry
