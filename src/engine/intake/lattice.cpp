#include "engine/intake/lattice.h"

#include <algorithm>
#include <limits>

namespace doorstep::intake {
namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();

/// Prices of edges, in the same currency: about one for a plain word.
constexpr float word_price = 0.55F;
constexpr float letter_price = 0.08F;
constexpr float unknown_price = 2.5F;

bool in(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

}  // namespace

bool Lattice::starts(std::uint32_t at, std::u32string_view word) const {
  return at <= text_.size() && std::u32string_view{text_.text}.substr(at).starts_with(word);
}

std::uint32_t Lattice::skip(std::uint32_t at) const {
  while (at < end_ && text_.kind[at] == Kind::space) ++at;
  return at;
}

void Lattice::add(Tag tag, std::uint32_t from, std::uint32_t to, float cost, std::uint32_t index,
                  std::uint8_t allowed, State next, TagSet tags) {
  if (to > end_ || to <= from) return;
  edges_.push_back({from, to, index, cost, tag, allowed, next, tags});
}

void Lattice::words(std::uint32_t at) {
  constexpr TagSet asks = set_of(Tag::verb) | set_of(Tag::dem) | set_of(Tag::more);
  const std::size_t first = edges_.size();
  lexicon_.words_at(text_, at, [&](std::uint32_t to, Tag tag) {
    if (to > end_ || tag == Tag::modifier || tag == Tag::tail) return;
    const float cost = word_price + letter_price * static_cast<float>(to - at);
    for (std::size_t i = first; i < edges_.size(); ++i) {
      if (edges_[i].to == to) {
        edges_[i].tags |= set_of(tag);
        if ((edges_[i].tags & asks) != 0) edges_[i].next = asking;
        return;
      }
    }
    const State next = (set_of(tag) & asks) != 0 ? asking : other;
    add(Tag::unknown, at, to, cost, 0, any, next, set_of(tag));
  });
}

void Lattice::good(std::uint32_t from, std::uint32_t to, std::uint32_t index, bool whole,
                   float cost) {
  const Good& known = lexicon_.good(index);
  FoundGood found;
  found.from = from;
  found.to = to;
  found.kind = known.kind;
  if (whole) found.canonical = known.canonical;
  made_.goods.push_back(found);
  add(Tag::good, from, to, cost + letter_price * static_cast<float>(to - from),
      static_cast<std::uint32_t>(made_.goods.size() - 1));
}

void Lattice::good_tails(std::uint32_t from, std::uint32_t to, std::uint32_t index, float cost) {
  if (text_.kind_at(to - 1) != Kind::han) return;
  lexicon_.words_at(text_, to, [&](std::uint32_t end, Tag tag) {
    if (tag != Tag::tail) return;
    // A tail that could be a measure word behind a number does not reach here; 丝 and 片 do.
    good(from, end, index, false, cost + 0.35F);
    if (end <= end_) {
      const auto known = lexicon_.find_good(std::u32string_view{text_.text}.substr(to, end - to));
      made_.goods.back().kind =
          known
              ? lexicon_.good(*known).kind
              : lexicon_.class_by_ending(std::u32string_view{text_.text}.substr(from, end - from));
    }
  });
}

/// Goods that another good can flavour: 猪肉水饺, 草莓酸奶; 猪肉牛肉 stays two goods.
bool Lattice::takes_flavour(std::uint32_t from, std::uint32_t to) const {
  static constexpr std::u32string_view heads[] = {
      U"饺子", U"水饺",   U"包子",     U"蒸饺", U"煎饺", U"馄饨",   U"云吞", U"抄手",   U"饼",
      U"粥",   U"面",     U"面条",     U"拉面", U"丸子", U"丸",     U"肠",   U"烧麦",   U"烧卖",
      U"汤",   U"炒饭",   U"盖浇饭",   U"罐头", U"干",   U"春卷",   U"锅贴", U"粽子",   U"月饼",
      U"酱",   U"方便面", U"泡面",     U"米粉", U"饭团", U"三明治", U"酸奶", U"果汁",   U"汁",
      U"蛋糕", U"果酱",   U"冰淇淋",   U"饼干", U"派",   U"糖",     U"汤圆", U"牛奶",   U"薯片",
      U"糕",   U"馅饼",   U"烤肠",     U"香肠", U"罐",   U"茶",     U"盒饭", U"套餐",   U"披萨",
      U"沙拉", U"油",     U"肉松",     U"米线", U"面包", U"粉",     U"露",   U"豆浆",   U"布丁",
      U"奶茶", U"锅巴",   U"火锅底料", U"雪糕", U"月饼", U"果冻",   U"饭",   U"小笼包", U"馒头"};
  const std::u32string_view name = std::u32string_view{text_.text}.substr(from, to - from);
  return std::any_of(std::begin(heads), std::end(heads),
                     [&](std::u32string_view head) { return name.ends_with(head); });
}

void Lattice::good_from(std::uint32_t name_from, std::uint32_t at, int depth, float cost) {
  const bool flavoured = flavour_;
  lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t index) {
    if (flavoured && !takes_flavour(at, to)) return;
    good(name_from, to, index, name_from == at, cost);
    good_tails(name_from, to, index, cost);
  });
  if (depth == 0) return;
  lexicon_.words_at(text_, at, [&](std::uint32_t to, Tag tag) {
    if (tag != Tag::modifier) return;
    std::uint32_t next = to;
    const bool latin = text_.kind_at(to - 1) == Kind::latin;
    if (latin) next = skip(to);
    if (next >= end_ || (!latin && next != to)) return;
    const bool good =
        lexicon_.find_good(std::u32string_view{text_.text}.substr(at, to - at)).has_value();
    flavour_ = flavoured || (good && text_.kind_at(at) == Kind::han);
    good_from(name_from, next, depth - 1, cost + 0.18F);
    flavour_ = flavoured;
  });
}

void Lattice::goods(std::uint32_t at) {
  good_from(at, at, 3, word_price - 0.05F);
  latin_goods(at);
  prefixed_goods(at);
}

/// A套餐, LED灯泡, 2号电池: a short run of letters or digits grown together with a good.
void Lattice::latin_goods(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind != Kind::latin || (at > 0 && (text_.kind_at(at - 1) == Kind::latin))) return;
  std::uint32_t to = at;
  while (to < at + 8 && (text_.kind_at(to) == Kind::latin || text_.kind_at(to) == Kind::digit))
    ++to;
  if (text_.kind_at(to) != Kind::han) return;
  good_from(at, to, 1, word_price + 0.5F);
}

/// Up to three unknown characters grown together with a good: 嘎嘎土豆.
void Lattice::prefixed_goods(std::uint32_t at) {
  constexpr std::uint8_t allowed = with(boundary) | with(amount) | with(asking) | with(place);
  for (std::uint32_t length = 1; length <= 3; ++length) {
    const std::uint32_t to = at + length;
    if (text_.kind_at(to - 1) != Kind::han || in(text_.at(to - 1), U"的了和跟要买不没有个吃"))
      return;
    lexicon_.goods_at(text_, to, [&](std::uint32_t end, std::uint32_t index) {
      if (text_.kind_at(to) != Kind::han || end - to < 2) return;
      good(at, end, index, false, 1.1F + 1.2F * static_cast<float>(length));
      if (!edges_.empty() && edges_.back().from == at && edges_.back().to == end) {
        edges_.back().allowed = allowed;
      }
    });
  }
}

void Lattice::unknown_goods(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind != Kind::han && kind != Kind::latin) return;
  if (kind == Kind::latin && at > 0 && text_.kind_at(at - 1) == Kind::latin) return;
  const std::uint32_t most = kind == Kind::han ? 7 : 24;
  for (std::uint32_t to = at + 1; to <= std::min(end_, at + most); ++to) {
    const Kind last = text_.kind_at(to - 1);
    if (last != kind && !(last == Kind::digit && kind == Kind::latin) &&
        !(kind == Kind::latin && last == Kind::han)) {
      return;
    }
    if (text_.kind_at(to) == Kind::latin && last == Kind::latin) continue;
    if (in(text_.at(to - 1), U"了的吗呢吧啊和跟不没各都")) return;
    if (to - at < 2) continue;
    FoundGood found;
    found.from = at;
    found.to = to;
    found.unknown = true;
    found.kind = lexicon_.class_by_ending(std::u32string_view{text_.text}.substr(at, to - at));
    made_.goods.push_back(found);
    const auto index = static_cast<std::uint32_t>(made_.goods.size() - 1);
    float cost = kind == Kind::han ? 1.9F + 0.75F * static_cast<float>(to - at) : 2.6F;
    if (found.kind != GoodClass::other) cost -= 0.8F;
    add(Tag::good, at, to, cost, index, with(amount), other);
    add(Tag::good, at, to, cost + 0.1F, index, any, needs_amount);
  }
}

void Lattice::amounts(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind == Kind::space || kind == Kind::newline) return;
  if (at > 0 && kind == Kind::digit && text_.kind_at(at - 1) == Kind::digit) return;
  read_amounts_.clear();
  read_amounts(text_, lexicon_, at, read_amounts_);
  for (const Amount& found : read_amounts_) {
    if (found.to > end_) continue;
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

/// 10斤装, 12枚/盒, 250ml×24盒, 5斤x3.
void Lattice::sizes(const Amount& found, std::uint32_t at, std::uint32_t index) {
  if (found.unit == 0 || found.marked) return;
  const auto size = [&](std::uint32_t to, std::optional<Amount> count) {
    made_.sizes.push_back({count});
    add(Tag::size, at, to, 0.7F, static_cast<std::uint32_t>(made_.sizes.size() - 1),
        static_cast<std::uint8_t>(any | with(needs_amount)), amount);
  };
  if (text_.at(found.to) == U'装') size(found.to + (text_.at(found.to + 1) == U'的' ? 2 : 1), {});
  if (text_.at(found.to) == U'/' || text_.at(found.to) == U'每') {
    lexicon_.units_at(text_, found.to + 1, [&](std::uint32_t to, UnitForm form) {
      if (!form.repaired) size(to, {});
    });
  }
  if (text_.at(found.to) == U'一') {  // 20斤一袋的
    lexicon_.units_at(text_, found.to + 1, [&](std::uint32_t to, UnitForm form) {
      if (!form.repaired && text_.at(to) == U'的') size(to + 1, {});
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
  std::vector<Number> numbers;
  if (!sign && text_.kind_at(at) != Kind::digit && !is_han_digit(text_.at(at))) return;
  read_numbers(text_, from, numbers);
  for (const Number& number : numbers) {
    std::uint32_t to = number.to;
    bool money = sign;
    for (const std::u32string_view word :
         {U"块钱", U"元钱", U"毛钱", U"人民币", U"元", U"rmb", U"yuan", U"块多"}) {
      if (!starts(to, word)) continue;
      to += static_cast<std::uint32_t>(word.size());
      money = true;
      break;
    }
    if (!money && starts(to, U"块") &&
        (text_.kind_at(to + 1) == Kind::digit || starts(to + 1, U"一斤") || starts(to + 1, U"/") ||
         starts(to + 1, U"左右") || starts(to + 1, U"以内"))) {
      money = true;
      to += text_.kind_at(to + 1) == Kind::digit ? 2 : 1;
    }
    if (!money) continue;
    if (starts(to, U"左右") || starts(to, U"以内") || starts(to, U"上下")) to += 2;
    if (starts(to, U"一斤") || starts(to, U"/斤") || starts(to, U"每斤") || starts(to, U"一个") ||
        starts(to, U"/个") || starts(to, U"/份") || starts(to, U"一份") || starts(to, U"/盒") ||
        starts(to, U"/袋"))
      to += 2;
    if (text_.at(to) == U'的') ++to;
    add(Tag::price, at, to, 0.7F, 0, static_cast<std::uint8_t>(any | with(needs_amount)), other);
  }
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
  if (text_.at(to) == U'月' && digits(to + 1) > to + 1) {
    std::uint32_t end = digits(to + 1);
    if (in(text_.at(end), U"日号")) ++end;
    add(Tag::time, at, end, 0.8F);
  }
  if (text_.at(to) == U'年' || starts(to, U"小时") || starts(to, U"分钟") || starts(to, U"个月") ||
      starts(to, U"个小时") || starts(to, U"天") || starts(to, U"岁") || starts(to, U"口人") ||
      starts(to, U"个人") || starts(to, U"周") || starts(to, U"人份") || starts(to, U"个老人") ||
      starts(to, U"个孩子") || starts(to, U"个大人")) {
    std::uint32_t end = to + 1;
    for (const std::u32string_view word : {U"个小时", U"小时", U"分钟", U"个月", U"口人", U"个人",
                                           U"个老人", U"个孩子", U"个大人", U"人份"}) {
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

/// 每板30个: how much one holds.
void Lattice::contents(std::uint32_t at) {
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
  if (before == begin_ || !in(text_.at(before - 1), U"粉奶美鹤氏")) return;
  add(Tag::unknown, at, at + 2, 0.7F, 0, any, other, set_of(Tag::note));
}

/// A code for the parcel locker: 取件码 8-2-3301.
void Lattice::codes(std::uint32_t at) {
  for (const std::u32string_view word :
       {U"取件码", U"取餐码", U"取货码", U"提货码", U"验证码", U"手机尾号", U"尾号", U"单号",
        U"取件号", U"密码", U"code", U"运单号", U"订单号"}) {
    if (!starts(at, word)) continue;
    std::uint32_t to = skip(at + static_cast<std::uint32_t>(word.size()));
    if (in(text_.at(to), U":是为")) to = skip(to + 1);
    const std::uint32_t first = to;
    while (
        to < end_ && to - first < 24 &&
        (text_.kind[to] == Kind::digit || text_.kind[to] == Kind::latin || text_.text[to] == U'-'))
      ++to;
    if (to > first) add(Tag::unknown, at, to, 0.6F, 0, any, boundary, set_of(Tag::note));
  }
}

/// Sizes of wear and strengths: 42码, 10mg, 160cm. A human must see them.
void Lattice::measures_of_wear(std::uint32_t at) {
  if (text_.kind_at(at) != Kind::digit || (at > 0 && text_.kind_at(at - 1) == Kind::digit)) return;
  std::uint32_t to = at;
  while (text_.kind_at(to) == Kind::digit ||
         (text_.at(to) == U'.' && text_.kind_at(to + 1) == Kind::digit))
    ++to;
  if (to - at > 6) return;
  for (const std::u32string_view word : {U"mg", U"码", U"寸", U"cm", U"mm", U"瓦", U"w", U"英寸",
                                         U"ug", U"iu", U"毫克", U"段", U"厘米", U"公分", U"分"}) {
    const auto end = to + static_cast<std::uint32_t>(word.size());
    if (starts(to, word) && text_.kind_at(end) != Kind::latin) {
      add(Tag::unknown, at, end, 0.9F, 0, static_cast<std::uint8_t>(any | with(needs_amount)),
          other, set_of(Tag::note));
    }
  }
  formula_stage(at);
  if (in(text_.at(to), U"抽层%度")) plain_size(at, to + 1);
}

void Lattice::addresses(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind == Kind::space || kind == Kind::newline || kind == Kind::other) return;
  read_addresses_.clear();
  read_addresses(text_, lexicon_, at, read_addresses_);
  for (AddressReading& found : read_addresses_) {
    if (found.to > end_) continue;
    const float cost = found.cost;
    const bool bare = found.bare;
    const std::uint32_t to = found.to;
    made_.addresses.push_back(std::move(found));
    const std::uint8_t allowed =
        bare ? static_cast<std::uint8_t>(with(boundary) | with(place)) : any;
    const auto index = static_cast<std::uint32_t>(made_.addresses.size() - 1);
    add(Tag::address, at, to, cost, index, allowed, place);
    if (bare) add(Tag::address, at, to, cost + 1.0F, index, any, place);
  }
}

void Lattice::persons(std::uint32_t at) {
  const char32_t c = text_.at(at);
  std::uint32_t to = at;
  lexicon_.double_surnames().find(text_.text, at,
                                  [&](std::uint32_t end, std::uint32_t) { to = end; });
  const bool prefix = in(c, U"老小阿");
  if (to == at && lexicon_.is_surname(c)) to = at + 1;
  const auto titled = [&](std::uint32_t from, float cost) {
    lexicon_.titles().find(text_.text, from, [&](std::uint32_t end, std::uint32_t) {
      add(Tag::person, at, end, cost + 0.05F * static_cast<float>(end - at));
    });
  };
  if (prefix && lexicon_.is_surname(text_.at(at + 1))) {
    const bool free = text_.kind_at(at + 2) != Kind::han;
    add(Tag::person, at, at + 2, free ? 1.0F : 2.4F);
    titled(at + 2, 0.8F);
  }
  if (to > at) {
    titled(to, 0.75F);
    if (text_.kind_at(to) == Kind::han) titled(to + 1, 1.6F);
    if (text_.kind_at(to) == Kind::han && text_.kind_at(to + 1) == Kind::han) titled(to + 2, 2.0F);
    full_name(at);
  }
}

/// A name without a title stands in its own slot: behind an address or a list number, or alone
/// between white space.
void Lattice::full_name(std::uint32_t at) {
  const bool free_before = at == begin_ || text_.kind_at(at - 1) != Kind::han;
  for (std::uint32_t length = 2; length <= 3; ++length) {
    const std::uint32_t to = at + length;
    if (text_.kind_at(to - 1) != Kind::han) return;
    if (is_han_digit(text_.at(to - 1)) || in(text_.at(to - 1), U"半几两")) return;  // 姜一块
    const bool free_after = text_.kind_at(to) != Kind::han;
    const float cost = 1.3F + (free_after ? 0.0F : 2.2F) + (free_before ? 0.0F : 1.4F);
    const float elsewhere = row_ ? 1.2F : 2.4F;
    add(Tag::person, at, to, cost, 0, with(place), other);
    add(Tag::person, at, to, cost + elsewhere, 0, with(boundary), other);
  }
}

void Lattice::phones(std::uint32_t at) {
  if (text_.kind_at(at) != Kind::digit || (at > 0 && text_.kind_at(at - 1) == Kind::digit)) return;
  std::uint32_t to = at;
  std::uint32_t digits = 0;
  std::uint32_t start = at;
  if (starts(at, U"86") && at > 0 && text_.at(at - 1) == U'+') start = to = skip(at + 2);
  while (digits < 12 && to < end_) {
    if (text_.kind_at(to) == Kind::digit) {
      ++digits;
      ++to;
    } else if (in(text_.at(to), U" -") && (digits == 3 || digits == 7) &&
               text_.kind_at(to + 1) == Kind::digit) {
      ++to;
    } else {
      break;
    }
  }
  if (digits == 11 && text_.at(start) == U'1' && text_.at(start + 1) >= U'3') {
    add(Tag::phone, at, to, 0.6F);
  }
}

/// "1." "2、" "(3)" at the start of a row or behind white space.
void Lattice::list_numbers(std::uint32_t at) {
  const bool open = text_.at(at) == U'(';
  std::uint32_t to = at + (open ? 1 : 0);
  const std::uint32_t first = to;
  while (text_.kind_at(to) == Kind::digit && to - first < 3) ++to;
  if (to == first) return;
  if (open ? text_.at(to) != U')' : !in(text_.at(to), U".、):")) return;
  ++to;
  const bool start = at == begin_ || in(text_.at(at - 1), U" ;\n,。");
  if (!start && !open) return;
  if (text_.at(to - 1) == U':' && at != begin_) return;
  const bool digit = text_.kind_at(to) == Kind::digit;
  const auto number = static_cast<std::uint32_t>(text_.at(first) - U'0');
  add(Tag::list_number, at, to, (digit && !open) ? 1.6F : 0.5F, number, any, boundary);
}

/// [图片] points at something that a machine does not see; [玫瑰] is an emoji in words.
void Lattice::brackets(std::uint32_t at) {
  if (text_.at(at) == U'@' &&
      (text_.kind_at(at + 1) == Kind::han || text_.kind_at(at + 1) == Kind::latin)) {
    std::uint32_t to = at + 1;
    while (to < at + 12 && (text_.kind_at(to) == Kind::han || text_.kind_at(to) == Kind::latin ||
                            text_.kind_at(to) == Kind::digit))
      ++to;
    if (text_.kind_at(to) == Kind::space || to == end_)
      add(Tag::unknown, at, to, 0.6F, 0, any, boundary, set_of(Tag::filler));
  }
  if (text_.at(at) != U'(' || text_.bytes[text_.byte[text_.source[at]]] != '[') return;
  std::uint32_t to = at + 1;
  while (to < at + 6 && (text_.kind_at(to) == Kind::han || text_.kind_at(to) == Kind::latin)) ++to;
  if (to == at + 1 || text_.at(to) != U')') return;
  bool pointer = false;
  for (const std::u32string_view word :
       {U"图片", U"语音", U"视频", U"文件", U"位置", U"链接", U"照片", U"小程序", U"聊天记录",
        U"image", U"photo", U"voice"}) {
    pointer |= starts(at + 1, word);
  }
  if (pointer && text_.at(skip(to + 1)) != U'\n') {
    std::uint32_t end = skip(to + 1);
    const std::uint32_t digits = end;
    while (text_.kind_at(end) == Kind::digit) ++end;
    if (end > digits && in(text_.at(end), U"\"'秒s”″")) to = end;
  }
  add(Tag::unknown, at, to + 1, 0.4F, 0, any, boundary, set_of(pointer ? Tag::note : Tag::filler));
}

/// 同2, 跟301一样, 照3号的来: a copy that names its source.
void Lattice::copies(std::uint32_t at) {
  std::uint32_t from = at;
  if (starts(at, U"same as ")) {
    from = at + 8;
    if (starts(from, U"#")) ++from;
  } else if (in(text_.at(at), U"同跟和照与")) {
    from = at + 1;
  } else {
    return;
  }
  std::uint32_t to = from;
  std::uint32_t number = 0;
  while (text_.kind_at(to) == Kind::digit && to - from < 4)
    number = number * 10 + (text_.at(to++) - U'0');
  if (to == from || text_.kind_at(to) == Kind::digit || text_.at(to) == U'.') return;
  const bool alone = text_.at(at) == U'同' || text_.kind_at(at) == Kind::latin;
  for (const std::u32string_view word : {U"号楼", U"号", U"室", U"楼", U"家", U"户"}) {
    if (starts(to, word)) {
      to += static_cast<std::uint32_t>(word.size());
      break;
    }
  }
  bool same = alone;
  for (const std::u32string_view word : {U"一样的", U"一样", U"相同", U"同款", U"的来", U"那份"}) {
    if (starts(to, word)) {
      to += static_cast<std::uint32_t>(word.size());
      same = true;
      break;
    }
  }
  if (same) add(Tag::unknown, at, to, 0.5F, number, any, other, set_of(Tag::copy));
}

void Lattice::fallback(std::uint32_t at) {
  const Kind kind = text_.kind_at(at);
  if (kind == Kind::punct) {
    add(Tag::punct, at, at + 1, 0.2F, 0, any, boundary);
    return;
  }
  if (kind == Kind::other) {
    // Emoji and signs say nothing that an order needs; a good among them has its own edge.
    add(Tag::unknown, at, at + 1, 0.6F, 0, any, boundary, set_of(Tag::filler));
    return;
  }
  if (kind == Kind::newline) {
    add(Tag::newline, at, at + 1, 0.1F, 0, any, boundary);
    return;
  }
  std::uint32_t to = at + 1;
  float cost = unknown_price;
  if (kind == Kind::latin || kind == Kind::digit) {
    while (to < end_ && to < at + 40 && text_.kind[to] == kind) ++to;
    cost = kind == Kind::latin ? 3.0F : 3.6F;
  }
  add(Tag::unknown, at, to, cost);
}

void Lattice::edges_at(std::uint32_t at) {
  const Kind kind = text_.kind[at];
  fallback(at);
  if (kind == Kind::newline) return;
  words(at);
  goods(at);
  if (kind == Kind::punct || kind == Kind::other) {
    brackets(at);
    list_numbers(at);
    amounts(at);
    addresses(at);
    prices(at);
    return;
  }
  unknown_goods(at);
  amounts(at);
  addresses(at);
  if (kind == Kind::han) persons(at);
  copies(at);
  codes(at);
  contents(at);
  if (kind == Kind::han) formula_stage(at);
  if (kind == Kind::digit) {
    list_numbers(at);
    phones(at);
    measures_of_wear(at);
  }
  if (kind == Kind::digit || kind == Kind::han) {
    prices(at);
    times(at);
  }
}

void Lattice::best_path() {
  const std::size_t length = end_ - begin_;
  best_.assign((length + 1) * state_count, {infinite, -1, other});
  const auto at = [&](std::uint32_t position, unsigned state) -> Best& {
    return best_[static_cast<std::size_t>(position - begin_) * state_count + state];
  };
  at(begin_, boundary).cost = 0;
  for (std::uint32_t position = begin_; position < end_; ++position) {
    for (std::uint32_t e = first_[position - begin_]; e < first_[position - begin_ + 1]; ++e) {
      const Edge& edge = edges_[e];
      const std::uint32_t next = skip(edge.to);
      for (unsigned state = 0; state < state_count; ++state) {
        const float before = at(position, state).cost;
        if (before == infinite || (edge.allowed & (1U << state)) == 0) continue;
        Best& best = at(next, edge.next);
        if (before + edge.cost < best.cost) {
          best = {before + edge.cost, static_cast<std::int32_t>(e), static_cast<State>(state)};
        }
      }
    }
  }
}

void Lattice::collect() {
  made_.tokens.clear();
  std::uint32_t position = end_;
  State state = other;
  float least = infinite;
  const auto at = [&](std::uint32_t where, unsigned which) -> const Best& {
    return best_[static_cast<std::size_t>(where - begin_) * state_count + which];
  };
  for (unsigned i = 0; i < state_count; ++i) {
    if (i == needs_amount) continue;
    if (at(end_, i).cost < least) {
      least = at(end_, i).cost;
      state = static_cast<State>(i);
    }
  }
  if (least == infinite) return;
  while (position > begin_) {
    const Best& best = at(position, state);
    if (best.edge < 0) break;
    const Edge& edge = edges_[static_cast<std::size_t>(best.edge)];
    Token token;
    token.from = edge.from;
    token.to = edge.to;
    token.tag = edge.tag;
    token.tags = edge.tags;
    token.index = edge.index;
    token.gap = edge.from > begin_ && text_.kind[edge.from - 1] == Kind::space;
    made_.tokens.push_back(token);
    position = edge.from;
    state = best.before;
  }
  std::reverse(made_.tokens.begin(), made_.tokens.end());
}

Reading Lattice::read(std::uint32_t from, std::uint32_t to, bool row) {
  made_ = {};
  edges_.clear();
  row_ = row;
  end_ = to;
  begin_ = skip(from);
  if (begin_ >= end_) return {};
  first_.clear();
  for (std::uint32_t at = begin_; at < end_; ++at) {
    first_.push_back(static_cast<std::uint32_t>(edges_.size()));
    if (text_.kind[at] != Kind::space) edges_at(at);
  }
  first_.push_back(static_cast<std::uint32_t>(edges_.size()));
  best_path();
  collect();
  repairs();
  return std::move(made_);
}

}  // namespace doorstep::intake
