#include <fmt/format.h>

#include "base/id.h"
#include "drill/stage.h"

namespace doorstep::drill {
namespace {

/// What somebody says of themselves or of all; now and then unwell, now and then mistyped.
std::string report(Stage& stage, const std::string& person) {
  std::string body = R"({"wellbeing":"fine")";
  if (stage.chance(Fault::unwell, 0.4)) {
    body =
        stage.chance(50) ? R"({"wellbeing":"unwell")" : R"({"wellbeing":"fine","temperature":37.6)";
  } else if (stage.chance(Fault::mistake, 0.5)) {
    body = R"({"wellbeing":"fine","temperature":367)";
  } else if (stage.chance(30)) {
    body = R"({"wellbeing":"fine","temperature":36.5)";
  }
  if (!person.empty()) body += R"(,"person":")" + person + '"';
  body += R"(,"occurred_at":")" + to_text(stage.now) + '"';
  return body + "}";
}

void say(Stage& stage, const Home& home, const std::string& person) {
  if (!observed(stage, home.number)) return;
  const As as{"", home.link};
  stage.post(as, "/api/v1/check-ins", report(stage, person),
             [&stage, as, person](const auto& answer) {
               // A reading that was refused is typed again.
               if (answer.status != 400) return;
               stage.post(as, "/api/v1/check-ins",
                          person.empty() ? R"({"wellbeing":"fine","temperature":36.7})"
                                         : R"({"wellbeing":"fine","person":")" + person + "\"}");
             });
}

/// The way a household deals with one window.
void window(Stage& stage, const Home& home, Instant from, Instant until) {
  const auto length = int(std::chrono::duration_cast<minutes>(until - from).count());
  const Instant when = from + stage.between(0, length - 1);
  switch (habit_of(stage, home.number)) {
    case Habit::obedient: break;
    case Habit::forgetful:
      if (stage.chance(35)) return;
      break;
    case Habit::evasive:
      if (stage.chance(80)) return;
      break;
    case Habit::refuser: return;
    case Habit::phoneless: {
      // Somebody goes there in time, mostly.
      if (stage.chance(15)) return;
      const std::size_t worker = 1 + 3 * std::size_t(home.grid);
      stage.at(when, [&stage, &home, worker] {
        if (!observed(stage, home.number)) return;
        stage.ask(worker, "/api/v1/check-ins",
                  R"({"household":")" + home.id +
                      R"(","wellbeing":"fine","channel":"visit","visit_reason":"no_phone"})");
      });
      return;
    }
    case Habit::shared_phone: {
      if (home.found) break;
      // One phone for two families: the wrong link now and then, and then both.
      const auto next = std::size_t(&home - stage.world.homes.data()) + 1;
      if (next < stage.world.homes.size() && stage.chance(20)) {
        stage.at(when, [&stage, next] { say(stage, stage.world.homes[next], ""); });
      }
      break;
    }
  }
  if (stage.chance(25)) {
    for (const std::string& person : home.people) {
      stage.at(when + stage.between(0, 20), [&stage, &home, person] { say(stage, home, person); });
    }
  } else {
    stage.at(when, [&stage, &home] { say(stage, home, ""); });
  }
}

void windows(Stage& stage, const Home& home, const oracle::Terms& terms) {
  const Day today = stage.world.zone.day_of(stage.now);
  for (const auto& one : terms.windows) {
    window(stage, home, stage.world.zone.at(today, one.from),
           stage.world.zone.at(today, one.until));
  }
}

void begin_day(Stage& stage, const oracle::Terms& terms) {
  const Day today = stage.world.zone.day_of(stage.now);
  for (const Home& home : stage.world.homes) {
    if (home.start == today) {
      stage.in(stage.between(8 * 60, 19 * 60),
               [&stage, &home] { put_under_observation(stage, home, home.start); });
    }
    windows(stage, home, terms);
    if (stage.chance(Fault::move, 0.4)) {
      stage.in(stage.between(6 * 60, 22 * 60), [&stage, &home] { befall(stage, home); });
    }
  }
  for (const Home& home : stage.found_homes) {
    if (!home.link.empty()) windows(stage, home, terms);
  }
  stage.in(hours{24}, [&stage, &terms] {
    if (!stage.calm) begin_day(stage, terms);
  });
}

}  // namespace

void play_residents(Stage& stage) {
  const Day first = stage.world.zone.day_of(stage.world.begin);
  stage.at(stage.world.begin, [&stage, first] {
    for (const Home& home : stage.world.homes) {
      if (home.start < first) put_under_observation(stage, home, home.start);
    }
  });
  stage.at(stage.world.begin, [&stage] { begin_day(stage, *stage.screen().terms); });
}

}  // namespace doorstep::drill
