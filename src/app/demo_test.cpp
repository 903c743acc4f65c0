/// \file The demo communities that are played: ten days behind them, sheets that hold, people to sign in as.

#include "app/demo.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

class PlayedDemo : public ::testing::Test {
 protected:
  void SetUp() override {
    SystemRng rng;
    options_.data_directory = fs::temp_directory_path() / ("doorstep-demo-" + to_hex(rng.bytes(6)));
    options_.demo = true;
    options_.clock = "2026-11-20T09:26:00+08:00";
    options_.public_url = "http://127.0.0.1:1";
  }
  void TearDown() override { fs::remove_all(options_.data_directory); }

  static std::int64_t count(Installation& house, const std::string& sql) {
    std::int64_t found = -1;
    (void)house.store().read([&](store::Snapshot& db) -> store::Outcome {
      found = db.first(sql)->integer(0);
      return store::Answer{};
    });
    return found;
  }

  InstallationOptions options_;
};

TEST_F(PlayedDemo, HasTenDaysBehindItThatHold) {
  ASSERT_TRUE(play_demo(options_, "langyue").ok());
  EXPECT_FALSE(fs::exists(options_.data_directory + ".playing"));
  {
    const auto house = Installation::open(options_);
    ASSERT_TRUE(house.ok()) << house.error().code;
    Installation& demo = **house;
    ASSERT_TRUE(fill_demo(demo, false).ok());
    EXPECT_EQ(count(demo, "SELECT count(*) FROM community"), 1);
    EXPECT_EQ(count(demo, "SELECT count(*) FROM account WHERE NOT demo"), 0);
    EXPECT_GT(count(demo, "SELECT count(*) FROM observation WHERE ended_at IS NULL"), 0);
    EXPECT_GT(count(demo, "SELECT count(*) FROM observation WHERE ended_at IS NOT NULL"), 0);
    EXPECT_EQ(
        count(demo, "SELECT count(DISTINCT day) FROM closing_sheet WHERE supplement_of IS NULL"),
        10);
    EXPECT_EQ(count(demo, "SELECT count(*) FROM check_in WHERE recorded_at > 1795138020000"), 0);
    EXPECT_GT(count(demo, "SELECT count(*) FROM contact_point"), 10);
    EXPECT_TRUE(store::verify_journal(demo.store()).problems.empty());
    const auto links = demo_links(demo);
    ASSERT_TRUE(links.ok()) << links.error().code;
    EXPECT_EQ(links->size(), 3U);
  }
  // Started again it is the same community, played no further.
  ASSERT_TRUE(play_demo(options_, "langyue").ok());
  const auto again = Installation::open(options_);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(count(**again, "SELECT count(*) FROM community"), 1);
}

TEST_F(PlayedDemo, RefusesAFolderOfSomethingElseAndAnotherDatabase) {
  InstallationOptions elsewhere = options_;
  elsewhere.database = "postgresql:///nowhere";
  EXPECT_EQ(play_demo(elsewhere, "langyue").error().code, "demo.preset_engine");
  fs::create_directories(options_.data_directory + "/holiday");
  EXPECT_EQ(play_demo(options_, "langyue").error().code, "demo.directory");
  EXPECT_TRUE(play_demo(options_, "fumin").ok());
  EXPECT_FALSE(fs::exists(options_.data_directory + "/doorstep.db"));
}

TEST(DemoPresets, AreThoseOfTheDrill) {
  EXPECT_EQ(demo_presets(),
            (std::vector<std::string>{"fumin", "fumin-bare", "liulian", "langyue", "songjiang", "qinghu"}));
}

}  // namespace
}  // namespace doorstep::app
