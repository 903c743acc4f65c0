#pragma once
/// \file Numbers and amounts as people write them: 三斤四两, 十来个, 5-6个, 半打, a couple of.

#include <cstdint>
#include <optional>
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

/// True for the characters Han numbers are made of.
[[nodiscard]] bool is_han_digit(char32_t c);

/// 0 to 9 of a Han digit, 两 俩 仨 and financial forms included; -1 for other characters.
[[nodiscard]] int digit_of(char32_t c);

[[nodiscard]] inline bool starts(const Folded& text, std::uint32_t at, std::u32string_view word) {
  return at <= text.size() && std::u32string_view{text.text}.substr(at).starts_with(word);
}

[[nodiscard]] inline std::uint32_t skip_spaces(const Folded& text, std::uint32_t at) {
  while (text.kind_at(at) == Kind::space) ++at;
  return at;
}

}  // namespace doorstep::intake
