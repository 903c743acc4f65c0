// The ledger of people who need somebody's eye: the rule of ages as a table, the rest through the API on
// both engines.

#include "care/people/ledger.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/sweep.h"
#include "care/people/flags.h"
#include "care/people/moves.h"
#include "care/registry/compound.h"

namespace doorstep::people {
namespace {

using api::member;

constexpr Ages ages{14, 70};

Day day(int year, unsigned month, unsigned day_of_month) {
  return Day{std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                                   std::chrono::day{day_of_month}}
                 .time_since_epoch()};
}

TEST(Flags, F10_TheAgesOfAHouseholdSpeakForThemselves) {
  const Day today = day(2022, 11, 28);
  using Born = std::vector<std::optional<Day>>;
  struct Case {
    const char* what;
    Born born;
    std::optional<Flag> flag;
  };
  const std::vector<Case> cases{
      {"nobody", {}, {}},
      {"two old", {day(1946, 1, 1), day(1944, 1, 1)}, Flag::only_elders},
      {"one old", {day(1946, 1, 1)}, Flag::elder_alone},
      {"seventy today", {day(1952, 11, 28)}, Flag::elder_alone},
      {"seventy tomorrow", {day(1952, 11, 29)}, {}},
      {"old with a grown-up", {day(1946, 1, 1), day(1980, 1, 1)}, {}},
      {"old with somebody of unknown age", {day(1946, 1, 1), std::nullopt}, {}},
      {"a child alone", {day(2010, 1, 1)}, Flag::child_alone},
      {"fourteen today", {day(2008, 11, 28)}, {}},
      {"fourteen tomorrow, with a sister", {day(2008, 11, 29), day(2015, 1, 1)}, Flag::child_alone},
      {"an old one with a child", {day(1946, 1, 1), day(2015, 1, 1)}, {}},
      {"born tomorrow", {day(2022, 11, 29)}, {}},
      {"a grown-up", {day(1980, 1, 1)}, {}},
  };
  for (const Case& one : cases) EXPECT_EQ(flag_of(one.born, today, ages), one.flag) << one.what;
}

TEST(Flags, ABirthdayOnTheLeapDayComesOnTheFirstOfMarch) {
  EXPECT_EQ(years_old(day(1952, 2, 29), day(2022, 2, 28)), 69);
  EXPECT_EQ(years_old(day(1952, 2, 29), day(2022, 3, 1)), 70);
  EXPECT_EQ(years_old(day(2023, 1, 1), day(2022, 1, 1)), std::nullopt);
}

class LedgerTest : public registry::Compound {
 protected:
  LedgerTest() : home_(household("1", "101")) {
    worker_ =
        id(post(manager, "/api/v1/invitations",
                fmt::format(R"({{"name":"网格员","login":"w1","role":"worker","place":"{}"}})",
                            building(1))),
           "account");
  }
  void at(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(follow_moves(context));
          TRY(duty::sweep(context, 1000));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
    manager = staff(access::Role::manager);
  }
  api::Response enter(std::string_view more = "") {
    return post(
        manager, "/api/v1/care",
        fmt::format(R"({{"person":"{}","categories":["lone_elder","chronic"]{}}})", zhang, more));
  }
  api::Response tick(std::string_view json) {
    return post(manager, "/api/v1/care/" + zhang + "/ticks", json);
  }
  std::int64_t open(std::string_view kind, std::string_view more = "") {
    return count(fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL{}",
                             kind, more));
  }
  api::Response ledger(std::string_view query = "") {
    return get(manager, fmt::format("/api/v1/care{}", query));
  }

  std::string home_;
  std::string worker_;
};

TEST_P(LedgerTest, F1_F2_SeveralCategoriesEachOnceAndNobodyWithoutAFollower) {
  const auto entered = enter();
  ASSERT_EQ(entered.status, 200) << entered.body;
  EXPECT_EQ(member(entered, "follower"), worker_);
  EXPECT_EQ(member(entered, "added"), "true");
  EXPECT_EQ(member(enter(), "added"), "false");
  const auto list = ledger();
  EXPECT_EQ(member(list, "total"), "1");
  EXPECT_EQ(api::length(list, "rows.0.categories"), 2U);
  EXPECT_EQ(member(list, "rows.0.follower_name"), "网格员");
  EXPECT_EQ(api::length(ledger("?category=child"), "rows"), 0U);
  EXPECT_EQ(member(post(manager, "/api/v1/care",
                        fmt::format(R"({{"person":"{}","categories":["rich"]}})", zhang)),
                   "code"),
            "care.category");
  EXPECT_EQ(member(post(manager, "/api/v1/care",
                        fmt::format(R"({{"person":"{}","categories":[]}})", zhang)),
                   "code"),
            "care.category");
  EXPECT_EQ(member(enter(fmt::format(R"(,"follower":"{}")", home_)), "code"), "account.unknown");
  // Who leaves keeps nothing: the call is somebody else's at once, and the ledger says so.
  post(manager, "/api/v1/accounts/" + worker_ + "/person",
       fmt::format(R"({{"person":"{}"}})", zhang));
  EXPECT_EQ(member(enter(fmt::format(R"(,"follower":"{}")", worker_)), "code"), "care.follower");
  EXPECT_EQ(open("care_call"), 1);
}

TEST_P(LedgerTest, F3_F11_SomebodyHearsOfThemEachDayOrItClimbs) {
  enter();
  EXPECT_EQ(open("care_call", " AND state = 'waiting'"), 1);
  at("2022-11-28T16:59:00+08:00");
  EXPECT_EQ(open("care_call", " AND state = 'raised'"), 0);
  at("2022-11-28T17:00:00+08:00");
  EXPECT_EQ(open("care_call", " AND state = 'raised'"), 1);
  at("2022-11-28T17:15:00+08:00");
  EXPECT_EQ(open("care_call", " AND level <> 'worker'"), 1);
  EXPECT_EQ(member(ledger(), "to_call"), "1");
  EXPECT_EQ(tick(R"({"outcome":"well","food_days":5,"note":"要买降压药"})").status, 200);
  EXPECT_EQ(open("care_call", " AND state = 'waiting'"), 1);
  EXPECT_EQ(member(ledger(), "to_call"), "0");
  EXPECT_EQ(api::length(ledger("?which=to_call"), "rows"), 0U);
  at("2022-11-29T17:00:00+08:00");
  EXPECT_EQ(open("care_call", " AND state = 'raised'"), 1);
  EXPECT_EQ(member(ledger(), "rows.0.food_days"), "4");  // It goes down by itself.
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE data LIKE '%降压药%'"), 0);
}

TEST_P(LedgerTest, F3_NoAnswerIsTriedAgainAndTheThirdIsAnAlarm) {
  enter();
  for (int n = 0; n < 3; ++n) {
    EXPECT_EQ(open("care_unwell"), 0);
    const auto answer = tick(R"({"outcome":"no_answer"})");
    EXPECT_NE(member(answer, "again"), "") << answer.body;
  }
  EXPECT_EQ(open("care_unwell", " AND state = 'raised'"), 1);
  EXPECT_EQ(member(ledger(), "to_call"), "1");
}

TEST_P(LedgerTest, F8_ADayOfFoodOrLessIsATaskNowAndMedicineSomeDaysBefore) {
  enter();
  struct Case {
    const char* said;
    std::int64_t food;
    std::int64_t medicine;
  };
  for (const Case& one : {Case{R"({"outcome":"well"})", 0, 0},
                          Case{R"({"outcome":"well","food_days":2,"medicine_days":4})", 0, 0},
                          Case{R"({"outcome":"well","food_days":2,"medicine_days":3})", 0, 1},
                          Case{R"({"outcome":"well","food_days":1})", 1, 1},
                          Case{R"({"outcome":"well","food_days":0})", 1, 1}}) {
    EXPECT_EQ(tick(one.said).status, 200);
    EXPECT_EQ(open("food", " AND state = 'raised'"), one.food) << one.said;
    EXPECT_EQ(open("medicine", " AND state = 'raised'"), one.medicine) << one.said;
  }
  EXPECT_EQ(member(ledger(), "low"), "1");
  for (const char* wrong :
       {R"({"outcome":"well","food_days":-1})", R"({"outcome":"well","medicine_days":366})"}) {
    EXPECT_EQ(member(tick(wrong), "code"), "care.days");
  }
  EXPECT_EQ(tick(R"({"outcome":"unwell"})").status, 200);
  EXPECT_EQ(open("care_unwell"), 1);
}

TEST_P(LedgerTest, F4_WhatNobodyLookedAtForAMonthIsListed) {
  enter();
  at("2022-12-27T12:00:00+08:00");
  EXPECT_EQ(member(ledger(), "stale"), "0");
  at("2022-12-28T12:00:00+08:00");
  EXPECT_EQ(member(ledger(), "stale"), "1");
  EXPECT_EQ(api::length(ledger("?which=stale"), "rows"), 1U);
  EXPECT_EQ(post(manager, "/api/v1/care/" + zhang + "/verify").status, 200);
  EXPECT_EQ(member(ledger(), "stale"), "0");
}

TEST_P(LedgerTest, WhoLeavesTheLedgerIsAskedNoMore) {
  enter();
  tick(R"({"outcome":"unwell","medicine_days":0})");
  EXPECT_EQ(post(manager, "/api/v1/care/" + zhang + "/end", R"({"reason":"moved_away"})").status,
            200);
  EXPECT_EQ(open("care_call") + open("medicine") + open("care_unwell"), 0);
  EXPECT_EQ(member(tick(R"({"outcome":"well"})"), "code"), "care.unknown");
  EXPECT_EQ(member(enter(), "added"), "true");  // Later again: a new entry.
}

TEST_P(LedgerTest, WhoMovesTakesTheEntryAndWhatIsOwedAlong) {
  enter();
  tick(R"({"outcome":"unwell"})");
  const std::string there = household("2", "202");
  const std::int64_t due = count(
      "SELECT due_at FROM duty WHERE kind = 'care_call'"
      " AND closed_at IS NULL");
  EXPECT_EQ(post(manager, "/api/v1/people/" + zhang + "/move",
                 fmt::format(R"({{"household":"{}"}})", there))
                .status,
            200);
  at("2022-11-28T09:30:00+08:00");
  EXPECT_EQ(member(ledger(), "rows.0.household"), there);
  EXPECT_EQ(open("care_call"), 1);
  EXPECT_EQ(open("care_unwell"), 1);
  EXPECT_EQ(count("SELECT due_at FROM duty WHERE kind = 'care_call' AND closed_at IS NULL"), due);
  EXPECT_EQ(count("SELECT count(*) FROM duty d JOIN household h ON h.path = d.path"
                  " WHERE d.closed_at IS NULL AND d.kind LIKE 'care%' AND h.id = " +
                  std::to_string(*id_from_text(there))),
            2);
  // Who follows is who answers for the new door, and the old worker sees them no more.
  const api::As old = staff(access::Role::worker, path_of_place(building(1)));
  EXPECT_EQ(api::length(get(old, "/api/v1/care"), "rows"), 0U);
  EXPECT_NE(member(ledger(), "rows.0.follower"), worker_);
  // Whoever lives here no longer stands in the ledger no longer.
  EXPECT_EQ(post(manager, "/api/v1/people/" + zhang + "/leave").status, 200);
  at("2022-11-28T09:31:00+08:00");
  EXPECT_EQ(member(ledger(), "total"), "0");
  EXPECT_EQ(open("care_call") + open("care_unwell"), 0);
}

TEST_P(LedgerTest, ABuildingThatMovesTakesItsEntriesAlong) {
  enter();
  EXPECT_EQ(post(manager, "/api/v1/places/" + building(1) + "/move",
                 fmt::format(R"({{"parent":"{}"}})", grid(2)))
                .status,
            200);
  EXPECT_EQ(count("SELECT count(*) FROM care_person c JOIN household h ON h.id = c.household_id"
                  " WHERE c.path = h.path"),
            1);
}

TEST_P(LedgerTest, F10_F6_WhoMightBeOverlookedIsListed) {
  const auto flagged = [&] { return get(manager, "/api/v1/care/overlooked"); };
  // 张阿姨 and 李伯伯, 76 and 78, live behind 101.
  EXPECT_EQ(member(flagged(), "flagged.0.flag"), "only_elders");
  EXPECT_EQ(member(flagged(), "flagged.0.household"), home_);
  EXPECT_EQ(api::length(flagged(), "silent"), 1U);
  EXPECT_EQ(member(flagged(), "silent.0.signal_at"), "");
  post(link(home_), "/api/v1/messages", R"({"body":"我们很好"})");
  EXPECT_EQ(api::length(flagged(), "silent"), 0U);
  at("2022-12-01T09:27:00+08:00");
  EXPECT_EQ(api::length(flagged(), "silent"), 1U);
  EXPECT_EQ(member(flagged(), "silent.0.household"), home_);
  enter();
  EXPECT_EQ(api::length(flagged(), "flagged"), 0U);
  tick(R"({"outcome":"no_answer"})");
  EXPECT_EQ(api::length(flagged(), "silent"), 1U);
  tick(R"({"outcome":"well"})");
  EXPECT_EQ(api::length(flagged(), "silent"), 0U);
  // Something that they ask for is a sign as well.
  at("2022-12-05T09:27:00+08:00");
  EXPECT_EQ(api::length(flagged(), "silent"), 1U);
  post(link(home_), "/api/v1/needs", R"({"text":"青菜2斤"})");
  EXPECT_EQ(api::length(flagged(), "silent"), 0U);
}

DOORSTEP_ON_BOTH_ENGINES(LedgerTest);

}  // namespace
}  // namespace doorstep::people
