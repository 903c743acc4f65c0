#pragma once
/// \file A second person for what is too heavy for one on these stairs (E12). From which weight and floor on
/// stands in the rule pack: `delivery.helpers_grams`, `delivery.helpers_floor`.

#include <optional>
#include <vector>

#include "care/delivery/runs.h"

namespace doorstep::delivery {

/// Whether goods for one door of these weigh more than one person carries up to it. A lift carries them.
/// Errors: those of the rule pack.
Result<bool> needs_two(const api::Context& context, const std::vector<ParcelRow>& parcels);

/// The account that goes with the run's carrier.
std::optional<Id<Account>> second_of(const api::Context& context, Id<Run> run);
/// Writes who goes along, and that two go.
void name_second(api::WriteContext& context, Id<Run> run, Id<Account> helper);

}  // namespace doorstep::delivery
