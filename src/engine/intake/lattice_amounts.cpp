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

/// An amount in `unit` stands at `at`.
bool Lattice::again_at(std::uint32_t at, UnitId unit) const {
  std::vector<Amount> counts;
  read_amounts(text_, lexicon_, skip(at), counts);
  return std::any_of(counts.begin(), counts.end(), [&](const Amount& count) {
    return !count.implicit && count.unit == unit;
  });
}

/// Behind the good that stands at `at` it is counted in `unit`.
bool Lattice::counted_again(std::uint32_t at, UnitId unit) const {
  std::vector<Amount> counts;
  for (std::uint32_t to = at + 1; to < at + 14 && to < end_; ++to) {
    const Kind kind = text_.kind_at(to);
    if (kind != Kind::digit && !is_han_digit(text_.at(to)) && text_.at(to) != U'半') continue;
    counts.clear();
    read_amounts(text_, lexicon_, to, counts);
    for (const Amount& count : counts) {
      if (!count.implicit && count.unit == unit) return true;
    }
  }
  return false;
}

/// 4.5L的四桶, 1.7升的, 一壶5升的那种: how large, told apart from the good.
void Lattice::sizes_of(const Amount& found, std::uint32_t at) {
  const auto note = [&](std::uint32_t to) {
    add(Tag::unknown, at, to, 0.7F, 0, static_cast<std::uint8_t>(any | with(needs_amount)), other,
        set_of(Tag::note));
  };
  const auto weighs = [](const Amount& amount) {
    return amount.kind == UnitClass::volume || amount.kind == UnitClass::weight;
  };
  const auto end_of = [&](std::uint32_t of) {  // Behind 的 or 的那种.
    return of + 1 + (starts(of + 1, U"那种") ? 2U : 0U);
  };
  if (text_.at(found.to) == U'的' && weighs(found)) {
    const std::uint32_t to = end_of(found.to);
    const bool latin = text_.kind_at(found.to - 1) == Kind::latin;
    const bool apart = at > begin_ && text_.kind_at(at - 1) == Kind::space &&
                       text_.kind_at(at) == Kind::digit;
    if (text_.kind_at(to) != Kind::han ? latin || apart
                                       : latin && (is_han_digit(text_.at(to)) ||
                                                   in(text_.at(to), U"来要买拿带")))
      note(to);
  }
  if (found.kind != UnitClass::container || at == begin_ || text_.kind_at(at - 1) == Kind::han) return;
  std::vector<Amount> held;
  read_amounts(text_, lexicon_, found.to, held);
  for (const Amount& inner : held) {
    if (inner.implicit || !weighs(inner) || text_.at(inner.to) != U'的') continue;
    if (starts(inner.to + 1, U"那种") && text_.kind_at(inner.to + 3) != Kind::han) note(inner.to + 3);
  }
}

/// 10斤装, 12枚/盒, 250ml×24盒, 5斤x3.
void Lattice::sizes(const Amount& found, std::uint32_t at, std::uint32_t index) {
  if (found.unit == 0 || found.marked) return;
  const auto size = [&](std::uint32_t to, std::optional<Amount> count) {
    made_.sizes.push_back({count});
    add(Tag::size, at, to, 0.7F, static_cast<std::uint32_t>(made_.sizes.size() - 1),
        static_cast<std::uint8_t>(any | with(needs_amount)), amount);
  };
  sizes_of(found, at);
  if (in(text_.at(found.to), U"桶袋盒瓶罐箱壶") && text_.at(found.to + 1) == U'装')
    size(found.to + 2, {});  // 5L桶装
  const bool weighs = found.kind == UnitClass::weight || found.kind == UnitClass::volume;
  if (weighs && found.milli && text_.at(found.to) == U'一') {  // 200g一盒两盒, 一斤左右一条
    lexicon_.units_at(text_, found.to + 1, [&](std::uint32_t to, UnitForm form) {
      if (form.repaired || form.unit == found.unit) return;
      if (again_at(to, form.unit)) size(to, {});
      const bool about = text_.at(found.to - 1) == U'右' || text_.at(found.to - 1) == U'下';
      if (about && (to >= end_ || text_.kind_at(to) != Kind::han))
        add(Tag::unknown, at, to, 0.65F, 0, static_cast<std::uint8_t>(any | with(needs_amount)),
            other, set_of(Tag::note));
    });
  }
  if (text_.at(found.to) == U'装') size(found.to + (text_.at(found.to + 1) == U'的' ? 2 : 1), {});
  if (starts(found.to, U"也行") || starts(found.to, U"也可") || starts(found.to, U"也成")) {
    const bool able = starts(found.to, U"也可以");
    add(Tag::unknown, at, found.to + (able ? 3 : 2), 0.6F, 0,
        static_cast<std::uint8_t>(any | with(needs_amount)), other, set_of(Tag::note));
  }
  if (text_.at(found.to) == U'起' && text_.kind_at(found.to + 1) != Kind::han)
    size(found.to + 1, {});  // 一箱起
  if (found.kind == UnitClass::container && found.milli) {  // 一箱24盒的牛奶来两箱
    std::vector<Amount> held;
    read_amounts(text_, lexicon_, found.to, held);
    for (const Amount& inner : held) {
      if (inner.implicit || inner.marked || inner.unit == 0 || inner.unit == found.unit) continue;
      if (text_.at(inner.to) == U'的' && counted_again(inner.to + 1, found.unit))
        size(inner.to + 1, {});
    }
  }
  if (text_.at(found.to) == U'/' || text_.at(found.to) == U'每') {
    lexicon_.units_at(text_, found.to + 1, [&](std::uint32_t to, UnitForm form) {
      if (!form.repaired) size(to, {});
    });
  }
  if (text_.at(found.to) == U'一') {  // 20斤一袋的
    lexicon_.units_at(text_, found.to + 1, [&](std::uint32_t to, UnitForm form) {
      if (form.repaired || text_.at(to) != U'的') return;
      add(Tag::unknown, at, to + 1, 0.65F, 0, static_cast<std::uint8_t>(any | with(needs_amount)),
          other, set_of(Tag::note));
    });
  }
  if (text_.at(found.to) == U'一' && at > 0 && text_.at(at - 1) == U'(') {  // (5个一袋)
    lexicon_.units_at(text_, found.to + 1, [&](std::uint32_t to, UnitForm form) {
      if (!form.repaired && text_.at(to) == U')') size(to, {});
    });
  }
  const std::uint32_t sign = skip(found.to);
  if (text_.at(sign) != U'*' && text_.at(sign) != U'x') return;
  std::vector<Amount> counts;
  read_amounts(text_, lexicon_, sign, counts);
  for (const Amount& count : counts) {
    if (!count.implicit && count.marked) size(count.to, count);
  }
  static_cast<void>(index);
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
        per_unit(to) != 0 &&
        (from == 0 || text_.kind_at(from - 1) != Kind::latin)) {
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
  while (before > reach && in(text_.at(before - 1), U" :是有到了才还只已经测量出显示又得")) --before;
  static constexpr std::array<std::u32string_view, 14> measured{
      U"体温", U"高烧", U"低烧", U"发烧", U"发热", U"血糖",   U"血压",
      U"高压", U"低压", U"心率", U"心跳", U"血氧", U"氧饱和", U"脉搏"};
  bool told = text_.at(before - 1) == U'烧' && before > begin_ && before < at;
  for (const std::u32string_view word : measured) {
    const auto length = static_cast<std::uint32_t>(word.size());
    told = told || (before >= begin_ + length && starts(before - length, word));
  }
  // 孩子38.5: of somebody, a temperature.
  told = told || (whole == 2 && to - at == 4 && text_.at(at) >= U'3' && text_.at(at) <= U'4' &&
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

void Lattice::plain_size(std::uint32_t from, std::uint32_t to) {
  made_.sizes.push_back({});
  add(Tag::size, from, to, 0.9F, static_cast<std::uint32_t>(made_.sizes.size() - 1),
      static_cast<std::uint8_t>(any | with(needs_amount)), other);
}

/// 五连包, 六联杯: how many one pack holds.
void Lattice::multipacks(std::uint32_t at) {
  if (!is_han_digit(text_.at(at)) && text_.kind_at(at) != Kind::digit) return;
  std::uint32_t to = at + 1;
  if (text_.kind_at(to) == Kind::digit) ++to;
  if (!in(text_.at(to), U"连联") || !in(text_.at(to + 1), U"包杯袋瓶装罐")) return;
  plain_size(at, to + 2);
}

/// 每人限2包, 限购一箱: how much one may order.
void Lattice::limits(std::uint32_t at) {
  std::uint32_t to = at;
  for (const std::u32string_view who : {U"每人", U"每户", U"每家", U"一户", U"一家"}) {
    if (starts(at, who)) to = at + 2;
  }
  const bool each = to > at && text_.at(at) == U'每';
  bool bound = false;
  for (const std::u32string_view word : {U"限购", U"最多买", U"最多", U"限", U"至多", U"只能买"}) {
    if (bound || !starts(to, word)) continue;
    to += static_cast<std::uint32_t>(word.size());
    bound = true;
  }
  if (!bound || (to == at + 1 && !each)) {
    if (!bound || text_.kind_at(to) != Kind::digit) return;
  }
  std::vector<Amount> most;
  read_amounts(text_, lexicon_, skip(to), most);
  for (const Amount& amount : most) {
    if (!amount.implicit && amount.unit != 0) plain_size(at, amount.to);
  }
}

/// 每板30个: how much one holds.
void Lattice::contents(std::uint32_t at) {
  if (in(text_.at(at), U"每一限最至只")) limits(at);
  if (text_.at(at) != U'每' && text_.at(at) != U'一') return;
  lexicon_.units_at(text_, at + 1, [&](std::uint32_t to, UnitForm form) {
    if (form.repaired || text_.at(at) != U'每') return;
    if (lexicon_.unit(form.unit).kind != UnitClass::container) return;
    std::vector<Amount> held;
    read_amounts(text_, lexicon_, skip(to), held);
    for (const Amount& amount : held) {
      if (!amount.implicit && amount.unit != 0) plain_size(at, amount.to);
    }
  });
}

/// 奶粉2段: the stage of a formula, no amount.
void Lattice::formula_stage(std::uint32_t at) {
  if (text_.at(at + 1) != U'段' ||
      !(text_.kind_at(at) == Kind::digit || is_han_digit(text_.at(at))))
    return;
  std::uint32_t before = at;
  while (before > begin_ && text_.kind[before - 1] == Kind::space) --before;
  const bool behind_name =
      before > begin_ && in(text_.at(before - 1), U"粉奶美鹤氏宝元臣培赋能儿恩冠特帆护凯优2");
  if (!behind_name && text_.text.rfind(U"奶粉", at) == std::u32string::npos) return;
  stage_ = at;
  add(Tag::unknown, at, at + 2, 0.7F, 0, any, other, set_of(Tag::note));
}

/// Sizes of wear and strengths: 42码, 10mg, 160cm. A human must see them.
void Lattice::measures_of_wear(std::uint32_t at) {
  const bool han = is_han_digit(text_.at(at));
  if (text_.kind_at(at) != Kind::digit && !han) return;
  if (at > 0 && text_.kind_at(at - 1) == Kind::digit) return;
  std::uint32_t to = at;
  while (to - at <= 6 && (text_.kind_at(to) == Kind::digit || (han && is_han_digit(text_.at(to))) ||
                          (text_.at(to) == U'.' && text_.kind_at(to + 1) == Kind::digit)))
    ++to;
  if (to - at > 6) return;
  if (to - at >= 2 && in(text_.at(to), U"*x") && text_.kind_at(to + 1) == Kind::digit &&
      text_.kind_at(to + 2) == Kind::digit) {  // 60*90
    std::uint32_t end = to + 1;
    while (end < to + 5 && text_.kind_at(end) == Kind::digit) ++end;
    if (starts(end, U"cm") || starts(end, U"厘米")) end += 2;
    if (end - to <= 6 && text_.kind_at(end) != Kind::latin)
      add(Tag::unknown, at, end, 0.7F, 0, static_cast<std::uint8_t>(any | with(needs_amount)),
          other, set_of(Tag::note));
  }
  if (text_.at(to) == U'号' && text_.at(to + 1) == U'的' && to - at <= 2) {  // 7号的
    add(Tag::unknown, at, to + 1, 0.9F, 0, any, other, set_of(Tag::note));
  }
  const bool measured = in(text_.at(to), U"m码寸c瓦w英ui毫微段厘公分米伏色孔格层轮人档");
  for (const std::u32string_view word :
       {U"mg",   U"码",   U"寸",     U"cm",     U"mm",     U"瓦",   U"w",    U"英寸",
        U"ug",   U"iu",   U"毫克",   U"微克",   U"段",     U"厘米", U"公分", U"分",
        U"米的", U"米长", U"米线的", U"毫安",   U"mah",    U"伏",   U"色的", U"孔的",
        U"格的", U"层的", U"轮的",   U"人用的", U"人份的", U"档的"}) {
    if (!measured) break;
    if (!starts(to, word) || (han && (word == U"分" || word == U"段"))) continue;
    const auto end = to + static_cast<std::uint32_t>(word.size());
    if (text_.kind_at(end) != Kind::latin) {
      add(Tag::unknown, at, end, 0.9F, 0, static_cast<std::uint8_t>(any | with(needs_amount)),
          other, set_of(Tag::note));
    }
  }
  if (text_.at(to) == U'米' &&
      (text_.kind_at(to + 1) == Kind::digit || is_han_digit(text_.at(to + 1))) &&
      in(text_.at(to + 2), U"的宽长高")) {  // 一米五的
    const std::uint32_t end = to + 3 + (text_.at(to + 3) == U'的' ? 1 : 0);
    add(Tag::unknown, at, end, 0.8F, 0, any, other, set_of(Tag::note));
  }
  if (in(text_.at(to), U"%度") && text_.at(to + 1) == U'的') {  // 52度的
    add(Tag::unknown, at, to + 2, 0.8F, 0, any, other, set_of(Tag::note));
  } else if (in(text_.at(to), U"抽层%度")) {
    plain_size(at, to + 1);
  }
}

}  // namespace doorstep::intake
