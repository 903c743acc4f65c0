#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

class Households : public RegistryHouse {
 protected:
  void SetUp() override {
    const std::string building = add_place("building", "1栋");
    const std::string entrance = add_place("entrance", "1单元", building);
    first_ = add_place("dwelling", "101", entrance);
    second_ = add_place("dwelling", "102", entrance);
  }
  std::string household(const std::string& dwelling, const std::string& label = "") {
    return member(post(at_the_shell, "/api/v1/households",
                       "{\"dwelling\":\"" + dwelling + "\",\"label\":\"" + label + "\"}"),
                  "id");
  }
  std::string person(const std::string& home, const std::string& fields) {
    return member(post(at_the_shell, "/api/v1/households/" + home + "/people", '{' + fields + '}'),
                  "id");
  }
  std::string first_;
  std::string second_;
};
DOORSTEP_ON_BOTH_ENGINES(Households);

TEST_P(Households, N26_ADwellingHoldsSeveralWithLabels) {
  EXPECT_FALSE(household(first_, "").empty());
  EXPECT_FALSE(household(first_, "次卧").empty());
  EXPECT_EQ(member(post(at_the_shell, "/api/v1/households",
                        "{\"dwelling\":\"" + first_ + "\",\"label\":\"次卧\"}"),
                   "code"),
            "household.duplicate");
  EXPECT_EQ(count("SELECT COUNT(*) FROM household WHERE door = '1栋1单元101'"), 2);
  const auto list = get(at_the_shell, "/api/v1/households");
  EXPECT_EQ(length(list, "rows"), 2U) << list.body;
  EXPECT_EQ(length(get(at_the_shell, "/api/v1/households?filter=without_link&limit=1"), "rows"),
            1U);
}

TEST_P(Households, A12_MovingLeavesTheNumberOfPersonsAsItIs) {
  const std::string from = household(first_);
  const std::string to = household(second_);
  const std::string who = person(from, R"("name":"张阿姨","phone":"13000000301")");
  person(from, R"("name":"李伯")");
  clock().advance(std::chrono::hours{48});
  change("/api/v1/people/" + who + "/move", "{\"household\":\"" + to + "\"}");
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 2);
  const auto counts = get(at_the_shell, "/api/v1/counts");
  EXPECT_EQ(member(counts, "persons.current"), "2");
  EXPECT_EQ(member(counts, "persons.peak"), "2") << counts.body;
  EXPECT_EQ(member(counts, "persons.cumulative"), "2");
  const auto left = get(at_the_shell, "/api/v1/households?place=" + first_);
  EXPECT_EQ(member(left, "rows.0.names"), "李伯");
  EXPECT_EQ(member(left, "rows.0.phones"), "");
  const auto entered = get(at_the_shell, "/api/v1/households?place=" + second_);
  EXPECT_EQ(member(entered, "rows.0.names"), "张阿姨");
  EXPECT_EQ(member(entered, "rows.0.phones"), "***01");
  const auto found = post(at_the_shell, "/api/v1/search", R"({"text":"0301"})");
  EXPECT_EQ(member(found, "rows.0.subtitle"), "1栋1单元102") << found.body;

  change("/api/v1/people/" + who + "/leave");
  EXPECT_EQ(member(get(at_the_shell, "/api/v1/counts"), "persons.current"), "1");
  EXPECT_EQ(member(get(at_the_shell, "/api/v1/counts"), "persons.cumulative"), "2");
  EXPECT_EQ(length(post(at_the_shell, "/api/v1/search", R"({"text":"张阿姨"})"), "rows"), 0U);
}

TEST_P(Households, AKnownNumberMakesNoSecondPerson) {
  const std::string home = household(first_);
  const std::string fields = R"("name":"张一","id_number":"11010519491231002X")";
  const std::string who = person(home, fields);
  const auto again = post(at_the_shell, "/api/v1/households/" + household(second_) + "/people",
                          '{' + fields + '}');
  EXPECT_EQ(member(again, "code"), "person.lives_elsewhere");
  change("/api/v1/people/" + who + "/leave");
  EXPECT_EQ(person(home, fields), who);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person WHERE born_on = '1949-12-31' AND sex = 'female'"),
            1);
}

TEST_P(Households, OnePhoneServesManyPeople) {
  const std::string home = household(first_);
  const std::string other = household(second_);
  person(home, R"("name":"张一","phone":"13000000301")");
  // The same phone with another name is asked about (B5).
  const std::string second = R"("name":"张二","phone":"130 0000 0301")";
  const auto asked =
      post(at_the_shell, "/api/v1/households/" + other + "/people", '{' + second + '}');
  EXPECT_EQ(member(asked, "alike.0.likeness"), "phone") << asked.body;
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 1);
  person(other, second + R"(,"is_new":true)");
  const auto added =
      change("/api/v1/households/" + other + "/phones", R"({"phone":"13000000301"})");
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM contact_point_use"), 3);
  EXPECT_EQ(length(post(at_the_shell, "/api/v1/search", R"({"text":"13000000301"})"), "rows"), 3U);
  const auto removed = send(at_the_shell, api::Method::remove,
                            "/api/v1/households/" + other + "/phones/" + member(added, "id"));
  EXPECT_EQ(removed.status, 200) << removed.body;
  EXPECT_EQ(length(post(at_the_shell, "/api/v1/search", R"({"text":"0301"})"), "rows"), 1U);
  EXPECT_EQ(
      member(post(at_the_shell, "/api/v1/households/" + home + "/phones", R"({"phone":"12"})"),
             "code"),
      "phone.invalid");
}

TEST_P(Households, N26_AHouseholdIsEndedByHandOnceNobodyLivesThere) {
  const std::string home = household(first_);
  const std::string who = person(home, R"("name":"张一","phone":"13000000301")");
  change("/api/v1/households/" + home + "/phones", R"({"phone":"02358000001"})");
  const auto link = change("/api/v1/households/" + home + "/links", R"({"name":"手机"})");
  const std::string end = "/api/v1/households/" + home + "/end";
  const auto refused = [&] {
    return member(post(at_the_shell, end, R"({"reason":"moved_away"})"), "code");
  };
  EXPECT_EQ(refused(), "household.lived_in");
  change("/api/v1/people/" + who + "/leave");
  const auto opened =
      change("/api/v1/observations", R"({"household":")" + home + R"(","ground":"area"})");
  EXPECT_EQ(refused(), "household.observed");
  const std::string observation = id_text(count("SELECT id FROM observation"));
  change("/api/v1/observations/" + observation + "/end", R"({"reason":"transferred"})");
  EXPECT_EQ(member(post(at_the_shell, end, R"({"reason":"bored"})"), "code"), "field.reason");
  change(end, R"({"reason":"moved_away"})");
  EXPECT_EQ(length(get(at_the_shell, "/api/v1/households"), "rows"), 0U);
  EXPECT_EQ(length(post(at_the_shell, "/api/v1/search", R"({"text":"02358000001"})"), "rows"), 0U);
  const api::As page{{}, member(link, "token"), api::Channel::network};
  EXPECT_EQ(member(get(page, "/api/v1/home"), "code"), "link.revoked");
  EXPECT_EQ(count("SELECT COUNT(*) FROM journal WHERE kind = 'household.ended'"
                  " AND data = '{\"reason\":\"moved_away\"}'"),
            1);
  EXPECT_EQ(post(at_the_shell, end, R"({"reason":"merged"})").status, 404);
  EXPECT_FALSE(household(first_).empty());  // Its name is free again for the next who move in.
}

TEST_P(Households, APlaceIsRemovedByHandOnceNothingIsThere) {
  const std::string home = household(first_);
  const std::string building = place("building", "1栋");
  const auto remove = [&](const std::string& id) {
    return member(
        post(at_the_shell, "/api/v1/places/" + id + "/remove", R"({"reason":"entered_in_error"})"),
        "code");
  };
  EXPECT_EQ(remove(building), "place.lived_in");
  change("/api/v1/households/" + home + "/end", R"({"reason":"entered_in_error"})");
  EXPECT_EQ(remove(building), "place.has_history");
  EXPECT_EQ(remove(second_), "");
  EXPECT_EQ(count("SELECT COUNT(*) FROM place WHERE name = '102'"), 0);
  const std::string grid = add_place("grid", "一网格");
  const std::string other = add_place("building", "2栋", grid);
  add_place("dwelling", "101", add_place("entrance", "1单元", other));
  EXPECT_EQ(remove(grid), "place.not_empty");
  staff(access::Role::captain, path_of_place("building", "2栋"));
  EXPECT_EQ(remove(other), "place.in_use");
  ASSERT_TRUE(store()
                  .write_now([&](store::Transaction& tx) -> store::Outcome {
                    tx.run("UPDATE access_grant SET until_at = 1", {});
                    tx.journal({community(), 0, "test.changed", 1, ""});
                    return store::Answer{};
                  })
                  .ok());
  EXPECT_EQ(remove(other), "");  // With its entrance and its door.
  EXPECT_EQ(length(post(at_the_shell, "/api/v1/search", R"({"text":"2栋"})"), "rows"), 0U);
  EXPECT_EQ(remove(grid), "");
  EXPECT_EQ(count("SELECT COUNT(*) FROM journal WHERE kind = 'place.removed'"), 3);
}

TEST_P(Households, NobodyIsMovedOutOfAPlaceThatTheMoverDoesNotReach) {
  const std::string home = household(first_);
  const std::string who = person(home, R"("name":"张一")");
  const std::string far =
      add_place("dwelling", "101", add_place("entrance", "1单元", add_place("building", "2栋")));
  const std::string other = household(far);
  const auto near = staff(access::Role::grid_head, path_of_place("building", "1栋"));
  const auto far_head = staff(access::Role::grid_head, path_of_place("building", "2栋"));
  const std::string move = "/api/v1/people/" + who + "/move";
  const auto to = [](const std::string& target) { return R"({"household":")" + target + R"("})"; };
  const std::string second = household(second_);
  // Somebody with two homes: the second one is brought about by the operator.
  ASSERT_TRUE(store()
                  .write_now([&](store::Transaction& tx) -> store::Outcome {
                    tx.run(
                        "INSERT INTO residence (community_id, id, person_id, household_id,"
                        " relation, from_on) VALUES ($1, 77, $2, $3, '', '2022-11-01')",
                        {community(), *id_from_text(who), *id_from_text(other)});
                    tx.journal({community(), 0, "test.changed", 77, ""});
                    return store::Answer{};
                  })
                  .ok());
  EXPECT_EQ(member(post(near, move, to(second)), "code"), "residence.outside");
  EXPECT_EQ(post(near, move, to(second)).status, 403);
  EXPECT_EQ(count("SELECT COUNT(*) FROM residence WHERE until_on IS NULL"), 2);
  // Once moved away, the former worker neither changes nor moves them.
  change(move, to(household(far, "次卧")));
  EXPECT_EQ(post(near, move, to(second)).status, 404);
  EXPECT_EQ(post(near, "/api/v1/people/" + who, R"({"sex":"male"})").status, 404);
  EXPECT_EQ(post(far_head, "/api/v1/people/" + who, R"({"sex":"male"})").status, 200);
}

TEST_P(Households, WhatLiesOutsideTheScopeIsNotThere) {
  const std::string home = household(first_);
  const std::string who = person(home, R"("name":"张一")");
  add_place("building", "2栋");
  const auto head = staff(access::Role::grid_head, path_of_place("building", "2栋"));
  EXPECT_EQ(post(head, "/api/v1/households/" + home, R"({"label":"x"})").status, 404);
  EXPECT_EQ(post(head, "/api/v1/people/" + who, R"({"name":"x"})").status, 404);
  EXPECT_EQ(post(head, "/api/v1/people/" + who + "/leave").status, 404);
  EXPECT_EQ(length(get(head, "/api/v1/households"), "rows"), 0U);
  EXPECT_EQ(length(post(head, "/api/v1/search", R"({"text":"张一"})"), "rows"), 0U);
}

}  // namespace
}  // namespace doorstep::registry
