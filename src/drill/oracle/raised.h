#pragma once
/// \file An entry about several duties as the entries about each of them.

#include <vector>

#include "store/store.h"

namespace doorstep::oracle {

/// `duties.raised` as so many `duty.raised`, each with its own subject and path; every other entry, and one whose
/// lists do not fit, as it is.
[[nodiscard]] std::vector<store::Sealed> unfolded(const store::Sealed& sealed);

}  // namespace doorstep::oracle
