// No answer holds a value of a class that its reader lacks: names, doors, phones and health that can
// be recognised are planted, and every body is searched for them.

#include <fmt/format.h>

#include "care/day/testing.h"

namespace doorstep::day {
namespace {

using access::Class;

struct Planted {
  Class field_class;
  std::string_view value;
};

constexpr std::array planted{
    Planted{Class::name, "内里甲"},         Planted{Class::name, "女儿的旧手机"},
    Planted{Class::door, "钥匙在花盆下"},   Planted{Class::door, "北屋租客"},
    Planted{Class::contact, "13912345671"}, Planted{Class::health, "38.7"},
    Planted{Class::health, "cough"},        Planted{Class::health, "day_number"},
    Planted{Class::health, "wellbeing"}};

class FieldClasses : public Rights {
 protected:
  FieldClasses() {
    Site& inside = site(Relation::inside);
    const std::string home = "/api/v1/households/" + inside.ids["household"];
    id(post(manager, home, R"({"access_notes":"钥匙在花盆下","label":"北屋租客"})"), "");
    id(post(manager, home + "/links", R"({"name":"女儿的旧手机"})"));
    fresh_batch(inside);
    say_unwell(inside);
    id(post(manager, "/api/v1/check-ins",
            filled(R"({"household":"$household","wellbeing":"unwell","temperature":38.7,)"
                   R"("symptoms":["cough"],"channel":"phone"})",
                   inside, false)));
  }

  void search(Role role, std::string_view body, std::string_view where) {
    const auto classes = access::Policy::built_in().classes(role);
    for (const Planted& one : planted) {
      const bool found = body.find(one.value) != std::string_view::npos;
      if (classes.contains(one.field_class)) {
        seen_ += found ? 1 : 0;
        continue;
      }
      EXPECT_FALSE(found) << access::word(role) << " reads " << one.value << " in " << where;
    }
  }

  std::int64_t seen_ = 0;
};

TEST_P(FieldClasses, NoAnswerHoldsAClassThatTheRoleLacks) {
  std::int64_t answered = 0;
  for (std::size_t at = 0; at < access::role_words.size(); ++at) {
    const Role role = static_cast<Role>(at);
    for (const Call& call : calls()) {
      if (call.method != api::Method::get && call.action != "search.run") continue;
      for (const char* format : {"", "format=csv"}) {
        Call asked = call;
        asked.query += (asked.query.empty() || *format == '\0' ? "" : "&") + std::string(format);
        const api::Response answer = send_call(role, asked, site(Relation::inside));
        search(role, answer.body, call.path);
        answered += answer.status == 200 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(answered, 100);
  EXPECT_GT(seen_, 100);  // The values are there for those who may read them.
}

TEST_P(FieldClasses, ASearchFindsNobodyByWhatTheRoleMayNotRead) {
  const auto hits = [&](Role role, std::string_view text) {
    const auto answer =
        post(actor(role), "/api/v1/search", fmt::format(R"({{"text":"{}"}})", text));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return api::length(answer, "rows");
  };
  EXPECT_EQ(hits(Role::worker, "内里甲"), 1U);
  EXPECT_EQ(hits(Role::worker, "13912345671"), 1U);
  EXPECT_EQ(hits(Role::property, "内里甲"), 0U);
  EXPECT_EQ(hits(Role::property, "nlj"), 0U);
  EXPECT_EQ(hits(Role::property, "13912345671"), 0U);
  EXPECT_EQ(hits(Role::volunteer, "内里甲"), 1U);
  EXPECT_EQ(hits(Role::volunteer, "13912345671"), 0U);
  EXPECT_EQ(hits(Role::volunteer, "5671"), 0U);
}

TEST_P(FieldClasses, AnUnprovedLinkLearnsOfNoHealthButItsOwnWord) {
  const api::As found = actor(Role::resident);  // Found in the stairwell, say.
  const auto page = get(found, "/api/v1/home");
  EXPECT_EQ(api::member(page, "state"), "safe");
  EXPECT_EQ(api::member(page, "unwell"), "");
  EXPECT_EQ(api::member(get(actor(Role::resident_proved), "/api/v1/home"), "state"), "alarm");
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(post(found, "/api/v1/check-ins", R"({"wellbeing":"unwell"})").status, 200);
  EXPECT_EQ(api::member(get(found, "/api/v1/home"), "state"), "alarm");
}

DOORSTEP_ON_BOTH_ENGINES(FieldClasses);

}  // namespace
}  // namespace doorstep::day
