#pragma once
/// \file Small numbers (N15): cells that would say something of single people are hidden from a table that is shared, and
/// with them so many others that its sums do not give them away (ADR 0052).

#include <cstdint>
#include <optional>
#include <vector>

#include "base/rules.h"

namespace doorstep::rights {

using Counts = std::vector<std::vector<std::int64_t>>;

/// As it may be shared: none where a cell is hidden.
using SharedCounts = std::vector<std::vector<std::optional<std::int64_t>>>;

/// From which count on a cell may be shared; `rights.small_count`, 5 where the pack does not say.
[[nodiscard]] std::int64_t small_count(const RulePack& rules);

/// `cells`: one row or more, all equally long, one column or more, none negative. The answer has one row and one column more:
/// the sums. Hidden is what is under `minimum` but not 0, and more, so that for each such cell there is another table of
/// counts with the same shown cells in which it is `minimum` larger: whoever knows the sums cannot tell them apart.
[[nodiscard]] SharedCounts shared(const Counts& cells, std::int64_t minimum);

}  // namespace doorstep::rights
