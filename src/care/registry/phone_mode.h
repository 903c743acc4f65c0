#pragma once
/// \file Phone mode (N1): households that no page reaches. Nobody waits for their press; they are called.

#include <string>

#include "api/endpoint.h"

namespace doorstep::registry {

/// SQL, true of a household "h" in phone mode: it is known to have no smartphone, or it had its first link before the
/// instant in parameter `$parameter` and of those in force none was ever opened. It ends by itself once one is.
[[nodiscard]] std::string phone_mode_sql(std::size_t parameter);

/// For that parameter: `reach.phone_after_days` of the rule pack before now; the beginning of time where the pack says
/// nothing, so that no link is ever old enough.
[[nodiscard]] Instant phone_mode_before(const api::Context& context);

}  // namespace doorstep::registry
