#pragma once
/// \file A relay that is posted again is a difference, row by row.

#include <string_view>
#include <vector>

#include "engine/intake/draft.h"

namespace doorstep::intake {

/// Compares the rows of `text` with the last relay in the thread; empty when either is none.
[[nodiscard]] std::vector<RelayDifference> relay_differences(std::string_view text,
                                                             const Context& context,
                                                             const Lexicon& lexicon);

}  // namespace doorstep::intake
