/// \file Edges of words and goods, known and unknown.

#include <algorithm>

#include "engine/intake/lattice.h"

namespace doorstep::intake {

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

/// Words of the language keep the goods inside them from being read: 天花板 is no flower. A noun
/// may be a good nobody listed, beside an amount.
void Lattice::common_words(std::uint32_t at) {
  lexicon_.common_at(text_, at, [&](std::uint32_t to, Lexicon::Common kind) {
    const bool cue = kind == Lexicon::Common::cue;
    const bool noun = kind == Lexicon::Common::noun;
    const float cost =
        (cue ? word_price + 0.35F : common_price) + letter_price * static_cast<float>(to - at);
    add(Tag::unknown, at, to, cost, 0, any, other, set_of(Tag::common));
    if (!noun || to > end_ || !may_count(at, to)) return;
    FoundGood found;
    found.from = at;
    found.to = to;
    found.unknown = true;
    found.kind = lexicon_.class_by_ending(std::u32string_view{text_.text}.substr(at, to - at));
    made_.goods.push_back(found);
    const auto index = static_cast<std::uint32_t>(made_.goods.size() - 1);
    add(Tag::good, at, to, cost - 0.05F, index, with(amount), other);
    add(Tag::good, at, to, cost - 0.05F, index, any, needs_amount);
  });
}

/// 娃哈哈两排: what else stands before a good may be one beside an amount.
void Lattice::brands(std::uint32_t at) {
  lexicon_.words_at(text_, at, [&](std::uint32_t to, Tag tag) {
    if (tag != Tag::modifier || to > end_ || to - at < 2 || text_.kind_at(at) != Kind::han) return;
    if (text_.at(to) == U'的') {  // 一瓶海天的: whose make, for a human.
      add(Tag::unknown, at, to + 1, word_price + letter_price * static_cast<float>(to - at), 0, any,
          other, set_of(Tag::note));
    }
    if (lexicon_.find_good(std::u32string_view{text_.text}.substr(at, to - at))) return;
    const std::size_t powder = text_.text.find(U"奶粉");
    const bool named = powder != std::u32string::npos &&
                       !in(text_.at(static_cast<std::uint32_t>(powder) + 2), U"没快断见吃喝剩");
    const bool stage = !named && text_.at(to + 1) == U'段' &&
                       (text_.kind_at(to) == Kind::digit || digit_of(text_.at(to)) > 0);
    FoundGood found;
    found.from = at;
    found.to = to;
    found.unknown = true;
    if (stage) {  // 飞鹤3段一罐: a formula by its maker and stage.
      FoundGood formula = found;
      formula.to = to + 2;
      formula.kind = GoodClass::baby;
      formula.unknown = false;
      made_.goods.push_back(formula);
      const auto staged = static_cast<std::uint32_t>(made_.goods.size() - 1);
      add(Tag::good, at, to + 2, 0.9F, staged, with(amount), other);
      add(Tag::good, at, to + 2, 0.9F, staged, any, needs_amount);
    }
    made_.goods.push_back(found);
    const auto index = static_cast<std::uint32_t>(made_.goods.size() - 1);
    // 尿裤花王一包: the maker named behind the good is for a human.
    add(Tag::unknown, at, to, 1.9F, 0, any, other, set_of(Tag::note));
    add(Tag::good, at, to, 1.2F, index, with(amount), other);
    add(Tag::good, at, to, 1.2F, index, any, needs_amount);
  });
}

/// 羊葱: pieced together from a modifier and a good, it sounds like a good that is listed (洋葱).
std::optional<std::uint32_t> Lattice::sound_twin(std::uint32_t from, std::uint32_t to) const {
  const std::u32string_view name = std::u32string_view{text_.text}.substr(from, to - from);
  if (name.size() < 2 || name.size() > 3 || lexicon_.find_good(name) || name.ends_with(U'子') ||
      in(name[0], U"鲜嫩老大小甜酸辣咸淡红黄绿白黑紫青冰冻干湿生熟土野活"))
    return std::nullopt;  // 梨子 is no 李子, 鲜肉 no 咸肉
  const std::string sound = lexicon_.pinyin(name);
  const auto* found = sound.empty() ? nullptr : lexicon_.goods_by_sound(sound);
  if (found == nullptr) return std::nullopt;
  const std::u32string& twin = lexicon_.good(found->front()).name;
  if (twin.size() != name.size()) return std::nullopt;
  std::size_t shared = 0;
  for (std::size_t i = 0; i < name.size(); ++i) shared += name[i] == twin[i] ? 1 : 0;
  return shared + 1 == name.size() ? std::optional{found->front()} : std::nullopt;
}

void Lattice::good(std::uint32_t from, std::uint32_t to, std::uint32_t index, bool whole,
                   float cost) {
  if (const std::uint32_t end = lettered(to); end != to) good(from, end, index, false, cost - 0.2F);
  const Good& known = lexicon_.good(index);
  FoundGood found;
  found.from = from;
  found.to = to;
  found.kind = known.kind;
  // frozen dumplings are dumplings; what Chinese puts before a good is part of its name.
  if (whole || known.english) found.canonical = known.canonical;
  if (const auto meant = whole ? std::nullopt : sound_twin(from, to)) {
    found.canonical = lexicon_.good(*meant).canonical;
    found.repaired = true;
  }
  made_.goods.push_back(found);
  // 对面, 水管: a good of one character is easily part of another word.
  float short_name = to - from == 1 && text_.kind_at(from) == Kind::han ? 0.4F : 0.0F;
  if (short_name > 0 && in_staples(from)) short_name = -0.12F;  // 柴米油盐, 米面油
  add(Tag::good, from, to, cost + short_name + letter_price * static_cast<float>(to - from),
      static_cast<std::uint32_t>(made_.goods.size() - 1));
}

/// 套餐A, 组合B: a letter behind what is offered as a set names which.
std::uint32_t Lattice::lettered(std::uint32_t to) const {
  if (to < 2 || !in(text_.at(to - 1), U"餐合款包")) return to;
  const bool letter = text_.kind_at(to) == Kind::latin && text_.at(to) <= U'h' &&
                      text_.kind_at(to + 1) != Kind::latin && text_.kind_at(to + 1) != Kind::digit;
  return letter ? to + 1 : to;
}

/// Three or more staples of one character in a row are so many goods.
bool Lattice::in_staples(std::uint32_t at) const {
  constexpr std::u32string_view staples = U"米面油盐酱醋糖茶葱姜蒜肉蛋奶菜";
  std::uint32_t from = at;
  while (from > begin_ && at - from < 4 && in(text_.at(from - 1), staples)) --from;
  std::uint32_t to = at;
  while (to < end_ && to - at < 4 && in(text_.at(to), staples)) ++to;
  return to - from >= 3;
}

void Lattice::good_tails(std::uint32_t from, std::uint32_t to, std::uint32_t index, float cost) {
  if (text_.kind_at(to - 1) != Kind::han) return;
  lexicon_.words_at(text_, to, [&](std::uint32_t end, Tag tag) {
    if (tag != Tag::tail) return;
    // A tail that could be a measure word behind a number does not reach here; 丝 and 片 do.
    good(from, end, index, false, cost + 0.35F);
    if (end <= end_ && text_.at(end - 1) != U'子') {  // 梨子 are pears.
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
  const bool savoury = flavour_ == GoodClass::egg || flavour_ == GoodClass::meat ||
                       flavour_ == GoodClass::fish || flavour_ == GoodClass::veg;
  static constexpr std::u32string_view sweet[] = {U"牛奶", U"酸奶", U"豆浆", U"奶茶",  U"茶",
                                                  U"糖",   U"油",   U"雪糕", U"冰淇淋"};
  if (savoury && std::any_of(std::begin(sweet), std::end(sweet),
                             [&](std::u32string_view head) { return name.ends_with(head); }))
    return false;
  return std::any_of(std::begin(heads), std::end(heads),
                     [&](std::u32string_view head) { return name.ends_with(head); });
}

void Lattice::good_from(std::uint32_t name_from, std::uint32_t at, int depth, float cost) {
  const std::optional<GoodClass> before = flavour_;
  lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t index) {
    if (before && !takes_flavour(at, to)) return;
    good(name_from, to, index, name_from == at, cost);
    good_tails(name_from, to, index, cost);
  });
  if (depth == 0) return;
  for (std::uint32_t length = 2; length <= 4; ++length) {  // 黄瓜味薯片
    if (text_.kind_at(at) != Kind::han || text_.kind_at(at + length - 1) != Kind::han) break;
    if (text_.at(at + length - 1) != U'味') continue;
    good_from(name_from, at + length, depth - 1, cost + 0.3F);
    break;
  }
  for (std::uint32_t length = 3; length <= 7; ++length) {  // 猪肉白菜馅水饺
    if (text_.kind_at(at) != Kind::han || text_.kind_at(at + length - 1) != Kind::han) break;
    if (text_.at(at + length - 1) != U'馅') continue;
    if (text_.kind_at(at + length) == Kind::han)
      good_from(name_from, at + length, depth - 1, cost + 0.3F);
    break;
  }
  if (in(text_.at(at), U"无零低高") && text_.kind_at(at + 1) == Kind::han) {  // 无麸质面包
    for (std::uint32_t length = 2; length <= 3; ++length)
      good_from(name_from, at + length, 0, cost + 0.45F);
  }
  lexicon_.words_at(text_, at, [&](std::uint32_t to, Tag tag) {
    if (tag != Tag::modifier) return;
    // 三斤半排骨: the half belongs to the amount.
    if (text_.at(at) == U'半' && at > begin_ && in(text_.at(at - 1), U"斤两个只条箱袋盒瓶升克"))
      return;
    std::uint32_t next = to;
    const bool latin = text_.kind_at(to - 1) == Kind::latin;
    if (latin) next = skip(to);
    if (next >= end_ || (!latin && next != to)) return;
    const auto good = lexicon_.find_good(std::u32string_view{text_.text}.substr(at, to - at));
    if (good && text_.kind_at(at) == Kind::han) flavour_ = lexicon_.good(*good).kind;
    good_from(name_from, next, depth - 1, cost + 0.18F);
    flavour_ = before;
  });
}

void Lattice::add_dish(std::uint32_t from, std::uint32_t to) {
  FoundGood found;
  found.from = from;
  found.to = to;
  found.kind = GoodClass::cooked;
  made_.goods.push_back(found);
  add(Tag::good, from, to, word_price + 0.2F + letter_price * static_cast<float>(to - from),
      static_cast<std::uint32_t>(made_.goods.size() - 1));
}

/// 西红柿炒蛋, 土豆炖牛肉: two goods and how they are cooked are one dish.
void Lattice::dishes(std::uint32_t at) {
  lexicon_.goods_at(text_, at, [&](std::uint32_t middle, std::uint32_t) {
    if (middle - at < 2) return;
    const bool heads = in(text_.at(middle), U"盖煲三炒拌焗便汤泡汉沙烩捞粽");
    if (!heads && !in(text_.at(middle), U"炒烧炖烩拌爆焖焗煲煮煎蒸")) return;
    for (const std::u32string_view head :
         {U"盖浇饭", U"煲仔饭", U"盖码饭", U"三明治", U"盖饭", U"炒饭", U"拌饭",
          U"焗饭",   U"便当",   U"汤面",   U"拌面",   U"炒面", U"炒粉", U"泡馍",
          U"汉堡",   U"沙拉",   U"汤饭",   U"烩饭",   U"捞饭", U"粽"}) {
      if (!starts(middle, head)) continue;
      add_dish(at, middle + static_cast<std::uint32_t>(head.size()));
      break;
    }
    if (!in(text_.at(middle), U"炒烧炖烩拌爆焖焗煲煮煎蒸")) return;
    lexicon_.goods_at(text_, middle + 1, [&](std::uint32_t to, std::uint32_t index) {
      if (in(text_.at(to - 1), U"汤菜粥") || is_han_digit(text_.at(to))) return;
      good(at, to, index, false, word_price + 0.2F);
      if (to <= end_) made_.goods.back().kind = GoodClass::cooked;
    });
  });
}

/// 豆浆机滤网, 轮椅坐垫: an appliance and its part are one good.
void Lattice::parts(std::uint32_t at) {
  lexicon_.goods_at(text_, at, [&](std::uint32_t middle, std::uint32_t device) {
    if (middle - at < 2 || !in(text_.at(middle - 1), U"机器锅壶炉扇椅床车计仪灯")) return;
    const GoodClass kind = lexicon_.good(device).kind;
    if (kind != GoodClass::kitchen && kind != GoodClass::home && kind != GoodClass::meter) return;
    lexicon_.goods_at(text_, middle, [&](std::uint32_t to, std::uint32_t index) {
      const GoodClass part = lexicon_.good(index).kind;
      if (to - middle < 2 || (part != GoodClass::kitchen && part != GoodClass::home &&
                              part != GoodClass::other && part != GoodClass::hygiene))
        return;
      good(at, to, index, false, word_price + 0.1F);
    });
  });
}

/// 做面包用, 炖排骨吃: what it is for is no second good.
void Lattice::purposes(std::uint32_t at) {
  if (at == begin_ || text_.kind_at(at - 1) != Kind::han) {  // 遥控器用的
    lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t) {
      if (to - at < 2 || !starts(to, U"用的") || text_.kind_at(to + 2) == Kind::han) return;
      add(Tag::unknown, at, to + 2, word_price, 0, any, other, set_of(Tag::note));
    });
  }
  if (at > begin_ && (text_.kind_at(at - 1) == Kind::space || text_.kind_at(at - 1) == Kind::punct)) {
    for (std::uint32_t to = at + 2; to <= at + 4 && text_.kind_at(to - 1) == Kind::han; ++to) {
      if (in(text_.at(to - 1), U"够在能会可有没不好管还要先急使常费耐")) break;
      if (text_.at(to) != U'用' || (to + 1 < end_ && text_.kind_at(to + 1) == Kind::han)) continue;
      add(Tag::unknown, at, to + 1, 0.6F, 0, any, other, set_of(Tag::note));  // 卤肉用
    }
  }
  lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t) {  // 面包机专用高筋粉
    if (to - at >= 2 && starts(to, U"专用") && longest_good(to + 2) != 0)
      add(Tag::unknown, at, to + 2, 0.9F, 0, any, other, set_of(Tag::note));
  });
  if (!in(text_.at(at), U"做包炖煮炒蒸煲泡烤煎拌熬冲烧涮蘸织缝绣")) return;
  lexicon_.goods_at(text_, at + 1, [&](std::uint32_t to, std::uint32_t) {
    const bool said = text_.at(to) == U'用' || text_.at(to) == U'吃';
    // 想做三明治, 帮阿妈煲粥
    const bool meant = (at > 0 && in(text_.at(at - 1), U"想算备来")) ||
                       (in(text_.at(at), U"煲炖熬") && in(text_.at(to - 1), U"粥汤"));
    // 涮锅子 between two spaces, behind what was ordered for it.
    const bool apart = at > begin_ && text_.kind_at(at - 1) == Kind::space &&
                       in(text_.at(at), U"涮包炖煲") && text_.kind_at(to) == Kind::space &&
                       !may_count(skip(to), skip(to));
    if (!said && !meant && !apart) return;
    const std::uint32_t end = said ? to + 1 : to;
    if (text_.kind_at(end) == Kind::han && text_.at(end) != U'的') return;
    add(Tag::unknown, at, end, word_price + letter_price * static_cast<float>(to - at), 0, any,
        other, set_of(Tag::note));
  });
}

void Lattice::goods(std::uint32_t at) {
  good_from(at, at, 3, word_price - 0.05F);
  if (text_.kind_at(at) == Kind::han) {
    dishes(at);
    parts(at);
    purposes(at);
  }
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

bool Lattice::whose(std::uint32_t at) const {
  if (!in(text_.at(at), U"老家爷奶我")) return false;
  const std::u32string_view word = std::u32string_view{text_.text}.substr(at, 2);
  return word == U"老人" || word == U"家里" || word == U"爷爷" || word == U"奶奶" ||
         word == U"我妈" || word == U"我爸" || word == U"老公" || word == U"老婆";
}

/// Up to three unknown characters grown together with a good: 嘎嘎土豆.
void Lattice::prefixed_goods(std::uint32_t at) {
  constexpr std::uint8_t allowed = with(boundary) | with(amount) | with(asking) | with(place);
  for (std::uint32_t length = 1; length <= 3; ++length) {
    const std::uint32_t to = at + length;
    if (text_.kind_at(to - 1) != Kind::han ||
        in(text_.at(to - 1), U"的了和跟要买不没有个吃半被把给让"))
      return;
    if (length == 2 && whose(at)) continue;  // Whose it is, not what.
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
    if (kind == Kind::latin && is_han_digit(text_.at(to - 1))) return;  // A套餐一份
    if (text_.kind_at(to) == Kind::latin && last == Kind::latin) continue;
    if (in(text_.at(to - 1),
           U"了的吗呢吧啊和跟不没各都要请帮买给我你您是很能会让把就也还再最太想送到"))
      return;
    if (to - at < 2 || !may_count(at, to)) continue;
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

}  // namespace doorstep::intake
