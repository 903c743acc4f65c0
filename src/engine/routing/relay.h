#pragma once
/// \file Relay: carts bring goods to the entrances, and the person on duty at the entrance climbs.
/// The other mode, through, is the plan over the doors themselves.

#include <vector>

#include "engine/routing/climb.h"
#include "engine/routing/solve.h"
#include "engine/routing/wave.h"

namespace doorstep::routing {

/// What the person on duty does with one delivery of a cart.
struct DutyClimbs {
  std::size_t entrance = 0;               ///< Index in Wave::entrances.
  std::vector<std::vector<Node>> climbs;  ///< Doors of each climb; ground-floor doors come first,
                                          ///< in a list of their own.
  std::int64_t flights = 0;
};

struct RelayPlan {
  Problem carts;                   ///< Stop i is what goes to one entrance in one window.
  Plan plan;                       ///< Of the carts.
  std::vector<DutyClimbs> duties;  ///< By stop of `carts`, less one.
  std::vector<std::size_t> gaps;   ///< Entrances with goods and nobody on duty.
  Cost cost = 0;
  Cost person_time = 0;  ///< Carts, handing over, climbing, doors.
  std::int64_t flights = 0;
  std::int64_t iterations = 0;
};

/// Empty `plan.runs` and every stop unserved where no carrier is a cart.
[[nodiscard]] RelayPlan plan_relay(const Wave& wave, const CompiledWave& compiled,
                                   const Budget& budget, const Options& options);

}  // namespace doorstep::routing
