#include "store/idempotency.h"

#include <atomic>
#include <chrono>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "store/testing.h"

namespace doorstep::store {
namespace {

using std::chrono::days;

const Instant now = *instant_from_text("2022-11-28T01:12:00Z");

class Idempotency : public StoreTest {
 protected:
  /// One request as a server would carry it out; `times` counts how often it really was.
  Outcome request(std::int64_t actor, const std::string& key, const std::string& hash,
                  Instant at = now) {
    return store().write_now([&](Transaction& tx) -> Outcome {
      if (const auto before = TRY(recall(tx, actor, key, hash))) return *before;
      tx.journal({.actor = actor, .kind = "test.carried_out"});
      const Answer answer{"{\"n\":" + hash + "}", "application/json", "a.json"};
      remember(tx, actor, key, hash, answer, at);
      return answer;
    });
  }
};

TEST_P(Idempotency, ARepeatIsAnsweredAgainAndNotCarriedOutAgain) {
  const Outcome first = request(1, "k", "1");
  const Outcome second = request(1, "k", "1");
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->body, second->body);
  EXPECT_EQ(second->media_type, "application/json");
  EXPECT_EQ(second->file_name, "a.json");
  EXPECT_EQ(store().journal(0, 10).size(), 1U);
}

TEST_P(Idempotency, TheRowsAloneGiveNoAnswerAway) {
  const std::string key = "01936f00-0000-7000-8000-000000000001";
  ASSERT_TRUE(request(1, key, "\"planted\"").ok());
  std::string rows;
  (void)store().read([&](Snapshot& db) -> Outcome {
    for (const Row& row : db.query("SELECT key, body FROM idempotency")) {
      rows += row.text(0) + row.bytes(1);
    }
    return Answer{};
  });
  EXPECT_GT(rows.size(), key.size());
  EXPECT_EQ(rows.find("planted"), std::string::npos);
  EXPECT_EQ(rows.find(key), std::string::npos);  // With it the answer could be opened.
  const Outcome again = request(1, key, "\"planted\"");
  EXPECT_EQ(again->body, R"({"n":"planted"})");
}

TEST_P(Idempotency, TheSameKeyOfAnotherActorIsAnotherRequest) {
  ASSERT_TRUE(request(1, "k", "1").ok());
  ASSERT_TRUE(request(2, "k", "2").ok());
  EXPECT_EQ(store().journal(0, 10).size(), 2U);
}

TEST_P(Idempotency, TheSameKeyWithAnotherRequestIsAConflict) {
  ASSERT_TRUE(request(1, "k", "1").ok());
  EXPECT_EQ(request(1, "k", "2").error(), (Error{ErrorKind::conflict, "idempotency.reused"}));
}

TEST_P(Idempotency, AnswersAreForgottenAfterFourteenDaysAFewAtATime) {
  for (int at = 0; at < 5; ++at) {
    ASSERT_TRUE(request(1, std::to_string(at), "1", now + days(at)).ok());
  }
  std::vector<std::int64_t> forgotten;
  for (int round = 0; round < 3; ++round) {
    (void)store().write_now([&](Transaction& tx) -> Outcome {
      forgotten.push_back(forget_old_answers(tx, now + days(17), 2));
      return Answer{};
    });
  }
  // On day 17 those of days 0, 1 and 2 are older than 14 days.
  EXPECT_EQ(forgotten, (std::vector<std::int64_t>{2, 1, 0}));
}

DOORSTEP_ON_BOTH_ENGINES(Idempotency);

class ThreadedIdempotency : public Idempotency {
 protected:
  ThreadedIdempotency() { options().inline_writes = false; }
};

TEST_P(ThreadedIdempotency, SixteenAtOnceCarryItOutOnce) {
  (void)store();
  std::atomic<int> answered = 0;
  {
    std::vector<std::jthread> threads;
    for (int at = 0; at < 16; ++at) {
      threads.emplace_back([&] {
        const Outcome outcome = request(1, "k", "1");
        if (outcome.ok() && outcome->body == "{\"n\":1}") ++answered;
      });
    }
  }
  EXPECT_EQ(answered, 16);
  (void)store().sign_head();
  EXPECT_EQ(store().journal(0, 100).size(), 1U);
}

DOORSTEP_ON_BOTH_ENGINES(ThreadedIdempotency);

}  // namespace
}  // namespace doorstep::store
