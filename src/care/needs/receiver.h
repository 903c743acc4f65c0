#pragma once
/// \file Whom a need is for: a household in the scope, the one behind a door that was written, or a
/// household elsewhere in the community that somebody sends something to.

#include "care/needs/need.h"

namespace doorstep::needs {

/// A household inside the scope. Errors: not_found "household.unknown".
Result<Receiver> receiver_of(const api::Context& context, Id<access::Household> household);

/// The household behind the door that a text means, where it is one alone; else none. Looks at the
/// whole community where `everywhere` is true (a resident sends something to another door, and is
/// told nothing of it), at the scope otherwise.
std::optional<Receiver> receiver_at(api::Context& context, std::string_view door, bool everywhere);

/// Where a need without a door lies, so that who took it sees it: the actor's nearest own place.
std::string own_path(const api::Context& context);

}  // namespace doorstep::needs
