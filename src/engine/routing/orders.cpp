#include "engine/routing/search.h"

namespace doorstep::routing {

namespace {

/// Positions of the stops when sorted by `key`.
std::vector<std::int32_t> ranks(const std::vector<Cost>& key) {
  std::vector<std::pair<Cost, std::size_t>> order(key.size());
  for (std::size_t i = 0; i < key.size(); ++i) order[i] = {key[i], i};
  std::sort(order.begin(), order.end());
  std::vector<std::int32_t> rank(key.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    rank[order[i].second] = static_cast<std::int32_t>(i);
  }
  return rank;
}

}  // namespace

Orders::Orders(const Problem& problem, const std::vector<Cost>& from_depot) {
  const auto of = [&](auto key) {
    std::vector<Cost> values(problem.stops.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = key(i);
    return ranks(values);
  };
  const auto& stops = problem.stops;
  keys_[1] = of([&](std::size_t i) { return -stops[i].demand[0]; });
  keys_[2] = of([&](std::size_t i) { return -from_depot[i]; });
  keys_[3] = of([&](std::size_t i) { return from_depot[i]; });
  // random 4, demand 4, far 2, close 1 (SISR).
  wheel_ = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3};
  const bool windows =
      std::any_of(stops.begin() + 1, stops.end(), [](const Stop& s) { return s.close < no_limit; });
  if (windows) {
    keys_[4] = of([&](std::size_t i) { return Cost{stops[i].close} - stops[i].open; });
    keys_[5] = of([&](std::size_t i) { return Cost{stops[i].open}; });
    keys_[6] = of([&](std::size_t i) { return -Cost{stops[i].close}; });
    wheel_.insert(wheel_.end(), {4, 4, 5, 5, 6, 6});
  }
  // A stairwell's doors from the top: who takes the first can take the others on the same climb.
  if (problem.metric == MetricKind::stairs) {
    keys_[7] = of([&](std::size_t i) {
      const Door& door = problem.streets.doors[i];
      return Cost{door.entrance} * 1000 - door.floors;
    });
    wheel_.insert(wheel_.end(), 6, 7);
  }
}

void Orders::apply(std::vector<Node>& absent, Random& random) {
  const auto order = wheel_[random.below(static_cast<std::uint32_t>(wheel_.size()))];
  if (order == 0) {
    for (std::size_t i = absent.size(); i > 1; --i) {
      std::swap(absent[i - 1], absent[random.below(static_cast<std::uint32_t>(i))]);
    }
    return;
  }
  sorted_.clear();
  const auto& key = keys_[order];
  for (const Node node : absent) sorted_.emplace_back(key[static_cast<std::size_t>(node)], node);
  std::sort(sorted_.begin(), sorted_.end());
  std::transform(sorted_.begin(), sorted_.end(), absent.begin(),
                 [](const auto& entry) { return entry.second; });
}

}  // namespace doorstep::routing
