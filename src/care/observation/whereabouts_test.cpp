// Who is not at home, and who stays behind, through the API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

class Away : public registry::Compound {
 protected:
  Away() {
    home_ = household("1", "101");  // 张阿姨 (76) and 李伯伯 (78).
    const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
    const bool first = member(door, "households.0.people.0.id") == zhang;
    li_ = member(door, fmt::format("households.0.people.{}.id", first ? 1 : 0));
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee"}})", home_))
                  .status,
              200);
  }
  api::Response where(const std::string& person, std::string_view json) {
    return post(manager, "/api/v1/people/" + person + "/whereabouts", json);
  }
  std::string add(std::string_view household, std::string_view json) {
    return id(post(manager, fmt::format("/api/v1/households/{}/people", household), json));
  }
  std::int64_t open(std::string_view kind) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL", kind));
  }
  std::int64_t missed() {
    return count(fmt::format("SELECT count(*) FROM missed_now WHERE since < {}",
                             clock().now().time_since_epoch().count()));
  }

  std::string home_;
  std::string li_;
};

TEST_P(Away, N20_WhoIsInHospitalIsAskedAfterEveryDayAndNotForAReport) {
  EXPECT_EQ(member(where(zhang, R"({"state":"hospital","place":" "})"), "code"),
            "whereabouts.place");
  EXPECT_EQ(
      member(where(zhang, R"({"state":"hospital","place":"三院","expected_on":"2022-11-01"})"),
             "code"),
      "whereabouts.expected_on");
  EXPECT_EQ(
      where(zhang, R"({"state":"hospital","place":"三院","expected_on":"2022-12-02"})").status,
      200);
  EXPECT_EQ(open("whereabouts"), 1);
  EXPECT_EQ(open("contact"), 1);  // 李伯伯 is at home.
  post(manager, "/api/v1/check-ins",
       fmt::format(R"({{"household":"{}","person":"{}","wellbeing":"fine","channel":"phone"}})",
                   home_, li_));
  EXPECT_EQ(member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")), "households.0.state"),
            "safe");
  // The same again answers the question of the day.
  const auto due = [&] { return count("SELECT due_at FROM duty WHERE kind = 'whereabouts'"); };
  const std::int64_t before = due();
  clock().advance(std::chrono::hours{24});
  manager = staff(access::Role::manager);
  EXPECT_EQ(where(zhang, R"({"state":"hospital","place":"三院"})").status, 200);
  EXPECT_EQ(due() - before, 86'400'000);
  EXPECT_EQ(where(zhang, R"({"state":"home"})").status, 200);
  EXPECT_EQ(open("whereabouts"), 0);
  EXPECT_EQ(missed(), 0);
}

TEST_P(Away, N20_WhereSomebodyIsStandsWithTheHouseholdAndANewbornIsInTheDueSetAtOnce) {
  EXPECT_EQ(where(zhang, R"({"state":"hospital","place":"三院","contact":"住院部李护士",)"
                         R"("expected_on":"2022-12-02"})")
                .status,
            200);
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "101"));
  const std::string at =
      member(door, "households.0.people.0.id") == zhang ? "people.0." : "people.1.";
  EXPECT_EQ(member(door, "households.0." + at + "where.state"), "hospital");
  EXPECT_EQ(member(door, "households.0." + at + "where.contact"), "住院部李护士");
  EXPECT_EQ(member(door, "households.0." + at + "where.expected_on"), "2022-12-02");
  // One report names the old man alone; the child that was born today is not covered by it.
  const std::string child =
      add(home_, R"({"name":"张小宝","born_on":"2022-11-28","relation":"孙子"})");
  post(manager, "/api/v1/check-ins",
       fmt::format(R"({{"household":"{}","person":"{}","wellbeing":"fine","channel":"phone"}})",
                   home_, li_));
  const auto state = [&] {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")), "households.0.state");
  };
  EXPECT_EQ(state(), "due");
  post(manager, "/api/v1/check-ins",
       fmt::format(R"({{"household":"{}","person":"{}","wellbeing":"fine","channel":"phone"}})",
                   home_, child));
  EXPECT_EQ(state(), "safe");
}

TEST_P(Away, N20_WithNobodyAtHomeTheDoorIsNotAskedUntilSomebodyIsBack) {
  where(li_, R"({"state":"away","place":"女儿家"})");
  where(zhang, R"({"state":"hospital","place":"三院"})");
  EXPECT_EQ(open("contact"), 0);
  EXPECT_EQ(open("whereabouts"), 2);
  EXPECT_EQ(missed(), 0);
  where(li_, R"({"state":"home"})");
  EXPECT_EQ(open("contact"), 1);
}

TEST_P(Away, N20_N22_ADeathStopsEverythingAndIsConfirmedByAnother) {
  EXPECT_EQ(member(where(li_, R"({"state":"deceased"})"), "confirmed"), "false");
  EXPECT_EQ(open("confirm_death"), 1);
  EXPECT_EQ(member(where(li_, R"({"state":"deceased"})"), "code"), "whereabouts.second_person");
  manager = staff(access::Role::manager);
  EXPECT_EQ(member(where(li_, R"({"state":"deceased"})"), "confirmed"), "true");
  EXPECT_EQ(open("confirm_death"), 0);
  EXPECT_EQ(open("contact"), 1);  // 张阿姨 stays due.
  EXPECT_EQ(count("SELECT count(*) FROM residence WHERE until_on IS NOT NULL"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'person.left'"), 1);
}

TEST_P(Away, N21_NobodyGoesWhileAChildIsLeftAlone) {
  const std::string mother =
      add(household("1", "102"), R"({"name":"赵女士","born_on":"1989-05-05"})");
  add(household("1", "102"), R"({"name":"朵朵","born_on":"2016-05-05"})");
  EXPECT_EQ(member(where(mother, R"({"state":"hospital","place":"三院"})"), "code"),
            "left_behind.unanswered");
  const auto announced = post(manager, "/api/v1/people/" + mother + "/leaving", R"({"pet":true})");
  EXPECT_EQ(member(announced, "dependants.0.name"), "朵朵");
  const std::string duty = member(announced, "duty");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'left_behind' AND state = 'raised'"), 1);
  EXPECT_EQ(member(where(mother, R"({"state":"hospital","place":"三院"})"), "code"),
            "left_behind.open");
  EXPECT_EQ(post(manager, "/api/v1/duties/" + duty + "/end",
                 R"({"outcome":"done","note":"朵朵去姑姑赵小妹家，狗由邻居照看"})")
                .status,
            200);
  EXPECT_EQ(where(mother, R"({"state":"hospital","place":"三院"})").status, 200);
}

TEST_P(Away, N21_AnOverrideNeedsAReason) {
  const std::string father =
      add(household("1", "201"), R"({"name":"孙先生","born_on":"1980-05-05"})");
  add(household("1", "201"), R"({"name":"孙爷爷","born_on":"1930-05-05"})");
  EXPECT_EQ(where(father, R"({"state":"central","place":"隔离点","override_reason":""})").status,
            409);
  EXPECT_EQ(
      where(father,
            R"({"state":"central","place":"隔离点","override_reason":"车不能等，社工已在路上"})")
          .status,
      200);
}

DOORSTEP_ON_BOTH_ENGINES(Away);

}  // namespace
}  // namespace doorstep::observation
