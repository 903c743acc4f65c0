#include "engine/routing/checker.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace doorstep::routing {

namespace {

std::size_t index(std::int64_t i) {
  return static_cast<std::size_t>(i);
}

/// Where a carrier is: a location, and in a stairwell the height.
class Referee {
 public:
  Referee(const Problem& problem, const Plan& plan)
      : problem_(problem),
        plan_(plan),
        seen_(problem.stops.size(), 0),
        days_(problem.carriers.size()) {}

  Report judge() {
    for (const Run& run : plan_.runs) {
      report_.runs.emplace_back();
      if (run.carrier < 0 || index(run.carrier) >= days_.size()) {
        fault("run of an unknown carrier {}", run.carrier);
        continue;
      }
      Day& day = days_[index(run.carrier)];
      if (run.stops.empty()) fault("carrier {} has an empty run", run.carrier);
      if (++day.runs > problem_.carriers[index(run.carrier)].runs_max) {
        fault("carrier {} has run {}", run.carrier, day.runs);
      }
      if (!std::all_of(run.stops.begin(), run.stops.end(), [&](Node n) { return count(n); })) {
        continue;
      }
      weigh(run);
      ride(run, day, report_.runs.back());
    }
    for (const Node node : plan_.unserved) count(node);
    for (std::size_t i = 1; i < seen_.size(); ++i) {
      if (seen_[i] != 1) fault("stop {} stands {} times", i, seen_[i]);
    }
    close_days();
    keep_locked();
    return std::move(report_);
  }

 private:
  struct Day {
    int runs = 0;
    Cost free = 0;
    Cost work = 0;
    std::vector<Node> served;
  };

  template <class... Args>
  void fault(fmt::format_string<Args...> format, Args&&... args) {
    report_.faults.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  bool count(Node node) {
    if (node < 1 || node >= problem_.size()) {
      fault("stop {} does not exist", node);
      return false;
    }
    ++seen_[index(node)];
    return true;
  }

  [[nodiscard]] const Stop& stop(Node node) const { return problem_.stops[index(node)]; }

  /// Loads, pairs and who may carry what.
  void weigh(const Run& run) {
    const Carrier& carrier = problem_.carriers[index(run.carrier)];
    Load load{};
    std::set<Node> taken;
    for (const Node node : run.stops) {
      const Stop& at = stop(node);
      if ((at.needs & ~carrier.skills) != 0 && !run.locked) {
        fault("stop {} needs skills that carrier {} lacks", node, run.carrier);
      }
      if (at.level < carrier.level && !run.locked) {
        fault("stop {} is cleaner than carrier {}", node, run.carrier);
      }
      for (std::size_t d = 0; d < load_dims && at.pair < 0; ++d) load[d] += at.demand[d];
    }
    bool over = false;
    const auto look = [&] {
      for (std::size_t d = 0; d < load_dims; ++d) over = over || load[d] > carrier.capacity[d];
    };
    look();
    for (const Node node : run.stops) {
      const Stop& at = stop(node);
      const bool takes = at.pair >= 0 && at.pickup;
      if (at.pair >= 0 && !takes && taken.count(at.pair) == 0) {
        fault("stop {} is delivered before it is picked up at {}", node, at.pair);
      }
      if (takes) taken.insert(node);
      for (std::size_t d = 0; d < load_dims; ++d) load[d] += takes ? at.demand[d] : -at.demand[d];
      look();
    }
    for (const Node node : taken) {
      if (std::find(run.stops.begin(), run.stops.end(), stop(node).pair) == run.stops.end()) {
        fault("what is picked up at {} is not delivered", node);
      }
    }
    if (over && !run.locked) fault("carrier {} is over capacity", run.carrier);
  }

  /// By another road than metric.h: long double, where a tie could hide an error.
  [[nodiscard]] Cost plane(Node a, Node b) const {
    const Point& p = problem_.points[index(a)];
    const Point& q = problem_.points[index(b)];
    const long double d =
        std::hypot(static_cast<long double>(p.x) - q.x, static_cast<long double>(p.y) - q.y);
    const bool tenths = problem_.metric == MetricKind::trunc1_euclid;
    return static_cast<Cost>(tenths ? std::floor(10.0L * d + 1e-9L) : std::floor(d + 0.5L));
  }

  /// What goes up in one climb that begins at position i of the run: [i, end).
  [[nodiscard]] std::size_t climb_end(const Run& run, std::size_t i) const {
    const auto& doors = problem_.streets.doors;
    const std::int64_t hands = problem_.carriers[index(run.carrier)].hands;
    const Door& first = doors[index(run.stops[i])];
    std::int64_t weight = 0;
    std::size_t end = i;
    for (; end < run.stops.size(); ++end) {
      const Door& door = doors[index(run.stops[end])];
      if (door.entrance != first.entrance || (door.floors > 0) != (first.floors > 0)) break;
      const Stop& at = stop(run.stops[end]);
      if (!at.pickup) weight += at.demand[0];
      if (end > i && hands > 0 && weight > hands) break;
    }
    return end;
  }

  struct Way {
    std::size_t climb_until = 0;
    std::int64_t carried = 0;
    std::int32_t entrance = 0;
    std::int32_t floor = 0;
    Cost walked = 0;
  };

  /// Time from where the carrier is to position i of the run (its size = back to the depot).
  Cost move(const Run& run, std::size_t i, Way& way, RunReport& report) {
    const Carrier& carrier = problem_.carriers[index(run.carrier)];
    const Node from = i == 0 ? depot : run.stops[i - 1];
    const Node to = i == run.stops.size() ? depot : run.stops[i];
    if (problem_.metric != MetricKind::stairs) {
      const Cost arc = problem_.metric == MetricKind::matrix
                           ? problem_.matrix[index(from) * problem_.stops.size() + index(to)]
                           : plane(from, to);
      way.walked += arc * carrier.slowness / 100;
      return arc * carrier.slowness / 100;
    }
    const Streets& streets = problem_.streets;
    const Door& door = streets.doors[index(to)];
    const auto ride = [&](std::int32_t floors, Time per_floor) {
      if (floors == 0) return Cost{0};
      const bool lift = streets.entrances[index(way.entrance)].lift;
      return lift ? Cost{streets.lift_wait} + Cost{floors} * streets.lift_floor
                  : Cost{floors} * per_floor;
    };
    Cost time = 0;
    if (i >= way.climb_until || i == run.stops.size()) {
      time += ride(way.floor, streets.down);
      const auto entrances = streets.entrances.size();
      const Cost street =
          Cost{streets.walk[index(way.entrance) * entrances + index(door.entrance)]} *
          carrier.slowness / 100;
      way.walked += street;
      time += street;
      way.entrance = door.entrance;
      way.floor = 0;
      if (i == run.stops.size()) return time;
      way.climb_until = climb_end(run, i);
      way.carried = 0;
      for (std::size_t k = i; k < way.climb_until; ++k) {
        if (!stop(run.stops[k]).pickup) way.carried += stop(run.stops[k]).demand[0];
      }
      if (door.floors > 0 && !streets.entrances[index(door.entrance)].lift) ++report.climbs;
    }
    const std::int32_t up = door.floors - way.floor;
    way.floor = door.floors;
    if (up <= 0) return time + ride(-up, streets.down);
    if (streets.entrances[index(door.entrance)].lift) return time + ride(up, streets.up);
    report.flights += up;
    report.gram_floors += way.carried * up;
    report_.cost +=
        problem_.rules.effort_weight * way.carried * up / 1000 + problem_.rules.flight_weight * up;
    const Cost bare = Cost{up} * streets.up;
    return time + bare + (streets.heavy > 0 ? bare * way.carried / streets.heavy : 0);
  }

  void order(const Run& run, const Day& day, Node node) {
    const Stop& now = stop(node);
    for (const Node earlier : day.served) {
      const Stop& then = stop(earlier);
      const bool overlap = now.open <= then.close && then.open <= now.close;
      if (now.level < then.level) {
        fault("carrier {} goes from contaminated {} to clean {}", run.carrier, earlier, node);
      }
      if (now.rank < then.rank && overlap) {
        fault("carrier {} serves {} before {} of a higher class", run.carrier, earlier, node);
      }
    }
  }

  void ride(const Run& run, Day& day, RunReport& report) {
    const Carrier& carrier = problem_.carriers[index(run.carrier)];
    Cost time = std::max({day.free, Cost{carrier.shift_start}, Cost{problem_.stops[0].open}});
    time = std::max<Cost>(time + carrier.reload, run.leave);
    for (const Node node : run.stops) {
      if (stop(node).pair < 0) time = std::max<Cost>(time, stop(node).release);
    }
    report.leave = time;
    Way way;
    for (std::size_t i = 0; i < run.stops.size(); ++i) {
      const Node node = run.stops[i];
      const Stop& at = stop(node);
      if (!run.locked && problem_.rules.rich) order(run, day, node);
      day.served.push_back(node);
      const Cost leg = move(run, i, way, report);
      report.travel += leg;
      time = std::max<Cost>({time + leg, at.open, at.pickup ? at.release : 0});
      if (time > at.close && !run.locked) {
        fault("stop {} is reached at {}, after {}", node, time, at.close);
      }
      const Cost late = std::max<Cost>(0, time - at.soft_close);
      report_.cost += leg + late * problem_.rules.late_weight;
      if (at.keep_carrier >= 0 && at.keep_carrier != run.carrier) report_.cost += at.move_price;
      const bool stairs =
          problem_.metric == MetricKind::stairs && problem_.streets.doors[index(node)].floors > 0;
      report.visits.push_back({node, time, late, stairs ? report.climbs : 0});
      time += at.service;
      day.work += leg + at.service;
      if (!at.pickup) way.carried -= at.demand[0];
    }
    const Cost leg = move(run, run.stops.size(), way, report);
    report.travel += leg;
    report.end = time + leg;
    report_.cost += leg + carrier.run_cost;
    report_.flights += report.flights;
    day.work += leg;
    day.free = report.end;
    if (run.locked) return;
    if (report.end > std::min(carrier.shift_end, problem_.stops[0].close)) {
      fault("carrier {} is back at {}, too late", run.carrier, report.end);
    }
    if (way.walked > carrier.range) fault("carrier {} goes beyond its range", run.carrier);
  }

  void close_days() {
    const Rules& rules = problem_.rules;
    if (!rules.rich) return;
    for (std::size_t k = 0; k < days_.size(); ++k) {
      if (days_[k].work == 0) continue;
      const Cost seconds = (problem_.carriers[k].ledger + days_[k].work) / 1000;
      report_.cost += rules.carrier_cost + rules.fairness * seconds * seconds /
                                               std::max<Cost>(1, rules.fair_share / 1000);
    }
  }

  /// Locked runs stand as given, in their order, before the rest of the carrier's day.
  void keep_locked() {
    for (std::size_t k = 0; k < days_.size(); ++k) {
      std::vector<const Run*> day;
      for (const Run& run : plan_.runs) {
        if (index(run.carrier) == k) day.push_back(&run);
      }
      std::size_t i = 0;
      for (const Run& run : problem_.locked) {
        if (index(run.carrier) != k || run.stops.empty()) continue;
        if (i >= day.size() || day[i]->stops != run.stops)
          fault("a locked run of carrier {} changed", k);
        ++i;
      }
    }
  }

  const Problem& problem_;
  const Plan& plan_;
  std::vector<int> seen_;
  std::vector<Day> days_;
  Report report_;
};

}  // namespace

Report check(const Problem& problem, const Plan& plan) {
  return Referee(problem, plan).judge();
}

}  // namespace doorstep::routing
