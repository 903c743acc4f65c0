/// \file Every single read, write, sync, truncation, deletion and opening fails once, the first one
/// first, until a run has fewer of them: whatever fails, each request is answered truly, nothing that
/// was acknowledged is lost, and the store opens again.

#include <atomic>
#include <latch>
#include <map>
#include <mutex>
#include <set>

#include <gtest/gtest.h>

#include "store/power_cut_vfs.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

constexpr int rounds = 12;
constexpr int together = 3;

class Sweep {
 public:
  /// False where the run was over before operation number `number`.
  bool run(std::int64_t number) {
    TestPlace place(Engine::sqlite);
    prepare(place);
    power_.forget();
    power_.fail_after(number);
    const std::map<std::int64_t, Outcome> answers = write(place.options());
    const bool failed = power_.has_failed();
    power_.restore();  // And then the power goes, so that the disk is looked at, not a cache.
    SCOPED_TRACE("operation " + std::to_string(number));
    compare(place.options(), answers);
    return failed;
  }

  [[nodiscard]] int stopped() const { return stopped_; }
  [[nodiscard]] int refused() const { return refused_; }

 private:
  static void prepare(TestPlace& place) {
    const auto store = Store::open(place.options());
    const Outcome made = store->write_now([](Transaction& tx) -> Outcome {
      tx.run("CREATE TABLE saved (id BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL)");
      return Answer{};
    });
    ASSERT_TRUE(made.ok());
  }

  /// Some rounds of requests that share commits; ends where the server would end.
  std::map<std::int64_t, Outcome> write(const Options& options) {
    std::atomic<bool> lost = false;
    Seams seams;
    seams.vfs = power_cut_vfs;
    seams.checkpoint_pages = 8;
    seams.disk_lost = [&lost] { lost = true; };
    std::map<std::int64_t, Outcome> answers;
    try {
      const auto store = open_sqlite(options, seams);
      std::mutex mutex;
      for (std::int64_t round = 0; round < rounds && !lost; ++round) {
        std::latch answered(together);
        for (std::int64_t one = 0; one < together; ++one) {
          const std::int64_t id = round * together + one;
          store->write([id](Transaction& tx) { return save(tx, id); },
                       [&, id](Outcome outcome) {
                         {
                           const std::lock_guard lock(mutex);
                           answers.emplace(id, std::move(outcome));
                         }
                         answered.count_down();
                       });
        }
        answered.wait();
      }
    } catch (const Failure&) {
      ++stopped_;  // It did not open, said so, and acknowledged nothing.
    }
    stopped_ += lost ? 1 : 0;
    return answers;
  }

  static Outcome save(Transaction& tx, std::int64_t id) {
    tx.run("INSERT INTO saved (id, body) VALUES ($1, $2)", {id, std::string(900, 'b')});
    tx.journal({.kind = "test.saved", .subject = id});
    if (id % 7 == 6) return Error{ErrorKind::conflict, "test.no"};
    return Answer{};
  }

  void compare(const Options& options, const std::map<std::int64_t, Outcome>& answers) {
    std::set<std::int64_t> present;
    const auto store = Store::open(options);
    const Outcome read = store->read([&present](Snapshot& snapshot) -> Outcome {
      EXPECT_EQ(snapshot.query("PRAGMA integrity_check").at(0).text(0), "ok");
      for (const Row& row : snapshot.query("SELECT id FROM saved")) present.insert(row.integer(0));
      return Answer{};
    });
    EXPECT_TRUE(read.ok());
    EXPECT_TRUE(verify_journal(*store).problems.empty());
    for (const auto& [id, answer] : answers) {
      if (answer.ok()) {
        EXPECT_TRUE(present.contains(id)) << id << " was acknowledged";
      } else if (answer.error().kind == ErrorKind::conflict) {
        EXPECT_FALSE(present.contains(id)) << id << " was refused";
      } else {
        ++refused_;
        EXPECT_EQ(answer.error().kind, ErrorKind::unavailable) << answer.error().code;
      }
    }
    // It works again.
    EXPECT_TRUE(
        store->write_now([](Transaction& tx) -> Outcome { return save(tx, 1'000'000); }).ok());
  }

  PowerCut power_{7};
  int stopped_ = 0;
  int refused_ = 0;
};

TEST(IoFailures, EachOneInTurnIsAnsweredTrulyAndLosesNothing) {
  Sweep sweep;
  std::int64_t number = 0;
  while (sweep.run(number) && !::testing::Test::HasFailure()) ++number;
  EXPECT_GT(number, 100);          // So many operations there were.
  EXPECT_GT(sweep.stopped(), 10);  // A failed sync ends the server.
  EXPECT_GT(sweep.refused(), 10);
  RecordProperty("operations", int(number));
  std::printf("%lld operations failed in turn; %d ended the server, %d requests were refused\n",
              static_cast<long long>(number), sweep.stopped(), sweep.refused());
}

}  // namespace
}  // namespace doorstep::store
