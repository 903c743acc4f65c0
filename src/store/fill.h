#pragma once
/// \file Opening a store on an empty database that is first filled with the rows of a backup.

#include <cstdint>
#include <functional>
#include <memory>

#include "store/engines.h"
#include "store/installation.h"

namespace doorstep::store {

/// What is put into an empty database between two of its migrations, in the transaction that makes the
/// schema: after a crash there is nothing, or everything.
struct Fill {
  std::int64_t migration = 0;  ///< The schema that the rows belong to.
  std::function<void(const InstallationAccess&)> run;
  /// On the newest schema, at the end of the same transaction.
  std::function<void(const InstallationAccess&)> finish = {};
};

/// As Store::open(), on a database without an installation; the data directory holds the secrets already.
/// Throws Failure "restore.not_empty" where there is one, "store.migration" where the program does not
/// know that migration, and what `run` throws.
std::unique_ptr<Store> open_filled(const Options& options, const Seams& seams, const Fill& fill);

std::unique_ptr<Store> open_sqlite_filled(const Options& options, const Seams& seams,
                                          const Fill& fill);
std::unique_ptr<Store> open_postgres_filled(const Options& options, const Seams& seams,
                                            const Fill& fill);

/// Brings an empty schema to the fill's migration and fills it. Throws as open_filled().
void fill_schema(const Migrator& database, std::span<const Migration> history,
                 const InstallationAccess& access, const Fill& fill, Instant now);

}  // namespace doorstep::store
