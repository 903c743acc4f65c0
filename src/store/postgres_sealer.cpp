#include "store/postgres_sealer.h"

#include <chrono>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/log.h"

namespace doorstep::store {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t batch_max = 2000;
/// Between two batches: what a commit costs is shared by the entries that came meanwhile.
constexpr milliseconds pace{15};
/// Entries of a server process that died between commit and sealing are found by looking.
constexpr milliseconds look_around{1000};
constexpr auto between_heads = std::chrono::minutes{1};

/// By age of the inserting transaction, so that what one transaction saw of another comes before
/// it.
constexpr std::string_view select_unsealed =
    "SELECT 0, id, at, community_id, actor, kind, subject, path, data, CAST('' AS BYTEA) "
    "FROM journal WHERE seq IS NULL ORDER BY age(xmin) DESC, id LIMIT $1";

constexpr std::string_view update_sealed =
    "UPDATE journal SET seq = u.seq, hash = decode(u.hash, 'hex') "
    "FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[]), CAST($3 AS BIGINT[]), "
    "CAST($4 AS TEXT[])) AS u(community_id, id, seq, hash) "
    "WHERE journal.community_id = u.community_id AND journal.id = u.id AND journal.seq IS NULL";

template <class Part>
std::string array_of(const std::vector<Sealed>& batch, const Part& part) {
  fmt::memory_buffer out;
  const char* before = "{";
  for (const Sealed& sealed : batch) {
    fmt::format_to(std::back_inserter(out), "{}{}", before, part(sealed));
    before = ",";
  }
  return fmt::to_string(out) + "}";
}

}  // namespace

PostgresSealer::PostgresSealer(Parts parts, const Installation& installation, bool threaded)
    : parts_(std::move(parts)),
      connection_(parts_.url),
      last_head_(installation.last_head),
      signed_at_(parts_.seams->steady()),
      last_seq_(installation.last.seq),
      bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!bell_) throw Failure("store.broken", "no eventfd");
  if (threaded) {
    thread_ = std::jthread([this](const std::stop_token& stop) { loop(stop); });
  } else {
    const std::lock_guard lock(mutex_);
    connect();
    seal_all();
  }
}

PostgresSealer::~PostgresSealer() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  wake();
  thread_.join();
}

void PostgresSealer::wake() {
  if (!thread_.joinable()) {
    const std::lock_guard lock(mutex_);
    connect();
    seal_all();
    sign_when_due();
    return;
  }
  const std::uint64_t one = 1;
  if (::write(bell_.number(), &one, sizeof one) < 0) return;  // Full: it is ringing already.
}

void PostgresSealer::connect() {
  if (connection_.connected()) return;
  connection_.connect();
  connection_.run("LISTEN doorstep_sealed");
}

void PostgresSealer::loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto start = SteadyClock::now();
    bool failed = false;
    try {
      const std::lock_guard lock(mutex_);
      connect();
      seal_all();
      look();
      sign_when_due();
    } catch (const Failure& failure) {
      failed = true;
      log::error("store: sealing: {}", failure.what());
      const std::lock_guard lock(mutex_);
      connection_.disconnect();
    }
    const auto next = start + (failed ? milliseconds{200} : pace);
    std::this_thread::sleep_until(next);
    if (!failed && !stop.stop_requested()) wait(look_around);
  }
}

/// Until the bell rings or another process has sealed something.
void PostgresSealer::wait(milliseconds most) {
  pollfd about[2] = {{bell_.number(), POLLIN, 0}, {connection_.socket(), POLLIN, 0}};
  ::poll(about, 2, int(most.count()));
  std::uint64_t rings = 0;
  if (::read(bell_.number(), &rings, sizeof rings) < 0) return;  // It did not ring.
}

void PostgresSealer::seal_all() {
  while (seal_batch()) {
  }
}

/// True where there may be more.
bool PostgresSealer::seal_batch() {
  Link last;
  const PostgresConnection::Sink take_link = [&last](Row&& row) {
    last = {row.integer(0), row.bytes(1)};
    return true;
  };
  std::vector<Sealed> batch;
  try {
    connection_.queue("BEGIN ISOLATION LEVEL READ COMMITTED");
    connection_.queue("SELECT seq, hash FROM journal_chain FOR UPDATE", {}, &take_link);
    connection_.query(select_unsealed, {batch_max}, [&batch](Row&& row) {
      batch.push_back(read_sealed(row));
      return true;
    });
    for (Sealed& sealed : batch) chain(last, sealed);
    if (!batch.empty()) {
      connection_.queue(update_sealed,
                        {array_of(batch, [](const Sealed& s) { return s.entry.community; }),
                         array_of(batch, [](const Sealed& s) { return s.id; }),
                         array_of(batch, [](const Sealed& s) { return s.seq; }),
                         array_of(batch, [](const Sealed& s) { return to_hex(s.hash); })});
      connection_.queue("UPDATE journal_chain SET seq = $1, hash = $2",
                        {last.seq, Bytes{last.hash}});
      connection_.queue("SELECT pg_notify('doorstep_sealed', '')");
    }
    connection_.queue("COMMIT");
    connection_.settle();
  } catch (...) {
    connection_.disconnect();  // Also ends the transaction.
    throw;
  }
  publish(last.seq);
  return std::int64_t(batch.size()) == batch_max;
}

/// Takes the notices; what they announce, seal_all() has already read.
void PostgresSealer::look() {
  connection_.take_notices();
}

void PostgresSealer::publish(std::int64_t seq) {
  if (seq <= last_seq_) return;
  last_seq_ = seq;
  parts_.sealed(seq);
}

void PostgresSealer::sign_when_due() {
  if (last_seq_ <= last_head_ || parts_.seams->steady() - signed_at_ < between_heads) return;
  sign_now();
}

Head PostgresSealer::sign_now() {
  connection_.run("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    const Rows link = connection_.query("SELECT seq, hash FROM journal_chain FOR UPDATE");
    const Rows present = connection_.query(
        "SELECT h.seq, h.hash, h.at, h.signature FROM journal_head h "
        "JOIN journal_chain c ON h.seq = c.seq");
    const Head head = present.empty()
                          ? parts_.directory->sign(link.at(0).integer(0), link.at(0).bytes(1),
                                                   parts_.clock->now())
                          : read_head(present[0]);
    if (present.empty()) {
      connection_.queue(
          "INSERT INTO journal_head (seq, hash, at, signature) VALUES ($1, $2, $3, $4)",
          {head.seq, Bytes{head.hash}, head.at, Bytes{head.signature}});
    }
    connection_.queue("COMMIT");
    connection_.settle();
    parts_.directory->note(head);
    last_head_ = head.seq;
    signed_at_ = parts_.seams->steady();
    return head;
  } catch (...) {
    connection_.disconnect();
    throw;
  }
}

Head PostgresSealer::sign_head() {
  const std::lock_guard lock(mutex_);
  connect();
  seal_all();
  return sign_now();
}

}  // namespace doorstep::store
