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
  EXPECT_EQ(member(entered, "rows.0.phones"), "13000000301");
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
