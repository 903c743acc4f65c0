// Forgetting as the server does it: once a day of the community's calendar, who left long ago is listed and then erased, and the
// list beside the backups erases them again in a copy that knows them still.

#include "app/forgetting.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "care/registry/compound.h"
#include "care/rights/retention.h"

namespace doorstep::app {
namespace {

using std::chrono::hours;

class Forgetting : public registry::Compound {
 protected:
  bool day() { return forget_day(store(), service(), community()); }
  std::int64_t named() { return count("SELECT count(*) FROM person WHERE name = '张阿姨'"); }
  std::int64_t erasures(const std::string& state) {
    return count("SELECT count(*) FROM erasure WHERE state = '" + state + "'");
  }
  std::vector<std::string> lines() {
    std::vector<std::string> found;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      found = rights::erasure_lines(db);
      return store::Answer{};
    });
    return found;
  }
  void run(std::string_view sql, const store::Values& values = {}) {
    const auto done = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      tx.run(sql, values);
      return store::Answer{};
    });
    ASSERT_TRUE(done.ok()) << sql;
  }
};

TEST_P(Forgetting, N11_GoesThroughADayOnceAndErasesWhoWasListedThreeDays) {
  EXPECT_EQ(post(manager, "/api/v1/people/" + zhang + "/leave", R"({"note":"搬走了"})").status,
            200);
  EXPECT_TRUE(day());
  EXPECT_FALSE(day());  // The same day is not gone through again.
  // 90 days are kept (rights.residence_days), and the 91st is the first on which nothing needs them.
  clock().advance(hours{24 * 90});
  EXPECT_TRUE(day());
  EXPECT_EQ(erasures("planned"), 0);
  clock().advance(hours{24});
  EXPECT_TRUE(day());
  EXPECT_EQ(erasures("planned"), 1);
  EXPECT_EQ(named(), 1);
  for (int notice = 0; notice < 2; ++notice) {
    clock().advance(hours{24});
    EXPECT_TRUE(day());
    EXPECT_EQ(named(), 1);
  }
  clock().advance(hours{24});  // rights.notice_days = 3
  EXPECT_TRUE(day());
  EXPECT_EQ(erasures("done"), 1);
  EXPECT_EQ(named(), 0);
}

TEST_P(Forgetting, N11_TheListErasesAgainWhatItNamesAndNothingThatNobodyHereSigned) {
  ASSERT_EQ(post(manager, "/api/v1/people/" + zhang + "/erase", R"({"cause":"asked"})").status,
            200);
  std::vector<std::string> list = lines();
  ASSERT_EQ(list.size(), 1U);
  SystemRng rng;
  // What this store did itself is not done twice.
  auto again = erase_again(store(), rng, clock().now(), list);
  EXPECT_EQ(again.lines, 1);
  EXPECT_EQ(again.again, 0);
  // A copy from before knows the name and no erasure.
  run("DELETE FROM erasure");
  run("UPDATE person SET name = '张阿姨' WHERE id = $1", {*id_from_text(zhang)});
  std::string forged = list.front();
  forged.back() = forged.back() == '0' ? '1' : '0';
  again = erase_again(store(), rng, clock().now(), {forged});
  EXPECT_EQ(again.refused, 1);
  EXPECT_EQ(named(), 1);
  again = erase_again(store(), rng, clock().now(), list);
  EXPECT_EQ(again.again, 1);
  EXPECT_EQ(named(), 0);
}

TEST(ErasureList, IsReadLineByLineAndIsEmptyWhereThereIsNone) {
  const std::string file = std::filesystem::temp_directory_path() /
                           ("doorstep-erasures-" + std::to_string(::getpid()) + ".log");
  EXPECT_TRUE(read_erasure_list(file).empty());
  std::ofstream(file) << "one\n\ntwo\n";
  EXPECT_EQ(read_erasure_list(file), (std::vector<std::string>{"one", "two"}));
  std::filesystem::remove(file);
}

DOORSTEP_ON_BOTH_ENGINES(Forgetting);

}  // namespace
}  // namespace doorstep::app
