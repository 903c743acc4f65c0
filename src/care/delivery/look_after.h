#pragma once
/// \file What nobody has to press a button for: the clock sends out at once what comes while little waits (E10,
/// D27), asks for somebody where a wave has nobody at a building (E16), and owes each listed elder the
/// day's delivery (E23).

#include "care/delivery/runs.h"

namespace doorstep::delivery {

/// Goods wait for a building, and no volunteer is there for it; the subject is the building.
inline constexpr duty::Kind carrier_gap{"carrier_gap"};
/// Food and goods that somebody listed is brought every day; the subject is the household. Met by goods that
/// were handed over that day; ended by hand with what came of it ("in hospital").
inline constexpr duty::Kind care_delivery{"care_delivery", access::Class::name, true};

/// Sends out what is ready while fewer wait than `delivery.idle_below`, where the pack says
/// `delivery.idle_dispatch`. Gives the runs. Errors: those of the rule pack; store errors.
Result<std::int64_t> dispatch_when_idle(api::WriteContext& context);

/// Opens a gap's duty `delivery.gap_minutes` before the goods' window begins, and ends those that are
/// filled. Errors: those of the rule pack.
Result<void> watch_gaps(api::WriteContext& context);

/// Opens the day's duties of listed households at `delivery.care_from` where the pack has it, and meets those
/// whose goods were handed over. Errors: those of the rule pack.
Result<void> watch_care(api::WriteContext& context);

}  // namespace doorstep::delivery
