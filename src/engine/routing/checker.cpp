#include "engine/routing/checker.h"

#include <cmath>

#include <fmt/format.h>

namespace doorstep::routing {

namespace {

/// Arc costs by another road than metric.h: long double, where a tie could hide an error.
Cost arc(const Problem& problem, Node a, Node b) {
  const Point& p = problem.points[static_cast<std::size_t>(a)];
  const Point& q = problem.points[static_cast<std::size_t>(b)];
  const long double d =
      std::hypot(static_cast<long double>(p.x) - q.x, static_cast<long double>(p.y) - q.y);
  if (problem.metric == MetricKind::trunc1_euclid) {
    return static_cast<Cost>(std::floor(10.0L * d + 1e-9L));
  }
  return static_cast<Cost>(std::floor(d + 0.5L));
}

class Referee {
 public:
  Referee(const Problem& problem, const Plan& plan)
      : problem_(problem), plan_(plan), seen_(problem.stops.size(), 0) {}

  Report judge() {
    std::vector<int> uses(problem_.carriers.size(), 0);
    for (const Run& run : plan_.runs) {
      const auto carrier = static_cast<std::size_t>(run.carrier);
      if (run.carrier < 0 || carrier >= uses.size()) {
        fault("run of an unknown carrier {}", run.carrier);
        continue;
      }
      if (++uses[carrier] > problem_.carriers[carrier].runs_max) {
        fault("carrier {} has more than {} runs", run.carrier, problem_.carriers[carrier].runs_max);
      }
      ride(run);
    }
    for (const Node node : plan_.unserved) count(node);
    for (std::size_t i = 1; i < seen_.size(); ++i) {
      if (seen_[i] != 1) fault("stop {} stands {} times", i, seen_[i]);
    }
    return std::move(report_);
  }

 private:
  template <class... Args>
  void fault(fmt::format_string<Args...> format, Args&&... args) {
    report_.faults.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  bool count(Node node) {
    if (node < 1 || node >= problem_.size()) {
      fault("stop {} does not exist", node);
      return false;
    }
    ++seen_[static_cast<std::size_t>(node)];
    return true;
  }

  void ride(const Run& run) {
    std::int64_t load = 0;
    Cost time = problem_.stops[0].open;
    Node at = depot;
    for (const Node node : run.stops) {
      if (!count(node)) return;
      const Stop& stop = problem_.stops[static_cast<std::size_t>(node)];
      load += stop.demand[0];
      const Cost leg = arc(problem_, at, node);
      report_.cost += leg;
      time = std::max<Cost>(time + leg, stop.open);
      if (time > stop.close) fault("stop {} is reached at {}, after {}", node, time, stop.close);
      time += stop.service;
      at = node;
    }
    const Cost leg = arc(problem_, at, depot);
    report_.cost += leg;
    if (time + leg > problem_.stops[0].close) fault("carrier {} is back too late", run.carrier);
    const auto capacity = problem_.carriers[static_cast<std::size_t>(run.carrier)].capacity[0];
    if (load > capacity) fault("carrier {} carries {} of {}", run.carrier, load, capacity);
  }

  const Problem& problem_;
  const Plan& plan_;
  std::vector<int> seen_;
  Report report_;
};

}  // namespace

Report check(const Problem& problem, const Plan& plan) {
  return Referee(problem, plan).judge();
}

}  // namespace doorstep::routing
