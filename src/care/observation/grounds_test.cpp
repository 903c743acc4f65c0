// Grounds of an observation, through the API on both engines: starts before the registration, other
// lengths, extension, restart and shortening, members with different ends, staying by choice.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/observation/period.h"
#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

struct ZoneCase {
  const char* zone;
  const char* event;  ///< An instant: the civil day where the community is decides.
  std::int64_t length;
  const char* last_day;
  const char* free_from;  ///< The instant of release.
};

TEST(ObservationClock, C1_CountsCivilDaysAlsoOverSummerTimeAndTheLeapDay) {
  const ZoneCase cases[] = {
      {"Asia/Shanghai", "2020-02-15T23:59:00+08:00", 14, "2020-02-29", "2020-03-01T00:00:00+08:00"},
      {"Asia/Shanghai", "2020-02-16T00:01:00+08:00", 14, "2020-03-01", "2020-03-02T00:00:00+08:00"},
      // Summer time begins on 8 March: the span is an hour short of 14 times 24.
      {"America/New_York", "2020-02-28T12:00:00-05:00", 14, "2020-03-13",
       "2020-03-14T00:00:00-04:00"},
      // It ends on 1 November: an hour longer.
      {"America/New_York", "2020-10-25T12:00:00-04:00", 10, "2020-11-04",
       "2020-11-05T00:00:00-05:00"},
      {"Asia/Shanghai", "2020-02-09T07:00:00+08:00", 10, "2020-02-19", "2020-02-20T00:00:00+08:00"},
  };
  const RulePack rules = *RulePack::parse(embedded("rules/area-fumin.toml"));
  for (const ZoneCase& one : cases) {
    const Zone zone = *Zone::named(one.zone);
    const auto period = *ObservationPeriod::after_event(
        rules, zone.day_of(*instant_from_text(one.event)), one.length);
    EXPECT_EQ(to_text(period.release_day() - std::chrono::days{1}), one.last_day) << one.event;
    EXPECT_EQ(zone.start_of(period.release_day()), *instant_from_text(one.free_from)) << one.event;
  }
}

TEST(ObservationClock, C1_TheCounterSaysWhichDayItIs) {
  const RulePack rules = *RulePack::parse(embedded("rules/area-fumin.toml"));
  const auto period = *ObservationPeriod::after_event(rules, *day_from_text("2020-01-26"), 14);
  const std::pair<const char*, std::optional<std::int64_t>> days[] = {
      {"2020-01-26", {}}, {"2020-01-27", 1},  {"2020-01-28", 2},
      {"2020-02-08", 13}, {"2020-02-09", 14}, {"2020-02-10", {}}};
  for (const auto& [day, number] : days) {
    EXPECT_EQ(day_number(period.first_day(), period.length(), *day_from_text(day)), number) << day;
  }
  EXPECT_EQ(to_text(period.release_day()), "2020-02-10");
}

class Grounds : public registry::Compound {
 protected:
  api::Response open(std::string_view door, std::string_view more) {
    clock().advance(std::chrono::seconds{1});  // Ids of one instant have no order.
    return post(manager, "/api/v1/observations",
                fmt::format(R"({{"household":"{}",{}}})", household("1", door), more));
  }
  /// What the console shows of the household's observation.
  std::string shown(std::string_view door, std::string_view what) {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", door)),
                  "households.0.observation." + std::string(what));
  }
  api::Response end(std::string_view door, std::string_view more) {
    return post(manager, "/api/v1/observations/" + shown(door, "id") + "/end",
                fmt::format("{{{}}}", more));
  }
  api::Response change(const std::string& ground, std::string_view more) {
    return post(manager, "/api/v1/observation-grounds/" + ground + "/change",
                fmt::format("{{{}}}", more));
  }
  std::int64_t open_duties(std::string_view kind) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL", kind));
  }
  void go(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    manager = staff(access::Role::manager);
  }
};

TEST_P(Grounds, C13_ItMayHaveBegunBeforeTheRegistration) {
  EXPECT_EQ(
      open("101", R"("ground":"returnee","source":"self","start_event_on":"2022-11-26")").status,
      200);
  EXPECT_EQ(shown("101", "day_number"), "2");
  EXPECT_EQ(shown("101", "length_days"), "14");
  EXPECT_EQ(shown("101", "ends_on"), "2022-12-11");
}

TEST_P(Grounds, A6_C2_OverlappingGroundsStandSideBySideAndTheLaterEndRules) {
  open("101", R"("ground":"returnee","start_event_on":"2022-11-26")");
  const std::string building =
      fmt::format(R"({{"place":"{}","ground":"area","length_days":10}})", this->building(1));
  clock().advance(std::chrono::seconds{1});
  EXPECT_EQ(member(post(manager, "/api/v1/observations", building), "opened"), "6");
  EXPECT_EQ(member(post(manager, "/api/v1/observations", building), "code"),
            "observation.none_to_open");
  EXPECT_EQ(shown("101", "grounds.0.ends_on"), "2022-12-11");
  EXPECT_EQ(shown("101", "grounds.1.ends_on"), "2022-12-09");
  EXPECT_EQ(shown("101", "ends_on"), "2022-12-11");
  EXPECT_EQ(shown("102", "ends_on"), "2022-12-09");
  EXPECT_EQ(open_duties("contact"), 6);  // One household, one contact.
  go("2022-12-09T09:00:00+08:00");
  EXPECT_EQ(
      end("101", R"("reason":"completed","ground":")" + shown("101", "grounds.1.id") + "\"").status,
      200);
  EXPECT_EQ(shown("101", "ends_on"), "2022-12-11");
  EXPECT_EQ(member(end("101", R"("reason":"completed")"), "code"), "release.not_due");
}

TEST_P(Grounds, C3_AnotherEndNeedsAReasonAndKeepsTheOldOne) {
  open("101", R"("ground":"returnee","start_event_on":"2022-11-26")");
  const std::string ground = shown("101", "grounds.0.id");
  EXPECT_EQ(member(change(ground, R"("length_days":16,"reason":"  ")"), "code"),
            "observation.reason");
  EXPECT_EQ(member(change(ground, R"("length_days":14,"reason":"没变")"), "code"),
            "observation.unchanged");
  EXPECT_EQ(member(change(ground, R"("length_days":0,"reason":"短")"), "code"),
            "observation.length");
  const auto longer = change(ground, R"("length_days":16,"reason":"又有接触")");
  EXPECT_EQ(member(longer, "before"), "2022-12-11");
  EXPECT_EQ(member(longer, "ends_on"), "2022-12-13");
  EXPECT_EQ(shown("101", "ends_on"), "2022-12-13");
  const auto again = change(ground, R"("start_event_on":"2022-11-28","reason":"家里有人确诊")");
  EXPECT_EQ(member(again, "ends_on"), "2022-12-15");
  EXPECT_EQ(count("SELECT count(*) FROM observation_change"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'observation.changed'"), 2);
  // The release is owed on the new day, at nine.
  EXPECT_EQ(count("SELECT due_at FROM duty WHERE kind = 'release'"),
            instant_from_text("2022-12-15T09:00:00+08:00")->time_since_epoch().count());
  go("2022-12-05T09:00:00+08:00");
  EXPECT_EQ(member(change(ground, R"("length_days":3,"reason":"算错了")"), "code"),
            "observation.over");
}

TEST_P(Grounds, N26_MembersOfOneHouseholdMayEndOnDifferentDays) {
  open("101",
       fmt::format(R"("ground":"exposed","person":"{}","start_event_on":"2022-11-20")", zhang));
  open("101", R"("ground":"returnee","start_event_on":"2022-11-26")");
  EXPECT_EQ(shown("101", "grounds.0.person"), zhang);
  EXPECT_EQ(shown("101", "ends_on"), "2022-12-11");
  go("2022-12-05T09:00:00+08:00");
  EXPECT_EQ(
      end("101", R"("reason":"completed","ground":")" + shown("101", "grounds.0.id") + "\"").status,
      200);
  EXPECT_EQ(open_duties("contact"), 1);
  EXPECT_EQ(member(open("101", R"("ground":"exposed","person":"0000000000001")"), "code"),
            "person.unknown");
}

TEST_P(Grounds, C5_StayingByChoiceKeepsTheCareAndEndsTheCounting) {
  open("101", R"("ground":"returnee","start_event_on":"2022-11-14")");
  const api::As phone = link(household("1", "101"), true);
  EXPECT_EQ(member(get(phone, "/api/v1/home"), "day.number"), "14");
  open("101", R"("ground":"voluntary","start_event_on":"2022-11-28","length_days":3)");
  go("2022-11-29T09:00:00+08:00");
  EXPECT_EQ(
      end("101", R"("reason":"completed","ground":")" + shown("101", "grounds.0.id") + "\"").status,
      200);
  EXPECT_EQ(shown("101", "ordered"), "false");
  EXPECT_EQ(member(get(phone, "/api/v1/home"), "day.number"), "");
  EXPECT_EQ(open_duties("contact"), 1);  // The daily care call stays.
}

TEST_P(Grounds, N23_WhoIsNamedIsCoveredAndNobodyElse) {
  open("101", R"("ground":"returnee")");  // 张阿姨 and 李伯伯 live there.
  const std::string home = household("1", "101");
  const auto say = [&](std::string_view more) {
    return post(manager, "/api/v1/check-ins",
                fmt::format(R"({{"household":"{}","wellbeing":"fine",{}}})", home, more));
  };
  const auto state = [&] {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")), "households.0.state");
  };
  EXPECT_EQ(say(fmt::format(R"("person":"{}","channel":"phone")", zhang)).status, 200);
  EXPECT_EQ(state(), "due");
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
  const bool first = member(door, "households.0.people.0.id") == zhang;
  const std::string li = member(door, fmt::format("households.0.people.{}.id", first ? 1 : 0));
  EXPECT_EQ(
      say(fmt::format(R"("person":"{}","channel":"visit","visit_reason":"asked")", li)).status,
      200);
  EXPECT_EQ(state(), "safe");
}

/// What one of them said before the days were ended and opened again covers nobody now.
TEST_P(Grounds, N23_ANewPeriodBeginsWithNothingSaid) {
  open("101", R"("ground":"returnee")");  // 张阿姨 and 李伯伯 live there.
  const std::string home = household("1", "101");
  const auto say = [&](const std::string& person) {
    const auto said = fmt::format(
        R"({{"household":"{}","wellbeing":"fine","person":"{}","channel":"phone"}})", home, person);
    EXPECT_EQ(post(manager, "/api/v1/check-ins", said).status, 200);
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")), "households.0.state");
  };
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
  const bool first = member(door, "households.0.people.0.id") == zhang;
  const std::string li = member(door, fmt::format("households.0.people.{}.id", first ? 1 : 0));
  EXPECT_EQ(say(zhang), "due");
  EXPECT_EQ(post(manager, "/api/v1/observations/" + shown("101", "id") + "/end",
                 R"({"reason":"transferred"})")
                .status,
            200);
  open("101", R"("ground":"returnee")");
  EXPECT_EQ(say(li), "due");
  EXPECT_EQ(say(zhang), "safe");
}

TEST_P(Grounds, N23_WhoComesIntoTheDueSetBeforeTheCutOffIsAskedTheSameDay) {
  go("2022-11-29T08:00:00+08:00");
  open("101", fmt::format(R"("ground":"returnee","person":"{}")", zhang));
  const std::string home = household("1", "101");
  const auto fine = [&](const std::string& person) {
    const auto said = fmt::format(
        R"({{"household":"{}","wellbeing":"fine","person":"{}","channel":"phone"}})", home, person);
    EXPECT_EQ(post(manager, "/api/v1/check-ins", said).status, 200);
  };
  const auto state = [&] {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")), "households.0.state");
  };
  const auto owed_from = [&] {
    return count("SELECT from_at FROM duty WHERE kind = 'contact' AND closed_at IS NULL");
  };
  const std::int64_t today = owed_from();
  fine(zhang);
  EXPECT_EQ(state(), "safe");
  EXPECT_GT(owed_from(), today);
  // Everybody at home from now on: 李伯伯 has said nothing yet.
  EXPECT_EQ(open("101", R"("ground":"area")").status, 200);
  EXPECT_EQ(state(), "due");
  EXPECT_EQ(owed_from(), today);
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
  const bool first = member(door, "households.0.people.0.id") == zhang;
  fine(member(door, fmt::format("households.0.people.{}.id", first ? 1 : 0)));
  EXPECT_EQ(state(), "safe");
  EXPECT_GT(owed_from(), today);
}

TEST_P(Grounds, N23_WhoComesIntoTheDueSetAfterTheCutOffIsAskedTheNextDay) {
  go("2022-11-29T08:00:00+08:00");
  open("101", fmt::format(R"("ground":"returnee","person":"{}")", zhang));
  const auto owed_from = [&] {
    return count("SELECT from_at FROM duty WHERE kind = 'contact' AND closed_at IS NULL");
  };
  post(link(household("1", "101")), "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  const std::int64_t tomorrow = owed_from();
  go("2022-11-29T21:00:00+08:00");
  EXPECT_EQ(open("101", R"("ground":"area")").status, 200);
  EXPECT_EQ(owed_from(), tomorrow);
}

TEST_P(Grounds, N23_VoiceOrSightIsOwedEveryThreeDays) {
  open("101", R"("ground":"returnee")");
  const auto due = [&] { return count("SELECT due_at FROM duty WHERE kind = 'voice_or_sight'"); };
  const auto at = [](std::string_view instant) {
    return instant_from_text(instant)->time_since_epoch().count();
  };
  EXPECT_EQ(due(), at("2022-12-01T10:00:00+08:00"));
  go("2022-11-30T09:00:00+08:00");
  post(link(household("1", "101")), "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  EXPECT_EQ(due(), at("2022-12-01T10:00:00+08:00"));  // A press is neither.
  post(manager, "/api/v1/check-ins",
       fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"phone"}})",
                   household("1", "101")));
  EXPECT_EQ(due(), at("2022-12-03T10:00:00+08:00"));
}

TEST_P(Grounds, N24_NoAnswerClimbsTheLadderAndEndsInSeenOrHandedOver) {
  open("101", R"("ground":"returnee")");
  const std::string home = household("1", "101");
  const std::string path = "/api/v1/households/" + home + "/attempts";
  const auto attempt = [&](std::string_view json) { return post(manager, path, json); };
  const auto first = attempt(R"({"outcome":"no_answer"})");
  EXPECT_EQ(member(first, "next_rung"), "call_again");
  EXPECT_EQ(member(first, "next"), to_text(clock().now() + std::chrono::minutes{15}));
  clock().advance(std::chrono::minutes{15});
  EXPECT_EQ(member(attempt(R"({"outcome":"no_answer"})"), "next_rung"), "neighbour");
  EXPECT_EQ(member(attempt(R"({"outcome":"no_answer","rung":"shout"})"), "code"), "ladder.rung");
  // They press "fine", or answer the telephone: good to know, and still somebody goes and sees.
  post(link(home), "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  EXPECT_EQ(count("SELECT step FROM duty WHERE kind = 'contact'"), 2);
  EXPECT_EQ(member(attempt(R"({"outcome":"handed_over"})"), "code"), "ladder.note");
  post(manager, "/api/v1/check-ins",
       fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"visit"}})", home));
  EXPECT_EQ(count("SELECT step FROM duty WHERE kind = 'contact'"), 0);
  EXPECT_EQ(member(attempt(R"({"outcome":"no_answer"})"), "code"), "contact.not_due");
  EXPECT_EQ(count("SELECT count(*) FROM duty_attempt"), 2);
  go("2022-11-29T09:00:00+08:00");
  EXPECT_EQ(attempt(R"({"outcome":"handed_over","note":"派出所张警官"})").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'contact' AND state = 'waiting'"), 1);
}

TEST_P(Grounds, N2_ALetterBearsAProvedAddressAndIsListedOnceThereIsAnother) {
  prove_address();
  open("101", R"("ground":"returnee","start_event_on":"2022-11-14")");
  go("2022-11-29T09:00:00+08:00");
  const std::string code = member(end("101", R"("reason":"completed")"), "letters.0");
  EXPECT_EQ(member(get(api::nobody, "/api/v1/letters/" + code), "address"), "https://door.example");
  EXPECT_EQ(api::length(get(manager, "/api/v1/papers"), "rows"), 0U);
  settings({.public_url = "https://new.example", .demo = false});
  EXPECT_EQ(member(get(manager, "/api/v1/papers"), "rows.0.kind"), "letter");
}

TEST_P(Grounds, C4_TheLetterOfReleaseIsCheckedByAnybodyAndTellsNoName) {
  open("101", R"("ground":"returnee","start_event_on":"2022-11-14")");
  const api::As phone = link(household("1", "101"), true);
  EXPECT_EQ(member(end("101", R"("reason":"completed")"), "code"), "release.not_due");
  go("2022-11-29T09:00:00+08:00");
  const auto ended = end("101", R"("reason":"completed")");
  const std::string code = member(ended, "letters.0");
  ASSERT_EQ(code.size(), 13U);
  const auto checked = get(api::nobody, "/api/v1/letters/" + code);
  EXPECT_EQ(member(checked, "valid"), "true");
  EXPECT_EQ(member(checked, "released_on"), "2022-11-29");
  EXPECT_EQ(checked.body.find("张"), std::string::npos);
  EXPECT_EQ(member(get(api::nobody, "/api/v1/letters/0000000000000"), "valid"), "false");
  EXPECT_EQ(member(get(phone, "/api/v1/home"), "letters.0.code"), code);
  EXPECT_EQ(member(get(phone, "/api/v1/home"), "letters.0.last_day"), "2022-11-28");
  // Without proof the link shows no letter.
  EXPECT_EQ(api::length(get(link(household("1", "101")), "/api/v1/home"), "letters"), 0U);
  // Staying on by choice changes nothing about the letter (C5).
  open("101", R"("ground":"voluntary","length_days":3)");
  EXPECT_EQ(member(get(api::nobody, "/api/v1/letters/" + code), "valid"), "true");
}

DOORSTEP_ON_BOTH_ENGINES(Grounds);

}  // namespace
}  // namespace doorstep::observation
