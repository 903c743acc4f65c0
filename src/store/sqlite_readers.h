#pragma once
/// \file Reading connections of a SQLite store.

#include <functional>
#include <string>

#include "store/pool.h"
#include "store/sqlite_connection.h"

namespace doorstep::store {

class SqliteReaders {
 public:
  /// `seams` outlives this.
  SqliteReaders(const std::string& path, const Seams& seams, int limit);

  /// Waits for a free connection and runs `work` on one picture of the database.
  Outcome read(const std::function<Outcome(Snapshot&)>& work);

 private:
  Pool<SqliteConnection> pool_;
};

}  // namespace doorstep::store
