// A building's claim link in its chat group, and links sent one by one; through the API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/claim_link.h"
#include "care/registry/compound.h"

namespace doorstep::registry {
namespace {

using api::length;
using api::member;

class Claims : public Compound {
 protected:
  void SetUp() override { prove_address(); }

  api::Response slips(int number) {
    auto made =
        post(manager, "/api/v1/places/" + building(number) + "/links", R"({"name":"纸条"})");
    EXPECT_EQ(made.status, 200) << made.body;
    return made;
  }
  /// The token of a fresh claim link.
  std::string group(int number) {
    const auto made =
        post(manager, "/api/v1/places/" + building(number) + "/claim-link", R"({"name":"群里"})");
    EXPECT_EQ(made.status, 200) << made.body;
    const std::string url = member(made, "url");
    EXPECT_TRUE(url.starts_with("https://door.example/l/claim#")) << url;
    return url.substr(url.find('#') + 1);
  }
  api::Response claim(std::string_view token, std::string_view code, std::string_view key = "",
                      std::string_view peer = "10.0.0.7") {
    api::Request request;
    request.method = api::Method::post;
    request.path = "/api/v1/claims";
    request.body = fmt::format(R"({{"token":"{}","code":"{}"}})", token, code);
    request.same_site = true;
    request.idempotency_key = key;
    request.peer = peer;
    return service().call(request);
  }
  static api::As page(const api::Response& claimed) {
    const std::string url = member(claimed, "url");
    return {{}, url.substr(url.rfind('/') + 1), api::Channel::network};
  }
  std::string of(const api::Response& slips, std::string_view door, std::string_view what) {
    for (std::size_t at = 0; at < length(slips, "rows"); ++at) {
      const std::string row = fmt::format("rows.{}.", at);
      if (member(slips, row + "household") == household("1", door)) {
        return member(slips, row + std::string(what));
      }
    }
    return {};
  }
  api::Response handout() { return get(manager, "/api/v1/places/" + building(1) + "/handout"); }
  api::Response hand(std::string_view door, std::string_view more = "") {
    return post(manager, "/api/v1/households/" + household("1", door) + "/handout",
                fmt::format(R"({{"name":"私信"{}}})", more));
  }
};

TEST_P(Claims, N1_TheCodeOfASlipClaimsALinkOfThatHouseholdAlone) {
  const auto paper = slips(1);
  const std::string token = group(1);
  const std::string code = of(paper, "201", "claim_code");
  ASSERT_EQ(code.size(), 9U);
  const auto claimed = claim(token, code);
  ASSERT_EQ(claimed.status, 200) << claimed.body;
  // It speaks for that household and is not proved: it reads nothing personal.
  EXPECT_EQ(post(page(claimed), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM check_in WHERE household_id = " +
                  std::to_string(*id_from_text(household("1", "201")))),
            1);
  EXPECT_EQ(member(get(page(claimed), "/api/v1/home"), "proved"), "false");
  // Typed in small letters, without the dash, with O for 0: the same code.
  std::string typed;
  for (const char one : code) {
    if (one != '-') typed += one == '0' ? 'o' : static_cast<char>(std::tolower(one));
  }
  EXPECT_EQ(claim(token, typed).status, 200);
  // Without a slip the link in the group is good for nothing, and says nothing of who lives there.
  EXPECT_EQ(member(claim(token, "0000-0000"), "code"), "claim.wrong");
  EXPECT_EQ(member(claim(token, "12"), "code"), "claim.code");
  EXPECT_EQ(member(claim("0123456789abcdefghjkmnpqrs", code), "code"), "claim.unknown");
  // A code of another building is no code here.
  const auto other = slips(2);
  EXPECT_EQ(member(claim(token, member(other, "rows.0.claim_code")), "code"), "claim.wrong");
}

TEST_P(Claims, N1_ASlipGivesFiveLinksAndASecondTryOfTheSameClaimNone) {
  const auto paper = slips(1);
  const std::string token = group(1);
  const std::string code = of(paper, "101", "claim_code");
  const auto first = claim(token, code, "0190aaaa-0000-7000-8000-00000000000a");
  const auto again = claim(token, code, "0190aaaa-0000-7000-8000-00000000000a");
  ASSERT_EQ(again.status, 200) << again.body;
  // The answer to the first try was lost: its link is void and the second stands.
  EXPECT_EQ(get(page(first), "/api/v1/home").status, 401);
  EXPECT_EQ(get(page(again), "/api/v1/home").status, 200);
  for (int more = 0; more < 4; ++more) EXPECT_EQ(claim(token, code).status, 200);
  EXPECT_EQ(member(claim(token, code), "code"), "claim.used_up");
  // Another claim link for the group voids this one.
  const std::string newer = group(1);
  EXPECT_EQ(member(claim(token, code), "code"), "claim.unknown");
  EXPECT_EQ(claim(newer, of(paper, "102", "claim_code")).status, 200);
  EXPECT_EQ(post(manager, "/api/v1/places/" + building(1) + "/claim-link/close").status, 200);
  EXPECT_EQ(member(claim(newer, of(paper, "202", "claim_code")), "code"), "claim.unknown");
  EXPECT_EQ(get(page(again), "/api/v1/home").status, 200);
}

TEST_P(Claims, N1_GuessingIsStoppedForWhoGuessesAndForTheLink) {
  const auto paper = slips(1);
  const std::string token = group(1);
  const std::string code = of(paper, "101", "claim_code");
  for (int guess = 0; guess < peer_failures_max; ++guess) {
    EXPECT_EQ(member(claim(token, fmt::format("{:08}", guess), "", "10.0.0.66"), "code"),
              "claim.wrong");
  }
  EXPECT_EQ(member(claim(token, code, "", "10.0.0.66"), "code"), "claim.locked");
  EXPECT_EQ(claim(token, code, "", "10.0.0.7").status, 200);
  for (std::int64_t guess = peer_failures_max; guess < link_failures_max; ++guess) {
    EXPECT_EQ(claim(token, fmt::format("{:08}", guess), "", fmt::format("10.0.1.{}", guess)).status,
              422);
  }
  const auto locked = claim(token, code, "", "10.0.0.8");
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(member(locked, "code"), "claim.locked");
  clock().advance(link_window + std::chrono::minutes{1});
  EXPECT_EQ(claim(token, code, "", "10.0.0.8").status, 200);
}

TEST_P(Claims, N1_LinksAreSentOneByOneDoorAfterDoorAndTheQueueKeepsItsPlace) {
  EXPECT_EQ(member(handout(), "left"), "6");
  const auto start = handout();
  EXPECT_EQ(member(start, "next.door"), "1栋1单元301");
  EXPECT_EQ(
      post(manager, "/api/v1/households/" + household("1", "302"), R"({"digital":"none"})").status,
      200);
  const auto first = hand("301");
  ASSERT_EQ(first.status, 200) << first.body;
  // 302 has no smartphone: 201 is next.
  const auto then = handout();
  EXPECT_EQ(member(then, "next.door"), "1栋1单元201");
  EXPECT_EQ(member(then, "last.door"), "1栋1单元301");
  EXPECT_EQ(member(then, "sent"), "1");
  EXPECT_EQ(member(then, "left"), "4");
  // Sent to the wrong chat: the first link is void.
  const auto again = hand("301");
  EXPECT_EQ(get(page(first), "/api/v1/home").status, 401);
  EXPECT_EQ(post(page(again), "/api/v1/links/opened").status, 200);
  EXPECT_EQ(hand("201", R"(,"skip":true)").status, 200);
  const auto now = handout();
  EXPECT_EQ(member(now, "opened"), "1");
  EXPECT_EQ(member(now, "sent"), "0");
  EXPECT_EQ(member(now, "skipped"), "1");
  EXPECT_EQ(member(now, "phone"), "1");
  EXPECT_EQ(member(now, "next.door"), "1栋1单元202");
  // Opened once, it is not voided by sending another.
  EXPECT_EQ(hand("301").status, 200);
  EXPECT_EQ(get(page(again), "/api/v1/home").status, 200);
  EXPECT_EQ(member(hand("301", R"(,"skip":false)"), "code"), "");
  EXPECT_EQ(member(post(manager, "/api/v1/households/0000000000001/handout", R"({"name":"私信"})"),
                   "code"),
            "household.unknown");
}

TEST_P(Claims, N1_WithoutAProvedAddressNothingIsSent) {
  settings({.public_url = "https://new.example", .demo = false});
  EXPECT_EQ(member(hand("301"), "code"), "address.unproved");
  EXPECT_EQ(
      member(post(manager, "/api/v1/places/" + building(1) + "/claim-link", R"({"name":"群里"})"),
             "code"),
      "address.unproved");
  EXPECT_EQ(member(post(manager, "/api/v1/places/" + grid(1) + "/claim-link", R"({"name":"群里"})"),
                   "code"),
            "claim.not_a_building");
}

DOORSTEP_ON_BOTH_ENGINES(Claims);

}  // namespace
}  // namespace doorstep::registry
