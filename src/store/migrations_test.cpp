#include "store/migrations.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "store/files.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

const Instant now = *instant_from_text("2022-11-28T01:12:00Z");

/// A database that is only migrated, with histories of the test's own.
class Migrations : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::sqlite) {
      make_directory(place_.options().data_directory);
      sqlite_ = std::make_unique<SqliteConnection>(place_.options().data_directory + "/empty.db",
                                                   Seams{}, SqliteConnection::Mode::write);
    } else {
      postgres_ = std::make_unique<PostgresConnection>(place_.options().database);
      postgres_->connect();
      postgres_->run_script("CREATE SCHEMA trial; SET search_path = trial");
    }
  }
  void TearDown() override {
    if (postgres_) {
      postgres_->run_script("DROP SCHEMA trial CASCADE; RESET search_path");
    }
  }

  void run(const std::vector<Migration>& history) {
    const Migrator migrator{name_of(GetParam()),
                            [this](std::string_view sql) { return query(sql); },
                            [this](std::string_view script) {
                              if (sqlite_)
                                sqlite_->run_script(script);
                              else
                                postgres_->run_script(script);
                            },
                            [this](std::string_view sql, const Values& values) {
                              if (sqlite_)
                                sqlite_->run(sql, values);
                              else
                                postgres_->run(sql, values);
                            }};
    migrate(migrator, history, now);
  }

  Rows query(std::string_view sql) { return sqlite_ ? sqlite_->query(sql) : postgres_->query(sql); }

  std::string refusal(const std::vector<Migration>& history) {
    try {
      run(history);
    } catch (const Failure& failure) {
      return failure.code();
    }
    return "";
  }

  TestPlace place_{GetParam()};
  std::unique_ptr<SqliteConnection> sqlite_;
  std::unique_ptr<PostgresConnection> postgres_;
};

const Migration first{1, "first", "CREATE TABLE a (id BIGINT NOT NULL PRIMARY KEY);", "", ""};
const Migration second{2, "second", "", "CREATE TABLE only_sqlite (id BIGINT);",
                       "CREATE TABLE only_postgresql (id BIGINT);"};

TEST_P(Migrations, AreAppliedOnceInOrderEachEngineItsOwnText) {
  run({first});
  run({first, second});
  run({first, second});
  EXPECT_EQ(query("SELECT number FROM schema_version ORDER BY number").size(), 2U);
  EXPECT_EQ(query(std::string("SELECT id FROM only_") + name_of(GetParam())).size(), 0U);
}

TEST_P(Migrations, AClusteredTableLivesInItsPrimaryKey) {
  run({{1, "first", "CREATE TABLE a (id BIGINT NOT NULL PRIMARY KEY) {clustered};", "", ""}});
  EXPECT_EQ(query("SELECT id FROM a").size(), 0U);
  if (GetParam() == Engine::sqlite) {
    // The table's tree alone, no index of its own for the key.
    EXPECT_EQ(query("SELECT name FROM sqlite_schema WHERE tbl_name = 'a'").size(), 1U);
    EXPECT_THROW((void)query("SELECT rowid FROM a"), Failure);
  }
}

TEST_P(Migrations, AChangedOldOneIsRefused) {
  run({first});
  Migration changed = first;
  changed.shared = "CREATE TABLE a (id BIGINT PRIMARY KEY);";
  EXPECT_EQ(refusal({changed, second}), "store.migration");
}

TEST_P(Migrations, ADatabaseNewerThanTheProgramIsRefused) {
  run({first, second});
  EXPECT_EQ(refusal({first}), "store.migration");
}

INSTANTIATE_TEST_SUITE_P(Engines, Migrations, ::testing::Values(Engine::sqlite, Engine::postgresql),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

TEST(MigrationFiles, AreNumberedWithoutGapsAndHaveTextForBothEngines) {
  std::int64_t number = 0;
  for (const Migration& migration : migrations()) {
    EXPECT_EQ(migration.number, ++number);
    EXPECT_FALSE(migration.text("sqlite").empty());
    EXPECT_FALSE(migration.text("postgresql").empty());
  }
  EXPECT_GE(number, 1);
}

TEST(PersonalColumns, AreReadFromTheirMarks) {
  const auto columns = personal_columns(
      "CREATE TABLE person (\n"
      "  id BIGINT NOT NULL, -- no mark\n"
      "  name TEXT NOT NULL, -- personal: name\n"
      "  phone TEXT -- personal: contact\n"
      ");\n"
      "ALTER TABLE household ADD COLUMN door_note TEXT; -- personal: door\n");
  EXPECT_EQ(columns, (std::vector<PersonalColumn>{{"person", "name", "name"},
                                                  {"person", "phone", "contact"},
                                                  {"household", "door_note", "door"}}));
  EXPECT_THROW((void)personal_columns("CREATE TABLE a (b TEXT -- personal: secret\n)"),
               std::logic_error);
  EXPECT_THROW((void)personal_columns("-- personal: name\n"), std::logic_error);
}

/// Names that say that a column is about a person, wherever they stand.
bool sounds_personal(const std::string& column) {
  static const std::set<std::string> words = {"phone", "address",  "birth",  "id_number", "email",
                                              "note",  "symptoms", "wechat", "full_name", "body"};
  return words.contains(column);
}

class PersonalColumnsInTheSchema : public StoreTest {};

TEST_P(PersonalColumnsInTheSchema, ThereIsAColumnForEachMarkAndAMarkForEachColumn) {
  const std::string sql =
      engine() == Engine::sqlite
          ? "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table'"
          : "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) "
            "FROM information_schema.columns WHERE table_schema = 'public'";
  std::set<std::pair<std::string, std::string>> present;
  (void)store().read([&](Snapshot& snapshot) -> Outcome {
    for (const Row& row : snapshot.query(sql)) present.emplace(row.text(0), row.text(1));
    return Answer{};
  });
  std::set<std::pair<std::string, std::string>> marked;
  for (const PersonalColumn& column : personal_columns()) {
    marked.emplace(column.table, column.column);
    EXPECT_TRUE(present.contains({column.table, column.column}))
        << column.table << "." << column.column << " is marked and not there";
  }
  EXPECT_FALSE(marked.empty());
  for (const auto& [table, column] : present) {
    if (sounds_personal(column)) {
      EXPECT_TRUE(marked.contains({table, column})) << table << "." << column << " has no mark";
    }
  }
}

DOORSTEP_ON_BOTH_ENGINES(PersonalColumnsInTheSchema);

}  // namespace
}  // namespace doorstep::store
