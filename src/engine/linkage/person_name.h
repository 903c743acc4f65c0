#pragma once
/// \file A full name in one field, Chinese or Latin, and how far two of them agree.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep::linkage {

/// A name ready to be compared: 40 bytes, no allocation. Chinese names over six characters are cut.
struct PersonName {
  static constexpr std::size_t length_max = 6;

  std::array<char16_t, length_max>
      characters{};  ///< Simplified; wildcards as '*'. Empty for Latin.
  std::uint8_t size = 0;
  std::uint8_t surname_size = 0;
  bool masked =
      false;  ///< 某, *, × or a form of address in place of characters: 王某, 张*丽, 李先生.
  bool open_end = false;      ///< The last wildcard stands for any number of characters.
  std::uint32_t surname = 0;  ///< Pinyin of the family name, hashed. Latin: of the first word.
  std::uint32_t whole = 0;    ///< Pinyin, family name first; Latin letters as written, joined.
  std::uint32_t crossed = 0;  ///< The same with the given name first; Latin: the last word first.

  [[nodiscard]] bool is_han() const { return size > 0; }
};

/// `folded` comes from fold_name(); the views handed to compare_names() later must be the same
/// text.
[[nodiscard]] PersonName read_name(std::string_view folded);

/// How two names agree, worst first. The numbers index the weights of linkage/model.h.
enum class NameLevel : std::uint8_t {
  different,
  resembling,  ///< One character of three or more differs; Latin: alike, or one word in common.
  near,        ///< One character looks or sounds alike (zh/z, n/l, ang/an); Latin: one edit.
  wildcard,    ///< 某, * agree with what they hide.
  romanised,   ///< Pinyin of the other, in either order.
  homophone,   ///< The same syllables in other characters.
  same_tones,  ///< And the same tones.
  equal,       ///< After simplification and folding.
};

[[nodiscard]] NameLevel compare_names(const PersonName& a, std::string_view a_text,
                                      const PersonName& b, std::string_view b_text);

}  // namespace doorstep::linkage
