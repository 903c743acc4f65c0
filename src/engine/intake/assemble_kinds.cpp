/// \file What tells a kind of a good rather than another good: fillings, makers, parts, 要生抽; and one
/// good that is dealt out to doors.

#include "engine/intake/assembler.h"

namespace doorstep::intake {

/// 不要放香菜: how the dish is made, not what is bought.
bool Assembler::refuses_part(const Tokens& tokens, std::uint32_t i) const {
  while (i > 0 && !tokens[i].is(Tag::neg)) --i;
  const std::u32string_view word = name_of(tokens[i]);
  return word.size() > 1 && in(word.back(), U"放加落免");
}

/// 降压药氨氯地平两盒: of a class and a product the product is the item.
bool Assembler::product_follows(const Tokens& tokens, std::uint32_t i) const {
  if (!is_label(name_of(tokens[i])) && text_.at(tokens[i].to - 1) != U'药') return false;
  if (i + 1 >= tokens.size() || tokens[i + 1].tag != Tag::good || tokens[i + 1].gap) return false;
  const GoodClass label = reading_.goods[tokens[i].index].kind;
  const GoodClass product = reading_.goods[tokens[i + 1].index].kind;
  return is_medicine(label) && is_medicine(product) && !is_label(name_of(tokens[i + 1]));
}

/// 梨也行; 要点水果 苹果香蕉都行: what would do beside what is ordered.
bool Assembler::only_possible(const Tokens& tokens, std::uint32_t i) const {
  std::uint32_t behind = i + 1;
  while (behind < tokens.size() && behind < i + 8 && tokens[behind].tag == Tag::good) ++behind;
  if (behind == tokens.size()) return false;
  const char32_t first = text_.at(tokens[behind].from);
  const bool ordered = !draft_.orders.empty() && !draft_.orders.back().items.empty();
  const std::u32string_view word = name_of(tokens[behind]);
  const bool last = behind + 1 == tokens.size() || tokens[behind + 1].gap ||
                    tokens[behind + 1].tag != Tag::unknown;
  const bool preferred =
      ordered && behind == i + 1 && last && !tokens[behind].gap &&
      reading_.goods[tokens[i].index].kind == draft_.orders.back().items.back().kind &&
      (word.starts_with(U"最好") || word.starts_with(U"更好") || word.starts_with(U"优先") ||
       word.starts_with(U"为佳"));
  if (preferred) return true;
  if (!tokens[behind].is(Tag::note)) return false;
  return (first == U'也' && behind == i + 1) || (first == U'都' && ordered);
}

/// 家里没米了: it is out.
bool Assembler::said_gone(const Tokens& tokens, std::uint32_t i) const {
  const std::uint32_t from = tokens[i].from;
  return from > 0 && text_.at(from - 1) == U'没' && in(text_.at(tokens[i].to), U"了啦咯");
}

/// 醋两瓶,陈醋哈: nothing but a kind of the good ordered last.
bool Assembler::kind_of_last(const Tokens& tokens, std::uint32_t i) const {
  if (draft_.orders.empty() || draft_.orders.back().items.empty() || each_) return false;
  const DraftItem& last = draft_.orders.back().items.back();
  // What is cheap comes first: a line of goods without amounts is long in noise.
  if (!last.counted || draft_.orders.back().items.size() != clause_first_item_) return false;
  const std::string name = text_.written(tokens[i].from, tokens[i].to);
  if (name == last.item.name || !name.ends_with(last.item.name)) return false;
  return std::all_of(tokens.begin(), tokens.end(), [](const Token& t) {
    return t.tag == Tag::good || (t.tag == Tag::unknown && t.is(Tag::filler));
  });
}

bool Assembler::specifies(const Tokens& tokens, std::uint32_t i) const {
  if (i < 2 || tokens[i - 1].gap || (i + 1 < tokens.size() && !tokens[i + 1].gap)) return false;
  std::uint32_t before = i - 2;  // 猪蹄两只要前蹄
  if (tokens[before].tag == Tag::amount && before > 0 && !tokens[before].gap) --before;
  if (tokens[before].tag != Tag::good || (before + 2 == i && i + 1 != tokens.size())) return false;
  const std::u32string_view word = name_of(tokens[i - 1]);
  const GoodClass kind = reading_.goods[tokens[i].index].kind;
  return (word == U"要" || word == U"买" || word == U"拿") &&
         kind == reading_.goods[tokens[before].index].kind && kind != GoodClass::other;
}

bool Assembler::of_next(const Tokens& tokens, std::uint32_t i) const {
  return i + 2 < tokens.size() && name_of(tokens[i + 1]) == U"的" && !tokens[i + 1].gap &&
         tokens[i + 2].tag == Tag::good && !tokens[i + 2].gap &&
         (i == 0 || tokens[i - 1].tag == Tag::amount || tokens[i - 1].is(Tag::verb));
}

/// 苹果买红富士的三斤: what is named behind the verb and before 的 is a kind of the good before.
bool Assembler::makes_kind(const Tokens& tokens, std::uint32_t i) const {
  if (i < 2 || i + 1 >= tokens.size() || tokens[i].tag != Tag::good) return false;
  if (name_of(tokens[i + 1]) != U"的") return false;
  const bool grown = tokens[i - 1].tag == Tag::good && !tokens[i].gap && !tokens[i + 1].gap &&
                     i + 2 < tokens.size() && tokens[i + 2].tag == Tag::amount;
  if (grown) return true;  // 火锅底料牛油的一包
  if (!tokens[i - 1].is(Tag::verb)) return false;
  if (tokens[i - 2].tag != Tag::good || tokens[i - 1].gap) return false;
  return reading_.goods[tokens[i].index].kind == reading_.goods[tokens[i - 2].index].kind;
}

bool Assembler::owns_next(const Tokens& tokens, std::uint32_t i) const {
  return i + 2 < tokens.size() && name_of(tokens[i + 1]) == U"的" && !tokens[i + 1].gap &&
         tokens[i + 2].tag == Tag::good && !tokens[i + 2].gap && !negated_ && !stocked_;
}

bool Assembler::names_kind(const Tokens& tokens, std::uint32_t i) const {
  if (i + 1 >= tokens.size() || name_of(tokens[i + 1]) != U"的" || tokens[i + 1].gap) return false;
  if (i + 2 < tokens.size() || draft_.orders.empty() || draft_.orders.back().items.empty())
    return false;
  for (std::uint32_t k = 0; k < i; ++k) {
    if (tokens[k].tag != Tag::unknown || !(tokens[k].is(Tag::verb) || tokens[k].is(Tag::filler)))
      return false;
  }
  return true;
}

/// 原味, 黄瓜味 behind a good is a kind of it.
bool Assembler::flavour(const Token& token, bool counted) const {
  const GoodClass of = draft_.orders.empty() || draft_.orders.back().items.empty()
                           ? GoodClass::other
                           : draft_.orders.back().items.back().kind;
  if ((!counted || !token.gap) && text_.at(token.to - 1) == U'馅' &&
      (of == GoodClass::cooked || of == GoodClass::staple) &&
      !draft_.orders.back().items.back().item.canonical.ends_with("皮"))  // 饺子皮 肉馅
    return true;                                                          // 速冻汤圆一袋芝麻馅
  if (text_.at(token.to - 1) == U'味' && token.to - token.from <= 4 && token.to > token.from + 1)
    return true;
  bool modifier = false;  // 卫生巾夜用3包日用2包
  if (reading_.goods[token.index].unknown) {
    lexicon_.words_at(text_, token.from, [&](std::uint32_t to, Tag tag) {
      modifier = modifier || (tag == Tag::modifier && to == token.to);
    });
  }
  return modifier;
}

/// Nothing but kinds in the clause behind a counted good.
bool Assembler::parts_of_last(const Tokens& tokens) const {
  if (draft_.orders.empty() || draft_.orders.back().items.size() != clause_first_item_ ||
      clause_first_item_ == 0 || !draft_.orders.back().items.back().counted)
    return false;
  return std::all_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    if (token.tag == Tag::good) return flavour(token, true);
    return token.tag == Tag::amount || token.tag == Tag::unknown;
  });
}

/// 薯片原味3包黄瓜味2包: the kind is a note; a second kind is a second item of the same good.
void Assembler::vary(const Token& kind, const Token* amount) {
  paint(kind, SpanKind::note);
  if (amount == nullptr) return;
  DraftOrder& order = current();
  if (order.items.back().counted) order.items.push_back(DraftItem{order.items.back()});
  set_amount(order.items.back(), reading_.amounts[amount->index]);
  paint(*amount, SpanKind::item);
}

/// 电池5号的4节7号的2节: the word before the amount tells a kind of the good named before.
bool Assembler::tells_kind(const Tokens& tokens, std::uint32_t i) const {
  if (i == 0) return false;
  const Token& last = tokens[i - 1];
  const bool of = text_.at(last.to - 1) == U'的';
  const Token& word = of && last.to - last.from == 1 && i > 1 ? tokens[i - 2] : last;
  if (content(word) || word.tag == Tag::amount || word.is(Tag::correct) || word.is(Tag::change))
    return false;
  return of ? word.tag == Tag::unknown
            : in(text_.at(word.to - 1), U"味码号段型色款") && strange(word);
}

/// 猪脚4只(要前蹄): the words in the bracket are a note.
void Assembler::paint_verb_from(const Tokens& tokens, std::uint32_t i) {
  const std::uint32_t from =
      i > 0 && tokens[i - 1].is(Tag::verb) ? tokens[i - 1].from : tokens[i].from;
  std::fill(draft_.role.begin() + from, draft_.role.begin() + tokens[i].to, SpanKind::note);
}

void Assembler::paint_from(const Tokens& tokens, std::uint32_t i) {
  std::uint32_t from = i;
  while (from > 0 && !tokens[from].is(Tag::neg)) --from;
  std::fill(draft_.role.begin() + tokens[from].from, draft_.role.begin() + tokens[i].to,
            SpanKind::note);
}

std::vector<DraftItem> Assembler::items_of(const FoundGood& good) const {
  const std::u32string_view name =
      std::u32string_view{text_.text}.substr(good.from, good.to - good.from);
  DraftItem item = draft_item(text_, lexicon_, good, {});
  static constexpr std::array<std::array<std::u32string_view, 3>, 6> doubles{{
      {U"葱姜", U"葱", U"姜"},
      {U"青红椒", U"青椒", U"红椒"},
      {U"红青椒", U"红椒", U"青椒"},
      {U"葱姜蒜", U"葱", U"姜"},
      {U"红绿豆", U"红豆", U"绿豆"},
      {U"青红尖椒", U"青尖椒", U"红尖椒"},
  }};
  for (const auto& [word, first, second] : doubles) {
    if (name != word) continue;
    DraftItem other = item;
    item.item.canonical = utf8(first);
    other.item.canonical = utf8(second);
    return {item, other};
  }
  return {item};
}

bool Assembler::deals_out(Tokens& clause, std::size_t colon) {
  const Tokens& all = reading_.tokens;
  if (colon + 2 >= all.size() || all[colon + 1].tag != Tag::address ||
      all[colon + 2].tag != Tag::amount)
    return false;
  const Token* good = nullptr;
  const Token* house = nullptr;
  for (const Token& token : clause) {
    const bool plain = token.tag == Tag::unknown &&
                       (token.is(Tag::header) || token.is(Tag::filler) || token.is(Tag::verb));
    if (token.tag == Tag::good && good == nullptr) {
      good = &token;
    } else if (token.tag == Tag::address && house == nullptr &&
               reading_.addresses[token.index].address.room.empty()) {
      house = &token;
    } else if (!plain) {
      return false;
    }
  }
  if (good == nullptr) return false;
  if (house != nullptr) {  // 二单元豆浆接龙:201两杯
    header_address_ = reading_.addresses[house->index].address;
    paint(*house, SpanKind::address);
  }
  header_good_ = reading_.goods[good->index];
  has_header_good_ = by_good_ = true;
  row_has_key_ = row_started_ = false;
  paint(*good, SpanKind::item);
  clause.clear();
  return true;
}

}  // namespace doorstep::intake
