#pragma once
/// \file A problem taken apart where nothing joins its parts: grids that are borders, each with
/// carriers of its own. What each part costs adds up.

#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

/// A problem of its own: stops and carriers that can meet.
struct Part {
  Problem problem;
  std::vector<Node> stops;             ///< By stop of the part: the stop of the whole; 0 is 0.
  std::vector<std::int32_t> carriers;  ///< Likewise.
};

struct Parts {
  std::vector<Part> parts;
  std::vector<Node> nobody;  ///< Stops that no carrier may take.
};

/// For streets: stops and carriers are in one part where the carrier has what the stop needs, where
/// they are in a locked run, or where stops are a pair. In the order of the first stop.
[[nodiscard]] Parts take_apart(const Problem& problem);

/// The part of a plan that concerns it: runs of its carriers.
[[nodiscard]] Plan part_of(const Plan& plan, const Problem& whole, const Part& part);

/// The other way: stops and carriers as the whole names them.
void add_to(Plan& plan, const Plan& of_part, const Part& part);

}  // namespace doorstep::routing
