#include "engine/routing/dispatch.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/routing/checker.h"
#include "engine/routing/relay.h"
#include "engine/routing/replan.h"

namespace doorstep::routing {

namespace {

/// Puts the wave's names to a plan.
class Namer {
 public:
  Namer(const Wave& wave, const CompiledWave& compiled) : wave_(wave), compiled_(compiled) {}

  [[nodiscard]] std::vector<std::string> stops(const std::vector<Node>& nodes) const {
    std::vector<std::string> names;
    for (const Node node : nodes) names.push_back(stop_of(node).id);
    return names;
  }

  [[nodiscard]] DispatchRun run(const Run& run, const RunReport& report) const {
    DispatchRun out;
    out.carrier = wave_.carriers[static_cast<std::size_t>(run.carrier)].id;
    out.frozen = run.locked;
    out.leave = static_cast<Time>(report.leave);
    out.back = static_cast<Time>(report.end);
    out.work = static_cast<Time>(report.travel);
    out.flights = report.flights;
    out.climbs = report.climbs;
    for (const Visit& visit : report.visits) {
      const auto i = static_cast<std::size_t>(visit.stop);
      const Stop& stop = compiled_.problem.stops[i];
      out.work += stop.service;
      out.grams += stop.pickup ? 0 : stop.demand[0];
      out.millilitres += stop.pickup ? 0 : stop.demand[1];
      const WaveStop& named = stop_of(visit.stop);
      out.stops.push_back({named.id, named.entrance, static_cast<Time>(visit.start),
                           static_cast<Time>(visit.late), visit.climb, compiled_.helpers[i]});
    }
    return out;
  }

  [[nodiscard]] DispatchRelay relay(const RelayPlan& relay) const {
    DispatchRelay out;
    out.cost = relay.cost;
    out.person_time = relay.person_time;
    out.flights = relay.flights;
    out.unserved = static_cast<std::int64_t>(relay.plan.unserved.size());
    for (const auto entrance : relay.gaps) {
      out.without_duty.push_back(wave_.entrances[entrance].id);
    }
    std::vector<std::string> carts;
    for (const auto& carrier : wave_.carriers) {
      if (carrier.cart) carts.push_back(carrier.id);
    }
    const Report report = check(relay.carts, relay.plan);
    for (std::size_t i = 0; i < report.runs.size(); ++i) {
      const auto cart = static_cast<std::size_t>(relay.plan.runs[i].carrier);
      DispatchCart run{carts[cart],
                       static_cast<Time>(report.runs[i].leave),
                       static_cast<Time>(report.runs[i].end),
                       {}};
      for (const Visit& visit : report.runs[i].visits) {
        const DutyClimbs& duty = relay.duties[static_cast<std::size_t>(visit.stop) - 1];
        const WaveEntrance& entrance = wave_.entrances[duty.entrance];
        DispatchDrop drop{
            entrance.id, entrance.duty, static_cast<Time>(visit.start), duty.flights, {}};
        for (const auto& climb : duty.climbs) drop.climbs.push_back(stops(climb));
        run.drops.push_back(std::move(drop));
      }
      out.carts.push_back(std::move(run));
    }
    return out;
  }

  [[nodiscard]] DispatchChanges changes(const Difference& difference) const {
    std::set<std::string> known;
    for (const WaveStop& stop : wave_.stops) known.insert(stop.id);
    DispatchChanges out;
    std::set<std::string> told;
    for (const WaveRun& run : wave_.announced) {
      for (const std::string& id : run.stops) {
        told.insert(id);
        if (!known.contains(id)) out.cancelled.push_back(id);
      }
    }
    out.moved = stops(difference.moved);
    out.released = stops(difference.released);
    // A carrier who left is in no plan any more; whoever was told that name gets another.
    for (const std::string& id : stops(difference.added)) {
      (told.contains(id) ? out.moved : out.added).push_back(id);
    }
    return out;
  }

  [[nodiscard]] const WaveStop& stop_of(Node node) const {
    return wave_.stops[static_cast<std::size_t>(node) - 1];
  }

 private:
  const Wave& wave_;
  const CompiledWave& compiled_;
};

}  // namespace

Result<Dispatch> dispatch(const Wave& wave, Budget budget, const Options& options,
                          bool with_relay) {
  const CompiledWave compiled = TRY(compile(wave));
  const Problem& problem = compiled.problem;
  const bool again = !wave.announced.empty();
  if (budget.iterations == 0 && budget.seconds == 0) budget.iterations = again ? 1000 : 2000;
  Outcome outcome =
      again ? replan(problem, compiled.announced, compiled.changed, budget, options).outcome
            : solve(problem, budget, options);
  repack(problem, outcome.plan, outcome.cost);

  const Namer names(wave, compiled);
  const Report report = check(problem, outcome.plan);
  Dispatch out;
  out.faults = report.faults;
  if (report.cost != outcome.cost) {
    out.faults.push_back(fmt::format("cost {} was reported as {}", report.cost, outcome.cost));
  }
  for (std::size_t i = 0; i < report.runs.size(); ++i) {
    out.runs.push_back(names.run(outcome.plan.runs[i], report.runs[i]));
    out.person_time += out.runs.back().work;
  }
  for (const Node node : outcome.plan.unserved) {
    out.unserved.push_back({names.stop_of(node).id, reason(problem, node)});
  }
  out.cost = outcome.cost;
  out.flights = report.flights;
  out.arrival_order_flights = flights_in_arrival_order(wave, compiled);
  out.iterations = outcome.iterations;
  if (again) out.changes = names.changes(difference(problem, compiled.announced, outcome.plan));
  const bool carts = std::any_of(wave.carriers.begin(), wave.carriers.end(),
                                 [](const WaveCarrier& c) { return c.cart; });
  if (with_relay && carts && !again) {
    Budget rest = budget;
    if (budget.clock) {
      rest.seconds = budget.seconds / 4;
      rest.clock = [begun = budget.clock(), clock = budget.clock] { return clock() - begun; };
    }
    out.relay = names.relay(plan_relay(wave, compiled, rest, options));
  }
  return out;
}

}  // namespace doorstep::routing
