#pragma once
/// \file Quiet: whether a sweep would find anything to do. The server sweeps a community every minute at the
/// least; a drill spares the minutes in which nothing happened, and half of its time with them.

#include "api/endpoint.h"

namespace doorstep::drill {

/// When a community was swept last, and up to which entry of the journal.
struct LastSweep {
  Instant at{};
  std::int64_t seq = -1;  ///< -1: never.
};

/// True where no duty's time has come by `now`, no pile is watched, nobody's shift, absence or role began
/// or ended since the last sweep, and the journal holds nothing since then but what cannot put a duty
/// into wrong hands. Says nothing of a clock that jumped: whoever asks has looked.
[[nodiscard]] bool is_quiet(store::Snapshot& db, Id<access::Community> community,
                            const LastSweep& last, Instant now);

}  // namespace doorstep::drill
