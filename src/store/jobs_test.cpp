#include "store/jobs.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "store/testing.h"

namespace doorstep::store {
namespace {

using std::chrono::seconds;

class Jobs : public StoreTest {
 protected:
  Jobs() { options().clock = &clock_; }

  void add(std::int64_t id, const std::string& kind = "count", std::int64_t total = 5) {
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      add_job(tx,
              {.community = 1, .id = id, .kind = kind, .input = "{}", .total = total, .actor = 9},
              clock_.now());
      tx.journal({.community = 1, .kind = "job.added", .subject = id});
      return Answer{};
    });
    ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
  }

  Job job(std::int64_t id) {
    std::optional<Job> found;
    (void)store().read([&](Snapshot& snapshot) -> Outcome {
      found = find_job(snapshot, 1, id);
      return Answer{};
    });
    return found.value();
  }

  /// How often each unit of work was journaled: once each, whatever happened.
  std::map<std::string, int> units() {
    (void)store().sign_head();
    std::map<std::string, int> times;
    for (const Sealed& sealed : store().journal(0, 1000)) {
      if (sealed.entry.kind == "unit.done") ++times[sealed.entry.data];
    }
    return times;
  }

  static Result<void> count_one(Transaction& tx, Job& job, Instant /*now*/) {
    job.cursor = std::to_string(++job.done);
    tx.journal({.community = 1, .kind = "unit.done", .subject = job.id, .data = job.cursor});
    if (job.done == job.total) {
      job.state = "done";
      job.result = "{\"ok\":true}";
    }
    return {};
  }

  JobRunner runner(JobSlice slice, JobCancelled cancelled = {}) {
    return JobRunner(store(), clock_, {{"count", {std::move(slice), std::move(cancelled)}}});
  }

  ManualClock clock_{*instant_from_text("2022-11-28T01:12:00Z")};
};

TEST_P(Jobs, AJobRunsInSlicesToItsEnd) {
  add(1);
  EXPECT_EQ(job(1).state, "waiting");
  runner(count_one).drain();
  const Job done = job(1);
  EXPECT_EQ(done.state, "done");
  EXPECT_EQ(done.done, 5);
  EXPECT_EQ(done.result, "{\"ok\":true}");
  EXPECT_EQ(done.actor, 9);
  EXPECT_EQ(units().size(), 5U);
}

TEST_P(Jobs, AJobWhoseServerDiedGoesOnWhereItsLastSliceEnded) {
  add(1);
  {
    int slices = 0;
    auto dying = runner([&](Transaction& tx, Job& job, Instant now) -> Result<void> {
      TRY(count_one(tx, job, now));
      if (++slices > 2) throw std::bad_alloc();
      return {};
    });
    // Two slices commit; the third fails again and again, as a full disk would make it.
    dying.drain();
  }
  EXPECT_EQ(job(1).done, 2);
  EXPECT_EQ(job(1).state, "failed");
  add(2);
  int slices = 0;
  auto crashing = std::make_unique<JobRunner>(
      store(), clock_,
      std::map<std::string, JobKind>{
          {"count", {[&](Transaction& tx, Job& job, Instant now) -> Result<void> {
             TRY(count_one(tx, job, now));
             ++slices;
             return {};
           }}}});
  crashing->start();
  while (job(2).done == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  crashing.reset();
  clock_.advance(seconds{31});  // The lease of the dead server runs out.
  runner(count_one).drain();
  EXPECT_EQ(job(2).state, "done");
  int total = 0;
  for (const auto& [unit, times] : units()) total += times;
  EXPECT_EQ(total, 2 + 5);
}

TEST_P(Jobs, AnotherServersLeaseIsRespectedOnPostgresql) {
  add(1, "count", 2);
  int first_slices = 0;
  auto first = runner([&](Transaction& tx, Job& job, Instant now) -> Result<void> {
    ++first_slices;
    if (job.done == 1) return Error{ErrorKind::unavailable, "test.stops"};
    return count_one(tx, job, now);
  });
  // The first runner does one slice and is then held up.
  (void)store().write_now([&](Transaction& tx) -> Outcome {
    tx.run("UPDATE job SET state = 'running', lease_owner = 77, lease_until = $1 WHERE id = 1",
           {clock_.now() + seconds{30}});
    return Answer{};
  });
  first.drain();
  EXPECT_EQ(first_slices == 0, engine() == Engine::postgresql);
  if (engine() == Engine::sqlite) return;
  clock_.advance(seconds{31});
  runner(count_one).drain();
  EXPECT_EQ(job(1).state, "done");
}

TEST_P(Jobs, ACancelledJobStopsAfterItsSliceAndIsTold) {
  add(1);
  int told = 0;
  auto cancelling = runner(
      [&](Transaction& tx, Job& job, Instant now) -> Result<void> {
        TRY(count_one(tx, job, now));
        if (job.done == 2) EXPECT_TRUE(cancel_job(tx, 1, job.id));
        return {};
      },
      [&](Transaction&, const Job& job, Instant) {
        ++told;
        EXPECT_EQ(job.done, 2);
      });
  cancelling.drain();
  EXPECT_EQ(job(1).state, "cancelled");
  EXPECT_EQ(told, 1);
  (void)store().write_now([&](Transaction& tx) -> Outcome {
    EXPECT_FALSE(cancel_job(tx, 1, 1));
    return Answer{};
  });
}

TEST_P(Jobs, AnErrorFailsTheJobWithItsCode) {
  add(1);
  runner([](Transaction& tx, Job& job, Instant now) -> Result<void> {
    TRY(count_one(tx, job, now));
    if (job.done == 3) return Error{ErrorKind::invalid, "import.bad_row"};
    return {};
  }).drain();
  EXPECT_EQ(job(1).state, "failed");
  EXPECT_EQ(job(1).result, "import.bad_row");
  EXPECT_EQ(job(1).done, 2);  // The failed slice left nothing.
  EXPECT_EQ(units().size(), 2U);
}

TEST_P(Jobs, JobsTakeTurnsAndUnknownKindsWait) {
  add(1);
  add(2);
  add(3, "of another program");
  std::vector<std::int64_t> order;
  runner([&](Transaction& tx, Job& job, Instant now) -> Result<void> {
    order.push_back(job.id);
    return count_one(tx, job, now);
  }).drain();
  ASSERT_EQ(order.size(), 10U);
  EXPECT_EQ(order[0], 1);
  EXPECT_EQ(order[1], 2);
  EXPECT_EQ(order[2], 1);
  EXPECT_EQ(job(3).state, "waiting");
}

TEST_P(Jobs, TheThreadIsWoken) {
  auto running = JobRunner(store(), clock_, {{"count", {count_one}}});
  running.start();
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  add(1);
  running.wake();
  for (int waits = 0; waits < 2000 && job(1).state != "done"; ++waits) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(job(1).state, "done");
}

DOORSTEP_ON_BOTH_ENGINES(Jobs);

}  // namespace
}  // namespace doorstep::store
