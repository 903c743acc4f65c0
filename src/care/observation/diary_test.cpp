// The diary of symptoms: a pure table, and through the endpoint on both engines.

#include "care/observation/diary.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

constexpr Day first{std::chrono::days{19000}};

DiaryReport well(int day) {
  return {first + std::chrono::days{day}};
}
DiaryReport ill(int day) {
  DiaryReport report = well(day);
  report.symptoms = true;
  return report;
}
DiaryReport declined(int day) {
  DiaryReport report = well(day);
  report.said = false;
  return report;
}

// Four days: 0 to 3, of which 3 is today.
TEST(DiaryTest, C12_CountsDaysThatAreKnownToBeFree) {
  struct Case {
    const char* what;
    std::vector<DiaryReport> reports;
    std::int64_t free;
  };
  const std::vector<Case> cases{
      {"never heard", {}, 0},
      {"each day well", {well(0), well(1), well(2), well(3)}, 4},
      {"today not heard yet", {well(0), well(1), well(2)}, 3},
      {"a day nobody heard breaks the run", {well(0), well(2), well(3)}, 2},
      {"declined is not heard", {well(1), declined(2), well(3)}, 1},
      {"symptoms today", {well(0), well(1), well(2), ill(3)}, 0},
      {"symptoms and well on one day", {well(1), ill(2), well(2), well(3)}, 1},
      {"in any order", {well(3), well(1), well(2), ill(0)}, 3},
      {"before the first day and after today", {well(-1), well(9), well(3)}, 1},
  };
  for (const Case& one : cases) {
    const Diary diary = diary_of(one.reports, first, first + std::chrono::days{3});
    EXPECT_EQ(diary.free_days, one.free) << one.what;
    EXPECT_EQ(diary.days.size(), 4U) << one.what;
  }
}

TEST(DiaryTest, ADayShowsItsHighestReadingAndEachSymptomOnce) {
  DiaryReport one = ill(0);
  one.temperature = Celsius{374};
  one.words = "fever cough";
  DiaryReport two = well(0);
  two.temperature = Celsius{368};
  two.words = "cough";
  const Diary diary = diary_of({one, two}, first, first);
  EXPECT_EQ(diary.days.at(0).temperature, Celsius{374});
  EXPECT_EQ(diary.days.at(0).symptoms, "cough fever");
  EXPECT_EQ(diary.last_symptoms, first);
}

class Diaries : public registry::Compound {};

TEST_P(Diaries, C12_EachPersonHasTheirOwnAndWhoReleasesSeesIt) {
  const std::string home = household("1", "101");
  EXPECT_EQ(post(manager, "/api/v1/observations",
                 fmt::format(R"({{"household":"{}","ground":"returnee",)"
                             R"("start_event_on":"2022-11-26"}})",
                             home))
                .status,
            200);
  const api::As phone = link(home);
  const auto say = [&](std::string_view json) {
    EXPECT_EQ(post(phone, "/api/v1/check-ins", json).status, 200);
  };
  clock().set(*instant_from_text("2022-11-27T09:00:00+08:00"));
  say(R"({"wellbeing":"fine"})");
  clock().set(*instant_from_text("2022-11-28T09:00:00+08:00"));
  say(R"({"wellbeing":"fine"})");
  say(fmt::format(R"({{"wellbeing":"fine","person":"{}","temperature":37.4}})", zhang));
  clock().set(*instant_from_text("2022-11-29T09:00:00+08:00"));
  say(R"({"wellbeing":"fine"})");
  const std::string path = "/api/v1/households/" + home + "/diary";
  const api::As worker = staff(access::Role::worker, path_of_place(building(1)));
  const auto diary = get(worker, path);
  EXPECT_EQ(member(diary, "from"), "2022-11-27");
  ASSERT_EQ(api::length(diary, "people"), 2U);
  const int at = member(diary, "people.0.person") == zhang ? 0 : 1;
  const auto of = [&](int person, std::string_view what) {
    return member(diary, fmt::format("people.{}.{}", person, what));
  };
  EXPECT_EQ(of(at, "free_days"), "1");
  EXPECT_EQ(of(at, "last_symptoms"), "2022-11-28");
  EXPECT_EQ(of(at, "days.1.temperature"), "3.74E1");
  EXPECT_EQ(of(1 - at, "free_days"), "3");
  EXPECT_EQ(api::length(diary, "people.0.days"), 3U);
  // Who may not read of health learns nothing of it.
  const api::As captain = staff(access::Role::captain, path_of_place(building(1)));
  EXPECT_EQ(get(captain, path).body.find("free_days"), std::string::npos);
  EXPECT_EQ(get(staff(access::Role::worker, path_of_place(building(2))), path).status, 404);
}

DOORSTEP_ON_BOTH_ENGINES(Diaries);

}  // namespace
}  // namespace doorstep::observation
