#include "engine/routing/solve.h"

#include <numeric>

#include "engine/routing/metric.h"
#include "engine/routing/savings.h"
#include "engine/routing/search.h"

namespace doorstep::routing {

namespace {

bool has_windows(const Problem& problem) {
  return std::any_of(problem.stops.begin(), problem.stops.end(),
                     [](const Stop& s) { return s.close < no_limit || s.open > 0; });
}

/// How well `to` stands next to `from`: travel, and a part of the waiting and of the lateness that
/// the windows force, in the better of the two directions.
template <class Metric>
Neighbours places_in_time(const Problem& problem, const Metric& metric, std::int32_t width) {
  const auto one_way = [&](Node a, Node b) {
    const Stop& from = problem.stops[static_cast<std::size_t>(a)];
    const Stop& to = problem.stops[static_cast<std::size_t>(b)];
    const Cost arc = metric(a, b);
    const Cost wait = std::max<Cost>(0, Cost{to.open} - arc - from.service - from.close);
    const Cost late = std::max<Cost>(0, Cost{from.open} + from.service + arc - to.close);
    return arc * 10 + wait * 2 + late * 10;
  };
  return nearest_of_all(problem.size(), width, [&](Node from, Node to) {
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

template <bool windows, class Metric>
Outcome run(const Problem& problem, const Metric& metric, const Budget& budget,
            const Options& options, const Plan* start) {
  const Node size = problem.size();
  Neighbours near = nearest_in_plane(problem.points, list_width(size, 100));
  const auto width = list_width(size, options.places > 0 ? options.places : 40);
  Neighbours places =
      windows ? places_in_time(problem, metric, width) : nearest_in_plane(problem.points, width);
  measure(places, size, metric);
  std::vector<Cost> from_depot(problem.stops.size());
  for (Node i = 0; i < size; ++i) from_depot[static_cast<std::size_t>(i)] = metric(depot, i);
  Orders orders(problem, from_depot);
  Random random(options.seed * 0x9E3779B97F4A7C15 + 1);

  using State = PlainState<Metric, windows>;
  State state(problem, metric, places);
  std::vector<Node> stops;
  std::vector<Node> hopeless;
  for (Node i = 1; i < size; ++i) (state.fits_alone(i) ? stops : hopeless).push_back(i);
  const RuinSizes sizes{options.mean_ruin > 0 ? options.mean_ruin : 10,
                        options.longest > 0 ? options.longest : 10};
  state.begin();
  std::vector<bool> placed(problem.stops.size(), false);
  std::vector<Run> runs;
  if (start != nullptr) {
    runs = start->runs;
  } else if (!windows) {
    runs = savings(problem, metric, near);
    if (runs.size() > problem.carriers.size()) runs.clear();
  }
  for (const Run& r : runs) {
    state.add_run(r);
    for (const Node node : r.stops) placed[static_cast<std::size_t>(node)] = true;
  }
  Search<State> search(state, near, orders, random, sizes);
  std::vector<Node> missing;
  for (const Node node : stops) {
    if (!placed[static_cast<std::size_t>(node)]) missing.push_back(node);
  }
  std::sort(missing.begin(), missing.end(), [&](Node a, Node b) {
    const Cost x = from_depot[static_cast<std::size_t>(a)];
    const Cost y = from_depot[static_cast<std::size_t>(b)];
    return x != y ? x > y : a < b;
  });
  search.accept();
  search.fill(missing);

  Cost arcs = 0;
  std::int64_t count = 0;
  for (Node i = 1; i < size; ++i) {
    for (std::int32_t k = 0; k < std::min(25, near.width()); ++k, ++count) {
      arcs += metric(i, near.begin(i)[k].node);
    }
  }
  const std::int64_t mean_arc_q16 = count > 0 ? (arcs << 16) / count : 0;
  const std::int64_t heat = options.heat > 0 ? options.heat : 100;
  const auto cooling = static_cast<std::uint64_t>(options.cooling > 0 ? options.cooling : 100);
  const Temperature temperature{mean_arc_q16 * heat / 1000, log2_q16(cooling)};
  Outcome outcome;
  outcome.iterations = search.anneal(stops, temperature, budget, options);
  outcome.plan = search.best();
  outcome.cost = search.best_cost();
  outcome.plan.unserved.insert(outcome.plan.unserved.end(), hopeless.begin(), hopeless.end());
  return outcome;
}

template <bool windows, class Metric>
Outcome with_table(const Problem& problem, const Metric& metric, const Budget& budget,
                   const Options& options, const Plan* start) {
  if (problem.size() <= 300) {
    const Table table(metric, problem.size());
    return run<windows>(problem, table, budget, options, start);
  }
  return run<windows>(problem, metric, budget, options, start);
}

}  // namespace

Outcome solve(const Problem& problem, const Budget& budget, const Options& options,
              const Plan* start) {
  if (problem.metric == MetricKind::round_euclid) {
    const Euclid<false> metric(problem);
    return has_windows(problem) ? with_table<true>(problem, metric, budget, options, start)
                                : with_table<false>(problem, metric, budget, options, start);
  }
  const Euclid<true> metric(problem);
  return with_table<true>(problem, metric, budget, options, start);
}

}  // namespace doorstep::routing
