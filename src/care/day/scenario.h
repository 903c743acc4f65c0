#pragma once
/// \file Scenario: a day of the field in the house, for tests: doors by their names, the clock set by hand.

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "care/day/closing.h"
#include "care/duty/sweep.h"
#include "care/observation/moves.h"
#include "care/people/moves.h"
#include "care/registry/testing.h"

namespace doorstep::day {

using api::member;

class Scenario : public registry::RegistryHouse {
 protected:
  /// It is that time now, and the clock's turn has come.
  void at(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(observation::follow_moves(context));
          TRY(people::follow_moves(context));
          TRY(duty::sweep(context, 1000));
          TRY(close_when_due(context));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
  }
  api::Response tell(const std::string& path, std::string_view json = "{}") {
    return post(api::at_the_shell, path, json);
  }
  api::Response ask(const std::string& path) { return get(api::at_the_shell, path); }
  /// The household behind a door, by what the register calls it.
  std::string household(std::string_view door) {
    return id_text(count(fmt::format("SELECT id FROM household WHERE door = '{}'", door)));
  }
  std::string dwelling_of(const std::string& household) {
    return id_text(count(
        fmt::format("SELECT dwelling_id FROM household WHERE id = {}", *id_from_text(household))));
  }
  std::string shown(const std::string& household, std::string_view what) {
    return member(ask("/api/v1/dwellings/" + dwelling_of(household)),
                  "households.0." + std::string(what));
  }
  api::As phone(const std::string& household) {
    const auto made = tell("/api/v1/households/" + household + "/links", R"({"name":"手机"})");
    EXPECT_EQ(tell("/api/v1/links/" + member(made, "id") + "/prove", R"({"proof":"door"})").status,
              200);
    return {{}, member(made, "token"), api::Channel::network};
  }
  int report(const std::string& household, std::string_view channel, std::string_view more = "") {
    return tell("/api/v1/check-ins",
                fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"{}"{}}})",
                            household, channel, more))
        .status;
  }
  /// The people of a household, by their ids.
  std::vector<std::string> people_of(const std::string& household) {
    std::vector<std::string> people;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row :
           db.query("SELECT person_id FROM residence WHERE household_id = $1"
                    " AND until_on IS NULL ORDER BY id",
                    {*id_from_text(household)})) {
        people.push_back(id_text(row.integer(0)));
      }
      return store::Answer{};
    });
    return people;
  }
  std::string person(std::string_view name) {
    return id_text(count(fmt::format("SELECT id FROM person WHERE name = '{}'", name)));
  }
  std::string account(const api::As& as) {
    return member(get(as, "/api/v1/session"), "account.id");
  }
  api::Response end(const std::string& household, std::string_view reason = "completed") {
    const std::string observation = id_text(
        count(fmt::format("SELECT id FROM observation WHERE household_id = {} AND ended_at IS NULL",
                          *id_from_text(household))));
    // By name, and with a session of this day.
    return post(staff(access::Role::manager), "/api/v1/observations/" + observation + "/end",
                fmt::format(R"({{"reason":"{}"}})", reason));
  }
  std::int64_t open(std::string_view kind, std::string_view more = "") {
    return count(fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL{}",
                             kind, more));
  }
};

}  // namespace doorstep::day
