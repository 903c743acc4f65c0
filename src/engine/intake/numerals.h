#pragma once
/// \file Numbers and amounts as people write them: 三斤四两, 十来个, 5-6个, 半打, a couple of.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/intake/lexicon.h"

namespace doorstep::intake {

/// A number without its measure word.
struct Number {
  std::uint32_t to = 0;
  std::optional<std::int64_t> milli;  ///< Thousandths; nothing for 几, 一些, some.
  bool needs_unit = false;            ///< A range or vague word counts only before a measure word.
  bool spelled = false;               ///< In Han characters or English words.
};

/// A number with its measure word, where it has one.
struct Amount {
  std::uint32_t to = 0;
  std::optional<std::int64_t> milli;
  UnitId unit = 0;
  UnitClass kind = UnitClass::none;
  bool marked = false;    ///< Written with a sign: x2, *3, +1袋.
  bool implicit = false;  ///< A measure word alone; one, behind a verb or 这.
  bool plus = false;      ///< The sign was +.
  float cost = 0;
  std::uint32_t repair_from = 0;  ///< A repaired measure word stands at [repair_from, repair_to).
  std::uint32_t repair_to = 0;
};

/// All readings of a number at `from`.
void read_numbers(const Folded& text, std::uint32_t from, std::vector<Number>& out);

/// All readings of an amount at `from`; measure words alone included (implicit).
void read_amounts(const Folded& text, const Lexicon& lexicon, std::uint32_t from,
                  std::vector<Amount>& out);

/// Value of a Han numeral of whole numbers (二十五, 一百二), or of digits read one by one (四零二);
/// nothing when it is neither.
[[nodiscard]] std::optional<std::int64_t> han_integer(std::u32string_view han);

/// What the characters are that Han numbers are made of, from U+4E00 on: 0 to 9 for digits, -2 to -5
/// for powers of ten from 10 to 10000, -6 for 廿 and 卅, -1 for all others. Asked at every place.
inline constexpr auto han_digits = [] {
  std::array<std::int8_t, 0x9FFF - 0x4E00> kinds{};
  kinds.fill(-1);
  const auto put = [&](std::u32string_view points, int kind) {
    for (const char32_t point : points) kinds[point - 0x4E00] = static_cast<std::int8_t>(kind);
  };
  constexpr std::array<std::u32string_view, 10> digits{U"零",   U"一壹幺", U"二两贰俩", U"三叁仨",
                                                       U"四肆", U"五伍",   U"六陆",     U"七柒",
                                                       U"八捌", U"九玖"};
  for (int i = 0; i < 10; ++i) put(digits[static_cast<std::size_t>(i)], i);
  put(U"十拾", -2);
  put(U"百佰", -3);
  put(U"千仟", -4);
  put(U"万", -5);
  put(U"廿卅", -6);
  return kinds;
}();

[[nodiscard]] constexpr int han_kind(char32_t c) {
  if (c < 0x4E00) return c == U'〇' ? 0 : -1;
  return c - 0x4E00 < han_digits.size() ? han_digits[c - 0x4E00] : -1;
}

/// True for the characters Han numbers are made of.
[[nodiscard]] constexpr bool is_han_digit(char32_t c) {
  return han_kind(c) != -1;
}

/// 0 to 9 of a Han digit, 两 俩 仨 and financial forms included; -1 for other characters.
[[nodiscard]] constexpr int digit_of(char32_t c) {
  return han_kind(c) < 0 ? -1 : han_kind(c);
}

/// 10 to 10000 of 十 百 千 万 and their financial forms; 0 for other characters.
[[nodiscard]] constexpr int power_of(char32_t c) {
  switch (han_kind(c)) {
    case -2: return 10;
    case -3: return 100;
    case -4: return 1000;
    case -5: return 10000;
    default: return 0;
  }
}

/// `word`, which is not empty, stands at `at`. Asked at every place: most differ in the first point.
[[nodiscard]] inline bool starts(const Folded& text, std::uint32_t at, std::u32string_view word) {
  return text.at(at) == word[0] && std::u32string_view{text.text}.substr(at).starts_with(word);
}

[[nodiscard]] inline std::uint32_t skip_spaces(const Folded& text, std::uint32_t at) {
  while (text.kind_at(at) == Kind::space) ++at;
  return at;
}

}  // namespace doorstep::intake
