#pragma once
/// \file Offers: something is needed now, and who is nearest is asked first (D26). The first who says yes
/// has it; where nobody does, the next ring is asked.
///
/// Source: 「住户在微信群上提出需要，小区党支部立即安排党员和热心邻居上门配送」 (S1).

#include "care/needs/need.h"

namespace doorstep::needs {

struct Offer;

/// The same building, the same place above it, everybody.
inline constexpr std::int64_t ring_count = 3;

/// Offers it to the nearest ring from `from` up that has somebody who was not asked yet. Answers how many
/// were asked, 0 where nobody is left. Errors: those of the rule pack.
Result<std::int64_t> offer_to(api::WriteContext& context, const NeedRow& need, std::int64_t from);

/// Asks the next ring for what nobody has answered within `needs.offer_minutes`. For the clock.
Result<std::int64_t> widen_offers(api::WriteContext& context, std::int64_t limit);

/// Takes back what nobody has answered yet: it was decided.
void end_offers(api::WriteContext& context, Id<Need> need);

}  // namespace doorstep::needs
