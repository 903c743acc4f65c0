#pragma once
/// \file Re-planning: a new stop, a cancelled one, a carrier who joins or leaves, without turning a
/// published plan upside down.

#include <vector>

#include "engine/routing/solve.h"

namespace doorstep::routing {

/// What differs from the plan before, by stop.
struct Difference {
  std::vector<Node> moved;     ///< Another carrier than announced.
  std::vector<Node> added;     ///< In no run before.
  std::vector<Node> released;  ///< In a run before, in none now.
};

struct Replanned {
  Outcome outcome;
  Difference difference;
};

/// Sets the price of moving an announced stop to another carrier. The usual price is two minutes.
void announce(Problem& problem, const Plan& before, Cost price);

/// Starts from `before` (stops that are gone must not stand in it), puts in what is missing, and
/// searches around what changed: `changed` and everything that had to be put in. Problem::locked is
/// left as it stands.
[[nodiscard]] Replanned replan(const Problem& problem, const Plan& before,
                               const std::vector<Node>& changed, const Budget& budget,
                               Options options);

[[nodiscard]] Difference difference(const Problem& problem, const Plan& before, const Plan& after);

}  // namespace doorstep::routing
