#pragma once
/// \file What the make-up of a household says by itself (F10): only elders, an elder alone, children
/// without an adult. A rule over ages; nobody is asked.

#include <array>
#include <optional>
#include <vector>

#include "api/fields.h"
#include "base/rules.h"
#include "base/time.h"

namespace doorstep::people {

enum class Flag : std::uint8_t {
  elder_alone,  ///< One person, and old.
  only_elders,  ///< Several, all of them old.
  child_alone,  ///< Nobody here is grown up.
};

struct Ages {
  std::int64_t child_under = 0;  ///< care.child_under_years.
  std::int64_t elder_from = 0;   ///< care.elder_alone_from_years.

  /// Errors: those of the rule pack.
  static Result<Ages> of(const RulePack& rules);
};

/// Whole years on a day; a birthday on 29 Feb comes on 1 Mar in other years. None before birth.
[[nodiscard]] std::optional<std::int64_t> years_old(Day born_on, Day today);

/// Birthdays of all who live there; absent where unknown. Somebody of unknown age may be anybody: with
/// one among them nothing is flagged.
[[nodiscard]] std::optional<Flag> flag_of(const std::vector<std::optional<Day>>& born, Day today,
                                          const Ages& ages);

}  // namespace doorstep::people

template <>
struct doorstep::api::Choices<doorstep::people::Flag> {
  static constexpr std::array words{std::string_view{"elder_alone"},
                                    std::string_view{"only_elders"},
                                    std::string_view{"child_alone"}};
};
