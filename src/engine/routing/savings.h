#pragma once
/// \file A first plan by savings (Clarke and Wright 1964), limited to granular neighbours.

#include <algorithm>
#include <vector>

#include "engine/routing/model.h"
#include "engine/routing/neighbours.h"

namespace doorstep::routing {

/// Runs of carriers[0]'s capacity that visit every stop. Ignores windows.
template <class Metric>
[[nodiscard]] std::vector<Run> savings(const Problem& problem, const Metric& metric,
                                       const Neighbours& near) {
  struct Saving {
    Time gain;
    Node a;
    Node b;
  };
  const Node size = problem.size();
  const auto index = [](Node i) { return static_cast<std::size_t>(i); };
  std::vector<Saving> list;
  for (Node a = 1; a < size; ++a) {
    for (std::int32_t k = 0; k < near.width(); ++k) {
      const Node b = near.begin(a)[k].node;
      const Time gain = metric(a, depot) + metric(depot, b) - metric(a, b);
      if (gain <= 0) continue;
      if (a < b) {
        list.push_back({gain, a, b});
        continue;
      }
      // The pair may stand in both lists; it is taken from the smaller stop's where it does.
      const Neighbour* other = near.begin(b);
      const bool twice =
          std::any_of(other, other + near.width(), [&](const Neighbour& n) { return n.node == a; });
      if (!twice) list.push_back({gain, b, a});
    }
  }
  std::sort(list.begin(), list.end(), [](const Saving& x, const Saving& y) {
    if (x.gain != y.gain) return x.gain > y.gain;
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });

  // Every stop starts as a run of its own; a run is known by its two ends.
  std::vector<std::vector<Node>> runs(index(size));
  std::vector<std::int64_t> load(index(size));
  std::vector<Node> run_of(index(size));
  for (Node i = 1; i < size; ++i) {
    runs[index(i)] = {i};
    load[index(i)] = problem.stops[index(i)].demand[0];
    run_of[index(i)] = i;
  }
  const std::int64_t capacity = problem.carriers.empty() ? 0 : problem.carriers[0].capacity[0];
  for (const Saving& s : list) {
    Node into = run_of[index(s.a)];
    Node from = run_of[index(s.b)];
    if (into == from || load[index(into)] + load[index(from)] > capacity) continue;
    auto end_of = [&](Node run, Node stop) {
      return runs[index(run)].front() == stop || runs[index(run)].back() == stop;
    };
    if (!end_of(into, s.a) || !end_of(from, s.b)) continue;
    Node joint_into = s.a;
    Node joint_from = s.b;
    if (runs[index(into)].size() < runs[index(from)].size()) {
      std::swap(into, from);
      std::swap(joint_into, joint_from);
    }
    auto& target = runs[index(into)];
    auto& source = runs[index(from)];
    if (target.back() != joint_into) std::reverse(target.begin(), target.end());
    if (source.front() != joint_from) std::reverse(source.begin(), source.end());
    for (const Node node : source) run_of[index(node)] = into;
    target.insert(target.end(), source.begin(), source.end());
    load[index(into)] += load[index(from)];
    source.clear();
  }
  std::vector<Run> result;
  for (auto& run : runs) {
    if (!run.empty()) result.push_back({static_cast<std::int32_t>(result.size()), false, run, 0});
  }
  return result;
}

}  // namespace doorstep::routing
