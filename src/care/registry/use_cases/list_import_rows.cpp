/// \file List the rows of an import with what becomes of each; as CSV the error file that goes back
/// to whoever wrote it.

#include <charconv>

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request : api::PageRequest {
  Id<Batch> id;
  std::optional<RowState> state;
  std::optional<bool> remarked;  ///< Those that can be applied and have a reason: worth a look.

  void fields(auto& f) {
    f("import", id);
    f("state", state);
    f("remarked", remarked);
    page_fields(f);
  }
};

struct Row {
  std::int64_t number = 0;            ///< The line in the file, or in its sheet.
  std::optional<std::int64_t> sheet;  ///< From 1, in a workbook.
  std::optional<std::int64_t> part;   ///< From 1, where several persons stood in the line.
  RowState state = RowState::same;
  std::optional<std::string> reason;
  std::vector<std::string> cells;

  void fields(auto& f) {
    f("number", number);
    f("sheet", sheet);
    f("part", part);
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
  std::string state = request.state ? " AND state = $5" : "";
  if (request.remarked.value_or(false)) state += " AND state <> 'invalid' AND reason IS NOT NULL";
  api::Page<Row> page;
  std::int64_t last = 0;
  for (const store::Row& row : context.db.query(
           "SELECT number, state, reason, cells FROM import_row WHERE community_id = $1"
           " AND batch_id = $2 AND number > $3" +
               state + " ORDER BY number LIMIT $4",
           {context.community.id, request.id, after, request.limit + 1,
            request.state ? api::word(*request.state) : std::string_view{}})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = std::to_string(last);
      break;
    }
    Row shown;
    last = row.integer(0);
    const RowPlace place = row_place(last);
    shown.number = place.line;
    if (place.sheet > 0) shown.sheet = place.sheet;
    if (place.part > 0) shown.part = place.part;
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
