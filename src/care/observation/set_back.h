#pragma once
/// \file A clock that is set back (N8): what was noted in its future happened now at the latest, and
/// what presses goes on pressing.

#include "api/endpoint.h"

namespace doorstep::observation {

/// The clock showed `before` and shows `context.now`, which is earlier. Deadlines of what presses or
/// rests keep the minutes they had left; nobody counts as reached for a window that is yet to come,
/// and what each household owes is counted anew. Errors: those of the rule pack.
Result<void> clock_set_back(api::WriteContext& context, Instant before);

}  // namespace doorstep::observation
