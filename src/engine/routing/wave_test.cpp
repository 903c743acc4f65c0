/// \file Waves: climbs, stairs, relay, re-planning.

#include "engine/routing/wave.h"

#include <numeric>

#include "engine/routing/climb.h"
#include "engine/routing/relay.h"
#include "engine/routing/replan.h"
#include "engine/routing/test_problems.h"

namespace doorstep::routing {
namespace {

/// Fewest flights by trying every way to put doors into climbs.
std::int64_t fewest_flights(const std::vector<ClimbItem>& items, std::int64_t hands,
                            std::size_t next, std::vector<ClimbItem>& climbs) {
  if (next == items.size()) {
    return std::accumulate(climbs.begin(), climbs.end(), std::int64_t{0},
                           [](std::int64_t sum, const ClimbItem& c) { return sum + c.floors; });
  }
  if (items[next].floors == 0) return fewest_flights(items, hands, next + 1, climbs);
  std::int64_t best = 1'000'000;
  for (std::size_t i = 0; i < climbs.size(); ++i) {
    if (climbs[i].grams + items[next].grams > hands) continue;
    const ClimbItem saved = climbs[i];
    climbs[i] = {std::max(saved.floors, items[next].floors), saved.grams + items[next].grams};
    best = std::min(best, fewest_flights(items, hands, next + 1, climbs));
    climbs[i] = saved;
  }
  climbs.push_back(items[next]);
  best = std::min(best, fewest_flights(items, hands, next + 1, climbs));
  climbs.pop_back();
  return best;
}

TEST(Climbs, ArePackedExactly) {
  Random random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<ClimbItem> items;
    const auto count = static_cast<std::size_t>(random.below(8));
    for (std::size_t i = 0; i < count; ++i) {
      items.push_back({random.below(7), 500 + random.below(14'000)});
    }
    const ClimbPlan plan = pack_climbs(items, 15'000);
    std::vector<ClimbItem> climbs;
    EXPECT_EQ(plan.flights, fewest_flights(items, 15'000, 0, climbs)) << "round " << round;
    std::vector<int> seen(items.size(), 0);
    for (const auto& climb : plan.climbs) {
      std::int64_t grams = 0;
      for (const std::size_t item : climb) {
        ++seen[item];
        grams += items[item].grams;
      }
      EXPECT_LE(grams, 15'000);
      EXPECT_TRUE(std::is_sorted(climb.begin(), climb.end(), [&](std::size_t a, std::size_t b) {
        return items[a].floors < items[b].floors;
      }));
    }
    for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(seen[i], items[i].floors > 0 ? 1 : 0);
  }
}

TEST(Climbs, OfSixteenHeavyDoorsAreStillQuick) {
  std::vector<ClimbItem> items;
  for (int i = 0; i < 16; ++i) items.push_back({1 + i % 7, 1'000 + 137 * i});
  EXPECT_LE(pack_climbs(items, 15'000).flights, 7 + 6 + 5);
  items.resize(40, {3, 4'000});
  EXPECT_GT(pack_climbs(items, 15'000).flights, 0);
}

Wave small_wave(std::uint64_t seed, int stops) {
  Random random(seed);
  Wave wave;
  wave.name = "small";
  wave.close = 22 * 3'600'000;
  for (int e = 0; e < 6; ++e) {
    wave.entrances.push_back({std::to_string(e), std::to_string(e / 2), "g", e == 5, 20.0 + 15 * e,
                              30.0, e == 3 ? "" : "duty"});
  }
  wave.classes = {{"meal", 0, 4, 40'000}, {"parcel", 1, 1, 40'000}};
  for (int i = 0; i < stops; ++i) {
    WaveStop stop;
    stop.id = "s" + std::to_string(i);
    stop.entrance = std::to_string(random.below(6));
    stop.floor = 1 + random.below(7);
    stop.kind = i % 3 == 0 ? "meal" : "parcel";
    stop.grams = 500 + random.below(5'000);
    stop.ready = 36'000'000;
    stop.open = 39'600'000;
    stop.close = stop.open + (i % 3 == 0 ? 5'400'000 : 20'000'000);
    wave.stops.push_back(stop);
  }
  for (int k = 0; k < 6; ++k) {
    WaveCarrier carrier;
    carrier.id = "c" + std::to_string(k);
    carrier.grid = "g";
    carrier.grams = 30'000;
    carrier.cart = k >= 4;
    wave.carriers.push_back(carrier);
  }
  return wave;
}

Outcome planned(const Problem& problem, std::int64_t iterations = 500) {
  Outcome outcome = solve(problem, {iterations, 0, {}}, {});
  repack(problem, outcome.plan, outcome.cost);
  EXPECT_EQ(testing::faults(problem, outcome.plan, outcome.cost), "");
  return outcome;
}

TEST(Wave, CountsSixFlightsToTheSeventhFloorAndNoneToTheFirst) {
  Wave wave = small_wave(1, 1);
  wave.stops[0].entrance = "0";
  for (const auto [floor, flights] : {std::pair{7, 6}, std::pair{1, 0}}) {
    wave.stops[0].floor = floor;
    const auto compiled = compile(wave);
    ASSERT_TRUE(compiled.ok());
    EXPECT_EQ(check(compiled->problem, planned(compiled->problem).plan).flights, flights);
  }
}

TEST(Wave, ClimbsLessThanInArrivalOrder) {
  const Wave wave = small_wave(2, 90);
  const auto compiled = compile(wave);
  ASSERT_TRUE(compiled.ok());
  const Outcome outcome = planned(compiled->problem);
  EXPECT_TRUE(outcome.plan.unserved.empty());
  EXPECT_LE(check(compiled->problem, outcome.plan).flights * 10,
            flights_in_arrival_order(wave, *compiled) * 6);
}

TEST(Wave, AsksTwoPeopleForRiceOnTheSeventhFloor) {
  Wave wave = small_wave(3, 5);
  wave.stops[2].grams = 25'000;
  wave.stops[2].floor = 7;
  wave.stops[2].entrance = "1";
  EXPECT_TRUE(compile(wave)->helpers[3]);
  wave.rules.helpers_required = true;
  const auto nobody = compile(wave);
  EXPECT_EQ(planned(nobody->problem).plan.unserved, std::vector<Node>{3});
  wave.carriers[1].people = 2;
  EXPECT_TRUE(planned(compile(wave)->problem).plan.unserved.empty());
}

TEST(Wave, NamesWhatIsWrong) {
  const auto hint = [](const Wave& wave) {
    const auto compiled = compile(wave);
    return compiled.ok() ? "" : compiled.error().hint;
  };
  Wave wave = small_wave(4, 3);
  wave.stops[1].entrance = "99";
  EXPECT_EQ(hint(wave), "stops[1].entrance: no entrance \"99\"");
  wave = small_wave(4, 3);
  wave.stops[1].id = "s0";
  EXPECT_EQ(hint(wave), "stops[1]: stop \"s0\" stands twice");
  wave = small_wave(4, 3);
  wave.stops[1].floor = 0;
  EXPECT_EQ(hint(wave), "stops[1].floor: is not in 1..200");
  wave = small_wave(4, 3);
  wave.stops[2].pickup_at = "s2";
  EXPECT_EQ(hint(wave), "stops[2].pickup_at: stop \"s2\" is in two pairs");
}

TEST(Relay, BringsEveryBagToItsEntranceAndUp) {
  const Wave wave = small_wave(5, 60);
  const auto compiled = compile(wave);
  ASSERT_TRUE(compiled.ok());
  const RelayPlan relay = plan_relay(wave, *compiled, {500, 0, {}}, {});
  EXPECT_TRUE(check(relay.carts, relay.plan).clean());
  EXPECT_TRUE(relay.plan.unserved.empty());
  std::vector<int> seen(compiled->problem.stops.size(), 0);
  for (const auto& duty : relay.duties) {
    for (const auto& climb : duty.climbs) {
      for (const Node node : climb) ++seen[static_cast<std::size_t>(node)];
    }
  }
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_EQ(seen[i], 1);
  EXPECT_EQ(relay.gaps, std::vector<std::size_t>{3});
}

/// The plan of a wave as its next edition announces it.
void publish(Wave& wave, const Plan& plan) {
  wave.announced.clear();
  for (const Run& run : plan.runs) {
    WaveRun out;
    out.carrier = wave.carriers[static_cast<std::size_t>(run.carrier)].id;
    for (const Node node : run.stops) {
      out.stops.push_back(wave.stops[static_cast<std::size_t>(node) - 1].id);
    }
    wave.announced.push_back(out);
  }
}

Replanned replanned(const Wave& wave) {
  const auto compiled = compile(wave);
  EXPECT_TRUE(compiled.ok());
  Replanned result =
      replan(compiled->problem, compiled->announced, compiled->changed, {300, 0, {}}, {});
  EXPECT_EQ(testing::faults(compiled->problem, result.outcome.plan, result.outcome.cost), "");
  return result;
}

TEST(Replan, PutsOneStopInAndMovesFew) {
  Wave wave = small_wave(6, 90);
  publish(wave, planned(compile(wave)->problem).plan);
  WaveStop more = wave.stops[4];
  more.id = "late";
  wave.stops.push_back(more);
  const Replanned added = replanned(wave);
  EXPECT_EQ(added.difference.added.size(), 1U);
  EXPECT_LE(added.difference.moved.size(), 3U);
  EXPECT_TRUE(added.outcome.plan.unserved.empty());
}

TEST(Replan, DropsACancelledStopAndServesForACarrierWhoLeft) {
  Wave wave = small_wave(7, 60);
  publish(wave, planned(compile(wave)->problem).plan);
  wave.stops.erase(wave.stops.begin() + 3);
  EXPECT_LE(replanned(wave).difference.moved.size(), 3U);
  wave.carriers.erase(wave.carriers.begin() + 1);
  const Replanned left = replanned(wave);
  EXPECT_TRUE(left.outcome.plan.unserved.empty());
  WaveCarrier joins = wave.carriers[0];
  joins.id = "new";
  wave.carriers.push_back(joins);
  EXPECT_TRUE(replanned(wave).outcome.plan.unserved.empty());
}

TEST(Replan, LeavesFrozenRunsAsTheyStand) {
  Wave wave = small_wave(8, 40);
  publish(wave, planned(compile(wave)->problem).plan);
  const WaveRun gone = wave.announced[0];
  wave.frozen.push_back(gone);
  const Replanned again = replanned(wave);
  const auto kept = std::find_if(again.outcome.plan.runs.begin(), again.outcome.plan.runs.end(),
                                 [](const routing::Run& run) { return run.locked; });
  ASSERT_NE(kept, again.outcome.plan.runs.end());
  std::vector<std::string> ids;
  for (const Node node : kept->stops)
    ids.push_back(wave.stops[static_cast<std::size_t>(node) - 1].id);
  EXPECT_EQ(ids, gone.stops);
}

}  // namespace
}  // namespace doorstep::routing
