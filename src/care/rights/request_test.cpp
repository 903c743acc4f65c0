// What people ask about what is kept of them, what they agree to, and who looked.

#include "care/rights/request.h"

#include <set>

#include <fmt/format.h>

#include "care/registry/compound.h"
#include "care/rights/consent.h"

namespace doorstep::rights {
namespace {

class Requests : public registry::Compound {
 protected:
  void SetUp() override {
    home_ = household("1", "101");
    link_ = link(home_, true);
  }

  api::Response ask(const api::As& as, const std::string& body) {
    return post(as, "/api/v1/requests", body);
  }
  std::string by_staff(std::string_view rest) {
    return R"({"household":")" + home_ + R"(",)" + std::string(rest) + '}';
  }
  api::Response answer(const std::string& request, std::string_view body) {
    return post(manager, "/api/v1/requests/" + request + "/answer", body);
  }
  std::string child() {
    return id(post(manager, "/api/v1/households/" + home_ + "/people",
                   R"({"name":"张小宝","born_on":"2015-05-01"})"));
  }

  std::string home_;
  api::As link_;
};

TEST_P(Requests, N13_EachKindIsOwedAnAnswerByADayWhicheverWayItCame) {
  for (const std::string kind :
       {"access", "correction", "export", "objection", "complaint", "who_looked", "erasure"}) {
    const auto page = ask(link_, R"({"kind":")" + kind + R"(","words":"请看看"})");
    ASSERT_EQ(page.status, 200) << kind << page.body;
    // Asked 28 November 2022 09:26, answered within 15 days.
    EXPECT_EQ(api::member(page, "due_at"), "2022-12-13T01:26:00.000Z");
    for (const std::string channel : {"phone", "paper", "door"}) {
      const auto keyed = ask(manager, by_staff(R"("kind":")" + kind + R"(","channel":")" + channel +
                                               R"(","words":"请看看")"));
      EXPECT_EQ(keyed.status, 200) << kind << channel << keyed.body;
    }
  }
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'subject_request' AND closed_at IS NULL"),
            28);
  EXPECT_EQ(api::length(get(manager, "/api/v1/requests"), "rows"), 28U);
  // The household reads what it asked on its page alone; a link that is not proved reads nothing.
  EXPECT_EQ(api::length(get(link_, "/api/v1/requests"), "rows"), 7U);
  EXPECT_EQ(get(link(home_), "/api/v1/requests").status, 403);
  EXPECT_EQ(api::length(get(link(home_, true), "/api/v1/requests"), "rows"), 0U);
}

TEST_P(Requests, N13_AnAnswerMeetsTheDutyAndIsRead) {
  const std::string request = id(ask(link_, R"({"kind":"correction","words":"我姓章不姓张"})"));
  EXPECT_EQ(api::member(answer(request, R"({"outcome":"granted","words":""})"), "code"),
            "request.words");
  EXPECT_EQ(api::member(answer(request, R"({"outcome":"open","words":"好"})"), "code"),
            "request.outcome");
  EXPECT_EQ(answer(request, R"({"outcome":"granted","words":"改好了"})").status, 200);
  EXPECT_EQ(api::member(answer(request, R"({"outcome":"refused","words":"不"})"), "code"),
            "request.answered");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'subject_request' AND state = 'met'"), 1);
  const auto seen = get(link_, "/api/v1/requests");
  EXPECT_EQ(api::member(seen, "rows.0.answer"), "改好了") << seen.body;
  EXPECT_EQ(api::member(seen, "rows.0.state"), "granted");
}

TEST_P(Requests, N13_AMinorIsSpokenForBySomebodyGrownUp) {
  const std::string minor = child();
  const auto about = [&](const std::string& guardian) {
    const std::string by = guardian.empty() ? "" : R"(,"guardian":")" + guardian + '"';
    return ask(manager, by_staff(R"("kind":"access","person":")" + minor + '"' + by));
  };
  EXPECT_EQ(api::member(about(""), "code"), "request.guardian");
  EXPECT_EQ(api::member(about(minor), "code"), "request.guardian");
  EXPECT_EQ(about(zhang).status, 200);
  const auto stranger = id(post(manager, "/api/v1/households/" + household("2", "101") + "/people",
                                R"({"name":"外人","born_on":"1980-01-01"})"));
  EXPECT_EQ(api::member(about(stranger), "code"), "person.unknown");
}

TEST_P(Requests, N13_TheFileHoldsWhatIsKeptAndNothingOfOthers) {
  EXPECT_EQ(post(manager, "/api/v1/messages", R"({"household":")" + home_ + R"(","body":"药到了"})")
                .status,
            200);
  EXPECT_EQ(post(manager, "/api/v1/messages",
                 R"({"household":")" + household("2", "101") + R"(","body":"别家的事"})")
                .status,
            200);
  const std::string request = id(ask(link_, R"({"kind":"export"})"));
  const std::string file = "/api/v1/requests/" + request + "/file";
  EXPECT_EQ(api::member(get(link_, file), "code"), "request.no_file");
  EXPECT_EQ(answer(request, R"({"outcome":"granted","words":""})").status, 200);
  const auto shown = get(link_, file);
  EXPECT_EQ(shown.status, 200);
  for (const char* word : {"张阿姨", "李伯伯", "药到了"}) {
    EXPECT_NE(shown.body.find(word), std::string::npos) << word << shown.body;
  }
  EXPECT_EQ(shown.body.find("别家的事"), std::string::npos);
  // Another proved link of the household did not ask.
  EXPECT_EQ(get(link(home_, true), file).status, 404);
  EXPECT_EQ(get(link(household("2", "101"), true), file).status, 404);
}

TEST_P(Requests, N13_OneOfSeveralReadsTheirOwn) {
  const std::string request =
      id(ask(manager, by_staff(R"("kind":"access","person":")" + zhang + '"')));
  EXPECT_EQ(answer(request, R"({"outcome":"granted","words":""})").status, 200);
  const auto shown = get(manager, "/api/v1/requests/" + request + "/file");
  EXPECT_NE(shown.body.find("张阿姨"), std::string::npos) << shown.body;
  EXPECT_EQ(shown.body.find("李伯伯"), std::string::npos);
}

TEST_P(Requests, N13_WhoLookedIsKnownToTheHousehold) {
  EXPECT_EQ(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")).status, 200);
  EXPECT_EQ(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")).status, 200);
  EXPECT_EQ(get(manager, "/api/v1/dwellings/" + dwelling("2", "101")).status, 200);
  const auto looks = get(link_, "/api/v1/looks");
  ASSERT_EQ(looks.status, 200) << looks.body;
  // Once an hour, and of this household alone.
  EXPECT_EQ(api::length(looks, "rows"), 1U) << looks.body;
  EXPECT_EQ(api::member(looks, "rows.0.what"), "household.show");
  clock().advance(std::chrono::hours{1});
  EXPECT_EQ(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")).status, 200);
  EXPECT_EQ(api::length(get(link_, "/api/v1/looks"), "rows"), 2U);
  EXPECT_EQ(get(link(home_), "/api/v1/looks").status, 403);
}

TEST_P(Requests, N13_ANumberIsShownForAReasonThatTheHouseholdReads) {
  EXPECT_EQ(
      post(manager, "/api/v1/households/" + home_ + "/phones", R"({"phone":"13900004321"})").status,
      200);
  const std::string reveal = "/api/v1/households/" + home_ + "/reveal";
  EXPECT_EQ(post(manager, reveal, "{}").status, 422);
  const auto shown = post(manager, reveal, R"({"reason":"visit"})");
  EXPECT_EQ(api::member(shown, "phones.1.number"), "13900004321") << shown.body;
  EXPECT_EQ(post(staff(access::Role::volunteer), reveal, R"({"reason":"visit"})").status, 403);
  const auto looks = get(link_, "/api/v1/looks");
  EXPECT_EQ(api::member(looks, "rows.0.what"), "phone.reveal") << looks.body;
  EXPECT_EQ(api::member(looks, "rows.0.reason"), "visit");
}

TEST_P(Requests, N12_AConsentHasItsTextDayChannelAndWithdrawal) {
  const auto offered = get(link_, "/api/v1/consents");
  ASSERT_EQ(offered.status, 200) << offered.body;
  const std::string purpose = api::member(offered, "offered.0.purpose");
  const std::string give = R"({"purpose":")" + purpose + R"(","agreed":true})";
  EXPECT_EQ(post(link_, "/api/v1/consents", give).status, 200);
  EXPECT_EQ(api::member(get(manager, "/api/v1/consents?household=" + home_), "given.0.channel"),
            "page");
  EXPECT_EQ(api::member(post(link_, "/api/v1/consents",
                             R"({"purpose":")" + purpose + R"(","agreed":true,"version":99})"),
                        "code"),
            "consent.version");
  EXPECT_EQ(api::member(post(link_, "/api/v1/consents", R"({"purpose":"anything","agreed":true})"),
                        "code"),
            "consent.purpose");
  EXPECT_EQ(post(manager, "/api/v1/consents",
                 by_staff(R"("purpose":")" + purpose + R"(","agreed":false,"channel":"phone")"))
                .status,
            200);
  const auto after = get(link_, "/api/v1/consents");
  EXPECT_NE(api::member(after, "given.0.withdrawn_at"), "") << after.body;
  EXPECT_EQ(
      count("SELECT count(*) FROM journal WHERE kind IN ('consent.given', 'consent.withdrawn')"),
      2);
}

DOORSTEP_ON_BOTH_ENGINES(Requests);

}  // namespace
}  // namespace doorstep::rights
