#pragma once
/// \file Backups: one written and, where asked, restored once to be sure; and the server's own, made as time passes.

#include <chrono>
#include <memory>
#include <string>

#include "app/installation.h"
#include "store/backup.h"
#include "store/backup_log.h"

namespace doorstep::app {

/// Writes everything of the installation to `file`, which appears when it is whole and on the disk. `verified`:
/// restores it first into the folder `check_in` of the data directory, which is gone afterwards, and recomputes the
/// chain. The note has no id yet. Throws Failure "backup.no_key", "backup.write", "backup.damaged" and what
/// reading throws.
store::BackupNote back_up(const InstallationOptions& options, const std::string& file,
                          bool verified, std::string_view check_in,
                          const store::BackupProgress& progress);

/// Removes the server's own backups in `folder` but the newest `count`; every other file stays.
void keep_newest(const std::string& folder, std::size_t count);

/// Makes backups while the server runs (store::next_backup_step) and keeps the newest of them in a folder.
class BackupKeeper {
 public:
  struct Plan {
    InstallationOptions installation = {};
    std::string folder = {};
    std::chrono::milliseconds every{};
  };

  BackupKeeper(Installation& house, Plan plan);
  ~BackupKeeper();
  BackupKeeper(const BackupKeeper&) = delete;
  BackupKeeper& operator=(const BackupKeeper&) = delete;

  void start();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::app
