/// \file SQLite's planner knows that inside a community the community picks nothing.

#include "store/sqlite_statistics.h"

#include <gtest/gtest.h>

#include "store/sqlite_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

class Statistics : public ::testing::Test {
 protected:
  Statistics()
      : connection_(place_.options().data_directory + "/plans.db", seams_,
                    SqliteConnection::Mode::write) {
    connection_.run_script(
        "CREATE TABLE schema_version (number BIGINT NOT NULL PRIMARY KEY);"
        "CREATE TABLE stay (community_id BIGINT NOT NULL, id BIGINT NOT NULL,"
        " household_id BIGINT NOT NULL, PRIMARY KEY (community_id, id)) WITHOUT ROWID;"
        "CREATE INDEX stay_by_household ON stay (community_id, household_id);"
        "CREATE TABLE word (key TEXT NOT NULL PRIMARY KEY)");
  }

  std::string plan() {
    std::string text;
    for (const Row& row : connection_.query(
             "EXPLAIN QUERY PLAN SELECT id FROM stay WHERE community_id = $1 AND household_id = $2",
             {1, 2})) {
      text += row.text(3);
    }
    return text;
  }

  TestPlace place_{Engine::sqlite};
  Seams seams_;
  SqliteConnection connection_;
};

TEST_F(Statistics, AnIndexBeyondTheCommunityBeatsTheKeyThatCoversAll) {
  tell_planner(connection_, 1);
  EXPECT_NE(plan().find("stay_by_household"), std::string::npos) << plan();
  const Rows told = connection_.query("SELECT idx, stat FROM sqlite_stat1 ORDER BY idx");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].text(0), "stay");
  EXPECT_EQ(told[0].text(1), "1000000 10000 1");
  EXPECT_EQ(told[1].text(1), "1000000 10000 10");
}

TEST_F(Statistics, ACommunityIsNotReadThroughTheWholeTable) {
  tell_planner(connection_, 1);
  const Rows plan = connection_.query(
      "EXPLAIN QUERY PLAN SELECT count(*) FROM stay WHERE community_id = $1 AND household_id > $2",
      {1, 2});
  EXPECT_TRUE(plan.at(0).text(3).starts_with("SEARCH")) << plan.at(0).text(3);
}

TEST_F(Statistics, AreWrittenOnceForASchema) {
  tell_planner(connection_, 1);
  connection_.run("DELETE FROM sqlite_stat1");
  tell_planner(connection_, 1);
  EXPECT_TRUE(connection_.query("SELECT idx FROM sqlite_stat1").empty());
  tell_planner(connection_, 2);
  EXPECT_EQ(connection_.query("SELECT idx FROM sqlite_stat1").size(), 2U);
}

}  // namespace
}  // namespace doorstep::store
