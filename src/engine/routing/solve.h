#pragma once
/// \file The door to the engine: a problem and a budget in, a plan out.

#include <string>
#include <vector>

#include "engine/routing/budget.h"
#include "engine/routing/model.h"

namespace doorstep::routing {

struct Outcome {
  Plan plan;
  Cost cost = 0;  ///< As the checker counts it, prizes of unserved stops left out.
  std::int64_t iterations = 0;
};

/// Same problem, seed and iterations: same plan, whatever the machine and the number of threads.
/// `start` may hold a plan to improve; its stops need not be complete.
[[nodiscard]] Outcome solve(const Problem& problem, const Budget& budget, const Options& options,
                            const Plan* start = nullptr);

}  // namespace doorstep::routing
