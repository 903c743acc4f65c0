// No answer holds a value of a class that its reader lacks: names, doors, phones and health that can
// be recognised are planted, and every body is searched for them.

#include <map>

#include <fmt/format.h>

#include "care/day/testing.h"

namespace doorstep::day {
namespace {

using access::Class;
using access::Policy;

struct Planted {
  Class field_class;
  std::array<std::string_view, 2> values;  ///< Of the places inside and outside the actors' grants.
};

constexpr std::array planted{Planted{Class::name, {"内里甲", "外边乙"}},
                             Planted{Class::name, {"女儿的旧手机", "儿子的旧手机"}},
                             Planted{Class::door, {"钥匙在花盆下", "钥匙在地垫下"}},
                             Planted{Class::door, {"北屋租客", "南屋租客"}},
                             Planted{Class::contact, {"13912345671", "13912345672"}},
                             Planted{Class::health, {"38.7", "38.9"}},
                             Planted{Class::health, {"cough", "breathless"}}};
/// A number behind a colon and no quote is the seconds of an instant, 09:26:38.712.
bool holds(std::string_view body, std::string_view value) {
  for (auto at = body.find(value); at != std::string_view::npos; at = body.find(value, at + 1)) {
    if (at < 2 || body[at - 1] != ':' || body[at - 2] == '"') return true;
  }
  return false;
}

/// Fields that say that there is something.
constexpr std::array telling{std::string_view{"day_number"}, std::string_view{"wellbeing"}};

class FieldClasses : public Rights {
 protected:
  FieldClasses() {
    for (const std::size_t at : {0U, 1U}) {
      plan_erasure(site(relations.at(at)));
      answer_request(site(relations.at(at)));
      observe(site(relations.at(at)));
      plant(site(relations.at(at)), at);
      fresh_batch(site(relations.at(at)));
    }
  }

  void plant(Site& site, std::size_t at) {
    const std::string home = "/api/v1/households/" + site.ids["household"];
    id(post(manager, home,
            fmt::format(R"({{"access_notes":"{}","label":"{}"}})", planted[2].values.at(at),
                        planted[3].values.at(at))),
       "");
    id(post(manager, home + "/links", fmt::format(R"({{"name":"{}"}})", planted[1].values.at(at))));
    say_unwell(site);
    id(post(manager, "/api/v1/check-ins",
            filled(fmt::format(R"({{"household":"$household","wellbeing":"unwell",)"
                               R"("temperature":{},"symptoms":["{}"],"channel":"phone"}})",
                               planted[5].values.at(at), planted[6].values.at(at)),
                   site, false)));
  }

  /// What reads: every list and picture, as JSON and as a table.
  static std::vector<Call> readings() {
    std::vector<Call> found;
    for (const Call& call : calls()) {
      if (call.method != api::Method::get && call.action != "search.run") continue;
      found.push_back(call);
      found.push_back(call);
      found.back().query += std::string(call.query.empty() ? "" : "&") + "format=csv";
    }
    return found;
  }

  void search(Role role, std::string_view body, std::string_view where) {
    const auto classes = Policy::built_in().classes(role);
    const auto expect_hidden = [&](Class field_class, std::string_view value) {
      const bool found = holds(body, value);
      if (classes.contains(field_class)) {
        seen_ += found ? 1 : 0;
        return;
      }
      EXPECT_FALSE(found) << access::word(role) << " reads " << value << " in " << where;
    };
    for (const Planted& one : planted) expect_hidden(one.field_class, one.values[0]);
    for (const std::string_view field : telling) expect_hidden(Class::health, field);
  }

  std::int64_t seen_ = 0;
};

TEST_P(FieldClasses, NoAnswerHoldsAClassThatTheRoleLacks) {
  std::int64_t answered = 0;
  for (std::size_t at = 0; at < access::role_words.size(); ++at) {
    const Role role = static_cast<Role>(at);
    for (const Call& call : readings()) {
      const api::Response answer = send_call(role, call, site(Relation::inside));
      search(role, answer.body, call.path);
      answered += answer.status == 200 ? 1 : 0;
    }
  }
  EXPECT_GT(answered, 100);
  EXPECT_GT(seen_, 100);  // The values are there for those who may read them.
}

/// Whoever holds two roles reads what each of them would read alone, and nothing more: every pair of
/// roles of unlike classes, one inside and one outside.
TEST_P(FieldClasses, TwoRolesReadEachPlaceWithItsOwnClasses) {
  const std::vector<Call> asked = readings();
  const std::array paths{path_of_place(grid(1)), path_of_place(grid(2))};
  const auto bodies = [&](const api::As& as) {
    std::vector<std::string> found;
    for (const Call& call : asked) {
      for (const std::size_t at : {0U, 1U}) {
        found.push_back(send_call(as, call, site(relations.at(at))).body);
      }
    }
    return found;
  };
  std::array<std::map<Role, std::vector<std::string>>, 2> alone;
  for (const Role role : staff_roles) {
    for (const std::size_t at : {0U, 1U}) alone.at(at)[role] = bodies(staff(role, paths.at(at)));
  }
  std::int64_t hidden = 0;
  for (const Role first : staff_roles) {
    for (const Role second : staff_roles) {
      if (Policy::built_in().classes(first) == Policy::built_in().classes(second)) continue;
      const auto both = bodies(staff({{first, paths[0]}, {second, paths[1]}}));
      for (std::size_t at = 0; at < both.size(); ++at) {
        for (const Planted& one : planted) {
          for (const std::string_view value : one.values) {
            const bool expected =
                holds(alone[0][first][at], value) || holds(alone[1][second][at], value);
            EXPECT_EQ(holds(both[at], value), expected)
                << access::word(first) << " and " << access::word(second) << ": " << value << " in "
                << asked[at / 2].path << '?' << asked[at / 2].query;
            hidden += expected ? 0 : 1;
          }
        }
      }
    }
  }
  EXPECT_GT(hidden, 1000);
}

TEST_P(FieldClasses, AWorkerWhoIsAVolunteerNextDoorReadsNoHealthThere) {
  const api::As both =
      staff({{Role::worker, path_of_place(grid(1))}, {Role::volunteer, path_of_place(grid(2))}});
  const auto state = [&](Relation relation) {
    const auto cells = get(both, "/api/v1/board/cells?dwellings=" + site(relation).ids["dwelling"]);
    return api::member(cells, "cells.0.s");
  };
  EXPECT_EQ(state(Relation::inside), "alarm");
  EXPECT_EQ(state(Relation::outside), "safe");
  const auto today = get(both, "/api/v1/today");
  EXPECT_EQ(api::member(today, "alarms"), "1");
  EXPECT_EQ(api::length(today, "unwell"), 1U);
  EXPECT_EQ(api::length(get(both, "/api/v1/households?state=alarm"), "rows"), 1U);
  EXPECT_EQ(api::length(get(both, "/api/v1/households?state=safe"), "rows"), 1U);
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
  const api::As both =
      staff({{Role::worker, path_of_place(grid(1))}, {Role::property, path_of_place(grid(2))}});
  const auto found = [&](std::string_view text) {
    return api::length(post(both, "/api/v1/search", fmt::format(R"({{"text":"{}"}})", text)),
                       "rows");
  };
  EXPECT_EQ(found("内里甲"), 1U);
  EXPECT_EQ(found("外边乙"), 0U);
  EXPECT_EQ(found("5671"), 1U);
  EXPECT_EQ(found("5672"), 0U);
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
