/// \file What nothing joins is planned apart, and adds up.

#include "engine/routing/parts.h"

#include "engine/routing/test_problems.h"

namespace doorstep::routing {
namespace {

/// Two grids (bits 4 and 8 beside the skills 1 and 2) of one street, carriers 0 and 2 for the first and
/// 1 and 3 for the second; stops take turns.
Problem two_grids(std::uint64_t seed, Node stops) {
  Problem problem = testing::random_street(seed, stops, false);
  for (std::size_t i = 1; i < problem.stops.size(); ++i) {
    Stop& stop = problem.stops[i];
    stop.needs = i % 2 == 0 ? 4 : 8;
    stop.keep_carrier = -1;
  }
  for (std::size_t k = 0; k < problem.carriers.size(); ++k) {
    problem.carriers[k].skills = k % 2 == 0 ? 4 : 8;
  }
  return problem;
}

Outcome solved(const Problem& problem, std::int64_t iterations, const Options& options = {},
               const Plan* start = nullptr) {
  Outcome outcome = solve(problem, {iterations, 0, {}}, options, start);
  EXPECT_EQ(testing::faults(problem, outcome.plan, outcome.cost), "");
  return outcome;
}

TEST(Parts, HoldEachStopAndCarrierOnce) {
  Problem problem = two_grids(1, 21);
  problem.stops[7].needs = 16;  // nobody has that
  const Parts parts = take_apart(problem);
  ASSERT_EQ(parts.parts.size(), 2U);
  EXPECT_EQ(parts.nobody, std::vector<Node>{7});
  EXPECT_EQ(parts.parts[0].carriers, (std::vector<std::int32_t>{1, 3}));  // stop 1 comes first
  EXPECT_EQ(parts.parts[1].carriers, (std::vector<std::int32_t>{0, 2}));
  std::vector<int> seen(problem.stops.size(), 0);
  for (const Part& part : parts.parts) {
    ASSERT_EQ(part.stops.size(), part.problem.stops.size());
    ASSERT_EQ(part.stops.size(), part.problem.streets.doors.size());
    EXPECT_EQ(part.stops[0], depot);
    for (std::size_t i = 1; i < part.stops.size(); ++i) {
      ++seen[static_cast<std::size_t>(part.stops[i])];
    }
  }
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_EQ(seen[i], i == 7 ? 0 : 1) << i;
}

TEST(Parts, StayTogetherWhereACarrierALockedRunOrAPairJoinsThem) {
  Problem both = two_grids(2, 20);
  both.carriers[0].skills = 12;
  EXPECT_EQ(take_apart(both).parts.size(), 1U);
  Problem locked = two_grids(2, 20);
  locked.locked.push_back({0, true, {1}, 0});  // stop 1 is of the other grid
  EXPECT_EQ(take_apart(locked).parts.size(), 1U);
  Problem pair = two_grids(2, 20);
  pair.stops[1].pair = 2;
  pair.stops[2].pair = 1;
  EXPECT_EQ(take_apart(pair).parts.size(), 1U);
}

/// The announced carrier of stop 2 is of the other grid now: whoever takes it pays for the move.
TEST(Parts, PayForTheMoveAwayFromACarrierOfAnotherPart) {
  Problem problem = two_grids(3, 24);
  const Outcome before = solved(problem, 400);
  problem.stops[2].keep_carrier = 1;
  problem.stops[2].move_price = 120'000;
  const Outcome after = solved(problem, 400);
  ASSERT_FALSE(std::binary_search(after.plan.unserved.begin(), after.plan.unserved.end(), 2));
  EXPECT_EQ(after.cost, before.cost + 120'000);
}

TEST(Parts, GiveThePlanOfTheWhole) {
  for (const std::uint64_t seed : {4U, 5U, 6U}) {
    Problem problem = two_grids(seed, 60);
    problem.stops[9].needs = 16;
    Options options;
    options.seed = seed;
    const Outcome one = solved(problem, 1'000, options);
    EXPECT_TRUE(std::binary_search(one.plan.unserved.begin(), one.plan.unserved.end(), 9));
    EXPECT_EQ(one.iterations, 1'000);
    for (const std::int32_t threads : {2, 4}) {
      options.threads = threads;
      EXPECT_EQ(solve(problem, {1'000, 0, {}}, options).plan, one.plan);
    }
  }
}

/// A focus in one grid, one stop of it not yet in the plan: the runs of the other grid stand.
TEST(Parts, LeaveAGridAloneWhereNothingHappened) {
  const Problem problem = two_grids(7, 60);
  Plan start = solved(problem, 300).plan;
  ASSERT_TRUE(start.unserved.empty());
  for (auto& run : start.runs) std::erase(run.stops, 10);
  Options options;
  options.focus = {10};
  const Outcome after = solved(problem, 300, options, &start);
  EXPECT_TRUE(after.plan.unserved.empty());
  const auto others = [](const Plan& plan) {
    std::vector<routing::Run> runs;
    for (const auto& run : plan.runs) {
      if (run.carrier % 2 == 1) runs.push_back(run);
    }
    return runs;
  };
  EXPECT_EQ(others(after.plan), others(start));
}

TEST(Parts, ShareTheSecondsAndShowTheWhole) {
  const Problem problem = two_grids(8, 40);
  double now = 0;
  Options options;
  std::vector<Progress> shown;
  options.progress = [&](const Progress& p) { shown.push_back(p); };
  const Outcome outcome = solve(problem, {0, 1.0, [&] { return now += 0.01; }}, options);
  EXPECT_EQ(testing::faults(problem, outcome.plan, outcome.cost), "");
  // A hundred looks at the clock, 128 iterations between two of them.
  EXPECT_LT(outcome.iterations, 14'000);
  EXPECT_GT(outcome.iterations, 8'000);
  ASSERT_GE(shown.size(), 2U);
  for (std::size_t i = 1; i < shown.size(); ++i) {
    EXPECT_LE(shown[i].best, shown[i - 1].best);
    EXPECT_GE(shown[i].iterations, shown[i - 1].iterations);
  }
  EXPECT_GE(shown.back().best, outcome.cost);
}

/// Two grids on two threads, each of which tells once that it begins: one at a time, of the whole.
TEST(Parts, ShowTheWholeFromSeveralThreads) {
  const Problem problem = two_grids(9, 60);
  Options options;
  const Outcome alone = solved(problem, 1'000, options);
  options.threads = 2;
  std::vector<Progress> shown;
  options.progress = [&](const Progress& p) { shown.push_back(p); };
  const Outcome outcome = solved(problem, 1'000, options);
  EXPECT_EQ(outcome.plan, alone.plan);
  EXPECT_EQ(outcome.iterations, 1'000);
  ASSERT_EQ(shown.size(), 2U);
  for (const Progress& one : shown) EXPECT_GE(one.best, outcome.cost);
  EXPECT_GE(shown[0].best, shown[1].best);
}

}  // namespace
}  // namespace doorstep::routing
