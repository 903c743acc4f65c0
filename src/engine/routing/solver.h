#pragma once
/// \file What one search of one problem needs, tied together: lists, orders, temperature.

#include <memory>
#include <tuple>

#include "engine/routing/savings.h"
#include "engine/routing/search.h"
#include "engine/routing/solve.h"

namespace doorstep::routing {

inline std::size_t index(Node node) {
  return static_cast<std::size_t>(node);
}

inline bool has_windows(const Problem& problem) {
  return std::any_of(problem.stops.begin(), problem.stops.end(),
                     [](const Stop& s) { return s.close < no_limit || s.open > 0; });
}

/// How well `to` stands next to `from`: travel, and a part of the waiting and of the lateness that
/// the windows force, in the better of the two directions.
template <class Metric, class Candidates>
Neighbours places_in_time(const Problem& problem, const Metric& metric, std::int32_t width,
                          const Candidates& candidates) {
  const auto one_way = [&](Node a, Node b) {
    const Stop& from = problem.stops[index(a)];
    const Stop& to = problem.stops[index(b)];
    const Cost arc = metric(a, b);
    const Cost wait = std::max<Cost>(0, Cost{to.open} - arc - from.service - from.close);
    const Cost late = std::max<Cost>(0, Cost{from.open} + from.service + arc - to.close);
    return arc * 10 + wait * 2 + late * 10;
  };
  return nearest_of(problem.size(), width, candidates, [&](Node from, Node to) {
    return std::min(one_way(from, to), one_way(to, from));
  });
}

template <class Metric>
void measure(Neighbours& lists, Node size, const Metric& metric) {
  for (Node from = 0; from < size; ++from) {
    Neighbour* list = lists.begin(from);
    for (std::int32_t i = 0; i < lists.width(); ++i) list[i].arc = metric(list[i].node, from);
  }
}

/// The order in which a first plan takes the stops: dear ones, then far ones; of a stairwell, all
/// doors together from the top.
inline std::vector<Node> filling_order(const Problem& problem, const std::vector<Cost>& from_depot,
                                       std::vector<Node> stops) {
  using Key = std::tuple<Cost, Cost, std::int32_t, std::int32_t, Node>;
  const auto key = [&](Node node) -> Key {
    const Cost prize = problem.stops[index(node)].prize;
    if (problem.metric != MetricKind::stairs) return {-prize, -from_depot[index(node)], 0, 0, node};
    const Door& door = problem.streets.doors[index(node)];
    const Time walk = problem.streets.walk[index(door.entrance)];
    return {-prize, -Cost{walk}, door.entrance, -door.floors, node};
  };
  std::vector<std::pair<Key, Node>> keyed;
  for (const Node node : stops) keyed.emplace_back(key(node), node);
  std::sort(keyed.begin(), keyed.end());
  std::transform(keyed.begin(), keyed.end(), stops.begin(), [](const auto& k) { return k.second; });
  return stops;
}

/// Everything one search needs, tied together. `part` tells apart the parts of one problem.
template <class State, class Metric>
class Solver {
 public:
  Solver(const Problem& problem, const Metric& metric, const Options& options, std::size_t part = 0)
      : problem_(problem),
        metric_(metric),
        options_(options),
        random_(options.seed * 0x9E3779B97F4A7C15 + 1 + part * 0xD1B54A32D192ED03) {
    const Node size = problem.size();
    windows_ = has_windows(problem);
    if (problem.metric == MetricKind::stairs) {
      make_lists(NearestEntrances(problem.streets, 240));
    } else {
      make_lists(Everybody(size));
    }
    measure(places_, size, metric);
    from_depot_.resize(problem.stops.size());
    for (Node i = 0; i < size; ++i) from_depot_[index(i)] = metric(depot, i);
  }

  /// A first plan, of what `start` holds and the stops that it does not name.
  void begin(const Plan* start) {
    state_ = std::make_unique<State>(problem_, metric_, places_);
    state_->begin();
    std::tie(stops_, hopeless_) = sort_out(*state_);
    std::vector<bool> placed(problem_.stops.size(), false);
    load_runs(*state_, start, placed);
    orders_ = std::make_unique<Orders>(problem_, from_depot_);
    const RuinSizes sizes{options_.mean_ruin > 0 ? options_.mean_ruin : 10,
                          options_.longest > 0 ? options_.longest : 10};
    search_ = std::make_unique<Search<State>>(*state_, near_, *orders_, random_, sizes);
    search_->accept();
    std::vector<Node> missing;
    for (const Node node : stops_) {
      const Stop& stop = problem_.stops[index(node)];
      if (!placed[index(node)] && (stop.pair < 0 || stop.pickup)) missing.push_back(node);
    }
    search_->fill(filling_order(problem_, from_depot_, missing));
  }

  /// Returns the iterations done.
  std::int64_t anneal(const Budget& budget, const Options& options) {
    return search_->anneal(seeds(*state_, stops_), temperature(), budget, options);
  }

  [[nodiscard]] Cost best_cost() const { return search_->best_cost(); }

  [[nodiscard]] Outcome best() const {
    Outcome outcome;
    outcome.plan = search_->best();
    outcome.cost = search_->best_cost();
    auto& unserved = outcome.plan.unserved;
    for (std::size_t i = 0, count = unserved.size(); i < count; ++i) {
      outcome.cost -= state_->prize(unserved[i]);
      const Node partner = problem_.stops[index(unserved[i])].pair;
      if (partner >= 0) unserved.push_back(partner);
    }
    unserved.insert(unserved.end(), hopeless_.begin(), hopeless_.end());
    std::sort(unserved.begin(), unserved.end());
    return outcome;
  }

 private:
  template <class Candidates>
  void make_lists(const Candidates& candidates) {
    const Node size = problem_.size();
    // Many doors at one place: forty of them are three stairwells.
    const std::int32_t usual = problem_.metric == MetricKind::stairs ? 60 : 40;
    const auto width = list_width(size, options_.places > 0 ? options_.places : usual);
    const bool plane = !problem_.points.empty() && !problem_.rules.rich;
    if (plane) {
      near_ = nearest_in_plane(problem_.points, list_width(size, 100));
    } else {
      near_ = nearest_of(size, list_width(size, 100), candidates, [&](Node a, Node b) {
        return std::min<Cost>(metric_(a, b), metric_(b, a));
      });
    }
    places_ = windows_ || !plane ? places_in_time(problem_, metric_, width, candidates)
                                 : near_.nearest(std::min(width, near_.width()));
  }

  /// Stops that a run can serve, and those that none can even alone.
  std::pair<std::vector<Node>, std::vector<Node>> sort_out(State& state) {
    std::pair<std::vector<Node>, std::vector<Node>> sorted;
    std::vector<bool> locked(problem_.stops.size(), false);
    for (const Run& run : problem_.locked) {
      for (const Node node : run.stops) locked[index(node)] = true;
    }
    for (Node i = 1; i < problem_.size(); ++i) {
      if (locked[index(i)]) continue;
      (state.fits_alone(i) ? sorted.first : sorted.second).push_back(i);
    }
    return sorted;
  }

  void load_runs(State& state, const Plan* start, std::vector<bool>& placed) {
    const auto add = [&](const Run& run) {
      if (!state.add_run(run)) return;
      for (const Node node : run.stops) placed[index(node)] = true;
    };
    for (const Run& run : problem_.locked) add(run);
    if (start != nullptr) {
      for (const Run& run : start->runs) {
        if (!run.locked) add(run);
      }
    } else if (!windows_ && !problem_.rules.rich) {
      for (const Run& run : Savings(problem_, metric_, near_).runs()) add(run);
    }
  }

  std::vector<Node> seeds(const State& state, const std::vector<Node>& stops) const {
    if (options_.focus.empty()) return stops;
    std::vector<bool> chosen(problem_.stops.size(), false);
    const auto choose_run = [&](Node node) {
      chosen[index(node)] = true;
      if (state.run(node) < 0) return;
      for (Node n = state.next(state.sentinel(state.run(node))); !state.is_sentinel(n);
           n = state.next(n)) {
        chosen[index(n)] = true;
      }
    };
    for (const Node node : options_.focus) {
      choose_run(node);
      for (std::int32_t i = 0; i < std::min(20, near_.width()); ++i) {
        choose_run(near_.begin(node)[i].node);
      }
    }
    std::vector<Node> seeds;
    for (const Node node : stops) {
      if (chosen[index(node)]) seeds.push_back(node);
    }
    return seeds;
  }

  [[nodiscard]] Temperature temperature() const {
    Cost arcs = 0;
    std::int64_t count = 0;
    for (Node i = 1; i < problem_.size(); ++i) {
      for (std::int32_t k = 0; k < std::min(25, near_.width()); ++k, ++count) {
        arcs += metric_(i, near_.begin(i)[k].node);
      }
    }
    const std::int64_t mean_q16 = count > 0 ? (arcs << 16) / count : 0;
    const std::int64_t heat = options_.heat > 0 ? options_.heat : usual_heat();
    const auto cooling = options_.cooling > 0 ? options_.cooling : usual_cooling();
    return {mean_q16 * heat / 1000, log2_q16(static_cast<std::uint64_t>(cooling))};
  }

  /// Found by trial (docs/benchmarks/routing.md): windows need more heat to come loose. On stairs the
  /// near arcs are those of one stairwell, and what has to come loose are runs.
  [[nodiscard]] std::int64_t usual_heat() const {
    if (problem_.metric == MetricKind::stairs) return 15'000;
    if (problem_.rules.rich) return 300;
    return windows_ ? 3000 : 1000;
  }
  [[nodiscard]] std::int64_t usual_cooling() const {
    if (problem_.metric == MetricKind::stairs) return 150;
    return windows_ ? 300 : 100;
  }

  const Problem& problem_;
  const Metric& metric_;
  const Options& options_;
  Random random_;
  bool windows_ = false;
  Neighbours near_;
  Neighbours places_;
  std::vector<Cost> from_depot_;
  std::vector<Node> stops_;     ///< That a run can serve.
  std::vector<Node> hopeless_;  ///< That none can even alone.
  std::unique_ptr<State> state_;
  std::unique_ptr<Orders> orders_;
  std::unique_ptr<Search<State>> search_;
};

}  // namespace doorstep::routing
