// Who is thought to have gone out, through the API on both engines: their account first, a second person, an objection
// and a third one; an emergency never counts, and nothing leaves the house.

#include "care/observation/suspicion.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

class Suspicions : public registry::Compound {
 protected:
  Suspicions() : home_(household("1", "101")), own_(link(home_, true)) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee"}})", home_))
                  .status,
              200);
  }

  api::Response record(const api::As& as, std::string_view more = R"("evidence":"door_seal")") {
    return post(as, "/api/v1/households/" + home_ + "/suspicions", fmt::format("{{{}}}", more));
  }
  std::string recorded(const api::As& as) { return id(record(as)); }
  api::Response act(const api::As& as, const std::string& suspicion, std::string_view verb,
                    std::string_view json) {
    return post(as, fmt::format("/api/v1/suspicions/{}/{}", suspicion, verb), json);
  }
  std::string decide(const api::As& as, const std::string& suspicion,
                     std::string_view verdict = "went_out") {
    const auto answer = act(as, suspicion, "decide",
                            fmt::format(R"({{"verdict":"{}","why":"封条断了两次"}})", verdict));
    return answer.status == 200 ? "ok" : member(answer, "code");
  }
  std::string account(const api::As& as, const std::string& suspicion, std::string_view kind,
                      std::string_view words = "") {
    const auto answer =
        act(as, suspicion, "account", fmt::format(R"({{"kind":"{}","words":"{}"}})", kind, words));
    return answer.status == 200 ? member(answer, "state") : member(answer, "code");
  }
  std::string settle(const api::As& as, const std::string& suspicion, bool upheld) {
    const auto answer = act(as, suspicion, "settle",
                            fmt::format(R"({{"upheld":{},"words":"看过监控了"}})", upheld));
    return answer.status == 200 ? "ok" : member(answer, "code");
  }
  /// What a link of the household, or somebody who works here, reads of the newest.
  std::string read(const api::As& as, std::string_view what) {
    return member(get(as, "/api/v1/suspicions"), "rows.0." + std::string(what));
  }
  std::string counted(std::string_view what) {
    return member(get(manager, "/api/v1/suspicions/counts"), what);
  }
  std::int64_t owed(std::string_view kind, std::string_view more = "") {
    return count(fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL {}",
                             kind, more));
  }
  void later(std::chrono::minutes by) {
    clock().advance(by);
    const auto swept =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(duty::sweep(context, 1000));
          return store::Answer{};
        });
    EXPECT_TRUE(swept.ok());
  }

  std::string home_;
  api::As own_;  ///< Their page.
  api::As first_ = staff(access::Role::worker);
  api::As second_ = staff(access::Role::leader);
  api::As third_ = staff(access::Role::grid_head);
};

TEST_P(Suspicions, N17_NobodyDecidesBeforeTheirAccountAndNeverWhoWroteItDown) {
  const std::string one = recorded(first_);
  EXPECT_EQ(owed("suspicion_account"), 1);
  EXPECT_EQ(read(own_, "state"), "asked");
  EXPECT_EQ(read(own_, "evidence"), "door_seal");
  EXPECT_NE(read(own_, "recorded_by"), "");
  EXPECT_EQ(decide(first_, one), "suspicion.second_person");
  EXPECT_EQ(decide(second_, one), "suspicion.account_awaited");
  EXPECT_EQ(account(own_, one, "other"), "suspicion.words");
  EXPECT_EQ(account(own_, one, "parcel", "拿了快递"), "answered");
  EXPECT_EQ(owed("suspicion_account"), 0);
  EXPECT_EQ(owed("suspicion_decide", "AND state = 'raised'"), 1);
  EXPECT_EQ(read(second_, "account"), "拿了快递");
  EXPECT_EQ(counted("waiting"), "1");
  // Who heard it on the phone does not write over what they said themselves; they may say it better.
  EXPECT_EQ(account(first_, one, "other", "他承认了"), "suspicion.own_words");
  EXPECT_EQ(account(own_, one, "parcel", "拿了快递，没下楼"), "answered");
  EXPECT_EQ(decide(first_, one), "suspicion.second_person");
  EXPECT_EQ(act(second_, one, "decide", R"({"verdict":"went_out"})").status, 422);  // No reason.
  EXPECT_EQ(decide(second_, one), "ok");
  EXPECT_EQ(decide(third_, one), "suspicion.decided");
  EXPECT_EQ(owed("suspicion_decide"), 0);
  // It stands on their page with reason and name.
  EXPECT_EQ(read(own_, "verdict"), "went_out");
  EXPECT_EQ(read(own_, "why"), "封条断了两次");
  EXPECT_NE(read(own_, "verdict_by"), "");
  EXPECT_NE(read(own_, "verdict_by"), read(own_, "recorded_by"));
  EXPECT_EQ(read(own_, "without_account"), "false");
  EXPECT_EQ(counted("went_out"), "1");
}

TEST_P(Suspicions, N17_WhoIsSilentIsAskedByVoiceAndOnlyAfterTheTermDecidedWithout) {
  const std::string one = recorded(first_);
  EXPECT_EQ(owed("suspicion_account", "AND state = 'waiting'"), 1);
  later(std::chrono::hours{4});  // suspicion.remind_hours
  EXPECT_EQ(owed("suspicion_account", "AND state = 'raised'"), 1);
  later(std::chrono::hours{20} - std::chrono::minutes{1});
  first_ = staff(access::Role::worker);
  second_ = staff(access::Role::leader);
  EXPECT_EQ(decide(second_, one), "suspicion.account_awaited");
  later(std::chrono::minutes{1});  // suspicion.account_hours = 24
  EXPECT_EQ(decide(second_, one), "ok");
  EXPECT_EQ(read(second_, "without_account"), "true");
  EXPECT_EQ(owed("suspicion_account"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'suspicion.decided'"), 1);
}

TEST_P(Suspicions, N17_AnEmergencyEndsItAtOnceAndNeverCounts) {
  for (const char* kind : {"fire", "illness", "danger"}) {
    const std::string one = recorded(first_);
    EXPECT_EQ(account(own_, one, kind, "120 接走了，胸痛"), "decided") << kind;
    EXPECT_EQ(read(own_, "verdict"), "emergency_exit") << kind;
    EXPECT_EQ(read(own_, "verdict_by"), "") << kind;
    EXPECT_EQ(decide(second_, one), "suspicion.decided") << kind;
  }
  EXPECT_EQ(owed("suspicion_decide"), 0);
  EXPECT_EQ(owed("suspicion_account"), 0);
  EXPECT_EQ(counted("went_out"), "0");
  EXPECT_EQ(counted("emergency_exit"), "3");
  // Whoever decides may find that out as well.
  const std::string late = recorded(first_);
  EXPECT_EQ(account(own_, late, "other", "下楼了"), "answered");
  EXPECT_EQ(decide(second_, late, "emergency_exit"), "ok");
  EXPECT_EQ(counted("went_out"), "0");
  EXPECT_EQ(counted("emergency_exit"), "4");
}

TEST_P(Suspicions, N17_AnObjectionIsOwedAnAnswerByAThirdPersonAndMeanwhileItCountsNowhere) {
  const std::string one = recorded(first_);
  EXPECT_EQ(account(own_, one, "stayed"), "answered");
  const auto object = [&](std::string_view words) {
    return act(own_, one, "object", fmt::format(R"({{"words":"{}"}})", words));
  };
  EXPECT_EQ(member(object("没有"), "code"), "suspicion.nothing_to_object");
  EXPECT_EQ(decide(second_, one), "ok");
  EXPECT_EQ(counted("went_out"), "1");
  EXPECT_EQ(member(object(" "), "code"), "suspicion.words");
  const auto objected = object("是隔壁的门");
  EXPECT_EQ(member(objected, "due"),
            to_text(clock().now() + std::chrono::hours{72}));  // suspicion.objection_hours
  EXPECT_EQ(counted("went_out"), "0");
  EXPECT_EQ(counted("objected"), "1");
  EXPECT_EQ(read(own_, "objection"), "是隔壁的门");
  EXPECT_EQ(owed("suspicion_objection", "AND state = 'raised'"), 1);
  EXPECT_EQ(member(object("再说一次"), "code"), "suspicion.nothing_to_object");
  EXPECT_EQ(settle(second_, one, true), "suspicion.third_person");
  EXPECT_EQ(settle(first_, one, true), "access.denied");
  EXPECT_EQ(settle(third_, one, false), "ok");
  EXPECT_EQ(settle(third_, one, true), "suspicion.no_objection");
  EXPECT_EQ(owed("suspicion_objection"), 0);
  EXPECT_EQ(read(own_, "state"), "overturned");
  EXPECT_EQ(read(own_, "answer"), "看过监控了");
  EXPECT_EQ(counted("went_out"), "0");
  EXPECT_EQ(counted("taken_back"), "1");
  // What happened stays in the journal.
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind IN ('suspicion.recorded',"
                  " 'suspicion.decided', 'suspicion.objected', 'suspicion.overturned')"),
            4);
  // One that is upheld counts again.
  const std::string two = recorded(first_);
  EXPECT_EQ(account(own_, two, "other", "下楼抽烟"), "answered");
  EXPECT_EQ(decide(second_, two), "ok");
  EXPECT_EQ(act(own_, two, "object", R"({"words":"只有五分钟"})").status, 200);
  EXPECT_EQ(settle(third_, two, true), "ok");
  EXPECT_EQ(counted("went_out"), "1");
}

TEST_P(Suspicions, N17_WhatIsTakenBackCountsNowhereAndItsDutiesEnd) {
  const std::string one = recorded(first_);
  EXPECT_EQ(act(first_, one, "withdraw", R"({"words":""})").status, 422);
  EXPECT_EQ(act(first_, one, "withdraw", R"({"words":"是风吹的"})").status, 200);
  EXPECT_EQ(owed("suspicion_account"), 0);
  EXPECT_EQ(member(act(first_, one, "withdraw", R"({"words":"再"})"), "code"), "suspicion.over");
  EXPECT_EQ(account(own_, one, "stayed"), "suspicion.decided");
  const std::string two = recorded(first_);
  EXPECT_EQ(account(own_, two, "stayed"), "answered");
  EXPECT_EQ(decide(second_, two), "ok");
  EXPECT_EQ(act(second_, two, "withdraw", R"({"words":"我看错了"})").status, 200);
  EXPECT_EQ(counted("went_out"), "0");
  EXPECT_EQ(counted("taken_back"), "2");
  EXPECT_EQ(read(own_, "state"), "withdrawn");
  EXPECT_EQ(read(own_, "answer"), "我看错了");
}

TEST_P(Suspicions, N17_TheDutyOfTheSecondAndThirdIsNotGivenToWhoMayNotDoIt) {
  const auto owner = [&](std::string_view kind) {
    return count(
        fmt::format("SELECT owner_id FROM duty WHERE kind = '{}' AND closed_at IS NULL", kind));
  };
  const std::string one = recorded(first_);
  const std::int64_t writer = count("SELECT recorded_by FROM suspicion");
  EXPECT_EQ(owner("suspicion_account"), writer);  // The worker of the door asks.
  EXPECT_EQ(account(own_, one, "stayed"), "answered");
  EXPECT_NE(owner("suspicion_decide"), writer);
  EXPECT_NE(owner("suspicion_decide"), 0);
  // The grid head decides: the objection goes past both.
  EXPECT_EQ(decide(third_, one), "ok");
  const std::int64_t decider = count("SELECT verdict_by FROM suspicion");
  EXPECT_EQ(act(own_, one, "object", R"({"words":"不是我"})").status, 200);
  EXPECT_NE(owner("suspicion_objection"), writer);
  EXPECT_NE(owner("suspicion_objection"), decider);
  EXPECT_NE(owner("suspicion_objection"), 0);
}

TEST_P(Suspicions, N17_OnlyUnderAnOrderAndOnlyAboutNow) {
  const std::string free = household("1", "102");
  EXPECT_EQ(
      member(post(first_, "/api/v1/households/" + free + "/suspicions", R"({"evidence":"patrol"})"),
             "code"),
      "suspicion.no_order");
  EXPECT_EQ(member(record(first_, R"("evidence":"other")"), "code"), "suspicion.words");
  const auto seen = [&](std::chrono::hours off) {
    return member(record(first_, fmt::format(R"("evidence":"patrol","seen_at":"{}")",
                                             to_text(clock().now() + off))),
                  "code");
  };
  EXPECT_EQ(seen(std::chrono::hours{1}), "suspicion.seen_at");
  EXPECT_EQ(seen(std::chrono::hours{-73}), "suspicion.seen_at");
  EXPECT_EQ(seen(std::chrono::hours{-2}), "");
  EXPECT_EQ(record(api::at_the_shell).status, 403);  // Somebody with a name.
  EXPECT_EQ(record(staff(access::Role::volunteer)).status, 403);
}

TEST_P(Suspicions, N17_ItIsReadByTheHouseholdsOwnProvedLinksAndByNoneOfTheNeighbours) {
  recorded(first_);
  EXPECT_EQ(member(get(own_, "/api/v1/home"), "suspicions"), "1");
  const api::As unproved = link(home_);
  EXPECT_EQ(member(get(unproved, "/api/v1/home"), "suspicions"), "");
  EXPECT_EQ(get(unproved, "/api/v1/suspicions").status, 403);
  const api::As neighbour = link(household("1", "102"), true);
  EXPECT_EQ(api::length(get(neighbour, "/api/v1/suspicions"), "rows"), 0U);
  EXPECT_EQ(member(get(neighbour, "/api/v1/home"), "suspicions"), "0");
  const std::string one = read(own_, "id");
  EXPECT_EQ(account(neighbour, one, "stayed"), "suspicion.unknown");
  EXPECT_EQ(get(staff(access::Role::property), "/api/v1/suspicions").status, 403);
  EXPECT_EQ(get(staff(access::Role::street), "/api/v1/suspicions").status, 403);
}

TEST_P(Suspicions, N17_NothingIsSentOnwardByItself) {
  const auto outside = [&] {
    return count(
        "SELECT (SELECT count(*) FROM export_made) + (SELECT count(*) FROM export_permit)"
        " + (SELECT count(*) FROM message) + (SELECT count(*) FROM transfer)"
        " + (SELECT count(*) FROM group_post) + (SELECT count(*) FROM need)"
        " + (SELECT count(*) FROM release_letter)");
  };
  const auto standing = [&] {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")),
                  "households.0.observation.ends_on");
  };
  const std::int64_t before = outside();
  const std::string ends = standing();
  const std::string bulletin = get(manager, "/api/v1/bulletin").body;
  const std::int64_t mark = count("SELECT max(id) FROM journal");
  const std::string one = recorded(first_);
  EXPECT_EQ(account(own_, one, "other", "下楼了"), "answered");
  EXPECT_EQ(decide(second_, one), "ok");
  EXPECT_EQ(act(own_, one, "object", R"({"words":"有人叫我下去"})").status, 200);
  EXPECT_EQ(settle(third_, one, true), "ok");
  later(std::chrono::minutes{10});
  // Nothing was written but the suspicion, its duties, and that they were handed over.
  EXPECT_EQ(outside(), before);
  EXPECT_EQ(count(fmt::format("SELECT count(*) FROM journal WHERE id > {} AND kind NOT LIKE"
                              " 'suspicion.%' AND kind NOT LIKE 'duty.%' AND kind NOT LIKE"
                              " 'duties.%'",
                              mark)),
            0);
  // The order goes on as it was, and what is shared outside says nothing of it.
  EXPECT_EQ(standing(), ends);
  const auto after = get(manager, "/api/v1/bulletin").body;
  EXPECT_EQ(after.substr(after.find("minimum")), bulletin.substr(bulletin.find("minimum")));
  EXPECT_EQ(bulletin.find("suspicion"), std::string::npos);
  // Whoever carries the list out does so by name; names are masked, and the file is counted (N14).
  const auto file = get(staff(access::Role::manager), "/api/v1/suspicions?format=csv");
  EXPECT_EQ(file.status, 200);
  EXPECT_NE(file.body.find("names,masked"), std::string::npos);
  EXPECT_EQ(outside(), before + 1);
}

TEST_P(Suspicions, N17_AStandingSuspicionIsDecidedBeforeAnybodyIsErasedOrControlEnds) {
  const std::string one =
      id(record(first_, fmt::format(R"("evidence":"sensor","person":"{}")", zhang)));
  const auto observation = id_text(count("SELECT id FROM observation"));
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"transferred"})")
          .status,
      200);
  const auto erase = [&] {
    return member(post(manager, "/api/v1/people/" + zhang + "/erase", R"({"cause":"asked"})"),
                  "code");
  };
  EXPECT_EQ(erase(), "erasure.suspicion");
  // Their account still ends it, though the days are over.
  EXPECT_EQ(account(own_, one, "fire"), "decided");
  EXPECT_EQ(erase(), "");
}

DOORSTEP_ON_BOTH_ENGINES(Suspicions);

}  // namespace
}  // namespace doorstep::observation
