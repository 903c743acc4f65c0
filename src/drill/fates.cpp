#include <array>

#include <fmt/format.h>

#include "base/id.h"
#include "drill/stage.h"

namespace doorstep::drill {
namespace {

constexpr int waits_max = 4;

/// Where something has happened.
struct Fate {
  Stage& stage;
  const Home& home;
  std::size_t worker;
  std::string person;

  [[nodiscard]] std::string path(std::string_view what) const {
    return "/api/v1/people/" + person + std::string(what);
  }
};

void moves(const Fate& it) {
  const Home& other = it.stage.world.homes[it.stage.rng.below(it.stage.world.homes.size())];
  it.stage.ask(it.worker, it.path("/move"), R"({"household":")" + other.id + "\"}");
}

/// Nobody knows where to: said by two.
void leaves(const Fate& it) {
  Stage& stage = it.stage;
  const std::string path = it.path("/leave");
  stage.ask(it.worker, path, R"({"note":"搬走了，地址不详"})");
  stage.in(stage.between(5, 60), [&stage, path] { stage.ask(0, path, "{}"); });
}

std::string end_of(const Fate& it) {
  return "/api/v1/observations/" +
         id_text(it.stage.screen().households.at(it.home.number).observation) + "/end";
}

void becomes_case(const Fate& it) {
  it.stage.ask(it.worker, end_of(it), R"({"reason":"became_case"})");
}

/// "Nobody lives there." Then a light is seen.
void is_taken_for_gone(const Fate& it) {
  Stage& stage = it.stage;
  const Home& home = it.home;
  const std::string end = end_of(it);
  const Day start = stage.world.zone.day_of(stage.now);
  stage.ask(it.worker, end, R"({"reason":"entered_in_error","note":"敲门没人"})");
  stage.in(stage.between(5, 60),
           [&stage, end] { stage.ask(0, end, R"({"reason":"entered_in_error"})"); });
  stage.in(stage.between(60, 1500),
           [&stage, &home, start] { put_under_observation(stage, home, start); });
}

void comes_back(const Fate& it) {
  it.stage.ask(it.worker, it.path("/whereabouts"), R"({"state":"home"})",
               [it](const api::Response& /*any*/) { it.stage.stays.erase(it.person); });
}

/// The vehicle waits until somebody is named who looks after whom it leaves behind; not for ever.
void goes(const Fate& it, const std::string& state, int waited) {
  const char* const why = waited < waits_max ? "" : R"(,"override_reason":"车不能再等")";
  const std::string body = fmt::format(R"({{"state":"{}","place":"市三医院"{}}})", state, why);
  it.stage.ask(it.worker, it.path("/whereabouts"), body, [it, state, waited](const auto& answer) {
    Stage& stage = it.stage;
    if (answer.status == 200) {
      stage.stays[it.person] = fmt::format(R"({{"state":"{}","place":"市三医院"}})", state);
      stage.in(stage.between(24 * 60, 4 * 24 * 60), [it] { comes_back(it); });
    } else if (answer.status == 409 && waited < waits_max) {
      stage.in(stage.between(10, 40), [it, state, waited] { goes(it, state, waited + 1); });
    }
  });
}

void is_taken_away(const Fate& it) {
  constexpr std::array states{"hospital", "hospital", "central", "away"};
  it.stage.ask(it.worker, it.path("/leaving"), "{}");
  goes(it, states[it.stage.rng.below(states.size())], 0);
}

/// Said by one; another confirms it (Office).
void dies(const Fate& it) {
  it.stage.stays.erase(it.person);
  it.stage.ask(it.worker, it.path("/whereabouts"), R"({"state":"deceased"})");
}

}  // namespace

void put_under_observation(Stage& stage, const Home& home, Day start) {
  const std::string body =
      fmt::format(R"({{"household":"{}","ground":"{}","start_event_on":"{}"}})", home.id,
                  stage.world.preset->ground, to_text(start));
  stage.ask(0, "/api/v1/observations", body);
}

void befall(Stage& stage, const Home& home) {
  if (!observed(stage, home.number)) return;
  const Fate it{stage, home, 1 + 3 * std::size_t(home.grid),
                home.people[stage.rng.below(home.people.size())]};
  constexpr std::array of_some{moves, leaves, is_taken_away, is_taken_away, dies};
  constexpr std::array of_all{becomes_case, is_taken_for_gone};
  const auto roll = stage.rng.below(of_some.size() + of_all.size());
  if (roll < of_all.size()) return of_all[roll](it);
  const auto fate = of_some[roll - of_all.size()];
  // Who lives alone does not move out of the days.
  if (home.people.size() > 1 || (fate != moves && fate != leaves)) fate(it);
}

}  // namespace doorstep::drill
