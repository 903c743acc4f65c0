#include "store/sqlite_connection.h"

#include <cstring>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"
#include "store/sql_text.h"

namespace doorstep::store {
namespace {

const char* code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_FULL: return "store.full";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "store.busy";
    case SQLITE_CONSTRAINT: return "store.constraint";
    default: return "store.broken";
  }
}

int compare_bytes(void* /*unused*/, int a_size, const void* a, int b_size, const void* b) {
  const int common = std::memcmp(a, b, static_cast<std::size_t>(std::min(a_size, b_size)));
  return common != 0 ? common : a_size - b_size;
}

/// PostgreSQL refuses such text; SQLite would keep it.
void check_text(const std::string& text) {
  if (text.find('\0') != std::string::npos || !text::valid_utf8(text)) {
    throw Failure("store.text", "a text value is not UTF-8 or holds a zero byte");
  }
}

int bind(sqlite3_stmt* statement, int at, const Value& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int at;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, at, number); }
    int operator()(bool truth) const { return sqlite3_bind_int64(statement, at, truth ? 1 : 0); }
    int operator()(double number) const { return sqlite3_bind_double(statement, at, number); }
    int operator()(const std::string& text) const {
      check_text(text);
      return sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    }
    int operator()(const Bytes& bytes) const {
      return sqlite3_bind_blob64(statement, at, bytes.data.data(), bytes.data.size(),
                                 SQLITE_STATIC);
    }
  };
  return std::visit(Binder{statement, at}, value.kind());
}

Value column(sqlite3_stmt* statement, int at) {
  switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER: return Value{std::int64_t{sqlite3_column_int64(statement, at)}};
    case SQLITE_FLOAT: return Value{sqlite3_column_double(statement, at)};
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
      return Value{std::string(text, std::size_t(sqlite3_column_bytes(statement, at)))};
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, at));
      const auto size = std::size_t(sqlite3_column_bytes(statement, at));
      return Value{Bytes{size == 0 ? std::string{} : std::string(bytes, size)}};
    }
    default: return {};
  }
}

}  // namespace

SqliteFailure::SqliteFailure(int result, const std::string& message)
    : Failure(code_of(result), message), result_(result) {}

bool SqliteFailure::sync_failed() const {
  return result_ == SQLITE_IOERR_FSYNC || result_ == SQLITE_IOERR_DIR_FSYNC;
}

/// A statement while it runs: bound, and reset at the end whatever happens.
class SqliteConnection::Use {
 public:
  Use(SqliteConnection& connection, std::string_view sql, const Values& values)
      : connection_(connection) {
    const auto* found = connection.statements_.find(sql);
    if (found != nullptr && !(*found)->busy) {
      prepared_ = *found;
    } else {
      prepared_ = std::make_shared<Prepared>();
      prepared_->statement = connection.prepare(sql, found == nullptr);
      // Inside its own visit the same text needs a second statement, which is not kept.
      if (found == nullptr) connection.statements_.add(sql, prepared_, [](const auto&) {});
    }
    prepared_->busy = true;
    try {
      bind_all(values);
    } catch (...) {
      finish();
      throw;
    }
  }
  ~Use() { finish(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

  [[nodiscard]] sqlite3_stmt* statement() const { return prepared_->statement.get(); }

  /// True where there is a row.
  bool step() {
    const int result = sqlite3_step(statement());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) connection_.fail("step");
    return false;
  }

 private:
  void bind_all(const Values& values) {
    if (sqlite3_bind_parameter_count(statement()) > int(values.size())) {
      throw std::logic_error("a statement has more parameters than values");
    }
    for (std::size_t at = 0; at < values.size(); ++at) {
      const int result = bind(statement(), int(at) + 1, values[at]);
      // A value the text does not use: PostgreSQL takes it, as long as it has a type.
      if (result == SQLITE_RANGE) continue;
      if (result != SQLITE_OK) connection_.fail("bind");
    }
  }
  void finish() {
    sqlite3_reset(statement());
    sqlite3_clear_bindings(statement());
    prepared_->busy = false;
  }

  SqliteConnection& connection_;
  std::shared_ptr<Prepared> prepared_;
};

SqliteConnection::SqliteConnection(const std::string& path, const Seams& seams, Mode mode) {
  // Nobody reads SQLite's own count of its memory, and keeping it takes a lock at each allocation.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::write ? SQLITE_OPEN_CREATE : 0);
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags,
                                     seams.vfs.empty() ? nullptr : seams.vfs.c_str());
  handle_.reset(handle);
  if (result != SQLITE_OK) throw SqliteFailure(result, "cannot open the database");
  configure(seams, mode);
}

void SqliteConnection::configure(const Seams& seams, Mode mode) {
  sqlite3_busy_timeout(handle(), 5000);
  sqlite3_create_collation_v2(handle(), "C", SQLITE_UTF8, nullptr, compare_bytes, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  if (mode == Mode::write) {
    const Rows wal = query("PRAGMA journal_mode = WAL");
    if (wal.size() != 1 || wal[0].text(0) != "wal") {
      throw Failure("store.broken", "the file system cannot carry a write-ahead log");
    }
    run_script(seams.survive_power_loss ? "PRAGMA synchronous = FULL"
                                        : "PRAGMA synchronous = NORMAL");
    run_script("PRAGMA secure_delete = ON");
    query(fmt::format("PRAGMA wal_autocheckpoint = {}", seams.checkpoint_pages));
    if (seams.page_limit > 0) query(fmt::format("PRAGMA max_page_count = {}", seams.page_limit));
    // Rows of an import go to pages all over the indexes, which are written from here alone.
    run_script("PRAGMA cache_size = -64000");
  } else {
    run_script("PRAGMA query_only = ON; PRAGMA cache_size = -16000");
  }
  run_script("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
}

std::unique_ptr<sqlite3_stmt, SqliteConnection::CloseStatement> SqliteConnection::prepare(
    std::string_view sql, bool keep) {
  const std::string text = sqlite_parameters(sql);
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int result = sqlite3_prepare_v3(handle(), text.c_str(), int(text.size()) + 1,
                                        keep ? SQLITE_PREPARE_PERSISTENT : 0, &statement, &rest);
  if (result != SQLITE_OK) fail(sql);
  std::unique_ptr<sqlite3_stmt, CloseStatement> prepared{statement};
  if (std::string_view(rest).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    throw std::logic_error("more than one statement in one text");
  }
  if (!prepared) throw std::logic_error("a statement without words");
  return prepared;
}

void SqliteConnection::query(std::string_view sql, const Values& values, const Sink& sink) {
  Use use(*this, sql, values);
  const int columns = sqlite3_column_count(use.statement());
  while (use.step()) {
    Values row;
    row.reserve(std::size_t(columns));
    for (int at = 0; at < columns; ++at) row.push_back(column(use.statement(), at));
    if (!sink(Row{std::move(row)})) return;
  }
}

Rows SqliteConnection::query(std::string_view sql, const Values& values) {
  Rows rows;
  query(sql, values, [&rows](Row&& row) {
    rows.push_back(std::move(row));
    return true;
  });
  return rows;
}

std::int64_t SqliteConnection::run(std::string_view sql, const Values& values) {
  Use use(*this, sql, values);
  while (use.step()) {
  }
  if (sqlite3_stmt_readonly(use.statement()) != 0) return 0;
  return sqlite3_changes64(handle());
}

void SqliteConnection::run_script(std::string_view script) {
  const std::string text{script};
  if (sqlite3_exec(handle(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("script");
}

bool SqliteConnection::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

void SqliteConnection::fail(std::string_view doing) {
  const int result = sqlite3_extended_errcode(handle());
  throw SqliteFailure(result, fmt::format("{} ({}): {}", sqlite3_errmsg(handle()), result, doing));
}

}  // namespace doorstep::store
