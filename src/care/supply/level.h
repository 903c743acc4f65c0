#pragma once
/// \file How long what a household has to eat will last (D33), and what is owed when it will not (F8).

#include "api/endpoint.h"
#include "care/duty/duty.h"

namespace doorstep::supply {

/// Food for a day or less is left: a pack is brought now. The subject is the household; the same duty
/// that the daily call opens for people in the care ledger.
inline constexpr duty::Kind food_low{"food", access::Class::none, true};

/// F8: so few days are a task at once.
inline constexpr std::int64_t task_days = 1;

}  // namespace doorstep::supply
