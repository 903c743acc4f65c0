// The call round through the API on both engines: whom it names, in which order, and what ends it.

#include "care/day/call_round.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/day/watched_testing.h"

namespace doorstep::day {
namespace {

using api::member;

class CallRounds : public Watched {
 protected:
  api::Response report(std::string_view door, std::string_view more) {
    return post(manager, "/api/v1/check-ins",
                fmt::format(R"({{"household":"{}",{}}})", household("1", door), more));
  }
  api::Response round(std::string_view query = "") {
    return get(manager, fmt::format("/api/v1/call-round{}", query));
  }
  std::string next() { return member(round(), "rows.0.household"); }
};

TEST_P(CallRounds, C8_TheNextIsWhoIsUnwellThenWhoIsOverdueThenDoorByDoor) {
  for (const char* door : {"202", "101", "102", "201"}) observe(door);
  tick("2022-11-28T09:30:00+08:00");
  auto shown = round();
  EXPECT_EQ(member(shown, "left"), "4");
  EXPECT_EQ(member(shown, "total"), "4");
  EXPECT_EQ(member(shown, "minutes_left"), "30");
  EXPECT_EQ(member(shown, "rows.0.household"), household("1", "101"));
  EXPECT_EQ(member(shown, "rows.0.reason"), "waiting");
  EXPECT_EQ(member(shown, "rows.0.rung"), "call");
  EXPECT_EQ(member(shown, "rows.1.household"), household("1", "102"));
  post(link(household("1", "201")), "/api/v1/check-ins", R"({"wellbeing":"unwell"})");
  EXPECT_EQ(next(), household("1", "201"));
  EXPECT_EQ(member(round(), "rows.0.reason"), "unwell");
  EXPECT_EQ(member(round(), "rows.0.contacts.0.channel"), "page");
  // Spoken to: out of the round, though the call back stays open until its outcome is said.
  EXPECT_EQ(report("201", R"("wellbeing":"fine","channel":"phone")").status, 200);
  EXPECT_EQ(next(), household("1", "101"));
  EXPECT_EQ(member(get(manager, "/api/v1/duties?kind=unwell"), "rows.0.state"), "raised");
}

TEST_P(CallRounds, C8_N24_NobodyIsLeftOnlyWhenEachWasReachedOrClimbs) {
  for (const char* door : {"101", "102"}) observe(door);
  tick("2022-11-28T09:30:00+08:00");
  EXPECT_EQ(report("101", R"("wellbeing":"fine","channel":"video","temperature":36.4)").status,
            200);
  EXPECT_EQ(member(round(), "left"), "1");
  const std::string attempts = "/api/v1/households/" + household("1", "102") + "/attempts";
  EXPECT_EQ(member(post(manager, attempts, R"({"outcome":"no_answer"})"), "next_rung"),
            "call_again");
  auto shown = round();
  EXPECT_EQ(member(shown, "left"), "0");
  EXPECT_EQ(member(shown, "climbing"), "1");
  EXPECT_EQ(api::length(shown, "rows"), 0U);
  // A quarter of an hour later the next rung is owed, and what was tried stands beside it.
  tick("2022-11-28T09:45:00+08:00");
  shown = round();
  EXPECT_EQ(member(shown, "left"), "1");
  EXPECT_EQ(member(shown, "rows.0.reason"), "raised");
  EXPECT_EQ(member(shown, "rows.0.rung"), "call_again");
  EXPECT_EQ(member(shown, "rows.0.contacts.0.rung"), "call");
  EXPECT_EQ(member(shown, "rows.0.contacts.0.outcome"), "no_answer");
}

TEST_P(CallRounds, C9_WhoDeclinesToSayWasHeardAndIsNotCountedAsWell) {
  observe("101");
  tick("2022-11-28T09:30:00+08:00");
  EXPECT_EQ(report("101", R"("wellbeing":"declined","channel":"phone")").status, 200);
  const auto shown = round();
  EXPECT_EQ(member(shown, "left"), "1");
  EXPECT_EQ(member(shown, "rows.0.contacts.0.wellbeing"), "declined");
  EXPECT_EQ(member(get(manager, "/api/v1/today"), "not_reported.left"), "1");
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE heard_at > 0 AND reported_at = 0"), 1);
}

TEST_P(CallRounds, D32_WhatTheyNeedIsKeptWithTheContact) {
  observe("101");
  tick("2022-11-28T09:30:00+08:00");
  const std::string said = R"("wellbeing":"declined","channel":"phone","note":" 青菜2斤 ")";
  EXPECT_EQ(report("101", said).status, 200);
  EXPECT_EQ(member(round(), "rows.0.contacts.0.note"), "青菜2斤");
  const auto refused = report(
      "101",
      fmt::format(R"("wellbeing":"fine","channel":"phone","note":"{}")", std::string(501, 'x')));
  EXPECT_EQ(member(refused, "code"), "check_in.note");
}

TEST_P(CallRounds, LaterGoesToTheEndOfTheRoundAndABadCursorIsRefused) {
  for (const char* door : {"101", "102"}) observe(door);
  tick("2022-11-28T09:30:00+08:00");
  const auto after = [&](const std::string& duty) { return round("?after=" + duty); };
  const auto second = after(member(round(), "rows.0.duty"));
  EXPECT_EQ(member(second, "rows.0.household"), household("1", "102"));
  EXPECT_EQ(member(second, "left"), "2");
  const auto again = after(member(second, "rows.0.duty"));
  EXPECT_EQ(member(again, "rows.0.household"), household("1", "101"));
  EXPECT_EQ(member(after("x"), "code"), "field.after");
}

TEST_P(CallRounds, TheRestIsSharedInRunsOfNeighbouringDoors) {
  for (const char* door : {"101", "102", "201", "202"}) observe(door);
  tick("2022-11-28T09:30:00+08:00");
  const std::string me = member(round(), "owners.0.account");
  ASSERT_EQ(member(round(), "owners.0.left"), "4");
  const api::As worker = staff(access::Role::worker, path_of_place(building(1)));
  const std::string other = id_text(count("SELECT max(id) FROM account"));
  const auto body = fmt::format(R"({{"accounts":["{}","{}"]}})", me, other);
  const auto shared = post(manager, "/api/v1/call-round/share", body);
  EXPECT_EQ(member(shared, "given.1.calls"), "2") << shared.body;
  const auto theirs = get(worker, "/api/v1/call-round?mine=true");
  EXPECT_EQ(member(theirs, "left"), "2");
  EXPECT_EQ(member(theirs, "rows.0.household"), household("1", "201"));
  EXPECT_EQ(member(round("?mine=true"), "left"), "2");
  EXPECT_EQ(member(post(manager, "/api/v1/call-round/share", R"({"accounts":[]})"), "code"),
            "duty.owner");
}

/// Three days after their link was made, whoever never opened it is called before those who may still press.
TEST_P(CallRounds, N1_WhoNeverOpenedTheLinkIsCalledFirstUntilItIsOpened) {
  const api::As silent = link(household("1", "202"));
  const api::As opened = link(household("1", "201"));
  EXPECT_EQ(get(silent, "/api/v1/home").status, 200);  // A preview fetches too: not opened.
  EXPECT_EQ(post(opened, "/api/v1/links/opened").status, 200);
  EXPECT_EQ(member(post(manager, "/api/v1/links/opened"), "code"), "access.denied");
  const std::string filtered = "/api/v1/households?filter=phone";
  EXPECT_EQ(api::length(get(manager, filtered), "rows"), 0U);
  clock().set(*instant_from_text("2022-12-02T08:10:00+08:00"));
  manager = staff(access::Role::manager);
  for (const char* door : {"101", "201", "202"}) observe(door);
  tick("2022-12-02T08:30:00+08:00");
  const auto shown = round();
  EXPECT_EQ(member(shown, "left"), "3");
  EXPECT_EQ(member(shown, "rows.0.household"), household("1", "202"));
  EXPECT_EQ(member(shown, "rows.0.reason"), "phone");
  EXPECT_EQ(member(shown, "rows.1.reason"), "waiting");
  ASSERT_EQ(api::length(get(manager, filtered), "rows"), 1U);
  EXPECT_EQ(member(get(manager, filtered), "rows.0.id"), household("1", "202"));
  EXPECT_EQ(post(silent, "/api/v1/links/opened").status, 200);
  EXPECT_EQ(member(round(), "rows.0.reason"), "waiting");
  EXPECT_EQ(api::length(get(manager, filtered), "rows"), 0U);
  // Known to have no smartphone: at once, and whatever anybody opened.
  EXPECT_EQ(
      post(manager, "/api/v1/households/" + household("1", "201"), R"({"digital":"none"})").status,
      200);
  EXPECT_EQ(next(), household("1", "201"));
}

DOORSTEP_ON_BOTH_ENGINES(CallRounds);

}  // namespace
}  // namespace doorstep::day
