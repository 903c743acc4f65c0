/// \file What PostgreSQL alone can do to a server: cut its connections, share the database with
/// another server process.

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "store/jobs.h"
#include "store/postgres_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

class Postgres : public ::testing::Test {
 protected:
  static Outcome note(Store& store, std::int64_t subject) {
    return store.write_now([subject](Transaction& tx) -> Outcome {
      tx.journal({.kind = "test.noted", .subject = subject});
      return Answer{};
    });
  }

  /// Ends every other session on the database, as a fail-over does.
  void cut_connections() {
    PostgresConnection administration(place_.options().database);
    administration.connect();
    (void)administration.query_once(
        "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  /// Sessions kept from other tests would be cut as well, and be found dead later.
  struct Fresh {
    Fresh() { PostgresConnection::keep_sessions(false); }
    ~Fresh() { PostgresConnection::keep_sessions(true); }
    Fresh(const Fresh&) = delete;
    Fresh& operator=(const Fresh&) = delete;
  };

  TestPlace place_{Engine::postgresql};
  Fresh fresh_;
};

TEST_F(Postgres, ALostConnectionIsMadeAgain) {
  const auto store = Store::open(place_.options());
  ASSERT_TRUE(note(*store, 1).ok());
  for (std::int64_t round = 2; round < 6; ++round) {
    cut_connections();
    EXPECT_TRUE(note(*store, round).ok());
    cut_connections();
    EXPECT_TRUE(store
                    ->read([](Snapshot& snapshot) -> Outcome {
                      EXPECT_EQ(
                          snapshot.query("SELECT COUNT(*) FROM installation").at(0).integer(0), 1);
                      return Answer{};
                    })
                    .ok());
  }
  EXPECT_EQ(store->sign_head().seq, 5);
  EXPECT_TRUE(verify_journal(*store).problems.empty());
}

TEST_F(Postgres, ConnectionsCutUnderLoadLoseAndDoubleNothing) {
  const auto store = Store::open(place_.options());
  std::atomic<bool> stop = false;
  std::jthread cutter([&] {
    while (!stop) {
      std::this_thread::sleep_for(std::chrono::milliseconds{15});
      cut_connections();
    }
  });
  std::mutex mutex;
  std::set<std::int64_t> answered;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&, thread] {
        for (int at = 0; at < 60; ++at) {
          const std::int64_t subject = thread * 1000 + at;
          if (!note(*store, subject).ok()) continue;
          const std::lock_guard lock(mutex);
          answered.insert(subject);
        }
      });
    }
  }
  stop = true;
  cutter.join();
  (void)store->sign_head();
  std::multiset<std::int64_t> kept;
  for (const Sealed& sealed : store->journal(0, 10000)) kept.insert(sealed.entry.subject);
  for (const std::int64_t subject : answered) EXPECT_EQ(kept.count(subject), 1U) << subject;
  for (const std::int64_t subject : kept) EXPECT_EQ(kept.count(subject), 1U) << subject;
  EXPECT_GT(answered.size(), 100U);
  EXPECT_TRUE(verify_journal(*store).problems.empty());
}

TEST_F(Postgres, TwoServersOnOneDatabaseSealOnceAndHearOfEachOther) {
  const auto first = Store::open(place_.options());
  Options beside = place_.options();
  beside.data_directory = place_.second_directory();
  const auto second = Store::open(beside);
  std::atomic<std::int64_t> heard = 0;
  second->on_sealed([&heard](std::int64_t seq) { heard = seq; });
  ASSERT_TRUE(note(*first, 1).ok());
  const auto start = std::chrono::steady_clock::now();
  while (heard < 1 && std::chrono::steady_clock::now() - start < std::chrono::seconds{5}) {
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  EXPECT_EQ(heard, 1);
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&, thread] {
        for (int at = 0; at < 50; ++at) {
          if (!note(thread % 2 == 0 ? *first : *second, thread * 1000 + at).ok()) ++refused;
        }
      });
    }
  }
  EXPECT_EQ(refused, 0);
  (void)first->sign_head();
  const auto entries = second->journal(0, 10000);
  ASSERT_EQ(entries.size(), 401U);
  for (std::size_t at = 0; at < entries.size(); ++at) {
    EXPECT_EQ(entries[at].seq, std::int64_t(at) + 1);
  }
  EXPECT_TRUE(verify_journal(*second).problems.empty());
}

TEST_F(Postgres, WhatADeadServerDidNotSealIsSealedByTheNext) {
  (void)Store::open(place_.options());
  {
    PostgresConnection dying(place_.options().database);
    dying.connect();
    dying.run(
        "INSERT INTO journal (id, at, community_id, actor, kind, subject, path, data) "
        "VALUES (5, 6, 7, 8, 'test.noted', 9, '/', '{}')");
  }
  const auto store = Store::open(place_.options());
  const auto start = std::chrono::steady_clock::now();
  while (store->last_seq() < 1 &&
         std::chrono::steady_clock::now() - start < std::chrono::seconds{5}) {
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  EXPECT_EQ(store->journal(0, 10).size(), 1U);
}

/// Needs a disk of its own, which with_postgres.sh makes where it may mount one.
TEST_F(Postgres, AFullDiskIsAnsweredTrulyAndPasses) {
  PostgresConnection administration(place_.options().database);
  administration.connect();
  if (administration.query_once("SELECT 1 FROM pg_tablespace WHERE spcname = 'small'").empty()) {
    GTEST_SKIP() << "no tablespace \"small\": it takes root to mount one";
  }
  administration.run_script(
      "CREATE TABLE filler TABLESPACE small AS"
      "  SELECT repeat('f', 1800) AS body FROM generate_series(1, 3500);"
      "CREATE TABLE saved (id BIGINT NOT NULL, body TEXT NOT NULL) TABLESPACE small");
  const auto store = Store::open(place_.options());
  const auto save = [&store](std::int64_t id) {
    return store->write_now([id](Transaction& tx) -> Outcome {
      tx.run("INSERT INTO saved (id, body) VALUES ($1, $2)", {id, std::string(1800, 's')});
      tx.journal({.kind = "test.saved", .subject = id});
      return Answer{};
    });
  };
  std::mutex mutex;
  std::set<std::int64_t> answered;
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (std::int64_t thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::int64_t at = 0; at < 400; ++at) {
          const Outcome outcome = save(thread * 1000 + at);
          if (!outcome.ok()) {
            EXPECT_EQ(outcome.error().code, "store.full");
            EXPECT_EQ(outcome.error().kind, ErrorKind::unavailable);
            ++refused;
            continue;
          }
          const std::lock_guard lock(mutex);
          answered.insert(thread * 1000 + at);
        }
      });
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(answered.size(), 500U);
  administration.run_script("DROP TABLE filler");
  EXPECT_TRUE(save(99'000).ok());  // Room again, and nothing had to be started anew.
  answered.insert(99'000);
  std::set<std::int64_t> present;
  for (const Row& row : administration.query("SELECT id FROM saved"))
    present.insert(row.integer(0));
  EXPECT_EQ(present, answered);
  (void)store->sign_head();
  EXPECT_EQ(store->last_seq(), std::int64_t(answered.size()));
  EXPECT_TRUE(verify_journal(*store).problems.empty());
  administration.run_script("DROP TABLE saved");
}

/// Its own collecting of statistics comes up to a minute late, and until then it reads a whole
/// community for each of its doors.
TEST_F(Postgres, ThePlannerKnowsOfATableThatWasFilledJustNow) {
  const auto store = Store::open(place_.options());
  std::int64_t next = 0;
  const auto known_after = [&](std::int64_t more) {
    const Outcome filled = store->write_now([&](Transaction& tx) -> Outcome {
      for (const std::int64_t end = next + more; next < end; ++next) {
        tx.run("INSERT INTO sign_in_failure (login_hash, at, id) VALUES ($1, $2, $3)",
               {Bytes{"login"}, next, next});
      }
      return Answer{};
    });
    EXPECT_TRUE(filled.ok());
    EXPECT_TRUE(note(*store, next).ok());  // The writer's next round: it looked before.
    return store
        ->read([](Snapshot& snapshot) -> Outcome {
          const auto row = snapshot.first(
              "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = 'sign_in_failure'");
          return Answer{std::to_string(row->integer(0))};
        })
        ->body;
  };
  EXPECT_EQ(known_after(1'000), "1000");
  EXPECT_EQ(known_after(240), "1000");  // Less than a fourth.
  EXPECT_EQ(known_after(20), "1260");   // With those before, more.
}

TEST_F(Postgres, ManyWritersInEachOthersWayAllGetThrough) {
  place_.options().writers = 8;
  const auto store = Store::open(place_.options());
  ASSERT_TRUE(store
                  ->write_now([](Transaction& tx) -> Outcome {
                    tx.run("CREATE TABLE counter (id BIGINT NOT NULL PRIMARY KEY, n BIGINT)");
                    tx.run("INSERT INTO counter (id, n) VALUES (1, 0), (2, 0)");
                    return Answer{};
                  })
                  .ok());
  std::atomic<std::int64_t> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        for (int at = 0; at < 6; ++at) {
          const Outcome outcome = store->write_now([thread](Transaction& tx) -> Outcome {
            const auto sum = tx.first("SELECT SUM(n) FROM counter")->integer(0);
            tx.run("UPDATE counter SET n = n + 1 WHERE id = $1", {1 + thread % 2});
            return Answer{std::to_string(sum)};
          });
          if (outcome.ok()) ++done;
        }
      });
    }
  }
  const Outcome sum = store->write_now([](Transaction& tx) -> Outcome {
    const auto n = tx.first("SELECT SUM(n) FROM counter")->integer(0);
    tx.run("DROP TABLE counter");
    return Answer{std::to_string(n)};
  });
  EXPECT_EQ(sum->body, std::to_string(done));
  EXPECT_GT(done, 48);  // Under such a crowd some may be told to come again.
}

}  // namespace
}  // namespace doorstep::store
