/// \file Numbers with their measure words: two 斤 and a half, 3x, +1, 一斤二两.

#include "engine/intake/numerals.h"

namespace doorstep::intake {
namespace {

constexpr std::int64_t one = 1000;

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
      sized(number, amount);
      if (!number.needs_unit) alone(number, amount);
      if (sign == 0) length(number, amount, from);
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
    // 101 包菜: a room, then a good that begins like a measure word.
    const bool room = number.milli && *number.milli >= 100 * one && text_.kind_at(at) == Kind::han;
    units(number, amount, at, at > number.to ? (room ? 1.8F : 0.1F) : 0.0F);
  }

  void units(const Number& number, Amount amount, std::uint32_t at, float extra) {
    lexicon_.units_at(text_, at, [&](std::uint32_t to, UnitForm form) {
      if (form.repaired && !number.milli) return;
      if (form.repaired && at > number.to && !form.pinyin) return;
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

  /// three 5kg bags of rice, 3 x 500g packs: the size stands between the number and its container.
  void sized(const Number& number, const Amount& amount) {
    std::uint32_t at = skip_spaces(text_, number.to);
    if (at == number.to || !number.milli) return;
    if (text_.at(at) == U'x' && text_.kind_at(at + 1) != Kind::latin)
      at = skip_spaces(text_, at + 1);
    const std::uint32_t first = at;
    while (text_.kind_at(at) == Kind::digit || (at > first && text_.at(at) == U'.')) ++at;
    if (at == first) return;
    at = skip_spaces(text_, at);
    std::uint32_t size_end = 0;
    lexicon_.units_at(text_, at, [&](std::uint32_t to, UnitForm form) {
      const UnitClass kind = lexicon_.unit(form.unit).kind;
      if (!form.repaired && text_.kind_at(at) == Kind::latin && text_.kind_at(to) != Kind::latin &&
          (kind == UnitClass::weight || kind == UnitClass::volume))
        size_end = to;
    });
    if (size_end == 0) return;
    if (text_.at(size_end) == U'-') ++size_end;
    const std::uint32_t holder = skip_spaces(text_, size_end);
    if (text_.kind_at(holder) != Kind::latin) return;
    lexicon_.units_at(text_, holder, [&](std::uint32_t to, UnitForm form) {
      const Unit& unit = lexicon_.unit(form.unit);
      if (form.repaired || unit.kind == UnitClass::weight || unit.kind == UnitClass::volume ||
          text_.kind_at(to) == Kind::latin)
        return;
      Amount found = amount;
      found.unit = form.unit;
      found.kind = unit.kind;
      found.to = starts(text_, to, U" of ") ? to + 3 : to;
      found.cost = 0.9F;
      out_.push_back(found);
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
    if (text_.at(found.to) == U'多' && !starts(text_, found.to, U"多宝")) {
      Amount bare = found;  // 一盒多潘立酮
      bare.cost += 0.15F;
      out_.push_back(bare);
      found.to += 1;
    }
    if (starts(text_, found.to, U"左右") || starts(text_, found.to, U"上下")) found.to += 2;
    if (starts(text_, found.to, U" of ")) found.to += 3;
    if (number.spelled && starts(text_, found.to, U"'s")) return;
    out_.push_back(found);
  }

  /// 松紧带两米: behind a good a length, though 米 is rice.
  void length(const Number& number, Amount amount, std::uint32_t from) {
    if (text_.at(number.to) != U'米' || !number.milli || text_.kind_at(number.to + 1) == Kind::han)
      return;
    if (from == 0 || text_.kind_at(from - 1) != Kind::han ||
        in(text_.at(from - 1), U"要买来带送拿和跟"))
      return;
    amount.to = number.to + 1;
    amount.cost = 1.0F;
    amount.marked = true;
    out_.push_back(amount);
  }

  void alone(const Number& number, Amount amount) {
    amount.to = number.to;
    if (text_.at(number.to) == U'号' && !amount.marked) return;  // 3号架 counts nothing.
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
      if (text_.at(to) == U'半' && !follows_unit(to + 1)) {  // 白糖斤半
        amount.to += 1;
        *amount.milli += 500;
        amount.implicit = amount.kind != UnitClass::weight;
        amount.cost = 1.1F;
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

void read_amounts(const Folded& text, const Lexicon& lexicon, std::uint32_t from,
                  std::vector<Amount>& out) {
  AmountReader{text, lexicon, out}.read(from);
}

}  // namespace doorstep::intake
