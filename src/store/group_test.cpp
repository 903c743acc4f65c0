/// \file What members of one commit owe each other: nothing. SQLite alone where it says so.

#include <algorithm>
#include <atomic>
#include <latch>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "store/testing.h"

namespace doorstep::store {
namespace {

/// Holds the writer inside a member until everybody else is queued, so that they share its commit.
class Gate {
 public:
  void hold() { open_.wait(false); }
  void release() {
    open_ = true;
    open_.notify_all();
  }

 private:
  std::atomic<bool> open_ = false;
};

class Groups : public ::testing::TestWithParam<Engine> {
 protected:
  void open(Seams seams = {}) {
    Options options;
    options.writers = 1;
    store_ = open_test_store(GetParam(), options, std::move(seams));
    const Outcome outcome = store_->write_now([](Transaction& tx) -> Outcome {
      tx.run("DROP TABLE IF EXISTS thing");
      tx.run("CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL)");
      return Answer{};
    });
    ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
  }
  void TearDown() override {
    if (!store_) return;
    (void)store_->write_now([](Transaction& tx) -> Outcome {
      tx.run("DROP TABLE thing");
      return Answer{};
    });
  }

  using Work = std::function<Outcome(Transaction&)>;

  /// Runs the works as one group and returns their outcomes in order.
  std::vector<Outcome> together(const std::vector<Work>& works) {
    Gate gate;
    std::vector<Outcome> outcomes(works.size(), Answer{});
    std::latch answered(std::ptrdiff_t(works.size()) + 1);
    store_->write(
        [&gate](Transaction&) -> Outcome {
          gate.hold();
          return Answer{};
        },
        [&](const Outcome&) { answered.count_down(); });
    for (std::size_t at = 0; at < works.size(); ++at) {
      store_->write(works[at], [&outcomes, &answered, at](Outcome outcome) {
        outcomes[at] = std::move(outcome);
        answered.count_down();
      });
    }
    gate.release();
    answered.wait();
    return outcomes;
  }

  static Work insert(std::int64_t id, std::string body = "x") {
    return [id, body](Transaction& tx) -> Outcome {
      tx.run("INSERT INTO thing (id, body) VALUES ($1, $2)", {id, body});
      tx.journal({.kind = "thing.made", .subject = id});
      return Answer{};
    };
  }

  std::set<std::int64_t> things() {
    std::set<std::int64_t> ids;
    (void)store_->read([&](Snapshot& snapshot) -> Outcome {
      for (const Row& row : snapshot.query("SELECT id FROM thing")) ids.insert(row.integer(0));
      return Answer{};
    });
    return ids;
  }

  /// Subjects of the journal in order; each is there once.
  std::vector<std::int64_t> journaled() {
    (void)store_->sign_head();
    std::vector<std::int64_t> subjects;
    for (const Sealed& sealed : store_->journal(0, 10000)) subjects.push_back(sealed.entry.subject);
    EXPECT_TRUE(verify_journal(*store_).problems.empty());
    return subjects;
  }

  std::unique_ptr<Store> store_;
};

TEST_P(Groups, AnErrorInOneMemberTouchesNobodyElse) {
  open();
  const auto outcomes = together({insert(1),
                                  [](Transaction& tx) -> Outcome {
                                    (void)insert(2)(tx);
                                    return Error{ErrorKind::conflict, "test.no"};
                                  },
                                  insert(3)});
  EXPECT_TRUE(outcomes[0].ok() && outcomes[2].ok());
  EXPECT_EQ(outcomes[1].error().code, "test.no");
  EXPECT_EQ(things(), (std::set<std::int64_t>{1, 3}));
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1, 3}));
}

TEST_P(Groups, WhatAMemberPostsFailsInThatMemberAlone) {
  open();
  const Work last = [](Transaction& tx) -> Outcome {
    tx.post("INSERT INTO thing (id, body) VALUES ($1, $2)", {4, "first"});
    tx.post("UPDATE thing SET body = $2 WHERE id = $1", {4, "second"});
    EXPECT_EQ(tx.query("SELECT body FROM thing WHERE id = 4").at(0).text(0), "second");
    tx.post("INSERT INTO thing (id, body) VALUES ($1, $2)", {1, "again"});
    tx.journal({.kind = "thing.made", .subject = 4});
    return Answer{};
  };
  const auto outcomes = together({insert(1), last, insert(3)});
  EXPECT_TRUE(outcomes[0].ok() && outcomes[2].ok());
  ASSERT_FALSE(outcomes[1].ok());
  EXPECT_EQ(outcomes[1].error().code, "store.constraint");
  EXPECT_EQ(things(), (std::set<std::int64_t>{1, 3}));
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1, 3}));
}

TEST_P(Groups, ABrokenConstraintInOneMemberTouchesNobodyElse) {
  open();
  const auto outcomes = together({insert(1), insert(1), insert(3)});
  EXPECT_TRUE(outcomes[0].ok() && outcomes[2].ok());
  EXPECT_EQ(outcomes[1].error().kind, ErrorKind::unavailable);
  EXPECT_EQ(outcomes[1].error().code, "store.constraint");
  EXPECT_EQ(things(), (std::set<std::int64_t>{1, 3}));
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1, 3}));
}

/// Ids begin at random in each millisecond: of a million pairs some draw the same one.
TEST_P(Groups, AMemberThatDrewAnIdOfAnotherDrawsAgain) {
  open();
  int drawn = 0;
  const auto draw = [&drawn](Transaction& tx) -> Outcome {
    // 7 like its neighbour, then 8.
    const std::int64_t id = 7 + (drawn++ > 0 ? 1 : 0);
    tx.run("INSERT INTO thing (id, body) VALUES ($1, 'drawn')", {id});
    tx.journal({.kind = "thing.made", .subject = id});
    return Answer{};
  };
  const auto outcomes = together({insert(7), draw, insert(9)});
  for (const Outcome& outcome : outcomes) EXPECT_TRUE(outcome.ok());
  EXPECT_EQ(drawn, 2);
  EXPECT_EQ(things(), (std::set<std::int64_t>{7, 8, 9}));
  std::vector<std::int64_t> entries = journaled();
  std::ranges::sort(entries);  // On PostgreSQL it goes again after the others.
  EXPECT_EQ(entries, (std::vector<std::int64_t>{7, 8, 9}));
}

/// A start at a time that was there before, and chance that says the same again: the worst of a clock set back.
TEST_P(Groups, AnEntryThatDrewTheIdOfAnEarlierStartDrawsAgain) {
  constexpr int each = 50;
  const ManualClock clock{Instant{std::chrono::milliseconds{1'700'000'000'000}}};
  TestPlace place(GetParam());
  Options& options = place.options();
  options.inline_writes = true;
  options.clock = &clock;
  for (std::int64_t start = 1; start <= 3; ++start) {
    SeededRng rng(7);
    options.rng = &rng;
    store_ = Store::open(options);
    const Outcome outcome = store_->write_now([&](Transaction& tx) -> Outcome {
      // More than would be tried one after the other.
      for (int entry = 0; entry < each; ++entry) {
        tx.journal({.kind = "thing.made", .subject = start});
      }
      return Answer{};
    });
    EXPECT_TRUE(outcome.ok()) << outcome.error().hint;
    EXPECT_EQ(journaled().size(), static_cast<std::size_t>(start * each));
    store_.reset();
  }
}

TEST_P(Groups, AnExceptionAndAWrongStatementTouchNobodyElse) {
  open();
  const auto outcomes = together({insert(1),
                                  [](Transaction& tx) -> Outcome {
                                    (void)insert(2)(tx);
                                    throw std::out_of_range("bug");
                                  },
                                  [](Transaction& tx) -> Outcome {
                                    (void)insert(3)(tx);
                                    tx.run("UPDATE no_such_table SET a = 1");
                                    return Answer{};
                                  },
                                  insert(4)});
  EXPECT_TRUE(outcomes[0].ok() && outcomes[3].ok());
  EXPECT_EQ(outcomes[1].error().code, "internal");
  EXPECT_EQ(outcomes[2].error().code, "store.broken");
  EXPECT_EQ(things(), (std::set<std::int64_t>{1, 4}));
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1, 4}));
}

TEST_P(Groups, AMemberSeesWhatThoseBeforeItDid) {
  open();
  const auto outcomes = together({insert(1), [](Transaction& tx) -> Outcome {
                                    const auto row = tx.first("SELECT COUNT(*) FROM thing");
                                    return Answer{std::to_string(row->integer(0))};
                                  }});
  EXPECT_EQ(outcomes[1]->body, "1");
}

TEST_P(Groups, WhoIsRefusedBeforeAChangeCostsTheOthersNothing) {
  open();
  std::atomic<int> runs = 0;
  const Work counted = [&runs](Transaction& tx) -> Outcome {
    ++runs;
    return insert(1)(tx);
  };
  const auto outcomes = together({counted, [](Transaction& tx) -> Outcome {
                                    if (tx.query("SELECT 1 FROM thing WHERE id = 9").empty()) {
                                      return Error{ErrorKind::not_found, "test.none"};
                                    }
                                    return Answer{};
                                  }});
  EXPECT_TRUE(outcomes[0].ok());
  EXPECT_EQ(outcomes[1].error().code, "test.none");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1}));
}

/// Transaction::ahead() changes no answer, whether what was asked is fetched, changed or left.
TEST_P(Groups, WhatIsAskedAheadIsAnsweredAsIfItWasNot) {
  open();
  constexpr std::string_view body_of = "SELECT body FROM thing WHERE id = $1";
  const Work fetched = [&](Transaction& tx) -> Outcome {
    tx.ahead(body_of, {1});
    tx.ahead(body_of, {2});
    EXPECT_FALSE(tx.first(body_of, {2}));
    EXPECT_EQ(tx.first(body_of, {1})->text(0), "x");
    return Answer{};
  };
  const Work changed = [&](Transaction& tx) -> Outcome {
    tx.ahead(body_of, {1});
    tx.post("UPDATE thing SET body = 'y' WHERE id = 1");
    EXPECT_EQ(tx.first(body_of, {1})->text(0), "y");
    tx.ahead(body_of, {1});
    EXPECT_EQ(tx.run("UPDATE thing SET body = 'z' WHERE id = 1"), 1);
    EXPECT_EQ(tx.first(body_of, {1})->text(0), "z");
    tx.journal({.kind = "thing.changed", .subject = 1});
    return Answer{};
  };
  const Work left = [&](Transaction& tx) -> Outcome {
    tx.ahead(body_of, {1});
    return Error{ErrorKind::conflict, "test.left"};
  };
  const Work wrong = [&](Transaction& tx) -> Outcome {
    tx.ahead("SELECT no_such_column FROM thing");
    (void)tx.query("SELECT no_such_column FROM thing");
    return Answer{};
  };
  const auto outcomes = together({insert(1), fetched, changed, left, wrong, insert(3)});
  EXPECT_TRUE(outcomes[1].ok() && outcomes[2].ok() && outcomes[5].ok());
  EXPECT_EQ(outcomes[3].error().code, "test.left");
  EXPECT_EQ(outcomes[4].error().code, "store.broken");
  EXPECT_EQ(things(), (std::set<std::int64_t>{1, 3}));
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1, 1, 3}));
}

TEST_P(Groups, NobodyIsAnsweredBeforeTheCommit) {
  open();
  std::atomic<int> wrong = 0;
  std::latch answered(300);
  for (std::int64_t id = 1; id <= 300; ++id) {
    store_->write(insert(id), [&, id](const Outcome& outcome) {
      // Another connection sees the row by now.
      const Outcome seen = store_->read([id](Snapshot& snapshot) -> Outcome {
        if (snapshot.first("SELECT 1 FROM thing WHERE id = $1", {id})) return Answer{};
        return Error{ErrorKind::not_found, "x"};
      });
      if (!outcome.ok() || !seen.ok()) ++wrong;
      answered.count_down();
    });
  }
  answered.wait();
  EXPECT_EQ(wrong, 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, Groups, ::testing::Values(Engine::sqlite, Engine::postgresql),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

/// What SQLite alone does: a full disk takes the whole group's transaction away.
class SqliteGroups : public Groups {
 protected:
  static Seams small_disk() {
    Seams seams;
    seams.page_limit = 600;
    return seams;
  }
};

TEST_P(SqliteGroups, AFullDiskInOneMemberTouchesNobodyElse) {
  open(small_disk());
  const std::string huge(4'000'000, 'h');
  const auto outcomes = together({insert(1), insert(2, huge), insert(3), insert(4)});
  EXPECT_TRUE(outcomes[0].ok()) << outcomes[0].error().hint;
  EXPECT_EQ(outcomes[1].error().kind, ErrorKind::unavailable);
  EXPECT_EQ(outcomes[1].error().code, "store.full");
  EXPECT_TRUE(outcomes[2].ok() && outcomes[3].ok());
  EXPECT_EQ(things(), (std::set<std::int64_t>{1, 3, 4}));
  EXPECT_EQ(journaled(), (std::vector<std::int64_t>{1, 3, 4}));
}

TEST_P(SqliteGroups, ADiskThatFillsUpAnswersEachMemberTruly) {
  open(small_disk());
  std::set<std::int64_t> kept;
  std::int64_t id = 0;
  bool full = false;
  for (int group = 0; group < 60 && !full; ++group) {
    std::vector<Work> works;
    for (int at = 0; at < 8; ++at) works.push_back(insert(id + at, std::string(3000, 'b')));
    const auto outcomes = together(works);
    for (const Outcome& outcome : outcomes) {
      if (outcome.ok())
        kept.insert(id);
      else
        EXPECT_EQ(outcome.error().code, "store.full");
      full = full || !outcome.ok();
      ++id;
    }
  }
  ASSERT_TRUE(full);
  EXPECT_EQ(things(), kept);
  const auto subjects = journaled();
  EXPECT_EQ(std::set<std::int64_t>(subjects.begin(), subjects.end()), kept);
  // Room again: the store goes on without being opened again.
  const Outcome outcome = store_->write_now([](Transaction& tx) -> Outcome {
    tx.run("DELETE FROM thing WHERE id < 20");
    return Answer{};
  });
  EXPECT_TRUE(outcome.ok());
  EXPECT_TRUE(store_->write_now(insert(100000)).ok());
}

TEST_P(SqliteGroups, OneLargeGroupAtTheLimitIsAnsweredTruly) {
  open(small_disk());
  std::vector<Work> works;
  for (int at = 0; at < 600; ++at) works.push_back(insert(at, std::string(3500, 'b')));
  const auto outcomes = together(works);
  std::set<std::int64_t> kept;
  for (std::size_t at = 0; at < outcomes.size(); ++at) {
    if (outcomes[at].ok()) kept.insert(std::int64_t(at));
  }
  EXPECT_GT(kept.size(), 50U);
  EXPECT_LT(kept.size(), 600U);
  EXPECT_EQ(things(), kept);
}

INSTANTIATE_TEST_SUITE_P(Engines, SqliteGroups, ::testing::Values(Engine::sqlite),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

}  // namespace
}  // namespace doorstep::store
