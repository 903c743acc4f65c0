/// \file Whole plans: known optima, degenerate and infeasible problems, the same bytes again.

#include "engine/routing/solve.h"

#include <limits>

#include "engine/routing/readers.h"
#include "engine/routing/reasons.h"
#include "engine/routing/test_problems.h"

namespace doorstep::routing {
namespace {

Outcome solved(const Problem& problem, std::int64_t iterations = 3000, std::uint64_t seed = 1) {
  Options options;
  options.seed = seed;
  Outcome outcome = solve(problem, {iterations, 0, {}}, options);
  EXPECT_EQ(testing::faults(problem, outcome.plan, outcome.cost), "")
      << "replay: seed " << seed << ", iterations " << iterations;
  return outcome;
}

/// The cheapest plan by looking at every order of every part; for a handful of stops.
Cost optimum(const Problem& problem) {
  const auto stops = problem.stops.size() - 1;
  const std::size_t sets = std::size_t{1} << stops;
  constexpr Cost never = std::numeric_limits<Cost>::max() / 4;
  std::vector<Cost> best(sets, never);
  best[0] = 0;
  for (std::size_t set = 1; set < sets; ++set) {
    std::vector<Node> order;
    for (std::size_t i = 0; i < stops; ++i) {
      if ((set >> i & 1) != 0) order.push_back(static_cast<Node>(i + 1));
    }
    Plan plan;
    for (Node i = 1; i < problem.size(); ++i) {
      if ((set >> (i - 1) & 1) == 0) plan.unserved.push_back(i);
    }
    plan.runs.push_back({0, false, {}, 0});
    do {
      plan.runs[0].stops = order;
      const Report report = check(problem, plan);
      if (report.clean()) best[set] = std::min(best[set], report.cost);
    } while (std::next_permutation(order.begin(), order.end()));
  }
  std::vector<Cost> total = best;
  for (std::size_t set = 1; set < sets; ++set) {
    for (std::size_t part = set; part != 0; part = (part - 1) & set) {
      if (best[part] < never && total[set ^ part] < never) {
        total[set] = std::min(total[set], best[part] + total[set ^ part]);
      }
    }
  }
  return total[sets - 1];
}

TEST(Solve, FindsTheOptimumOfSmallProblems) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    for (const bool windows : {false, true}) {
      const Problem problem = testing::random_plane(seed, 6, windows);
      EXPECT_EQ(solved(problem).cost, optimum(problem))
          << "seed " << seed << " windows " << windows;
    }
  }
}

TEST(Solve, GivesTheSameBytesForTheSameSeedAndIterations) {
  for (const bool windows : {false, true}) {
    const Problem problem = testing::random_plane(7, 80, windows);
    const Outcome one = solved(problem, 2000);
    for (const std::int32_t threads : {1, 2, 4}) {
      Options options;
      options.threads = threads;
      const Outcome again = solve(problem, {2000, 0, {}}, options);
      EXPECT_EQ(again.plan, one.plan);
      EXPECT_EQ(again.cost, one.cost);
    }
    EXPECT_NE(solved(problem, 2000, 2).plan, one.plan);
  }
}

TEST(Solve, PlansStreetsWithEverythingAtOnce) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Problem problem = testing::random_street(seed, 30);
    const Outcome outcome = solved(problem, 150, seed);
    EXPECT_EQ(solved(problem, 150, seed).plan, outcome.plan);
    EXPECT_FALSE(outcome.plan.runs.empty());
  }
}

TEST(Solve, MovesWholeStaysTheSameWayEachTime) {
  for (const std::uint64_t seed : {11U, 12U}) {
    const Problem problem = testing::random_street(seed, 60, false);
    const Outcome outcome = solved(problem, 1'000, seed);
    for (const std::int32_t threads : {2, 4}) {
      Options options;
      options.seed = seed;
      options.threads = threads;
      EXPECT_EQ(solve(problem, {1'000, 0, {}}, options).plan, outcome.plan);
    }
    EXPECT_LE(outcome.plan.unserved.size(), solved(problem, 1, seed).plan.unserved.size());
  }
}

TEST(Solve, AnswersProblemsThatHardlyAre) {
  EXPECT_TRUE(solved(testing::random_plane(1, 0, false)).plan.runs.empty());
  EXPECT_EQ(solved(testing::random_plane(1, 1, true)).plan.runs.size(), 1U);
  Problem same = testing::random_plane(1, 30, false);
  for (auto& point : same.points) point = {5, 5};
  EXPECT_EQ(solved(same).cost, 0);
  Problem equal_windows = testing::random_plane(2, 30, true);
  for (std::size_t i = 1; i < equal_windows.stops.size(); ++i) {
    equal_windows.stops[i].open = equal_windows.stops[i].close = 2'000;
  }
  EXPECT_EQ(solved(equal_windows).plan.runs.size(),
            30U - solved(equal_windows).plan.unserved.size());
}

/// Two far towns on one road, each with half a load over: what is left of one is nobody's neighbour in
/// the other, and still goes in one run.
TEST(Solve, JoinsWhatDistantTownsLeaveOver) {
  constexpr Node in_town = 150;
  Problem problem = testing::random_plane(5, 2 * in_town, false);
  for (std::size_t i = 0; i < problem.stops.size(); ++i) {
    problem.points[i].x += i == 0 ? 0 : (i <= in_town ? 50'000 : 60'000);
    problem.stops[i].demand[0] = i == 0 ? 0 : 1;
  }
  for (auto& carrier : problem.carriers) carrier.capacity[0] = 100;
  EXPECT_EQ(solved(problem, 1).plan.runs.size(), 3U);
}

TEST(Solve, LeavesOutWhatCannotBeAndSaysWhy) {
  Problem problem = testing::random_plane(3, 10, true);
  problem.stops[4].demand[0] = 61;
  problem.stops[5].open = 11'990;
  problem.stops[5].close = 11'995;
  problem.points[5] = {100, 100};
  problem.points[0] = {0, 0};
  const Outcome outcome = solved(problem);
  ASSERT_GE(outcome.plan.unserved.size(), 2U);
  EXPECT_EQ(reason(problem, 4), Reason::over_capacity);
  EXPECT_EQ(reason(problem, 5), Reason::out_of_time);

  Problem tight = testing::random_plane(4, 12, false);
  tight.carriers.resize(1);
  const Outcome few = solved(tight);
  ASSERT_FALSE(few.plan.unserved.empty());
  EXPECT_EQ(reason(tight, few.plan.unserved[0]), Reason::no_room);

  Problem nobody = testing::random_plane(4, 3, false);
  nobody.carriers.clear();
  const Outcome none = solved(nobody);
  EXPECT_EQ(none.plan.unserved.size(), 3U);
  EXPECT_EQ(reason(nobody, 1), Reason::no_carrier);

  Problem empty_hands = testing::random_plane(4, 3, false);
  empty_hands.carriers[0].capacity[0] = 0;
  for (auto& carrier : empty_hands.carriers) carrier.capacity[0] = 0;
  EXPECT_EQ(solved(empty_hands).plan.unserved.size(), 3U);
}

TEST(Solve, StopsWhenTheClockSaysSo) {
  const Problem problem = testing::random_plane(5, 40, false);
  double now = 0;
  const Outcome outcome = solve(problem, {0, 1.0, [&] { return now += 0.1; }}, {});
  EXPECT_LT(outcome.iterations, 5'000);
  EXPECT_EQ(testing::faults(problem, outcome.plan, outcome.cost), "");
}

TEST(Solve, SolvesTheFilesOfTheRepository) {
  for (const char* name :
       {"scatter60.vrp", "long120.vrp", "tight50.txt", "wide80.txt", "few_vehicles40.txt"}) {
    const auto instance =
        read_instance(testing::file_text(std::string("tests/data/routing/") + name));
    ASSERT_TRUE(instance.ok()) << name << ": " << instance.error().hint;
    const Outcome short_run = solved(instance->problem, 200);
    const Outcome longer = solved(instance->problem, 5'000);
    EXPECT_LE(longer.plan.unserved.size(), short_run.plan.unserved.size()) << name;
    // Another cooling ends elsewhere; more of it must not end more than 1 % higher.
    if (longer.plan.unserved.size() == short_run.plan.unserved.size()) {
      EXPECT_LE(longer.cost, short_run.cost + short_run.cost / 100) << name;
    }
  }
}

std::string fault_of(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto instance = read_instance(text);
  return instance.ok() ? "" : instance.error().hint;
}

TEST(Readers, NameTheLineAndTheReason) {
  const std::string vrp = testing::file_text("tests/data/routing/scatter60.vrp");
  EXPECT_EQ(fault_of(vrp, "CAPACITY : 100", "CAPACITY : 9"),
            "71: demand 29 of node 2 is over the capacity 9");
  EXPECT_EQ(fault_of(vrp, "EUC_2D", "GEO"), "5: EDGE_WEIGHT_TYPE GEO is not EUC_2D");
  EXPECT_EQ(fault_of(vrp, "DIMENSION : 61", "DIMENSION : 61x"),
            "4: DIMENSION is not a number of nodes");
  EXPECT_EQ(fault_of(vrp, "\n1 ", "\n1 99999999999999999999 "),
            "8: a node's number, x and y are expected");
  EXPECT_EQ(fault_of(vrp, "DEMAND_SECTION", "NODE_COORD_SECTION"),
            "70: a node's number, x and y are expected");
  const std::string cut = vrp.substr(0, vrp.find("DEPOT_SECTION"));
  EXPECT_EQ(read_instance(cut).error().hint, "130: no DEPOT_SECTION");
  const std::string txt = testing::file_text("tests/data/routing/tight50.txt");
  EXPECT_EQ(fault_of(txt, "    1   ", "    2   "), "11: customer 2 is out of order");
  EXPECT_EQ(fault_of(txt, "  25         120", "  25         x"),
            "5: NUMBER or CAPACITY is out of range");
  EXPECT_EQ(read_instance("").error().hint, "1: neither a CVRPLIB nor a Solomon file");
  EXPECT_EQ(read_instance("NAME : x\nDIMENSION : 2\n").error().hint, "2: no EDGE_WEIGHT_TYPE");
}

TEST(Readers, RefuseNumbersThatWouldOverflow) {
  const std::string txt = testing::file_text("tests/data/routing/tight50.txt");
  const auto with = [&](const std::string& row) {
    return read_instance(txt.substr(0, txt.find("    1   ")) + row).error().hint;
  };
  EXPECT_EQ(with("1 9223372036854775807 0 1 0 10 1\n"), "11: a coordinate is beyond 20000000");
  EXPECT_EQ(with("1 0 0 9223372036854775807 0 10 1\n"),
            "11: demand, ready, due or service is not a number in range");
  EXPECT_EQ(with("1 0 0 1 0 1e300 1\n"),
            "11: demand, ready, due or service is not a number in range");
  EXPECT_EQ(with("1 0 0 1 20 10 1\n"), "11: ready is after due");
}

}  // namespace
}  // namespace doorstep::routing
