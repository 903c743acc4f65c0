#pragma once
/// \file An address as its parts: 上海市松江区中山街道花半里12栋4单元1403室 and 花半里12-4-1403
/// agree.

#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep::linkage {

/// Numbers are kept as hashes of their folded text ("A", "12", "3a"), 0 where the address has none.
struct Address {
  std::string community;       ///< Folded, without province, city, district and street office.
  std::uint16_t building = 0;  ///< 栋 幢 座 号楼; 号 where a room follows.
  std::uint16_t unit = 0;      ///< 单元, 门, 梯.
  std::uint16_t room = 0;      ///< 室, 户, 房, or the last number.
  std::uint16_t numbers = 0;   ///< How many numbers there are.

  [[nodiscard]] bool has_dwelling() const { return room != 0 && !community.empty(); }
};

/// Reads a Chinese address from the right: numbers with their suffix, or joined by dashes. A Latin
/// address becomes its folded words in `community`, with no numbers.
[[nodiscard]] Address read_address(std::string_view text);

}  // namespace doorstep::linkage
