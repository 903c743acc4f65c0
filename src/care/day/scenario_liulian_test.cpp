// Liulian (S0), the first weeks, through the API on both engines.

#include "care/day/scenario_liulian.h"

#include <gtest/gtest.h>

#include "care/observation/period.h"

namespace doorstep::day::liulian {
namespace {

TEST(LiulianDays, C1_TheFourteenthDayAlsoWhereTheClocksChange) {
  const RulePack rules = *RulePack::parse(embedded("rules/quarantine-liulian.toml"));
  const auto last = [&](std::string_view start) {
    return observation::ObservationPeriod::after_event(rules, day(start), std::nullopt)
               ->release_day() -
           days{1};
  };
  const Zone shanghai = *Zone::named("Asia/Shanghai");
  EXPECT_EQ(last(to_text(shanghai.day_of(*instant_from_text("2020-02-15T23:59:00+08:00")))),
            day("2020-02-29"));
  EXPECT_EQ(last(to_text(shanghai.day_of(*instant_from_text("2020-02-16T00:01:00+08:00")))),
            day("2020-03-01"));
  // Summer time begins on 8 March: an hour less than 14 times 24.
  const Zone riverside = *Zone::named("America/New_York");
  EXPECT_EQ(last("2020-02-28"), day("2020-03-13"));
  const auto span = riverside.start_of(day("2020-03-14")) - riverside.start_of(day("2020-02-29"));
  EXPECT_EQ(span, std::chrono::hours{14 * 24 - 1});
}

TEST_P(Liulian, A12_C4_C5_C13_N16_TheFirstWeeks) {
  const int nurse = first_of(day("2020-01-26")) + 3;
  late_ = nurse;
  pass_until(day("2020-01-28"));
  // 28 January: a nurse says that they have not passed the door since the 26th.
  clock().set(*instant_from_text("2020-01-28T11:00:00+08:00"));
  EXPECT_EQ(tell("/api/v1/observations",
                 fmt::format(R"({{"household":"{}","ground":"returnee","source":"self",)"
                             R"("start_event_on":"2020-01-26"}})",
                             home(nurse)))
                .status,
            200);
  under_.insert(nurse);
  EXPECT_EQ(shown(home(nurse), "observation.grounds.0.source"), "self");
  EXPECT_EQ(shown(home(nurse), "observation.grounds.0.started_on"), "2020-01-26");
  EXPECT_EQ(shown(home(nurse), "observation.day_number"), "2");
  EXPECT_EQ(shown(home(nurse), "observation.length_days"), "14");
  EXPECT_EQ(shown(home(nurse), "observation.ends_on"), "2020-02-10");
  // 9 February, day 14: refused until tomorrow.
  pass_until(day("2020-02-09"));
  const auto early = end(home(nurse));
  EXPECT_EQ(member(early, "code"), "release.not_due");
  EXPECT_EQ(member(early, "hint"), "2020-02-10");
  EXPECT_EQ(shown(home(nurse), "observation.day_number"), "14");
  const auto label =
      tell("/api/v1/households/" + home(nurse) + "/controls", R"({"kind":"door_label"})");
  EXPECT_EQ(tell("/api/v1/controls/" + member(label, "id") + "/post").status, 200);
  pass_until(day("2020-02-10"));
  // 10 February: released by name with a letter that anybody can check, and nobody learns a name by it.
  const auto letters = shown(home(nurse), "letters.0.code");
  const auto checked = get(api::nobody, "/api/v1/letters/" + letters);
  EXPECT_EQ(member(checked, "valid"), "true");
  EXPECT_EQ(checked.body.find("住户"), std::string::npos);
  // Some days more by choice: the label's removal is owed within 24 hours, what they order goes on.
  EXPECT_EQ(shown(home(nurse), "observation.ordered"), "false");
  EXPECT_EQ(
      open("control_end",
           " AND due_at = " +
               std::to_string(
                   instant_from_text("2020-02-11T08:30:00+08:00")->time_since_epoch().count())),
      1);
  EXPECT_EQ(tell("/api/v1/needs", fmt::format(R"({{"household":"{}","text":"白萝卜2根",)"
                                              R"("channel":"phone"}})",
                                              home(nurse)))
                .status,
            200);
  EXPECT_EQ(member(get(api::nobody, "/api/v1/letters/" + letters), "valid"), "true");
  // 20:00, of those under an order and of all at home: now, at most, altogether.
  clock().set(*instant_from_text("2020-02-10T20:00:00+08:00"));
  EXPECT_EQ(counted("current", "ordered."), "236/638");
  EXPECT_EQ(member(ask("/api/v1/observations/counts"), "ordered.households.peak"), "236");
  EXPECT_EQ(member(ask("/api/v1/observations/counts"), "ordered.households.peak_on"), "2020-02-10");
  EXPECT_EQ(member(ask("/api/v1/observations/counts"), "ordered.households.cumulative"), "251");
  EXPECT_EQ(counted("current"), "308/812");
  // 11 February: nobody has taken the label down, and that climbs.
  at("2020-02-11T08:41:00+08:00");
  EXPECT_EQ(open("control_end", " AND state = 'raised' AND owner_id <> 0"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Liulian);

}  // namespace
}  // namespace doorstep::day::liulian
