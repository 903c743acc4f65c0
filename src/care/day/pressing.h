#pragma once
/// \file What presses, in six numbers, and whether the server's clock is in doubt.

#include "api/endpoint.h"

namespace doorstep::day {

/// What the clock should have shown, and what it showed.
struct Doubt {
  Instant expected{};
  Instant seen{};
  std::string reason = {};  ///< "jumped", "start", "phones".
  std::int64_t phones = 0;  ///< So many phones showed another time.
  void fields(auto& f) {
    f("expected", expected);
    f("seen", seen);
    f("reason", reason);
    f("phones", phones);
  }
};

struct Pressing {
  std::int64_t to_call = 0;         ///< Contacts of this window that are not met.
  std::int64_t unwell = 0;          ///< Call backs that are open.
  std::int64_t untaken = 0;         ///< Raised, and nobody has taken them up.
  std::int64_t voice_or_sight = 0;  ///< Due by the end of today.
  std::int64_t release = 0;         ///< Due by the end of today.
  std::int64_t long_open = 0;       ///< Raised more than 60 minutes ago.
  std::optional<Doubt> clock;       ///< Releases wait until somebody says that it is right.

  void fields(auto& f) {
    f("to_call", to_call);
    f("unwell", unwell);
    f("untaken", untaken);
    f("voice_or_sight", voice_or_sight);
    f("release", release);
    f("long_open", long_open);
    f("clock", clock);
  }
};

/// Of the reader's scope: duties of a class that may not be read where they lie are not counted.
Pressing pressing_now(api::Context& context);

}  // namespace doorstep::day
