#include "store/backup_log.h"

#include <algorithm>

namespace doorstep::store {
namespace {

constexpr std::string_view no_key = "backup.no_key";

}  // namespace

void note_backup(Transaction& tx, std::int64_t actor, const BackupNote& note) {
  tx.post(
      "INSERT INTO backup (id, made_at, file, verified_at, seq, row_count, bytes, problem)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {note.id, note.made_at, note.file, note.verified_at, note.seq, note.rows, note.bytes,
       note.problem});
  tx.journal({0, actor, note.problem ? "backup.failed" : "backup.made", note.id, ""});
}

std::vector<BackupNote> backup_notes(Snapshot& db, std::int64_t limit, std::int64_t before) {
  std::vector<BackupNote> notes;
  for (const Row& row :
       db.query("SELECT id, made_at, file, verified_at, seq, row_count, bytes, problem FROM backup"
                " WHERE id < $1 ORDER BY id DESC LIMIT $2",
                {before, limit})) {
    notes.push_back({row.integer(0), row.instant(1), row.text(2), row.maybe_instant(3),
                     row.integer(4), row.integer(5), row.integer(6), row.maybe_text(7)});
  }
  return notes;
}

void note_key_check(Transaction& tx, std::int64_t actor, std::int64_t id, Instant at) {
  tx.post("INSERT INTO backup_key_check (id, at) VALUES ($1, $2)", {id, at});
  tx.journal({0, actor, "backup.key_checked", id, ""});
}

std::optional<Instant> key_checked_at(Snapshot& db) {
  const auto row = db.first("SELECT max(at) FROM backup_key_check");
  return row->maybe_instant(0);
}

BackupStep next_backup_step(const std::vector<BackupNote>& notes, bool has_key, Instant now,
                            std::chrono::milliseconds every) {
  const bool told = !notes.empty() && notes.front().problem == no_key;
  if (!has_key) return told ? BackupStep::nothing : BackupStep::say_no_key;
  const bool failed = !notes.empty() && notes.front().problem && !told;
  if (failed && now - notes.front().made_at < every / 12) return BackupStep::nothing;
  const auto whole = std::ranges::find_if(notes, [](const auto& one) { return !one.problem; });
  if (whole != notes.end() && now - whole->made_at < every) return BackupStep::nothing;
  const bool verified = std::ranges::any_of(notes, [&](const BackupNote& one) {
    return one.verified_at && now - *one.verified_at < every * 7;
  });
  return verified ? BackupStep::write : BackupStep::write_and_verify;
}

}  // namespace doorstep::store
