#include "store/journal.h"

#include <chrono>

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/files.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

TEST(Chain, AnEntryIsHashedAsTheDocumentSays) {
  // docs/journal.md holds the same example; another program checks itself against it.
  Sealed sealed{7, 1234567, Instant{std::chrono::milliseconds{1669597920000}}, {}, {}};
  sealed.entry = {.community = 5,
                  .actor = 6,
                  .kind = "check_in.recorded",
                  .subject = 8,
                  .path = "/5/",
                  .data = R"({"feeling":"fine"})"};
  const std::string previous(32, '\x11');
  EXPECT_EQ(to_hex(entry_hash(previous, sealed)),
            "4ad42dfb22ba54b4d55618205b285cf072bee0768c7d2b09b71b65ef5a6f61ca");
  EXPECT_EQ(to_hex(genesis_hash(42)),
            "de54bb63947345dafffc50c851414518f3b68112b4ba7e67c1af3a7483a1d98c");
}

TEST(Chain, EveryFieldAndEveryBorderCounts) {
  const Sealed sealed{1, 2, Instant{std::chrono::milliseconds{3}}, {4, 5, "ab", 6, "c", "{}"}, {}};
  const std::string hash = entry_hash("p", sealed);
  std::vector<Sealed> others(9, sealed);
  others[0].seq = 9;
  others[1].id = 9;
  others[2].at += std::chrono::milliseconds{1};
  others[3].entry.community = 9;
  others[4].entry.actor = 9;
  others[5].entry.kind = "a";  // Together with the next field still "abc".
  others[5].entry.path = "bc";
  others[6].entry.subject = 9;
  others[7].entry.data = "{ }";
  others[8].entry.path = "";
  for (const Sealed& other : others) EXPECT_NE(entry_hash("p", other), hash);
  EXPECT_NE(entry_hash("q", sealed), hash);
}

TEST(Chain, AHeadIsAsItsLineSays) {
  const Head head{12, std::string(32, 'h'), Instant{std::chrono::milliseconds{99}},
                  std::string(64, 's')};
  const std::string line = head_line(head);
  const auto again = head_from_line(line.substr(0, line.size() - 1));
  ASSERT_TRUE(again);
  EXPECT_EQ(head_line(*again), line);
  for (const char* bad : {"", "1 2 3", "1 zz 3 aa", "x aa 3 aa", "1 aa 3 aa 5"}) {
    EXPECT_FALSE(head_from_line(bad)) << bad;
  }
}

class Journal : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    place_.options().inline_writes = true;
    store_ = Store::open(place_.options());
  }

  void write(int entries) {
    for (int at = 0; at < entries; ++at) {
      const Outcome outcome = store_->write_now([&](Transaction& tx) -> Outcome {
        tx.journal({.community = 1 + at % 3,
                    .actor = 7,
                    .kind = "check_in.recorded",
                    .subject = at,
                    .path = "/1/2/",
                    .data = R"({"feeling":"fine"})"});
        return Answer{};
      });
      ASSERT_TRUE(outcome.ok()) << outcome.error().hint;
    }
  }

  /// Statements of somebody who has the database in hand.
  void meddle(const std::vector<std::string>& statements) {
    if (GetParam() == Engine::sqlite) {
      if (!sqlite_) {
        sqlite_ =
            std::make_unique<SqliteConnection>(place_.options().data_directory + "/doorstep.db",
                                               Seams{}, SqliteConnection::Mode::write);
      }
      for (const std::string& sql : statements) sqlite_->run(sql);
      return;
    }
    PostgresConnection connection(place_.options().database);
    connection.connect();
    for (const std::string& sql : statements) connection.run(sql);
  }

  TestPlace place_{GetParam()};
  std::unique_ptr<Store> store_;
  std::unique_ptr<SqliteConnection> sqlite_;
};

TEST_P(Journal, AnUntouchedJournalHasNoProblems) {
  EXPECT_TRUE(verify_journal(*store_).problems.empty());
  write(25);
  (void)store_->sign_head();
  write(5);
  const Verification found = verify_journal(*store_);
  EXPECT_EQ(found.entries, 30);
  EXPECT_EQ(found.heads, 1);
  EXPECT_TRUE(found.problems.empty()) << found.problems[0];
}

TEST_P(Journal, TheChainGoesOnAfterOpeningAgain) {
  write(3);
  const Head before = store_->sign_head();
  store_.reset();
  store_ = Store::open(place_.options());
  EXPECT_EQ(store_->last_seq(), 3);
  write(2);
  const Head after = store_->sign_head();
  EXPECT_EQ(after.seq, 5);
  EXPECT_EQ(before.seq, 3);
  EXPECT_TRUE(head_is_genuine(after, store_->journal_key()));
  EXPECT_TRUE(verify_journal(*store_).problems.empty());
}

TEST_P(Journal, SigningTwiceWithoutNewsIsTheSameHead) {
  write(1);
  const Head first = store_->sign_head();
  EXPECT_EQ(head_line(first), head_line(store_->sign_head()));
  EXPECT_EQ(store_->noted_heads().size(), 1U);
}

TEST_P(Journal, AHeadIsSignedWithinAMinute) {
  store_.reset();
  ManualClock clock{*instant_from_text("2022-11-28T01:12:00Z")};
  place_.options().clock = &clock;
  std::chrono::steady_clock::time_point steady;
  const Seams seams{.steady = [&] { return steady; }};
  store_ = GetParam() == Engine::sqlite ? open_sqlite(place_.options(), seams)
                                        : open_postgres(place_.options(), seams);
  write(1);
  EXPECT_TRUE(store_->noted_heads().empty());
  // Also where the wall clock was set back by a day meanwhile.
  clock.advance(-std::chrono::hours{26});
  steady += std::chrono::seconds{61};
  write(1);
  ASSERT_EQ(store_->noted_heads().size(), 1U);
  EXPECT_EQ(store_->noted_heads()[0].seq, 2);
}

TEST_P(Journal, AnOlderDatabasePutInPlaceIsFound) {
  write(5);
  (void)store_->sign_head();
  meddle({"DELETE FROM journal_head", "DELETE FROM journal WHERE seq > 3",
          "UPDATE journal_chain SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)"});
  EXPECT_FALSE(verify_journal(*store_).problems.empty());
}

TEST_P(Journal, KeysOfAnotherInstallationAreRefused) {
  store_.reset();
  write_file(place_.options().data_directory + "/keys/pepper", std::string(64, 'a') + "\n");
  try {
    (void)Store::open(place_.options());
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), "store.keys");
  }
}

/// One random change, and how to take it back.
struct Tampering {
  std::vector<std::string> change;
  std::vector<std::string> undo;
};

constexpr int entries = 40;

Tampering random_tampering(Rng& rng) {
  const auto some = [&rng] { return std::int64_t(rng.below(entries)) + 1; };
  const std::string a = std::to_string(some());
  const std::string row = " WHERE seq = " + a;
  const auto field = [&](const std::string& set, const std::string& back) -> Tampering {
    return {{"UPDATE journal SET " + set + row}, {"UPDATE journal SET " + back + row}};
  };
  const std::string by = std::to_string(rng.below(1000) + 1);
  switch (rng.below(15)) {
    case 0: return field("actor = actor + " + by, "actor = actor - " + by);
    case 1: return field("at = at + " + by, "at = at - " + by);
    case 2: return field("id = -id", "id = -id");
    case 3: return field("subject = subject - " + by, "subject = subject + " + by);
    case 4: return field("community_id = community_id + 10", "community_id = community_id - 10");
    case 5: return field("kind = 'x' || kind", "kind = substr(kind, 2)");
    case 6: return field("path = path || '/'", "path = substr(path, 1, length(path) - 1)");
    case 7: return field("data = data || ' '", "data = substr(data, 1, length(data) - 1)");
    case 8: return field("seq = seq + 100000", "seq = seq");
    case 9:
      return {{"CREATE TABLE gone AS SELECT * FROM journal" + row, "DELETE FROM journal" + row},
              {"INSERT INTO journal SELECT * FROM gone", "DROP TABLE gone"}};
    case 10: {  // Two entries change places.
      const std::string b = std::to_string(some() % entries + 1);
      if (a == b) return random_tampering(rng);
      const std::vector<std::string> swap = {"UPDATE journal SET seq = -1 WHERE seq = " + a,
                                             "UPDATE journal SET seq = " + a + " WHERE seq = " + b,
                                             "UPDATE journal SET seq = " + b + " WHERE seq = -1"};
      return {swap, swap};
    }
    case 11: {  // An entry is added, with the number after the last, or none.
      const std::string seq = rng.below(2) == 0 ? std::to_string(entries + 1) : "0";
      return {{"INSERT INTO journal (community_id, id, seq, at, actor, kind, subject, path, data, "
               "hash) SELECT community_id, 77, " +
               seq + ", at, actor, kind, subject, path, data, hash FROM journal" + row},
              {"DELETE FROM journal WHERE id = 77"}};
    }
    case 12:
      return {{"CREATE TABLE gone AS SELECT * FROM journal_head",
               "DELETE FROM journal_head WHERE seq = 10"},
              {"DELETE FROM journal_head", "INSERT INTO journal_head SELECT * FROM gone",
               "DROP TABLE gone"}};
    case 13:
      return {{"UPDATE journal_head SET at = at + 1 WHERE seq = 20"},
              {"UPDATE journal_head SET at = at - 1 WHERE seq = 20"}};
    default:
      return {{"UPDATE journal_chain SET seq = seq - 1"},
              {"UPDATE journal_chain SET seq = seq + 1"}};
  }
}

/// The change of case 8 is taken back by its own statement.
void mend(Tampering& tampering) {
  const std::string& change = tampering.change[0];
  const auto at = change.find("seq + 100000 WHERE seq = ");
  if (at == std::string::npos) return;
  const std::string number = change.substr(at + std::string("seq + 100000 WHERE seq = ").size());
  tampering.undo = {"UPDATE journal SET seq = seq - 100000 WHERE seq = " + number + " + 100000"};
}

TEST_P(Journal, EveryRandomTamperingIsFound) {
  write(10);
  (void)store_->sign_head();
  write(10);
  (void)store_->sign_head();
  write(entries - 20);
  SeededRng rng(20221128);
  const int rounds = GetParam() == Engine::sqlite ? 1200 : 60;
  for (int round = 0; round < rounds; ++round) {
    Tampering tampering = random_tampering(rng);
    mend(tampering);
    meddle(tampering.change);
    ASSERT_FALSE(verify_journal(*store_).problems.empty()) << tampering.change.back();
    meddle(tampering.undo);
    if (round % 50 != 0) continue;
    const Verification clean = verify_journal(*store_);
    ASSERT_TRUE(clean.problems.empty()) << tampering.undo.back() << ": " << clean.problems[0];
  }
  EXPECT_TRUE(verify_journal(*store_).problems.empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Journal, ::testing::Values(Engine::sqlite, Engine::postgresql),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

}  // namespace
}  // namespace doorstep::store
