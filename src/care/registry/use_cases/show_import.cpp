/// \file Show how far an import is: its columns, what its rows come to, and what it would make.

#include <algorithm>

#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Batch> id;
  void fields(auto& f) { f("import", id); }
};

struct Column {
  std::string name;
  std::vector<std::string> sample;  ///< Of the first three rows.
  std::optional<Field> field;

  void fields(auto& f) {
    f("name", name);
    f("sample", sample, api::Class::name);
    f("field", field);
  }
};

struct FieldInfo {
  Field field = Field::building;
  bool required = false;

  void fields(auto& f) {
    f("field", field);
    f("required", required);
  }
};

struct Counts {
  std::array<std::int64_t, 6> by_state{};

  void fields(auto& f) {
    for (std::size_t at = 0; at < by_state.size(); ++at) {
      f(api::Choices<RowState>::words[at], by_state[at]);
    }
  }
};

/// Every row of a list of residents once: what it comes to, or what came of it.
struct Account {
  std::int64_t matched = 0;    ///< About somebody who is registered.
  std::int64_t fresh = 0;      ///< About somebody new.
  std::int64_t duplicate = 0;  ///< An earlier row of the list says the same.
  std::int64_t invalid = 0;    ///< Kept with its reason, for a person.

  void fields(auto& f) {
    f("matched", matched);
    f("new", fresh);
    f("duplicate", duplicate);
    f("invalid", invalid);
  }
};

struct Progress {
  std::int64_t done = 0;
  std::int64_t total = 0;

  void fields(auto& f) {
    f("done", done);
    f("total", total);
  }
};

struct Response {
  Id<Batch> id;
  ImportKind kind = ImportKind::dwellings;
  std::string file_name;
  BatchState state = BatchState::reading;
  std::vector<Column> columns;
  std::vector<FieldInfo> known_fields;
  std::int64_t total = 0;
  Counts counts;
  Account account;
  Preview preview;
  Progress progress;
  ImportSource source;
  std::optional<std::string> error;
  Instant created_at{};

  void fields(auto& f) {
    f("id", id);
    f("kind", kind);
    f("file_name", file_name, api::Class::name);
    f("state", state);
    f("columns", columns);
    f("fields", known_fields);
    f("total", total);
    f("counts", counts);
    f("account", account);
    f("preview", preview);
    f("progress", progress);
    f("source", source);
    f("error", error);
    f("created_at", created_at);
  }
};

/// The first rows of the file, wherever they are by now.
std::vector<ImportLine> first_lines(api::Context& context, Id<Batch> batch) {
  const store::Values at{context.community.id, batch};
  const auto chunk = context.db.first(
      "SELECT content FROM import_chunk WHERE community_id = $1 AND batch_id = $2 AND number = 0",
      at);
  std::string records;
  if (chunk) {
    records = chunk->text(0);
  } else {
    for (const store::Row& row : context.db.query(
             "SELECT number, cells FROM import_row WHERE community_id = $1 AND batch_id = $2"
             " ORDER BY number LIMIT 3",
             at)) {
      records += std::to_string(row.integer(0)) + ',' + row.text(1) + '\n';
    }
  }
  std::vector<ImportLine> lines = lines_of(records);
  if (lines.size() > 3) lines.resize(3);
  return lines;
}

std::vector<Column> columns_of_batch(api::Context& context, const BatchRow& batch) {
  const std::vector<ImportLine> lines = first_lines(context, batch.id);
  std::vector<Column> columns;
  for (std::size_t at = 0; at < batch.header.size(); ++at) {
    Column column{batch.header[at], {}, batch.mapping[at]};
    for (const ImportLine& line : lines) {
      column.sample.push_back(at < line.cells.size() ? line.cells[at] : "");
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

Account account_of(api::Context& context, Id<Batch> batch) {
  Account made;
  for (const store::Row& row : context.db.query(
           "SELECT CASE WHEN state <> 'invalid' THEN CASE WHEN person_id IS NULL OR made LIKE"
           " '%\"person\":%' THEN 'new' ELSE 'matched' END WHEN reason LIKE 'import.duplicate%'"
           " THEN 'duplicate' ELSE 'invalid' END, COUNT(*) FROM import_row WHERE community_id = $1"
           " AND batch_id = $2 GROUP BY 1",
           {context.community.id, batch})) {
    const std::string what = row.text(0);
    (what == "new"         ? made.fresh
     : what == "matched"   ? made.matched
     : what == "duplicate" ? made.duplicate
                           : made.invalid) = row.integer(1);
  }
  return made;
}

/// Errors: forbidden "access.denied" without the whole community; not_found "import.unknown".
Result<Response> show(api::Context& context, const Request& request) {
  TRY(check_import_scope(context));
  const BatchRow batch =
      TRY(some(find_batch(context.db, context.community.id, request.id), "import.unknown"));
  Response answer;
  answer.id = batch.id;
  answer.kind = batch.kind;
  answer.file_name = batch.file_name;
  answer.state = batch.state;
  answer.columns = columns_of_batch(context, batch);
  for (const Field field : fields_of(batch.kind)) {
    answer.known_fields.push_back({field, required(batch.kind, field)});
  }
  for (const store::Row& row : context.db.query(
           "SELECT state, COUNT(*) FROM import_row WHERE community_id = $1 AND batch_id = $2"
           " GROUP BY state",
           {context.community.id, batch.id})) {
    const auto state = api::from_word<RowState>(row.text(0));
    if (!state) continue;
    answer.counts.by_state[static_cast<std::size_t>(*state)] = row.integer(1);
    answer.total += row.integer(1);
  }
  if (batch.kind == ImportKind::residents) answer.account = account_of(context, batch.id);
  answer.total = std::max(answer.total, batch.total);
  answer.preview = batch.preview;
  answer.progress = {batch.done, batch.total};
  answer.source = batch.source;
  answer.error = batch.error;
  answer.created_at = batch.created_at;
  return answer;
}

}  // namespace

api::Endpoint show_import() {
  return api::query("/api/v1/imports/{import}", "import.run", "Show how far an import is", show);
}

}  // namespace doorstep::registry
