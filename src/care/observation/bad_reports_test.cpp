// What is wrong with a report, a duty or a birthday, through the API on both engines: a clear answer, and nothing
// changed that should not be.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

class BadReports : public registry::Compound {
 protected:
  BadReports() : home_(household("1", "101")) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee"}})", home_))
                  .status,
              200);
  }
  std::int64_t reports() { return count("SELECT count(*) FROM check_in"); }

  std::string home_;
};

TEST_P(BadReports, OfSomebodyElsesHouseholdOrOfNobodyAreRefused) {
  const api::As there = staff(access::Role::worker, path_of_place(building(2)));
  const std::string visit = R"(,"wellbeing":"fine","channel":"phone"})";
  EXPECT_EQ(
      member(post(there, "/api/v1/check-ins", R"({"household":")" + home_ + '"' + visit), "code"),
      "household.unknown");
  EXPECT_EQ(
      member(post(manager, "/api/v1/check-ins", R"({"household":"0000000000001")" + visit), "code"),
      "household.unknown");
  // A neighbour's phone says nothing of her, and a link that is none says nothing at all.
  const api::As neighbour = link(household("1", "102"));
  EXPECT_EQ(member(post(neighbour, "/api/v1/check-ins",
                        fmt::format(R"({{"wellbeing":"fine","person":"{}"}})", zhang)),
                   "code"),
            "person.unknown");
  EXPECT_EQ(member(post({{}, "none-such", api::Channel::network}, "/api/v1/check-ins",
                        R"({"wellbeing":"fine"})"),
                   "code"),
            "link.unknown");
  EXPECT_EQ(reports(), 0);
}

TEST_P(BadReports, AfterTheReleaseAreKeptAndMoveNothing) {
  clock().set(*instant_from_text("2022-12-13T12:00:00+08:00"));
  manager = staff(access::Role::manager);
  const std::string end =
      "/api/v1/observations/" + id_text(count("SELECT id FROM observation")) + "/end";
  EXPECT_EQ(post(manager, end, R"({"reason":"completed"})").status, 200);
  EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
  EXPECT_EQ(reports(), 1);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'contact' AND closed_at IS NULL"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE ended_at IS NULL"), 0);
}

TEST_P(BadReports, TheSameFiveTimesIsOne) {
  const api::As phone = link(home_);
  std::string first;
  for (int times = 0; times < 5; ++times) {
    const auto answer = send(phone, api::Method::post, "/api/v1/check-ins",
                             R"({"wellbeing":"unwell"})", "0190aaaa-0000-7000-8000-000000000005");
    EXPECT_EQ(answer.status, 200);
    if (first.empty()) first = answer.body;
    EXPECT_EQ(answer.body, first);
  }
  EXPECT_EQ(reports(), 1);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'unwell'"), 1);
}

TEST_P(BadReports, OfTwoWhoEndOneDutyTheFirstEndsIt) {
  EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"unwell"})").status, 200);
  const std::string path =
      "/api/v1/duties/" + id_text(count("SELECT id FROM duty WHERE kind = 'unwell'")) + "/end";
  const api::As other = staff(access::Role::leader);
  EXPECT_EQ(post(manager, path, R"({"outcome":"doctor","note":"已就诊"})").status, 200);
  EXPECT_EQ(member(post(other, path, R"({"outcome":"false_alarm","note":"误按"})"), "code"),
            "duty.unknown");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'unwell' AND reason = 'doctor'"), 1);
}

TEST_P(BadReports, ABirthdayOfTomorrowIsNone) {
  const std::string path = "/api/v1/households/" + home_ + "/people";
  EXPECT_EQ(member(post(manager, path, R"({"name":"小宝","born_on":"2022-11-29"})"), "code"),
            "person.born_on");
  EXPECT_EQ(post(manager, path, R"({"name":"小宝","born_on":"2022-11-28"})").status, 200);
}

DOORSTEP_ON_BOTH_ENGINES(BadReports);

}  // namespace
}  // namespace doorstep::observation
