#pragma once
/// \file What may stand in a rule pack: every key that the house reads, with its type. A key that is
/// mistyped would silently mean that nothing was said; so a pack is checked before a community follows it.

#include <string_view>

#include "base/result.h"

namespace doorstep {

/// Of a pack of kind "care": care calls alone, nothing that keeps anybody in.
inline constexpr std::string_view care_kind = "care";

/// Errors: invalid "rules.not_toml", "rules.unknown_key", "rules.wrong_type" (the hints name line and
/// key), "rules.missing" (the hint names the key that every pack, or every pack of its kind, has).
Result<void> check_rule_keys(std::string_view toml);

}  // namespace doorstep
