#include "engine/linkage/plain_values.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace doorstep::linkage {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Half width, upper case, letters, digits and '*' alone; every usual sign for "hidden" becomes
/// '*'.
std::string identifier_characters(std::string_view text) {
  std::string out;
  const std::string plain = is_ascii(text) ? std::string{text} : text::nfkc(text);
  for (const char32_t point : text::code_points(plain)) {
    if (point >= U'a' && point <= U'z') {
      out.push_back(static_cast<char>(point - U'a' + U'A'));
    } else if ((point >= U'A' && point <= U'Z') || (point >= U'0' && point <= U'9')) {
      out.push_back(static_cast<char>(point));
    } else if (point == U'*' || point == U'×' || point == U'?' || point == U'●' || point == U'#' ||
               point == U'□') {
      out.push_back('*');
    }
  }
  // A run of X in front of the end is a mask: 310104XXXXXXXX1234.
  for (auto at = out.find("XX"); at != std::string::npos; at = out.find("XX", at)) {
    while (at < out.size() && out[at] == 'X') out[at++] = '*';
  }
  return out;
}

/// The 15 digits of before 1999 as 18: the century 19 put in, the check digit put on.
std::string lengthened(std::string_view old) {
  std::string out{old.substr(0, 6)};
  out += "19";
  out += old.substr(6);
  out.push_back(national_check(out));
  return out;
}

bool is_passport(std::string_view text) {
  const auto letters =
      static_cast<std::size_t>(std::ranges::find_if(text, is_digit) - text.begin());
  return letters >= 1 && letters <= 2 && text.size() >= 8 && text.size() <= 10 &&
         all_digits(text.substr(letters));
}

bool is_permit(std::string_view text) {
  return (text.starts_with('H') || text.starts_with('M')) &&
         (text.size() == 9 || text.size() == 11) && all_digits(text.substr(1));
}

std::vector<std::string> digit_runs(std::string_view text) {
  std::vector<std::string> runs;
  bool inside = false;
  for (const char c : text) {
    if (!is_digit(c)) {
      inside = false;
      continue;
    }
    if (!inside) runs.emplace_back();
    inside = true;
    runs.back().push_back(c);
  }
  return runs;
}

std::string padded(std::string_view digits) {
  return digits.size() == 1 ? "0" + std::string{digits} : std::string{digits};
}

}  // namespace

char national_check(std::string_view digits) {
  constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
  return "10X98765432"[sum % 11];
}

Identifier read_identifier(std::string_view text) {
  Identifier out{identifier_characters(text)};
  const std::string& id = out.text;
  if (id.find('*') != std::string::npos) {
    const bool nothing = std::ranges::all_of(id, [](char c) { return c == '*'; });
    if (nothing) out.text.clear();
    out.kind = IdentifierKind::masked;
    return out;
  }
  if (id.size() == 15 && all_digits(id) && is_date("19" + id.substr(6, 6))) {
    return {lengthened(id), IdentifierKind::national, true};
  }
  const bool shaped = id.size() == 18 && all_digits(std::string_view(id).substr(0, 17));
  if (shaped && (is_digit(id[17]) || id[17] == 'X')) {
    out.kind = IdentifierKind::national;
    out.valid = is_date(std::string_view(id).substr(6, 8)) && national_check(id) == id[17];
  } else if (is_permit(id)) {
    out.kind = IdentifierKind::permit;
  } else if (is_passport(id)) {
    out.kind = IdentifierKind::passport;
  }
  return out;
}

std::string birth_of(const Identifier& identifier) {
  return identifier.text.substr(6, 8);
}

bool is_male(const Identifier& identifier) {
  return (identifier.text[16] - '0') % 2 == 1;
}

bool is_date(std::string_view digits) {
  constexpr std::array days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (digits.size() != 8 || !all_digits(digits)) return false;
  const int year = number(digits.substr(0, 4));
  const int month = number(digits.substr(4, 2));
  const int day = number(digits.substr(6, 2));
  return year >= 1850 && year <= 2150 && month >= 1 && month <= 12 && day >= 1 &&
         day <= days[static_cast<std::size_t>(month - 1)];
}

std::string read_date(std::string_view text) {
  const std::string plain = is_ascii(text) ? std::string{text} : text::nfkc(text);
  std::vector<std::string> runs = digit_runs(plain);
  const auto is_short = [](const std::string& run) { return run.size() <= 2; };
  if (runs.size() >= 3 && is_short(runs[1])) {
    if (runs[0].size() == 4 && is_short(runs[2])) {
      return runs[0] + padded(runs[1]) + padded(runs[2]);
    }
    if (is_short(runs[0]) && runs[2].size() == 4) {
      const bool month_first = number(runs[1]) > 12;
      return runs[2] + padded(runs[month_first ? 0 : 1]) + padded(runs[month_first ? 1 : 0]);
    }
  }
  std::string out;
  for (const std::string& run : runs) out += run;
  if (out.size() > 8 && is_date(std::string_view(out).substr(0, 8)) && runs[0].size() >= 8) {
    out.resize(8);  // a time of day follows
  }
  return out;
}

std::string read_phone(std::string_view text) {
  const std::string plain = is_ascii(text) ? std::string{text} : text::nfkc(text);
  std::string digits;
  bool country = false;
  for (const char c : plain) {
    if (is_digit(c)) digits.push_back(c);
    if (c == '+' && digits.empty()) country = true;
    const bool next_number =
        c == '/' || c == ',' || c == ';' || static_cast<unsigned char>(c) >= 0x80;
    if (next_number && digits.size() >= 7) break;
  }
  if (digits.starts_with("00")) {
    digits.erase(0, 2);
    country = true;
  }
  const auto is_mobile = [](std::string_view number) {
    return number.size() == 11 && number[0] == '1' && number[1] >= '3';
  };
  if (country) return digits;
  if (digits.size() == 13 && digits.starts_with("86")) return digits;
  if (is_mobile(digits)) return "86" + digits;
  if (digits.size() >= 10 && digits[0] == '0') return "86" + digits.substr(1);
  return digits;
}

std::string read_email(std::string_view text) {
  std::string out = text::fold(text);
  std::erase(out, ' ');
  return out;
}

std::string read_words(std::string_view text) {
  std::string out;
  const std::string folded = text::fold(text);
  for (const char c : folded) {
    const auto byte = static_cast<unsigned char>(c);
    const bool keep = byte >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z');
    if (keep) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ' && c != '\'') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace doorstep::linkage
