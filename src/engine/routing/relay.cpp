#include "engine/routing/relay.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/routing/checker.h"

namespace doorstep::routing {

namespace {

std::size_t index(std::int64_t i) {
  return static_cast<std::size_t>(i);
}

constexpr std::int64_t duty_hands = 15'000;

/// Door stops joined to one stop per entrance and window, no heavier than the smallest cart.
class Joiner {
 public:
  Joiner(const Wave& wave, const Problem& doors, RelayPlan& out)
      : wave_(wave), doors_(doors), out_(out) {
    for (std::size_t k = 0; k < wave.carriers.size(); ++k) {
      if (!wave.carriers[k].cart) continue;
      Carrier cart = doors.carriers[k];
      for (std::size_t d = 0; d < load_dims; ++d) {
        room_[d] =
            out.carts.carriers.empty() ? cart.capacity[d] : std::min(room_[d], cart.capacity[d]);
      }
      out.carts.carriers.push_back(cart);
    }
  }

  void join() {
    Problem& carts = out_.carts;
    carts.metric = MetricKind::stairs;
    carts.streets = doors_.streets;
    carts.streets.doors.assign(1, {});
    carts.stops.assign(1, doors_.stops[0]);
    carts.rules = doors_.rules;
    using Key = std::tuple<std::int32_t, std::uint8_t, std::uint8_t, Time, Time>;
    std::map<Key, std::vector<Node>> together;
    for (Node i = 1; i < doors_.size(); ++i) {
      const Stop& s = doors_.stops[index(i)];
      if (s.pair >= 0) continue;  // shuttles are never relayed
      together[{doors_.streets.doors[index(i)].entrance, s.level, s.rank, s.open, s.close}]
          .push_back(i);
    }
    for (const auto& [key, nodes] : together) {
      std::vector<Node> part;
      Load load{};
      for (const Node node : nodes) {
        const Load& more = doors_.stops[index(node)].demand;
        if (!part.empty() && (load[0] + more[0] > room_[0] || load[1] + more[1] > room_[1])) {
          add(std::get<0>(key), part);
          part.clear();
          load = {};
        }
        part.push_back(node);
        for (std::size_t d = 0; d < load_dims; ++d) load[d] += more[d];
      }
      add(std::get<0>(key), part);
    }
  }

 private:
  void add(std::int32_t entrance, const std::vector<Node>& nodes) {
    Stop joint = doors_.stops[index(nodes[0])];
    joint.demand = {};
    joint.prize = 0;
    joint.service = wave_.rules.handover;
    joint.keep_carrier = -1;
    std::vector<ClimbItem> items;
    for (const Node node : nodes) {
      const Stop& s = doors_.stops[index(node)];
      for (std::size_t d = 0; d < load_dims; ++d) joint.demand[d] += s.demand[d];
      joint.release = std::max(joint.release, s.release);
      joint.soft_close = std::min(joint.soft_close, s.soft_close);
      joint.prize += s.prize;
      joint.needs |= s.needs;
      items.push_back({doors_.streets.doors[index(node)].floors, s.demand[0]});
    }
    out_.carts.stops.push_back(joint);
    out_.carts.streets.doors.push_back({entrance, 0});
    climbs(entrance, nodes, items);
  }

  void climbs(std::int32_t entrance, const std::vector<Node>& nodes,
              const std::vector<ClimbItem>& items) {
    const Streets& streets = doors_.streets;
    const bool lift = streets.entrances[index(entrance)].lift;
    DutyClimbs duty;
    duty.entrance = index(entrance) - 1;
    const ClimbPlan packed = pack_climbs(items, lift ? 0 : duty_hands);
    std::vector<Node> ground;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (items[i].floors == 0) ground.push_back(nodes[i]);
      out_.person_time += doors_.stops[index(nodes[i])].service;
    }
    if (!ground.empty()) duty.climbs.push_back(ground);
    for (const auto& climb : packed.climbs) {
      auto& list = duty.climbs.emplace_back();
      for (const std::size_t item : climb) list.push_back(nodes[item]);
    }
    Cost time = 0;
    Cost effort = 0;
    if (lift) {
      time = Cost{2} * packed.flights * streets.lift_floor + Cost{2} * streets.lift_wait;
    } else {
      duty.flights = packed.flights;
      time = packed.flights * (streets.up + streets.down);
      for (const ClimbItem& item : items) {
        if (streets.heavy > 0) time += Cost{streets.up} * item.floors * item.grams / streets.heavy;
        effort += doors_.rules.effort_weight * item.grams * item.floors / 1000;
      }
      effort += doors_.rules.flight_weight * packed.flights;
    }
    out_.flights += duty.flights;
    out_.person_time += time;
    out_.cost += time + effort;
    out_.duties.push_back(std::move(duty));
  }

  const Wave& wave_;
  const Problem& doors_;
  RelayPlan& out_;
  Load room_{};
};

}  // namespace

RelayPlan plan_relay(const Wave& wave, const CompiledWave& compiled, const Budget& budget,
                     const Options& options) {
  RelayPlan out;
  Joiner(wave, compiled.problem, out).join();
  for (const DutyClimbs& duty : out.duties) {
    if (wave.entrances[duty.entrance].duty.empty()) out.gaps.push_back(duty.entrance);
  }
  std::sort(out.gaps.begin(), out.gaps.end());
  out.gaps.erase(std::unique(out.gaps.begin(), out.gaps.end()), out.gaps.end());
  Options quiet = options;
  quiet.focus.clear();
  const Outcome outcome = solve(out.carts, budget, quiet);
  out.plan = outcome.plan;
  out.iterations = outcome.iterations;
  out.cost += outcome.cost;
  for (const RunReport& run : check(out.carts, out.plan).runs) {
    out.person_time +=
        run.travel + Cost{wave.rules.handover} * static_cast<Cost>(run.visits.size());
  }
  return out;
}

}  // namespace doorstep::routing
