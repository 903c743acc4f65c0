// The drill on the real program: nobody is missed, whatever goes wrong; every planted bug is caught; the
// same seed gives the same days, and the order in which reports arrive does not matter.

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/id.h"
#include "drill/bugs.h"
#include "drill/run.h"

namespace doorstep::drill {
namespace {

namespace fs = std::filesystem;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t liulian_seeds = 1;
#else
constexpr std::uint64_t liulian_seeds = 20;
#endif
#endif

/// A folder of this process, in memory where there is one.
class Folder {
 public:
  Folder() {
    const fs::path base = fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    path_ = (base / fmt::format("doorstep-drill-test-{}", ::getpid())).string();
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

const std::string& folder() {
  static const Folder one;
  return one.path();
}

std::string folder(const std::string& name) {
  std::string path = folder() + "/" + name;
  fs::create_directories(path);
  return path;
}

/// What was found, in lines.
std::string told(const Report& report) {
  std::string text = report.json();
  for (const oracle::Finding& one : report.findings) {
    text += fmt::format("\n{} {} {} {}", to_text(one.at), one.rule, id_text(one.subject), one.what);
  }
  for (const std::string& line : report.trace) text += "\n  " + line;
  return text + fmt::format("\nagain: doorstep drill --preset {} --days {} --seed {} --faults {}",
                            report.preset, report.days, report.seed, report.faults);
}

const World& langyue() {
  static const World world = build_world(*find_preset("langyue"), 12, folder("langyue"));
  return world;
}

TEST(Drill, NobodyIsMissedInTwentyTimesFourteenDaysOfLiulian) {
  const World world = build_world(*find_preset("liulian"), 14, folder("liulian"));
  EXPECT_EQ(world.preset->persons(), 792);
  EXPECT_EQ(world.homes.size(), 293U);
  for (std::uint64_t seed = 1; seed <= liulian_seeds; ++seed) {
    const Report report = run(world, {.seed = seed}, folder());
    EXPECT_TRUE(report.good()) << told(report);
    EXPECT_GT(report.escalations, 100) << seed;
    fmt::print("{}\n", report.json());
  }
}

class Presets : public ::testing::TestWithParam<const char*> {};

TEST_P(Presets, NobodyIsMissed) {
  const World world = build_world(*find_preset(GetParam()), 2, folder(GetParam()));
  const Report report = run(world, {.seed = 5}, folder());
  EXPECT_TRUE(report.good()) << told(report);
  EXPECT_GT(report.contacts, 10);
}

INSTANTIATE_TEST_SUITE_P(All, Presets, ::testing::Values("songjiang", "fumin", "qinghu"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Drill, OneSeedHasOneHash) {
  const Report first = run(langyue(), {.seed = 3}, folder());
  EXPECT_EQ(first.json(), run(langyue(), {.seed = 3}, folder()).json());
  EXPECT_NE(first.state_hash, run(langyue(), {.seed = 4}, folder()).state_hash);
}

// The control: the same days without a bug break nothing, so that what is caught below is the bug.
TEST(Drill, TheDaysOfThePlantedBugsAreGoodWithoutThem) {
  std::set<std::uint64_t> seeds;
  for (const Bug& bug : planted_bugs()) seeds.insert(bug.seed);
  for (const std::uint64_t seed : seeds) {
    const Report report = run(langyue(), {.seed = seed}, folder());
    EXPECT_TRUE(report.good()) << told(report);
  }
  EXPECT_GE(planted_bugs().size(), 25U);
}

class Bugs : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Bugs, IsCaughtAtItsSeed) {
  const Bug& bug = planted_bugs()[GetParam()];
  const Report report =
      run(langyue(), {.seed = bug.seed, .tampering = bug.plant(langyue()), .stop_at_first = true},
          folder());
  ASSERT_FALSE(report.good()) << bug.name;
  EXPECT_EQ(report.findings.front().rule, bug.rule) << bug.name << "\n" << told(report);
  fmt::print("{}: {} at {}\n", bug.name, report.findings.front().rule,
             to_text(report.findings.front().at));
}

INSTANTIATE_TEST_SUITE_P(Planted, Bugs, ::testing::Range(std::size_t{0}, planted_bugs().size()));

/// A day's reports of langyue, as residents and workers sent them.
class Day : public ::testing::Test {
 protected:
  Day() : world_(langyue()) {
    const std::string base = folder("day");
    fs::remove_all(base);
    fs::create_directories(base);
    fs::copy(world_.folder, base + "/0", fs::copy_options::recursive);
    House house(base, world_.begin + std::chrono::hours{10}, 9);
    std::vector<Colleague> staff = world_.staff;
    sign_in(house, staff);
    manager_ = staff.front().session;
    for (const Home& home : world_.homes) {
      house.call({{manager_, {}},
                  api::Method::post,
                  "/api/v1/observations",
                  "",
                  fmt::format(R"({{"household":"{}","ground":"area"}})", home.id),
                  to_hex(dice_.bytes(16))});
      for (const std::string& person : home.people) {
        const bool unwell = dice_.below(12) == 0;
        add({"", home.link}, fmt::format(R"({{"wellbeing":"{}","person":"{}"}})",
                                         unwell ? "unwell" : "fine", person));
      }
      if (dice_.below(3) == 0) add({"", home.link}, R"({"wellbeing":"fine"})");
      if (dice_.below(3) == 0) {
        add({manager_, {}},
            fmt::format(R"({{"wellbeing":"fine","channel":"phone","household":"{}"}})", home.id));
      }
    }
    kept_ = folder("day-kept");
    house.crash();
    for (const auto& entry : fs::directory_iterator(base)) {
      fs::copy(entry.path(), kept_ + "/0", fs::copy_options::recursive);
    }
  }

  void add(As as, std::string body) {
    messages_.push_back({std::move(as), api::Method::post, "/api/v1/check-ins", "", std::move(body),
                         to_hex(dice_.bytes(16))});
  }

  /// The state after these messages at noon, in the order in which they stand.
  std::string state_after(const std::vector<Message>& messages) {
    const std::string place = folder("day-run");
    fs::remove_all(place);
    fs::create_directories(place);
    fs::copy(kept_ + "/0", place + "/0", fs::copy_options::recursive);
    House house(place, world_.begin + std::chrono::hours{19} + std::chrono::minutes{10}, 9);
    for (const Message& one : messages) {
      const auto answer = house.call(one);
      EXPECT_EQ(answer->status, 200) << answer->body;
    }
    oracle::Replay replay;
    replay.rules(world_.rules);
    for (const store::Sealed& one : house.store().journal(0, 100'000)) replay.apply(one);
    return replay.state_hash();
  }

  const World& world_;
  SeededRng dice_{77};
  std::string manager_;
  std::string kept_;
  std::vector<Message> messages_;
};

TEST_F(Day, AHundredOrdersOfItsReportsEndInOneState) {
  const std::string straight = state_after(messages_);
  EXPECT_NE(straight, state_after({messages_.begin(), messages_.begin() + 10}));
  std::vector<Message> mixed = messages_;
  mixed.insert(mixed.end(), messages_.begin(), messages_.end());
  for (int times = 0; times < 100; ++times) {
    for (std::size_t at = mixed.size() - 1; at > 0; --at) {
      std::swap(mixed[at], mixed[dice_.below(at + 1)]);
    }
    ASSERT_EQ(state_after(mixed), straight) << times;
  }
}

}  // namespace
}  // namespace doorstep::drill
