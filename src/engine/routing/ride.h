#pragma once
/// \file One run from the first step to the last: times, climbs, effort, lateness, order.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

#include "engine/routing/groups.h"
#include "engine/routing/metric.h"
#include "engine/routing/model.h"

namespace doorstep::routing {

/// Where a carrier stands between two runs.
struct Between {
  Cost free = 0;             ///< Since when.
  std::uint64_t served = 0;  ///< Groups.
};

struct Legs {
  Cost time = 0;
  Cost walked = 0;  ///< Of `time`, the part under Carrier::range.
  Cost price = 0;   ///< Effort and flights.
};

/// Street time of this carrier. Most are as fast as the map says: no division for them.
inline Cost slowed(Cost time, std::int32_t slowness) {
  return slowness == 100 ? time : time * slowness / 100;
}
inline Cost slowed(Cost time, const Carrier& carrier) {
  return slowed(time, carrier.slowness);
}

struct RideResult {
  bool possible = false;
  Between then;
  Cost cost = 0;
  Cost work = 0;    ///< Time on the way and at the doors, without waiting.
  Cost leave = 0;   ///< From the depot.
  Cost walked = 0;  ///< Under Carrier::range.
  Legs home;        ///< The way back.
};

template <class Metric>
class Ride {
 public:
  Ride(const Problem& problem, const Metric& metric)
      : problem_(&problem),
        metric_(&metric),
        groups_(make_groups(problem)),
        taken_(problem.stops.size(), 0),
        pairs_(std::any_of(problem.stops.begin(), problem.stops.end(),
                           [](const Stop& s) { return s.pair >= 0; })) {
    const std::size_t entrances = problem.streets.entrances.size();
    for (std::size_t e = 0; e < entrances && problem.metric == MetricKind::stairs; ++e) {
      walks_true_ = walks_true_ && problem.streets.walk[e * entrances + e] == 0;
    }
  }

  [[nodiscard]] const Groups& groups() const { return groups_; }

  /// What the carrier's whole day costs beyond its runs.
  [[nodiscard]] Cost day_cost(const Carrier& carrier, Cost work) const {
    const Rules& rules = problem_->rules;
    if (work == 0) return 0;
    const Cost seconds = (carrier.ledger + work) / 1000;
    const Cost share = std::max<Cost>(1, rules.fair_share / 1000);
    return rules.carrier_cost + rules.fairness * seconds * seconds / share;
  }

  /// What carrying the stop's goods up costs wherever it stands: a lower bound of its insertion.
  [[nodiscard]] Cost raising(Node node) const {
    if constexpr (std::is_same_v<Metric, Stairs>) {
      const Stop& at = stop(node);
      const Door& to = door(node);
      if (at.pickup || metric_->lift(to)) return 0;
      const Streets& streets = problem_->streets;
      const Cost plain = Cost{to.floors} * streets.up;
      return problem_->rules.effort_weight * at.demand[0] * to.floors / 1000 +
             (streets.heavy > 0 ? plain * at.demand[0] / streets.heavy : 0);
    }
    return 0;
  }

  /// Whether the carrier can load this run and take up what it picks up on the way.
  bool load_fits(const Carrier& carrier, std::span<const Node> stops);

  /// `locked` runs are facts: they are never impossible, only late. Others are impossible where a
  /// rule is broken or they cost `too_much`. Where none of the stops is half of a pair, the load must
  /// fit already.
  RideResult go(std::int32_t carrier_index, std::span<const Node> stops, Between from, bool locked,
                Time leave, Cost too_much = std::numeric_limits<Cost>::max()) {
    return go(carrier_index, stops, from, locked, leave, too_much, [](const Step&) {});
  }
  /// The same, and shows each step to `seen`.
  template <class Seen>
  RideResult go(std::int32_t carrier_index, std::span<const Node> stops, Between from, bool locked,
                Time leave, Cost too_much, Seen seen);

  /// One stop of a ride.
  struct Step {
    Node stop = 0;
    Legs legs;       ///< The way to it.
    Cost start = 0;  ///< Of service.
    Cost cost = 0;   ///< Of the run up to here.
    std::uint64_t served = 0;
  };

  /// Whether two stops are doors of one stairwell, so that one climb may serve both.
  [[nodiscard]] bool together(Node a, Node b) const {
    if constexpr (std::is_same_v<Metric, Stairs>) return door(a).entrance == door(b).entrance;
    return false;
  }
  /// From a door to the foot of another's stairs; without stairs, all of the way.
  [[nodiscard]] Legs way(const Carrier& carrier, Node from, Node to) const;
  /// To stops[to], from `origin` where it is the first. Visits of a stairwell are asked for from
  /// their first stop on, in order; put_down() after each.
  Legs leg(const Carrier& carrier, Node origin, std::span<const Node> stops, std::size_t to);
  /// What of that counts under Carrier::range. Inside a stairwell nothing does, where walks_true().
  [[nodiscard]] Cost walked(const Carrier& carrier, Node from, Node to) const {
    return way(carrier, from, to).walked;
  }
  /// Whether nobody walks from an entrance to itself.
  [[nodiscard]] bool walks_true() const { return walks_true_; }
  void begin_legs() { climb_end_ = 0; }
  void put_down(const Stop& at) {
    if (!at.pickup) in_hands_ -= at.demand[0];
  }
  [[nodiscard]] bool any_half(std::span<const Node> stops) const {
    return std::any_of(stops.begin(), stops.end(), [&](Node n) { return stop(n).pair >= 0; });
  }
  [[nodiscard]] Cost late_cost(const Stop& at, Cost start) const {
    return start > at.soft_close ? (start - at.soft_close) * problem_->rules.late_weight : 0;
  }
  [[nodiscard]] static Cost moving_cost(const Stop& at, std::int32_t carrier) {
    return at.keep_carrier >= 0 && at.keep_carrier != carrier ? at.move_price : 0;
  }

 private:
  void start_climb(const Carrier& carrier, std::span<const Node> stops, std::size_t first);

  [[nodiscard]] const Stop& stop(Node node) const {
    return problem_->stops.data()[static_cast<std::size_t>(node)];
  }
  [[nodiscard]] const Door& door(Node node) const {
    return problem_->streets.doors.data()[static_cast<std::size_t>(node)];
  }

  const Problem* problem_;
  const Metric* metric_;
  Groups groups_;
  std::vector<std::uint64_t> taken_;  ///< By stop: the ride that picked it up.
  std::uint64_t ride_ = 0;
  bool pairs_ = false;
  bool walks_true_ = true;
  std::size_t climb_end_ = 0;  ///< Stops before this index belong to the climb under way.
  std::int64_t in_hands_ = 0;  ///< Grams.
};

template <class Metric>
bool Ride<Metric>::load_fits(const Carrier& carrier, std::span<const Node> stops) {
  Load load{};
  ++ride_;
  for (const Node node : stops) {
    if (stop(node).pair >= 0) continue;
    for (std::size_t d = 0; d < load_dims; ++d) load[d] += stop(node).demand[d];
  }
  for (std::size_t d = 0; d < load_dims; ++d) {
    if (load[d] > carrier.capacity[d]) return false;
  }
  for (const Node node : stops) {
    const Stop& at = stop(node);
    if (at.pair >= 0 && at.pickup) {
      taken_[static_cast<std::size_t>(node)] = ride_;
      for (std::size_t d = 0; d < load_dims; ++d) {
        load[d] += at.demand[d];
        if (load[d] > carrier.capacity[d]) return false;
      }
      continue;
    }
    if (at.pair >= 0 && taken_[static_cast<std::size_t>(at.pair)] != ride_) return false;
    for (std::size_t d = 0; d < load_dims; ++d) load[d] -= at.demand[d];
  }
  return true;
}

/// Decides what goes up together: as many of the next stops in the stairwell as hands can hold.
template <class Metric>
void Ride<Metric>::start_climb(const Carrier& carrier, std::span<const Node> stops,
                               std::size_t first) {
  const auto entrance = door(stops[first]).entrance;
  in_hands_ = 0;
  climb_end_ = first;
  while (climb_end_ < stops.size() && door(stops[climb_end_]).entrance == entrance) {
    const Stop& next = stop(stops[climb_end_]);
    const std::int64_t weight = next.pickup ? 0 : next.demand[0];
    const bool upstairs = door(stops[climb_end_]).floors > 0;
    if (upstairs != (door(stops[first]).floors > 0)) break;
    if (climb_end_ > first && carrier.hands > 0 && in_hands_ + weight > carrier.hands) break;
    in_hands_ += weight;
    ++climb_end_;
  }
}

template <class Metric>
Legs Ride<Metric>::way(const Carrier& carrier, Node from, Node to) const {
  if constexpr (std::is_same_v<Metric, Stairs>) {
    const Cost walked = slowed(metric_->street(door(from).entrance, door(to).entrance), carrier);
    return {metric_->leave(from) + walked, walked, 0};
  } else {
    const Cost time = slowed((*metric_)(from, to), carrier);
    return {time, time, 0};
  }
}

template <class Metric>
Legs Ride<Metric>::leg(const Carrier& carrier, Node origin, std::span<const Node> stops,
                       std::size_t to) {
  const Node from = to == 0 ? origin : stops[to - 1];
  if constexpr (!std::is_same_v<Metric, Stairs>) {
    return way(carrier, from, stops[to]);
  } else {
    const Door& next = door(stops[to]);
    Legs legs;
    std::int32_t up = next.floors;
    if (to > 0 && to < climb_end_) {
      up -= door(from).floors;
      if (metric_->lift(next) || up <= 0) {
        legs.time = (*metric_)(from, stops[to]);
        return legs;
      }
    } else {
      legs = way(carrier, from, stops[to]);
      start_climb(carrier, stops, to);
      if (metric_->lift(next)) {
        legs.time += metric_->climb(stops[to]);
        return legs;
      }
    }
    const Streets& streets = problem_->streets;
    const Cost plain = Cost{up} * streets.up;
    legs.time += plain + (streets.heavy > 0 ? plain * in_hands_ / streets.heavy : 0);
    legs.price =
        problem_->rules.effort_weight * in_hands_ * up / 1000 + problem_->rules.flight_weight * up;
    return legs;
  }
}

template <class Metric>
template <class Seen>
RideResult Ride<Metric>::go(std::int32_t carrier_index, std::span<const Node> stops, Between from,
                            bool locked, Time leave, Cost too_much, Seen seen) {
  const Carrier& carrier = problem_->carriers.data()[static_cast<std::size_t>(carrier_index)];
  RideResult result;
  if (pairs_ && any_half(stops) && !load_fits(carrier, stops) && !locked) return result;
  Cost time =
      std::max<Cost>(std::max<Cost>(from.free, carrier.shift_start) + carrier.reload, leave);
  for (const Node node : stops) {
    if (stop(node).pair < 0) time = std::max<Cost>(time, stop(node).release);
  }
  result.leave = time;
  begin_legs();
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const Node node = stops[i];
    const Stop& at = stop(node);
    const auto index = static_cast<std::size_t>(node);
    if ((groups_.not_after.data()[index] & from.served) != 0 && !locked) return result;
    from.served |= groups_.bit.data()[index];
    const Legs legs = leg(carrier, depot, stops, i);
    result.walked += legs.walked;
    result.cost += legs.time + legs.price;
    result.work += legs.time + at.service;
    time = std::max<Cost>(time + legs.time, at.open);
    if (at.pickup) time = std::max<Cost>(time, at.release);
    if (time > at.close && !locked) return result;
    result.cost += late_cost(at, time) + moving_cost(at, carrier_index);
    if (result.cost >= too_much) return result;
    seen(Step{node, legs, time, result.cost, from.served});
    time += at.service;
    put_down(at);
  }
  result.home = way(carrier, stops.empty() ? depot : stops.back(), depot);
  result.walked += result.home.walked;
  time += result.home.time;
  result.cost += result.home.time + carrier.run_cost;
  result.work += result.home.time;
  result.then = {time, from.served};
  const Cost end = std::min(carrier.shift_end, problem_->stops[0].close);
  result.possible = locked || (time <= end && result.walked <= carrier.range);
  return result;
}

}  // namespace doorstep::routing
