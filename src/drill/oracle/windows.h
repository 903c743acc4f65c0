#pragma once
/// \file When a check-in is owed, read from the rule pack by the oracle's own arithmetic.

#include <chrono>
#include <string>
#include <vector>

#include "base/rules.h"
#include "base/time.h"

namespace doorstep::oracle {

/// A stretch [from, until) of one day; what it says holds until `next`, when another begins.
struct Span {
  Instant from{};
  Instant until{};
  Instant next{};
};

/// What the oracle needs of a rule pack.
struct Terms {
  struct TimeOfDay {
    std::chrono::minutes from{};
    std::chrono::minutes until{};
  };
  std::vector<TimeOfDay> windows;  ///< In the order of the day.
  std::string ladder_ends_with;    ///< Empty: the pack has no ladder.

  /// Errors: those of the rule pack.
  static Result<Terms> of(const RulePack& pack);

  /// The one that began last; none where the pack has no windows.
  [[nodiscard]] std::optional<Span> span_at(const Zone& zone, Instant now) const;
};

}  // namespace doorstep::oracle
