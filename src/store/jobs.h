#pragma once
/// \file Jobs: long work in slices, with progress, that survives a crash and can be cancelled.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "store/store.h"

namespace doorstep::store {

struct Job {
  std::int64_t community = 0;
  std::int64_t id = 0;
  std::string kind = {};    ///< "import.apply".
  std::string input = {};   ///< JSON of ids and codes.
  std::string state = {};   ///< "waiting", "running", "done", "failed", "cancelled".
  std::int64_t done = 0;    ///< Units of work finished.
  std::int64_t total = 0;   ///< 0: not known yet.
  std::string cursor = {};  ///< Where the next slice starts; the handler's own words.
  std::string result = {};  ///< JSON once done; an error code once failed.
  std::int64_t actor = 0;   ///< Who started it.
};

/// Adds a waiting job. The caller journals it.
void add_job(Transaction& tx, const Job& job, Instant now);
std::optional<Job> find_job(Snapshot& snapshot, std::int64_t community, std::int64_t id);
/// Asks a waiting or running job to stop after its slice. False when it is over already.
bool cancel_job(Transaction& tx, std::int64_t community, std::int64_t id);

/// Does one slice inside one transaction (<= 20 ms of writing): advances done, cursor, and at the
/// end state and result. An Error fails the job with its code.
using JobSlice = std::function<Result<void>(Transaction&, Job&, Instant now)>;
/// Called once, after a cancelled job's last slice, in its transaction.
using JobCancelled = std::function<void(Transaction&, const Job&, Instant now)>;

struct JobKind {
  JobSlice slice;
  JobCancelled cancelled = {};
};

/// Runs waiting jobs, one slice of each in turn, on one thread of its own. A job whose server died
/// is taken up again where its last committed slice ended (lease of 30 s on PostgreSQL).
class JobRunner {
 public:
  JobRunner(Store& store, const Clock& clock, std::map<std::string, JobKind> kinds);
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  void start();
  /// Looks for work now instead of at the next tick (200 ms).
  void wake();
  /// Runs until nothing is waiting, on this thread: for tests and commands.
  void drain();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::store
