#pragma once
/// \file The referee: recomputes a plan from the problem alone and names everything that is wrong.
/// Shares no arithmetic with the search.

#include <string>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

/// One stop as it happens.
struct Visit {
  Node stop = 0;
  Cost start = 0;          ///< Service begins.
  Cost late = 0;           ///< After soft_close.
  std::int32_t climb = 0;  ///< Counted from 1 within the run; 0 = no stairs are climbed for it.
};

struct RunReport {
  Cost leave = 0;
  Cost end = 0;
  Cost travel = 0;
  std::int64_t flights = 0;      ///< Climbed by foot.
  std::int64_t gram_floors = 0;  ///< Weight carried up times flights.
  std::int32_t climbs = 0;
  std::vector<Visit> visits;
};

struct Report {
  Cost cost = 0;                ///< The objective without the prizes of unserved stops.
  std::vector<RunReport> runs;  ///< As in the plan.
  std::vector<std::string> faults;
  std::int64_t flights = 0;
  [[nodiscard]] bool clean() const { return faults.empty(); }
};

[[nodiscard]] Report check(const Problem& problem, const Plan& plan);

}  // namespace doorstep::routing
