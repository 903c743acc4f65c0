// What follows a release, through the API on both engines: who is in which stage, who completed, what they
// said of it, and that nothing stays on the door; and how areas stood.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::day {
namespace {

using api::member;

class AfterRelease : public registry::Compound {
 protected:
  AfterRelease() : home_(household("1", "101")) {}

  void at(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(duty::sweep(context, 1000));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
    manager = staff(access::Role::manager);
  }
  /// From 28 Nov, 14 days: free from 13 Dec.
  void observe(const std::string& household, std::string_view more = R"("ground":"returnee")") {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}",{}}})", household, more))
                  .status,
              200);
  }
  api::Response end(const std::string& household, std::string_view reason) {
    const std::string observation = id_text(
        count(fmt::format("SELECT id FROM observation WHERE household_id = {} AND ended_at IS NULL",
                          *id_from_text(household))));
    return post(manager, "/api/v1/observations/" + observation + "/end",
                fmt::format(R"({{"reason":"{}"}})", reason));
  }
  std::string release(const std::string& household) {
    const auto answer = end(household, "completed");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return member(answer, "letters.0");
  }
  std::string add_person(const std::string& household, std::string_view name) {
    return id(post(manager, "/api/v1/households/" + household + "/people",
                   fmt::format(R"({{"name":"{}"}})", name)));
  }
  /// "persons = collected arranged served released left".
  std::string stages(std::string_view query = "") {
    const auto shown = get(manager, fmt::format("/api/v1/observations/stages{}", query));
    return fmt::format("{} = {} {} {} {} {}", member(shown, "persons"), member(shown, "collected"),
                       member(shown, "arranged"), member(shown, "served"),
                       member(shown, "released"), member(shown, "left"));
  }

  std::string home_;
};

TEST_P(AfterRelease, C26_EachPersonIsInOneStageAndTheStagesAddUp) {
  const std::string other = household("2", "101");
  const std::string third = household("2", "202");
  add_person(other, "王一");
  add_person(third, "赵二");
  EXPECT_EQ(stages(), "4 = 4 0 0 0 0");
  observe(home_);
  observe(other);
  EXPECT_EQ(stages(), "4 = 1 3 0 0 0");
  post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  EXPECT_EQ(stages(), "4 = 1 1 2 0 0");
  EXPECT_EQ(end(other, "transferred").status, 200);
  EXPECT_EQ(stages(), "4 = 1 0 2 0 1");
  at("2022-12-13T09:00:00+08:00");
  release(home_);
  EXPECT_EQ(stages(), "4 = 1 0 0 2 1");
  // Asked again: not released any more, and never in two stages.
  observe(home_, R"("ground":"area")");
  EXPECT_EQ(stages(), "4 = 1 2 0 0 1");
  EXPECT_EQ(member(end(home_, "entered_in_error\",\"note\":\"名单上没有"), "confirmed"), "false");
  manager = staff(access::Role::manager);
  EXPECT_EQ(member(end(home_, "entered_in_error"), "confirmed"), "true");
  EXPECT_EQ(stages(), "4 = 1 0 0 2 1");
  EXPECT_EQ(stages("?place=" + building(1)), "2 = 0 0 0 2 0");
  const api::As head = staff(access::Role::grid_head, path_of_place(grid(2)));
  EXPECT_EQ(member(get(head, "/api/v1/observations/stages"), "persons"), "2");
  // Who moves in afterwards was never released.
  at("2022-12-14T09:00:00+08:00");
  add_person(home_, "新来");
  EXPECT_EQ(stages("?place=" + building(1)), "3 = 1 0 0 2 0");
}

// Registered on the last of their days, as an import does it: their days end with the first of their
// residence, and they are released all the same.
TEST_P(AfterRelease, C26_WhoWasRegisteredLateIsReleasedLikeAnybody) {
  const std::string late = household("1", "201");
  add_person(late, "补登");
  observe(late, R"("ground":"returnee","start_event_on":"2022-11-20","length_days":8)");
  at("2022-11-29T09:00:00+08:00");
  const std::string other = household("1", "202");
  add_person(other, "又补登");
  release(late);
  EXPECT_EQ(stages("?place=" + building(1)), "4 = 3 0 0 1 0");
}

TEST_P(AfterRelease, C14_WhoCompletedIsCountedAndMaySayHowItWas) {
  observe(home_);
  at("2022-12-13T09:00:00+08:00");
  const std::string code = release(home_);
  const api::As phone = link(home_, true);
  EXPECT_EQ(member(get(phone, "/api/v1/home"), "letters.0.code"), code);
  const auto say = [&](const api::As& as, std::string_view letter, int rating) {
    return post(as, "/api/v1/feedback",
                fmt::format(R"({{"code":"{}","rating":{},"note":"送菜很及时"}})", letter, rating));
  };
  EXPECT_EQ(member(say(phone, code, 6), "code"), "feedback.rating");
  EXPECT_EQ(member(say(phone, "0000000000000", 5), "code"), "letter.unknown");
  EXPECT_EQ(say(link(home_), code, 5).status, 403);  // Nobody has proved this phone.
  EXPECT_EQ(member(say(link(household("1", "102"), true), code, 1), "code"), "letter.unknown");
  EXPECT_EQ(say(phone, code, 4).status, 200);
  EXPECT_EQ(say(phone, code, 5).status, 200);
  const auto list = get(manager, "/api/v1/observations/completed");
  ASSERT_EQ(api::length(list, "rows"), 1U);
  EXPECT_EQ(member(list, "rows.0.persons"), "2");
  EXPECT_EQ(member(list, "rows.0.rating"), "5");
  EXPECT_EQ(member(list, "rows.0.code"), code);
  EXPECT_EQ(member(list, "rows.0.last_day"), "2022-12-12");
  const api::As elsewhere = staff(access::Role::worker, path_of_place(building(2)));
  EXPECT_EQ(api::length(get(elsewhere, "/api/v1/observations/completed"), "rows"), 0U);
  EXPECT_EQ(get(manager, "/api/v1/observations/completed?format=csv").status, 200);
}

TEST_P(AfterRelease, N16_WhatHangsOnTheDoorIsTakenDownByADeadline) {
  observe(home_);
  at("2022-12-13T09:00:00+08:00");
  constexpr std::string_view open =
      "SELECT count(*) FROM duty WHERE kind = 'removal' AND closed_at IS NULL";
  EXPECT_EQ(count(open), 0);
  release(home_);
  EXPECT_EQ(count(open), 1);
  at("2022-12-14T08:59:00+08:00");
  EXPECT_EQ(count(std::string(open) + " AND state = 'raised'"), 0);
  at("2022-12-14T09:00:00+08:00");
  EXPECT_EQ(count(std::string(open) + " AND state = 'raised'"), 1);
  const std::string duty = id_text(count("SELECT id FROM duty WHERE kind = 'removal'"));
  EXPECT_EQ(post(manager, "/api/v1/duties/" + duty + "/end",
                 R"({"outcome":"done","note":"门贴和门磁都取下了"})")
                .status,
            200);
  EXPECT_EQ(count(open), 0);
}

TEST_P(AfterRelease, C5_N16_StayingByChoiceEndsTheControlAllTheSame) {
  observe(home_);
  observe(home_, R"("ground":"voluntary","length_days":20)");
  at("2022-12-13T09:00:00+08:00");
  const std::string observation = id_text(count("SELECT id FROM observation"));
  const std::string ground =
      id_text(count("SELECT id FROM observation_ground WHERE ground = 'returnee'"));
  EXPECT_EQ(post(manager, "/api/v1/observations/" + observation + "/end",
                 fmt::format(R"({{"reason":"completed","ground":"{}"}})", ground))
                .status,
            200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'removal'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'contact' AND closed_at IS NULL"), 1);
  EXPECT_EQ(end(home_, "transferred").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'removal'"), 1);
}

class Areas : public AfterRelease {
 protected:
  api::Response set(std::string_view place, std::string_view json) {
    return post(manager, fmt::format("/api/v1/places/{}/status", place), json);
  }
  std::string on(std::string_view place, std::string_view day) {
    return member(get(manager, fmt::format("/api/v1/places/{}/status?on={}", place, day)),
                  "status");
  }
};

// 20 Nov high risk area, 28 Nov back to control, normal again by itself on 1 Dec.
TEST_P(Areas, A5_TheStatusOfAnyDayCanBeAskedAndStaysWhatItWas) {
  EXPECT_EQ(on(grid(1), "2022-11-28"), "normal");
  EXPECT_EQ(set(grid(1), R"({"status":"lockdown","from_on":"2022-11-20","until_on":"2022-12-05",)"
                         R"("reason":"11月20日划为高风险区"})")
                .status,
            200);
  EXPECT_EQ(
      set(grid(1), R"({"status":"control","until_on":"2022-12-01","reason":"降为管控"})").status,
      200);
  EXPECT_EQ(on(grid(1), "2022-11-19"), "normal");
  EXPECT_EQ(on(grid(1), "2022-11-20"), "lockdown");
  EXPECT_EQ(on(grid(1), "2022-11-27"), "lockdown");
  EXPECT_EQ(on(grid(1), "2022-11-28"), "control");
  EXPECT_EQ(on(grid(1), "2022-11-30"), "control");
  EXPECT_EQ(on(grid(1), "2022-12-01"), "normal");
  // What lies in it stands as it does; another grid does not.
  EXPECT_EQ(on(building(1), "2022-11-25"), "lockdown");
  EXPECT_EQ(on(dwelling("1", "101"), "2022-11-25"), "lockdown");
  EXPECT_EQ(on(building(2), "2022-11-25"), "normal");
  const auto shown = get(manager, "/api/v1/places/" + building(1) + "/status?on=2022-11-25");
  EXPECT_NE(member(shown, "set_for"), "");
  EXPECT_EQ(api::length(get(manager, "/api/v1/places/" + grid(1) + "/status"), "history"), 2U);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'area.set'"), 2);
}

TEST_P(Areas, N16_AControlHasAnEndAndGoesOnOnlyByNameAndWithAReason) {
  const auto code = [&](std::string_view json) { return member(set(building(1), json), "code"); };
  EXPECT_EQ(code(R"({"status":"control","reason":"x"})"), "area.until");
  EXPECT_EQ(code(R"({"status":"control","until_on":"2022-11-28","reason":"x"})"), "area.until");
  EXPECT_EQ(code(R"({"status":"control","until_on":"2023-12-28","reason":"x"})"), "area.until");
  EXPECT_EQ(code(R"({"status":"control","until_on":"2022-12-01","reason":" "})"), "area.reason");
  EXPECT_EQ(
      code(R"({"status":"control","from_on":"2022-11-30","until_on":"2022-12-05","reason":"x"})"),
      "area.from");
  EXPECT_EQ(count("SELECT count(*) FROM area_status"), 0);
  EXPECT_EQ(
      set(building(1), R"({"status":"control","until_on":"2022-12-01","reason":"邻楼有病例"})")
          .status,
      200);
  at("2022-11-30T09:00:00+08:00");  // Its last day begins: somebody is told.
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'area_end' AND state = 'raised'"), 1);
  EXPECT_EQ(
      set(building(1), R"({"status":"control","until_on":"2022-12-04","reason":"又一例"})").status,
      200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'area_end' AND closed_at IS NULL"
                  " AND state = 'waiting'"),
            1);
  EXPECT_EQ(on(building(1), "2022-12-03"), "control");
  EXPECT_EQ(set(building(1), R"({"status":"normal","reason":"解封"})").status, 200);
  EXPECT_EQ(on(building(1), "2022-12-03"), "normal");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'area_end' AND closed_at IS NULL"), 0);
}

DOORSTEP_ON_BOTH_ENGINES(AfterRelease);
DOORSTEP_ON_BOTH_ENGINES(Areas);

}  // namespace
}  // namespace doorstep::day
