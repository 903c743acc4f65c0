// The observation clock's arithmetic, and what a check-in does, through the API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/observation/check_in.h"
#include "care/observation/period.h"
#include "care/observation/windows.h"
#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

RulePack fumin() {
  return *RulePack::parse(embedded("rules/area-fumin.toml"));
}

struct PeriodCase {
  const char* event;
  std::int64_t length;
  const char* first;
  const char* release;
};

TEST(ObservationPeriod, StartsTheDayAfterTheEventAndEndsAtMidnight) {
  // 7 Feb + 1 = 8 Feb is day 1; 8 Feb + 14 = 22 Feb is the first free day (2020 has 29 Feb).
  const PeriodCase cases[] = {{"2020-02-07", 14, "2020-02-08", "2020-02-22"},
                              {"2020-02-07", 10, "2020-02-08", "2020-02-18"},
                              {"2020-02-20", 14, "2020-02-21", "2020-03-06"},
                              {"2022-12-31", 1, "2023-01-01", "2023-01-02"}};
  for (const PeriodCase& one : cases) {
    const auto period =
        ObservationPeriod::after_event(fumin(), *day_from_text(one.event), one.length);
    ASSERT_TRUE(period.ok());
    EXPECT_EQ(to_text(period->first_day()), one.first);
    EXPECT_EQ(to_text(period->release_day()), one.release);
    const auto number = [&](Day today) {
      return day_number(period->first_day(), period->length(), today);
    };
    EXPECT_EQ(number(period->first_day() - std::chrono::days{1}), std::nullopt);
    EXPECT_EQ(number(period->first_day()), 1);
    EXPECT_EQ(number(period->release_day() - std::chrono::days{1}), one.length);
    EXPECT_EQ(number(period->release_day()), std::nullopt);
  }
}

TEST(ObservationPeriod, RefusesALengthOutsideTheRulePack) {
  for (const std::int64_t length : {-1, 0, 61}) {
    const auto period =
        ObservationPeriod::after_event(fumin(), *day_from_text("2020-02-07"), length);
    ASSERT_FALSE(period.ok());
    EXPECT_EQ(period.error().code, "observation.length");
  }
}

TEST(Windows, TheLastWindowThatBeganDecides) {
  const RulePack rules = *RulePack::parse(
      "[check_in]\nwindows = [{name='am', from='06:00', until='10:00'},"
      " {name='pm', from='16:00', until='18:00'}]\n");
  const Zone shanghai = *Zone::named("Asia/Shanghai");
  const auto at = [&](const char* instant) {
    return deciding_window(rules, shanghai, *instant_from_text(instant))->name;
  };
  EXPECT_EQ(at("2022-11-28T05:59:59+08:00"), "pm");  // Yesterday's last.
  EXPECT_EQ(at("2022-11-28T06:00:00+08:00"), "am");
  EXPECT_EQ(at("2022-11-28T15:59:00+08:00"), "am");
  EXPECT_EQ(at("2022-11-28T16:00:00+08:00"), "pm");
}

TEST(Windows, AnUnwellReportStaysAnAlarmUntilItIsTakenUp) {
  const Instant start = *instant_from_text("2022-11-28T00:00:00Z");
  const Window window{"am", start, start + std::chrono::hours{2}};
  const Instant inside = start + std::chrono::hours{1};
  const Instant late = start + std::chrono::hours{3};
  EXPECT_EQ(state_of({}, window, inside), SafeState::due);
  EXPECT_EQ(state_of({}, window, late), SafeState::overdue);
  EXPECT_EQ(state_of({inside, {}, {}}, window, late), SafeState::safe);
  EXPECT_EQ(state_of({late, inside, {}}, window, late), SafeState::alarm);
  EXPECT_EQ(state_of({late, inside, late}, window, late), SafeState::safe);
}

TEST(Assurance, FollowsFromTheChannel) {
  EXPECT_EQ(assurance_of(ReportChannel::page, true), Assurance::self);
  EXPECT_EQ(assurance_of(ReportChannel::page, false), Assurance::head);
  EXPECT_EQ(assurance_of(ReportChannel::phone, true), Assurance::voice);
  EXPECT_EQ(assurance_of(ReportChannel::video, false), Assurance::seen);
  EXPECT_EQ(assurance_of(ReportChannel::door_sign, true), Assurance::self);
}

class Observing : public registry::Compound {
 protected:
  api::Response open(std::string_view json) { return post(manager, "/api/v1/observations", json); }
  api::Response open_building(int number, std::string_view more = "") {
    return open(fmt::format(R"({{"place":"{}","ground":"area"{}}})", building(number), more));
  }
};

TEST_P(Observing, A6_OneActionOpensEveryHouseholdOfABuilding) {
  const auto opened = open_building(1, R"(,"length_days":10)");
  EXPECT_EQ(member(opened, "opened"), "6");
  EXPECT_EQ(member(opened, "ends_on"), "2022-12-09");  // 28 Nov + 1 + 10 days
  EXPECT_EQ(count("SELECT count(*) FROM observation"), 6);
  const auto again = open_building(1);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(member(again, "code"), "observation.none_to_open");
  const auto all = open(fmt::format(R"({{"place":"{}","ground":"area"}})", grid(2)));
  EXPECT_EQ(member(all, "opened"), "6");
  EXPECT_EQ(member(all, "ends_on"), "2022-12-13");  // the rule pack's 14 days
}

TEST_P(Observing, OpeningRefusesWhatCannotBe) {
  const auto refused = [&](std::string_view json, std::string_view code) {
    const auto answer = open(json);
    EXPECT_EQ(member(answer, "code"), code) << json;
    EXPECT_EQ(count("SELECT count(*) FROM observation"), 0);
  };
  refused(R"({"ground":"area"})", "observation.household_or_place");
  refused(fmt::format(R"({{"household":"{}","ground":"area","length_days":61}})",
                      household("1", "101")),
          "observation.length");
  refused(fmt::format(R"({{"household":"{}","ground":"area","start_event_on":"2022-11-29"}})",
                      household("1", "101")),
          "observation.start");
  refused(fmt::format(R"({{"household":"{}","ground":"area","start_event_on":"2022-11-01"}})",
                      household("1", "101")),
          "observation.over");
  refused(R"({"household":"0000000000001","ground":"area"})", "household.unknown");
  refused(fmt::format(R"({{"household":"{}","ground":"plague"}})", household("1", "101")),
          "field.ground");
}

TEST_P(Observing, ALinkSaysFineAndIsHeardOnce) {
  open_building(1);
  const std::string home = household("1", "101");
  const api::As phone = link(home);
  const std::string key = "0190aaaa-0000-7000-8000-000000000001";
  const auto first =
      send(phone, api::Method::post, "/api/v1/check-ins", R"({"wellbeing":"fine"})", key);
  EXPECT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(member(first, "call_back"), "false");
  const auto repeat =
      send(phone, api::Method::post, "/api/v1/check-ins", R"({"wellbeing":"fine"})", key);
  EXPECT_EQ(repeat.body, first.body);
  EXPECT_EQ(count("SELECT count(*) FROM check_in"), 1);
  const auto other =
      send(phone, api::Method::post, "/api/v1/check-ins", R"({"wellbeing":"unwell"})", key);
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(member(other, "code"), "idempotency.reused");
}

TEST_P(Observing, N23_EachReportKeepsHowItWasMade) {
  open_building(1);
  const std::string home = household("1", "101");
  const auto said = [&](const api::As& as, std::string_view more) {
    const auto answer =
        post(as, "/api/v1/check-ins", fmt::format(R"({{"wellbeing":"fine"{}}})", more));
    EXPECT_EQ(answer.status, 200) << answer.body;
  };
  said(link(home), "");
  said(link(home, true), fmt::format(R"(,"person":"{}")", zhang));
  said(link(home), R"(,"remote":true)");
  said(manager, fmt::format(R"(,"household":"{}","channel":"phone")", home));
  said(manager, fmt::format(R"(,"household":"{}","channel":"visit","visit_reason":"asked")", home));
  for (const char* assurance : {"head", "self", "remote", "voice", "seen"}) {
    EXPECT_EQ(count(fmt::format("SELECT count(*) FROM check_in WHERE assurance = '{}'", assurance)),
              1)
        << assurance;
  }
}

TEST_P(Observing, C10_AVideoCallIsKeptWithWhoAndHowLong) {
  open_building(1);
  const std::string home = household("1", "101");
  const auto called = [&](const api::As& as, std::string_view more) {
    return post(as, "/api/v1/check-ins",
                fmt::format(R"({{"household":"{}","wellbeing":"fine"{}}})", home, more));
  };
  EXPECT_EQ(called(manager, R"(,"channel":"video","duration_seconds":95)").status, 200);
  for (const char* wrong : {"-1", "7201"}) {
    EXPECT_EQ(
        member(called(manager, fmt::format(R"(,"channel":"video","duration_seconds":{})", wrong)),
               "code"),
        "check_in.duration");
  }
  EXPECT_EQ(member(called(link(home), R"(,"duration_seconds":5)"), "code"), "check_in.duration");
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
  ASSERT_EQ(api::length(door, "households.0.reports"), 1U);
  EXPECT_EQ(member(door, "households.0.reports.0.channel"), "video");
  EXPECT_EQ(member(door, "households.0.reports.0.assurance"), "seen");
  EXPECT_EQ(member(door, "households.0.reports.0.duration_seconds"), "95");
  EXPECT_NE(member(door, "households.0.reports.0.who"), "");
}

TEST_P(Observing, ATemperatureIsReadOrAskedBackButNeverStoredWrong) {
  open_building(1);
  const api::As phone = link(household("1", "101"));
  const auto answer = [&](std::string_view reading) {
    return post(phone, "/api/v1/check-ins",
                fmt::format(R"({{"wellbeing":"fine","temperature":{}}})", reading));
  };
  for (const char* wrong : {"367", "98.6", "3.7", "-36.7"}) {
    EXPECT_EQ(member(answer(wrong), "code"), "check_in.temperature") << wrong;
  }
  EXPECT_EQ(answer("36,7").status, 400);
  EXPECT_EQ(member(answer("36.75"), "code"), "field.temperature");
  EXPECT_EQ(member(answer("\"36.7\""), "code"), "field.temperature");
  EXPECT_EQ(count("SELECT count(*) FROM check_in"), 0);
  EXPECT_EQ(member(answer("37.2"), "call_back"), "false");
  EXPECT_EQ(member(answer("37.3"), "call_back"), "true");
  EXPECT_EQ(count("SELECT temperature FROM check_in WHERE temperature = 373"), 373);
  const auto none =
      post(phone, "/api/v1/check-ins", R"({"wellbeing":"fine","no_thermometer":true})");
  EXPECT_EQ(none.status, 200);
}

TEST_P(Observing, UnwellIsTakenUpByOneAndTheFirstKeepsIt) {
  open_building(1);
  const std::string home = household("1", "101");
  EXPECT_EQ(member(post(link(home), "/api/v1/check-ins", R"({"wellbeing":"unwell"})"), "call_back"),
            "true");
  const std::string path = "/api/v1/households/" + home + "/acknowledge";
  EXPECT_EQ(post(manager, path).status, 200);
  EXPECT_EQ(member(post(manager, path), "code"), "unwell.taken");
  EXPECT_EQ(
      member(post(manager, "/api/v1/households/" + household("1", "102") + "/acknowledge"), "code"),
      "unwell.none");
}

TEST_P(Observing, EndsOnlyWhenDueAndWithoutAnOpenAlarm) {
  open_building(1);
  const std::string home = household("1", "101");
  post(link(home), "/api/v1/check-ins", R"({"wellbeing":"unwell"})");
  const std::string id = id_text(count(
      fmt::format("SELECT id FROM observation WHERE household_id = {}", *id_from_text(home))));
  const auto end = [&](std::string_view reason) {
    return post(manager, "/api/v1/observations/" + id + "/end",
                fmt::format(R"({{"reason":"{}"}})", reason));
  };
  EXPECT_EQ(member(end("completed"), "code"), "release.not_due");
  clock().set(*instant_from_text("2022-12-12T23:59:59+08:00"));  // the last of 14 days
  manager = staff(access::Role::manager);
  EXPECT_EQ(member(end("completed"), "code"), "release.not_due");
  clock().set(*instant_from_text("2022-12-13T00:00:00+08:00"));
  EXPECT_EQ(member(end("completed"), "code"), "release.red_flag_open");
  post(manager, "/api/v1/households/" + home + "/acknowledge");
  EXPECT_EQ(member(end("completed"), "code"), "release.red_flag_open");  // Seen is not over.
  const std::string flag =
      id_text(count("SELECT id FROM duty WHERE kind = 'unwell' AND closed_at IS NULL"));
  EXPECT_EQ(
      member(post(manager, "/api/v1/duties/" + flag + "/end", R"({"outcome":"doctor","note":" "})"),
             "code"),
      "duty.note");
  EXPECT_EQ(post(manager, "/api/v1/duties/" + flag + "/end",
                 R"({"outcome":"doctor","note":"卫生站看过，普通感冒"})")
                .status,
            200);
  // The shell is nobody, and a release is by name.
  EXPECT_EQ(member(post(api::at_the_shell, "/api/v1/observations/" + id + "/end",
                        R"({"reason":"completed"})"),
                   "code"),
            "account.unnamed");
  EXPECT_EQ(end("completed").status, 200);
  EXPECT_EQ(member(end("completed"), "code"), "observation.unknown");
  // A report after release is still taken.
  EXPECT_EQ(post(link(home), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
}

TEST_P(Observing, APhonesWrongClockDoesNotDecide) {
  open_building(1);
  const api::As phone = link(household("1", "101"));
  const auto answer =
      post(phone, "/api/v1/check-ins",
           R"({"wellbeing":"fine","occurred_at":"2022-11-30T01:26:00Z"})");  // two days ahead
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(count("SELECT recorded_at - occurred_at FROM check_in"), 0);
}

/// A report that waited in a phone, as its outbox sends it.
class Waited : public Observing {
 protected:
  api::Response arrive(const api::As& phone, std::string_view pressed, std::string_view sent,
                       std::string_view key = "waited-0000000001") {
    api::Request request;
    request.method = api::Method::post;
    request.path = "/api/v1/check-ins";
    request.query = fmt::format("sent_at={}", sent);
    request.body = fmt::format(R"({{"wellbeing":"fine","occurred_at":"{}"}})", pressed);
    request.link = phone.link;
    request.idempotency_key = key;
    return service().call(request);
  }
  std::int64_t reached() {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = 'contact' AND subject_id = {}"
                    " AND evidence_id IS NOT NULL",
                    *id_from_text(household("1", "101"))));
  }
};

// Pressed 28 Nov 09:26 in Shanghai, without signal for 33 hours: it is no report of the 29th, whose
// window ended at 10:00.
TEST_P(Waited, ThirtyThreeHoursAreNotToday) {
  open_building(1);
  const api::As phone = link(household("1", "101"));
  clock().set(*instant_from_text("2022-11-29T10:26:00Z"));
  EXPECT_EQ(arrive(phone, "2022-11-28T01:26:00Z", "2022-11-29T10:26:00Z").status, 200);
  EXPECT_EQ(reached(), 0);
  EXPECT_EQ(count("SELECT (recorded_at - occurred_at) / 60000 FROM check_in"), 33 * 60);
  EXPECT_EQ(member(get(phone, "/api/v1/home"), "state"), "overdue");
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'check_in.recorded'"
                  " AND data LIKE '%\"said_at\":\"2022-11-28T01:26:00.000Z\"%'"),
            1);
}

// The phone's clock is a day ahead in both readings: it waited 20 minutes.
TEST_P(Waited, AWrongClockStillTellsHowLong) {
  open_building(1);
  const api::As phone = link(household("1", "101"));
  clock().set(*instant_from_text("2022-11-29T02:10:00Z"));
  EXPECT_EQ(arrive(phone, "2022-11-30T01:50:00Z", "2022-11-30T02:10:00Z").status, 200);
  EXPECT_EQ(reached(), 1);
  EXPECT_EQ(count("SELECT (recorded_at - occurred_at) / 60000 FROM check_in"), 20);
}

// Each try carries its own time; the report is the same, and so is its receipt. A time
// that lies before the press makes nothing older.
TEST_P(Waited, TheSameReportTriedAgainIsTheSame) {
  open_building(1);
  const api::As phone = link(household("1", "101"));
  const auto first = arrive(phone, "2022-11-28T01:20:00Z", "2022-11-28T01:21:00Z");
  const auto again = arrive(phone, "2022-11-28T01:20:00Z", "2022-11-28T01:25:00Z");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(count("SELECT count(*) FROM check_in"), 1);
  EXPECT_EQ(member(arrive(phone, "2022-11-28T01:20:00Z", "yesterday", "waited-0000000002"), "code"),
            "field.sent_at");
  EXPECT_EQ(
      arrive(phone, "2022-11-28T01:20:00Z", "2022-11-28T00:00:00Z", "waited-0000000003").status,
      200);
  EXPECT_EQ(reached(), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Observing);
DOORSTEP_ON_BOTH_ENGINES(Waited);

}  // namespace
}  // namespace doorstep::observation
