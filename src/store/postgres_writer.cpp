#include "store/postgres_writer.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "base/log.h"

namespace doorstep::store {
namespace {

/// More subtransactions than this and the server keeps them on disk, for every snapshot to look up.
constexpr std::size_t group_max = 64;
constexpr int tries_max = 12;
constexpr int lost_tries_max = 5;

constexpr std::string_view insert_entry =
    "INSERT INTO journal (id, at, community_id, actor, kind, subject, path, data) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// How many rows "INSERT .. VALUES (..), (..)" adds, whose count nobody waits for.
std::int64_t rows_of(std::string_view sql) {
  std::int64_t rows = 1;
  constexpr std::string_view between = "), (";
  for (auto at = sql.find(between); at != std::string_view::npos;
       at = sql.find(between, at + between.size())) {
    ++rows;
  }
  return rows;
}

/// The same request may be sent again: its idempotency key tells whether it was carried out.
Error unknown_fate() {
  return {ErrorKind::unavailable, "store.unknown", "the connection was lost during the commit"};
}

}  // namespace

/// One try to commit.
struct PostgresWriter::Attempt {
  std::string transaction = {};  ///< The server's number of it, to ask what became of it.
  bool committing = false;
  PostgresConnection::Sink note = [this](Row&& row) {
    transaction = row.text(0);
    return true;
  };

  Attempt() = default;
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
};

class PostgresWriter::GroupTransaction final : public Transaction {
 public:
  GroupTransaction(PostgresWriter& writer, PostgresConnection& connection,
                   std::vector<Sealed>& entries)
      : writer_(writer), connection_(connection), entries_(entries) {}

  void journal(Entry entry) override { entries_.push_back(writer_.new_entry(std::move(entry))); }

  [[nodiscard]] const PostgresFailure* failure() const { return failure_ ? &*failure_ : nullptr; }
  [[nodiscard]] bool changed_something() const { return changed_; }
  /// Waits for what was posted: its failure belongs to this member and to no other.
  void settle() {
    if (posted_) guard([&] { connection_.settle(); });
  }
  /// Before it goes: the connection still writes into what was asked and never fetched.
  void drop_asked() {
    try {
      if (!asked_.empty()) settle();
    } catch (const PostgresFailure&) {  // NOLINT(bugprone-empty-catch): it is kept in failure().
    }
    asked_.clear();
  }

 protected:
  void execute(std::string_view sql, const Values& values, const Sink& sink,
               Fetch /*fetch*/) override {
    const auto asked = std::ranges::find_if(asked_, [&](const std::unique_ptr<Asked>& one) {
      return one->sql == sql && one->values == values;
    });
    if (asked == asked_.end()) {
      guard([&] { connection_.query(sql, values, sink); });
    } else {
      const std::unique_ptr<Asked> answered = std::move(*asked);
      asked_.erase(asked);
      guard([&] { connection_.settle(); });
      for (Row& row : answered->rows) {
        if (!sink(std::move(row))) break;
      }
    }
    posted_ = false;
  }
  void ask_ahead(std::string_view sql, const Values& values) override {
    auto asked = std::make_unique<Asked>(std::string(sql), values);
    asked->keep = [rows = &asked->rows](Row&& row) {
      rows->push_back(std::move(row));
      return true;
    };
    guard([&] { connection_.queue(sql, values, &asked->keep); });
    asked_.push_back(std::move(asked));
    posted_ = true;
  }
  std::int64_t change(std::string_view sql, const Values& values) override {
    std::int64_t changed = 0;
    forget_asked();
    guard([&] { changed = connection_.run(sql, values); });
    posted_ = false;
    writer_.statistics_.note(sql, changed);
    return changed;
  }
  void change_later(std::string_view sql, const Values& values) override {
    forget_asked();
    guard([&] { connection_.queue(sql, values); });
    posted_ = true;
    writer_.statistics_.note(sql, rows_of(sql));
  }

 private:
  /// A statement that was sent before it was asked for, and where its rows go.
  struct Asked {
    std::string sql;
    Values values;
    Rows rows = {};
    PostgresConnection::Sink keep = {};
  };

  /// What was asked before a change is not what would be found after it.
  void forget_asked() {
    changed_ = true;
    if (asked_.empty()) return;
    settle();
    asked_.clear();
  }

  template <class Doing>
  void guard(const Doing& doing) {
    if (failure_) throw PostgresFailure(*failure_);
    try {
      doing();
    } catch (const PostgresFailure& failure) {
      failure_ = failure;
      throw;
    }
  }

  PostgresWriter& writer_;
  PostgresConnection& connection_;
  std::vector<Sealed>& entries_;
  std::optional<PostgresFailure> failure_;
  std::vector<std::unique_ptr<Asked>> asked_;
  bool posted_ = false;
  bool changed_ = false;
};

PostgresWriter::PostgresWriter(Parts parts, int threads)
    : parts_(std::move(parts)),
      group_max_(parts_.seams->group_limit > 0 ? parts_.seams->group_limit : group_max),
      ids_(*parts_.rng),
      inline_connection_(parts_.url) {
  for (int at = 0; at < threads; ++at) {
    threads_.emplace_back([this](const std::stop_token& stop) { loop(stop); });
  }
}

PostgresWriter::~PostgresWriter() {
  for (std::jthread& thread : threads_) thread.request_stop();
  threads_.clear();
}

void PostgresWriter::submit(Request request) {
  if (!threads_.empty()) {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(request));
    }
    arrived_.notify_one();
    return;
  }
  std::vector<Member> group;
  group.push_back({std::move(request)});
  {
    const std::lock_guard lock(inline_);
    run_singly(inline_connection_, group[0]);
    statistics_.refresh(inline_connection_);
  }
  answer(group);
}

void PostgresWriter::loop(const std::stop_token& stop) {
  PostgresConnection connection(parts_.url);
  // Smaller after every conflict with another server process, slowly larger again without.
  std::size_t limit = group_max_;
  while (true) {
    std::vector<Member> group;
    {
      std::unique_lock lock(mutex_);
      if (!arrived_.wait(lock, stop, [this] { return !queue_.empty(); })) return;
      while (!queue_.empty() && group.size() < limit) {
        group.push_back({std::move(queue_.front())});
        queue_.pop_front();
      }
    }
    const bool smooth = run_group(connection, group, Guard::none);
    limit = smooth ? std::min(limit + 1, group_max_) : std::max(group.size() / 2, std::size_t{1});
    answer(group);
    statistics_.refresh(connection);
  }
}

Sealed PostgresWriter::new_entry(Entry entry) {
  const Instant now = parts_.clock->now();
  const std::lock_guard lock(ids_mutex_);
  return {0, ids_.next(now), now, std::move(entry), {}};
}

/// Leaves every member with the outcome it is to be told. False where the members got in the way of
/// another connection and had to be tried again in smaller groups.
///
/// Members as a rule all succeed, or are refused before they changed anything: nothing keeps them
/// apart then, and nobody waits for the end of one before the next begins. Where one of them must be
/// undone, all run again, each behind a savepoint.
bool PostgresWriter::run_group(PostgresConnection& connection, std::span<Member> group,
                               Guard guard) {
  if (group.size() == 1) {
    run_singly(connection, group[0]);
    return true;
  }
  Attempt attempt;
  try {
    if (!try_group(connection, group, attempt, guard)) {
      return run_group(connection, group, Guard::savepoint);
    }
  } catch (const PostgresFailure& failure) {
    const Fate fate = find_out(connection, attempt);
    const bool a_members = !failure.serialization() && !failure.lost();
    if (fate == Fate::rolled_back && a_members && guard == Guard::none) {
      return run_group(connection, group, Guard::savepoint);
    }
    if (fate == Fate::rolled_back) {
      run_group(connection, group.first(group.size() / 2), guard);
      run_group(connection, group.subspan(group.size() / 2), guard);
    } else if (fate == Fate::unknown) {
      for (Member& member : group) member.outcome = unknown_fate();
    }
    return false;
  }
  // A constraint may have failed over a row that the member could not see: it looks again, alone.
  for (Member& member : group) {
    if (!member.outcome.ok() && member.outcome.error().code == "store.constraint") {
      run_singly(connection, member);
    }
  }
  return true;
}

/// One transaction for all of `group`. Throws where nothing of it may stand; false where a member
/// must be undone and no savepoint was there.
bool PostgresWriter::try_group(PostgresConnection& connection, std::span<Member> group,
                               Attempt& attempt, Guard guard) {
  connection.connect();
  connection.queue("BEGIN ISOLATION LEVEL SERIALIZABLE");
  // Commands look up single rows: planning anew costs more than the statement (store_bench).
  connection.queue("SET LOCAL plan_cache_mode = force_generic_plan");
  connection.queue("SELECT CAST(pg_current_xact_id() AS TEXT)", {}, &attempt.note);
  bool stands = true;
  for (Member& member : group) {
    stands = run_member(connection, member, guard);
    if (!stands) break;
  }
  if (!stands) {
    connection.queue("ROLLBACK");
    connection.settle();
    return false;
  }
  for (const Member& member : group) {
    for (const Sealed& sealed : member.entries) {
      const Entry& entry = sealed.entry;
      connection.queue(insert_entry, {sealed.id, sealed.at, entry.community, entry.actor,
                                      entry.kind, entry.subject, entry.path, entry.data});
    }
  }
  // Whoever sends COMMIT must know by which number to ask for it.
  if (attempt.transaction.empty()) connection.settle();
  attempt.committing = true;
  connection.queue("COMMIT");
  connection.settle();
  return true;
}

/// Throws where the failure concerns the whole transaction; false where what the member changed must
/// be undone and no savepoint was there.
bool PostgresWriter::run_member(PostgresConnection& connection, Member& member, Guard guard) {
  member.entries.clear();
  if (guard == Guard::savepoint) connection.queue("SAVEPOINT member");
  GroupTransaction tx(*this, connection, member.entries);
  const auto work = [&](Transaction&) {
    Outcome outcome = member.request.work(tx);
    // Its own failure, and no other's. In a group without savepoints any failure undoes them all.
    if (guard != Guard::none || !outcome.ok()) tx.settle();
    return outcome;
  };
  member.outcome = run_work(work, tx, [&tx] {
    tx.drop_asked();
    return tx.failure();
  });
  tx.drop_asked();
  const PostgresFailure* failure = tx.failure();
  if (failure != nullptr && (failure->serialization() || failure->lost())) throw *failure;
  const bool ok = member.outcome.ok();
  if (!ok) member.entries.clear();
  if (guard == Guard::transaction) return ok;
  if (guard == Guard::none) return ok || (failure == nullptr && !tx.changed_something());
  if (!ok) connection.queue("ROLLBACK TO SAVEPOINT member");
  connection.queue("RELEASE SAVEPOINT member");
  return true;
}

/// Runs the member in a transaction of its own until it commits or is refused.
void PostgresWriter::run_singly(PostgresConnection& connection, Member& member) {
  bool looked_again = false;
  for (int tries = 1;; ++tries) {
    Attempt attempt;
    try {
      (void)try_group(connection, {&member, 1}, attempt, Guard::transaction);
      const bool constraint =
          !member.outcome.ok() && member.outcome.error().code == "store.constraint";
      if (!constraint || looked_again) return;
      looked_again = true;
    } catch (const PostgresFailure& failure) {
      const Fate fate = find_out(connection, attempt);
      if (fate == Fate::unknown) member.outcome = unknown_fate();
      if (fate != Fate::rolled_back) return;
      // What the member itself may not do is its outcome: here an entry drew an id that was there before.
      const bool drawn_twice = failure.state() == "23505";
      if (drawn_twice) ids_.start_anew();
      const bool again =
          failure.serialization() || drawn_twice || (failure.lost() && tries < lost_tries_max);
      if (!again || tries >= tries_max) {
        member.outcome = unavailable(failure);
        return;
      }
    }
    pause(tries);
  }
}

/// After a failure: rolls back what is open, or asks what became of a commit whose answer was lost
/// with the connection.
PostgresWriter::Fate PostgresWriter::find_out(PostgresConnection& connection,
                                              const Attempt& attempt) {
  if (connection.connected()) {
    try {
      connection.run("ROLLBACK");
      return Fate::rolled_back;
    } catch (const PostgresFailure&) {
      connection.disconnect();
    }
  }
  if (!attempt.committing) return Fate::rolled_back;
  for (int tries = 1; tries <= tries_max; ++tries) {
    try {
      connection.connect();
      const Rows status =
          connection.query("SELECT pg_xact_status(CAST($1 AS xid8))", {attempt.transaction});
      const std::string found = status.at(0).maybe_text(0).value_or("forgotten");
      if (found == "committed") return Fate::committed;
      if (found == "aborted") return Fate::rolled_back;
    } catch (const PostgresFailure& failure) {
      log::warning("store: asking for a lost commit: {}", failure.what());
    }
    pause(tries);
  }
  log::error("store: what became of transaction {} is not known", attempt.transaction);
  return Fate::unknown;
}

void PostgresWriter::pause(int tries) {
  const std::uint64_t most = std::uint64_t{1} << std::min(tries, 8);  // Milliseconds.
  std::uint64_t some = 0;
  {
    const std::lock_guard lock(ids_mutex_);
    some = parts_.rng->below(most * 1000);
  }
  std::this_thread::sleep_for(std::chrono::microseconds{some});
}

void PostgresWriter::answer(std::vector<Member>& group) {
  const bool journaled =
      std::any_of(group.begin(), group.end(), [](const Member& m) { return !m.entries.empty(); });
  if (journaled) parts_.committed();
  for (Member& member : group) deliver(member);
}

}  // namespace doorstep::store
