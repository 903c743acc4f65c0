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

/// Puts a random stop in. What is wrong with the price that was named for it, if anything.
template <class State>
std::string put_in(State& state, Random& random, Blink& blink, std::vector<Node>& absent) {
  if (absent.empty()) return {};
  const auto at = static_cast<std::size_t>(random.below(static_cast<std::int32_t>(absent.size())));
  const auto place =
      random.below(2) == 0 ? state.best_place(absent[at], blink) : state.any_place(absent[at]);
  if (!place.found()) return {};
  const Cost before = state.cost();
  state.insert(absent[at], place);
  const Cost paid = state.cost() - before;
  const std::string stop = std::to_string(absent[at]);
  absent.erase(absent.begin() + static_cast<std::ptrdiff_t>(at));
  if (paid == place.delta) return {};
  return "stop " + stop + " was priced " + std::to_string(place.delta) + " and cost " +
         std::to_string(paid) + "\n";
}

/// Takes what a run serves in one go around a random stop out and puts it in again, together.
template <class State>
std::string move_stay(const Problem& problem, State& state, Random& random, Blink& blink,
                      std::vector<Node>& absent) {
  if constexpr (requires { state.has_stays(); }) {
    const Node seed = 1 + random.below(problem.size() - 1);
    if (!state.has_stays() || state.run(seed) < 0 || state.half(seed)) return {};
    Node first = seed;
    while (!state.is_sentinel(state.prev(first)) && state.together(state.prev(first), seed)) {
      first = state.prev(first);
    }
    std::vector<Node> stay{first};
    for (Node n = state.next(first); !state.is_sentinel(n) && state.together(n, seed);
         n = state.next(n)) {
      stay.push_back(n);
    }
    state.cut(first, stay.back());
    const auto place = state.best_place(stay, blink);
    if (!place.found()) {
      absent.insert(absent.end(), stay.begin(), stay.end());
      return {};
    }
    const Cost before = state.cost();
    state.insert(stay, place);
    if (state.cost() - before == place.delta) return {};
    return "a stay of " + std::to_string(stay.size()) + " was priced " +
           std::to_string(place.delta) + " and cost " + std::to_string(state.cost() - before) +
           "\n";
  }
  return {};
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
    std::string wrong;
    state.begin();
    switch (random.below(5)) {
      case 0: take_out(problem, state, random, absent); break;
      case 1: exchange_ends(problem, state, random); break;
      case 2: wrong = move_stay(problem, state, random, blink, absent); break;
      default: wrong = put_in(state, random, blink, absent);
    }
    constexpr Cost broken = 100'000'000'000'000;  // a removal that the search would not keep
    if (random.below(2) == 0 || state.cost() > broken) {
      state.take_back();
      absent = saved;
    } else {
      state.keep();
    }
    wrong += testing::faults(problem, plan_of(state, absent, never, problem), state.cost());
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

template <bool pairs, bool soft>
std::string walk_street(std::uint64_t seed, int moves) {
  const Problem problem = testing::random_street(seed, 24, pairs, soft);
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
  expect_true_prices("Moves.CostWhatTheCheckerCountsOnStairs", walk_street<true, true>);
}

TEST(Moves, CostWhatTheCheckerCountsOnStairsByTheStay) {
  expect_true_prices("Moves.CostWhatTheCheckerCountsOnStairsByTheStay", walk_street<false, true>);
}

TEST(Moves, CostWhatTheCheckerCountsOnStairsWithHardLimitsAlone) {
  expect_true_prices("Moves.CostWhatTheCheckerCountsOnStairsWithHardLimitsAlone",
                     walk_street<false, false>);
}

}  // namespace
}  // namespace doorstep::routing
