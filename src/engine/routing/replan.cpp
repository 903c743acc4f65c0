#include "engine/routing/replan.h"

#include <algorithm>

namespace doorstep::routing {

namespace {

std::vector<std::int32_t> carriers_of(const Problem& problem, const Plan& plan) {
  std::vector<std::int32_t> carrier(problem.stops.size(), -1);
  for (const Run& run : plan.runs) {
    for (const Node node : run.stops) carrier[static_cast<std::size_t>(node)] = run.carrier;
  }
  return carrier;
}

}  // namespace

void announce(Problem& problem, const Plan& before, Cost price) {
  const auto carrier = carriers_of(problem, before);
  for (std::size_t i = 1; i < carrier.size(); ++i) {
    if (carrier[i] < 0) continue;
    problem.stops[i].keep_carrier = carrier[i];
    problem.stops[i].move_price = price;
  }
}

Replanned replan(const Problem& problem, const Plan& before, const std::vector<Node>& changed,
                 const Budget& budget, Options options) {
  const auto carrier = carriers_of(problem, before);
  options.focus = changed;
  for (Node i = 1; i < problem.size(); ++i) {
    if (carrier[static_cast<std::size_t>(i)] < 0) options.focus.push_back(i);
  }
  // The plan is good already: little heat, or it would be taken apart.
  if (options.heat == 0) options.heat = 30;
  if (options.cooling == 0) options.cooling = 30;
  Replanned result;
  result.outcome = solve(problem, budget, options, &before);
  result.difference = difference(problem, before, result.outcome.plan);
  return result;
}

Difference difference(const Problem& problem, const Plan& before, const Plan& after) {
  const auto old = carriers_of(problem, before);
  const auto now = carriers_of(problem, after);
  Difference result;
  for (Node i = 1; i < problem.size(); ++i) {
    const auto was = old[static_cast<std::size_t>(i)];
    const auto is = now[static_cast<std::size_t>(i)];
    if (was == is) continue;
    auto& list = was < 0 ? result.added : is < 0 ? result.released : result.moved;
    list.push_back(i);
  }
  return result;
}

}  // namespace doorstep::routing
