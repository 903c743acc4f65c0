// Who leaves the due set as entered in error, lost or merged, through the API on both engines: two persons.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

class Claims : public registry::Compound {
 protected:
  Claims() : home_(household("1", "101")) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee"}})", home_))
                  .status,
              200);
    end_ = "/api/v1/observations/" + id_text(count("SELECT id FROM observation")) + "/end";
  }
  api::Response say(const api::As& as, std::string_view reason, std::string_view note = "") {
    return post(as, end_, fmt::format(R"({{"reason":"{}","note":"{}"}})", reason, note));
  }
  std::int64_t open(std::string_view kind) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL", kind));
  }
  std::string shown(std::string_view what) {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")),
                  "households.0.observation." + std::string(what));
  }

  std::string home_;
  std::string end_;
};

TEST_P(Claims, N22_ErrorLostAndMergedNeedAReasonAndTwoPersons) {
  const api::As second = staff(access::Role::leader);
  for (const char* reason : {"entered_in_error", "lost", "merged"}) {
    EXPECT_EQ(member(say(manager, reason), "code"), "observation.reason") << reason;
    EXPECT_EQ(member(say(manager, reason, "邻居说没见过"), "confirmed"), "false") << reason;
    // They stay in the due set, and the second word is somebody's duty.
    EXPECT_EQ(open("contact"), 1);
    EXPECT_EQ(open("confirm_leaving"), 1);
    EXPECT_EQ(shown("claim.reason"), reason);
    EXPECT_EQ(shown("claim.note"), "邻居说没见过");
    EXPECT_EQ(member(say(manager, reason), "code"), "observation.second_person");
  }
  // Another reason is another first word.
  EXPECT_EQ(member(say(second, "lost", "电话停机"), "confirmed"), "false");
  EXPECT_EQ(member(say(manager, "lost"), "confirmed"), "true");
  EXPECT_EQ(open("contact"), 0);
  EXPECT_EQ(open("confirm_leaving"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM leaving_claim"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE end_reason = 'lost'"), 1);
  EXPECT_EQ(member(say(second, "lost"), "code"), "observation.unknown");
}

TEST_P(Claims, N22_WhoeverReportsIsThere) {
  const api::As second = staff(access::Role::leader);
  EXPECT_EQ(member(say(manager, "lost", "敲门没人"), "confirmed"), "false");
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
  // The second word is a first one now, and needs a reason of its own.
  EXPECT_EQ(member(say(second, "lost"), "code"), "observation.reason");
  EXPECT_EQ(open("contact"), 1);
}

TEST_P(Claims, N22_TheDutyOfTheSecondWordEndedByHandDeniesIt) {
  const api::As second = staff(access::Role::leader);
  EXPECT_EQ(member(say(manager, "merged", "和102是一家"), "confirmed"), "false");
  const std::string duty =
      id_text(count("SELECT id FROM duty WHERE kind = 'confirm_leaving' AND closed_at IS NULL"));
  EXPECT_EQ(post(second, "/api/v1/duties/" + duty + "/end",
                 R"({"outcome":"false_alarm","note":"是两家"})")
                .status,
            200);
  EXPECT_EQ(shown("claim.reason"), "");
  EXPECT_EQ(member(say(second, "merged"), "code"), "observation.reason");
  EXPECT_EQ(open("contact"), 1);
}

TEST_P(Claims, N22_WhoLeavesWithoutANewDoorIsSaidByTwo) {
  const api::As second = staff(access::Role::leader);
  const auto leave = [&](const api::As& as, std::string_view json) {
    return post(as, "/api/v1/people/" + zhang + "/leave", json);
  };
  const auto living = [&] {
    return count("SELECT count(*) FROM residence WHERE until_on IS NULL AND person_id = " +
                 std::to_string(*id_from_text(zhang)));
  };
  EXPECT_EQ(member(leave(manager, "{}"), "code"), "observation.reason");
  EXPECT_EQ(member(leave(manager, R"({"reason":"became_case","note":"去医院"})"), "code"),
            "observation.reason");
  const auto first = leave(manager, R"({"note":"搬去女儿家"})");
  EXPECT_EQ(member(first, "confirmed"), "false") << first.body;
  EXPECT_EQ(living(), 1);
  EXPECT_EQ(open("confirm_leaving"), 1);
  EXPECT_EQ(shown("claim.person"), zhang);
  EXPECT_EQ(shown("claim.note"), "搬去女儿家");
  EXPECT_EQ(member(leave(manager, "{}"), "code"), "observation.second_person");
  // What another of the household says of himself does not take it back; what she says does.
  clock().advance(std::chrono::minutes{1});
  const auto reports = [&](const std::string& person) {
    return post(link(home_), "/api/v1/check-ins",
                fmt::format(R"({{"wellbeing":"fine","person":"{}"}})", person))
        .status;
  };
  EXPECT_EQ(reports(zhang), 200);
  EXPECT_EQ(member(leave(second, R"({"note":"门卫看见她走了"})"), "confirmed"), "false");
  EXPECT_EQ(member(leave(manager, "{}"), "confirmed"), "true");
  EXPECT_EQ(living(), 0);
  EXPECT_EQ(open("confirm_leaving"), 0);
  EXPECT_EQ(open("contact"), 1);
}

TEST_P(Claims, N22_OneGroundOfSeveralAsWell) {
  EXPECT_EQ(post(manager, "/api/v1/observations",
                 fmt::format(R"({{"household":"{}","ground":"area"}})", home_))
                .status,
            200);
  const api::As second = staff(access::Role::leader);
  const auto end_area = [&](const api::As& as, std::string_view note) {
    return post(as, end_,
                fmt::format(R"({{"reason":"entered_in_error","ground":"{}","note":"{}"}})",
                            shown("grounds.1.id"), note));
  };
  EXPECT_EQ(member(end_area(manager, "不在封控区"), "confirmed"), "false");
  EXPECT_EQ(api::length(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")),
                        "households.0.observation.grounds"),
            2U);
  EXPECT_EQ(member(end_area(second, ""), "confirmed"), "true");
  EXPECT_EQ(shown("grounds.1.id"), "");
  EXPECT_EQ(shown("grounds.0.ground"), "returnee");
  EXPECT_EQ(open("contact"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Claims);

}  // namespace
}  // namespace doorstep::observation
