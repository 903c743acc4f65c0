#pragma once
/// \file Planted bugs: what a change of the program could break, put before the real one as decorators
/// of its transactions, its clock and its requests. Each must be caught, or the oracle is blind.

#include <cstdint>
#include <string_view>
#include <vector>

#include "drill/house.h"
#include "drill/world.h"

namespace doorstep::drill {

struct Bug {
  std::string_view name;
  std::string_view rule;   ///< What it is expected to break first.
  std::uint64_t seed = 1;  ///< At which it is caught, in the world of the test.
  Tampering (*plant)(const World& world) = nullptr;
};

[[nodiscard]] const std::vector<Bug>& planted_bugs();

}  // namespace doorstep::drill
