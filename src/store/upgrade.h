#pragma once
/// \file A new program on an older store (N7): the store as it was is kept first, the change is tried on a copy, and there
/// is a way back to the program before.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/backup.h"
#include "store/migrations.h"

namespace doorstep::store {

/// The migration that a store stands at; none where there is no store yet.
[[nodiscard]] std::optional<std::int64_t> standing_migration(const Options& options);

/// What became of a trial.
struct Trial {
  BackupSummary before;                    ///< What was copied.
  BackupSummary after;                     ///< What came back under the newest schema; rows alike.
  std::int64_t entries = 0;                ///< Of the journal, recomputed on the copy.
  std::vector<std::string> problems = {};  ///< None: the program may take the store over.
};

/// Writes the store to `file` (a backup under a key of its own, which lies beside it as `file`.key), brings it back beside the
/// store under `history` on the same engine, recomputes its chain, and removes the copy. The store itself is only
/// read and may be in use. Throws what writing and restoring a backup throw.
Trial try_upgrade(const Options& options, const std::string& file,
                  std::span<const Migration> history = migrations());

/// Where the store waits for migrations: keeps it as `backups/before-NNNN-MS.backup`, tries them on a copy, and
/// drops older such files (drop_ways_back). Nothing where there is nothing to do. Throws Failure "store.locked",
/// "upgrade.trial" (the copy did not come out right; the store is untouched) and as try_upgrade().
void prepare_upgrade(const Options& options, std::span<const Migration> history = migrations());

/// Removes what prepare_upgrade() kept: all but the newest two, and whatever is older than 14 days.
void drop_ways_back(const std::string& data_directory, Instant now);

struct RolledBack {
  BackupSummary to;
  std::string aside;  ///< Where the newer store lies now: a file, or a schema of the database.
};

/// Back to what the newest upgrade began from: for the program that stood before it, which is the one that runs this.
/// What was entered since is in `aside`; the store is marked as restored, so phones send theirs again. Throws
/// Failure "store.locked" (a server runs), "rollback.none", "rollback.program" (this is not the program that the
/// kept store belongs to) and as restore_backup(); then nothing has changed.
RolledBack roll_back(const Options& options, std::span<const Migration> history = migrations());

}  // namespace doorstep::store
