/// \file Every move's price against the checker, and taking it back.

#include <rapidcheck.h>

#include "engine/routing/metric.h"
#include "engine/routing/rich_state.h"
#include "engine/routing/test_problems.h"

namespace doorstep::routing {
namespace {

template <class State>
Plan plan_of(const State& state, const std::vector<Node>& absent, const std::vector<Node>& never,
             const Problem& problem) {
  Plan plan;
  plan.unserved = never;
  for (std::int32_t r = 0; r < state.runs(); ++r) {
    Run run = state.describe_run(r);
    for (Node n = state.next(state.sentinel(r)); !state.is_sentinel(n); n = state.next(n)) {
      run.stops.push_back(n);
    }
    if (!run.stops.empty()) plan.runs.push_back(std::move(run));
  }
  for (const Node node : absent) {
    plan.unserved.push_back(node);
    const Node partner = problem.stops[static_cast<std::size_t>(node)].pair;
    if (partner >= 0) plan.unserved.push_back(partner);
  }
  return plan;
}

/// Takes a random string out.
template <class State>
void take_out(const Problem& problem, State& state, Random& random, std::vector<Node>& absent) {
  const Node first = 1 + random.below(problem.size() - 1);
  if (state.run(first) < 0) return;
  Node last = first;
  absent.push_back(first);
  while (random.below(3) != 0 && !state.is_sentinel(state.next(last))) {
    last = state.next(last);
    absent.push_back(last);
  }
  state.cut(first, last);
  state.gather(absent);
}

/// Puts a random stop in.
template <class State>
void put_in(State& state, Random& random, Blink& blink, std::vector<Node>& absent) {
  if (absent.empty()) return;
  const auto at = static_cast<std::size_t>(random.below(static_cast<std::int32_t>(absent.size())));
  const auto place =
      random.below(2) == 0 ? state.best_place(absent[at], blink) : state.any_place(absent[at]);
  if (!place.found()) return;
  state.insert(absent[at], place);
  absent.erase(absent.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Exchanges the ends of two random runs, where that may be, at nearly any price.
template <class State>
void exchange_ends(const Problem& problem, State& state, Random& random) {
  if constexpr (requires { state.join(1, 1, Cost{0}); }) {
    const Node a = 1 + random.below(problem.size() - 1);
    const Node b = 1 + random.below(problem.size() - 1);
    if (a != b) state.join(a, b, random.below(400) - 50);
  }
}

/// Random strings out, random stops in, ends exchanged, half of it taken back; the checker looks
/// after each.
template <class State>
std::string walk(const Problem& problem, State& state, std::uint64_t seed, int moves) {
  Random random(seed);
  Blink blink(random, 20);
  std::vector<Node> absent;
  std::vector<Node> never;
  for (Node i = 1; i < problem.size(); ++i) (state.fits_alone(i) ? absent : never).push_back(i);
  state.begin();
  state.gather(absent);
  for (int move = 0; move < moves; ++move) {
    const std::vector<Node> saved = absent;
    state.begin();
    switch (random.below(4)) {
      case 0: take_out(problem, state, random, absent); break;
      case 1: exchange_ends(problem, state, random); break;
      default: put_in(state, random, blink, absent);
    }
    constexpr Cost broken = 100'000'000'000'000;  // a removal that the search would not keep
    if (random.below(2) == 0 || state.cost() > broken) {
      state.take_back();
      absent = saved;
    } else {
      state.keep();
    }
    const auto wrong =
        testing::faults(problem, plan_of(state, absent, never, problem), state.cost());
    if (!wrong.empty()) return "move " + std::to_string(move) + ": " + wrong;
  }
  return {};
}

template <class Metric, bool windows>
std::string walk_plain(std::uint64_t seed, int moves) {
  const Problem problem = testing::random_plane(seed, 24, windows);
  const Metric metric(problem);
  Neighbours places = nearest_in_plane(problem.points, list_width(problem.size(), 10));
  for (Node i = 0; i < problem.size(); ++i) {
    for (auto* n = places.begin(i); n != places.begin(i) + places.width(); ++n) {
      n->arc = metric(n->node, i);
    }
  }
  PlainState<Metric, windows> state(problem, metric, places);
  return walk(problem, state, seed, moves);
}

std::string walk_street(std::uint64_t seed, int moves) {
  const Problem problem = testing::random_street(seed, 24);
  const Stairs metric(problem);
  const auto places = nearest_of(problem.size(), 10, Everybody(problem.size()),
                                 [&](Node a, Node b) { return Cost{metric(a, b)}; });
  RichState<Stairs> state(problem, metric, places);
  return walk(problem, state, seed, moves);
}

/// 100 seeds of 1,000 moves, or the one seed that DOORSTEP_ROUTING_SEED names.
template <class Walk>
void expect_true_prices(const std::string& test, Walk one_walk) {
  if (const char* seed = std::getenv("DOORSTEP_ROUTING_SEED")) {
    EXPECT_EQ(one_walk(std::strtoull(seed, nullptr, 10), 1000), "");
    return;
  }
  EXPECT_TRUE(rc::check(test, [&](std::uint64_t seed) {
    const auto wrong = one_walk(seed, 1000);
    if (!wrong.empty()) {
      RC_FAIL(wrong + "replay: DOORSTEP_ROUTING_SEED=" + std::to_string(seed) +
              " test_engine_routing --gtest_filter=" + test);
    }
  }));
}

TEST(Moves, CostWhatTheCheckerCountsWithLoadsAlone) {
  expect_true_prices("Moves.CostWhatTheCheckerCountsWithLoadsAlone",
                     walk_plain<Euclid<false>, false>);
}

TEST(Moves, CostWhatTheCheckerCountsWithWindows) {
  expect_true_prices("Moves.CostWhatTheCheckerCountsWithWindows", walk_plain<Euclid<true>, true>);
}

TEST(Moves, CostWhatTheCheckerCountsOnStairs) {
  expect_true_prices("Moves.CostWhatTheCheckerCountsOnStairs", walk_street);
}

}  // namespace
}  // namespace doorstep::routing
