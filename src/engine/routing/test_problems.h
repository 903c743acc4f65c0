#pragma once
/// \file Random problems and helpers for the tests of routing.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/routing/checker.h"
#include "engine/routing/model.h"
#include "engine/routing/random.h"
#include "engine/routing/solve.h"

namespace doorstep::routing::testing {

inline std::string file_text(const std::string& path) {
  std::ifstream file(std::string(DOORSTEP_SOURCE_DIR "/") + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Faults of a plan as one text; empty where the checker agrees, also with the cost.
inline std::string faults(const Problem& problem, const Plan& plan, Cost cost) {
  const Report report = check(problem, plan);
  std::string text;
  for (const auto& fault : report.faults) text += fault + "\n";
  if (report.cost != cost) {
    text += "cost " + std::to_string(cost) + ", checked " + std::to_string(report.cost) + "\n";
  }
  return text;
}

inline Problem random_plane(std::uint64_t seed, Node stops, bool windows) {
  Random random(seed);
  Problem problem;
  problem.metric = windows ? MetricKind::trunc1_euclid : MetricKind::round_euclid;
  problem.stops.resize(static_cast<std::size_t>(stops) + 1);
  for (auto& stop : problem.stops) {
    problem.points.push_back(
        {static_cast<double>(random.below(100)), static_cast<double>(random.below(100))});
    stop.demand[0] = 1 + random.below(20);
    if (windows) {
      stop.open = random.below(5000);
      stop.close = stop.open + 200 + random.below(3000);
      stop.service = random.below(200);
    }
  }
  problem.stops[0] = {};
  if (windows) problem.stops[0].close = 12'000;
  Carrier carrier;
  carrier.capacity[0] = 60;
  problem.carriers.assign(static_cast<std::size_t>(std::max(1, stops)), carrier);
  return problem;
}

/// Stairwells, several runs, pairs, classes, contamination, fairness: everything at once, or
/// without what makes the search ride the long way.
inline Problem random_street(std::uint64_t seed, Node stops, bool pairs = true, bool soft = true) {
  Random random(seed);
  Problem problem;
  problem.metric = MetricKind::stairs;
  problem.rules = {.prize = 100'000'000,
                   .late_weight = 2,
                   .effort_weight = 300,
                   .flight_weight = 5'000,
                   .carrier_cost = 1'000,
                   .fairness = 50,
                   .fair_share = 1'800'000,
                   .rich = true};
  const std::int32_t entrances = 5;
  problem.streets.entrances.resize(entrances + 1);
  problem.streets.entrances[2].lift = true;
  problem.streets.walk.resize((entrances + 1) * (entrances + 1));
  for (std::size_t a = 0; a <= entrances; ++a) {
    for (std::size_t b = 0; b <= entrances; ++b) {
      problem.streets.walk[a * (entrances + 1) + b] =
          static_cast<Time>(20'000 * (a > b ? a - b : b - a));
    }
  }
  problem.stops.resize(static_cast<std::size_t>(stops) + 1);
  problem.streets.doors.resize(problem.stops.size());
  problem.stops[0].close = 30'000'000;
  for (Node i = 1; i <= stops; ++i) {
    Stop& stop = problem.stops[static_cast<std::size_t>(i)];
    problem.streets.doors[static_cast<std::size_t>(i)] = {1 + random.below(entrances),
                                                          random.below(7)};
    stop.demand = {200 + random.below(9'000), 1'000 + random.below(9'000)};
    stop.rank = static_cast<std::uint8_t>(random.below(3));
    stop.level = random.below(8) == 0 ? 1 : 0;
    stop.open = stop.rank == 0 ? 0 : 600'000 * random.below(3);
    stop.close = stop.open + 6'000'000 + 1'000'000 * random.below(10);
    if (soft) stop.soft_close = stop.open + 3'000'000;
    stop.release = random.below(4) == 0 ? 900'000 : 0;
    stop.service = 30'000;
    stop.needs = random.below(6) == 0 ? 2 : 0;
    if (random.below(5) == 0) {
      stop.keep_carrier = random.below(4);
      stop.move_price = 120'000;
    }
  }
  for (Node i = 1; pairs && i + 1 <= stops; i += 9) {  // some goods are taken up at another door
    Stop& from = problem.stops[static_cast<std::size_t>(i)];
    Stop& to = problem.stops[static_cast<std::size_t>(i) + 1];
    from.pair = i + 1;
    from.pickup = true;
    to.pair = i;
    from.demand = to.demand;
    from.rank = to.rank;
    from.level = to.level;
    from.open = to.open;
    from.close = to.close;
  }
  for (std::int32_t k = 0; k < 4; ++k) {
    Carrier carrier;
    carrier.capacity = {25'000 + 10'000 * k, 60'000};
    carrier.hands = 10'000;
    carrier.runs_max = 4;
    carrier.reload = 60'000;
    carrier.slowness = 80 + 20 * k;
    carrier.skills = k < 2 ? 3 : 1;
    carrier.run_cost = 30'000;
    carrier.shift_end = 25'000'000;
    if (k == 1) carrier.range = 260'000;
    problem.carriers.push_back(carrier);
  }
  return problem;
}

}  // namespace doorstep::routing::testing
