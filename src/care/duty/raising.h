#pragma once
/// \file Raising: many duties come due in one sweep, for the same owner until the same instant. They are one statement
/// and one entry of the journal, whatever their number (ADR 0046).

#include <vector>

#include "care/duty/duty.h"

namespace doorstep::duty {

/// A duty on its way to a rung.
struct Rise {
  const Row* duty = nullptr;
  Owner owner = {};
  Instant next{};  ///< By when it climbs on.
};

/// Raises them all. Those of one kind, owner, rung and deadline share an entry: `duty.raised` for one alone,
/// `duties.raised` for several (docs/journal.md). The order of what is alike is kept.
void raise_all(api::WriteContext& context, const std::vector<Rise>& rises);

}  // namespace doorstep::duty
