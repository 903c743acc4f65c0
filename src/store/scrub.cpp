#include "store/scrub.h"

#include <filesystem>
#include <set>

#include "store/migrations.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"

namespace doorstep::store {
namespace {

namespace fs = std::filesystem;

void remove_copies(const fs::path& folder) {
  std::error_code none;
  for (const auto& one : fs::directory_iterator(folder, none)) {
    const std::string name = one.path().filename().string();
    if (name.starts_with("before-") || name.starts_with("after-")) fs::remove(one.path());
  }
}

bool scrub_sqlite(const std::string& directory) {
  SqliteConnection connection(directory + "/doorstep.db", {}, SqliteConnection::Mode::write);
  const Rows done = connection.query("PRAGMA wal_checkpoint(TRUNCATE)");
  remove_copies(fs::path(directory) / "backups");
  return done.at(0).integer(0) == 0;
}

bool scrub_postgres(const std::string& url) {
  PostgresConnection connection(url);
  connection.connect();
  std::set<std::string> tables;
  for (const PersonalColumn& column : personal_columns()) tables.insert(column.table);
  for (const std::string& table : tables) connection.run_script("VACUUM " + table);
  return true;
}

}  // namespace

bool scrub(const Options& options) {
  return options.database.empty() ? scrub_sqlite(options.data_directory)
                                  : scrub_postgres(options.database);
}

}  // namespace doorstep::store
