// What people ask about what is kept of them, what they agree to, and who looked.

#include "care/rights/request.h"

#include <set>

#include <fmt/format.h>

#include "care/registry/compound.h"
#include "care/rights/consent.h"
#include "care/rights/plan.h"
#include "care/rights/retention.h"

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
  api::As rights_reveal_;  ///< Who shows very many numbers.
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
  // A link that is not proved reads nothing.
  // Its own 7, and the 3 kinds that are everybody's as the desk wrote them down on 3 ways.
  EXPECT_EQ(api::length(get(link_, "/api/v1/requests"), "rows"), 16U);
  EXPECT_EQ(get(link(home_), "/api/v1/requests").status, 403);
  // Of another phone of the household those 9, and that this one asked the same 3.
  EXPECT_EQ(api::length(get(link(home_, true), "/api/v1/requests"), "rows"), 12U);
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

TEST_P(Requests, N11_N13_WhatIsAskedAtTheDeskIsErasedFromThereWithItsCertificate) {
  const std::string child = this->child();
  const std::string request =
      id(ask(manager, by_staff(R"("kind":"erasure","person":")" + child + R"(","guardian":")" +
                               zhang + R"(","words":"请删掉张小宝")")));
  const std::string other = id(ask(link_, R"({"kind":"access"})"));
  EXPECT_EQ(api::member(post(manager, "/api/v1/requests/" + other + "/erase"), "code"),
            "request.no_erasure");
  EXPECT_EQ(post(staff(access::Role::worker), "/api/v1/requests/" + request + "/erase").status,
            403);
  const auto erased = post(manager, "/api/v1/requests/" + request + "/erase");
  EXPECT_EQ(api::member(erased, "erasures.0.state"), "done") << erased.body;
  EXPECT_EQ(count("SELECT count(*) FROM person WHERE name = '张小宝'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM subject_request WHERE words <> ''"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'subject_request' AND closed_at IS NULL"),
            1);  // The other one's.
  // The certificate stands with the request, and is the same as anywhere.
  const auto row = get(manager, "/api/v1/requests");
  EXPECT_EQ(api::member(row, "rows.1.id"), request);
  EXPECT_EQ(api::member(row, "rows.1.state"), "granted");
  EXPECT_EQ(api::member(row, "rows.1.erasures.0.id"), api::member(erased, "erasures.0.id"));
  EXPECT_EQ(api::member(get(manager, "/api/v1/erasures/" + api::member(erased, "erasures.0.id")),
                        "certificate.person"),
            child);
  EXPECT_EQ(api::length(get(link_, "/api/v1/requests"), "rows.0.erasures"), 0U);
}

TEST_P(Requests, N11_N13_WhereItTakesTwoTheSecondPressesTheSame) {
  EXPECT_EQ(
      post(manager, "/api/v1/observations", R"({"household":")" + home_ + R"(","ground":"area"})")
          .status,
      200);
  const std::string request = id(ask(manager, by_staff(R"("kind":"erasure","words":"全家删掉")")));
  const std::string press = "/api/v1/requests/" + request + "/erase";
  EXPECT_EQ(api::member(post(manager, press), "code"), "erasure.observed");
  EXPECT_EQ(count("SELECT count(*) FROM subject_request WHERE state = 'open'"), 1);
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + id_text(count("SELECT id FROM observation")) + "/end",
           R"({"reason":"transferred"})")
          .status,
      200);
  const auto first = post(manager, press);
  EXPECT_EQ(api::length(first, "erasures"), 2U) << first.body;
  EXPECT_EQ(api::member(first, "erasures.0.state"), "asked");
  EXPECT_EQ(api::member(post(manager, press), "code"), "erasure.second_person");
  const auto second = post(staff(access::Role::manager), press);
  EXPECT_EQ(api::member(second, "erasures.0.state"), "done") << second.body;
  EXPECT_EQ(api::member(second, "erasures.1.state"), "done");
}

TEST_P(Requests, N13_WhoShowsVeryManyNumbersIsLookedInto) {
  rights_reveal_ = staff(access::Role::grid_head);
  const auto owed = [&] {
    return count("SELECT count(*) FROM duty WHERE kind = 'reveals' AND closed_at IS NULL");
  };
  std::int64_t shown = 0;
  const auto reveal = [&](const std::string& home) {
    EXPECT_EQ(
        post(rights_reveal_, "/api/v1/households/" + home + "/reveal", R"({"reason":"visit"})")
            .status,
        200);
    ++shown;
  };
  // The same household again is one: 30 of them pass (rights.reveals_per_hour), the 31st does not.
  for (int again = 0; again < 40; ++again) reveal(home_);
  EXPECT_EQ(owed(), 0);
  for (int more = 1; more < 30; ++more) {
    reveal(id(post(manager, "/api/v1/households",
                   R"({"dwelling":")" + dwelling("1", "102") + R"(","label":"户)" +
                       std::to_string(more) + R"("})")));
  }
  EXPECT_EQ(owed(), 0);
  reveal(household("1", "201"));
  EXPECT_EQ(owed(), 1);
  // Somebody else is told, and ends it in words.
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'reveals' AND owner_id = subject_id"), 0);
  const std::string duty = id_text(count("SELECT id FROM duty WHERE kind = 'reveals'"));
  EXPECT_EQ(
      post(manager, "/api/v1/duties/" + duty + "/end", R"({"outcome":"done","note":"停电打电话"})")
          .status,
      200);
  // An hour later it is a new hour.
  clock().advance(std::chrono::minutes{61});
  rights_reveal_ = staff(access::Role::grid_head);
  reveal(home_);
  EXPECT_EQ(owed(), 0);
}

TEST_P(Requests, N13_TheLedgerShowsANumberInFullOnlyWhileSomebodyIsToBeCalled) {
  EXPECT_EQ(post(manager, "/api/v1/households/" + home_ + "/phones",
                 R"({"phone":"13912345678","person":")" + zhang + R"("})")
                .status,
            200);
  EXPECT_EQ(
      post(manager, "/api/v1/care", R"({"person":")" + zhang + R"(","categories":["chronic"]})")
          .status,
      200);
  const auto phone = [&] { return api::member(get(manager, "/api/v1/care"), "rows.0.phone"); };
  const std::string full = phone();
  ASSERT_EQ(full.size(), 11U) << full;
  EXPECT_EQ(full.find('*'), std::string::npos);
  EXPECT_EQ(
      post(manager, "/api/v1/care/" + zhang + "/ticks", R"({"outcome":"well","channel":"phone"})")
          .status,
      200);
  EXPECT_EQ(phone(), "***" + full.substr(9));
}

TEST_P(Requests, N13_WhoLookedIsForgottenAfterItsPeriod) {
  EXPECT_EQ(
      post(manager, "/api/v1/households/" + home_ + "/reveal", R"({"reason":"visit"})").status,
      200);
  const auto expire_looks = [&] {
    const auto done =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          for (std::size_t at = 0; at < expiries().size(); ++at) {
            if (expiries()[at].table == "look") (void)TRY(expire(context, at, 100));
          }
          return store::Answer{};
        });
    EXPECT_TRUE(done.ok());
    return count("SELECT count(*) FROM look WHERE what = 'phone.reveal'");
  };
  clock().advance(std::chrono::hours{24 * 180});  // rights.looks_days
  EXPECT_EQ(expire_looks(), 1);
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(expire_looks(), 0);
}

TEST_P(Requests, N13_AnotherLinkOfTheHouseholdReadsThatAllOfThemAskedAndNothingOfWhatOneSaid) {
  const api::As second = link(home_, true);
  const std::string own = id(ask(link_, R"({"kind":"complaint","words":"他打我"})"));
  const std::string of_one =
      id(ask(link_, R"({"kind":"access","person":")" + zhang + R"(","words":"只问我的"})"));
  const std::string of_all = id(ask(link_, R"({"kind":"access","words":"我们的"})"));
  const std::string by_phone =
      id(ask(manager, by_staff(R"("kind":"export","words":"电话里说的")")));
  (void)ask(manager, by_staff(R"("kind":"complaint","words":"悄悄说的")"));
  EXPECT_EQ(answer(of_all, R"({"outcome":"granted","words":"给了第一部手机"})").status, 200);
  EXPECT_EQ(answer(by_phone, R"({"outcome":"granted","words":"好"})").status, 200);
  const auto read = get(second, "/api/v1/requests");
  ASSERT_EQ(api::length(read, "rows"), 2U) << read.body;
  EXPECT_EQ(api::member(read, "rows.0.id"), by_phone);
  EXPECT_EQ(api::member(read, "rows.0.answer"), "好");
  EXPECT_EQ(api::member(read, "rows.0.file"), "true");
  EXPECT_EQ(api::member(read, "rows.1.id"), of_all);
  EXPECT_EQ(api::member(read, "rows.1.own"), "false");
  EXPECT_EQ(api::member(read, "rows.1.file"), "false");
  for (const char* said :
       {"他打我", "只问我的", "我们的", "电话里说的", "悄悄说的", "第一部手机"}) {
    EXPECT_EQ(read.body.find(said), std::string::npos) << said;
  }
  EXPECT_EQ(get(second, "/api/v1/requests/" + of_all + "/file").status, 404);
  EXPECT_EQ(get(second, "/api/v1/requests/" + of_one + "/file").status, 404);
  // What the desk wrote down for all of them each may take; without what another link said.
  const auto file = get(second, "/api/v1/requests/" + by_phone + "/file");
  EXPECT_EQ(file.status, 200) << file.body;
  for (const char* said : {"他打我", "只问我的", "悄悄说的"}) {
    EXPECT_EQ(file.body.find(said), std::string::npos) << said;
  }
  EXPECT_EQ(api::length(get(link_, "/api/v1/requests"), "rows"), 4U);
  EXPECT_EQ(own.empty(), false);
}

DOORSTEP_ON_BOTH_ENGINES(Requests);

}  // namespace
}  // namespace doorstep::rights
