/// \file The presence round: a building is closed of which no list says that anybody lives there. Behind
/// its doors are somebody, somebody who is caught there, somebody who is away for now, nobody, and
/// somebody whom two persons overlook: a flat called empty that is not.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/id.h"
#include "drill/stage.h"

namespace doorstep::drill {
namespace {

enum class Behind : std::uint8_t { somebody, stranded, away, nobody, overlooked };

constexpr std::array behind{Behind::somebody, Behind::stranded, Behind::away,
                            Behind::nobody,   Behind::nobody,   Behind::overlooked};

/// Doors beyond those that are played are empty.
Behind behind_door(const Stage& stage, std::int64_t door) {
  const auto& doors = stage.world.quiet_doors;
  const auto at = std::size_t(std::ranges::find(doors, door) - doors.begin());
  return at < behind.size() ? behind[at] : Behind::nobody;
}

std::string said(std::int64_t door, std::string_view outcome, std::string_view sign) {
  return fmt::format(R"({{"dwelling":"{}","outcome":"{}","sign":"{}"}})", id_text(door), outcome,
                     sign);
}

/// In the evening there is a light.
void is_seen_after_all(Stage& stage) {
  for (const std::int64_t door : stage.world.quiet_doors) {
    if (behind_door(stage, door) != Behind::overlooked) continue;
    stage.ask(1, "/api/v1/presence", said(door, "present", "晚上有灯"),
              [&stage](const api::Response& answer) { move_in(stage, answer); });
  }
}

}  // namespace

std::string seen_behind(Stage& stage, std::int64_t door) {
  constexpr int away_for = 2;
  const int looks = ++stage.looks[door];
  switch (behind_door(stage, door)) {
    case Behind::somebody: return said(door, "present", "屋里有人应声");
    case Behind::stranded: return said(door, "stranded", "外地来的，走不了");
    case Behind::away:
      if (looks <= away_for) return said(door, "away", "邻居说在外地");
      return said(door, "present", "回来了");
    case Behind::nobody:
    case Behind::overlooked: break;
  }
  return said(door, "empty", "电表不走");
}

void move_in(Stage& stage, const api::Response& answer) {
  const std::string household = text_member(answer.body, "household");
  if (answer.status != 200 || household.empty()) return;
  Home& home = stage.found_homes.emplace_back();
  home.id = household;
  home.number = id_from_text(household).value_or(0);
  home.start = stage.world.zone.day_of(stage.now);
  home.found = true;
  const std::string path = "/api/v1/households/" + household;
  for (std::size_t person = 0; person < 1 + stage.found_homes.size() % 3; ++person) {
    stage.ask(0, path + "/people",
              fmt::format(R"({{"name":"房客{}号{}","is_new":true}})", stage.found_homes.size(),
                          person + 1),
              [&home](const api::Response& added) {
                const std::string id = text_member(added.body, "id");
                if (added.status == 200 && !id.empty()) home.people.push_back(id);
              });
  }
  stage.ask(0, path + "/links", R"({"name":"房客的手机"})",
            [&home](const api::Response& made) { home.link = text_member(made.body, "token"); });
}

void play_presence(Stage& stage) {
  stage.at(stage.world.begin + hours{10}, [&stage] {
    stage.ask(0, "/api/v1/observations",
              R"({"place":")" + stage.world.quiet_building + R"(","ground":"area"})");
  });
  stage.at(stage.world.begin + hours{4 * 24 + 19}, [&stage] {
    if (!stage.calm) is_seen_after_all(stage);
  });
}

}  // namespace doorstep::drill
