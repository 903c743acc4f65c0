#include <algorithm>
#include <numeric>

#include "engine/routing/climb.h"
#include "engine/routing/wave.h"

namespace doorstep::routing {

namespace {

/// Positions [from, to) of the run are doors of one stairwell.
struct Block {
  std::size_t from = 0;
  std::size_t to = 0;
};

std::vector<Block> stairwell_visits(const Problem& problem, const Run& run) {
  std::vector<Block> blocks;
  const auto entrance = [&](std::size_t i) {
    return problem.streets.doors[static_cast<std::size_t>(run.stops[i])].entrance;
  };
  for (std::size_t i = 0; i < run.stops.size();) {
    std::size_t end = i + 1;
    while (end < run.stops.size() && entrance(end) == entrance(i)) ++end;
    if (end - i > 1) blocks.push_back({i, end});
    i = end;
  }
  return blocks;
}

/// What carrying the doors in this order climbs, by the hands' rule of the search.
std::int64_t flights_in_order(const std::vector<ClimbItem>& items, std::int64_t hands) {
  std::int64_t flights = 0;
  std::int64_t held = 0;
  std::int32_t floor = 0;
  bool climbing = false;
  for (const ClimbItem& item : items) {
    const bool together = climbing && item.floors > 0 && (hands == 0 || held + item.grams <= hands);
    if (!together) {
      floor = 0;
      held = 0;
    }
    climbing = item.floors > 0;
    held += item.grams;
    flights += std::max(0, item.floors - floor);
    floor = item.floors;
  }
  return flights;
}

}  // namespace

std::int64_t flights_in_arrival_order(const Wave& wave, const CompiledWave& compiled) {
  const Problem& problem = compiled.problem;
  if (problem.carriers.empty()) return 0;
  std::vector<Node> order(wave.stops.size());
  std::iota(order.begin(), order.end(), 1);
  std::sort(order.begin(), order.end(), [&](Node a, Node b) {
    const Time x = problem.stops[static_cast<std::size_t>(a)].release;
    const Time y = problem.stops[static_cast<std::size_t>(b)].release;
    return x != y ? x < y : a < b;
  });
  Plan plan;
  Load load{};
  std::int32_t carrier = 0;
  for (const Node node : order) {
    const Stop& stop = problem.stops[static_cast<std::size_t>(node)];
    const Load& capacity = problem.carriers[static_cast<std::size_t>(carrier)].capacity;
    const bool full =
        load[0] + stop.demand[0] > capacity[0] || load[1] + stop.demand[1] > capacity[1];
    if (plan.runs.empty() || full) {
      if (full) carrier = (carrier + 1) % static_cast<std::int32_t>(problem.carriers.size());
      plan.runs.push_back({carrier, true, {}, 0});
      load = {};
    }
    plan.runs.back().stops.push_back(node);
    for (std::size_t d = 0; d < load_dims; ++d) load[d] += stop.demand[d];
  }
  return check(problem, plan).flights;
}

void repack(const Problem& problem, Plan& plan, Cost& cost) {
  if (problem.metric != MetricKind::stairs) return;
  for (Run& run : plan.runs) {
    if (run.locked) continue;
    for (const Block block : stairwell_visits(problem, run)) {
      std::vector<ClimbItem> items;
      std::vector<Node> nodes(run.stops.begin() + static_cast<std::ptrdiff_t>(block.from),
                              run.stops.begin() + static_cast<std::ptrdiff_t>(block.to));
      for (const Node node : nodes) {
        const auto i = static_cast<std::size_t>(node);
        items.push_back({problem.streets.doors[i].floors, problem.stops[i].demand[0]});
      }
      const auto hands = problem.carriers[static_cast<std::size_t>(run.carrier)].hands;
      const ClimbPlan packed = pack_climbs(items, hands);
      std::vector<Node> order;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (items[i].floors == 0) order.push_back(nodes[i]);
      }
      for (const auto& climb : packed.climbs) {
        for (const std::size_t item : climb) order.push_back(nodes[item]);
      }
      // The checker reads the whole plan: it is asked only where flights can be saved.
      if (packed.flights >= flights_in_order(items, hands)) continue;
      const auto at = run.stops.begin() + static_cast<std::ptrdiff_t>(block.from);
      std::copy(order.begin(), order.end(), at);
      const Report report = check(problem, plan);
      if (report.clean() && report.cost < cost) {
        cost = report.cost;
      } else {
        std::copy(nodes.begin(), nodes.end(), at);
      }
    }
  }
}

}  // namespace doorstep::routing
