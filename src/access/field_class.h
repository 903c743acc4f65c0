#pragma once
/// \file Classes of personal fields. A role sees the classes its task needs and no other.

#include <cstdint>

namespace doorstep::access {

enum class Class : std::uint8_t {
  none,     ///< Not personal: counts, codes, times.
  name,     ///< Names and ages.
  door,     ///< Which door, and what to know at it.
  contact,  ///< Phone numbers and the like.
  health,   ///< Wellbeing, temperature, symptoms, days of observation.
  money,    ///< What was bought and owed.
  case_,    ///< Confidential case files.
};

/// A set of classes; `none` is always in it.
class Classes {
 public:
  constexpr Classes() = default;
  static constexpr Classes all() {
    Classes every;
    every.bits_ = 0xFFU;
    return every;
  }
  [[nodiscard]] constexpr bool contains(Class one) const { return (bits_ & bit(one)) != 0; }
  constexpr void add(Class one) { bits_ = static_cast<std::uint8_t>(bits_ | bit(one)); }
  constexpr void add(Classes more) { bits_ = static_cast<std::uint8_t>(bits_ | more.bits_); }

 private:
  static constexpr unsigned bit(Class one) { return 1U << static_cast<unsigned>(one); }
  std::uint8_t bits_ = 1;
};

}  // namespace doorstep::access
