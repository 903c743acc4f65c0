#pragma once
/// \file A whole installation as one encrypted file, and back. It is written from one consistent picture while
/// the server runs, holds rows and secrets and nothing of the engine, so that either engine takes what the
/// other wrote. docs/backup.md has the format.

#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "store/migrations.h"
#include "store/reading.h"
#include "store/store.h"

namespace doorstep::store {

/// X25519. `open` stays with the server and only closes files; `secret` is on the key sheet alone.
struct BackupKey {
  std::string open;
  std::string secret;
};
[[nodiscard]] BackupKey make_backup_key();

/// 14 groups of four letters and digits that are hard to confuse, the last one a check of the others.
[[nodiscard]] std::string key_words(const std::string& secret);
/// Reads them as somebody types them from paper: any case, spaces and dashes or none, O for 0, I and L for 1.
/// None where a letter is wrong, missing or too many.
[[nodiscard]] std::optional<std::string> secret_from_words(std::string_view typed);
[[nodiscard]] std::string open_half(const std::string& secret);

/// The open half that a data directory has; none before its key sheet was made. Throws Failure "store.keys".
[[nodiscard]] std::optional<std::string> backup_open_key(const std::string& data_directory);
/// Makes the sheet of an installation: its secret, which is kept nowhere. Throws Failure "store.none",
/// "backup.key_exists".
[[nodiscard]] std::string make_key_sheet(const std::string& data_directory);

struct BackupSummary {
  std::int64_t migration = 0;  ///< The schema the rows belong to.
  std::int64_t seq = 0;        ///< The last sealed entry in it.
  Instant made_at{};
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

using BackupProgress = std::function<void(std::string_view table, std::int64_t rows)>;

struct BackupTarget {
  std::string open_key;  ///< Of the key sheet.
  std::string
      stream_key;  ///< Of this file: whoever has just written it may read it without the sheet.
};

/// Throws Failure "backup.write", "store.none" and what reading throws.
BackupSummary write_backup(const Options& source, const BackupTarget& target, std::ostream& out,
                           const BackupProgress& progress);

/// What a backup is opened with: the sheet's secret, or the key of this one file.
struct BackupOpener {
  std::string secret = {};
  std::string stream_key = {};
};

/// Puts a backup into an empty database and a data directory without other secrets, all or nothing, and opens
/// the store on it, marked as restored (restored.h). Throws Failure "backup.format", "backup.key" (made for another sheet), "backup.damaged",
/// "restore.not_empty", "restore.keys" (the directory holds other secrets), "store.migration" (the program is
/// older). `history`: the schema that it is brought to.
std::unique_ptr<Store> restore_backup(std::istream& in, const BackupOpener& opener,
                                      const Options& target, BackupSummary& summary,
                                      const BackupProgress& progress,
                                      std::span<const Migration> history = migrations());

}  // namespace doorstep::store
