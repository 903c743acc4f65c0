#include "store/fill.h"

#include <fmt/format.h>

namespace doorstep::store {

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
  fill.run(access);
  migrate(database, history, now);
  if (fill.finish) fill.finish(access);
}

std::unique_ptr<Store> open_filled(const Options& options, const Seams& seams, const Fill& fill) {
  if (options.database.empty()) return open_sqlite_filled(options, seams, fill);
  return open_postgres_filled(options, seams, fill);
}

}  // namespace doorstep::store
