#pragma once
/// \file Classes of personal fields. A role sees the classes its task needs and no other.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

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

inline constexpr std::array class_words{std::string_view{"none"},   std::string_view{"name"},
                                        std::string_view{"door"},   std::string_view{"contact"},
                                        std::string_view{"health"}, std::string_view{"money"},
                                        std::string_view{"case"}};

[[nodiscard]] constexpr std::string_view word(Class one) {
  return class_words[static_cast<std::size_t>(one)];
}

[[nodiscard]] constexpr std::optional<Class> class_from_word(std::string_view text) {
  for (std::size_t at = 0; at < class_words.size(); ++at) {
    if (class_words[at] == text) return static_cast<Class>(at);
  }
  return std::nullopt;
}

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
