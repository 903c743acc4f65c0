#include "store/installation.h"

#include <fmt/format.h>

#include "base/id.h"

namespace doorstep::store {
namespace {

void create(const InstallationAccess& access, const DataDirectory& directory,
            const Options& options) {
  const Instant now = options.clock->now();
  const std::int64_t id = IdSource(*options.rng).next(now);
  access.run("INSERT INTO installation (one, id, created_at, keys) VALUES (1, $1, $2, $3)",
             {id, now, Bytes{directory.fingerprint()}});
  access.run("INSERT INTO journal_chain (one, seq, hash) VALUES (1, 0, $1)",
             {Bytes{genesis_hash(id)}});
}

}  // namespace

Installation open_installation(const InstallationAccess& access, DataDirectory& directory,
                               const Options& options) {
  Rows rows = access.query("SELECT id, keys FROM installation", {});
  if (rows.empty()) {
    create(access, directory, options);
    rows = access.query("SELECT id, keys FROM installation", {});
  }
  if (rows[0].bytes(1) != directory.fingerprint()) {
    throw Failure("store.keys",
                  "keys/ in the data directory does not belong to this database; copy the keys of "
                  "the server that made it");
  }
  const Rows link = access.query("SELECT seq, hash FROM journal_chain", {});
  if (link.size() != 1) throw Failure("store.broken", "journal_chain does not hold one row");
  Installation installation{rows[0].integer(0), {link[0].integer(0), link[0].bytes(1)}};
  const Rows head = access.query(
      "SELECT seq, hash, at, signature FROM journal_head ORDER BY seq DESC LIMIT 1", {});
  if (!head.empty()) {
    installation.last_head = head[0].integer(0);
    // A crash between the two writes leaves the newest head out of the file.
    const Head newest = read_head(head[0]);
    if (head_is_genuine(newest, directory.public_key())) directory.note(newest);
  }
  return installation;
}

std::vector<Sealed> read_journal(
    const std::function<Outcome(const std::function<Outcome(Snapshot&)>&)>& read,
    std::int64_t after, std::int64_t limit) {
  static const std::string sql =
      fmt::format("SELECT {} FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2", sealed_columns);
  std::vector<Sealed> entries;
  (void)read([&](Snapshot& snapshot) -> Outcome {
    for (const Row& row : snapshot.query(sql, {after, limit})) entries.push_back(read_sealed(row));
    return Answer{};
  });
  return entries;
}

}  // namespace doorstep::store
