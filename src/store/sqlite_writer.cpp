#include "store/sqlite_writer.h"

#include <chrono>
#include <cstdlib>
#include <future>
#include <optional>

#include <fmt/format.h>

#include "base/check.h"
#include "base/log.h"

namespace doorstep::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t members_max = 256;
constexpr auto group_time_max = std::chrono::milliseconds{5};
constexpr auto between_heads = std::chrono::minutes{1};

constexpr std::string_view insert_entry =
    "INSERT INTO journal (seq, id, at, community_id, actor, kind, subject, path, data, hash) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

}  // namespace

/// What a member's `work` is given.
class SqliteWriter::GroupTransaction final : public Transaction {
 public:
  GroupTransaction(SqliteWriter& writer, std::vector<Sealed>& entries)
      : writer_(writer), entries_(entries) {}

  void journal(Entry entry) override {
    const Instant now = writer_.parts_.clock->now();
    entries_.push_back({0, writer_.ids_.next(now), now, std::move(entry), {}});
  }

  [[nodiscard]] const SqliteFailure* failure() const { return failure_ ? &*failure_ : nullptr; }

 protected:
  void execute(std::string_view sql, const Values& values, const Sink& sink,
               Fetch /*fetch*/) override {
    guard([&] { writer_.connection_.query(sql, values, sink); });
  }
  std::int64_t change(std::string_view sql, const Values& values) override {
    std::int64_t changed = 0;
    guard([&] { changed = writer_.connection_.run(sql, values); });
    return changed;
  }

 private:
  /// After one Failure the member is lost, on both engines alike, and says so to every statement.
  template <class Doing>
  void guard(const Doing& doing) {
    if (failure_) throw SqliteFailure(*failure_);
    try {
      doing();
    } catch (const SqliteFailure& failure) {
      failure_ = failure;
      throw;
    }
  }

  SqliteWriter& writer_;
  std::vector<Sealed>& entries_;
  std::optional<SqliteFailure> failure_;
};

SqliteWriter::SqliteWriter(Parts parts, Link last, std::int64_t last_head, bool threaded)
    : parts_(std::move(parts)),
      connection_(*parts_.connection),
      ids_(*parts_.rng),
      last_(std::move(last)),
      last_head_(last_head),
      signed_at_(parts_.seams->steady()),
      last_seq_(last_.seq) {
  if (threaded) thread_ = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

SqliteWriter::~SqliteWriter() = default;

void SqliteWriter::submit(Request request) {
  if (thread_.joinable()) {
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
    run_group(group, false);
    sign_when_due();
  }
  answer(group);
}

void SqliteWriter::loop(const std::stop_token& stop) {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait_for(lock, stop, std::chrono::seconds{1}, [this] { return !queue_.empty(); });
      if (queue_.empty() && stop.stop_requested()) return;
    }
    std::vector<Member> group;
    if (take(group)) {
      run_group(group, true);
      answer(group);
    }
    sign_when_due();
  }
}

/// Moves the next request, if there is one, into the group.
bool SqliteWriter::take(std::vector<Member>& group) {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return false;
  group.push_back({std::move(queue_.front())});
  queue_.pop_front();
  return true;
}

/// Leaves every member with the outcome it is to be told. `grow`: take in what arrives meanwhile.
void SqliteWriter::run_group(std::vector<Member>& group, bool grow) {
  try {
    connection_.run("BEGIN IMMEDIATE");
  } catch (const Failure& failure) {
    give_up(group, failure);
    return;
  }
  if (run_members(group, grow) && commit(group) == End::answered) return;
  if (group.size() == 1) {
    if (group[0].outcome.ok()) group[0].outcome = Error{ErrorKind::unavailable, "store.broken"};
    return;
  }
  // The engine rolled back everybody for what one of them did: each again, alone.
  log::warning("store: a group of {} was rolled back, its members run singly", group.size());
  for (Member& member : group) {
    std::vector<Member> alone;
    alone.push_back({std::move(member.request)});
    run_group(alone, false);
    member = std::move(alone[0]);
  }
}

/// False when the transaction of the whole group is gone.
bool SqliteWriter::run_members(std::vector<Member>& group, bool grow) {
  const auto start = SteadyClock::now();
  const std::size_t limit = parts_.seams->group_limit > 0 ? parts_.seams->group_limit : members_max;
  for (std::size_t at = 0; at < group.size(); ++at) {
    if (!run_member(group[at])) return false;
    const bool full = group.size() >= limit || SteadyClock::now() - start > group_time_max;
    if (grow && at + 1 == group.size() && !full) take(group);
  }
  return true;
}

/// False when the transaction of the whole group is gone.
bool SqliteWriter::run_member(Member& member) {
  if (!try_member(member)) return false;
  // Ids begin at random in each millisecond, so that two requests may draw the same one: the member
  // draws again. What is really there twice is refused again.
  const bool constraint = !member.outcome.ok() && member.outcome.error().code == "store.constraint";
  return !constraint || try_member(member);
}

/// One try. False when the transaction of the whole group is gone.
bool SqliteWriter::try_member(Member& member) {
  member.entries.clear();
  try {
    connection_.run("SAVEPOINT member");
    {
      GroupTransaction tx(*this, member.entries);
      member.outcome = run_work(member.request.work, tx, [&tx] { return tx.failure(); });
      if (tx.failure() != nullptr && tx.failure()->sync_failed()) disk_lost_ = true;
    }
    if (!connection_.in_transaction()) return false;
    if (!member.outcome.ok()) {
      member.entries.clear();
      connection_.run("ROLLBACK TO member");
    }
    connection_.run("RELEASE member");
    return true;
  } catch (const Failure& failure) {
    member.outcome = unavailable(failure);
    roll_back();
    return false;
  }
}

/// Numbers and chains an entry and inserts it. After a start with a clock that was set back its id may be one that was
/// drawn before: it draws again.
void SqliteWriter::insert(Link& last, Sealed& sealed) {
  constexpr int tries = 16;
  const Entry& entry = sealed.entry;
  for (int left = tries;; --left) {
    Link next = last;
    chain(next, sealed);
    try {
      connection_.run(insert_entry,
                      {sealed.seq, sealed.id, sealed.at, entry.community, entry.actor, entry.kind,
                       entry.subject, entry.path, entry.data, Bytes{sealed.hash}});
      last = std::move(next);
      return;
    } catch (const SqliteFailure& failure) {
      if (left == 0 || (failure.result() & 0xFF) != SQLITE_CONSTRAINT) throw;
      ids_.start_anew();
      sealed.id = ids_.next(sealed.at);
    }
  }
}

/// Numbers, chains and inserts the entries of the members that stand.
void SqliteWriter::seal(std::vector<Member>& group, Link& last) {
  const std::int64_t before = last.seq;
  for (Member& member : group) {
    for (Sealed& sealed : member.entries) insert(last, sealed);
  }
  if (last.seq == before) return;
  connection_.run("UPDATE journal_chain SET seq = $1, hash = $2", {last.seq, Bytes{last.hash}});
}

SqliteWriter::End SqliteWriter::commit(std::vector<Member>& group) {
  Link last = last_;
  bool committing = false;
  try {
    seal(group, last);
    committing = true;
    connection_.run("COMMIT");
    last_ = std::move(last);
    last_seq_ = last_.seq;
    return End::answered;
  } catch (const SqliteFailure& failure) {
    if (failure.sync_failed() || (committing && failure.disk_failed())) disk_lost_ = true;
    roll_back();
    if (!disk_lost_ && group.size() > 1) return End::run_singly;
    give_up(group, failure);
    return End::answered;
  } catch (const Failure& failure) {
    roll_back();
    if (group.size() > 1) return End::run_singly;
    give_up(group, failure);
    return End::answered;
  }
}

void SqliteWriter::give_up(std::vector<Member>& group, const Failure& reason) {
  const Error error = unavailable(reason);
  for (Member& member : group) {
    member.entries.clear();
    member.outcome = error;
  }
}

void SqliteWriter::roll_back() {
  if (!connection_.in_transaction()) return;
  try {
    connection_.run("ROLLBACK");
  } catch (const Failure& failure) {
    log::error("store: cannot roll back: {}", failure.what());
  }
}

void SqliteWriter::answer(std::vector<Member>& group) {
  for (Member& member : group) deliver(member);
  if (disk_lost_) {
    // What the disk holds now is known after recovery alone, and starting is recovering.
    log::error("store: the disk failed at a commit; stopping");
    if (!parts_.seams->disk_lost) std::abort();
    parts_.seams->disk_lost();
  }
  parts_.sealed(last_seq_);
}

bool SqliteWriter::head_is_due() const {
  return last_.seq > last_head_ && parts_.seams->steady() - signed_at_ >= between_heads;
}

void SqliteWriter::sign_when_due() {
  if (!head_is_due()) return;
  try {
    sign_now();
  } catch (const Failure& failure) {
    log::error("store: cannot sign a head: {}", failure.what());
    roll_back();
  }
  signed_at_ = parts_.seams->steady();
}

/// On the writer's thread, or under the inline lock.
Head SqliteWriter::sign_now() {
  if (last_.seq <= last_head_) {
    const Rows rows = connection_.query(
        "SELECT seq, hash, at, signature FROM journal_head WHERE seq = $1", {last_head_});
    if (!rows.empty()) return read_head(rows[0]);
  }
  Head head = parts_.directory->sign(last_.seq, last_.hash, parts_.clock->now());
  connection_.run(
      "INSERT INTO journal_head (seq, hash, at, signature) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (seq) DO NOTHING",
      {head.seq, Bytes{head.hash}, head.at, Bytes{head.signature}});
  parts_.directory->note(head);
  last_head_ = head.seq;
  signed_at_ = parts_.seams->steady();
  return head;
}

Head SqliteWriter::sign_head() {
  if (!thread_.joinable()) {
    const std::lock_guard lock(inline_);
    return sign_now();
  }
  // Between two groups everything that was committed is sealed.
  const auto head = std::make_shared<std::promise<Head>>();
  auto waiting = head->get_future();
  submit({[](Transaction&) -> Outcome { return Answer{}; },
          [this, head](const Outcome&) {
            try {
              head->set_value(sign_now());
            } catch (...) {
              head->set_exception(std::current_exception());
            }
          }});
  return waiting.get();
}

}  // namespace doorstep::store
