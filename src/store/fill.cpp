#include "store/fill.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace doorstep::store {
namespace {

struct Index {
  std::string name;
  std::string definition;
};

/// Those that no constraint needs.
std::vector<Index> indexes_of(const Migrator& database) {
  std::vector<Index> found;
  for (const Row& row : database.query(
           database.engine == "sqlite"
               ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                 " ORDER BY name"
               : "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i"
                 " JOIN pg_class c ON c.oid = i.indexrelid"
                 " WHERE c.relnamespace = current_schema()::regnamespace AND NOT EXISTS"
                 " (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid) ORDER BY c.relname")) {
    found.push_back({row.text(0), row.text(1)});
  }
  return found;
}

/// An index that is made of all rows at once is sorted; kept up to date row by row, each row costs a search in every one.
void fill_without_indexes(const Migrator& database, const InstallationAccess& access,
                          const Fill& fill) {
  const std::vector<Index> indexes = indexes_of(database);
  for (const Index& one : indexes) database.run_script("DROP INDEX " + one.name);
  fill.run(access);
  std::int64_t made = 0;
  for (const Index& one : indexes) {
    database.run_script(one.definition);
    fill.indexed(++made);
  }
}

}  // namespace

void fill_schema(const Migrator& database, std::span<const Migration> history,
                 const InstallationAccess& access, const Fill& fill, Instant now) {
  if (fill.migration < 1 || fill.migration > std::ssize(history)) {
    throw Failure("store.migration",
                  fmt::format("the backup is of migration {}, this program knows {}: it is older",
                              fill.migration, history.size()));
  }
  migrate(database, history.first(static_cast<std::size_t>(fill.migration)), now);
  if (!access.query("SELECT id FROM installation", {}).empty()) {
    throw Failure("restore.not_empty", "there is an installation already");
  }
  fill_without_indexes(database, access, fill);
  migrate(database, history, now);
  if (fill.finish) fill.finish(access);
}

std::unique_ptr<Store> open_filled(const Options& options, const Seams& seams, const Fill& fill) {
  if (options.database.empty()) return open_sqlite_filled(options, seams, fill);
  return open_postgres_filled(options, seams, fill);
}

}  // namespace doorstep::store
