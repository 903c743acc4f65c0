#pragma once
/// \file The referee: recomputes a plan from the problem alone and names everything that is wrong.
/// Shares no arithmetic with the search.

#include <string>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

struct Report {
  Cost cost = 0;  ///< The objective without the prizes of unserved stops.
  std::vector<std::string> faults;
  [[nodiscard]] bool clean() const { return faults.empty(); }
};

[[nodiscard]] Report check(const Problem& problem, const Plan& plan);

}  // namespace doorstep::routing
