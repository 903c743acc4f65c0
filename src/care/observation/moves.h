#pragma once
/// \file Whoever moves away from an observed household takes along what was asked of them: moving is no
/// release, and nobody stays in the due set of a door behind which nobody lives any more.

#include "api/endpoint.h"

namespace doorstep::observation {

/// Takes up who left an observed household since the last time. Where they live in another household of
/// the community now, each ground that covered them goes on there, for them alone, with the same days;
/// grounds of their own end where they were. An observation behind whose door nobody is registered any
/// more ends as "transferred", or "deceased" where that was confirmed of the last one. Called by the
/// clock, within a minute; until then the old duties stand. Errors: those of the rule pack.
Result<void> follow_moves(api::WriteContext& context);

}  // namespace doorstep::observation
