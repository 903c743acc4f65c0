#include "engine/routing/parts.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace doorstep::routing {

namespace {

std::size_t index(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

/// Sets that are joined until they are told apart.
class Sets {
 public:
  explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  std::size_t of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parent_;
};

/// Stops first, then carriers.
Sets join(const Problem& problem) {
  const auto stops = problem.stops.size();
  const auto carriers = problem.carriers.size();
  Sets sets(stops + carriers);
  // Few kinds of needs: the first stop of each stands for the others.
  std::map<std::uint64_t, std::size_t> first;
  for (std::size_t i = 1; i < stops; ++i) {
    const auto [at, fresh] = first.try_emplace(problem.stops[i].needs, i);
    if (!fresh) sets.join(i, at->second);
    if (problem.stops[i].pair >= 0) sets.join(i, index(problem.stops[i].pair));
  }
  for (std::size_t k = 0; k < carriers; ++k) {
    for (const auto& [needs, stop] : first) {
      if ((needs & ~problem.carriers[k].skills) == 0) sets.join(stops + k, stop);
    }
  }
  for (const Run& run : problem.locked) {
    for (const Node node : run.stops) sets.join(index(node), stops + index(run.carrier));
  }
  return sets;
}

void add_stop(const Problem& whole, std::size_t stop, Part& part) {
  part.stops.push_back(static_cast<Node>(stop));
  part.problem.stops.push_back(whole.stops[stop]);
  part.problem.streets.doors.push_back(whole.streets.doors[stop]);
}

}  // namespace

Parts take_apart(const Problem& problem) {
  const auto stops = problem.stops.size();
  Sets sets = join(problem);
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> part_at(stops + problem.carriers.size(), none);
  std::vector<bool> has_carrier(part_at.size(), false);
  for (std::size_t k = 0; k < problem.carriers.size(); ++k) has_carrier[sets.of(stops + k)] = true;

  Parts out;
  std::vector<Node> node_in(stops, -1);
  std::vector<std::int32_t> carrier_in(problem.carriers.size(), -1);
  for (std::size_t i = 1; i < stops; ++i) {
    const auto set = sets.of(i);
    if (!has_carrier[set]) {
      out.nobody.push_back(static_cast<Node>(i));
      continue;
    }
    if (part_at[set] == none) {
      part_at[set] = out.parts.size();
      Part& part = out.parts.emplace_back();
      part.problem.metric = problem.metric;
      part.problem.rules = problem.rules;
      part.problem.streets = problem.streets;
      part.problem.streets.doors.clear();
      add_stop(problem, 0, part);
    }
    Part& part = out.parts[part_at[set]];
    node_in[i] = static_cast<Node>(part.stops.size());
    add_stop(problem, i, part);
  }
  for (std::size_t k = 0; k < problem.carriers.size(); ++k) {
    const auto at = part_at[sets.of(stops + k)];
    if (at == none) continue;  // nothing for this carrier to do
    Part& part = out.parts[at];
    carrier_in[k] = static_cast<std::int32_t>(part.carriers.size());
    part.carriers.push_back(static_cast<std::int32_t>(k));
    part.problem.carriers.push_back(problem.carriers[k]);
  }
  for (Part& part : out.parts) {
    for (Stop& stop : part.problem.stops) {
      if (stop.pair >= 0) stop.pair = node_in[index(stop.pair)];
      if (stop.keep_carrier < 0) continue;
      const auto keep = carrier_in[index(stop.keep_carrier)];
      const bool here = keep >= 0 && index(keep) < part.carriers.size() &&
                        part.carriers[index(keep)] == stop.keep_carrier;
      // Who is in another part is nobody here, and the move is paid for all the same.
      stop.keep_carrier = here ? keep : static_cast<std::int32_t>(part.carriers.size());
    }
  }
  for (const Run& run : problem.locked) {
    if (run.stops.empty()) continue;
    Run own = run;
    Part& part = out.parts[part_at[sets.of(index(run.stops.front()))]];
    own.carrier = carrier_in[index(run.carrier)];
    for (Node& node : own.stops) node = node_in[index(node)];
    part.problem.locked.push_back(std::move(own));
  }
  return out;
}

Plan part_of(const Plan& plan, const Problem& whole, const Part& part) {
  std::vector<Node> node_in(whole.stops.size(), -1);
  for (std::size_t i = 0; i < part.stops.size(); ++i) {
    node_in[index(part.stops[i])] = static_cast<Node>(i);
  }
  std::vector<std::int32_t> carrier_in(whole.carriers.size(), -1);
  for (std::size_t k = 0; k < part.carriers.size(); ++k) {
    carrier_in[index(part.carriers[k])] = static_cast<std::int32_t>(k);
  }
  Plan out;
  for (const Run& run : plan.runs) {
    if (carrier_in[index(run.carrier)] < 0) continue;
    Run own = run;
    own.carrier = carrier_in[index(run.carrier)];
    // What its carrier may not take any more is in another part, to be put in anew there.
    std::erase_if(own.stops, [&](Node node) { return node_in[index(node)] < 0; });
    for (Node& node : own.stops) node = node_in[index(node)];
    if (!own.stops.empty()) out.runs.push_back(std::move(own));
  }
  return out;
}

void add_to(Plan& plan, const Plan& of_part, const Part& part) {
  for (Run run : of_part.runs) {
    run.carrier = part.carriers[index(run.carrier)];
    for (Node& node : run.stops) node = part.stops[index(node)];
    plan.runs.push_back(std::move(run));
  }
  for (const Node node : of_part.unserved) plan.unserved.push_back(part.stops[index(node)]);
}

}  // namespace doorstep::routing
