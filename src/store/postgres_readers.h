#pragma once
/// \file Reading connections of a PostgreSQL store.

#include <functional>
#include <string>

#include "store/pool.h"
#include "store/postgres_connection.h"

namespace doorstep::store {

class PostgresReaders {
 public:
  PostgresReaders(const std::string& url, int limit);

  /// Waits for a free connection and runs `work` on one picture of the database.
  Outcome read(const std::function<Outcome(Snapshot&)>& work);

 private:
  Pool<PostgresConnection> pool_;
};

}  // namespace doorstep::store
