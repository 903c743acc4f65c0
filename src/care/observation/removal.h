#pragma once
/// \file The end of a control (N16): what reminds of it at the door is taken down by a deadline.

#include "care/duty/duty.h"

namespace doorstep::observation {

/// Ended by hand, with a word about what was taken down.
inline constexpr duty::Kind removal{"removal", access::Class::none, true};

/// Owed from now on, until `observation.removal_hours` are over; nothing where the pack has no such number.
/// Errors: those of the rule pack.
Result<void> owe_removal(api::WriteContext& context, Id<access::Household> household,
                         const std::string& path);

}  // namespace doorstep::observation
