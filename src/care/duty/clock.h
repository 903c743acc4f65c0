#pragma once
/// \file Trust in the clock (N8): a clock that jumps holds releases until somebody says that it is
/// right; escalation never waits.

#include <optional>

#include "api/endpoint.h"

namespace doorstep::duty {

struct ClockHold {
  Instant expected{};  ///< What the clock should have shown.
  Instant seen{};      ///< What it showed.
};

std::optional<ClockHold> clock_hold(store::Snapshot& db, Id<access::Community> community);

/// Shows more than 5 minutes more or less than it should. Source: reliability.md 1.2, "Clocks".
[[nodiscard]] constexpr bool has_jumped(Instant now, Instant expected) {
  return std::chrono::abs(now - expected) > std::chrono::minutes{5};
}

/// `expected` is the last time the clock was read plus what a steady clock says has passed since. A
/// difference of over 5 minutes holds and is journaled; one hold stands until it is confirmed. True
/// where the clock was set back by that much: what was noted in its future is to be put right.
bool watch_clock(api::WriteContext& context, Instant expected);

}  // namespace doorstep::duty
