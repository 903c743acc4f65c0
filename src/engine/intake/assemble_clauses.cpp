#include "engine/intake/assembler.h"

namespace doorstep::intake {

bool Assembler::delimits(const Token& token) const {
  return token.tag == Tag::newline ||
         (token.tag == Tag::punct && in(text_.at(token.from), U",;。!?|:、()…"));
}

void Assembler::cut_clauses() {
  Tokens clause;
  Tokens inner;
  const Tokens& all = reading_.tokens;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Token& token = all[i];
    if (token.tag == Tag::list_number) {
      flush(clause);
      row_number_ = token.index;
      if (i > 0) next_entry();
      continue;
    }
    if (token.tag == Tag::punct && text_.at(token.from) == U'(') {
      if (const std::size_t close = closing(i); close != 0) {
        i = bracket(i, close, clause);
        continue;
      }
    }
    if (!delimits(token)) {
      clause.push_back(token);
      continue;
    }
    if (text_.at(token.from) == U':' && deals_out(clause, i)) continue;
    if (text_.at(token.from) == U':') label(clause);
    const bool conditional = holds(clause, Tag::condition);
    flush(clause);
    last_delimiter_ = text_.at(token.from);
    if (!conditional || token.tag != Tag::punct || text_.at(token.from) != U',')
      open_condition_ = false;
  }
  flush(clause);
  open_condition_ = false;
}

bool Assembler::holds(const Tokens& tokens, Tag tag) {
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) { return t.is(tag); });
}

std::size_t Assembler::closing(std::size_t open) const {
  const Tokens& all = reading_.tokens;
  for (std::size_t i = open + 1; i < std::min(all.size(), open + 40); ++i) {
    if (all[i].tag != Tag::punct) continue;
    if (text_.at(all[i].from) == U')') return i;
    if (text_.at(all[i].from) == U'(') return 0;
  }
  return 0;
}

std::size_t Assembler::bracket(std::size_t open, std::size_t close, Tokens& clause) {
  const Tokens inner(reading_.tokens.begin() + static_cast<std::ptrdiff_t>(open) + 1,
                     reading_.tokens.begin() + static_cast<std::ptrdiff_t>(close));
  const bool behind_good = !clause.empty() && (clause.back().tag == Tag::good);
  const bool behind_amount = !clause.empty() && clause.back().tag == Tag::amount;
  if (inner.size() == 1 && inner[0].tag == Tag::amount) {
    if (behind_good) clause.push_back(inner[0]);
    return close;
  }
  if (!inner.empty() && std::all_of(inner.begin(), inner.end(), [](const Token& token) {
        return token.tag == Tag::price || token.tag == Tag::size;
      }))
    return close;  // 豆浆接龙(一杯3元)
  if (!inner.empty() && inner[0].tag == Tag::good && behind_good &&
      is_label(name_of(clause.back()))) {
    clause.pop_back();
    clause.insert(clause.end(), inner.begin(), inner.end());
    return close;
  }
  if ((behind_good || behind_amount) && holds(inner, Tag::address)) {
    flush(clause);
    share(inner);
    return close;
  }
  if (holds(inner, Tag::address) || holds(inner, Tag::person)) {
    clause.insert(clause.end(), inner.begin(), inner.end());
    return close;
  }
  if (behind_good && !holds(inner, Tag::good) && !holds(inner, Tag::amount) && !inner.empty()) {
    remark(inner);  // 饼干(咸的)两包
    return close;
  }
  flush(clause);
  Tokens part;
  for (const Token& token : inner) {
    if (delimits(token)) {
      flush(part);
    } else {
      part.push_back(token);
    }
  }
  in_brackets_ = true;
  flush(part);
  in_brackets_ = false;
  return close;
}

void Assembler::remark(const Tokens& inner) {
  const bool said =
      std::any_of(inner.begin(), inner.end(), [&](const Token& t) { return strange(t); });
  for (const Token& token : inner) draft_.tags |= token.tags;
  if (!said) return;
  std::fill(draft_.role.begin() + inner.front().from, draft_.role.begin() + inner.back().to,
            SpanKind::note);
}

std::u32string_view Assembler::name_of(const Token& token) const {
  return std::u32string_view{text_.text}.substr(token.from, token.to - token.from);
}

void Assembler::label(Tokens& clause) {
  if (clause.empty() || clause.back().tag != Tag::good) return;
  const std::size_t next = static_cast<std::size_t>(&clause.back() - clause.data());
  static_cast<void>(next);
  const auto* following = following_good(clause.back().to);
  if (following == nullptr || !is_label(name_of(clause.back()))) return;
  clause.pop_back();
  std::erase_if(clause, [](const Token& token) { return token.tag == Tag::amount; });
}

const Token* Assembler::following_good(std::uint32_t from) const {
  for (const Token& token : reading_.tokens) {
    if (token.from <= from || token.tag == Tag::newline || token.tag == Tag::list_number) continue;
    if (token.tag == Tag::amount || token.is(Tag::nothing)) return nullptr;
    if (token.tag == Tag::good) return &token;
    if (token.tag == Tag::punct && text_.at(token.from) != U':') return nullptr;
  }
  return nullptr;
}

void Assembler::flush(Tokens& clause) {
  if (!clause.empty()) read_clause(clause);
  clause.clear();
}

/// 草莓两盒要是太贵就算了: index of the condition behind a counted good; 0 when there is none.
std::size_t Assembler::condition_behind(const Tokens& tokens) const {
  bool good = false;
  bool amount = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is(Tag::condition) || (i > 0 && tokens[i].gap && absent_at(tokens, i))) return good && amount && !open_condition_ ? i : 0;
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

void Assembler::read_clause(const Tokens& written) {
  const Tokens tokens = without_denied_doors(written);
  if (tokens.empty()) return;
  if (const std::size_t cut = condition_behind(tokens); cut != 0) {
    const auto middle = tokens.begin() + static_cast<std::ptrdiff_t>(cut);
    read_clause(Tokens(tokens.begin(), middle));
    read_clause(Tokens(middle, tokens.end()));
    return;
  }
  if (const std::size_t cut = door_behind_remark(tokens); cut != 0) {
    const auto middle = tokens.begin() + static_cast<std::ptrdiff_t>(cut);
    for (auto token = tokens.begin(); token != middle; ++token) paint(*token, SpanKind::note);
    read_clause(Tokens(middle, tokens.end()));
    return;
  }
  TagSet tags = 0;
  for (const Token& token : tokens) tags |= token.tags | set_of(token.tag);
  if (absent_then(tokens)) tags |= set_of(Tag::condition);
  draft_.tags |= tags;
  if (!draft_.orders.empty() && !current().address.empty() && tokens.size() >= 2 &&
      name_of(tokens[0]) == U"不是" && tokens[1].tag == Tag::address && tokens.size() <= 3) {
    return;  // 送到11栋,不是1栋
  }
  if (open_condition_ && in(text_.at(tokens[0].from), U"再另还"))
    open_condition_ = false;  // 有的话来一包,再要两根莴笋
  draft_.clauses.push_back({global(tokens), tags});
  const bool alternative =
      open_condition_ || ((tags & set_of(Tag::note)) != 0 && offers_alternative(tokens));
  if ((tags & set_of(Tag::condition)) != 0 || alternative) {
    read_condition(tokens);
    return;
  }
  if (splits(tokens) || shares(tokens)) return;
  if (remark_leads(tokens)) {
    remark_row(tokens);
    return;
  }
  std::vector<Slot> slots;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (names_flavours(tokens, i) || makes_kind(tokens, i)) continue;
    if (tokens[i].tag == Tag::good && of_next(tokens, i)) continue;
    if (pictures(tokens, i)) continue;
    if (tokens[i].tag == Tag::good && i > 0 && tokens[i - 1].tag == Tag::good && !tokens[i].gap &&
        (flavour(tokens[i], true) || text_.at(tokens[i].to - 1) == U'馅'))
      continue;  // 薯片原味两包, 水饺韭菜馅两袋
    if (tokens[i].tag == Tag::good) slots.push_back({Slot::Kind::good, i});
    if (tokens[i].tag == Tag::amount && !dealt_out(tokens, i))
      slots.push_back({Slot::Kind::amount, i});
  }
  summed_amounts(tokens, slots);
  pair_slots(text_, reading_, lexicon_, tokens, slots);
  const std::size_t orders_before = draft_.orders.size();
  walk(tokens, slots);
  give_each(tokens, orders_before);
  leftovers(tokens);
}

Assembler::Tokens Assembler::without_denied_doors(const Tokens& tokens) const {
  const auto doors = std::count_if(tokens.begin(), tokens.end(),
                                   [](const Token& t) { return t.tag == Tag::address; });
  if (doors < 2) return tokens;
  Tokens kept;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::u32string_view word = name_of(tokens[i]);
    const bool denies = word == U"不是" || word == U"而不是" || word == U"不住" || word == U"非";
    if (denies && i + 1 < tokens.size() && tokens[i + 1].tag == Tag::address) {
      ++i;
    } else {
      kept.push_back(tokens[i]);
    }
  }
  return kept;
}

bool Assembler::names_flavours(const Tokens& tokens, std::uint32_t i) const {
  if (tokens[i].tag != Tag::good || draft_.orders.empty() || draft_.orders.back().items.empty())
    return false;
  const DraftItem& last = draft_.orders.back().items.back();
  if (!last.counted || (last.kind != GoodClass::cooked && last.kind != GoodClass::snack))
    return false;
  while (i < tokens.size() && tokens[i].tag == Tag::good) ++i;
  return i + 1 < tokens.size() && name_of(tokens[i]) == U"的" && !tokens[i].gap &&
         tokens[i + 1].tag == Tag::amount;
}

/// 大蒜🧄3头: the picture behind the word says the same again.
bool Assembler::pictures(const Tokens& tokens, std::uint32_t i) const {
  return tokens[i].tag == Tag::good && i > 0 && tokens[i - 1].tag == Tag::good && !tokens[i].gap &&
         text_.kind_at(tokens[i].from) == Kind::other &&
         text_.kind_at(tokens[i - 1].from) != Kind::other;
}

bool Assembler::dealt_out(const Tokens& tokens, std::uint32_t i) const {
  for (std::uint32_t k = i; k-- > 0;) {
    if (tokens[k].is(Tag::each) || (k + 1 == i && in_all(tokens, k))) return true;
    if (tokens[k].tag != Tag::unknown || !(tokens[k].is(Tag::filler) || tokens[k].is(Tag::verb)))
      return false;
  }
  return false;
}

Assembler::Tokens Assembler::global(Tokens tokens) {
  for (Token& token : tokens) {
    const auto keep = [&](auto& into, const auto& from) {
      into.push_back(from[token.index]);
      token.index = static_cast<std::uint32_t>(into.size() - 1);
    };
    if (token.tag == Tag::good) keep(draft_.goods, reading_.goods);
    if (token.tag == Tag::amount) keep(draft_.amounts, reading_.amounts);
    if (token.tag == Tag::address) keep(draft_.addresses, reading_.addresses);
  }
  return tokens;
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

void Assembler::summed_amounts(const Tokens& tokens, std::vector<Slot>& slots) const {
  const auto amounts = std::count_if(
      slots.begin(), slots.end(), [](const Slot& slot) { return slot.kind == Slot::Kind::amount; });
  const bool waits =
      slots.size() > 1 || (!draft_.orders.empty() && !draft_.orders.back().items.empty() &&
                           !draft_.orders.back().items.back().counted);
  std::erase_if(slots, [&](const Slot& slot) {
    if (slot.kind != Slot::Kind::amount || slot.token == 0) return false;
    if (amounts == 1 && waits && tokens[slot.token - 1].is(Tag::total))
      return false;  // 快递 一共三件
    return tokens[slot.token - 1].is(Tag::total) || leaves(tokens[slot.token - 1]) ||
           name_of(tokens[slot.token - 1]) == U"不是";  // 2袋不是1袋
  });
}

bool Assembler::only_floor(const Token& token) const {
  const Address& found = reading_.addresses[token.index].address;
  Address floor;
  floor.floor = found.floor;
  return !found.floor.empty() && found == floor;
}

/// 帮拿到1楼 7-1-602: a floor where something is put down, beside a door that is somebody's own.
bool Assembler::set_down(const Token& token) const {
  if (token.from < 2 || text_.at(token.from - 1) != U'到' ||
      !in(text_.at(token.from - 2), U"拿搬提抬放扛拎丢扔捎带送"))
    return false;
  if (in(text_.at(token.from - 2), U"拿搬放丢扔") &&
      reading_.addresses[token.index].address.floor == "1")
    return true;
  return std::any_of(
      reading_.tokens.begin(), reading_.tokens.end(), [&](const Token& other) {
        return other.tag == Tag::address && other.from != token.from &&
               !reading_.addresses[other.index].address.room.empty();
      });
}

bool Assembler::leaves_from(const Tokens& tokens, std::uint32_t i) const {
  const bool whose = text_.at(tokens[i].to - 1) == U'的' && i + 1 < tokens.size() &&
                     tokens[i + 1].tag == Tag::good && !tokens[i + 1].gap;
  const bool floor_only = only_floor(tokens[i]);
  if (whose && floor_only) {  // 12楼的快递帮我捎到8楼
    return std::any_of(tokens.begin() + i + 1, tokens.end(), [&](const Token& other) {
      return other.tag == Tag::address && text_.at(other.from - 1) == U'到';
    });
  }
  if (floor_only && set_down(tokens[i])) return true;
  if (i == 0 || name_of(tokens[i - 1]) != U"从") return false;
  return std::any_of(tokens.begin() + i + 1, tokens.end(),
                     [](const Token& other) { return other.tag == Tag::address; });
}

void Assembler::walk(const Tokens& tokens, const std::vector<Slot>& slots) {
  std::vector<const Slot*> by_token(tokens.size(), nullptr);
  for (const Slot& slot : slots) by_token[slot.token] = &slot;
  negated_ = false;
  if (last_delimiter_ != U':' && last_delimiter_ != U'、') each_ = false;
  past_ = false;
  out_next_ = false;
  stocked_ = false;
  clause_first_item_ = draft_.orders.empty() ? 0 : current().items.size();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.tag == Tag::address && leaves_from(tokens, i)) {
      paint(token, SpanKind::note);  // 从5栋201搬到5栋902
    } else if (token.tag == Tag::address) {
      take_address(token);
    } else if (token.tag == Tag::person) {
      take_person(token);
    } else if (token.tag == Tag::phone) {
      take_phone(token);
    } else if (pictures(tokens, i)) {
      paint(token, SpanKind::ignorable);
    } else if (token.tag == Tag::good && by_token[i] == nullptr) {
      paint(token, SpanKind::note);  // 白菜猪肉的两袋, 高压锅的密封圈
      if (of_next(tokens, i)) paint(tokens[i + 1], SpanKind::note);
    } else if (token.tag == Tag::good) {
      take_good(tokens, i, slots, *by_token[i]);
    } else if (token.tag == Tag::amount) {
      if (by_token[i] != nullptr && by_token[i]->partner == Slot::none && !by_token[i]->size) {
        lone_amount(tokens, i);
      } else if (by_token[i] != nullptr && by_token[i]->size && i + 1 < tokens.size() &&
                 name_of(tokens[i + 1]) == U"的" && !tokens[i + 1].gap &&
                 (i + 2 == tokens.size() || tokens[i + 2].gap)) {
        paint(token, SpanKind::note);  // 买一袋20斤的
        paint(tokens[i + 1], SpanKind::note);
      }
    } else if (token.tag == Tag::size) {
      take_size(token);
    } else if (token.tag == Tag::price) {
      take_price(tokens, i, slots);
    } else {
      take_word(tokens, i);
    }
  }
}

}  // namespace doorstep::intake
