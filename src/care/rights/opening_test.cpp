// One household opened in an emergency by somebody whose grants do not reach it.

#include "care/rights/opening.h"

#include <fmt/format.h>

#include "care/registry/compound.h"

namespace doorstep::rights {
namespace {

using access::Role;

class Openings : public registry::Compound {
 protected:
  void SetUp() override {
    home_ = household("1", "101");
    owner_ = staff(Role::worker, path_of_place(grid(1)));
    other_ = staff(Role::worker, path_of_place(grid(2)));
    door_ = "/api/v1/dwellings/" + dwelling("1", "101");
  }

  api::Response open(const api::As& as, const std::string& home,
                     std::string_view reason = "no_answer", std::string_view words = "敲门没人应") {
    return post(
        as, "/api/v1/openings",
        fmt::format(R"({{"household":"{}","reason":"{}","words":"{}"}})", home, reason, words));
  }
  api::Response review(const api::As& as, const std::string& opening, std::string_view body) {
    return post(as, "/api/v1/openings/" + opening + "/review", body);
  }

  std::string home_;
  std::string door_;  ///< Where the dwelling is read.
  api::As owner_;
  api::As other_;
};

TEST_P(Openings, AWorkerOfAnotherGridReadsOneHouseholdForAnHour) {
  EXPECT_EQ(get(other_, door_).status, 404);
  EXPECT_EQ(api::length(get(other_, "/api/v1/session"), "openings"), 0U);
  const auto opened = open(other_, home_);
  ASSERT_EQ(opened.status, 200) << opened.body;
  // 09:26 in Shanghai and 60 minutes.
  EXPECT_EQ(api::member(opened, "until"), "2022-11-28T02:26:00.000Z");
  const auto seen = get(other_, door_);
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(api::member(seen, "door"), "1栋1单元101");
  EXPECT_NE(seen.body.find("张阿姨"), std::string::npos);
  // The reason was given already: the number stands in full.
  EXPECT_NE(seen.body.find("13000000301"), std::string::npos);
  // Nothing but this one household, and nothing to change in it.
  EXPECT_EQ(get(other_, "/api/v1/dwellings/" + dwelling("1", "102")).status, 404);
  EXPECT_EQ(post(other_, "/api/v1/households/" + home_, R"({"access_notes":"x"})").status, 404);
  EXPECT_EQ(post(other_, "/api/v1/households/" + home_ + "/links", R"({"name":"x"})").status, 404);
  EXPECT_EQ(post(other_, "/api/v1/search", R"({"text":"张阿姨"})").body.find("张阿姨"),
            std::string::npos);
  const auto session = get(other_, "/api/v1/session");
  EXPECT_EQ(api::member(session, "openings.0.door"), "1栋1单元101");
  EXPECT_EQ(api::member(session, "roles"), R"(["worker"])");
  clock().advance(std::chrono::minutes{59});
  EXPECT_EQ(get(other_, door_).status, 200);
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(get(other_, door_).status, 404);
  EXPECT_EQ(api::length(get(other_, "/api/v1/session"), "openings"), 0U);
}

TEST_P(Openings, SaysWhatWasSeenAtTheDoor) {
  const std::string observe = R"({"household":")" + home_ + R"(","ground":"exposed"})";
  ASSERT_EQ(post(manager, "/api/v1/observations", observe).status, 200);
  const std::string said =
      R"({"household":")" + home_ + R"(","wellbeing":"unwell","channel":"phone"})";
  EXPECT_NE(post(other_, "/api/v1/check-ins", said).status, 200);
  ASSERT_EQ(open(other_, home_, "unwell").status, 200);
  EXPECT_EQ(post(other_, "/api/v1/check-ins", said).status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'unwell' AND closed_at IS NULL"), 1);
}

TEST_P(Openings, WhoeverLooksAfterTheHouseholdIsOwedALookAtIt) {
  const auto opened = open(other_, home_, "danger", "楼道闻到煤气");
  const std::string opening = id(opened);
  EXPECT_EQ(count("SELECT count(*) FROM duty d JOIN session s ON s.account_id = d.owner_id"
                  " WHERE d.kind = 'opening' AND d.state = 'raised' AND d.path <> ''"),
            1);
  const auto duties = get(owner_, "/api/v1/duties?filter=mine");
  EXPECT_EQ(api::member(duties, "rows.0.kind"), "opening") << duties.body;
  // By its own way alone, and not by whoever opened it, nor by whoever only has a look.
  const std::string duty = api::member(duties, "rows.0.id");
  EXPECT_EQ(api::member(
                post(owner_, "/api/v1/duties/" + duty + "/end", R"({"outcome":"done","note":"x"})"),
                "code"),
            "duty.not_by_hand");
  EXPECT_EQ(post(owner_, "/api/v1/duties/" + duty + "/acknowledge").status, 200);
  EXPECT_EQ(review(other_, opening, R"({"verdict":"justified","note":""})").status, 404);
  EXPECT_EQ(api::length(get(other_, "/api/v1/openings"), "rows"), 0U);
  const auto listed = get(owner_, "/api/v1/openings");
  EXPECT_EQ(api::member(listed, "rows.0.words"), "楼道闻到煤气") << listed.body;
  EXPECT_EQ(api::member(listed, "rows.0.lasts"), "true");
  EXPECT_EQ(review(owner_, opening, R"({"verdict":"justified","note":""})").status, 200);
  EXPECT_EQ(api::member(review(owner_, opening, R"({"verdict":"mistaken","note":"x"})"), "code"),
            "opening.reviewed");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'opening' AND state = 'met'"), 1);
  EXPECT_EQ(get(other_, door_).status, 200);  // Until its time is over.
}

TEST_P(Openings, OneThatWasNotCalledForEndsAtOnce) {
  const std::string opening = id(open(other_, home_));
  EXPECT_EQ(api::member(review(manager, opening, R"({"verdict":"unjustified","note":""})"), "code"),
            "opening.note");
  EXPECT_EQ(review(manager, opening, R"({"verdict":"unjustified","note":"没有急事"})").status, 200);
  EXPECT_EQ(get(other_, door_).status, 404);
  EXPECT_EQ(post(other_, "/api/v1/openings/" + opening + "/close").status, 404);
}

TEST_P(Openings, IsClosedByWhoOpenedIt) {
  const std::string opening = id(open(other_, home_));
  EXPECT_EQ(post(owner_, "/api/v1/openings/" + opening + "/close").status, 404);
  EXPECT_EQ(post(other_, "/api/v1/openings/" + opening + "/close").status, 200);
  EXPECT_EQ(get(other_, door_).status, 404);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'opening.closed'"), 1);
}

TEST_P(Openings, AgainItIsTheSameAndNeedsAReason) {
  const std::string opening = id(open(other_, home_));
  clock().advance(std::chrono::minutes{30});
  const auto again = open(other_, home_, "danger");
  EXPECT_EQ(api::member(again, "id"), opening);
  EXPECT_EQ(api::member(again, "until"), "2022-11-28T02:26:00.000Z");
  EXPECT_EQ(api::member(open(other_, household("1", "102"), "danger", " "), "code"),
            "opening.words");
  // What one's own grant reaches is not opened, and nobody is told.
  const auto own = open(owner_, home_);
  EXPECT_EQ(own.status, 200);
  EXPECT_EQ(api::member(own, "id"), "");
  EXPECT_EQ(count("SELECT count(*) FROM opening"), 1);
}

TEST_P(Openings, TenInADayAreAllAndVolunteersOpenNone) {
  EXPECT_EQ(open(staff(Role::volunteer, path_of_place(grid(2))), home_).status, 403);
  EXPECT_EQ(open(staff(Role::street), home_).status, 403);
  EXPECT_EQ(open(link(home_, true), home_).status, 403);
  for (int nth = 0; nth < 10; ++nth) {
    ASSERT_EQ(open(other_, home_).status, 200);
    clock().advance(std::chrono::minutes{60});
  }
  EXPECT_EQ(api::member(open(other_, home_), "code"), "opening.too_many");
  clock().advance(std::chrono::hours{14});
  // Signed in ten hours ago and more: the sessions of the test are over, the account is not.
  EXPECT_EQ(count("SELECT count(*) FROM opening"), 10);
}

TEST_P(Openings, TheDoorIsFoundByTheDoorAlone) {
  const auto find = [&](std::string_view text) {
    return post(other_, "/api/v1/openings/doors", fmt::format(R"({{"text":"{}"}})", text));
  };
  const auto found = find("1栋1单元101");
  EXPECT_EQ(api::member(found, "rows.0.households.0.id"), home_) << found.body;
  EXPECT_EQ(api::member(found, "rows.0.yours"), "false");
  EXPECT_EQ(api::member(find("2栋1单元101"), "rows.0.yours"), "true");
  EXPECT_EQ(api::length(find("张阿姨"), "rows"), 0U);
  EXPECT_EQ(api::length(find("13000000301"), "rows"), 0U);
}

TEST_P(Openings, TheHouseholdReadsWhoOpenedItAndWhy) {
  ASSERT_EQ(open(other_, home_, "family_asks", "女儿打来电话").status, 200);
  const auto looks = get(link(home_, true), "/api/v1/looks");
  EXPECT_EQ(api::member(looks, "rows.0.what"), "opening.make") << looks.body;
  EXPECT_EQ(api::member(looks, "rows.0.reason"), "family_asks");
  EXPECT_EQ(api::member(looks, "rows.0.role"), "worker");
  EXPECT_EQ(looks.body.find("女儿打来电话"), std::string::npos);
}

DOORSTEP_ON_BOTH_ENGINES(Openings);

}  // namespace
}  // namespace doorstep::rights
