#pragma once
/// \file Which amount belongs to which good inside one clause.

#include <cstdint>
#include <vector>

#include "engine/intake/lattice.h"

namespace doorstep::intake {

/// A good or an amount of a clause, in order.
struct Slot {
  enum class Kind : std::uint8_t { good, amount } kind = Kind::good;
  std::uint32_t token = 0;       ///< Index of the token in the clause.
  std::uint32_t partner = none;  ///< Slot of the good's amount or the amount's good.
  bool size = false;             ///< An amount that turned out to be a package size or a sum.
  static constexpr std::uint32_t none = 0xFFFFFFFF;
};

/// Sets `partner` and `size` by the cheapest pairing: 土豆2斤, 2斤土豆, 二十五斤大米一袋,
/// 啤酒两提共12听. An amount without a good keeps `none`.
void pair_slots(const Folded& text, const Reading& reading, const Lexicon& lexicon,
                const std::vector<Token>& tokens, std::vector<Slot>& slots);

}  // namespace doorstep::intake
