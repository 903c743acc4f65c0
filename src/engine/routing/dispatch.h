#pragma once
/// \file The way from parcels to runs, for those who deliver: a wave in, who carries what when out,
/// all by the names that the wave uses. Everything else in this folder is behind it.
///
/// What a caller does: fill a Wave (entrances, classes, one WaveStop per door that waits for goods,
/// carriers), call dispatch(), publish Dispatch::runs. When something happens, change the same Wave
/// (a stop more, a stop less, a carrier more or less), put the runs as published under
/// Wave::announced and those that left under Wave::frozen, and call dispatch() again: what is not
/// concerned stays with its carrier, and Dispatch::changes says what moved.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/routing/budget.h"
#include "engine/routing/reasons.h"
#include "engine/routing/wave.h"

namespace doorstep::routing {

/// Times here are milliseconds since the wave's midnight, weights grams, volumes millilitres.
struct DispatchStop {
  std::string stop;
  std::string entrance;
  Time at = 0;              ///< Somebody is at the door.
  Time late = 0;            ///< After the stop's soft limit.
  std::int32_t climb = 0;   ///< Of this run, from 1; 0 = no stairs are climbed for it.
  bool two_people = false;  ///< Somebody is to help: too heavy for this floor alone.
};

struct DispatchRun {
  std::string carrier;
  bool frozen = false;
  Time leave = 0;
  Time back = 0;
  Time work = 0;  ///< On the way and at the doors, without waiting.
  std::int64_t grams = 0;
  std::int64_t millilitres = 0;
  std::int64_t flights = 0;  ///< Climbed by foot.
  std::int32_t climbs = 0;
  std::vector<DispatchStop> stops;
};

struct LeftOut {
  std::string stop;
  Reason reason = Reason::no_room;
};

/// A cart brings goods to an entrance; whoever is on duty there climbs.
struct DispatchDrop {
  std::string entrance;
  std::string duty;  ///< Empty = nobody.
  Time at = 0;
  std::int64_t flights = 0;
  std::vector<std::vector<std::string>> climbs;  ///< Stops that are carried up together.
};

struct DispatchCart {
  std::string carrier;
  Time leave = 0;
  Time back = 0;
  std::vector<DispatchDrop> drops;
};

/// The same goods with carts and duty people, for comparison.
struct DispatchRelay {
  Cost cost = 0;
  Cost person_time = 0;
  std::int64_t flights = 0;
  std::vector<DispatchCart> carts;
  std::vector<std::string> without_duty;  ///< Entrances with goods and nobody on duty.
  std::int64_t unserved = 0;              ///< Loads for an entrance that no cart can bring.
};

/// What differs from Wave::announced, by stop.
struct DispatchChanges {
  std::vector<std::string> moved;      ///< Another carrier than announced.
  std::vector<std::string> added;      ///< In no run before.
  std::vector<std::string> released;   ///< In a run before, in none now.
  std::vector<std::string> cancelled;  ///< Announced, and no longer among the stops.
};

struct Dispatch {
  std::vector<DispatchRun> runs;  ///< Of one carrier in the order of the day.
  std::vector<LeftOut> unserved;  ///< Every stop is either here or in a run.
  Cost cost = 0;
  Cost person_time = 0;
  std::int64_t flights = 0;
  /// What carrying in the order of arrival would climb, each carrier filled to capacity in turn.
  std::int64_t arrival_order_flights = 0;
  std::optional<DispatchRelay> relay;      ///< Where it was asked for and the wave has carts.
  std::optional<DispatchChanges> changes;  ///< Where Wave::announced is not empty.
  std::int64_t iterations = 0;
  std::vector<std::string> faults;  ///< What the checker found; anything here is our bug.
};

/// Plans the wave, or re-plans it where it has announced runs. Same wave, seed and iterations: same
/// answer. A budget of nothing at all means 2,000 iterations, a re-plan 1,000. Bad input comes back as the
/// error of compile(); a wave that cannot be carried as a whole is no error: see `unserved`.
[[nodiscard]] Result<Dispatch> dispatch(const Wave& wave, Budget budget, const Options& options,
                                        bool with_relay = false);

}  // namespace doorstep::routing
