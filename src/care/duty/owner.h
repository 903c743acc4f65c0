#pragma once
/// \file Who gets a duty that presses: somebody on shift who may know what it tells.

#include "care/duty/duty.h"

namespace doorstep::duty {

/// As Roster::on_shift(), but not a rung that may not read the duty's class as long as one above the
/// leader may: the street reads no health, so that what tells of it stays with the manager.
[[nodiscard]] Owner owner_on_shift(api::WriteContext& context, const Row& duty,
                                   const Roster& roster, Rung from);

/// The account has a role where the duty lies, and may read what the duty tells.
[[nodiscard]] bool may_read(api::WriteContext& context, const Row& duty, std::int64_t account);

}  // namespace doorstep::duty
