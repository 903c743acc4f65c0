#include "engine/intake/assembler.h"
#include "engine/intake/basket.h"

namespace doorstep::intake {

bool Assembler::next_is(const Tokens& tokens, std::uint32_t i, Tag tag) const {
  for (std::uint32_t k = i + 1; k < tokens.size(); ++k) {
    if (tokens[k].tag == tag) return true;
    if (tokens[k].tag != Tag::unknown || !tokens[k].is(Tag::filler)) return false;
  }
  return false;
}

void Assembler::take_word(const Tokens& tokens, std::uint32_t i) {
  const Token& token = tokens[i];
  if (received(tokens, i)) {  // 鸡蛋2板收到了: nothing is asked for.
    current().items.resize(std::min(clause_first_item_, current().items.size()));
    return;
  }
  if (token.is(Tag::past)) past_ = true;
  if (leaves(token)) {
    mark_out(tokens, i);
    return;
  }
  if (lacks(tokens, i)) {
    out_next_ = true;
    return;
  }
  if (token.is(Tag::each) || in_all(tokens, i)) {
    start_each(tokens, i);
    return;
  }
  if (token.is(Tag::copy)) {
    take_copy(token);
    return;
  }
  if (token.is(Tag::reason) && i > 0 && tokens[i - 1].tag == Tag::good &&
      in(text_.at(token.from), U"坏破碎摔丢漏烧断裂")) {
    if (current().items.size() > clause_first_item_ && !current().items.back().counted)
      current().items.back().broken = true;
    return;
  }
  if (refuses_quality(tokens, i)) {  // 黄瓜2根 不要弯的
    std::fill(draft_.role.begin() + token.from, draft_.role.begin() + tokens[i + 1].to,
              SpanKind::note);
    return;
  }
  const bool good_follows = next_is(tokens, i, Tag::good) || (next_is(tokens, i, Tag::amount));
  if (token.is(Tag::neg) && good_follows && !drops_before(tokens, i)) {
    negated_ = true;
    return;
  }
  if ((token.is(Tag::stock) || later_stock(tokens, i)) && !sought(tokens, i)) {
    // 鸡蛋家里有 牛奶2盒: said of what stands before it.
    const bool closes = i > 0 && tokens[i - 1].tag == Tag::good && !token.gap &&
                        i + 1 < tokens.size() && tokens[i + 1].gap;
    if (good_follows && !closes) {
      stocked_ = true;
      stock_told_ = false;
    } else if (!opens_remark(tokens, i)) {  // 家里有病人 says nothing of goods.
      drop_clause_goods(tokens, i);
    }
    return;
  }
  if (token.is(Tag::out)) {
    mark_out(tokens, i);
    return;
  }
  if (token.is(Tag::drop) || token.is(Tag::cancel) || token.is(Tag::nothing)) {
    refuse(tokens, i);
    return;
  }
  if (token.is(Tag::remark) && row_has_key_ && (several_ || draft_.orders.size() > 1) &&
      current().items.empty()) {
    current().declined = true;
    remark_row(tokens);
    return;
  }
  if (token.is(Tag::verb) || (token.is(Tag::filler) && text_.at(token.to - 1) == U'要')) {
    negated_ = false;
    out_next_ = false;  // 就剩半包面 求送点米: what is asked for is not what is out.
  }
}

/// 谁家里有抗原: asked for, not told of.
bool Assembler::sought(const Tokens& tokens, std::uint32_t i) const {
  for (std::uint32_t k = i > 8 ? i - 8 : 0; k < i; ++k) {
    if (name_of(tokens[k]).starts_with(U"有没有") || in(text_.at(tokens[k].from), U"谁哪"))
      return true;
  }
  return false;
}

bool Assembler::received(const Tokens& tokens, std::uint32_t i) const {
  static constexpr std::array<std::u32string_view, 7> words{
      U"收到了", U"收到啦", U"已收到", U"都收到了", U"拿到了", U"领到了", U"收到"};
  if (std::find(words.begin(), words.end(), name_of(tokens[i])) == words.end()) return false;
  return std::any_of(tokens.begin(), tokens.begin() + i,
                     [](const Token& token) { return token.tag == Tag::good; });
}

bool Assembler::refuses_quality(const Tokens& tokens, std::uint32_t i) const {
  if (!tokens[i].is(Tag::neg) || i + 1 >= tokens.size() || tokens[i + 1].gap) return false;
  return tokens[i + 1].tag == Tag::unknown && strange(tokens[i + 1]);
}

bool Assembler::lacks(const Tokens& tokens, std::uint32_t i) const {
  const std::u32string_view word = name_of(tokens[i]);
  if (word != U"没" && word != U"没有" && word != U"冇" && word != U"冇晒" && word != U"没得" &&
      word != U"冇得" && word != U"莫得")
    return false;
  return i + 1 < tokens.size() && tokens[i + 1].tag == Tag::good &&
         (i + 2 >= tokens.size() || tokens[i + 2].tag != Tag::amount);
}

bool Assembler::in_all(const Tokens& tokens, std::uint32_t i) const {
  return text_.at(tokens[i].from) == U'都' && tokens[i].to - tokens[i].from == 1 &&
         i + 1 < tokens.size() && tokens[i + 1].tag == Tag::amount;
}

void Assembler::start_each(const Tokens& tokens, std::uint32_t i) {
  std::uint32_t at = i + 1;
  while (at < tokens.size() && tokens[at].tag == Tag::unknown &&
         (tokens[at].is(Tag::filler) || tokens[at].is(Tag::verb))) {
    ++at;
  }
  if (at >= tokens.size() || tokens[at].tag != Tag::amount) return;
  const Amount amount = reading_.amounts[tokens[at].index];
  DraftOrder& order = current();
  bool dealt = false;
  for (std::size_t k = order.items.size(); k-- > 0;) {
    if (order.items[k].counted) break;
    set_amount(order.items[k], amount);
    dealt = true;
  }
  paint(tokens[at], SpanKind::item);
  dealt_ = at;
  if (dealt) return;
  each_ = true;  // 各一斤土豆和白菜: the goods follow.
  each_amount_ = amount;
}

void Assembler::take_copy(const Token& token) {
  DraftOrder& order = current();
  order.copies = true;
  order.copied = token.index;
  draft_.copied = token.index;
  const std::u32string_view word = name_of(token);
  const std::size_t end = std::min({word.find(U"一"), word.find(U"相同"), word.find(U"同款"),
                                    word.find(U"那份"), word.find(U"的"), word.size()});
  if (end > 1 && in(word[0], U"同跟和照与学按")) {
    const auto length = static_cast<std::uint32_t>(end);
    draft_.copied_name = text_.written(token.from + 1, token.from + length);
  }
  order.copy_words = {token.from, token.to};
}

bool Assembler::drops_before(const Tokens& tokens, std::uint32_t i) const {
  return tokens[i].is(Tag::drop) && i > 0 && tokens[i - 1].tag == Tag::good &&
         !next_is(tokens, i, Tag::good);
}

bool Assembler::later_stock(const Tokens& tokens, std::uint32_t i) const {
  const bool still = name_of(tokens[i]) == U"还有";
  if (!still) return false;
  const bool last = i + 1 == tokens.size() ||
                    (i + 2 == tokens.size() && tokens[i + 1].is(Tag::filler)) || tokens[i + 1].gap;
  if (last && i > 0 && tokens[i - 1].tag == Tag::good) return true;
  return i == 0 && tokens[i].from <= 1 && next_is(tokens, i, Tag::amount);
}

void Assembler::drop_clause_goods(const Tokens& tokens, std::uint32_t i) {
  DraftOrder& order = current();
  std::size_t goods = 0;
  for (std::uint32_t k = 0; k < i; ++k) goods += tokens[k].tag == Tag::good ? 1 : 0;
  // 牛奶2盒 鸡蛋还够吃: what has its amount is asked for, whatever is said behind it.
  while (goods-- > 0 && order.items.size() > clause_first_item_ &&
         !(order.items.back().counted && !order.items.back().item.unit.empty()))
    order.items.pop_back();
}

bool Assembler::opens_remark(const Tokens& tokens, std::uint32_t i) const {
  if (!in(text_.at(tokens[i].to - 1), U"有剩") || i + 1 >= tokens.size()) return false;
  const Token& next = tokens[i + 1];
  return !next.gap && next.tag == Tag::unknown && !next.is(Tag::filler);
}

bool Assembler::leaves(const Token& token) const {
  const std::u32string_view word = name_of(token);
  if (word == U"还有" && is_han_digit(text_.at(token.to)) &&
      in(text_.at(token.to + 1), U"片粒颗针天顿") && text_.at(token.to) != U'几')
    return true;  // 利伐沙班还有两粒
  return word == U"只剩" || word == U"还剩" || word == U"仅剩" || word == U"剩" ||
         word == U"剩下" || word == U"只剩下" || word == U"就剩";
}

/// What a house cannot be without: rice, vegetables, an infant's formula.
bool Assembler::feeds(const DraftItem& item) {
  static constexpr std::array<std::string_view, 8> names{"米",   "菜",   "粮",   "粮食",
                                                         "口粮", "奶粉", "青菜", "蔬菜"};
  return std::find(names.begin(), names.end(), item.item.canonical) != names.end() ||
         (item.kind == GoodClass::baby && is_staple(item.item.canonical, item.kind));
}

void Assembler::mark_out(const Tokens& tokens, std::uint32_t i) {
  DraftOrder& order = current();
  bool before = false;
  const auto still_there = [&](const DraftItem& item) {  // 米还有一点 面条没了
    return item.item.range && std::any_of(tokens.begin(), tokens.begin() + i, [&](const Token& t) {
             return t.tag == Tag::good && text_.source[t.from] == item.item.range->from &&
                    starts(text_, t.to, U"还有");
           });
  };
  for (std::size_t k = clause_first_item_; k < order.items.size(); ++k) {
    if (!order.items[k].counted) order.items[k].out = true;
    if (!still_there(order.items[k]) && feeds(order.items[k]))
      draft_.staple_out = true;  // 奶粉一罐 快断了
    before = true;
  }
  if (before) return;
  for (std::uint32_t k = i + 1; k < tokens.size(); ++k) {  // 只剩半袋米了
    if (tokens[k].tag == Tag::good) out_next_ = true;
    if (tokens[k].tag != Tag::amount && !tokens[k].is(Tag::filler)) return;
  }
}

void Assembler::refuse(const Tokens& tokens, std::uint32_t i) {
  if (of_the_rest(tokens[i])) return;  // 苦瓜一根 别的不要
  DraftOrder& order = current();
  bool goods = false;
  for (std::uint32_t k = 0; k < i; ++k) {
    if (tokens[k].tag == Tag::address) goods = false;  // 5-102白菜1颗 5-103无
    goods |= tokens[k].tag == Tag::good;
  }
  if (goods) {
    if (tokens[i].is(Tag::drop) || tokens[i].is(Tag::cancel) || tokens[i - 1].tag == Tag::good)
      drop_named(tokens, i);
    return;
  }
  if (next_is(tokens, i, Tag::good)) {
    negated_ = true;
    return;
  }
  if (!row_has_key_ && row_number_ == 0) {
    // "青菜: 2把 / 牛奶: 无": the label of this row is not wanted.
    if (tokens[i].is(Tag::nothing) && last_delimiter_ == U':' && i == 0 && !order.items.empty() &&
        !order.items.back().counted) {
      order.items.pop_back();
    }
    return;
  }
  if (order.items.empty()) {
    const std::u32string_view word = name_of(tokens[i]);
    const bool taken_back =
        word.find(U"不要了") != std::u32string::npos || word.find(U"撤") != std::u32string::npos ||
        word.find(U"不用了") != std::u32string::npos || word.find(U"退") != std::u32string::npos;
    const bool withdrawn = taken_back && word.size() > 1 && word != U"不要";
    (withdrawn ? order.withdrawn : order.declined) = true;
    const bool tells = std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
      return token.from != tokens[i].from && strange(token);
    });
    if (!withdrawn && tells) remark_row(tokens);  // 401 不吃辣的不参加
  }
}

bool Assembler::of_the_rest(const Token& refusal) const {
  std::size_t end = refusal.from;
  while (end > 0 && in(text_.text[end - 1], U"都就也全啥什么 ")) --end;
  const std::u32string_view before = std::u32string_view{text_.text}.substr(0, end);
  for (const std::u32string_view rest : {U"别的", U"其他", U"其他的", U"其它", U"其它的", U"其余",
                                         U"其余的", U"另外的", U"剩下的", U"旁的", U"余下的"}) {
    if (before.ends_with(rest)) return true;
  }
  return text_.text[refusal.from] == U'别' && text_.at(refusal.from + 1) == U'的';
}

void Assembler::drop_named(const Tokens& tokens, std::uint32_t i) {
  DraftOrder& order = current();
  bool all = false;
  for (std::uint32_t k = 0; k <= i; ++k) {
    const std::u32string_view word = name_of(tokens[k]);
    all = all || word.find(U'都') != word.npos || word.find(U'全') != word.npos;
  }
  bool reached = false;
  for (std::uint32_t k = i; k-- > 0;) {
    if (tokens[k].tag == Tag::amount && reached && !all) return;
    if (tokens[k].tag != Tag::good) continue;
    reached = true;
    const std::string name = canonical_of(tokens[k]);
    std::erase_if(order.items, [&](const DraftItem& item) { return item.item.canonical == name; });
  }
}

std::string Assembler::canonical_of(const Token& token) const {
  return draft_item(text_, lexicon_, reading_.goods[token.index], {}).item.canonical;
}

void Assembler::remark_row(const Tokens& clause) {
  std::uint32_t from = reading_.tokens.front().from;
  std::uint32_t to = reading_.tokens.back().to;
  if (!several_) {  // 202:盐一包;301:联系不上
    to = clause.back().to;
    for (const Token& token : reading_.tokens) {
      if (token.tag == Tag::address && token.from < to) from = token.from;
    }
  }
  for (const Token& token : reading_.tokens) {
    if (token.from < from || token.to > to) continue;
    if (token.tag != Tag::list_number && token.tag != Tag::newline) paint(token, SpanKind::note);
  }
}

}  // namespace doorstep::intake
