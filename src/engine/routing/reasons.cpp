#include "engine/routing/reasons.h"

#include <vector>

#include "engine/routing/checker.h"

namespace doorstep::routing {

std::string_view reason_text(Reason reason) {
  switch (reason) {
    case Reason::no_carrier: return "no_carrier";
    case Reason::over_capacity: return "over_capacity";
    case Reason::out_of_time: return "out_of_time";
    case Reason::no_room: return "no_room";
  }
  return "no_room";
}

namespace {

std::vector<Node> pair_of(const Stop& stop, Node node) {
  if (stop.pair < 0) return {node};
  return stop.pickup ? std::vector<Node>{node, stop.pair} : std::vector<Node>{stop.pair, node};
}

}  // namespace

Reason reason(const Problem& problem, Node node) {
  const Stop& stop = problem.stops[static_cast<std::size_t>(node)];
  bool able = false;
  bool strong = false;
  bool skip_same = false;
  for (std::size_t k = 0; k < problem.carriers.size() && !skip_same; ++k) {
    const Carrier& carrier = problem.carriers[k];
    if ((stop.needs & ~carrier.skills) != 0 || stop.level < carrier.level) continue;
    able = true;
    if (stop.demand[0] > carrier.capacity[0] || stop.demand[1] > carrier.capacity[1]) continue;
    strong = true;
    Plan alone;
    alone.runs.push_back({static_cast<std::int32_t>(k), false, pair_of(stop, node), 0});
    for (Node i = 1; i < problem.size(); ++i) {
      if (i != node && i != stop.pair) alone.unserved.push_back(i);
    }
    // Locked runs of the day are another matter: alone means with an empty day.
    Problem free_day = problem;
    free_day.locked.clear();
    if (check(free_day, alone).clean()) return Reason::no_room;
    skip_same = !problem.rules.rich;  // all carriers are alike
  }
  if (!able) return Reason::no_carrier;
  return strong ? Reason::out_of_time : Reason::over_capacity;
}

}  // namespace doorstep::routing
