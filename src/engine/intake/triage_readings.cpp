#include "engine/intake/triage_readings.h"

#include <algorithm>
#include <initializer_list>

#include "engine/intake/numerals.h"

namespace doorstep::intake {
namespace {

/// A number with at most one decimal, in tenths.
std::optional<std::uint32_t> tenths_at(const Folded& text, std::uint32_t& at) {
  std::uint32_t value = 0;
  const std::uint32_t first = at;
  while (text.kind_at(at) == Kind::digit && at - first < 4)
    value = value * 10 + (text.at(at++) - U'0');
  if (at == first || text.kind_at(at) == Kind::digit) return std::nullopt;
  value *= 10;
  if ((text.at(at) == U'.' || text.at(at) == U'度' || text.at(at) == U'点') &&
      text.kind_at(at + 1) == Kind::digit) {
    value += text.at(at + 1) - U'0';
    at += 2;
    while (text.kind_at(at) == Kind::digit) ++at;
  }
  return value;
}

/// 三十八度五, 三十九度; not what is so strong: 三十八度的酒.
std::optional<Measured> spoken_fever(const Folded& text, std::uint32_t at) {
  std::uint32_t to = at;
  while (is_han_digit(text.at(to)) && to - at < 4) ++to;
  if (to - at < 2 || text.at(to) != U'度') return std::nullopt;
  const auto whole = han_integer(std::u32string_view{text.text}.substr(at, to - at));
  if (!whole || *whole < 37 || *whole > 43) return std::nullopt;
  const std::uint32_t behind = to + 1;
  const int han = digit_of(text.at(behind));
  const bool figure = text.kind_at(behind) == Kind::digit;
  const int tenth = han >= 0 ? han : figure ? static_cast<int>(text.at(behind) - U'0') : 0;
  if (*whole * 10 + tenth < 373) return std::nullopt;
  const std::uint32_t end = han >= 0 || figure ? behind + 1 : behind;
  if (in(text.at(end), U"的白酒高低")) return std::nullopt;
  return Measured{"fever", {at, end}, false};
}

/// The number is said of somebody: 孩子38.5, 我妈 38.9.
bool of_somebody(const Folded& text, std::uint32_t at) {
  while (at > 0 && (text.kind_at(at - 1) == Kind::space || in(text.at(at - 1), U"了都到是又")))
    --at;
  return at > 0 && in(text.at(at - 1), U"子娃宝妈爸奶爷婆公伴我她他儿女孙孩");
}

}  // namespace

std::optional<Measured> abnormal_reading(const Folded& text) {
  const std::u32string_view all = text.text;
  const auto said = [&](std::uint32_t at, std::initializer_list<std::u32string_view> words) {
    const std::size_t from = at > 10 ? at - 10 : 0;
    const std::u32string_view around = all.substr(from, at - from);
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
      return around.find(word) != std::u32string_view::npos;
    });
  };
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    if (is_han_digit(text.text[at]) && (at == 0 || !is_han_digit(text.text[at - 1]))) {
      if (const auto fever = spoken_fever(text, at)) return fever;
    }
    if (text.kind[at] != Kind::digit ||
        (at > 0 && (text.kind[at - 1] == Kind::digit || text.text[at - 1] == U'.')))
      continue;
    std::uint32_t end = at;
    const auto value = tenths_at(text, end);
    if (!value) continue;
    const bool degrees = text.at(end) == U'度' || text.at(end) == U'℃' || text.at(end) == U'°' ||
                         all.substr(at, end - at).find(U'度') != std::u32string_view::npos;
    const bool fever = *value >= 373 && *value <= 430 &&
                       (end - at >= 4 || degrees ||
                        said(at, {U"体温", U"烧到", U"发烧", U"高烧", U"fever", U"temp"}));
    if (fever && text.at(end) != U'%' &&
        (degrees || said(at, {U"体温", U"烧", U"温度", U"fever", U"temp", U"℃", U"度"}) ||
         text.at(end) == U'c')) {
      return Measured{"fever", {at, end}, false};
    }
    if (*value >= 373 && *value <= 425 && end - at == 4 && of_somebody(text, at) &&
        !in(text.at(end), U"元块斤公升毫%件kgm"))
      return Measured{"fever", {at, end}, false};  // 孩子38.5
    if (text.at(end) == U'/' && text.kind_at(end + 1) == Kind::digit &&
        said(at, {U"压", U"bp", U"pressure"})) {
      std::uint32_t below_end = end + 1;
      const auto below = tenths_at(text, below_end);
      if (below && (*value >= 1400 || *below >= 900 || *value < 900))
        return Measured{"blood_pressure", {at, below_end}, false};
    }
    const auto just = [&](std::u32string_view word) {
      return at >= word.size() && all.substr(at - word.size(), word.size()) == word;
    };
    if ((just(U"低压") || just(U"舒张压")) && (*value >= 900 || (*value >= 200 && *value <= 550)))
      return Measured{"blood_pressure", {at, end}, false};
    if ((just(U"高压") || just(U"收缩压")) && *value >= 400 && (*value >= 1400 || *value < 900))
      return Measured{"blood_pressure", {at, end}, false};
    if (*value >= 400 && *value < 940 &&
        said(at, {U"血氧", U"氧饱和", U"spo2", U"oxygen", U"sats"}) && !said(at, {U"血压"})) {
      return Measured{"oxygen_low", {at, end}, *value <= 850};
    }
    if ((*value <= 39 || *value >= 139) && *value < 500 &&
        said(at, {U"血糖", U"sugar", U"glucose"})) {
      return Measured{"blood_sugar", {at, end}, *value < 30 || *value >= 330};
    }
    at = end;
  }
  return std::nullopt;
}

}  // namespace doorstep::intake
