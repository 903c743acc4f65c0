#include <array>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/id.h"
#include "drill/stage.h"

namespace doorstep::drill {
namespace {

/// Ahead by a day, as in the scenario; a wrong hour; a battery that forgot the date.
constexpr std::array jumps{minutes{26 * 60}, minutes{60},  minutes{-60},
                           minutes{-45},     minutes{180}, minutes{-26 * 60}};

const Home& any_home(Stage& stage) {
  return stage.world.homes[stage.rng.below(stage.world.homes.size())];
}

void jump(Stage& stage) {
  const minutes by = jumps[stage.rng.below(jumps.size())];
  stage.skew += by;
  sign_in(stage.house, stage.staff);
  stage.in(stage.between(10, 200), [&stage, by] {
    stage.skew -= by;
    stage.in(minutes{1}, [&stage] { sign_in(stage.house, stage.staff); });
    stage.in(stage.between(5, 60), [&stage] { stage.ask(0, "/api/v1/clock/confirm", "{}"); });
  });
}

void import_again(Stage& stage) {
  const std::string key = to_hex(stage.rng.bytes(16));
  const Message file{
      {stage.staff[0].session, {}},         api::Method::post,          "/api/v1/imports",
      "kind=residents&file_name=again.csv", stage.world.residents_file, key};
  const auto answer = stage.house.call(file);
  if (!answer || answer->status != 200) return;
  stage.house.run_jobs();
  stage.ask(0, "/api/v1/imports/" + text_member(answer->body, "id") + "/apply", "{}");
  stage.house.run_jobs();
}

/// Before the last day, or over an open flag: it must be refused, whoever asks.
void release_too_soon(Stage& stage) {
  const Home& home = any_home(stage);
  if (!observed(stage, home.number)) return;
  const std::string path = "/api/v1/observations/" +
                           id_text(stage.screen().households.at(home.number).observation) + "/end";
  stage.ask(1 + 3 * std::size_t(home.grid), path, R"({"reason":"completed"})");
}

void pause_one(Stage& stage) {
  const Home& home = any_home(stage);
  const auto found = stage.screen().open.find({"contact", home.number});
  if (found == stage.screen().open.end()) return;
  const minutes length = stage.chance(10) ? minutes{50 * 60} : stage.between(10, 300);
  stage.ask(
      3 + 3 * std::size_t(home.grid), "/api/v1/duties/" + id_text(found->second->id) + "/pause",
      fmt::format(R"({{"until":"{}","reason":"夜班在睡"}})", to_text(stage.shown() + length)));
}

void hand_on(Stage& stage) {
  for (const auto& [key, duty] : stage.screen().open) {
    if (!duty->pressing() || !stage.chance(20)) continue;
    const auto& to = stage.staff[stage.rng.below(stage.staff.size())];
    stage.ask(0, "/api/v1/duties/" + id_text(duty->id) + "/assign",
              R"({"account":")" + to.account + "\"}");
    return;
  }
}

void change_end(Stage& stage) {
  const Home& home = any_home(stage);
  const auto found = stage.screen().households.find(home.number);
  if (found == stage.screen().households.end() || found->second.grounds.empty()) return;
  stage.ask(
      1 + 3 * std::size_t(home.grid),
      "/api/v1/observation-grounds/" + id_text(found->second.grounds.begin()->first) + "/change",
      fmt::format(R"({{"length_days":{},"reason":"专班会议决定"}})", 8 + stage.rng.below(12)));
}

void open_again(Stage& stage) {
  const Home& home = any_home(stage);
  const bool person = stage.chance(30);
  stage.ask(1 + 3 * std::size_t(home.grid), "/api/v1/observations",
            fmt::format(R"({{"household":"{}","ground":"{}"{}}})", home.id,
                        person ? "exposed" : stage.world.preset->ground,
                        person ? R"(,"person":")" + home.people.front() + '"' : ""));
}

/// The worker of a grid goes; the deputy takes over, and later somebody new comes.
void leave(Stage& stage) {
  const std::size_t worker = 1 + 3 * stage.rng.below(std::uint64_t(stage.world.preset->grids));
  const std::int64_t grant =
      stage.screen().staff.grant_of(stage.staff[worker].number, stage.shown());
  if (grant == 0) return;
  stage.ask(0, "/api/v1/grants/" + id_text(grant) + "/end", "{}");
}

void mistake(Stage& stage) {
  switch (stage.rng.below(5)) {
    case 0: return release_too_soon(stage);
    case 1: return pause_one(stage);
    case 2: return hand_on(stage);
    case 3: return change_end(stage);
    default: return open_again(stage);
  }
}

void begin_day(Stage& stage) {
  if (stage.calm) return;
  for (int at = 0; at < 12; ++at) {
    if (stage.chance(Fault::mistake, 50)) {
      stage.in(stage.between(1, 24 * 60 - 1), [&stage] { mistake(stage); });
    }
  }
  if (stage.chance(Fault::mistake, 8)) {
    stage.in(stage.between(8 * 60, 20 * 60), [&stage] { import_again(stage); });
  }
  // Not so late that the last day ends with a wrong clock.
  if (stage.chance(Fault::clock, 10)) {
    stage.in(stage.between(1, 19 * 60), [&stage] { jump(stage); });
  }
  if (stage.chance(Fault::leave, 8)) {
    stage.in(stage.between(1, 24 * 60 - 1), [&stage] { leave(stage); });
  }
  if (stage.chance(Fault::crash, 40)) {
    stage.in(stage.between(1, 24 * 60 - 1), [&stage] { stage.house.crash(); });
  }
  stage.in(hours{24}, [&stage] { begin_day(stage); });
}

}  // namespace

void play_mishaps(Stage& stage) {
  stage.at(stage.world.begin, [&stage] { begin_day(stage); });
}

}  // namespace doorstep::drill
