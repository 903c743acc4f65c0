#include "engine/intake/thread_editor.h"

namespace doorstep::intake {

bool Editor::run() {
  bool changed = false;
  Clause list;  // 苹果、香蕉都减半: the goods before the one that the edit stands behind.
  for (const Clause& clause : draft_.clauses) {
    const bool only_goods = !clause.tokens.empty() && text_.at(clause.tokens.back().to) == U'、' &&
                            std::all_of(clause.tokens.begin(), clause.tokens.end(),
                                        [](const Token& token) { return token.tag == Tag::good; });
    if (only_goods) {
      list.tokens.insert(list.tokens.end(), clause.tokens.begin(), clause.tokens.end());
      list.tags |= clause.tags | set_of(Tag::good);
      continue;
    }
    Clause whole = clause;
    if (!list.tokens.empty() && (says_all(clause) || has(clause, Tag::each))) {
      whole.tokens.insert(whole.tokens.begin(), list.tokens.begin(), list.tokens.end());
      whole.tags |= list.tags;
    } else if (!list.tokens.empty()) {
      changed = apply(list) || changed;
    }
    list = {};
    if (others_out(whole)) {
      changed = true;
      continue;
    }
    for (const Clause& part : parts(whole)) changed = apply(part) || changed;
  }
  if (!list.tokens.empty()) changed = apply(list) || changed;
  return changed;
}

bool Editor::has(const Clause& clause, Tag tag) {
  return (clause.tags & set_of(tag)) != 0;
}

/// 鸡蛋加一板 牛奶少一箱: each edit with its own good.
std::vector<Clause> Editor::parts(const Clause& clause) {
  constexpr TagSet edits = set_of(Tag::more) | set_of(Tag::less) | set_of(Tag::change) |
                           set_of(Tag::drop) | set_of(Tag::twice) | set_of(Tag::half) |
                           set_of(Tag::neg);
  if (has(clause, Tag::condition)) return {clause};  // One thought, whatever edits it names.
  const Tokens& all = clause.tokens;
  const auto edits_next = [&](std::size_t i) {  // An edit follows before the next good but one.
    if ((all[i].tags & edits) != 0) return true;
    for (++i; i < all.size() && all[i].tag != Tag::good; ++i) {
      if ((all[i].tags & edits) != 0) return true;
    }
    return false;
  };
  std::vector<Clause> out(1);
  TagSet seen = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool whole = (seen & edits) != 0 && (seen & set_of(Tag::good)) != 0 &&
                       (seen & (set_of(Tag::amount) | set_of(Tag::drop) | set_of(Tag::twice) |
                                set_of(Tag::half) | set_of(Tag::neg))) != 0;
    const bool opens = all[i].tag == Tag::good || (all[i].tags & edits) != 0;
    const bool behind_edit = i > 0 && (all[i - 1].tags & edits) != 0;
    if (whole && opens && !behind_edit && edits_next(i) && (seen & set_of(Tag::condition)) == 0) {
      out.emplace_back();
      seen = 0;
    }
    seen |= all[i].tags | set_of(all[i].tag);
    out.back().tokens.push_back(all[i]);
    out.back().tags = seen;
  }
  return out;
}

bool Editor::apply(const Clause& clause) {
  if (has(clause, Tag::condition) || noted(clause) || concedes(clause)) return true;
  if (received(clause)) return false;
  bool changed = door(clause);
  for (const Token& token : clause.tokens) {
    if (token.tag == Tag::phone || token.tag == Tag::person) changed = true;
  }
  const std::size_t edit = find(clause, set_of(Tag::change));
  if (edit < clause.tokens.size()) return change(clause, edit) || changed;
  if (takes_for(clause) || corrects_amount(clause) || totals(clause) || says_kind(clause))
    return true;
  if (others_out(clause)) return true;
  if (drops(clause)) return true;
  if (scale(clause)) return true;
  const std::size_t less = find(clause, set_of(Tag::less));
  if (less < clause.tokens.size()) return shift(clause, less, -1) || changed;
  std::size_t more = find(clause, set_of(Tag::more));
  for (std::size_t i = 1; i < clause.tokens.size() && has(clause, Tag::each); ++i) {
    if (word(clause.tokens[i]).find(U'加') != std::u32string::npos)
      more = std::min(more, i);  // 各加一斤
  }
  if (more < clause.tokens.size()) return shift(clause, more, 1) || changed;
  return set(clause) || changed;
}

/// 鸡蛋2板收到了: told, not asked.
bool Editor::received(const Clause& clause) const {
  return std::any_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
    const std::u32string said = word(token);
    return token.tag == Tag::unknown &&
           (said.find(U"收到") != said.npos || said == U"拿到了" || said == U"领到了");
  });
}

bool Editor::noted(const Clause& clause) const {
  const bool note = draft_.role[clause.tokens.front().from] == SpanKind::note;
  return note && has(clause, Tag::note) &&
         std::none_of(clause.tokens.begin(), clause.tokens.end(),
                      [](const Token& t) { return t.tag == Tag::good || t.tag == Tag::amount; });
}

bool Editor::concedes(const Clause& clause) {
  constexpr TagSet edits = set_of(Tag::less) | set_of(Tag::more) | set_of(Tag::change);
  if ((clause.tags & edits) == 0) return false;
  const Token& last = clause.tokens.back();
  if (!last.is(Tag::note) || text_.at(last.from) != U'也') return false;
  std::fill(draft_.role.begin() + clause.tokens.front().from, draft_.role.begin() + last.to,
            SpanKind::note);
  return true;
}

std::size_t Editor::find(const Clause& clause, TagSet tags) {
  for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
    if ((clause.tokens[i].tags & tags) != 0) return i;
  }
  return clause.tokens.size();
}

std::u32string Editor::word(const Token& token) const {
  return text_.text.substr(token.from, token.to - token.from);
}

Side Editor::side(const Tokens& tokens, std::size_t from, std::size_t to) const {
  Side out;
  std::optional<Amount> pending;
  for (std::size_t i = from; i < to; ++i) {
    const Token& token = tokens[i];
    if (token.tag == Tag::good) {
      out.wishes.push_back({token, draft_.goods[token.index], pending});
      out.used.push_back(token);
      pending.reset();
    } else if (token.tag == Tag::amount) {
      out.used.push_back(token);
      if (i > from && word(tokens[i - 1]) == U"不是") continue;
      const Amount& amount = draft_.amounts[token.index];
      const bool takes = !out.wishes.empty() && !out.wishes.back().amount;
      if (takes) {
        out.wishes.back().amount = amount;
      } else {
        if (pending) out.lone.push_back(*pending);
        pending = amount;
      }
    }
  }
  if (pending && !pending->implicit) out.lone.push_back(*pending);  // 加个电话 counts nothing.
  return out;
}

/// 牛奶和面包都来三份: one amount for all that are named.
void Editor::spread(const Clause& clause, Side& side) const {
  if (side.wishes.size() < 2 || !(says_all(clause) || has(clause, Tag::each))) return;
  const std::optional<Amount> said = side.wishes.back().amount;
  if (!said) return;
  const bool alone = std::all_of(side.wishes.begin(), side.wishes.end() - 1,
                                 [](const Wish& wish) { return !wish.amount; });
  if (!alone) return;
  for (Wish& wish : side.wishes) wish.amount = said;
}

void Editor::paint(const Side& side) {
  for (const Token& token : side.used) {
    std::fill(draft_.role.begin() + token.from, draft_.role.begin() + token.to, SpanKind::item);
  }
}

DraftItem Editor::item_of(const Wish& wish) const {
  return draft_item(text_, lexicon_, wish.good, wish.amount);
}

DraftItem* Editor::ordered(const Wish& wish) {
  const DraftItem wanted = item_of(wish);
  for (DraftItem& item : order_.items) {
    if (item.item.canonical == wanted.item.canonical) return &item;
  }
  // 酸奶 may be named for 蒙牛酸奶 when only one fits.
  DraftItem* found = nullptr;
  for (DraftItem& item : order_.items) {
    if (!item.item.canonical.ends_with(wanted.item.canonical) &&
        !item.item.name.ends_with(wanted.item.name))
      continue;
    if (found != nullptr) return nullptr;
    found = &item;
  }
  return found;
}

void Editor::set_amount(DraftItem& item, const Amount& amount) {
  item.counted = true;
  item.item.qty.reset();
  if (amount.milli) item.item.qty = Quantity{*amount.milli};
  if (amount.unit != 0) item.item.unit = lexicon_.unit(amount.unit).name;
}

bool Editor::says_all(const Clause& clause) const {
  return std::any_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
    const std::u32string said = word(token);
    return said.find(U"都") != std::u32string::npos || said.find(U"全") != std::u32string::npos ||
           said.find(U"所有") != std::u32string::npos || said == U"all" || said == U"everything";
  });
}

DraftItem* Editor::meant(const Amount& amount) {
  if (order_.items.size() == 1) return &order_.items.front();
  if (last_ < order_.items.size()) return &order_.items[last_];
  DraftItem* found = nullptr;
  const std::string& unit = lexicon_.unit(amount.unit).name;
  for (DraftItem& item : order_.items) {
    if (unit.empty() || item.item.unit != unit) continue;
    if (found != nullptr) return nullptr;
    found = &item;
  }
  return found;
}

void Editor::mention(const DraftItem* item) {
  last_ = static_cast<std::size_t>(item - order_.items.data());
}

}  // namespace doorstep::intake
