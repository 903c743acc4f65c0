#pragma once
/// \file A wave as people name it (entrances, floors, parcels, carriers), and its way into a
/// Problem and back. Times are milliseconds since the wave's midnight.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/routing/checker.h"
#include "engine/routing/model.h"

namespace doorstep::routing {

struct WaveEntrance {
  std::string id;
  std::string building;
  std::string grid;
  bool lift = false;
  double x = 0;  ///< Metres.
  double y = 0;
  std::string duty;  ///< Who climbs in relay mode; empty = a gap.
};

struct WaveClass {
  std::string name;
  std::uint8_t rank = 0;    ///< Lower is carried first where windows overlap. 0 to 7.
  std::int64_t weight = 1;  ///< How much worse than a parcel it is to leave one out.
  Time service = 45'000;
};

struct WaveStop {
  std::string id;
  std::string entrance;
  std::int32_t floor = 1;
  std::string kind;  ///< A class's name.
  std::int64_t grams = 0;
  std::int64_t millilitres = 0;
  Time ready = 0;  ///< At the receiving point.
  Time open = 0;
  Time close = no_limit;
  Time soft_close = no_limit;
  std::uint8_t level = 0;
  std::vector<std::string> needs;
  std::string pickup_at;  ///< Taken up by this stop's run at another stop, not at the depot.
};

struct WaveCarrier {
  std::string id;
  std::string grid;  ///< Empty = any grid.
  std::int64_t grams = 30'000;
  std::int64_t millilitres = 150'000;
  std::int64_t hands = 15'000;
  Time start = 0;
  Time end = 24 * 3'600'000;
  std::int32_t runs = 8;
  Time reload = 60'000;
  std::int32_t slowness = 100;
  Time range = no_limit;
  std::int32_t people = 1;
  std::uint8_t level = 0;
  Time ledger = 0;
  bool cart = false;  ///< Brings goods to entrances in relay mode.
  std::vector<std::string> skills;
};

struct WaveRun {
  std::string carrier;
  std::vector<std::string> stops;
  Time leave = 0;
};

struct WaveRules {
  double metres_per_second = 1.2;
  double detour = 1.3;
  Time up = 12'000;
  Time down = 8'000;
  Time lift_floor = 2'500;
  Time lift_wait = 30'000;
  std::int64_t heavy = 20'000;
  Cost effort_weight = 300;
  Cost flight_weight = 5'000;
  Cost late_weight = 2;
  Cost run_cost = 60'000;
  Cost fairness = 100;
  Cost move_price = 120'000;
  bool grids_are_borders = true;
  std::int64_t helpers_grams = 20'000;  ///< From this weight ...
  std::int32_t helpers_floor = 4;       ///< ... and floor on, two people go.
  bool helpers_required = false;        ///< Else a single carrier takes it and asks for help.
  Time handover = 60'000;               ///< Of a cart at an entrance.
};

struct Wave {
  std::string name;
  double x = 0;  ///< The receiving point.
  double y = 0;
  Time open = 0;
  Time close = 24 * 3'600'000;
  WaveRules rules;
  std::vector<WaveEntrance> entrances;
  std::vector<WaveClass> classes;
  std::vector<WaveStop> stops;
  std::vector<WaveCarrier> carriers;
  std::vector<WaveRun> frozen;     ///< Departed or ordered by hand: carried as they stand.
  std::vector<WaveRun> announced;  ///< The plan before.
  std::vector<std::vector<double>> walk_seconds;  ///< Optional: entrance 0 is the receiving point.
};

/// A wave ready for the search; node i is stops[i - 1].
struct CompiledWave {
  Problem problem;
  Plan announced;             ///< Without stops that are gone and carriers who left.
  std::vector<Node> changed;  ///< Stops whose carrier left or whose run lost a stop.
  std::vector<bool> helpers;  ///< By node: two people are asked for.
};

/// Errors: invalid "wave.unknown" (an id that is not declared), "wave.twice", "wave.out_of_range",
/// "wave.too_many_tags" (over 64 skills and grids); the hint is `PATH: reason`, the path being that of
/// the member in the wave's file, such as `stops[3].floor`.
[[nodiscard]] Result<CompiledWave> compile(const Wave& wave);

/// What carrying in the order of arrival would climb: each carrier is filled to capacity in turn.
[[nodiscard]] std::int64_t flights_in_arrival_order(const Wave& wave, const CompiledWave& compiled);

/// Repacks the doors of each stairwell visit into fewest climbs where that is cheaper and allowed.
void repack(const Problem& problem, Plan& plan, Cost& cost);

}  // namespace doorstep::routing
