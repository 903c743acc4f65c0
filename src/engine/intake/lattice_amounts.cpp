/// \file Edges of amounts, sizes, prices and times.

#include <algorithm>
#include <array>

#include "engine/intake/lattice.h"

namespace doorstep::intake {

void Lattice::amounts(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind == Kind::space || kind == Kind::newline) return;
  if (at > 0 && kind == Kind::digit && text_.kind_at(at - 1) == Kind::digit) return;
  if (at > 1 && kind == Kind::digit && text_.kind_at(at - 1) == Kind::latin &&
      text_.at(at - 1) != U'x' && text_.kind_at(at - 2) == Kind::han)
    return;  // 地库B2
  read_amounts_.clear();
  read_amounts(text_, lexicon_, at, read_amounts_);
  for (const Amount& found : read_amounts_) {
    if (found.to > end_) continue;
    if (found.repair_to > found.repair_from && text_.at(found.repair_from) == U'各' &&
        (text_.kind_at(found.to) == Kind::digit || is_han_digit(text_.at(found.to)) ||
         in(text_.at(found.to), U"送要来带拿买半给")))
      continue;                                        // 501和502各送一袋
    if (stage_ == at && found.to == at + 2) continue;  // 爱他美2段
    made_.amounts.push_back(found);
    const auto index = static_cast<std::uint32_t>(made_.amounts.size() - 1);
    // A bare number is too weak a sign to make a good of unknown words beside it.
    const bool firm = found.unit != 0 || found.marked;
    const std::uint8_t allowed = found.implicit ? with(asking)
                                 : firm ? static_cast<std::uint8_t>(any | with(needs_amount))
                                        : any;
    add(Tag::amount, at, found.to, found.cost, index, allowed, firm ? amount : other);
    if (!found.implicit) sizes(found, at, index);
  }
}

/// 20块钱的, 5元/斤, ¥30, $5.
void Lattice::prices(std::uint32_t at) {
  std::uint32_t from = at;
  const bool sign = in(text_.at(at), U"¥$￥€");
  if (sign) from = skip(at + 1);
  if (!sign && text_.kind_at(at) != Kind::digit && !is_han_digit(text_.at(at))) return;
  read_numbers_.clear();
  read_numbers(text_, from, read_numbers_);
  for (const Number& number : read_numbers_) {
    std::uint32_t to = number.to;
    if (!sign && !in(text_.at(to), U"块元毛人ry一/每")) continue;
    bool money = sign;
    for (const std::u32string_view word :
         {U"块钱", U"元钱", U"毛钱", U"人民币", U"元", U"rmb", U"yuan", U"块多"}) {
      if (!starts(to, word)) continue;
      to += static_cast<std::uint32_t>(word.size());
      money = true;
      break;
    }
    if (!money && starts(to, U"块") &&
        (text_.kind_at(to + 1) == Kind::digit || per_unit(to + 1) != 0 || starts(to + 1, U"左右") ||
         starts(to + 1, U"以内"))) {
      money = true;
      ++to;
      if (text_.kind_at(to) == Kind::digit && text_.kind_at(to + 1) != Kind::digit) ++to;  // 3块5
    }
    if (!money && starts(to, U"块的") && from == at) {  // 十五块的盒饭
      money = true;
      ++to;
    }
    // 白菜都八块了: told of a price that rose.
    if (!money && starts(to, U"块了") && from > 0 && in(text_.at(from - 1), U"都要到卖成涨")) {
      money = true;
      to += 2;
    }
    // 68一斤: a bare number before "a pound" is a price.
    const bool bleach = starts(from, U"84") && in(text_.at(to + 1), U"瓶桶壶");  // 84一瓶
    if (!money && !bleach && text_.kind_at(from) == Kind::digit && to - from <= 2 &&
        per_unit(to) != 0 && (from == 0 || text_.kind_at(from - 1) != Kind::latin)) {
      money = true;
    }
    if (!money) continue;
    if (starts(to, U"左右") || starts(to, U"以内") || starts(to, U"上下")) to += 2;
    if (const std::uint32_t end = per_unit(to); end != 0) to = end;
    if (text_.at(to) == U'的') ++to;
    add(Tag::price, at, to, 0.7F, 0, static_cast<std::uint8_t>(any | with(needs_amount)), other);
  }
}

/// 一杯3元, 每箱52块: what one costs.
void Lattice::price_of_one(std::uint32_t at) {
  const bool bracketed = text_.at(at) == U'一' && at > 0 && text_.at(at - 1) == U'(';
  if (text_.at(at) != U'每' && !bracketed) return;
  const std::uint32_t unit_end = per_unit(at);
  if (unit_end == 0) return;
  read_numbers_.clear();
  read_numbers(text_, skip(unit_end), read_numbers_);
  for (const Number& number : read_numbers_) {
    std::uint32_t to = number.to;
    if (!number.milli || !in(text_.at(to), U"元块")) continue;
    ++to;
    if (text_.at(to) == U'钱') ++to;
    if (text_.kind_at(to) == Kind::digit || is_han_digit(text_.at(to))) continue;  // 一斤三块五
    add(Tag::price, at, to, 0.8F, 0, static_cast<std::uint8_t>(any | with(needs_amount)), other);
  }
}

/// End of 一斤, /盒, 每份 at `at`; 0 when none stands there.
std::uint32_t Lattice::per_unit(std::uint32_t at) const {
  if (!in(text_.at(at), U"一/每")) return 0;
  std::uint32_t end = 0;
  lexicon_.units_at(text_, at + 1, [&](std::uint32_t to, UnitForm form) {
    if (!form.repaired) end = to;
  });
  return end;
}

/// 烧到38.7, 血糖 12.3, 高压160: what was measured is no amount of the good beside it.
void Lattice::measurements(std::uint32_t at) {
  if (text_.kind_at(at) != Kind::digit || (at > 0 && text_.kind_at(at - 1) == Kind::digit)) return;
  std::uint32_t to = at;
  while (text_.kind_at(to) == Kind::digit && to < at + 3) ++to;
  const std::uint32_t whole = to - at;
  if (text_.at(to) == U'.' && text_.kind_at(to + 1) == Kind::digit) {
    for (++to; text_.kind_at(to) == Kind::digit && to < at + 7;) ++to;
  }
  if (text_.kind_at(to) == Kind::digit || text_.kind_at(to) == Kind::latin) return;
  std::uint32_t before = at;
  const std::uint32_t reach = at > begin_ + 4 ? at - 4 : begin_;
  while (before > reach && in(text_.at(before - 1), U" :是有到了才还只已经测量出显示又得"))
    --before;
  static constexpr std::array<std::u32string_view, 14> measured{
      U"体温", U"高烧", U"低烧", U"发烧", U"发热", U"血糖",   U"血压",
      U"高压", U"低压", U"心率", U"心跳", U"血氧", U"氧饱和", U"脉搏"};
  bool told = text_.at(before - 1) == U'烧' && before > begin_ && before < at;
  for (const std::u32string_view word : measured) {
    const auto length = static_cast<std::uint32_t>(word.size());
    told = told || (before >= begin_ + length && starts(before - length, word));
  }
  // 孩子38.5: of somebody, a temperature.
  told =
      told || (whole == 2 && to - at == 4 && text_.at(at) >= U'3' && text_.at(at) <= U'4' &&
               before > begin_ && in(text_.at(before - 1), U"子娃宝妈爸奶爷婆公伴我她他儿女孙孩"));
  if (!told || whole == 0) return;
  if (in(text_.at(to), U"度℃")) ++to;
  add(Tag::time, at, to, 0.8F);
}

/// 10:30, 晚上8点, 11月28日, 3号上午 stays a word.
void Lattice::times(std::uint32_t at) {
  if (text_.kind_at(at) != Kind::digit && !is_han_digit(text_.at(at))) return;
  if (at > 0 && text_.kind_at(at - 1) == Kind::digit) return;
  std::uint32_t to = at;
  while (to < at + 4 && (text_.kind_at(to) == Kind::digit || is_han_digit(text_.at(to)))) ++to;
  const auto digits = [&](std::uint32_t from) {
    std::uint32_t end = from;
    while (end < from + 2 && (text_.kind_at(end) == Kind::digit || is_han_digit(text_.at(end))))
      ++end;
    return end;
  };
  if (to - at <= 2 && text_.at(to) == U':' && digits(to + 1) == to + 3) {
    std::uint32_t end = to + 3;
    if (text_.at(end) == U':' && digits(end + 1) == end + 3) end += 3;
    add(Tag::time, at, end, 0.8F);
  }
  if (to - at <= 3 && text_.at(to) == U'点' && text_.at(to + 1) != U'点') {
    std::uint32_t end = to + 1;
    if (in(text_.at(end), U"半钟整多前后")) ++end;
    if (in(text_.at(end), U"前后")) ++end;
    add(Tag::time, at, end, 1.0F);
  }
  if (to - at == 2 && text_.at(to) == U'度' && text_.kind_at(to + 1) == Kind::digit) {  // 39度5
    add(Tag::time, at, to + 2, 0.8F);
  }
  if (text_.at(to) == U'月' && digits(to + 1) > to + 1) {
    std::uint32_t end = digits(to + 1);
    if (in(text_.at(end), U"日号")) ++end;
    add(Tag::time, at, end, 0.8F);
  }
  if (in(text_.at(to), U"次趟遍回") && to - at <= 2 && text_.at(to + 1) != U'性') {
    add(Tag::time, at, to + 1, 0.8F);  // 拉了两次
    return;
  }
  if (!in(text_.at(to), U"年小分个天岁口周人下上早晚整礼")) return;
  if (text_.at(to) == U'年' || starts(to, U"小时") || starts(to, U"分钟") || starts(to, U"个月") ||
      starts(to, U"个小时") || starts(to, U"天") || starts(to, U"岁") || starts(to, U"口人") ||
      starts(to, U"个人") || starts(to, U"周") || starts(to, U"人份") || starts(to, U"个老人") ||
      starts(to, U"个孩子") || starts(to, U"个大人") || starts(to, U"下午") ||
      starts(to, U"上午") || starts(to, U"早上") || starts(to, U"晚上") || starts(to, U"整天") ||
      starts(to, U"个下午") || starts(to, U"个上午") || starts(to, U"礼拜") ||
      starts(to, U"个礼拜") || starts(to, U"个星期")) {
    std::uint32_t end = to + 1;
    for (const std::u32string_view word :
         {U"个小时", U"小时",   U"分钟",   U"个月", U"口人",   U"个人",  U"个老人",
          U"个孩子", U"个大人", U"人份",   U"下午", U"上午",   U"早上",  U"晚上",
          U"整天",   U"个下午", U"个上午", U"礼拜", U"个礼拜", U"个星期"}) {
      if (starts(to, word)) end = to + static_cast<std::uint32_t>(word.size());
    }
    add(Tag::time, at, end, 0.8F);
  }
}

}  // namespace doorstep::intake
