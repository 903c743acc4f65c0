/// \file Pairs of commands on one object from sixteen threads, on both engines: as if one after the
/// other. And a journal that every reader sees once and in order.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "store/testing.h"

namespace doorstep::store {
namespace {

constexpr int threads_count = 16;

class Concurrency : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    store_ = open_test_store(GetParam());
    must([](Transaction& tx) -> Outcome {
      tx.run("DROP TABLE IF EXISTS cell");
      tx.run(
          "CREATE TABLE cell (row BIGINT NOT NULL, col BIGINT NOT NULL, n BIGINT NOT NULL, "
          "PRIMARY KEY (row, col))");
      tx.run("DROP TABLE IF EXISTS claim");
      tx.run("CREATE TABLE claim (id BIGINT NOT NULL PRIMARY KEY, phone TEXT NOT NULL)");
      tx.run("CREATE UNIQUE INDEX claim_by_phone ON claim (phone)");
      return Answer{};
    });
  }
  void TearDown() override {
    if (!store_) return;  // Why it was not opened is said already.
    must([](Transaction& tx) -> Outcome {
      tx.run("DROP TABLE cell");
      tx.run("DROP TABLE claim");
      return Answer{};
    });
  }

  Outcome write(const std::function<Outcome(Transaction&)>& work) {
    return store_->write_now(work);
  }

  void must(const std::function<Outcome(Transaction&)>& work) {
    const Outcome outcome = write(work);
    ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
  }

  static void on_threads(const std::function<void(int thread)>& work) {
    std::vector<std::jthread> threads;
    for (int at = 0; at < threads_count; ++at) threads.emplace_back([&work, at] { work(at); });
  }

  std::int64_t number(std::string_view sql, const Values& values = {}) {
    std::int64_t found = 0;
    (void)store_->read([&](Snapshot& snapshot) -> Outcome {
      found = snapshot.first(sql, values)->integer(0);
      return Answer{};
    });
    return found;
  }

  std::unique_ptr<Store> store_;
};

TEST_P(Concurrency, ACounterLosesNoIncrement) {
  must([](Transaction& tx) -> Outcome {
    tx.run("INSERT INTO cell (row, col, n) VALUES (1, 1, 0)");
    return Answer{};
  });
  std::atomic<int> done = 0;
  std::atomic<int> refused = 0;
  on_threads([&](int) {
    for (int at = 0; at < 25; ++at) {
      const Outcome outcome = write([](Transaction& tx) -> Outcome {
        // Read, then write what was read: the way a rule does it.
        const auto n = tx.first("SELECT n FROM cell WHERE row = 1 AND col = 1")->integer(0);
        tx.run("UPDATE cell SET n = $1 WHERE row = 1 AND col = 1", {n + 1});
        return Answer{};
      });
      ++(outcome.ok() ? done : refused);
    }
  });
  EXPECT_EQ(number("SELECT n FROM cell WHERE row = 1 AND col = 1"), done);
  EXPECT_EQ(refused, 0);
}

TEST_P(Concurrency, TheLastOnDutyCannotLeaveByWriteSkew) {
  // In each row two are on duty; each may leave as long as the other stays. READ COMMITTED and
  // snapshot isolation let both leave.
  constexpr std::int64_t rows = 60;
  for (std::int64_t row = 0; row < rows; ++row) {
    must([row](Transaction& tx) -> Outcome {
      tx.run("INSERT INTO cell (row, col, n) VALUES ($1, 0, 1), ($1, 1, 1)", {row});
      return Answer{};
    });
  }
  on_threads([&](int thread) {
    for (std::int64_t row = 0; row < rows; ++row) {
      (void)write([row, thread](Transaction& tx) -> Outcome {
        const auto on = tx.first("SELECT SUM(n) FROM cell WHERE row = $1", {row})->integer(0);
        if (on < 2) return Error{ErrorKind::conflict, "duty.last"};
        tx.run("UPDATE cell SET n = 0 WHERE row = $1 AND col = $2", {row, thread % 2});
        return Answer{};
      });
    }
  });
  EXPECT_EQ(number("SELECT COUNT(*) FROM cell WHERE n = 1"), rows);
  EXPECT_EQ(number("SELECT COUNT(*) FROM (SELECT row FROM cell GROUP BY row HAVING SUM(n) = 0) x"),
            0);
}

TEST_P(Concurrency, ReleaseAndPositiveResultNeverBothStand) {
  // One command releases who has no positive result, the other records a result for who is not
  // released: two tables' worth of rows, no common row written.
  constexpr std::int64_t people = 80;
  std::atomic<int> internal = 0;
  on_threads([&](int thread) {
    for (std::int64_t person = 0; person < people; ++person) {
      const std::int64_t mine = thread % 2;
      const Outcome outcome = write([=](Transaction& tx) -> Outcome {
        if (tx.first("SELECT 1 FROM cell WHERE row = $1 AND col = $2", {person, 1 - mine})) {
          return Error{ErrorKind::conflict, "test.other_was_first"};
        }
        tx.run(
            "INSERT INTO cell (row, col, n) VALUES ($1, $2, 1) ON CONFLICT (row, col) DO NOTHING",
            {person, mine});
        return Answer{};
      });
      if (!outcome.ok() && outcome.error().kind != ErrorKind::conflict) ++internal;
    }
  });
  EXPECT_EQ(number("SELECT COUNT(*) FROM cell"), people);
  EXPECT_EQ(internal, 0);
}

TEST_P(Concurrency, OneOfSixteenGetsTheUniqueName) {
  constexpr int names = 40;
  std::atomic<int> won = 0;
  std::atomic<int> told = 0;
  std::atomic<int> other = 0;
  on_threads([&](int thread) {
    for (int name = 0; name < names; ++name) {
      const Outcome outcome = write([=](Transaction& tx) -> Outcome {
        const std::string phone = std::to_string(name);
        if (tx.first("SELECT 1 FROM claim WHERE phone = $1", {phone})) {
          return Error{ErrorKind::conflict, "claim.taken"};
        }
        tx.run("INSERT INTO claim (id, phone) VALUES ($1, $2)", {name * 100 + thread, phone});
        return Answer{};
      });
      if (outcome.ok())
        ++won;
      else
        ++(outcome.error().code == "claim.taken" ? told : other);
    }
  });
  EXPECT_EQ(won, names);
  EXPECT_EQ(told, names * (threads_count - 1));
  EXPECT_EQ(other, 0);
}

TEST_P(Concurrency, AReadSeesOnePicture) {
  must([](Transaction& tx) -> Outcome {
    tx.run("INSERT INTO cell (row, col, n) VALUES (1, 0, 500), (1, 1, 500)");
    return Answer{};
  });
  std::atomic<bool> stop = false;
  std::atomic<int> torn = 0;
  std::jthread reader([&] {
    while (!stop) {
      (void)store_->read([&](Snapshot& snapshot) -> Outcome {
        const auto get = [&](int col) {
          return snapshot.first("SELECT n FROM cell WHERE row = 1 AND col = $1", {col})->integer(0);
        };
        if (get(0) + get(1) != 1000) ++torn;
        return Answer{};
      });
    }
  });
  on_threads([&](int thread) {
    for (int at = 0; at < 20; ++at) {
      (void)write([=](Transaction& tx) -> Outcome {
        tx.run("UPDATE cell SET n = n - 1 WHERE row = 1 AND col = $1", {thread % 2});
        tx.run("UPDATE cell SET n = n + 1 WHERE row = 1 AND col = $1", {1 - thread % 2});
        return Answer{};
      });
    }
  });
  stop = true;
  EXPECT_EQ(torn, 0);
}

/// Reads on from a cursor whenever it hears of news, as a stream of events does.
class Follower {
 public:
  explicit Follower(Store& store) : store_(store) {
    store.on_sealed([this](std::int64_t seq) {
      const std::lock_guard lock(mutex_);
      heard_ = std::max(heard_, seq);
      news_.notify_all();
    });
    thread_ = std::jthread([this](const std::stop_token& stop) { follow(stop); });
  }

  /// The entries in the order they were seen, once `count` of them were.
  std::vector<Sealed> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, std::chrono::seconds{20}, [&] { return seen_.size() >= count; });
    return seen_;
  }

 private:
  void follow(const std::stop_token& stop) {
    std::int64_t cursor = 0;
    while (!stop.stop_requested()) {
      {
        std::unique_lock lock(mutex_);
        news_.wait(lock, stop, [&] { return heard_ > cursor; });
      }
      const auto fresh = store_.journal(cursor, 50);
      const std::lock_guard lock(mutex_);
      for (const Sealed& sealed : fresh) {
        cursor = sealed.seq;
        seen_.push_back(sealed);
      }
      news_.notify_all();
    }
  }

  Store& store_;
  std::mutex mutex_;
  std::condition_variable_any news_;
  std::int64_t heard_ = 0;
  std::vector<Sealed> seen_;
  std::jthread thread_;
};

TEST_P(Concurrency, ACursorSeesEachEntryOnceInOrderWhoeverWritesAndRollsBack) {
  std::atomic<int> committed = 0;
  std::mutex mutex;
  std::set<std::int64_t> expected;
  Follower follower(*store_);
  on_threads([&](int thread) {
    SeededRng rng(std::uint64_t(thread) + 1);
    for (int at = 0; at < 40; ++at) {
      const std::int64_t subject = thread * 1000 + at;
      const auto fate = rng.below(4);
      const Outcome outcome = write([=](Transaction& tx) -> Outcome {
        tx.journal({.kind = "test.entry", .subject = subject, .data = "{\"part\":1}"});
        tx.run("INSERT INTO cell (row, col, n) VALUES ($1, $2, 0)", {thread, at});
        if (fate == 0) return Error{ErrorKind::conflict, "test.rolled_back"};
        if (fate == 1) throw std::runtime_error("test");
        tx.journal({.kind = "test.entry", .subject = subject, .data = "{\"part\":2}"});
        return Answer{};
      });
      if (!outcome.ok()) continue;
      ++committed;
      const std::lock_guard lock(mutex);
      expected.insert(subject);
    }
  });
  const auto seen = follower.wait_for(std::size_t(committed) * 2);
  ASSERT_EQ(seen.size(), std::size_t(committed) * 2);
  std::set<std::int64_t> subjects;
  for (std::size_t at = 0; at < seen.size(); ++at) {
    EXPECT_EQ(seen[at].seq, std::int64_t(at) + 1);
    subjects.insert(seen[at].entry.subject);
    if (at % 2 == 1) {  // The two of one command stand side by side in the order they were written.
      EXPECT_EQ(seen[at].entry.subject, seen[at - 1].entry.subject);
      EXPECT_EQ(seen[at].entry.data, "{\"part\":2}");
    }
  }
  EXPECT_EQ(subjects, expected);
  EXPECT_TRUE(verify_journal(*store_).problems.empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Concurrency,
                         ::testing::Values(Engine::sqlite, Engine::postgresql),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

}  // namespace
}  // namespace doorstep::store
