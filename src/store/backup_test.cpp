// Backups: what comes back is what was there, on either engine, or nothing.

#include "store/backup.h"

#include <cctype>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/rng.h"
#include "store/migrations.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

constexpr auto quiet = [](std::string_view, std::int64_t) {};

/// Each table's rows as one number that does not hang on their order, and how many they are.
std::map<std::string, std::pair<std::string, std::int64_t>> digest(Store& store) {
  std::map<std::string, std::pair<std::string, std::int64_t>> found;
  for (const std::string& table : tables_of(migrations(), store.engine())) {
    std::string sum(32, '\0');
    std::int64_t rows = 0;
    const Outcome read = store.read([&](Snapshot& db) -> Outcome {
      db.each("SELECT * FROM " + table, {}, [&](const Row& row) {
        std::string text;
        for (std::size_t at = 0; at < row.size(); ++at) {
          const Value::Kind& kind = row[at].kind();
          if (const auto* number = std::get_if<std::int64_t>(&kind))
            text += std::to_string(*number);
          if (const auto* truth = std::get_if<bool>(&kind)) text += *truth ? "1" : "0";
          if (const auto* real = std::get_if<double>(&kind)) text += std::to_string(*real);
          if (const auto* word = std::get_if<std::string>(&kind)) text += '"' + *word;
          if (const auto* bytes = std::get_if<Bytes>(&kind)) text += '#' + bytes->data;
          text += '|';
        }
        const std::string hash = blake2b(text);
        for (std::size_t at = 0; at < sum.size(); ++at)
          sum[at] = static_cast<char>(sum[at] ^ hash[at]);
        ++rows;
        return true;
      });
      return Answer{};
    });
    EXPECT_TRUE(read.ok());
    found[table] = {to_hex(sum), rows};
  }
  return found;
}

class Backups : public ::testing::TestWithParam<Engine> {
 protected:
  Backups() : from_(GetParam()), key_(make_backup_key()), stream_(SystemRng().bytes(32)) {
    from_.options().inline_writes = true;
  }

  /// Entries, a blob, and rows with every kind of value.
  void fill() {
    const auto store = Store::open(from_.options());
    for (int number = 0; number < 250; ++number) {
      const Outcome done = store->write_now([&](Transaction& tx) -> Outcome {
        tx.run(
            "INSERT INTO idempotency (actor, key, request_hash, at, body, media_type, file_name)"
            " VALUES ($1, $2, $3, $4, $5, $6, '')",
            {number, "键" + std::to_string(number), Bytes{std::string("\0\xff", 2)}, number * 7,
             Bytes{"x"}, number % 2 == 0 ? "application/json" : "text/plain"});
        tx.run(
            "INSERT INTO account (id, login, name, totp_confirmed, totp_last_step, created_at, "
            "demo)"
            " VALUES ($1, $2, '王', FALSE, 0, 1, $3)",
            {number + 1, "a" + std::to_string(number), number % 3 == 0});
        tx.journal({0, 1, "account.made", number + 1, "", "{}"});
        return Answer{};
      });
      ASSERT_TRUE(done.ok()) << done.error().code << ' ' << done.error().hint;
    }
    blob_ = store->put_blob("a photo");
    store->sign_head();
    before_ = digest(*store);
  }

  std::string written() {
    std::ostringstream out;
    write_backup(from_.options(), {key_.open, stream_}, out, quiet);
    return out.str();
  }

  /// The code of the refusal, or empty where it was taken.
  static std::string restore(const std::string& file, const BackupOpener& opener,
                             const Options& target) {
    std::istringstream in(file);
    BackupSummary summary;
    try {
      (void)restore_backup(in, opener, target, summary, quiet);
      return "";
    } catch (const Failure& refused) {
      return refused.code();
    }
  }

  /// A place without keys: what a test store makes on opening is made by the backup here.
  static Options empty(TestPlace& place) {
    Options options = place.options();
    options.inline_writes = true;
    return options;
  }

  TestPlace from_;
  BackupKey key_;
  std::string stream_;
  std::string blob_;
  std::map<std::string, std::pair<std::string, std::int64_t>> before_;
};

TEST_P(Backups, N5_EitherEngineTakesWhatTheOtherWrote) {
  fill();
  const std::string file = written();
  for (const Engine engine : {Engine::sqlite, Engine::postgresql}) {
    TestPlace to(engine);
    std::istringstream in(file);
    BackupSummary summary;
    const auto restored = restore_backup(in, {key_.secret}, empty(to), summary, quiet);
    auto after = digest(*restored);
    auto before = before_;
    // Where the blobs are is the engine's own affair.
    for (const char* own : {"blob", "restored", "backup_key_check"}) {
      after.erase(own);
      before.erase(own);
    }
    EXPECT_EQ(after, before) << engine;
    EXPECT_EQ(restored->blob(blob_), "a photo");
    EXPECT_TRUE(verify_journal(*restored).problems.empty());
    EXPECT_EQ(summary.seq, 250);
    // It goes on where it was: the next entry is sealed behind the last.
    EXPECT_TRUE(restored
                    ->write_now([&](Transaction& tx) -> Outcome {
                      tx.journal({0, 1, "account.made", 1, "", "{}"});
                      return Answer{};
                    })
                    .ok());
    EXPECT_EQ(restored->sign_head().seq, 251);
    EXPECT_TRUE(verify_journal(*restored).problems.empty());
  }
}

TEST_P(Backups, N5_WhatWasChangedOrCutIsRefusedAndNothingIsMade) {
  fill();
  const std::string file = written();
  TestPlace to(Engine::sqlite);
  for (std::size_t at = 0; at < 40; ++at) {
    const std::size_t where = at * file.size() / 40;
    std::string changed = file;
    changed[where] = static_cast<char>(changed[where] ^ 1);
    EXPECT_NE(restore(changed, {key_.secret}, empty(to)), "") << where;
    EXPECT_NE(restore(file.substr(0, where), {key_.secret}, empty(to)), "") << where;
  }
  EXPECT_EQ(restore(file + "x", {key_.secret}, empty(to)), "backup.damaged");
  EXPECT_EQ(restore(file, {make_backup_key().secret}, empty(to)), "backup.key");
  EXPECT_EQ(restore("CREATE TABLE", {key_.secret}, empty(to)), "backup.format");
  // After all of these the place is as empty as before, and takes the whole file.
  EXPECT_EQ(restore(file, {key_.secret}, empty(to)), "");
}

TEST_P(Backups, N5_AnInstallationIsNeverOverwritten) {
  fill();
  const std::string file = written();
  EXPECT_EQ(restore(file, {key_.secret}, from_.options()), "restore.not_empty");
  const auto store = Store::open(from_.options());
  EXPECT_EQ(digest(*store), before_);
  TestPlace other(GetParam());
  (void)Store::open(empty(other));
  EXPECT_EQ(restore(file, {key_.secret}, empty(other)), "restore.keys");
}

TEST_P(Backups, N5_TheNamesOfPeopleStandNowhereInTheFile) {
  fill();
  const std::string file = written();
  EXPECT_EQ(file.find("王"), std::string::npos);
  EXPECT_EQ(file.find("application/json"), std::string::npos);
}

TEST_P(Backups, ASheetIsReadAsPeopleTypeItAndAWrongLetterIsNoticed) {
  const std::string words = key_words(key_.secret);
  EXPECT_EQ(words.size(), 14 * 4 + 13U);
  EXPECT_EQ(secret_from_words(words).value(), key_.secret);
  std::string typed;
  for (const char c : words) {
    if (c == ' ') continue;
    typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
  }
  EXPECT_EQ(secret_from_words(" " + typed + "\n").value(), key_.secret);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == ' ') continue;
    std::string wrong = words;
    wrong[at] = words[at] == '7' ? 'K' : '7';
    const auto read = secret_from_words(wrong);
    EXPECT_FALSE(read.has_value()) << at;
  }
  EXPECT_FALSE(secret_from_words("").has_value());
  EXPECT_FALSE(secret_from_words(words + " 0000").has_value());
  EXPECT_EQ(open_half(key_.secret), key_.open);
}

DOORSTEP_ON_BOTH_ENGINES(Backups);

}  // namespace
}  // namespace doorstep::store
