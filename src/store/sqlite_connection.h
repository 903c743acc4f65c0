#pragma once
/// \file One connection to a SQLite database, with its prepared statements.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "store/engines.h"
#include "store/statement_cache.h"

namespace doorstep::store {

/// A Failure that knows SQLite's extended result code.
class SqliteFailure final : public Failure {
 public:
  SqliteFailure(int result, const std::string& message);
  [[nodiscard]] int result() const { return result_; }
  /// The disk did not take what it was given; what is on it now is known after recovery alone.
  [[nodiscard]] bool sync_failed() const;
  [[nodiscard]] bool disk_failed() const { return (result_ & 0xFF) == SQLITE_IOERR; }

 private:
  int result_;
};

class SqliteConnection {
 public:
  enum class Mode : std::uint8_t { write, read };
  using Sink = std::function<bool(Row&&)>;

  /// Opens with every setting the house relies on. Throws Failure.
  SqliteConnection(const std::string& path, const Seams& seams, Mode mode);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  void query(std::string_view sql, const Values& values, const Sink& sink);
  Rows query(std::string_view sql, const Values& values = {});
  /// Rows changed.
  std::int64_t run(std::string_view sql, const Values& values = {});
  /// Several statements, without values.
  void run_script(std::string_view script);

  /// False after an error that rolled the whole transaction back.
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  struct CloseConnection {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  struct Prepared {
    std::unique_ptr<sqlite3_stmt, CloseStatement> statement;
    bool busy = false;
  };
  class Use;

  std::unique_ptr<sqlite3_stmt, CloseStatement> prepare(std::string_view sql, bool keep);
  void configure(const Seams& seams, Mode mode);
  [[noreturn]] void fail(std::string_view doing);

  std::unique_ptr<sqlite3, CloseConnection> handle_;
  StatementCache<std::shared_ptr<Prepared>> statements_{512};
};

}  // namespace doorstep::store
