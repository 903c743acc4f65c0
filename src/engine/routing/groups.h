#pragma once
/// \file Who may come before whom in one carrier's shift: clean before contaminated, and where
/// windows overlap, meals before parcels. Kept as bits, so that checking a step is one AND.

#include <cstdint>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

struct Groups {
  std::vector<std::uint64_t> bit;        ///< By stop: its group.
  std::vector<std::uint64_t> not_after;  ///< By stop: groups that may not have been served before.
};

/// At most 64 groups of (level, rank, window); where there are more, windows of one level and rank
/// are joined, which orders more than needed but never less. Requires at most 64 pairs of level and
/// rank.
[[nodiscard]] Groups make_groups(const Problem& problem);

}  // namespace doorstep::routing
