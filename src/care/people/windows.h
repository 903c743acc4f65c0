#pragma once
/// \file The day of a pack of kind "care" (N29): in which windows somebody hears of everybody in the
/// ledger, and at which level of the hazard which of them hold. Data alone.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/rules.h"
#include "base/time.h"

namespace doorstep::people {

/// One window of one day. Half-open: [from, until).
struct CareWindow {
  std::string name = {};   ///< In rows and in the journal.
  std::string label = {};  ///< On pages.
  Instant from{};
  Instant until{};
};

/// The pack asks for contacts in windows (`care.windows`); else for one call a day (`care.daily_until`).
[[nodiscard]] bool has_windows(const RulePack& rules);

/// Of one day, in its order. Errors: those of the rule pack.
Result<std::vector<CareWindow>> care_windows(const RulePack& rules, const Zone& zone, Day day);

/// One step of the hazard's level, and the windows that hold at it.
struct LevelStep {
  std::string name = {};
  std::string label = {};
  std::optional<std::int64_t> from_tenths = {};  ///< None: the lowest.
  std::vector<std::string> windows = {};
};

/// Its levels, lowest first.
struct Hazard {
  std::string unit = {};
  std::string unsaid = {};  ///< Of a day for which nobody has said anything.
  std::vector<LevelStep> steps = {};

  /// Errors: those of the rule pack; invalid "rules.level" (the hint says what does not fit: a window
  /// or level that is not there, steps that do not rise, windows that overlap).
  static Result<Hazard> of(const RulePack& rules);

  [[nodiscard]] const LevelStep* find(std::string_view name) const;
  /// The last whose `from_tenths` is reached.
  [[nodiscard]] const LevelStep& reached(std::int64_t tenths) const;
};

}  // namespace doorstep::people
