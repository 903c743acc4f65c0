#include "store/store.h"

#include <atomic>
#include <latch>
#include <stdexcept>

#include <gtest/gtest.h>

#include "store/testing.h"

namespace doorstep::store {
namespace {

constexpr std::string_view create_note =
    "CREATE TABLE note (community_id BIGINT NOT NULL, id BIGINT NOT NULL, body TEXT, "
    "PRIMARY KEY (community_id, id))";

class StoreBasics : public StoreTest {
 protected:
  void SetUp() override {
    run("DROP TABLE IF EXISTS note");
    run(create_note);
  }
  void TearDown() override { run("DROP TABLE note"); }

  void run(std::string_view sql, const Values& values = {}) {
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      tx.run(sql, values);
      return Answer{};
    });
    ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
  }

  std::int64_t count() {
    std::int64_t found = -1;
    (void)store().read([&](Snapshot& snapshot) -> Outcome {
      found = snapshot.first("SELECT COUNT(*) FROM note")->integer(0);
      return Answer{};
    });
    return found;
  }
};

TEST_P(StoreBasics, WhatWasWrittenIsRead) {
  const Outcome outcome = store().write_now([](Transaction& tx) -> Outcome {
    EXPECT_EQ(
        tx.run("INSERT INTO note (community_id, id, body) VALUES ($1, $2, $3)", {1, 2, "坪山街道"}),
        1);
    tx.journal({.community = 1, .actor = 7, .kind = "note.written", .subject = 2, .path = "/1/"});
    return Answer{"{}"};
  });
  ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
  (void)store().read([](Snapshot& snapshot) -> Outcome {
    const auto row = snapshot.first("SELECT body, id FROM note WHERE community_id = $1", {1});
    EXPECT_EQ(row->text(0), "坪山街道");
    EXPECT_EQ(row->integer(1), 2);
    EXPECT_FALSE(snapshot.first("SELECT 1 FROM note WHERE id = $1", {3}));
    return Answer{};
  });
  const auto entries = store().journal(0, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].seq, 1);
  EXPECT_EQ(entries[0].entry.kind, "note.written");
  EXPECT_EQ(entries[0].entry.path, "/1/");
  EXPECT_EQ(store().last_seq(), 1);
}

TEST_P(StoreBasics, AnErrorTakesBackWhatItsWorkDid) {
  const Outcome outcome = store().write_now([](Transaction& tx) -> Outcome {
    tx.run("INSERT INTO note (community_id, id, body) VALUES (1, 1, 'x')");
    tx.journal({.kind = "note.written"});
    return Error{ErrorKind::conflict, "note.conflict"};
  });
  EXPECT_EQ(outcome.error().code, "note.conflict");
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(store().last_seq(), 0);
}

TEST_P(StoreBasics, AnExceptionTakesBackWhatItsWorkDidAndIsUnavailable) {
  const Outcome outcome = store().write_now([](Transaction& tx) -> Outcome {
    tx.run("INSERT INTO note (community_id, id, body) VALUES (1, 1, 'x')");
    throw std::runtime_error("bug");
  });
  EXPECT_EQ(outcome.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(outcome.error().code, "internal");
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreBasics, ABrokenConstraintCannotBeSwallowed) {
  run("INSERT INTO note (community_id, id, body) VALUES (1, 1, 'x')");
  const Outcome outcome = store().write_now([](Transaction& tx) -> Outcome {
    tx.run("INSERT INTO note (community_id, id, body) VALUES (1, 2, 'y')");
    try {
      tx.run("INSERT INTO note (community_id, id, body) VALUES (1, 1, 'z')");
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), "store.constraint");
    }
    return Answer{};
  });
  EXPECT_EQ(outcome.error().code, "store.constraint");
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreBasics, RelationsAreJoinedUnderTheirNames) {
  run("INSERT INTO note (community_id, id, body) VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 3, 'c')");
  (void)store().read([](Snapshot& snapshot) -> Outcome {
    snapshot.relations({{"mine",
                         "SELECT id FROM note WHERE community_id = $1 AND body <> $2",
                         {std::int64_t{1}, "b"}}});
    const Rows rows = snapshot.query(
        "SELECT n.id, '{mine}' FROM note n JOIN {mine} m ON m.id = n.id "
        "WHERE n.id < $1 AND n.id IN (SELECT id FROM {mine} k)",
        {100});
    EXPECT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.at(0).integer(0), 1);
    EXPECT_EQ(rows.at(0).text(1), "{mine}");
    EXPECT_THROW(snapshot.query("SELECT 1 FROM {theirs} t"), std::logic_error);
    return Answer{};
  });
}

TEST_P(StoreBasics, EachStreamsAndStops) {
  for (int batch = 0; batch < 3; ++batch) {
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      for (int at = 0; at < 1000; ++at) {
        tx.run("INSERT INTO note (community_id, id, body) VALUES ($1, $2, NULL)", {batch, at});
      }
      return Answer{};
    });
    ASSERT_TRUE(outcome.ok());
  }
  (void)store().read([](Snapshot& snapshot) -> Outcome {
    int seen = 0;
    snapshot.each("SELECT id FROM note WHERE community_id >= $1", {0}, [&](const Row&) {
      // A statement inside the visit, with the same text or another, disturbs nothing.
      if (seen % 500 == 0) EXPECT_EQ(snapshot.query("SELECT id FROM note WHERE id = 5").size(), 3U);
      ++seen;
      return true;
    });
    EXPECT_EQ(seen, 3000);
    seen = 0;
    snapshot.each("SELECT id FROM note", {}, [&](const Row&) { return ++seen < 7; });
    EXPECT_EQ(seen, 7);
    return Answer{};
  });
}

TEST_P(StoreBasics, TextThatIsNotTextIsRefused) {
  for (const std::string& bad : {std::string("a\0b", 3), std::string("\xC3\x28")}) {
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      tx.run("INSERT INTO note (community_id, id, body) VALUES (1, 1, $1)", {bad});
      return Answer{};
    });
    EXPECT_EQ(outcome.error().code, "store.text");
  }
}

TEST_P(StoreBasics, BlobsAreKeptUnderTheirHash) {
  const std::string bytes("\0\xFF picture", 10);
  const std::string hash = store().put_blob(bytes);
  EXPECT_EQ(store().put_blob(bytes), hash);
  EXPECT_EQ(store().blob(hash), bytes);
  EXPECT_EQ(store().blob(std::string(64, 'a')), std::nullopt);
  EXPECT_EQ(store().blob("../../keys/pepper"), std::nullopt);
  store().remove_blob(hash);
  EXPECT_EQ(store().blob(hash), std::nullopt);
}

DOORSTEP_ON_BOTH_ENGINES(StoreBasics);

/// The store as the server runs it: threads, groups, sealer.
class ThreadedStore : public StoreBasics {
 protected:
  ThreadedStore() { options().inline_writes = false; }
};

TEST_P(ThreadedStore, EveryRequestIsAnsweredOnceAndGroupsKeepMembersApart) {
  constexpr int requests = 500;
  std::latch answered(requests);
  std::atomic<int> kept = 0;
  for (int at = 0; at < requests; ++at) {
    store().write(
        [at](Transaction& tx) -> Outcome {
          tx.run("INSERT INTO note (community_id, id, body) VALUES (1, $1, 'x')", {at / 2});
          tx.journal({.kind = "note.written", .subject = at});
          if (at % 7 == 0) return Error{ErrorKind::invalid, "seven"};
          return Answer{};
        },
        [&](const Outcome& outcome) {
          if (outcome.ok()) ++kept;
          answered.count_down();
        });
  }
  answered.wait();
  // Of each pair at least one is no multiple of seven, so exactly one of each is kept.
  EXPECT_EQ(kept, requests / 2);
  EXPECT_EQ(count(), requests / 2);
  (void)store().sign_head();
  EXPECT_EQ(store().last_seq(), requests / 2);
}

DOORSTEP_ON_BOTH_ENGINES(ThreadedStore);

}  // namespace
}  // namespace doorstep::store
