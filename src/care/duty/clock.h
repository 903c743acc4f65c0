#pragma once
/// \file Trust in the clock (N8): a clock that jumps holds releases until somebody says that it is
/// right; escalation never waits. It is watched while the server runs, at its start, and against the clocks of
/// the phones that report (care/observation/phone_clocks.h).

#include <optional>

#include "api/endpoint.h"

namespace doorstep::duty {

struct ClockHold {
  Instant expected{};       ///< What the clock should have shown.
  Instant seen{};           ///< What it showed.
  std::string reason = {};  ///< "jumped" while the server ran, "start", "phones".
  std::int64_t phones = 0;  ///< So many phones showed another time.
};

/// Nobody is released: the clock is in doubt, or the store was restored and nobody has looked (store/restored.h).
bool releases_held(store::Snapshot& db, Id<access::Community> community);

std::optional<ClockHold> clock_hold(store::Snapshot& db, Id<access::Community> community);

/// Shows more than 5 minutes more or less than it should. Source: reliability.md 1.2, "Clocks".
[[nodiscard]] constexpr bool has_jumped(Instant now, Instant expected) {
  return std::chrono::abs(now - expected) > std::chrono::minutes{5};
}

/// `expected` is the last time the clock was read plus what a steady clock says has passed since. A
/// difference of over 5 minutes holds and is journaled; one hold stands until it is confirmed. True
/// where the clock was set back by that much: what was noted in its future is to be put right.
bool watch_clock(api::WriteContext& context, Instant expected);

/// At the server's start: the clock shows less than the newest entry of the journal does, or over a day more.
/// A clock that is right after so long a rest is held too, until somebody says so.
void watch_start(api::WriteContext& context);

/// Holds for this reason, or adds the phones to the hold that stands.
void doubt_clock(api::WriteContext& context, const ClockHold& doubt);

/// When somebody last said that it is right.
std::optional<Instant> clock_confirmed_at(store::Snapshot& db, Id<access::Community> community);

}  // namespace doorstep::duty
