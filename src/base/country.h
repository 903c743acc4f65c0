#pragma once
/// \file Countries and regions as people name them, and as passports bear them.

#include <optional>
#include <string>
#include <string_view>

namespace doorstep {

/// "法国", "法國", "France", "FR" and "fra" are "FRA"; Germany is "D" (ICAO Doc 9303, part 3, section 5). None for a name
/// that is no country's.
[[nodiscard]] std::optional<std::string> issuer_code(std::string_view name);

}  // namespace doorstep
