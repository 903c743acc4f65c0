// A newer program on an older store, and back (N7), on both engines: the older ones are made from the tree's own history.

#include "store/upgrade.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "store/postgres_connection.h"
#include "store/restored.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

/// So many migrations before the newest: what the older program knew.
std::span<const Migration> older(std::size_t by) {
  return migrations().first(migrations().size() - by);
}

std::vector<Migration> with(std::string_view next) {
  std::vector<Migration> history(migrations().begin(), migrations().end());
  history.push_back({std::int64_t(history.size()) + 1, "next", next, "", ""});
  return history;
}

class Upgrades : public ::testing::TestWithParam<Engine> {
 protected:
  /// The test's database is at the newest migration already: an older store gets a schema of its own.
  Upgrades() : place_(GetParam()), options_(place_.options()) {
    options_.inline_writes = true;
    options_.data_directory += "-older";
    if (GetParam() == Engine::sqlite) return;
    PostgresConnection connection(options_.database);
    connection.connect();
    // The database is used again by the next test.
    connection.run_script("DROP SCHEMA IF EXISTS older CASCADE; CREATE SCHEMA older");
    options_.database += options_.database.find('?') == std::string::npos ? "?" : "&";
    options_.database += "options=-csearch_path%3Dolder";
  }
  ~Upgrades() override { std::filesystem::remove_all(options_.data_directory); }

  [[nodiscard]] std::unique_ptr<Store> open(std::span<const Migration> history) const {
    Seams seams;
    seams.history = history;
    return GetParam() == Engine::sqlite ? open_sqlite(options_, seams)
                                        : open_postgres(options_, seams);
  }

  static void add_accounts(Store& store, std::int64_t from, std::int64_t count) {
    for (std::int64_t id = from; id < from + count; ++id) {
      const Outcome done = store.write_now([&](Transaction& tx) -> Outcome {
        tx.run(
            "INSERT INTO account (id, login, name, totp_confirmed, totp_last_step, created_at, "
            "demo)"
            " VALUES ($1, $2, '王', FALSE, 0, 1, FALSE)",
            {id, "a" + std::to_string(id)});
        tx.journal({0, 1, "account.made", id, "", "{}"});
        return Answer{};
      });
      ASSERT_TRUE(done.ok()) << done.error().code << ' ' << done.error().hint;
    }
    store.sign_head();
  }

  static std::int64_t accounts(Store& store) {
    std::int64_t found = -1;
    (void)store.read([&](Snapshot& db) -> Outcome {
      found = db.first("SELECT count(*) FROM account")->integer(0);
      return Answer{};
    });
    return found;
  }

  /// The code of the refusal, or empty.
  template <class Work>
  static std::string refusal(const Work& work) {
    try {
      work();
      return "";
    } catch (const Failure& failure) {
      return failure.code();
    }
  }

  [[nodiscard]] std::size_t kept() const {
    const std::filesystem::path folder = options_.data_directory + "/backups";
    if (!std::filesystem::exists(folder)) return 0;
    std::size_t found = 0;
    for (const auto& one : std::filesystem::directory_iterator(folder)) {
      found += one.path().extension() == ".backup" ? 1 : 0;
    }
    return found;
  }

  TestPlace place_;
  Options options_;
};

TEST_P(Upgrades, N7_AnOlderStoreIsKeptTriedAndBroughtOnWithEveryRow) {
  EXPECT_EQ(standing_migration(options_), std::nullopt);
  prepare_upgrade(options_);  // Nothing is there yet, and nothing is made.
  EXPECT_FALSE(std::filesystem::exists(options_.data_directory));
  // From the second migration on, which makes the accounts, from every one before today's.
  for (const std::size_t by : {migrations().size() - 2, std::size_t{3}, std::size_t{1}}) {
    if (GetParam() == Engine::postgresql) {
      PostgresConnection connection(options_.database);
      connection.connect();
      connection.run_script("DROP SCHEMA older CASCADE; CREATE SCHEMA older");
    }
    std::filesystem::remove_all(options_.data_directory);
    add_accounts(*open(older(by)), 1, 20);
    EXPECT_EQ(standing_migration(options_), std::ssize(older(by)));
    prepare_upgrade(options_);
    EXPECT_EQ(standing_migration(options_), std::ssize(older(by))) << "it is only prepared";
    EXPECT_EQ(kept(), 1U);
    EXPECT_FALSE(std::filesystem::exists(options_.data_directory + "/upgrade_trial"));
    const auto store = open(migrations());
    EXPECT_EQ(accounts(*store), 20);
    EXPECT_TRUE(verify_journal(*store).problems.empty());
    EXPECT_EQ(standing_migration(options_), std::ssize(migrations()));
  }
  prepare_upgrade(options_);
  EXPECT_EQ(kept(), 1U) << "nothing waits any more";
  // The way back is open for 14 days, and no longer: it still knows whoever is erased meanwhile.
  const Instant now = options_.clock->now();
  drop_ways_back(options_.data_directory, now + std::chrono::hours{24 * 13});
  EXPECT_EQ(kept(), 1U);
  drop_ways_back(options_.data_directory, now + std::chrono::hours{24 * 14});
  EXPECT_EQ(kept(), 0U);
}

TEST_P(Upgrades, N7_WhatFailsOnTheCopyLeavesTheStoreAsItWas) {
  add_accounts(*open(migrations()), 1, 5);
  for (const std::string_view broken :
       {"CREATE TABLE account (id BIGINT);",
        "CREATE TABLE next (id BIGINT); INSERT INTO next SELECT id FROM no_such_table;"}) {
    const auto history = with(broken);
    EXPECT_NE(refusal([&] { prepare_upgrade(options_, history); }), "") << broken;
    EXPECT_EQ(standing_migration(options_), std::ssize(migrations()));
    EXPECT_FALSE(std::filesystem::exists(options_.data_directory + "/upgrade_trial"));
  }
  EXPECT_EQ(accounts(*open(migrations())), 5);
}

TEST_P(Upgrades, N7_AnotherServersStoreIsNotTouchedAndATrialOnlyReads) {
  const auto running = open(migrations());
  add_accounts(*running, 1, 5);
  const auto history = with("CREATE TABLE next (id BIGINT);");
  EXPECT_EQ(refusal([&] { prepare_upgrade(options_, history); }), "store.locked");
  EXPECT_EQ(refusal([&] { (void)roll_back(options_); }), "store.locked");
  const Trial trial = try_upgrade(options_, options_.data_directory + "/trial.backup", history);
  EXPECT_TRUE(trial.problems.empty());
  EXPECT_EQ(trial.after.rows, trial.before.rows);
  EXPECT_EQ(trial.entries, 5);
  add_accounts(*running, 6, 1);
  EXPECT_EQ(standing_migration(options_), std::ssize(migrations()));
}

TEST_P(Upgrades, N7_TheProgramBeforeGoesBackAndLaysAsideWhatCameAfter) {
  add_accounts(*open(migrations()), 1, 5);
  EXPECT_EQ(refusal([&] { (void)roll_back(options_); }), "rollback.none");
  const auto history = with("CREATE TABLE next (id BIGINT);");
  prepare_upgrade(options_, history);
  add_accounts(*open(history), 6, 3);
  // The newer program is not the one to go back with.
  EXPECT_EQ(refusal([&] { (void)roll_back(options_, history); }), "rollback.program");
  EXPECT_EQ(refusal([&] { (void)open(migrations()); }), "store.migration");
  const RolledBack done = roll_back(options_);
  EXPECT_EQ(done.to.migration, std::ssize(migrations()));
  const auto store = open(migrations());
  EXPECT_EQ(accounts(*store), 5);
  EXPECT_TRUE(verify_journal(*store).problems.empty());
  // Phones are told to send again, and nothing goes out before somebody has looked.
  std::string epoch;
  (void)store->read([&](Snapshot& db) -> Outcome {
    epoch = epoch_text(db);
    return Answer{};
  });
  EXPECT_NE(epoch, "");
  add_accounts(*store, 6, 1);
  EXPECT_TRUE(verify_journal(*store).problems.empty());
  if (GetParam() == Engine::sqlite) {
    EXPECT_TRUE(std::filesystem::exists(done.aside)) << done.aside;
  } else {
    PostgresConnection connection(options_.database);
    connection.connect();
    EXPECT_EQ(
        connection.query("SELECT count(*) FROM " + done.aside.substr(7) + ".account")[0].integer(0),
        8);
    connection.run_script("DROP " + done.aside + " CASCADE");
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, Upgrades, ::testing::Values(Engine::sqlite, Engine::postgresql),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

}  // namespace
}  // namespace doorstep::store
