#include "engine/intake/numerals.h"

#include <algorithm>
#include <string_view>

namespace doorstep::intake {
namespace {

constexpr std::int64_t one = 1000;

int digit_of(char32_t c) {
  switch (c) {
    case U'零':
    case U'〇': return 0;
    case U'一':
    case U'壹':
    case U'幺': return 1;
    case U'二':
    case U'两':
    case U'贰':
    case U'俩': return 2;
    case U'三':
    case U'叁':
    case U'仨': return 3;
    case U'四':
    case U'肆': return 4;
    case U'五':
    case U'伍': return 5;
    case U'六':
    case U'陆': return 6;
    case U'七':
    case U'柒': return 7;
    case U'八':
    case U'捌': return 8;
    case U'九':
    case U'玖': return 9;
    default: return -1;
  }
}

int power_of(char32_t c) {
  switch (c) {
    case U'十':
    case U'拾': return 10;
    case U'百':
    case U'佰': return 100;
    case U'千':
    case U'仟': return 1000;
    case U'万': return 10000;
    default: return 0;
  }
}

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

bool starts(const Folded& text, std::uint32_t at, std::u32string_view word) {
  return std::u32string_view{text.text}
      .substr(std::min<std::size_t>(at, text.size()))
      .starts_with(word);
}

std::uint32_t skip_spaces(const Folded& text, std::uint32_t at) {
  while (text.kind_at(at) == Kind::space) ++at;
  return at;
}

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
    if (end > next && second > milli) out.push_back({end, milli, true, false});
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
      U"一点点", U"一点儿", U"一点",   U"点儿",   U"点",     U"一些", U"些",     U"少许", U"若干",
      U"适量",   U"少量",   U"一丢丢", U"一丁点", U"一点子", U"滴滴", U"一滴滴", U"啲"};
  for (const auto word : vague) {
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

/// 斤 then a number then 两: tenths. Returns the end, or 0.
std::uint32_t liang_after(const Folded& text, std::uint32_t at, std::int64_t& milli) {
  std::int64_t tenths = 0;
  std::uint32_t end = at;
  if (const int digit = digit_of(text.at(at)); digit > 0) {
    tenths = digit;
    end = at + 1;
  } else if (text.kind_at(at) == Kind::digit && text.kind_at(at + 1) != Kind::digit) {
    tenths = text.at(at) - U'0';
    end = at + 1;
  }
  if (end == at || text.at(end) != U'两') return 0;
  milli += tenths * 100;
  return end + 1;
}

class AmountReader {
 public:
  AmountReader(const Folded& text, const Lexicon& lexicon, std::vector<Amount>& out)
      : text_(text), lexicon_(lexicon), out_(out) {}

  void read(std::uint32_t from) {
    const std::uint32_t sign = sign_end(from);
    const std::uint32_t start = sign == 0 ? from : skip_spaces(text_, sign);
    numbers_.clear();
    read_numbers(text_, start, numbers_);
    for (const Number& number : numbers_) {
      Amount amount;
      amount.milli = number.milli;
      amount.marked = sign != 0;
      amount.plus = sign != 0 && text_.at(from) == U'+';
      with_unit(number, amount);
      if (!number.needs_unit) alone(number, amount);
    }
    if (sign == 0) unit_alone(from);
  }

 private:
  /// End of a sign of multiplication at `from` (x2, *3, +1); 0 when there is none.
  [[nodiscard]] std::uint32_t sign_end(std::uint32_t from) const {
    const char32_t c = text_.at(from);
    const bool times = c == U'*' || c == U'+' || c == U'@';
    const bool letter = c == U'x' && (from == 0 || text_.kind_at(from - 1) != Kind::latin);
    if (!times && !letter) return 0;
    const std::uint32_t next = skip_spaces(text_, from + 1);
    const bool number = text_.kind_at(next) == Kind::digit || is_han_digit(text_.at(next)) ||
                        text_.at(next) == U'半';
    return number ? from + 1 : 0;
  }

  void with_unit(const Number& number, Amount amount) {
    std::uint32_t at = skip_spaces(text_, number.to);
    if (const char32_t c = text_.at(at); c == U'大' || c == U'小' || c == U'整' || c == U'满') {
      units(number, amount, at + 1, 0.05F);
    }
    if (starts(text_, at, U"large ") || starts(text_, at, U"small ")) {
      units(number, amount, at + 6, 0.05F);
    }
    if (starts(text_, at, U"big ")) units(number, amount, at + 4, 0.05F);
    if (starts(text_, at, U"more ")) units(number, amount, at + 5, 0.05F);
    units(number, amount, at, at > number.to ? 0.1F : 0.0F);
  }

  void units(const Number& number, Amount amount, std::uint32_t at, float extra) {
    lexicon_.units_at(text_, at, [&](std::uint32_t to, UnitForm form) {
      if (form.repaired && !number.milli) return;
      if (form.repaired && at > number.to) return;
      if (form.pinyin && text_.kind_at(to) == Kind::latin) return;
      const Unit& unit = lexicon_.unit(form.unit);
      Amount found = amount;
      found.unit = form.unit;
      found.kind = unit.kind;
      found.to = to;
      found.cost = 1.0F + extra - 0.05F * static_cast<float>(to - at);
      if (form.repaired) {
        found.cost += form.pinyin ? 0.3F : 0.9F;
        found.repair_from = at;
        found.repair_to = to;
      }
      // 几两 and 半两 are rare; 两 behind a digit is the weight unless a measure word follows.
      if (unit.name == "两" && follows_unit(to)) found.cost += 1.5F;
      finish(found, number);
    });
  }

  [[nodiscard]] bool follows_unit(std::uint32_t at) const {
    bool found = false;
    lexicon_.units_at(text_, at, [&](std::uint32_t, UnitForm form) { found |= !form.repaired; });
    return found;
  }

  /// What may stand behind the measure word: 半, 两 behind 斤, 多, 左右, "of".
  void finish(Amount found, const Number& number) {
    const std::string& unit = lexicon_.unit(found.unit).name;
    if (found.milli && text_.at(found.to) == U'半' && !follows_unit(found.to + 1)) {
      Amount half = found;
      *half.milli += 500;
      half.to += 1;
      half.cost -= 0.1F;
      out_.push_back(half);
    }
    if (found.milli && unit == "斤") {
      Amount liang = found;
      if (const std::uint32_t end = liang_after(text_, found.to, *liang.milli); end != 0) {
        liang.to = end;
        liang.cost -= 0.2F;
        out_.push_back(liang);
      }
    }
    if (text_.at(found.to) == U'儿') found.to += 1;
    if (text_.at(found.to) == U'多' && !starts(text_, found.to, U"多宝")) found.to += 1;
    if (starts(text_, found.to, U"左右") || starts(text_, found.to, U"上下")) found.to += 2;
    if (starts(text_, found.to, U" of ")) found.to += 3;
    if (number.spelled && starts(text_, found.to, U"'s")) return;
    out_.push_back(found);
  }

  void alone(const Number& number, Amount amount) {
    amount.to = number.to;
    const char32_t last = text_.at(number.to - 1);
    const bool counts = last == U'俩' || last == U'仨';  // These hold their measure word.
    amount.cost = amount.marked || counts ? 1.0F : number.milli ? 2.2F : 1.2F;
    if (!amount.marked && number.milli && *number.milli >= 100 * one) amount.cost += 1.2F;
    if (number.spelled && number.milli && text_.kind_at(number.to - 1) == Kind::latin) {
      amount.cost = 1.4F;
    }
    if (starts(text_, amount.to, U" of ")) amount.to += 3;
    // "2x milk", "3 * 鸡蛋": the sign may stand behind the number.
    const char32_t next = text_.at(number.to);
    const bool sign = next == U'*' || (next == U'x' && text_.kind_at(number.to + 1) != Kind::latin);
    if (sign && !amount.marked && text_.kind_at(skip_spaces(text_, number.to + 1)) != Kind::digit) {
      Amount times = amount;
      times.to = number.to + 1;
      times.marked = true;
      times.cost = 1.1F;
      out_.push_back(times);
    }
    out_.push_back(amount);
  }

  void unit_alone(std::uint32_t from) {
    lexicon_.units_at(text_, from, [&](std::uint32_t to, UnitForm form) {
      if (form.repaired || text_.kind_at(from) != Kind::han) return;
      Amount amount;
      amount.to = to;
      amount.milli = one;
      amount.unit = form.unit;
      amount.kind = lexicon_.unit(form.unit).kind;
      amount.implicit = true;
      amount.cost = 0.5F;
      const std::string& name = lexicon_.unit(form.unit).name;
      if (name == "两" || name == "打" || name == "提" || name == "单" || name == "样") return;
      if (text_.at(to) == U'半') {  // 斤半
        amount.to += 1;
        *amount.milli += 500;
      }
      out_.push_back(amount);
    });
  }

  const Folded& text_;
  const Lexicon& lexicon_;
  std::vector<Amount>& out_;
  std::vector<Number> numbers_;
};

}  // namespace

bool is_han_digit(char32_t c) {
  return digit_of(c) >= 0 || power_of(c) != 0 || c == U'廿' || c == U'卅';
}

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

void read_amounts(const Folded& text, const Lexicon& lexicon, std::uint32_t from,
                  std::vector<Amount>& out) {
  AmountReader{text, lexicon, out}.read(from);
}

}  // namespace doorstep::intake
