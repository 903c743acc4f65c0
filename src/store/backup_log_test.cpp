// When a backup is due, and what is remembered of those that were made.

#include "store/backup_log.h"

#include <gtest/gtest.h>

#include "store/testing.h"

namespace doorstep::store {
namespace {

using std::chrono::hours;
constexpr Instant now{std::chrono::milliseconds{1'800'000'000'000}};

BackupNote whole(hours ago, bool verified = false) {
  BackupNote note;
  note.made_at = now - ago;
  if (verified) note.verified_at = note.made_at;
  return note;
}

BackupNote problem(hours ago, const char* code) {
  BackupNote note = whole(ago);
  note.problem = code;
  return note;
}

TEST(BackupStep, N5_OneADayIsWrittenAndOneAWeekIsRestored) {
  struct Case {
    const char* what;
    std::vector<BackupNote> notes;  ///< The newest first.
    bool has_key;
    BackupStep expected;
  };
  const std::vector<Case> cases{
      {"nothing yet", {}, true, BackupStep::write_and_verify},
      {"no sheet, nobody told", {}, false, BackupStep::say_no_key},
      {"no sheet, told", {problem(hours{900}, "backup.no_key")}, false, BackupStep::nothing},
      {"the sheet is there now",
       {problem(hours{0}, "backup.no_key")},
       true,
       BackupStep::write_and_verify},
      {"the sheet was lost", {whole(hours{1}, true)}, false, BackupStep::say_no_key},
      {"fresh", {whole(hours{23}, true)}, true, BackupStep::nothing},
      {"a day old", {whole(hours{24}, true)}, true, BackupStep::write},
      {"verified long ago",
       {whole(hours{24}), whole(hours{168}, true)},
       true,
       BackupStep::write_and_verify},
      {"verified this week", {whole(hours{24}), whole(hours{167}, true)}, true, BackupStep::write},
      {"failed just now",
       {problem(hours{1}, "backup.write"), whole(hours{25}, true)},
       true,
       BackupStep::nothing},
      {"failed a while ago",
       {problem(hours{2}, "backup.write"), whole(hours{25}, true)},
       true,
       BackupStep::write},
      {"failed after a whole one",
       {problem(hours{3}, "backup.write"), whole(hours{4}, true)},
       true,
       BackupStep::nothing},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(next_backup_step(one.notes, one.has_key, now, hours{24}), one.expected) << one.what;
  }
}

class BackupLog : public StoreTest {};

TEST_P(BackupLog, N5_RemembersTheNewestFirstAndWritesTheJournal) {
  BackupNote good = whole(hours{5}, true);
  good.id = 1;
  good.file = "doorstep-20221205T030000Z.backup";
  good.seq = 7;
  good.rows = 99;
  good.bytes = 4096;
  BackupNote bad = problem(hours{1}, "backup.write");
  bad.id = 2;
  ASSERT_TRUE(store()
                  .write_now([&](Transaction& tx) -> Outcome {
                    note_backup(tx, 0, good);
                    note_backup(tx, 0, bad);
                    return Answer{};
                  })
                  .ok());
  std::vector<BackupNote> all;
  std::vector<BackupNote> older;
  (void)store().read([&](Snapshot& db) -> Outcome {
    all = backup_notes(db, 10);
    older = backup_notes(db, 10, 2);
    return Answer{};
  });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].problem, "backup.write");
  EXPECT_EQ(all[1].file, good.file);
  EXPECT_EQ(all[1].verified_at, good.verified_at);
  EXPECT_EQ(all[1].bytes, 4096);
  ASSERT_EQ(older.size(), 1U);
  EXPECT_EQ(older[0].rows, 99);
}

DOORSTEP_ON_BOTH_ENGINES(BackupLog);

}  // namespace
}  // namespace doorstep::store
