// The thread of a household and whom it trusts, through the API on both engines.

#include "care/messages/thread.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::messages {
namespace {

using api::member;
using std::chrono::minutes;

class Threads : public registry::Compound {
 protected:
  Threads() : home_(household("1", "101")) {
    worker_ =
        id(post(manager, "/api/v1/invitations",
                fmt::format(R"({{"name":"网格员","login":"w1","role":"worker","place":"{}"}})",
                            building(1))),
           "account");
  }
  void sweep() {
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(duty::sweep(context, 1000));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
  }
  api::Response say(const api::As& as, std::string_view body) {
    return post(as, "/api/v1/messages", fmt::format(R"({{"body":"{}"}})", body));
  }
  api::Response answer_them(const api::As& as, std::string_view body) {
    return post(as, "/api/v1/messages",
                fmt::format(R"({{"household":"{}","body":"{}"}})", home_, body));
  }
  std::int64_t owed(std::string_view more = "") {
    return count(fmt::format(
        "SELECT count(*) FROM duty WHERE kind = 'message' AND closed_at IS NULL{}", more));
  }

  std::string home_;
  std::string worker_;
};

TEST_P(Threads, C16_AMessageIsOwedAnAnswerByItsOwnerAndAgesUntilThen) {
  const api::As phone = link(home_, true);
  EXPECT_EQ(say(phone, "家里没有米了").status, 200);
  EXPECT_EQ(say(phone, "还有药").status, 200);
  EXPECT_EQ(owed(), 1);
  EXPECT_EQ(owed(fmt::format(" AND owner_id = {}", *id_from_text(worker_))), 1);
  const auto listed = get(manager, "/api/v1/duties?kind=message");
  EXPECT_EQ(member(listed, "rows.0.due"), "2022-11-28T01:26:00.000Z");  // Since the first one.
  clock().advance(minutes{30});
  sweep();
  EXPECT_EQ(owed(" AND level <> 'worker'"), 1);  // Nobody took it up: it climbs.
  const api::As worker = staff(access::Role::worker, path_of_place(building(1)));
  EXPECT_EQ(answer_them(worker, "下午送到").status, 200);
  EXPECT_EQ(owed(), 0);
  const auto thread = get(phone, "/api/v1/messages");
  ASSERT_EQ(api::length(thread, "rows"), 3U);
  EXPECT_EQ(member(thread, "rows.0.body"), "家里没有米了");
  EXPECT_EQ(member(thread, "rows.0.from_household"), "true");
  EXPECT_EQ(member(thread, "rows.2.body"), "下午送到");
  EXPECT_EQ(member(thread, "waiting_since"), "");
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE data LIKE '%米%'"), 0);
}

TEST_P(Threads, C16_APhoneThatNobodyProvedWritesAndDoesNotRead) {
  const api::As phone = link(home_);
  EXPECT_EQ(say(phone, "请回电话").status, 200);
  const auto thread = get(phone, "/api/v1/messages");
  EXPECT_EQ(api::length(thread, "rows"), 0U);
  EXPECT_EQ(thread.body.find("请回电话"), std::string::npos);
  EXPECT_NE(member(thread, "waiting_since"), "");
}

TEST_P(Threads, WhatIsWrongIsRefusedAndNothingIsOwed) {
  const api::As phone = link(home_, true);
  EXPECT_EQ(member(say(phone, "  "), "code"), "message.body");
  EXPECT_EQ(member(say(phone, std::string(1001, 'a')), "code"), "message.body");
  const std::string other = household("2", "101");
  EXPECT_EQ(member(post(phone, "/api/v1/messages",
                        fmt::format(R"({{"household":"{}","body":"x"}})", other)),
                   "code"),
            "household.unknown");
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(count("SELECT count(*) FROM message"), 0);
}

TEST_P(Threads, N18_WhoIsTrustedSeesTheyAreSafeRaisesAnAlarmAndIsTakenBackInOneTap) {
  EXPECT_EQ(post(manager, "/api/v1/observations",
                 fmt::format(R"({{"household":"{}","ground":"area"}})", home_))
                .status,
            200);
  const api::As phone = link(home_, true);
  EXPECT_EQ(post(link(home_), "/api/v1/trusted", R"({"name":"女儿"})").status, 403);
  const auto named = post(phone, "/api/v1/trusted", R"({"name":"女儿"})");
  ASSERT_EQ(named.status, 200) << named.body;
  const api::As daughter{{}, member(named, "token"), api::Channel::network};
  EXPECT_EQ(member(get(daughter, "/api/v1/home"), "state"), "due");
  post(phone, "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  const auto home = get(daughter, "/api/v1/home");
  EXPECT_EQ(member(home, "state"), "safe");
  EXPECT_EQ(member(home, "trusted"), "true");
  EXPECT_EQ(home.body.find("张阿姨"), std::string::npos);
  EXPECT_EQ(member(home, "door"), "");
  EXPECT_EQ(api::length(get(daughter, "/api/v1/messages"), "rows"), 0U);
  EXPECT_EQ(member(say(daughter, "x"), "code"), "message.trusted");
  EXPECT_EQ(get(daughter, "/api/v1/trusted").status, 403);
  // Nobody makes it one of the household's own.
  EXPECT_EQ(member(post(manager, "/api/v1/links/" + member(named, "id") + "/prove",
                        R"({"proof":"phone"})"),
                   "code"),
            "link.trusted");
  EXPECT_EQ(post(daughter, "/api/v1/check-ins", R"({"wellbeing":"unwell"})").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'unwell' AND closed_at IS NULL"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM check_in WHERE assurance = 'remote'"), 1);
  const auto list = get(phone, "/api/v1/trusted");
  EXPECT_EQ(member(list, "rows.0.name"), "女儿");
  const std::string drop = "/api/v1/trusted/" + member(named, "id") + "/revoke";
  EXPECT_EQ(member(post(link(household("1", "102"), true), drop), "code"), "link.unknown");
  EXPECT_EQ(post(phone, drop).status, 200);
  EXPECT_EQ(post(phone, drop).status, 200);
  EXPECT_EQ(member(get(daughter, "/api/v1/home"), "code"), "link.revoked");
  EXPECT_EQ(api::length(get(phone, "/api/v1/trusted"), "rows"), 0U);
}

TEST_P(Threads, N18_FiveAreEnough) {
  const api::As phone = link(home_, true);
  for (int n = 0; n < 5; ++n) {
    EXPECT_EQ(post(phone, "/api/v1/trusted", fmt::format(R"({{"name":"亲友{}"}})", n)).status, 200);
  }
  EXPECT_EQ(member(post(phone, "/api/v1/trusted", R"({"name":"亲友"})"), "code"),
            "trusted.too_many");
}

DOORSTEP_ON_BOTH_ENGINES(Threads);

}  // namespace
}  // namespace doorstep::messages
