#pragma once
/// \file Turn: what the clock has to do in a community: nothing, raise what is due, or look at everything.

#include "api/endpoint.h"

namespace doorstep::duty {

enum class Turn : std::uint8_t {
  nothing,  ///< No duty's time has come, and nothing happened that could put one into wrong hands.
  due,      ///< Somebody's time has come; who is responsible for what is as it was.
  all,
};

/// When everything was last looked at, and up to which entry of the journal; default: never.
struct LastTurn {
  Instant at{};
  std::int64_t seq = -1;
  Instant next_change{};  ///< When somebody's shift, absence or role begins or ends next.
};

/// Says nothing of a clock that jumped: whoever asks has looked. A clock set back asks for all.
[[nodiscard]] Turn turn_now(store::Snapshot& db, Id<access::Community> community,
                            const LastTurn& last, Instant now);

/// Everything was looked at by `now`; `seq` is the journal's newest entry before that.
[[nodiscard]] LastTurn looked_at(store::Snapshot& db, Id<access::Community> community, Instant now,
                                 std::int64_t seq);

}  // namespace doorstep::duty
