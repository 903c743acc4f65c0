/// \file What a clause makes depend on something else: lacks, substitutes, prices.

#include "engine/intake/assembler.h"

namespace doorstep::intake {

/// 草莓两盒要是太贵就算了: index of the condition behind a counted good; 0 when there is none.
std::size_t Assembler::condition_behind(const Tokens& tokens) const {
  bool good = false;
  bool amount = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is(Tag::condition) || (i > 0 && tokens[i].gap && absent_at(tokens, i)))
      return good && amount && !open_condition_ ? i : 0;
    good = good || tokens[i].tag == Tag::good;
    amount =
        amount || (tokens[i].tag == Tag::amount && !reading_.amounts[tokens[i].index].implicit);
  }
  return 0;
}

/// 没有草莓就换成樱桃: the lack of a good is a condition of what follows.
bool Assembler::absent_then(const Tokens& tokens) const {
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (absent_at(tokens, i)) return true;
  }
  return false;
}

bool Assembler::absent_at(const Tokens& tokens, std::size_t i) const {
  if (i + 2 >= tokens.size() || tokens[i + 1].tag != Tag::good) return false;
  const std::u32string_view word = name_of(tokens[i]);
  if (word == U"有" && name_of(tokens[i + 2]) == U"的话") return true;  // 有香椿的话来一把
  if (word != U"没有" && word != U"没" && word != U"冇" && word != U"没得" && word != U"冇得" &&
      word != U"莫得")
    return false;
  for (std::size_t k = i + 2; k < std::min(tokens.size(), i + 4); ++k) {
    if (in(text_.at(tokens[k].from), U"就则换") || name_of(tokens[k]) == U"的话") return true;
  }
  // 没有土鸡蛋普通的也行
  const std::u32string_view rest = std::u32string_view{text_.text}.substr(
      tokens[i + 1].to, std::min(tokens.back().to, tokens[i + 1].to + 12) - tokens[i + 1].to);
  for (const std::u32string_view able : {U"也行", U"也可以", U"也成", U"也要", U"也得", U"也好"}) {
    if (rest.find(able) != rest.npos) return true;
  }
  return false;
}

bool Assembler::offers_alternative(const Tokens& tokens) const {
  bool good = false;
  for (const Token& token : tokens) {
    if (token.tag == Tag::good) good = true;
    if (token.tag == Tag::amount) return false;
    if (good && token.is(Tag::note) && text_.at(token.from) == U'也') return true;
  }
  return false;
}

void Assembler::read_condition(const Tokens& tokens) {
  std::uint32_t from = tokens.front().from;
  bool condition = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.is(Tag::condition) || in(text_.at(token.from), U"没冇") || name_of(token) == U"有")
      condition = true;
    if (token.tag == Tag::address) {
      take_address(token);
      if (!condition) from = i + 1 < tokens.size() ? tokens[i + 1].from : token.to;
      continue;
    }
    if (token.tag != Tag::good || condition || open_condition_) continue;
    const FoundGood& good = reading_.goods[token.index];
    std::optional<Amount> amount;
    if (i > 0 && tokens[i - 1].tag == Tag::amount) amount = reading_.amounts[tokens[i - 1].index];
    if (i + 1 < tokens.size() && tokens[i + 1].tag == Tag::amount) {
      amount = reading_.amounts[tokens[i + 1].index];
    }
    DraftItem item = draft_item(text_, lexicon_, good, amount);
    const bool ordered = std::any_of(
        current().items.begin(), current().items.end(),
        [&](const DraftItem& known) { return known.item.canonical == item.item.canonical; });
    const bool asked =
        amount || (draft_.orders.back().items.empty() && holds(tokens, Tag::condition) && i == 0);
    if (!ordered && asked && !offers_alternative(tokens)) current().items.push_back(item);
  }
  for (std::uint32_t i = from; i < tokens.back().to; ++i) {
    // A door may stand behind the condition.
    if (draft_.role[i] != SpanKind::address) draft_.role[i] = SpanKind::note;
  }
  open_condition_ = holds(tokens, Tag::condition);
}

}  // namespace doorstep::intake
