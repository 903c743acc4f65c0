/// \file The demo communities that are played: ten days behind them, sheets that hold, people to sign in as.

#include "app/demo.h"

#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/testing.h"

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

/// What the server's own sweeper does, with the clock that an installation really has: a journal that is a day ahead of the
/// machine's time holds releases from the first turn on.
TEST_F(PlayedDemo, N8_AServerWhoseMachineWasSetBackHoldsReleasesFromItsStart) {
  options_.clock.clear();
  {
    const auto house = Installation::open(options_);
    ASSERT_TRUE(house.ok());
    (*house)->jobs().start();
    ASSERT_TRUE(fill_demo(**house, "fumin-bare").ok());
    (*house)->pretend((*house)->clock().now() + std::chrono::hours{26});
    const auto noted = (*house)->store().write_now([](store::Transaction& tx) -> store::Outcome {
      const Id<access::Community> community{tx.first("SELECT id FROM community")->integer(0)};
      note_demo_filled(tx, community);
      return store::Answer{};
    });
    ASSERT_TRUE(noted.ok());
  }
  const auto house = Installation::open(options_);
  ASSERT_TRUE(house.ok());
  EXPECT_EQ(count(**house, "SELECT count(*) FROM clock_hold"), 0);
  (*house)->sweeper().start();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (count(**house, "SELECT count(*) FROM clock_hold") == 0 &&
         std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  EXPECT_EQ(count(**house, "SELECT count(*) FROM clock_hold"), 1);
}

TEST_F(PlayedDemo, HasTenDaysBehindItThatHold) {
  ASSERT_TRUE(play_demo(options_, "langyue").ok());
  EXPECT_FALSE(fs::exists(options_.data_directory + ".playing"));
  {
    const auto house = Installation::open(options_);
    ASSERT_TRUE(house.ok()) << house.error().code;
    Installation& demo = **house;
    ASSERT_TRUE(fill_demo(demo, "langyue").ok());
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

TEST_F(PlayedDemo, RefusesAFolderOfSomethingElse) {
  fs::create_directories(options_.data_directory + "/holiday");
  EXPECT_EQ(play_demo(options_, "langyue").error().code, "demo.directory");
  EXPECT_TRUE(play_demo(options_, "fumin").ok());
  EXPECT_FALSE(fs::exists(options_.data_directory + "/doorstep.db"));
}

/// The demo of `./dev up`, filled at some hour on an engine.
class BusyDemo : public ::testing::TestWithParam<store::Engine> {
 protected:
  void fill(const std::string& clock, const std::string& preset = "fumin") {
    place_ = std::make_unique<store::TestPlace>(GetParam());
    InstallationOptions options;
    options.data_directory = place_->options().data_directory;
    options.database = place_->options().database;
    options.demo = true;
    options.clock = clock;
    options.public_url = "http://127.0.0.1:1";
    auto house = Installation::open(options);
    ASSERT_TRUE(house.ok()) << house.error().code;
    house_ = std::move(house).value();
    house_->jobs().start();
    const auto filled = fill_demo(*house_, preset);
    ASSERT_TRUE(filled.ok()) << filled.error().code << " " << filled.error().hint;
  }
  void TearDown() override { house_.reset(); }

  std::int64_t count(const std::string& of) {
    std::int64_t found = -1;
    (void)house_->store().read([&](store::Snapshot& db) -> store::Outcome {
      found = db.first("SELECT count(*) FROM " + of)->integer(0);
      return store::Answer{};
    });
    return found;
  }

  std::unique_ptr<store::TestPlace> place_;
  std::unique_ptr<Installation> house_;
};

// Whoever opens a page sees what it is for: something is in every state that a day knows.
TEST_P(BusyDemo, HasSomethingOnEveryPage) {
  fill("2026-11-20T11:20:00+08:00");
  for (const char* state : {"waiting", "asked_back", "accepted", "done", "declined"}) {
    EXPECT_GT(count(std::string("need WHERE state = '") + state + "'"), 0) << state;
  }
  for (const char* state : {"expected", "at_checkpoint", "sorted", "out", "delivered", "held"}) {
    EXPECT_GT(count(std::string("parcel WHERE state = '") + state + "'"), 0) << state;
  }
  EXPECT_EQ(count("cycle WHERE state = 'done'"), 1);
  EXPECT_EQ(count("cycle WHERE state = 'open'"), 1);
  EXPECT_GT(count("run WHERE state = 'out'"), 0);
  EXPECT_GE(count("care_person WHERE closed_at IS NULL"), 9);
  EXPECT_GT(count("duty WHERE state = 'acknowledged'"), 5);
  for (const char* table :
       {"relay", "message", "loan", "suspicion", "payment_claim", "stock_entry", "carrier", "shop",
        "menu_dish", "lesson", "programme", "subject_request"}) {
    EXPECT_GT(count(table), 0) << table;
  }
  // Yesterday was closed and signed: 950 households were due, and none was missed.
  EXPECT_EQ(count("closing_sheet WHERE supplement_of IS NULL"), 1);
  EXPECT_EQ(count("check_in WHERE recorded_at > 1795144800000"), 0);  // 11:20: nothing is to come.
  EXPECT_EQ(count("session WHERE ended_at IS NULL"), 0);
  EXPECT_EQ(count("account WHERE NOT demo"), 0);
  EXPECT_TRUE(store::verify_journal(house_->store()).problems.empty());
}

// What happened counts back from now: also in the night, and behind either cut-off.
TEST_P(BusyDemo, IsFilledAtAnyHour) {
  std::vector<const char*> hours{"20:20"};
  if (GetParam() == store::Engine::sqlite) hours = {"00:20", "07:31", "13:40", "20:20"};
  for (const char* hour : hours) {
    house_.reset();
    fill("2026-11-20T" + std::string(hour) + ":00+08:00");
    EXPECT_GT(count("need WHERE state = 'waiting'"), 0) << hour;
    EXPECT_EQ(count("journal WHERE kind = 'demo.filled'"), 1) << hour;
  }
}

// A heat wave: two calls a day for each of 64 people, and no due set, no observation, no label.
TEST_P(BusyDemo, OfAHeatWaveCallsAndKeepsNobodyIn) {
  fill("2026-07-26T11:20:00+08:00", "donghuli");
  EXPECT_EQ(count("care_person WHERE closed_at IS NULL"), 64);
  EXPECT_EQ(count("observation"), 0);
  // 64 in the morning and 64 in the afternoon, which is still to come; who went to the cool room is excused from it.
  EXPECT_EQ(count("care_contact WHERE day = '2026-07-26'"), 128);
  EXPECT_GT(count("care_contact WHERE state = 'met'"), 55);
  EXPECT_EQ(count("loan"), 1);
  EXPECT_EQ(count("stock_entry WHERE kit_id <> 0"), 2);
  EXPECT_TRUE(store::verify_journal(house_->store()).problems.empty());
}

// What was played stands in the database as it does in the file, with nothing held back.
TEST_P(BusyDemo, IsPlayedOnEitherEngine) {
  place_ = std::make_unique<store::TestPlace>(GetParam());
  InstallationOptions options;
  options.data_directory = place_->options().data_directory + "/played";
  options.database = place_->options().database;
  options.demo = true;
  options.clock = "2026-11-20T09:26:00+08:00";
  options.public_url = "http://127.0.0.1:1";
  ASSERT_TRUE(play_demo(options, "hetang").ok());
  auto house = Installation::open(options);
  ASSERT_TRUE(house.ok()) << house.error().code;
  house_ = std::move(house).value();
  EXPECT_GT(count("observation WHERE ended_at IS NULL"), 0);
  EXPECT_EQ(count("outgoing_hold"), 0);
  EXPECT_EQ(count("account WHERE NOT demo"), 0);
  EXPECT_TRUE(store::verify_journal(house_->store()).problems.empty());
  EXPECT_EQ(demo_links(*house_)->size(), 3U);
  // Started again it is the same one.
  const std::int64_t households = count("household");
  house_.reset();
  ASSERT_TRUE(play_demo(options, "hetang").ok());
  auto again = Installation::open(options);
  ASSERT_TRUE(again.ok());
  house_ = std::move(again).value();
  EXPECT_EQ(count("household"), households);
}

DOORSTEP_ON_BOTH_ENGINES(BusyDemo);

TEST(DemoPresets, AreThoseOfTheDrill) {
  EXPECT_EQ(demo_presets(), (std::vector<std::string>{"fumin", "fumin-bare", "donghuli", "liulian",
                                                      "langyue", "songjiang", "qinghu", "hetang"}));
}

}  // namespace
}  // namespace doorstep::app
