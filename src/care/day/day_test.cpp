// Board, Today and the resident's page, through the API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::day {
namespace {

using access::Role;
using api::length;
using api::member;

class Days : public registry::Compound {
 protected:
  void observe_all() {
    for (const int number : {1, 2}) {
      id(post(manager, "/api/v1/observations",
              fmt::format(R"({{"place":"{}","ground":"area"}})", grid(number))),
         "opened");
    }
  }
  api::Response says(const api::As& as, std::string_view wellbeing) {
    return post(as, "/api/v1/check-ins", fmt::format(R"({{"wellbeing":"{}"}})", wellbeing));
  }
  std::string cell(const api::Response& board, const std::string& dwelling) {
    for (std::size_t b = 0; b < length(board, "buildings"); ++b) {
      const std::string cells = fmt::format("buildings.{}.cells", b);
      for (std::size_t c = 0; c < length(board, cells); ++c) {
        const std::string at = fmt::format("{}.{}", cells, c);
        if (member(board, at + ".id") == dwelling) return member(board, at + ".s");
      }
    }
    return "absent";
  }
};

TEST_P(Days, TheBoardShowsEachDoorInItsStateAndThePartsAddUp) {
  EXPECT_EQ(cell(get(manager, "/api/v1/board"), dwelling("1", "101")), "none");
  observe_all();
  says(link(household("1", "101")), "fine");
  says(link(household("1", "202")), "unwell");
  const auto board = get(manager, "/api/v1/board");
  EXPECT_EQ(cell(board, dwelling("1", "101")), "safe");
  EXPECT_EQ(cell(board, dwelling("1", "202")), "alarm");
  EXPECT_EQ(cell(board, dwelling("2", "301")), "due");
  EXPECT_EQ(member(board, "counts.safe"), "1");
  EXPECT_EQ(member(board, "counts.due"), "10");
  EXPECT_EQ(member(board, "counts.total"), "12");
  EXPECT_EQ(member(board, "grids.0.left"), "5");  // six doors, one safe
  clock().advance(std::chrono::hours{1});         // 10:26, after the cut-off
  EXPECT_EQ(cell(get(manager, "/api/v1/board"), dwelling("2", "301")), "overdue");
  const auto cells = get(manager, "/api/v1/board/cells?dwellings=" + dwelling("1", "101") + "," +
                                      dwelling("2", "101"));
  EXPECT_EQ(member(cells, "cells.0.s"), "safe");
  EXPECT_EQ(member(cells, "cells.1.s"), "overdue");
}

/// The window of the day was over: they owe the next one, and nobody calls them missed until then.
TEST_P(Days, WhoIsObservedAfterTheCutOffIsAskedFromTheNextOne) {
  clock().advance(std::chrono::hours{1});  // 10:26.
  observe_all();
  EXPECT_EQ(cell(get(manager, "/api/v1/board"), dwelling("2", "301")), "due");
  EXPECT_EQ(length(get(manager, "/api/v1/households?state=due"), "rows"), 12U);
  EXPECT_EQ(length(get(manager, "/api/v1/households?state=overdue"), "rows"), 0U);
  EXPECT_EQ(member(get(manager, "/api/v1/today"), "not_reported.left"), "0");
  EXPECT_EQ(member(get(link(household("2", "301")), "/api/v1/home"), "state"), "due");
  clock().advance(std::chrono::hours{24});
  const api::As later = staff(Role::manager, "");
  EXPECT_EQ(cell(get(later, "/api/v1/board"), dwelling("2", "301")), "overdue");
  EXPECT_EQ(length(get(later, "/api/v1/households?state=overdue"), "rows"), 12U);
  EXPECT_EQ(member(get(later, "/api/v1/today"), "not_reported.left"), "12");
}

TEST_P(Days, WhoMayNotKnowAboutHealthSeesAnAlarmAsSafe) {
  observe_all();
  says(link(household("1", "202")), "unwell");
  const api::As property = staff(Role::property, path_of_place(building(1)));
  const auto board = get(property, "/api/v1/board");
  EXPECT_EQ(cell(board, dwelling("1", "202")), "safe");
  EXPECT_EQ(cell(board, dwelling("2", "101")), "absent");
  EXPECT_EQ(get(property, "/api/v1/today").status, 403);
}

TEST_P(Days, TodayCountsWhoIsLeft) {
  observe_all();
  says(link(household("1", "101")), "fine");
  post(manager, "/api/v1/check-ins",
       fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"phone"}})",
                   household("1", "102")));
  says(link(household("2", "101")), "unwell");
  const auto today = get(manager, "/api/v1/today");
  EXPECT_EQ(member(today, "not_reported.due"), "12");
  EXPECT_EQ(member(today, "not_reported.left"), "9");
  EXPECT_EQ(member(today, "not_reported.minutes_left"), "34");  // 09:26 to 10:00
  EXPECT_EQ(member(today, "reported.head"), "2");
  EXPECT_EQ(member(today, "reported.voice"), "1");
  EXPECT_EQ(member(today, "alarms"), "1");
  EXPECT_EQ(member(today, "unwell.0.door"), "2栋1单元101");
  EXPECT_EQ(member(today, "gaps.households_without_worker"), "12");
  const api::As captain = staff(Role::captain, path_of_place(building(2)));
  EXPECT_EQ(member(get(captain, "/api/v1/today"), "not_reported.due"), "6");
}

TEST_P(Days, N27_AnUnprovedLinkMayWriteAndReadsNothingPersonal) {
  observe_all();
  const std::string home = household("1", "101");
  const api::As unproved = link(home);
  EXPECT_EQ(says(unproved, "fine").status, 200);
  const auto page = get(unproved, "/api/v1/home");
  EXPECT_EQ(member(page, "state"), "safe");
  EXPECT_EQ(member(page, "proved"), "false");
  for (const char* personal : {"张阿姨", "李伯伯", "101", "number"}) {
    EXPECT_EQ(page.body.find(personal), std::string::npos) << page.body;
  }
  for (const char* path :
       {"/api/v1/board", "/api/v1/today", "/api/v1/places", "/api/v1/accounts"}) {
    EXPECT_EQ(get(unproved, path).status, 403) << path;
  }
  const auto proved = get(link(home, true), "/api/v1/home");
  EXPECT_EQ(member(proved, "people.1.name"), "张阿姨");
  EXPECT_EQ(member(proved, "door"), "1栋1单元101");
  EXPECT_EQ(member(proved, "day.length"), "14");
}

TEST_P(Days, A29_TheResidentSeesWhoIsResponsible) {
  const api::As page = link(household("1", "101"));
  EXPECT_EQ(member(get(page, "/api/v1/home"), "contact.role"), "manager");
  staff(Role::worker, path_of_place(grid(1)));
  EXPECT_EQ(member(get(page, "/api/v1/home"), "contact.role"), "worker");
  EXPECT_EQ(member(get(page, "/api/v1/home"), "contact.phone"), "13000001002");
}

TEST_P(Days, UnwellSaysWhoHasSeenIt) {
  observe_all();
  const std::string home = household("1", "101");
  const api::As page = link(home);
  says(page, "unwell");
  EXPECT_EQ(member(get(page, "/api/v1/home"), "unwell.seen_by"), "");
  post(manager, "/api/v1/households/" + home + "/acknowledge");
  EXPECT_EQ(member(get(page, "/api/v1/home"), "unwell.seen_by"), "员工1");
}

/// 38.2 is above the pack's 37.3: somebody calls back, whatever else was said.
TEST_P(Days, AFeverSaidAlongWithFineIsShownAsAFever) {
  observe_all();
  const api::As page = link(household("1", "101"));
  id(post(page, "/api/v1/check-ins", R"({"wellbeing":"fine","temperature":38.2})"));
  const auto home = get(page, "/api/v1/home");
  EXPECT_EQ(member(home, "state"), "alarm");
  EXPECT_EQ(member(home, "unwell.because"), "temperature");
  EXPECT_EQ(member(home, "unwell.temperature"), "3.82E1");
  const auto today = get(manager, "/api/v1/today");
  EXPECT_EQ(member(today, "unwell.0.because"), "temperature");
  EXPECT_EQ(member(today, "unwell.0.temperature"), "3.82E1");
  clock().advance(std::chrono::minutes{1});
  says(page, "unwell");
  EXPECT_EQ(member(get(page, "/api/v1/home"), "unwell.because"), "unwell");
  EXPECT_EQ(member(get(page, "/api/v1/home"), "unwell.temperature"), "");
}

/// Opened on 28 Nov: day 1 is 29 Nov, day 14 is 12 Dec, released on 13 Dec.
TEST_P(Days, TheFirstDayIsTomorrowAndTheLastIsTheLengthth) {
  observe_all();
  const api::As page = link(household("1", "101"), true);
  const auto day = [&](std::string_view what) {
    return member(get(page, "/api/v1/home"), "day." + std::string(what));
  };
  EXPECT_EQ(day("length"), "14");
  EXPECT_EQ(day("number"), "");
  EXPECT_EQ(day("left"), "14");
  clock().advance(std::chrono::days{1});
  EXPECT_EQ(day("number"), "1");
  EXPECT_EQ(day("left"), "13");
  clock().advance(std::chrono::days{13});
  EXPECT_EQ(day("number"), "14");
  EXPECT_EQ(day("left"), "0");
  clock().advance(std::chrono::days{1});
  EXPECT_EQ(day("length"), "");
}

/// 12 households are asked on 28 Nov; one reports inside the window and one after it: 11 are left.
TEST_P(Days, TheLastDaysSayHowManyHadNotReportedAtTheCutOff) {
  EXPECT_EQ(length(get(api::at_the_shell, "/api/v1/today/history"), "rows"), 0U);
  observe_all();
  const api::As first_home = link(household("1", "101"));
  const api::As second_home = link(household("1", "102"));
  says(first_home, "fine");
  clock().advance(std::chrono::hours{2});  // 11:12, the window closed at 10:00.
  says(second_home, "fine");
  const auto first = get(api::at_the_shell, "/api/v1/today/history");
  EXPECT_EQ(member(first, "rows.0.day"), "2022-11-28");
  EXPECT_EQ(member(first, "rows.0.due"), "12");
  EXPECT_EQ(member(first, "rows.0.left"), "11");
  clock().advance(std::chrono::hours{21});  // 08:12 on the next day: open still.
  says(first_home, "fine");
  EXPECT_EQ(length(get(api::at_the_shell, "/api/v1/today/history"), "rows"), 1U);
  clock().advance(std::chrono::hours{2});
  const auto second = get(api::at_the_shell, "/api/v1/today/history");
  EXPECT_EQ(member(second, "rows.0.left"), "11");
  EXPECT_EQ(member(second, "rows.1.left"), "11");
  const api::As captain = staff(Role::captain, path_of_place(building(2)));
  const auto own = get(captain, "/api/v1/today/history");
  EXPECT_EQ(member(own, "rows.0.due"), "6");
}

TEST_P(Days, AHouseholdThatIsLookedAfterMoreCloselyIsMarkedOnTheBoard) {
  const std::string home = household("1", "101");
  id(post(manager, "/api/v1/households/" + home, R"({"care":true})"), "");
  const std::string cells = "/api/v1/board/cells?dwellings=" + dwelling("1", "101");
  EXPECT_EQ(member(get(manager, cells), "cells.0.c"), "true");
  EXPECT_EQ(member(get(manager, "/api/v1/board"), "buildings.0.cells.0.c"), "true");
  EXPECT_EQ(member(get(manager, "/api/v1/board"), "buildings.0.cells.1.c"), "");
  EXPECT_EQ(length(get(manager, "/api/v1/households?filter=care"), "rows"), 1U);
  EXPECT_EQ(member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")), "households.0.care"),
            "true");
  // Who reads no names reads no such mark.
  const api::As street = staff(Role::street, path_of_place(building(1)));
  EXPECT_EQ(member(get(street, cells), "cells.0.c"), "");
  id(post(manager, "/api/v1/households/" + home, R"({"care":false})"), "");
  EXPECT_EQ(member(get(manager, cells), "cells.0.c"), "");
}

TEST_P(Days, HouseholdsAreListedByStateAndByWorker) {
  const auto rows = [&](const std::string& query) {
    return length(get(manager, "/api/v1/households?" + query), "rows");
  };
  EXPECT_EQ(rows("state=none"), 12U);
  observe_all();
  EXPECT_EQ(rows("state=due"), 12U);
  EXPECT_EQ(rows("state=overdue"), 0U);
  says(link(household("1", "101")), "fine");
  says(link(household("1", "102")), "unwell");
  EXPECT_EQ(rows("state=safe"), 1U);
  EXPECT_EQ(rows("state=alarm"), 1U);
  EXPECT_EQ(rows("state=due"), 10U);
  clock().advance(std::chrono::hours{1});  // 10:12, past the window's end at 10:00.
  EXPECT_EQ(rows("state=overdue"), 10U);
  const std::string ended = id_text(count(fmt::format(
      "SELECT id FROM observation WHERE household_id = {}", *id_from_text(household("2", "101")))));
  post(manager, "/api/v1/observations/" + ended + "/end", R"({"reason":"transferred"})");
  EXPECT_EQ(rows("state=released"), 1U);
  EXPECT_EQ(rows("filter=observed"), 11U);

  staff(Role::worker, path_of_place(grid(1)));
  const std::string all = id_text(count("SELECT id FROM account WHERE name = '员工2'"));
  EXPECT_EQ(rows("worker=" + all), 6U);
  staff(Role::worker, path_of_place(dwelling("1", "301")));
  const std::string one = id_text(count("SELECT id FROM account WHERE name = '员工3'"));
  EXPECT_EQ(rows("worker=" + all), 5U);  // The nearer grant has the door.
  EXPECT_EQ(rows("worker=" + one), 1U);
  EXPECT_EQ(rows("worker=" + one + "&state=safe"), 0U);
  const auto first = get(manager, "/api/v1/households?place=" + dwelling("1", "101"));
  EXPECT_EQ(member(first, "rows.0.state"), "safe");
  EXPECT_EQ(member(first, "rows.0.worker"), "员工2");
  const auto table = get(manager, "/api/v1/households?format=csv&worker=" + one);
  EXPECT_NE(table.body.find("员工3"), std::string::npos) << table.body;
}

TEST_P(Days, OneDoorShowsPeopleReportsAndWhoIsResponsible) {
  observe_all();
  says(link(household("1", "101")), "fine");
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
  EXPECT_EQ(member(door, "door"), "1栋1单元101");
  EXPECT_EQ(member(door, "households.0.people.1.age"), "76");
  EXPECT_EQ(member(door, "households.0.phones.0.number"), "***01");
  EXPECT_EQ(member(door, "households.0.observation.day_number"), "");
  EXPECT_EQ(member(door, "households.0.observation.first_day"), "2022-11-29");  // Tomorrow.
  EXPECT_EQ(member(door, "households.0.reports.0.assurance"), "head");
  const api::As volunteer = staff(Role::volunteer, path_of_place(building(1)));
  const auto less = get(volunteer, "/api/v1/dwellings/" + dwelling("1", "101"));
  EXPECT_EQ(member(less, "households.0.people.1.name"), "张阿姨");
  EXPECT_EQ(length(less, "households.0.phones"), 0U);
  EXPECT_EQ(member(less, "households.0.observation.ground"), "");
  EXPECT_EQ(get(volunteer, "/api/v1/dwellings/" + dwelling("2", "101")).status, 404);
}

TEST_P(Days, A12_HouseholdsAndPersonsNowAtThePeakAndAltogether) {
  observe_all();
  const auto counts = get(manager, "/api/v1/observations/counts");
  EXPECT_EQ(member(counts, "households.current"), "12");
  EXPECT_EQ(member(counts, "persons.current"), "2");
  clock().advance(std::chrono::hours{1});
  const std::string ended = id_text(count(fmt::format(
      "SELECT id FROM observation WHERE household_id = {}", *id_from_text(household("1", "101")))));
  post(manager, "/api/v1/observations/" + ended + "/end", R"({"reason":"transferred"})");
  const auto later = get(manager, "/api/v1/observations/counts");
  EXPECT_EQ(member(later, "households.current"), "11");
  EXPECT_EQ(member(later, "households.peak"), "12");
  EXPECT_EQ(member(later, "households.cumulative"), "12");
  EXPECT_EQ(member(later, "persons.current"), "0");
  EXPECT_EQ(member(later, "persons.peak"), "2");
  EXPECT_EQ(member(later, "households.peak_on"), "2022-11-28");
}

DOORSTEP_ON_BOTH_ENGINES(Days);

}  // namespace
}  // namespace doorstep::day
