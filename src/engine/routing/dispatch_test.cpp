/// \file The door for those who deliver: names in, names out, nothing lost.

#include "engine/routing/dispatch.h"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/routing/random.h"

namespace doorstep::routing {
namespace {

/// Two grids of three stairwells of six floors, two people and a cart in each.
Wave small_wave(std::uint64_t seed, int stops) {
  Random random(seed);
  Wave wave;
  wave.name = "small";
  wave.classes = {{"meal", 0, 4, 40'000}, {"parcel", 1, 1, 45'000}};
  for (int e = 0; e < 6; ++e) {
    wave.entrances.push_back({fmt::format("e{}", e), fmt::format("b{}", e / 2),
                              e < 3 ? "north" : "south", e == 4, 40.0 * e, 30.0 * (e % 3),
                              e == 5 ? "" : "duty"});
  }
  for (int i = 0; i < stops; ++i) {
    WaveStop stop;
    stop.id = fmt::format("s{}", i);
    stop.entrance = fmt::format("e{}", random.below(6));
    stop.floor = 1 + random.below(6);
    stop.kind = random.below(3) == 0 ? "meal" : "parcel";
    stop.grams = 200 + random.below(8'000);
    stop.millilitres = 1'000 + random.below(9'000);
    stop.close = 12 * 3'600'000;
    wave.stops.push_back(stop);
  }
  for (int k = 0; k < 6; ++k) {
    WaveCarrier carrier;
    carrier.id = fmt::format("k{}", k);
    carrier.grid = k % 2 == 0 ? "north" : "south";
    carrier.grams = 40'000;
    carrier.cart = k >= 4;
    wave.carriers.push_back(carrier);
  }
  return wave;
}

/// Every stop of the wave is in exactly one run or left out.
void expect_complete(const Wave& wave, const Dispatch& plan) {
  std::multiset<std::string> seen;
  for (const auto& run : plan.runs) {
    for (const auto& stop : run.stops) seen.insert(stop.stop);
  }
  for (const auto& left : plan.unserved) seen.insert(left.stop);
  std::multiset<std::string> wanted;
  for (const auto& stop : wave.stops) wanted.insert(stop.id);
  EXPECT_EQ(seen, wanted);
  EXPECT_TRUE(plan.faults.empty()) << plan.faults.front();
}

Dispatch dispatched(const Wave& wave, bool relay = false) {
  auto plan = dispatch(wave, {}, {}, relay);
  EXPECT_TRUE(plan.ok()) << plan.error().hint;
  expect_complete(wave, *plan);
  return std::move(*plan);
}

void publish(Wave& wave, const Dispatch& plan) {
  wave.announced.clear();
  for (const auto& run : plan.runs) {
    WaveRun told{run.carrier, {}, 0};
    for (const auto& stop : run.stops) told.stops.push_back(stop.stop);
    wave.announced.push_back(told);
  }
}

TEST(Dispatch, NamesEveryStopOnce) {
  const Dispatch plan = dispatched(small_wave(1, 60), true);
  EXPECT_TRUE(plan.unserved.empty());
  EXPECT_LT(plan.flights, plan.arrival_order_flights);
  ASSERT_TRUE(plan.relay.has_value());
  EXPECT_EQ(plan.relay->without_duty, std::vector<std::string>{"e5"});
  EXPECT_FALSE(plan.changes.has_value());
  for (const auto& run : plan.runs) {
    EXPECT_LE(run.leave, run.stops.front().at);
    EXPECT_LE(run.stops.back().at, run.back);
    EXPECT_LE(run.grams, 40'000);
  }
}

TEST(Dispatch, IsTheSameOnOneTwoAndFourThreads) {
  const Wave wave = small_wave(2, 60);
  const auto texts = [](const Dispatch& plan) {
    std::string all = fmt::format("{} {}", plan.cost, plan.flights);
    for (const auto& run : plan.runs) {
      all += "\n" + run.carrier;
      for (const auto& stop : run.stops) all += fmt::format(" {}@{}", stop.stop, stop.at);
    }
    return all;
  };
  std::set<std::string> answers;
  for (const std::int32_t threads : {1, 2, 4}) {
    Options options;
    options.threads = threads;
    answers.insert(texts(*dispatch(wave, {500, 0, {}}, options)));
  }
  EXPECT_EQ(answers.size(), 1U);
}

TEST(Dispatch, LeavesWhatWasAnnouncedWhereItIs) {
  Wave wave = small_wave(3, 80);
  publish(wave, dispatched(wave));
  const Dispatch same = dispatched(wave);
  EXPECT_LE(same.changes->moved.size(), 3U);
  EXPECT_TRUE(same.changes->added.empty());
  EXPECT_TRUE(same.changes->cancelled.empty());

  WaveStop extra = wave.stops[7];
  extra.id = "one more";
  wave.stops.push_back(extra);
  const std::string gone = wave.stops.front().id;
  wave.stops.erase(wave.stops.begin());
  const Dispatch after = dispatched(wave);
  EXPECT_EQ(after.changes->added, std::vector<std::string>{"one more"});
  EXPECT_EQ(after.changes->cancelled, std::vector<std::string>{gone});
  EXPECT_LE(after.changes->moved.size(), 3U);
}

TEST(Dispatch, GivesTheStopsOfACarrierWhoLeftToOthersAndSaysSo) {
  Wave wave = small_wave(4, 40);
  const Dispatch before = dispatched(wave);
  publish(wave, before);
  const std::string who = before.runs.front().carrier;
  std::erase_if(wave.carriers, [&](const WaveCarrier& c) { return c.id == who; });
  const Dispatch after = dispatched(wave);
  const auto& moved = after.changes->moved;
  for (const auto& run : before.runs) {
    for (const auto& stop : run.stops) {
      if (run.carrier != who) continue;
      EXPECT_NE(std::find(moved.begin(), moved.end(), stop.stop), moved.end()) << stop.stop;
    }
  }
}

TEST(Dispatch, AnswersWavesThatHardlyAre) {
  EXPECT_TRUE(dispatched(small_wave(5, 0)).runs.empty());
  EXPECT_EQ(dispatched(small_wave(5, 1)).runs.size(), 1U);
  Wave nobody = small_wave(5, 4);
  nobody.carriers.clear();
  for (const auto& left : dispatched(nobody).unserved) EXPECT_EQ(left.reason, Reason::no_carrier);
  Wave weak = small_wave(5, 4);
  for (auto& carrier : weak.carriers) carrier.grams = 0;
  for (const auto& left : dispatched(weak).unserved) EXPECT_EQ(left.reason, Reason::over_capacity);
  EXPECT_EQ(dispatched(weak).unserved.size(), 4U);
  Wave one_door = small_wave(5, 30);
  for (auto& stop : one_door.stops) {
    stop.entrance = "e0";
    stop.floor = 6;
  }
  for (auto& entrance : one_door.entrances) entrance.x = entrance.y = 0;
  EXPECT_TRUE(dispatched(one_door).unserved.empty());
  Wave past = small_wave(5, 3);
  for (auto& stop : past.stops) stop.close = 0;
  for (const auto& left : dispatched(past).unserved) EXPECT_EQ(left.reason, Reason::out_of_time);
  EXPECT_EQ(dispatched(past).unserved.size(), 3U);
}

TEST(Dispatch, RefusesNumbersThatWouldOverflow) {
  constexpr auto huge = std::numeric_limits<std::int64_t>::max();
  const auto code = [](const Wave& wave) {
    const auto plan = dispatch(wave, {1, 0, {}}, {});
    return plan.ok() ? std::string("planned") : plan.error().code;
  };
  Wave heavy = small_wave(6, 2);
  heavy.stops[0].grams = huge;
  EXPECT_EQ(code(heavy), "wave.out_of_range");
  Wave dear = small_wave(6, 2);
  dear.rules.effort_weight = huge;
  EXPECT_EQ(code(dear), "wave.out_of_range");
  Wave far = small_wave(6, 2);
  far.entrances[0].x = 1e300;
  EXPECT_EQ(code(far), "wave.out_of_range");
  Wave strong = small_wave(6, 2);
  for (auto& carrier : strong.carriers) carrier.grams = carrier.millilitres = huge;
  EXPECT_EQ(code(strong), "planned");
  Wave tired = small_wave(6, 2);
  for (auto& carrier : tired.carriers) carrier.ledger = std::numeric_limits<Time>::max();
  EXPECT_EQ(code(tired), "planned");
  Wave twice = small_wave(6, 2);
  twice.stops[1].id = twice.stops[0].id;
  EXPECT_EQ(code(twice), "wave.twice");
}

}  // namespace
}  // namespace doorstep::routing
