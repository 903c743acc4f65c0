/// \file Edges that grammar composes, so that no table must list them: how a good is wished
/// (软一点的), how often (每天一瓶), that nothing is wanted any more (都先别买了), a neighbour whose
/// order is wanted too (跟小李一样).

#include <algorithm>
#include <array>

#include "engine/intake/lattice.h"

namespace doorstep::intake {
namespace {

/// A list that is asked at every place: one look says for most points that no word begins so.
template <std::size_t N>
class Words {
 public:
  template <class... Word>
  explicit consteval Words(const Word&... word) : words_{std::u32string_view{word}...} {
    for (const std::u32string_view one : words_) first_[slot(one[0]) / 64] |= bit(one[0]);
  }
  [[nodiscard]] bool may_start(char32_t point) const {
    return (first_[slot(point) / 64] & bit(point)) != 0;
  }
  [[nodiscard]] auto begin() const { return words_.begin(); }
  [[nodiscard]] auto end() const { return words_.end(); }

 private:
  static constexpr unsigned slot(char32_t point) { return (point ^ (point >> 8U)) % 256U; }
  static constexpr std::uint64_t bit(char32_t point) {
    return std::uint64_t{1} << (slot(point) % 64U);
  }
  std::array<std::u32string_view, N> words_;
  std::array<std::uint64_t, 4> first_{};
};
template <class... Word>
Words(const Word&...) -> Words<sizeof...(Word)>;

/// Length of the first of `words` at `at`; 0 when none stands there. Longer ones come first.
template <std::size_t N>
std::uint32_t one_of(const Folded& text, std::uint32_t at, const Words<N>& words) {
  if (!words.may_start(text.at(at))) return 0;
  for (const std::u32string_view word : words) {
    if (starts(text, at, word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

std::uint32_t one_of(const Folded& text, std::uint32_t at,
                     std::initializer_list<std::u32string_view> words) {
  for (const std::u32string_view word : words) {
    if (starts(text, at, word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

/// Skips up to `most` of `words`.
template <class List>
std::uint32_t past(const Folded& text, std::uint32_t at, int most, const List& words) {
  for (; most > 0; --most) {
    const std::uint32_t length = one_of(text, at, words);
    if (length == 0) break;
    at += length;
  }
  return at;
}

constexpr std::u32string_view adjectives =
    U"弯直皱破烂干鲜大小老嫩软硬辣甜咸淡酸熟生红白黑黄绿青紫粉粗细长短厚薄宽窄圆扁方肥瘦冷热温凉冰"
    U"糯脆沙面"
    U"烂稀稠浓轻重高低深浅贵苦香";

constexpr Words lacking{U"没得", U"没有", U"莫得", U"不含", U"不带",
                        U"不加", U"不放", U"冇",   U"无"};
constexpr Words degrees{U"不要", U"稍微", U"比较", U"特别", U"尽量", U"不能", U"要", U"别", U"勿",
                        U"偏",   U"稍",   U"最",   U"更",   U"太",   U"越",   U"挑", U"选", U"拣"};
constexpr Words natures{U"新鲜", U"便宜", U"普通", U"成熟", U"干净", U"清淡", U"软和",
                        U"软糯", U"软烂", U"酥软", U"松软", U"脆嫩", U"嫩滑", U"结实",
                        U"厚实", U"耐用", U"实惠", U"好看", U"好吃", U"轻便", U"大号",
                        U"小号", U"中号", U"大份", U"小份", U"大包", U"小包", U"大瓶",
                        U"小瓶", U"大袋", U"小袋", U"大颗", U"小颗", U"大果", U"小果"};
constexpr Words remaining{U"还能", U"只能",   U"最多", U"还够", U"只够",
                          U"就够", U"勉强够", U"顶多", U"够"};
constexpr Words refusal_leads{
    U"全部",   U"统统", U"通通", U"暂时", U"今天", U"这次", U"还是",   U"我们家", U"我们",
    U"我家",   U"咱家", U"那份", U"这份", U"那单", U"这单", U"刚才的", U"前面的", U"之前的",
    U"上面的", U"都",   U"全",   U"就",   U"先",   U"也",   U"我",     U"的"};
constexpr Words helping{U"再", U"麻烦你", U"麻烦", U"帮我", U"帮忙", U"帮", U"给我", U"替我"};
constexpr Words preparing_leads{U"麻烦", U"帮忙", U"帮我", U"请",       U"要",
                                U"给",   U"帮",   U"先",   U"店家帮忙", U"让"};
constexpr Words preparing{U"收拾", U"处理", U"打理", U"宰杀", U"清洗", U"切", U"剁", U"杀",
                          U"宰",   U"洗",   U"剥",   U"削",   U"剖",   U"绞", U"搅", U"剔",
                          U"刮",   U"片",   U"去",   U"拔",   U"斩",   U"砍"};
constexpr Words prepared_as{U"干净", U"内脏", U"小块", U"大块", U"小段", U"薄片", U"成", U"好",
                            U"完",   U"掉",   U"碎",   U"开",   U"块",   U"片",   U"丝", U"丁",
                            U"末",   U"段",   U"皮",   U"骨",   U"壳",   U"籽",   U"核", U"头",
                            U"毛",   U"鳞",   U"刺",   U"馅",   U"泥",   U"筋",   U"膜"};
constexpr Words refusing{U"没必要", U"不需要", U"不要", U"不用", U"不必", U"无需", U"唔使", U"唔要",
                         U"唔好",   U"伐要",   U"毋需", U"别",   U"甭",   U"莫",   U"不"};

}  // namespace

/// 要没得糖的, 不含乳糖的: a wish that names what is not to be in it.
void Lattice::without(std::uint32_t at, std::uint32_t from) {
  const std::uint32_t lack = one_of(text_, from, lacking);
  if (lack == 0) return;
  lexicon_.goods_at(text_, from + lack, [&](std::uint32_t to, std::uint32_t) {
    if (text_.at(to) != U'的' || in(text_.at(to + 1), U"话时")) return;
    add(Tag::unknown, at, to + 1, word_price + letter_price * static_cast<float>(to - at), 0, any,
        other, set_of(Tag::note));
  });
}

/// 给孩子的, 给老人吃的那种: for whom it is to be.
void Lattice::for_whom(std::uint32_t at) {
  if (text_.at(at) != U'给') return;
  static constexpr std::initializer_list<std::u32string_view> who{
      U"一岁",   U"两岁",   U"三岁", U"孩子", U"小孩", U"宝宝", U"娃娃",   U"娃",
      U"婴儿",   U"儿子",   U"女儿", U"孙子", U"孙女", U"老人", U"老人家", U"爷爷",
      U"奶奶",   U"外公",   U"外婆", U"婆婆", U"公公", U"妈妈", U"爸爸",   U"我妈",
      U"我爸",   U"老婆",   U"老公", U"孕妇", U"产妇", U"病人", U"学生",   U"糖尿病人",
      U"小朋友", U"小学生", U"猫",   U"狗",   U"自己"};
  const std::uint32_t to = past(text_, at + 1, 2, who);
  if (to == at + 1) return;
  std::uint32_t end = to + one_of(text_, to, {U"吃", U"喝", U"用", U"穿", U"玩", U"看"});
  if (text_.at(end) != U'的') return;
  ++end;
  end += one_of(text_, end, {U"那种", U"那款"});
  if (text_.kind_at(end) == Kind::han) return;  // 给孩子的奶粉 names the good.
  add(Tag::unknown, at, end, word_price + letter_price * static_cast<float>(end - at), 0, any,
      other, set_of(Tag::note));
}

/// 软一点的, 要小的, 别太肥: a wish on the good, not its name.
void Lattice::qualities(std::uint32_t at) {
  const std::uint32_t degree = past(text_, at, 3, degrees);
  without(at, degree);
  std::uint32_t to = degree;
  to += one_of(text_, to, natures);
  while (to < degree + 2 && in(text_.at(to), adjectives)) ++to;
  if (to == degree) return;
  const std::uint32_t word = to;
  to += one_of(text_, to, {U"一点点", U"一点儿", U"一点", U"一些", U"点儿", U"点", U"些", U"儿"});
  const bool compared = to > word;
  const bool of = text_.at(to) == U'的';
  if (of) to += 1 + one_of(text_, to + 1, {U"那种", U"就行", U"就好", U"就可以"});
  const bool forbidden = degree > at && in(text_.at(degree - 1), U"太");
  if (!of && !(compared && text_.kind_at(to) != Kind::han) && !forbidden) return;
  add(Tag::unknown, at, to, word_price + letter_price * static_cast<float>(to - at), 0, any, other,
      set_of(Tag::note));
}

/// 要杀好的, 剁小块, 去骨, 帮忙切成片: how it is made ready.
void Lattice::prepared(std::uint32_t at) {
  const std::uint32_t lead = past(text_, at, 3, preparing_leads);
  std::uint32_t to = lead + one_of(text_, lead, preparing);
  if (to == lead) return;
  const std::uint32_t verb = to;
  to = past(text_, to, 2, prepared_as);
  const bool done = to > verb;
  if (!done && text_.at(to) != U'一') return;
  to += one_of(text_, to, {U"一下", U"下"});
  if (to == verb) return;
  to += one_of(text_, to, {U"的那种", U"的", U"了", U"哈", U"啊"});
  add(Tag::unknown, at, to, word_price + letter_price * static_cast<float>(to - at), 0, any, other,
      set_of(Tag::note));
}

/// 鸡蛋多两盒: behind the name of a good 多 asks for more of it.
void Lattice::more_of(std::uint32_t at) {
  if (text_.at(at) != U'多' || at == begin_ || text_.kind_at(at - 1) != Kind::han) return;
  const char32_t next = text_.at(at + 1);
  if (text_.kind_at(at + 1) != Kind::digit && !is_han_digit(next) && next != U'半') return;
  const char32_t before = text_.at(at - 1);
  if (is_han_digit(before) || in(before, U"好很太许大最差斤个袋箱盒瓶包块天年月岁度点")) return;
  add(Tag::unknown, at, at + 1, word_price, 0, any, other, set_of(Tag::more));
}

/// 分两袋装, 分开包: how it is packed; 两荤一素: what a meal is of.
void Lattice::packing(std::uint32_t at) {
  const auto number = [&](std::uint32_t i) {
    return is_han_digit(text_.at(i)) || text_.kind_at(i) == Kind::digit;
  };
  if (number(at) && in(text_.at(at + 1), U"荤菜") && number(at + 2) &&
      in(text_.at(at + 3), U"素汤"))
    add(Tag::unknown, at, at + 4, 0.5F, 0, any, other, set_of(Tag::note));
  if (text_.at(at) != U'分') return;
  std::uint32_t to = at + 1;
  to += one_of(text_, to, {U"成", U"做"});
  const std::uint32_t first = to;
  while (to < first + 2 && (text_.kind_at(to) == Kind::digit || is_han_digit(text_.at(to)))) ++to;
  if (to > first) {
    to += one_of(text_, to, {U"小袋", U"小包", U"袋", U"包", U"份", U"盒", U"次", U"块", U"小份"});
  } else {
    to += one_of(text_, to, {U"开", U"别"});
  }
  const std::uint32_t verb =
      one_of(text_, to, {U"装好", U"装", U"包", U"放", U"送", U"打包", U"切"});
  if (to == first || verb == 0) return;
  add(Tag::unknown, at, to + verb, word_price, 0, any, other, set_of(Tag::note));
}

/// 每天一瓶, 一周两次: how often, beside or in place of how much.
void Lattice::frequency(std::uint32_t at) {
  if (!in(text_.at(at), U"每一隔")) return;
  const std::uint32_t span =
      one_of(text_, at + 1,
             {U"个星期", U"星期", U"个月", U"天", U"日", U"周", U"月", U"顿", U"餐", U"晚", U"早"});
  if (span == 0) return;
  std::uint32_t to = at + 1 + span;
  to += one_of(text_, to, {U"送", U"吃", U"喝", U"要", U"来", U"用", U"打", U"各"});
  std::vector<Amount> amounts;
  read_amounts(text_, lexicon_, to, amounts);
  std::uint32_t end = 0;
  for (const Amount& amount : amounts) {
    if (!amount.implicit && amount.unit != 0 && amount.milli) end = std::max(end, amount.to);
  }
  if (end == 0 && is_han_digit(text_.at(to)) && in(text_.at(to + 1), U"次回趟")) end = to + 2;
  if (end == 0 && text_.kind_at(to) == Kind::digit && in(text_.at(to + 1), U"次回趟")) end = to + 2;
  if (end != 0) {
    add(Tag::unknown, at, end, 0.9F, 0, static_cast<std::uint8_t>(any | with(needs_amount)), other,
        set_of(Tag::note));
  }
}

/// 还能用两天, 只够吃一顿: nearly out.
void Lattice::lasts(std::uint32_t at) {
  if (starts(at, U"最后一") || starts(at, U"最后半") || starts(at, U"最后两")) {  // 最后一勺
    if (in(text_.at(at + 3), U"勺口顿片针次粒颗包袋瓶罐支盒点天张卷桶餐滴格把颗泵")) {
      const std::uint32_t end = at + 4 + (text_.at(at + 4) == U'了' ? 1 : 0);
      add(Tag::unknown, at, end, 0.7F, 0, static_cast<std::uint8_t>(any | with(needs_amount)),
          other, set_of(Tag::out));
    }
  }
  const bool wish = text_.at(at) == U'够';  // 够吃三天的: how much is wished.
  std::uint32_t to = at + one_of(text_, at, remaining);
  if (to == at) return;
  const std::uint32_t until = one_of(
      text_, to, {U"今晚", U"今天", U"今日", U"明天", U"明早", U"这顿", U"这一顿", U"今夜", U"今早"});
  if (until != 0 && !wish) {  // 只够今晚
    to += until;
    to += one_of(text_, to, {U"的了", U"的量", U"吃了", U"喝了", U"用了", U"的", U"吃", U"喝", U"用", U"了"});
    add(Tag::unknown, at, to, 0.7F, 0, any, other, set_of(Tag::out));
    return;
  }
  const std::uint32_t verb =
      one_of(text_, to, {U"维持", U"坚持", U"用", U"吃", U"喝", U"撑", U"打"});
  if (verb == 0) return;
  to += verb;
  const bool number =
      text_.kind_at(to) == Kind::digit || is_han_digit(text_.at(to)) || in(text_.at(to), U"半几");
  if (!number) return;
  while (text_.kind_at(to) == Kind::digit || is_han_digit(text_.at(to)) ||
         in(text_.at(to), U"半几"))
    ++to;
  const std::uint32_t span = one_of(
      text_, to, {U"个小时", U"小时", U"天", U"顿", U"次", U"片", U"针", U"晚", U"日", U"餐"});
  if (span != 0) {
    const bool of = wish && text_.at(to + span) == U'的';
    add(Tag::unknown, at, to + span + (of ? 1 : 0), 0.7F, 0,
        static_cast<std::uint8_t>(any | with(needs_amount)), other,
        set_of(wish ? Tag::note : Tag::out));
  }
}

/// 都先别买了, 我那份不用送啦: the order is taken back.
void Lattice::refusals(std::uint32_t at) {
  // 要是烂的多就别买了: a refusal that hangs on something.
  if (one_of(text_, at, {U"要是", U"如果", U"若是", U"假如", U"倘若", U"万一"}) != 0) {
    std::uint32_t end = at + 2;
    std::uint32_t then = 0;
    for (; end < end_ && end < at + 22 && text_.kind[end] == Kind::han; ++end) {
      if (text_.at(end) == U'就' && in(text_.at(end + 1), U"别不算退少甭莫")) then = end;
    }
    if (then != 0 && (end == end_ || text_.kind_at(end) != Kind::han))
      add(Tag::unknown, at, end, 0.8F, 0, any, other, set_of(Tag::condition));
  }
  if (text_.at(at) == U'一' && text_.at(at + 2) == U'就' && text_.kind_at(at + 1) == Kind::han &&
      text_.kind_at(at + 3) == Kind::han && !in(text_.at(at + 3), U"好够行可成得")) {
    bool unit = false;  // 一拧就喷 is no number, 一袋就行 is one.
    lexicon_.units_at(text_, at + 1, [&](std::uint32_t, UnitForm) { unit = true; });
    if (!unit) add(Tag::unknown, at, at + 4, 0.6F, 0, any, other, set_of(Tag::reason));
  }
  std::uint32_t to = past(text_, at, 5, refusal_leads);
  if (to > at) {  // 我那份取消
    const std::uint32_t back = one_of(text_, to, {U"取消掉", U"取消", U"撤回", U"撤销", U"撤掉",
                                                  U"退掉", U"划掉", U"删掉", U"作废", U"去掉"});
    const std::uint32_t lead = to - at;
    if (back != 0 && lead >= 2) {
      std::uint32_t end = to + back;
      end += one_of(text_, end, {U"了吧", U"一下", U"了", U"吧", U"啦"});
      if (text_.kind_at(end) != Kind::han)
        add(Tag::unknown, at, end, 0.5F + 0.06F * static_cast<float>(end - at), 0, any, other,
            set_of(Tag::drop) | set_of(Tag::cancel));
    }
  }
  const std::uint32_t refusal = one_of(text_, to, refusing);
  if (refusal == 0) return;
  to += refusal;
  to = past(text_, to, 3, helping);
  const std::uint32_t verb = one_of(text_, to,
                                    {U"采购", U"下单", U"准备", U"安排", U"买", U"送", U"拿", U"订",
                                     U"带", U"要", U"来", U"弄", U"配", U"管", U"跑", U"团"});
  to += verb;
  const std::uint32_t end = one_of(text_, to, {U"了", U"啦", U"喇", U"咯", U"嘞"});
  if (end == 0 || (refusal == 1 && verb == 0)) return;
  to += end;
  add(Tag::unknown, at, to, 0.5F + 0.06F * static_cast<float>(to - at), 0, any, other,
      set_of(Tag::drop) | set_of(Tag::cancel));
}

/// 同小郭 19-510: 同 before a name that stands alone.
bool Lattice::names_neighbour(std::uint32_t at, std::uint32_t to) const {
  if (text_.at(at) != U'同' || (at > begin_ && text_.kind_at(at - 1) == Kind::han)) return false;
  if (text_.kind_at(to) == Kind::han || text_.kind_at(to) == Kind::latin) return false;
  const std::u32string_view all = text_.text;
  if (lexicon_.is_common(all.substr(at, 2)) || lexicon_.is_common(all.substr(at, to - at)) ||
      lexicon_.is_common(all.substr(at + 1, to - at - 1)) ||
      lexicon_.find_good(all.substr(at + 1, to - at - 1)))
    return false;
  bool word = false;
  lexicon_.words_at(text_, at, [&](std::uint32_t end, Tag) { word = word || end >= at + 2; });
  lexicon_.words_at(text_, at + 1, [&](std::uint32_t end, Tag) { word = word || end == to; });
  return !word && std::all_of(all.begin() + at + 1, all.begin() + to,
                              [](char32_t c) { return kind_of(c) == Kind::han; });
}

/// 跟小李一样来一份: the nearest order, or the one of who is named.
void Lattice::copies_of_named(std::uint32_t at) {
  if (!in(text_.at(at), U"同跟和照与学按")) return;
  for (std::uint32_t length = 1; length <= 8; ++length) {
    const std::uint32_t to = at + 1 + length;
    const Kind last = text_.kind_at(to - 1);
    const bool sign = in(text_.at(to - 1), U"-#@号");
    if (last != Kind::han && last != Kind::latin && last != Kind::digit && !sign) return;
    if (in(text_.at(to - 1), U"的了次前常往平原来时候要买斤个")) return;
    if (length >= 2 && length <= 3 && names_neighbour(at, to))
      add(Tag::unknown, at, to, 0.9F, 0, any, other, set_of(Tag::copy));
    const std::uint32_t same = one_of(
        text_, to, {U"一模一样", U"一样", U"相同", U"同款", U"那份一样", U"的一样", U"家一样"});
    if (same == 0) continue;
    std::uint32_t end = to + same;
    end += one_of(text_, end, {U"的"});
    end += one_of(text_, end, {U"给我来一份", U"来一份", U"来份", U"再来一份", U"要一份", U"一份"});
    std::uint32_t number = 0;
    std::uint32_t first = to;
    while (first > at + 1 && text_.kind_at(first - 1) == Kind::digit) --first;
    for (std::uint32_t i = first; i < std::min(to, first + 4); ++i)
      number = number * 10 + (text_.at(i) - U'0');
    add(Tag::unknown, at, end, 0.6F + 0.06F * static_cast<float>(end - at), number, any, other,
        set_of(Tag::copy));
    return;
  }
}

}  // namespace doorstep::intake
