// What a link of a household reads of its needs, through the endpoint on both engines.

#include <gtest/gtest.h>

#include "care/needs/testing.h"

namespace doorstep::needs {
namespace {

using api::length;
using api::member;

class NeedLinks : public NeedsHouse {};

TEST_P(NeedLinks, N27_AnUnprovedLinkOrdersAndCallsAndReadsNothing) {
  const api::As unproved = link(home);
  ask(resident, "降压药还有一天的量");
  EXPECT_EQ(ask(unproved, "鸡蛋10个").status, 200);
  EXPECT_EQ(post(unproved, "/api/v1/needs", R"({"service":"talk"})").status, 200);
  const auto page = get(unproved, "/api/v1/needs/mine");
  EXPECT_EQ(length(page, "needs"), 3U);
  EXPECT_EQ(page.body.find("降压药"), std::string::npos);
  EXPECT_EQ(page.body.find("鸡蛋"), std::string::npos);
  EXPECT_EQ(member(page, "needs.1.state"), "accepted");
}

/// Who heads the household reads its other links' needs, and not what was asked in private.
TEST_P(NeedLinks, N26_APrivateNeedIsHiddenFromEveryOtherLinkOfTheHousehold) {
  const api::As daughter = link(home, true);
  const std::string one = member(ask(daughter, "验孕棒1个", R"(,"only_me":true)"), "id");
  ask(daughter, "鸡蛋10个");
  const auto own = get(daughter, "/api/v1/needs/mine");
  EXPECT_EQ(length(own, "needs"), 2U);
  EXPECT_EQ(member(own, "needs.1.text"), "验孕棒1个");
  EXPECT_EQ(member(own, "needs.1.only_me"), "true");
  const auto others = get(resident, "/api/v1/needs/mine");
  EXPECT_EQ(length(others, "needs"), 1U);
  EXPECT_EQ(others.body.find("验孕棒"), std::string::npos);
  EXPECT_EQ(post(resident, "/api/v1/needs/" + one + "/withdraw", "{}").status, 404);
  EXPECT_EQ(ordered("验孕棒"), 0);
  // Staff answer it; into the order and the account that everybody there reads it never goes.
  EXPECT_EQ(member(need(one), "row.only_me"), "true");
  EXPECT_EQ(member(decide(one, "order"), "code"), "need.private");
  for (const char* way : {"/offer", "/loan"}) {
    const char* body = *(way + 1) == 'l' ? R"({"thing":"验孕棒","gift":true})" : "{}";
    EXPECT_EQ(member(post(worker, "/api/v1/needs/" + one + way, body), "code"), "need.private");
  }
  EXPECT_EQ(decide(one, "ask_back", R"(,"answer":"放在门卫，报尾号取")").status, 200);
  EXPECT_EQ(get(resident, "/api/v1/needs/mine").body.find("门卫"), std::string::npos);
  EXPECT_EQ(post(resident, "/api/v1/needs/" + one + "/reply", R"({"text":"好"})").status, 404);
  EXPECT_EQ(post(daughter, "/api/v1/needs/" + one + "/reply", R"({"text":"好"})").status, 200);
  EXPECT_EQ(decide(one, "done").status, 200);
  EXPECT_EQ(get(resident, "/api/v1/needs/mine").body.find("验孕棒"), std::string::npos);
}

TEST_P(NeedLinks, N26_OnlyALinkForItsOwnDoorAsksInPrivate) {
  const std::string more = R"(,"only_me":true)";
  const auto by_staff = ask(worker, "鸡蛋", more + R"(,"household":")" + home + '"');
  EXPECT_EQ(member(by_staff, "code"), "need.only_me");
  EXPECT_EQ(member(ask(resident, "鸡蛋", more + R"(,"to":"1-102")"), "code"), "need.only_me");
}

/// A chat's preview or a mail scanner opens links too.
TEST_P(NeedLinks, N27_OpeningALinkChangesNothing) {
  const api::As unproved = link(home);
  const std::string entries = "SELECT count(*) FROM journal";
  const std::string used = "SELECT count(*) FROM link_token WHERE last_used_at IS NOT NULL";
  const auto before = std::pair(count(entries), count(used));
  for (const char* path : {"/api/v1/home", "/api/v1/needs/mine", "/api/v1/home/parcels"}) {
    EXPECT_EQ(get(unproved, path).status, 200) << path;
  }
  EXPECT_EQ(std::pair(count(entries), count(used)), before);
}

DOORSTEP_ON_BOTH_ENGINES(NeedLinks);

}  // namespace
}  // namespace doorstep::needs
