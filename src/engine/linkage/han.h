#pragma once
/// \file Han characters as names need them: simplified, read aloud, and by their looks. Cached per
/// thread; a first look at a character costs about 60 us, later ones a table access.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep::linkage {

/// What is known of one character. Syllables are hashes of their letters; 0 where there is none.
struct Han {
  char32_t simple = 0;         ///< Simplified form; 0: not looked up yet.
  std::uint32_t syllable = 0;  ///< Toneless pinyin.
  std::uint32_t other = 0;     ///< A second reading of a polyphone, toneless.
  std::uint32_t fuzzy = 0;  ///< Pinyin with zh/z, ch/c, sh/s, l/n, ang/an, eng/en, ing/in merged.
  std::uint8_t tone = 0;    ///< 1 to 4, 5 for none.
  std::array<char, 7> pinyin{};         ///< Letters of the toneless reading, zero-ended.
  std::array<std::uint8_t, 2> looks{};  ///< Groups of look-alikes it is in; 0 for none.
};

[[nodiscard]] bool is_han(char32_t point);

/// Requires is_han(point).
[[nodiscard]] const Han& han(char32_t point);

/// Two characters that are mistaken for each other by eye: 未 and 末, 曰 and 日.
[[nodiscard]] bool look_alike(const Han& a, const Han& b);

/// The hash that Han::syllable carries.
[[nodiscard]] std::uint32_t syllable_hash(std::string_view letters);

/// text::fold() for many short texts: the same result, fast for ASCII, Han and full width.
[[nodiscard]] std::string fold_name(std::string_view text);

}  // namespace doorstep::linkage
