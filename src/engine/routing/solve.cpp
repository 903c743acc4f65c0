#include "engine/routing/solve.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/routing/metric.h"
#include "engine/routing/parts.h"
#include "engine/routing/rich_state.h"
#include "engine/routing/solver.h"

namespace doorstep::routing {

namespace {

template <class State, class Metric>
Outcome run(const Problem& problem, const Metric& metric, const Budget& budget,
            const Options& options, const Plan* start) {
  Solver<State, Metric> solver(problem, metric, options);
  solver.begin(start);
  const auto iterations = solver.anneal(budget, options);
  Outcome outcome = solver.best();
  outcome.iterations = iterations;
  return outcome;
}

/// The parts of a problem of streets, each for its share of the budget: one behind the other, or
/// side by side on threads. The plan is the same, as no part knows of another.
class Apart {
 public:
  Apart(Parts parts, const Options& options) : parts_(std::move(parts)), options_(options) {}

  Outcome run(const Problem& problem, const Budget& budget, const Plan* start) {
    begin(problem, start);
    std::vector<std::vector<One*>> lanes = deal();
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < lanes.size(); ++i) {
        others.emplace_back([&, i] { run_lane(lanes[i], budget); });
      }
      if (!lanes.empty()) run_lane(lanes[0], budget);
    }
    Outcome outcome = together();
    for (const One& one : ones_) outcome.iterations += one.shown.iterations;
    return outcome;
  }

 private:
  using StairsSolver = Solver<RichState<Stairs>, Stairs>;
  struct One {
    const Part* part = nullptr;
    Options options;  ///< As the part names its stops.
    std::unique_ptr<Stairs> metric;
    std::unique_ptr<StairsSolver> solver;
    std::int64_t before = 0;  ///< Shares of the parts before it.
    std::int64_t share = 0;   ///< Of the budget.
    Progress shown;           ///< How far it is, as was last told.
  };

  /// What each thread does: the largest share that is left to whoever has least.
  std::vector<std::vector<One*>> deal() {
    std::vector<One*> all;
    for (One& one : ones_) {
      if (one.share > 0) all.push_back(&one);
    }
    std::sort(all.begin(), all.end(), [](const One* a, const One* b) {
      return std::pair(-a->share, a->before) < std::pair(-b->share, b->before);
    });
    const auto threads = static_cast<std::size_t>(std::max(1, options_.threads));
    std::vector<std::vector<One*>> lanes(std::min(threads, all.size()));
    std::vector<std::int64_t> sums(lanes.size(), 0);
    for (One* one : all) {
      const auto least = std::min_element(sums.begin(), sums.end()) - sums.begin();
      lanes[static_cast<std::size_t>(least)].push_back(one);
      sums[static_cast<std::size_t>(least)] += one->share;
    }
    return lanes;
  }

  void run_lane(const std::vector<One*>& lane, const Budget& budget) {
    std::int64_t all = 0;
    for (const One* one : lane) all += one->share;
    std::int64_t before = 0;
    for (One* one : lane) {
      Budget own;
      own.iterations = iterations_of(budget, *one);
      limit_time(budget, before, before + one->share, all, own);
      const auto iterations = one->solver->anneal(own, options_of(*one));
      before += one->share;
      const std::scoped_lock lock(telling_);
      one->shown = {iterations, one->solver->best_cost(), one->solver->best_cost(), 0};
    }
  }

  /// First plans of all parts. Where there is a focus, parts outside of it stay as they are.
  void begin(const Problem& problem, const Plan* start) {
    ones_.resize(parts_.parts.size());
    for (std::size_t i = 0; i < ones_.size(); ++i) {
      One& one = ones_[i];
      one.part = &parts_.parts[i];
      one.options = options_;
      one.options.focus.clear();
      for (std::size_t k = 1; k < one.part->stops.size() && !options_.focus.empty(); ++k) {
        if (std::find(options_.focus.begin(), options_.focus.end(), one.part->stops[k]) !=
            options_.focus.end()) {
          one.options.focus.push_back(static_cast<Node>(k));
        }
      }
      const bool still = !options_.focus.empty() && one.options.focus.empty();
      one.share = still ? 0 : one.part->problem.size() - 1;
      one.metric = std::make_unique<Stairs>(one.part->problem);
      one.solver = std::make_unique<StairsSolver>(one.part->problem, *one.metric, one.options, i);
      Plan own;
      if (start != nullptr) own = part_of(*start, problem, *one.part);
      one.solver->begin(start != nullptr ? &own : nullptr);
      one.before = shares_;
      shares_ += one.share;
      one.shown = {0, one.solver->best_cost(), one.solver->best_cost(), 0};
    }
  }

  /// Its share of them, whoever is asked when; 0 where they are not limited.
  [[nodiscard]] std::int64_t iterations_of(const Budget& budget, const One& one) const {
    if (budget.iterations == 0) return 0;
    const auto until = [&](std::int64_t share) {
      return static_cast<std::int64_t>(static_cast<__int128>(budget.iterations) * share / shares_);
    };
    return std::max<std::int64_t>(1, until(one.before + one.share) - until(one.before));
  }

  /// From `from` to `to` of `all` that its thread does.
  static void limit_time(const Budget& budget, std::int64_t from, std::int64_t to, std::int64_t all,
                         Budget& own) {
    if (budget.seconds <= 0 || from == to) return;
    const double begun = budget.clock();
    const double end = budget.seconds * static_cast<double>(to) / static_cast<double>(all);
    // What is over already gets next to nothing, not "no limit".
    own.seconds = std::max(1e-9, end - begun);
    own.clock = [begun, clock = budget.clock] { return clock() - begun; };
  }

  /// What is shown of one part is shown of the whole.
  [[nodiscard]] Options options_of(One& now) {
    Options options = now.options;
    if (!options_.progress) return options;
    options.progress = [this, &now](const Progress& own) {
      const std::scoped_lock lock(telling_);
      now.shown = own;
      Progress sum;
      for (const One& one : ones_) {
        sum.iterations += one.shown.iterations;
        sum.best += one.shown.best;
        sum.current += one.shown.current;
        sum.unserved += one.shown.unserved;
      }
      options_.progress(sum);
    };
    return options;
  }

  [[nodiscard]] Outcome together() const {
    Outcome outcome;
    for (const One& one : ones_) {
      const Outcome own = one.solver->best();
      outcome.cost += own.cost;
      add_to(outcome.plan, own.plan, *one.part);
    }
    // By carrier, as one search would have them; a carrier's runs keep their order.
    std::vector<Run>& runs = outcome.plan.runs;
    std::vector<std::pair<std::int32_t, std::size_t>> order;
    for (std::size_t i = 0; i < runs.size(); ++i) order.emplace_back(runs[i].carrier, i);
    std::sort(order.begin(), order.end());
    std::vector<Run> sorted;
    for (const auto& [carrier, i] : order) sorted.push_back(std::move(runs[i]));
    runs = std::move(sorted);
    std::vector<Node>& unserved = outcome.plan.unserved;
    unserved.insert(unserved.end(), parts_.nobody.begin(), parts_.nobody.end());
    std::sort(unserved.begin(), unserved.end());
    return outcome;
  }

  Parts parts_;
  const Options& options_;
  std::vector<One> ones_;
  std::int64_t shares_ = 0;  ///< Of all parts.
  std::mutex telling_;
};

Outcome on_streets(const Problem& problem, const Budget& budget, const Options& options,
                   const Plan* start) {
  Parts parts = take_apart(problem);
  if (parts.parts.size() > 1) return Apart(std::move(parts), options).run(problem, budget, start);
  return run<RichState<Stairs>>(problem, Stairs(problem), budget, options, start);
}

/// Square roots cost more than a table that stays in the cache; a larger table does not.
constexpr Node table_size = 450;

Outcome with_table(const Problem& problem, const Table& table, const Budget& budget,
                   const Options& options, const Plan* start) {
  if (problem.rules.rich) {
    return run<RichState<Table>>(problem, table, budget, options, start);
  }
  if (has_windows(problem)) {
    return run<PlainState<Table, true>>(problem, table, budget, options, start);
  }
  return run<PlainState<Table, false>>(problem, table, budget, options, start);
}

/// `windows` is what the metric's files have; other mixes go over a table.
template <bool windows, class Metric>
Outcome in_plane(const Problem& problem, const Metric& metric, const Budget& budget,
                 const Options& options, const Plan* start) {
  const bool usual = !problem.rules.rich && has_windows(problem) == windows;
  if (problem.size() <= table_size || !usual) {
    return with_table(problem, Table(metric, problem.size()), budget, options, start);
  }
  return run<PlainState<Metric, windows>>(problem, metric, budget, options, start);
}

}  // namespace

Outcome solve(const Problem& problem, const Budget& budget, const Options& options,
              const Plan* start) {
  switch (problem.metric) {
    case MetricKind::round_euclid:
      return in_plane<false>(problem, Euclid<false>(problem), budget, options, start);
    case MetricKind::trunc1_euclid:
      return in_plane<true>(problem, Euclid<true>(problem), budget, options, start);
    case MetricKind::stairs: return on_streets(problem, budget, options, start);
    case MetricKind::matrix: break;
  }
  // A matrix may differ by direction, which the plain form does not know.
  return run<RichState<Table>>(problem, Table(problem), budget, options, start);
}

}  // namespace doorstep::routing
