#include "store/restored.h"

#include <fmt/format.h>

#include "base/id.h"

namespace doorstep::store {

std::optional<Restored> last_restored(Snapshot& db) {
  const auto row = db.first("SELECT id, at, made_at, seq FROM restored");
  if (!row) return std::nullopt;
  return Restored{row->integer(0), row->instant(1), row->instant(2), row->integer(3)};
}

std::string epoch_text(Snapshot& db) {
  const auto last = last_restored(db);
  return last ? id_text(last->epoch) : "";
}

void note_restored(Store& store) {
  const Outcome noted = store.write_now([&](Transaction& tx) -> Outcome {
    const auto last = last_restored(tx);
    if (!last) return Answer{};
    tx.journal({0, 0, "store.restored", last->epoch, "",
                fmt::format(R"({{"made_at":"{}","seq":{}}})", to_text(last->made_at), last->seq)});
    return Answer{};
  });
  if (!noted.ok()) throw Failure(noted.error().code, noted.error().hint);
}

void mark_restored(const InstallationAccess& access, const Restored& restored) {
  access.run("DELETE FROM restored", {});
  access.run("INSERT INTO restored (id, at, made_at, seq) VALUES ($1, $2, $3, $4)",
             {restored.epoch, restored.at, restored.made_at, restored.seq});
  // Whoever restores has typed the sheet in.
  access.run("INSERT INTO backup_key_check (id, at) VALUES ($1, $2)",
             {restored.epoch, restored.at});
  access.run("DELETE FROM outgoing_hold", {});
  access.run(
      "INSERT INTO outgoing_hold (community_id, since, made_at)"
      " SELECT id, CAST($1 AS BIGINT), CAST($2 AS BIGINT) FROM community",
      {restored.at, restored.made_at});
}

std::optional<OutgoingHold> outgoing_hold(Snapshot& db, std::int64_t community) {
  const auto row =
      db.first("SELECT since, made_at FROM outgoing_hold WHERE community_id = $1", {community});
  if (!row) return std::nullopt;
  return OutgoingHold{row->instant(0), row->instant(1)};
}

}  // namespace doorstep::store
