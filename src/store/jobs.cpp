#include "store/jobs.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/log.h"

namespace doorstep::store {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds tick{200};
constexpr auto lease = std::chrono::seconds{30};
/// A slice that the store could not carry out so often is not going to work.
constexpr std::int64_t tries_max = 5;

constexpr std::string_view job_columns =
    "SELECT community_id, id, kind, input, state, done, total, cursor, result, actor";

Job read_job(const Row& row) {
  return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4),
          row.integer(5), row.integer(6), row.text(7), row.text(8), row.integer(9)};
}

void save(Transaction& tx, const Job& job, Instant now) {
  tx.run(
      "UPDATE job SET state = $3, done = $4, total = $5, cursor = $6, result = $7, "
      "updated_at = $8, tries = 0 WHERE community_id = $1 AND id = $2",
      {job.community, job.id, job.state, job.done, job.total, job.cursor, job.result, now});
}

}  // namespace

void add_job(Transaction& tx, const Job& job, Instant now) {
  tx.run(
      "INSERT INTO job (community_id, id, kind, input, state, done, total, cursor, result, actor, "
      "created_at, updated_at) "
      "VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, '', $8, $9, $9)",
      {job.community, job.id, job.kind, job.input, job.done, job.total, job.cursor, job.actor,
       now});
}

std::optional<Job> find_job(Snapshot& snapshot, std::int64_t community, std::int64_t id) {
  static const std::string sql =
      std::string(job_columns) + " FROM job WHERE community_id = $1 AND id = $2";
  const auto row = snapshot.first(sql, {community, id});
  if (!row) return std::nullopt;
  return read_job(*row);
}

bool cancel_job(Transaction& tx, std::int64_t community, std::int64_t id) {
  return tx.run(
             "UPDATE job SET cancel = TRUE WHERE community_id = $1 AND id = $2 "
             "AND state IN ('waiting', 'running')",
             {community, id}) == 1;
}

struct JobRunner::State {
  Store& store;
  const Clock& clock;
  std::map<std::string, JobKind> kinds;
  std::int64_t self;  ///< Names this runner in a lease.
  std::mutex mutex = {};
  std::condition_variable_any woken = {};
  bool awake = false;
  std::jthread thread = {};

  struct Key {
    std::int64_t community;
    std::int64_t id;
  };

  std::vector<Key> open_jobs();
  bool slice(const Key& key);
  Outcome take(Transaction& tx, const Key& key, Instant now, bool& worked);
  Outcome go_on(Transaction& tx, Job& job, Instant now);
  bool after_error(const Key& key, const Error& error);
  bool round();
  void loop(const std::stop_token& stop);
};

/// In the order they came.
std::vector<JobRunner::State::Key> JobRunner::State::open_jobs() {
  std::vector<Key> keys;
  (void)store.read([&](Snapshot& snapshot) -> Outcome {
    for (const Row& row : snapshot.query("SELECT community_id, id, kind FROM job "
                                         "WHERE state IN ('waiting', 'running') "
                                         "ORDER BY created_at, id")) {
      if (kinds.contains(row.text(2))) keys.push_back({row.integer(0), row.integer(1)});
    }
    return Answer{};
  });
  return keys;
}

/// Takes or renews the lease and does one slice, all in one transaction: a server that was held up
/// until its lease ran out changes nothing.
Outcome JobRunner::State::take(Transaction& tx, const Key& key, Instant now, bool& worked) {
  worked = false;
  // On SQLite there is one server: whoever holds a lease there is dead.
  const bool shared = store.engine() != "sqlite";
  const std::int64_t taken = tx.run(
      "UPDATE job SET state = 'running', lease_owner = $3, lease_until = $4 "
      "WHERE community_id = $1 AND id = $2 AND state IN ('waiting', 'running') "
      "AND (lease_owner = $3 OR lease_until < $5 OR NOT $6)",
      {key.community, key.id, self, now + lease, now, shared});
  if (taken != 1) return Answer{};
  worked = true;
  Job job = *find_job(tx, key.community, key.id);
  const bool cancel = tx.first("SELECT cancel FROM job WHERE community_id = $1 AND id = $2",
                               {job.community, job.id})
                          ->boolean(0);
  if (!cancel) return go_on(tx, job, now);
  const auto& cancelled = kinds.at(job.kind).cancelled;
  if (cancelled) cancelled(tx, job, now);
  job.state = "cancelled";
  save(tx, job, now);
  return Answer{};
}

Outcome JobRunner::State::go_on(Transaction& tx, Job& job, Instant now) {
  TRY(kinds.at(job.kind).slice(tx, job, now));
  save(tx, job, now);
  return Answer{};
}

/// True where there may be more to do.
bool JobRunner::State::slice(const Key& key) {
  const Instant now = clock.now();
  bool worked = false;
  const Outcome outcome =
      store.write_now([&](Transaction& tx) { return take(tx, key, now, worked); });
  if (outcome.ok()) return worked;
  return after_error(key, outcome.error());
}

/// What failed inside the store may work next time; what the slice itself refused will not.
bool JobRunner::State::after_error(const Key& key, const Error& error) {
  const bool may_pass = error.kind == ErrorKind::unavailable;
  log::warning("job {} failed: {}", id_text(key.id), error.code);
  const Instant now = clock.now();
  const Outcome outcome = store.write_now([&](Transaction& tx) -> Outcome {
    tx.run(
        "UPDATE job SET tries = tries + 1, updated_at = $3, "
        "result = CASE WHEN NOT $4 OR tries + 1 >= $5 THEN $6 ELSE result END, "
        "state = CASE WHEN NOT $4 OR tries + 1 >= $5 THEN 'failed' ELSE 'running' END "
        "WHERE community_id = $1 AND id = $2 AND state IN ('waiting', 'running')",
        {key.community, key.id, now, may_pass, tries_max, error.code});
    return Answer{};
  });
  return outcome.ok() && may_pass;
}

/// One slice of each; true where there may be more to do.
bool JobRunner::State::round() {
  bool more = false;
  for (const Key& key : open_jobs()) more = slice(key) || more;
  return more;
}

void JobRunner::State::loop(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    bool more = false;
    try {
      more = round();
    } catch (const std::exception& error) {
      log::error("jobs: {}", error.what());
    }
    if (more) continue;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, tick, [this] { return awake; });
    awake = false;
  }
}

JobRunner::JobRunner(Store& store, const Clock& clock, std::map<std::string, JobKind> kinds)
    : state_(new State{store, clock, std::move(kinds), std::int64_t(SystemRng().next() >> 1U)}) {}

JobRunner::~JobRunner() = default;

void JobRunner::start() {
  state_->thread =
      std::jthread([state = state_.get()](const std::stop_token& stop) { state->loop(stop); });
}

void JobRunner::wake() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->awake = true;
  }
  state_->woken.notify_one();
}

void JobRunner::drain() {
  while (state_->round()) {
  }
}

}  // namespace doorstep::store
