#pragma once
/// \file Which backups there are, as the database itself remembers: how old the newest is, and whether one was ever
/// restored, is asked by people who cannot look into the folder.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace doorstep::store {

/// One backup, or why there is none.
struct BackupNote {
  std::int64_t id = 0;
  Instant made_at{};
  std::string file = {};                    ///< Its name without the folder.
  std::optional<Instant> verified_at = {};  ///< When it was restored once.
  std::int64_t seq = 0;                     ///< The last sealed entry in it.
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  std::optional<std::string> problem = {};  ///< A code; none where the file is whole.
};

/// Adds the note and its entry in the journal, "backup.made" or "backup.failed" of the installation.
void note_backup(Transaction& tx, std::int64_t actor, const BackupNote& note);

/// The newest first, from those that were noted before `before`.
[[nodiscard]] std::vector<BackupNote> backup_notes(Snapshot& db, std::int64_t limit,
                                                   std::int64_t before = INT64_MAX);

/// Somebody typed the key sheet in from paper, and it is this installation's. With its entry in the journal.
void note_key_check(Transaction& tx, std::int64_t actor, std::int64_t id, Instant at);
/// The last time.
[[nodiscard]] std::optional<Instant> key_checked_at(Snapshot& db);

/// What is to be done about backups at this moment.
enum class BackupStep : std::uint8_t {
  nothing,
  say_no_key,  ///< There is no key sheet, and nobody has been told.
  write,
  write_and_verify,
};

/// One is due `every` after the last whole one, verified where none was for seven times that; after a failure it is tried
/// again after a twelfth of it. `notes`: the newest first, enough of them to reach back seven times `every`.
[[nodiscard]] BackupStep next_backup_step(const std::vector<BackupNote>& notes, bool has_key,
                                          Instant now, std::chrono::milliseconds every);

}  // namespace doorstep::store
