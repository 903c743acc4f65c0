#pragma once
/// \file Numbers that identify a person, in one form: identity documents, dates of birth, phones,
/// e-mail addresses. What cannot be read is kept as it stands, since it may still resemble another.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doorstep::linkage {

enum class IdentifierKind : std::uint8_t {
  national,  ///< 18 characters of GB 11643, or 15 of the older form brought to 18.
  masked,    ///< Part of a number; '*' stands for one hidden character.
  passport,
  permit,  ///< Travel permit of Hong Kong, Macao or Taiwan residents.
  other,
};

struct Identifier {
  std::string text;  ///< Upper case, without spaces and dashes; empty where nothing was given.
  IdentifierKind kind = IdentifierKind::other;
  bool valid = false;  ///< National, with a real date and the right check digit.
};

[[nodiscard]] Identifier read_identifier(std::string_view text);

/// The check character of the first 17 digits: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, sum
/// modulo 11 into 10X98765432. Requires 17 digits. Source: GB 11643-1999.
[[nodiscard]] char national_check(std::string_view digits);

/// Digits 7 to 14, yyyymmdd. Requires a valid national number.
[[nodiscard]] std::string birth_of(const Identifier& identifier);

/// Digit 17 is odd. Requires a valid national number.
[[nodiscard]] bool is_male(const Identifier& identifier);

/// yyyymmdd where year, month and day can be told apart (also 1956年9月12日 and 12/9/1956, day
/// first), else the digits as they stand.
[[nodiscard]] std::string read_date(std::string_view text);

/// Year, month, day of yyyymmdd exist in the calendar (every February has 29 days here).
[[nodiscard]] bool is_date(std::string_view digits);

/// E.164 without '+'; a number without country is Chinese. Of several numbers the first. Numbers of
/// an unknown form stay as their digits.
[[nodiscard]] std::string read_phone(std::string_view text);

/// Folded, without spaces.
[[nodiscard]] std::string read_email(std::string_view text);

/// Folded words, one space between; what is neither letter nor digit is a space.
[[nodiscard]] std::string read_words(std::string_view text);

}  // namespace doorstep::linkage
