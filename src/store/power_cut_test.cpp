/// \file "Saved" means saved: the power is cut a thousand times under the real group writer.

#include <atomic>
#include <filesystem>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "store/power_cut_vfs.h"
#include "store/sqlite_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

/// Counts of a campaign.
struct Losses {
  int cuts = 0;
  int cuts_with_loss = 0;
  std::int64_t acknowledged = 0;
  std::int64_t lost = 0;
  int corrupt = 0;
  int unopened = 0;
};

class Campaign {
 public:
  Campaign(std::uint64_t seed, bool full) : power_(seed), rng_(seed + 1) {
    seams_.vfs = power_cut_vfs;
    seams_.survive_power_loss = full;
    seams_.disk_lost = [] {};  // Where the server would abort, the test goes on to look.
  }

  Losses run(int cuts) {
    for (int at = 0; at < cuts; ++at) {
      if (at % 25 == 0) start_afresh();
      one_cut();
    }
    return losses_;
  }

 private:
  void start_afresh() {
    power_.forget();
    acknowledged_.clear();
    place_ = std::make_unique<TestPlace>(Engine::sqlite);
    const auto store = Store::open(place_->options());
    const Outcome outcome = store->write_now([](Transaction& tx) -> Outcome {
      tx.run("CREATE TABLE saved (id BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL)");
      tx.run("CREATE INDEX saved_by_body ON saved (body)");
      return Answer{};
    });
    ASSERT_TRUE(outcome.ok());
  }

  /// Opens, writes until the power goes, and compares what is there afterwards with what was said.
  void one_cut() {
    seams_.checkpoint_pages = 5 + std::int64_t(rng_.below(60));
    ++losses_.cuts;
    std::set<std::int64_t> fresh;
    {
      std::unique_ptr<Store> store;
      if (rng_.below(10) == 0) power_.cut_after(std::int64_t(rng_.below(6)));  // While opening.
      try {
        store = open_sqlite(place_->options(), seams_);
      } catch (const Failure&) {
        if (!power_.is_cut()) ++losses_.unopened;
      }
      if (store && !power_.is_cut()) fresh = write_until_cut(*store);
    }
    power_.restore();
    losses_.acknowledged += std::int64_t(fresh.size());
    acknowledged_.insert(fresh.begin(), fresh.end());
    compare();
    power_.forget();
  }

  std::set<std::int64_t> write_until_cut(Store& store) {
    power_.cut_after(std::int64_t(rng_.below(80)));
    std::mutex mutex;
    std::set<std::int64_t> saved;
    while (!power_.is_cut()) {
      const auto batch = std::ptrdiff_t(1 + rng_.below(12));
      std::latch answered(batch);
      for (std::ptrdiff_t at = 0; at < batch; ++at) {
        const std::int64_t id = ++next_;
        const std::string body(rng_.below(900), 'b');
        store.write(
            [id, body](Transaction& tx) -> Outcome {
              tx.run("INSERT INTO saved (id, body) VALUES ($1, $2)", {id, body});
              tx.journal({.kind = "test.saved", .subject = id});
              if (id % 11 == 0) return Error{ErrorKind::conflict, "test.no"};
              return Answer{};
            },
            [&, id](const Outcome& outcome) {
              if (outcome.ok()) {
                const std::lock_guard lock(mutex);
                saved.insert(id);
              }
              answered.count_down();
            });
      }
      answered.wait();
    }
    return saved;
  }

  /// Looks at a copy: what the cut left is for the next start to recover, which may be cut too.
  void compare() {
    std::set<std::int64_t> present;
    Options copied = place_->options();
    copied.data_directory += "-second";
    std::filesystem::remove_all(copied.data_directory);
    std::filesystem::copy(place_->options().data_directory, copied.data_directory,
                          std::filesystem::copy_options::recursive);
    try {
      if (losses_.cuts % 10 == 0) check_journal(copied);
      SqliteConnection connection(copied.data_directory + "/doorstep.db", {},
                                  SqliteConnection::Mode::write);
      for (const Row& row : connection.query("SELECT id FROM saved"))
        present.insert(row.integer(0));
      if (connection.query("PRAGMA integrity_check").at(0).text(0) != "ok") ++losses_.corrupt;
    } catch (const Failure& failure) {
      ++losses_.corrupt;
      ADD_FAILURE() << failure.what();
    }
    const std::int64_t before = losses_.lost;
    for (const std::int64_t id : acknowledged_) losses_.lost += present.contains(id) ? 0 : 1;
    if (losses_.lost > before) ++losses_.cuts_with_loss;
    acknowledged_ = present;  // What is there now must stay.
  }

  void check_journal(const Options& options) {
    const auto store = Store::open(options);
    if (!verify_journal(*store).problems.empty()) ++losses_.corrupt;
  }

  PowerCut power_;
  SeededRng rng_;
  Seams seams_;
  std::unique_ptr<TestPlace> place_;
  std::set<std::int64_t> acknowledged_;
  std::int64_t next_ = 0;
  Losses losses_;
};

TEST(PowerCuts, AThousandLoseNothingThatWasAcknowledged) {
  const Losses losses = Campaign(1, true).run(1000);
  EXPECT_EQ(losses.lost, 0);
  EXPECT_EQ(losses.corrupt, 0);
  EXPECT_EQ(losses.unopened, 0);
  EXPECT_GT(losses.acknowledged, 2000);  // The writer did get somewhere each time.
  RecordProperty("acknowledged", int(losses.acknowledged));
}

TEST(PowerCuts, TheHarnessSeesLossesWhereTheyAre) {
  const Losses losses = Campaign(2, false).run(60);
  EXPECT_GT(losses.cuts_with_loss, 10);
  EXPECT_EQ(losses.corrupt, 0);
  RecordProperty("cuts_with_loss", losses.cuts_with_loss);
}

TEST(PowerCuts, ADiskThatRefusesToSyncIsSaidSoAndStopsTheServer) {
  PowerCut power(3);
  TestPlace place(Engine::sqlite);
  std::atomic<int> stopped = 0;
  Seams seams;
  seams.vfs = power_cut_vfs;
  seams.disk_lost = [&stopped] { ++stopped; };
  const auto store = open_sqlite(place.options(), seams);
  const auto write = [&] {
    return store->write_now([](Transaction& tx) -> Outcome {
      tx.journal({.kind = "test.saved"});
      return Answer{};
    });
  };
  ASSERT_TRUE(write().ok());
  power.cut_after(0);
  const Outcome outcome = write();
  EXPECT_EQ(outcome.error().kind, ErrorKind::unavailable);
  while (stopped == 0) std::this_thread::yield();
}

}  // namespace
}  // namespace doorstep::store
