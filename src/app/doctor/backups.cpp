/// \file Whether anybody could go on without this machine: the key sheet, the newest backup, a restore that holds.

#include <algorithm>

#include <fmt/format.h>

#include "app/doctor/check.h"
#include "store/backup.h"
#include "store/backup_log.h"
#include "store/restored.h"

namespace doorstep::app {
namespace {

constexpr std::chrono::hours old{48};
constexpr std::int64_t notes_looked_at = 200;

Finding newest_of(const std::vector<store::BackupNote>& notes, Instant now) {
  const auto whole = std::ranges::find_if(notes, [](const auto& one) { return !one.problem; });
  if (whole == notes.end()) {
    return {Health::bad, "backup.none", "there is no backup",
            "`doorstep backup --verify FILE`, or let the server make them"};
  }
  const auto age = std::chrono::floor<std::chrono::hours>(now - whole->made_at);
  const std::string words = fmt::format("the newest backup is {} hours old", age.count());
  if (age >= old) return {Health::bad, "backup.old", words, "look why the server makes none"};
  if (!whole->verified_at && std::ranges::none_of(notes, [](const store::BackupNote& one) {
        return one.verified_at.has_value();
      })) {
    return {Health::note, "backup.unproved", words + ", and none was ever restored",
            "`doorstep backup --verify FILE`"};
  }
  return {Health::good, "backup.made", words};
}

}  // namespace

std::vector<Finding> check_backups(const Examined& examined) {
  if (examined.store == nullptr) return {{Health::note, "store.none", "nothing to back up yet"}};
  std::vector<Finding> found;
  const bool key = store::backup_open_key(examined.options.data_directory).has_value();
  const auto read = examined.store->read([&](store::Snapshot& db) -> store::Outcome {
    if (!key && db.first("SELECT 1 FROM account WHERE demo = TRUE LIMIT 1")) {
      found.push_back({Health::note, "backup.demo", "a demo makes no backups"});
    } else if (!key) {
      found.push_back({Health::bad, "backup.no_key", "there is no key sheet, so no backup",
                       "`doorstep backup --new-key`, on paper, twice"});
    } else if (!store::key_checked_at(db)) {
      found.push_back({Health::bad, "backup.key_unproved",
                       "nobody has typed the key sheet in from paper",
                       "`doorstep backup --check-key`"});
    } else {
      found.push_back({Health::good, "backup.key", "the key sheet was typed in and is right"});
    }
    if (key) {
      const SystemClock clock;
      found.push_back(newest_of(store::backup_notes(db, notes_looked_at), clock.now()));
    }
    if (db.first("SELECT 1 FROM outgoing_hold LIMIT 1")) {
      found.push_back({Health::note, "outgoing.held",
                       "restored from a backup: releases and runs are held",
                       "the manager lets them go on Today"});
    }
    return store::Answer{};
  });
  if (!read.ok()) return {{Health::bad, read.error().code, "the store cannot be read"}};
  return found;
}

}  // namespace doorstep::app
