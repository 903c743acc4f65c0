#include "engine/intake/numerals.h"

#include <algorithm>
#include <string_view>

namespace doorstep::intake {
namespace {

constexpr std::int64_t one = 1000;

struct EnglishNumber {
  std::u32string_view word;
  std::int64_t milli;  ///< Negative: vague.
};

constexpr EnglishNumber english_numbers[] = {
    {U"a couple of", 2000},
    {U"a couple", 2000},
    {U"couple of", 2000},
    {U"half a", 500},
    {U"half", 500},
    {U"a half", 500},
    {U"a few", -1},
    {U"a little", -1},
    {U"a bit of", -1},
    {U"some", -1},
    {U"several", -1},
    {U"few", -1},
    {U"a", 1000},
    {U"an", 1000},
    {U"one", 1000},
    {U"two", 2000},
    {U"three", 3000},
    {U"four", 4000},
    {U"five", 5000},
    {U"six", 6000},
    {U"seven", 7000},
    {U"eight", 8000},
    {U"nine", 9000},
    {U"ten", 10000},
    {U"eleven", 11000},
    {U"twelve", 12000},
    {U"fifteen", 15000},
    {U"twenty", 20000},
    {U"thirty", 30000},
    {U"forty", 40000},
    {U"fifty", 50000},
    {U"hundred", 100000},
    {U"a hundred", 100000},
    {U"one and a half", 1500},
    {U"two and a half", 2500},
    {U"one more", 1000},
    {U"a single", 1000},
    {U"a pair of", 2000},
    {U"quarter of a", 250},
};

/// Digits with a decimal part; to == from when there are none. At most nine digits count.
std::uint32_t arabic(const Folded& text, std::uint32_t from, std::int64_t& milli) {
  std::uint32_t at = from;
  std::int64_t whole = 0;
  while (text.kind_at(at) == Kind::digit && at - from < 9)
    whole = whole * 10 + (text.at(at++) - U'0');
  if (at == from || text.kind_at(at) == Kind::digit) return from;
  milli = whole * one;
  if (text.at(at) == U'.' && text.kind_at(at + 1) == Kind::digit) {
    std::int64_t scale = 100;
    for (++at; text.kind_at(at) == Kind::digit; ++at, scale /= 10) {
      milli += scale * (text.at(at) - U'0');
    }
  }
  return at;
}

void read_arabic(const Folded& text, std::uint32_t from, std::vector<Number>& out) {
  const bool bracketed = text.at(from) == U'(' && text.kind_at(from + 1) == Kind::digit &&
                         text.source[from] == text.source[from + 1];
  std::int64_t milli = 0;
  const std::uint32_t start = from + (bracketed ? 1 : 0);
  std::uint32_t at = arabic(text, start, milli);
  if (at == start) return;
  if (bracketed) {  // ② is a number only before a measure word; else it numbers a list.
    if (text.at(at) == U')') out.push_back({at + 1, milli, true, false});
    return;
  }
  std::int64_t second = 0;
  const char32_t sign = text.at(at);
  const bool whole = milli % one == 0;
  if (sign == U'/' && whole && milli < 10 * one) {
    const std::uint32_t end = arabic(text, at + 1, second);
    if (end > at + 1 && second >= 2 * one && second > milli && second <= 10 * one) {
      out.push_back({end, milli * one / second, false, false});
      return;
    }
  }
  if (sign == U'-' || sign == U'~' || sign == U'到' || sign == U'至') {
    const std::uint32_t next = text.at(at + 1) == sign ? at + 2 : at + 1;
    const std::uint32_t end = arabic(text, next, second);
    if (end > next && second > milli && second <= milli * 10)
      out.push_back({end, milli, true, false});
  }
  if (sign == U'多' || sign == U'来' || sign == U'几' || sign == U'+') {
    out.push_back({at + 1, milli, true, false});
  }
  if (starts(text, at, U"万") || starts(text, at, U"百")) {
    out.push_back({at + 1, milli * power_of(text.at(at)), false, false});
  }
  if (starts(text, at, U"½")) out.push_back({at + 1, milli + 500, false, false});
  out.push_back({at, milli, false, false});
}

/// N分之M.
void read_fraction(const Folded& text, std::uint32_t from, std::vector<Number>& out) {
  std::uint32_t at = from;
  while (is_han_digit(text.at(at)) && at - from < 4) ++at;
  if (at == from || !starts(text, at, U"分之")) return;
  const std::u32string_view all = text.text;
  std::uint32_t end = at + 2;
  while (is_han_digit(text.at(end)) && end - at < 6) ++end;
  const auto below = han_integer(all.substr(from, at - from));
  const auto above = han_integer(all.substr(at + 2, end - at - 2));
  if (below && above && *below > 0) {
    out.push_back({end, *above * one / *below, false, true});
  }
}

/// Two neighbouring digits (三四, 两三, 三五) mean "about"; the first counts.
void read_pair(const Folded& text, std::uint32_t from, std::int64_t tens, std::uint32_t at,
               std::vector<Number>& out) {
  const int first = digit_of(text.at(at));
  const int second = digit_of(text.at(at + 1));
  if (first < 1 || second <= first || second > first + 2) return;
  const auto factor = std::max(1, power_of(text.at(at + 2)));
  if (factor > 1 && at != from) return;
  const std::uint32_t to = at + (factor > 1 ? 3 : 2);
  out.push_back({to, (tens + first * factor) * one, true, true});
}

void read_han(const Folded& text, std::uint32_t from, std::vector<Number>& out) {
  const std::u32string_view all = text.text;
  std::uint32_t end = from;
  while (is_han_digit(text.at(end)) && end - from < 8) ++end;
  if (end == from) return;
  for (std::uint32_t to = from + 1; to <= end; ++to) {
    const std::u32string_view piece = all.substr(from, to - from);
    const bool spoken = to - from == 1 || std::any_of(piece.begin(), piece.end(), [](char32_t c) {
                          return power_of(c) != 0 || c == U'廿' || c == U'卅';
                        });
    if (!spoken) continue;  // 四零二 is a room, not a quantity.
    const auto value = han_integer(piece);
    if (!value || *value == 0) continue;
    out.push_back({to, *value * one, false, true});
    const char32_t next = text.at(to);
    if (next == U'来' || next == U'多' || next == U'几') {
      out.push_back({to + 1, *value * one, true, true});
    }
    if (digit_of(all[to - 1]) < 0 && *value >= 10) read_pair(text, from, *value, to, out);
  }
  read_pair(text, from, 0, from, out);
  if (text.at(end) == U'点' && digit_of(text.at(end + 1)) >= 0) {
    const auto whole = han_integer(all.substr(from, end - from));
    if (whole) {
      out.push_back({end + 2, *whole * one + digit_of(text.at(end + 1)) * 100, false, true});
    }
  }
}

void read_vague(const Folded& text, std::uint32_t from, std::vector<Number>& out) {
  static constexpr std::u32string_view vague[] = {
      U"一点点", U"一点儿", U"一点",   U"点儿",   U"点",   U"一些", U"些",
      U"少许",   U"若干",   U"一眼眼", U"一捻捻", U"适量", U"少量", U"一丢丢",
      U"一丁点", U"一点子", U"滴滴",   U"一滴滴", U"啲"};
  for (const auto word : vague) {
    if (!in(text.at(from), U"一点些少若适滴啲")) break;
    if (starts(text, from, word)) {
      out.push_back({from + static_cast<std::uint32_t>(word.size()), std::nullopt, false, true});
      break;
    }
  }
  if (text.at(from) == U'几' || text.at(from) == U'数') {
    const bool tens = power_of(text.at(from + 1)) != 0;
    out.push_back({from + (tens ? 2U : 1U), std::nullopt, true, true});
  }
  if (text.at(from) == U'半') out.push_back({from + 1, 500, true, true});
}

void read_english(const Folded& text, std::uint32_t from, std::vector<Number>& out) {
  if (text.kind_at(from) != Kind::latin) return;
  if (from > 0 && text.kind_at(from - 1) == Kind::latin) return;
  for (const auto& [word, milli] : english_numbers) {
    const auto to = from + static_cast<std::uint32_t>(word.size());
    if (!starts(text, from, word) || text.kind_at(to) == Kind::latin) continue;
    Number number{to, std::nullopt, false, true};
    if (milli >= 0) number.milli = milli;
    out.push_back(number);
  }
}

}  // namespace

std::optional<std::int64_t> han_integer(std::u32string_view han) {
  if (han.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::int64_t section = 0;
  std::int64_t digit = -1;
  std::int64_t last_power = 0;
  const bool spoken = std::any_of(han.begin(), han.end(), [](char32_t c) {
    return power_of(c) != 0 || c == U'廿' || c == U'卅';
  });
  if (!spoken) {
    for (const char32_t c : han) total = total * 10 + digit_of(c);
    return total;
  }
  for (const char32_t c : han) {
    if (c == U'廿' || c == U'卅') {
      section += c == U'廿' ? 20 : 30;
      last_power = 10;
      digit = -1;
    } else if (const int power = power_of(c); power == 10000) {
      total += (section + std::max<std::int64_t>(digit, 0)) * power;
      section = 0;
      digit = -1;
      last_power = power;
    } else if (power != 0) {
      if (digit < 0 && power != 10) return std::nullopt;
      section += (digit < 0 ? 1 : digit) * power;
      digit = -1;
      last_power = power;
    } else {
      const int value = digit_of(c);
      if (digit > 0) return std::nullopt;
      digit = value;
      if (value == 0) last_power = 0;
    }
  }
  if (digit > 0) section += last_power >= 100 ? digit * last_power / 10 : digit;
  return total + section;
}

void read_numbers(const Folded& text, std::uint32_t from, std::vector<Number>& out) {
  const Kind kind = text.kind_at(from);
  if (kind == Kind::digit || text.at(from) == U'(') {
    read_arabic(text, from, out);
  } else if (kind == Kind::han) {
    read_fraction(text, from, out);
    read_han(text, from, out);
    read_vague(text, from, out);
  } else if (kind == Kind::latin) {
    read_english(text, from, out);
  }
}

}  // namespace doorstep::intake
