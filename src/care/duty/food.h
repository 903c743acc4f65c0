#pragma once
/// \file Food for a day or less is left somewhere (F8): a pack is brought now. Said in the daily contact
/// or in the call of the ledger; both know of it here.

#include <optional>

#include "care/duty/duty.h"

namespace doorstep::duty {

/// The subject is the household. Ended by hand: brought, or they were helped otherwise.
inline constexpr Kind food{"food", access::Class::none, true};

/// For how long food or medicine is said to last. Errors: invalid "care.days" (not in 0..365).
Result<void> check_days_left(const std::optional<std::int64_t>& days);

/// A household says for how many days it has food: kept, and with a day or less the pack is owed. True
/// where it is. Errors: those of the rule pack.
Result<bool> heard_of_food(api::WriteContext& context, Id<access::Household> household,
                           const std::string& path, std::int64_t days);

}  // namespace doorstep::duty
