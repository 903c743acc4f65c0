/// \file The kinds of edits: change, drop, scale, more and less, set, another door.

#include "engine/intake/thread_editor.h"

namespace doorstep::intake {

bool Editor::change(const Clause& clause, std::size_t edit) {
  Side before = side(clause.tokens, 0, edit);
  Side after = side(clause.tokens, edit + 1, clause.tokens.size());
  if (word(clause.tokens[edit]) == U"instead of") std::swap(before, after);
  if (before.wishes.empty() && after.wishes.size() == 2 && ordered(after.wishes[0]) != nullptr) {
    before.wishes.push_back(after.wishes[0]);  // change milk to soy milk
    after.wishes.erase(after.wishes.begin());
  }
  if (before.wishes.empty() && before.lone.size() == 1 && after.wishes.empty() &&
      after.lone.empty())
    return false;
  if (names_size(clause, before, after)) {
    std::fill(draft_.role.begin() + clause.tokens[edit].from,
              draft_.role.begin() + clause.tokens.back().to, SpanKind::note);
    return true;
  }
  paint(before);
  paint(after);
  if (before.wishes.empty() && !after.wishes.empty() && order_.items.size() > 1 &&
      word(clause.tokens[edit == 0 ? 0 : edit - 1]).find(U'都') != std::u32string::npos &&
      ordered(after.wishes[0]) == nullptr)
    order_.items.clear();  // 都换成 米1袋
  if (!after.wishes.empty()) return exchange(before, after);
  if (after.lone.empty() && !before.wishes.empty() && before.wishes.back().amount) {
    after.lone.push_back(*before.wishes.back().amount);  // 土豆3斤改一下
  }
  if (after.lone.empty()) return false;
  bool changed = false;
  for (const Wish& wish : before.wishes) {
    if (DraftItem* item = ordered(wish)) {
      set_amount(*item, after.lone.back());
      mention(item);
      changed = true;
    }
  }
  if (changed) return true;
  if (before.wishes.empty() && says_all(clause)) {
    for (DraftItem& item : order_.items) set_amount(item, after.lone.back());
    return !order_.items.empty();
  }
  DraftItem* item = meant(after.lone.back());
  if (item != nullptr) set_amount(*item, after.lone.back());
  return item != nullptr;
}

/// 大米换成20斤的: which bag, not how much of it.
bool Editor::names_size(const Clause& clause, const Side& before, const Side& after) {
  if (before.wishes.size() != 1 || !after.wishes.empty() || after.lone.size() != 1) return false;
  const DraftItem* item = ordered(before.wishes[0]);
  return item != nullptr && item->measure == UnitClass::container &&
         after.lone[0].kind == UnitClass::weight && word(clause.tokens.back()) == U"的";
}

bool Editor::exchange(const Side& before, const Side& after) {
  if (before.wishes.empty() && ordered(after.wishes[0]) != nullptr) {
    for (const Wish& wish : after.wishes) {
      DraftItem* item = ordered(wish);
      if (item != nullptr && wish.amount) set_amount(*item, *wish.amount);
    }
    return true;
  }
  if (before.wishes.empty() && dropped_) {  // 黄瓜不要了,换成茄子
    order_.items.push_back(*dropped_);
    dropped_.reset();
    return exchange_for(&order_.items.back(), after);
  }
  DraftItem* old = before.wishes.empty()
                       ? (order_.items.size() == 1 ? order_.items.data() : nullptr)
                       : ordered(before.wishes[0]);
  if (old == nullptr && !before.wishes.empty() && order_.items.empty()) return false;
  return exchange_for(old, after);
}

bool Editor::exchange_for(DraftItem* old, const Side& after) {
  DraftItem fresh = item_of(after.wishes[0]);
  if (!after.lone.empty() && !fresh.counted) set_amount(fresh, after.lone[0]);
  if (old == nullptr) {
    order_.items.push_back(fresh);
    return true;
  }
  if (DraftItem* same = ordered(after.wishes[0]);
      same != nullptr && same == old &&
      fresh.item.canonical == old->item.canonical) {  // 小米换成大米 changes the good.
    if (fresh.counted) set_amount(*old, *after.wishes[0].amount);
    return true;
  }
  if (!fresh.counted) {
    fresh.item.qty = old->item.qty;
    fresh.item.unit = old->item.unit;
    fresh.counted = old->counted;
  }
  *old = fresh;
  mention(old);
  return true;
}

/// 除了香蕉都不要了 refuses what it does not name.
bool Editor::refuses(const Clause& clause) const {
  return std::any_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
    const std::u32string said = word(token);
    return said.find(U"不") != said.npos || said.find(U"取消") != said.npos ||
           said.find(U"退") != said.npos;
  });
}

bool Editor::others_out(const Clause& clause) {
  const bool others =
      std::any_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
        const std::u32string said = word(token);
        return said.starts_with(U"只要") || said.starts_with(U"只留") || said == U"only" ||
               ((said == U"除了" || said == U"除") && says_all(clause) && refuses(clause));
      });
  if (!others) return false;
  const Side all = side(clause.tokens, 0, clause.tokens.size());
  if (all.wishes.empty()) return false;
  std::vector<DraftItem> kept;
  for (const Wish& wish : all.wishes) {
    DraftItem* item = ordered(wish);
    DraftItem made = item != nullptr ? *item : item_of(wish);
    if (wish.amount) set_amount(made, *wish.amount);
    kept.push_back(made);
  }
  paint(all);
  order_.items = std::move(kept);
  return true;
}

/// 是三斤排骨不是三斤牛排: the good that was ordered gives way to the one that is meant.
bool Editor::takes_for(const Clause& clause) {
  const Tokens& all = clause.tokens;
  std::size_t refusal = 0;
  for (std::size_t i = 1; i + 1 < all.size() && refusal == 0; ++i) {
    if (word(all[i]) == U"不是" || word(all[i]) == U"而不是") refusal = i;
  }
  if (refusal == 0) return false;
  const Side meant = side(all, 0, refusal);
  const Side mistaken = side(all, refusal + 1, all.size());
  if (meant.wishes.size() != 1 || mistaken.wishes.size() != 1) return false;
  DraftItem* old = ordered(mistaken.wishes[0]);
  if (old == nullptr || ordered(meant.wishes[0]) != nullptr) return false;
  paint(meant);
  paint(mistaken);
  return exchange_for(old, meant);
}

/// 面条不要挂面 要湿面: a refusal between two goods of a kind says which kind of the first.
bool Editor::limits(const Clause& clause, std::size_t refusal) {
  const Tokens& all = clause.tokens;
  if (refusal == 0 || refusal + 1 >= all.size() || !all[refusal].is(Tag::neg)) return false;
  if (all[refusal - 1].tag != Tag::good || all[refusal + 1].tag != Tag::good) return false;
  const Side before = side(all, 0, refusal);
  const Side behind = side(all, refusal + 1, all.size());
  if (before.wishes.size() != 1 || ordered(before.wishes[0]) == nullptr) return false;
  if (behind.wishes[0].good.kind != before.wishes[0].good.kind) return false;
  std::fill(draft_.role.begin() + all[refusal].from, draft_.role.begin() + all.back().to,
            SpanKind::note);
  return true;
}

/// 腊肉不要一块 要两块: the amount is refused, not the good.
bool Editor::corrects_amount(const Clause& clause) {
  const Tokens& all = clause.tokens;
  const std::size_t refusal = find(clause, set_of(Tag::drop) | set_of(Tag::neg));
  if (refusal == 0 || refusal + 2 >= all.size() || all[refusal + 1].tag != Tag::amount)
    return false;
  const Amount* meant = nullptr;
  for (std::size_t i = refusal + 2; i < all.size(); ++i) {
    if (all[i].tag == Tag::good) return false;
    if (all[i].tag == Tag::amount) meant = &draft_.amounts[all[i].index];
  }
  const Side before = side(all, 0, refusal);
  if (meant == nullptr || meant->implicit || before.wishes.size() != 1) return false;
  DraftItem* item = ordered(before.wishes[0]);
  if (item == nullptr) return false;
  set_amount(*item, *meant);
  mention(item);
  std::fill(draft_.role.begin() + all[refusal].from, draft_.role.begin() + all.back().to,
            SpanKind::ignorable);
  paint(side(all, 0, all.size()));
  return true;
}

/// 再要一盒 一共两盒: the sum is what stands.
bool Editor::totals(const Clause& clause) {
  const std::size_t sum = find(clause, set_of(Tag::total));
  if (sum + 1 >= clause.tokens.size() || clause.tokens[sum + 1].tag != Tag::amount) return false;
  const Amount& amount = draft_.amounts[clause.tokens[sum + 1].index];
  const Side before = side(clause.tokens, 0, sum);
  DraftItem* item = before.wishes.size() == 1 ? ordered(before.wishes[0]) : meant(amount);
  if (before.wishes.size() > 1 || item == nullptr || !amount.milli) return false;
  set_amount(*item, amount);
  mention(item);
  std::fill(draft_.role.begin() + clause.tokens.front().from,
            draft_.role.begin() + clause.tokens.back().to, SpanKind::ignorable);
  paint(side(clause.tokens, 0, clause.tokens.size()));
  return true;
}

/// 油要花生油: which kind of what was ordered; a human sees it.
bool Editor::says_kind(const Clause& clause) {
  const Side all = side(clause.tokens, 0, clause.tokens.size());
  if (all.wishes.size() != 2 || all.wishes[0].amount || all.wishes[1].amount) return false;
  const std::u32string whole = word(all.wishes[0].token);
  const std::u32string kind = word(all.wishes[1].token);
  if (kind.size() <= whole.size() || !kind.ends_with(whole)) return false;
  if (ordered(all.wishes[0]) == nullptr || !has(clause, Tag::verb)) return false;
  std::fill(draft_.role.begin() + all.wishes[0].token.from,
            draft_.role.begin() + all.wishes[1].token.to, SpanKind::note);
  return true;
}

/// 其他都不要: what was named stays.
bool Editor::of_others(const Clause& clause) const {
  const std::u32string said = text_.text.substr(
      clause.tokens.front().from, clause.tokens.back().to - clause.tokens.front().from);
  for (const std::u32string_view word : {U"其他", U"其它", U"别的", U"其余", U"另外", U"剩"}) {
    if (said.find(word) != said.npos) return true;
  }
  return false;
}

bool Editor::drops(const Clause& clause) {
  constexpr TagSet refusals = set_of(Tag::drop) | set_of(Tag::neg) | set_of(Tag::cancel);
  const std::size_t at = find(clause, refusals);
  if (at >= clause.tokens.size()) return false;
  if (limits(clause, at)) return true;
  const Side all = side(clause.tokens, 0, clause.tokens.size());
  // 水先不要了 米来一袋: a refusal behind its good does not reach what is counted behind it.
  const Side before = side(clause.tokens, 0, at);
  const Side behind = side(clause.tokens, at + 1, clause.tokens.size());
  if (all.wishes.empty() && all.lone.empty() && says_all(clause) && !of_others(clause)) {
    order_.items.clear();  // 都不要了,改成 米1袋
    return true;
  }
  const bool apart = !before.wishes.empty() && clause.tokens[at].is(Tag::drop);
  bool changed = false;
  for (const Wish& wish : apart ? before.wishes : all.wishes) {
    DraftItem* item = ordered(wish);
    if (item == nullptr) continue;
    dropped_ = *item;
    order_.items.erase(order_.items.begin() + (item - order_.items.data()));
    changed = true;
  }
  for (const Wish& wish : apart ? behind.wishes : std::vector<Wish>{}) {
    if (DraftItem* item = ordered(wish); item != nullptr && wish.amount) {
      set_amount(*item, *wish.amount);
    } else if (item == nullptr && wish.amount) {
      order_.items.push_back(item_of(wish));
    } else {
      continue;
    }
    changed = true;
  }
  if (changed) paint(all);
  return changed;
}

bool Editor::scale(const Clause& clause) {
  const std::size_t twice = find(clause, set_of(Tag::twice));
  const std::size_t half = find(clause, set_of(Tag::half));
  const bool doubles = twice < clause.tokens.size();
  if (!doubles && half >= clause.tokens.size()) return false;
  const Side named = side(clause.tokens, 0, clause.tokens.size());
  bool changed = false;
  const auto apply_to = [&](DraftItem& item) {
    if (!item.item.qty) return;
    const std::int64_t value = item.item.qty->value();
    item.item.qty = Quantity{doubles ? value * 2 : value / 2};
    changed = true;
  };
  if (named.wishes.empty()) {
    for (DraftItem& item : order_.items) apply_to(item);
  }
  for (const Wish& wish : named.wishes) {
    if (DraftItem* item = ordered(wish)) apply_to(*item);
  }
  paint(named);
  return changed;
}

bool Editor::shift(const Clause& clause, std::size_t edit, int sign) {
  static_cast<void>(edit);
  Side all = side(clause.tokens, 0, clause.tokens.size());
  spread(clause, all);
  bool changed = false;
  for (const Wish& wish : all.wishes) {
    DraftItem* item = ordered(wish);
    if (item != nullptr && wish.amount && !wish.amount->milli && !all.lone.empty()) {
      set_amount(*item, all.lone.back());  // 绿豆多来点 3斤
      changed = true;
    } else if (item != nullptr && wish.amount) {
      add(*item, *wish.amount, sign);
      mention(item);
      changed = true;
    } else if (item == nullptr && sign > 0 && !(wish.good.unknown && !wish.amount)) {
      order_.items.push_back(item_of(wish));
      changed = true;
    }
  }
  if (all.wishes.empty() && !all.lone.empty() && says_all(clause)) {  // 都多来一份
    std::vector<DraftItem> kept = order_.items;
    for (DraftItem& item : kept) {
      const std::int64_t sum =
          (item.item.qty ? item.item.qty->value() : 0) + all.lone.back().milli.value_or(0) * sign;
      if (sum > 0) item.item.qty = Quantity{sum};
      changed = changed || sum > 0;
    }
    order_.items = std::move(kept);
  } else if (all.wishes.empty() && !all.lone.empty()) {
    if (DraftItem* item = meant(all.lone.back())) {
      add(*item, all.lone.back(), sign);
      changed = true;
    }
  }
  if (changed) paint(all);
  return changed;
}

void Editor::add(DraftItem& item, const Amount& amount, int sign) {
  const std::int64_t by = amount.milli.value_or(0) * sign;
  const std::string& unit = lexicon_.unit(amount.unit).name;
  if (!unit.empty() && !item.item.unit.empty() && unit != item.item.unit) {
    if (sign > 0) set_amount(item, amount);
    return;
  }
  const std::int64_t sum = (item.item.qty ? item.item.qty->value() : 0) + by;
  if (sum <= 0) {
    order_.items.erase(order_.items.begin() + (&item - order_.items.data()));
    return;
  }
  item.item.qty = Quantity{sum};
  item.counted = true;
  if (item.item.unit.empty()) item.item.unit = unit;
}

bool Editor::set(const Clause& clause) {
  Side all = side(clause.tokens, 0, clause.tokens.size());
  spread(clause, all);
  bool changed = false;
  for (const Wish& wish : all.wishes) {
    DraftItem* item = ordered(wish);
    if (item != nullptr && wish.amount) {
      set_amount(*item, *wish.amount);
      mention(item);
      changed = true;
    } else if (item != nullptr) {
      mention(item);
    } else if (item == nullptr && wish.amount && order_.items.size() == 1 &&
               (draft_.tags & set_of(Tag::correct)) != 0) {
      exchange_for(order_.items.data(), all);  // 打错了,是鸭蛋2板
      changed = true;
    } else if (item == nullptr &&
               (wish.amount || has(clause, Tag::verb) || (dropped_ && order_.items.empty())) &&
               !has(clause, Tag::stock)) {
      order_.items.push_back(item_of(wish));
      mention(&order_.items.back());
      changed = true;
    }
  }
  const bool told = std::any_of(clause.tokens.begin(), clause.tokens.end(), [](const Token& t) {
    return t.tag == Tag::unknown && (t.tags & ~set_of(Tag::common)) == 0;
  });
  if (!told && !all.lone.empty() && all.lone.back().milli && !all.lone.back().implicit) {
    if (DraftItem* item = meant(all.lone.back())) {
      set_amount(*item, all.lone.back());
      changed = true;
    }
  }
  if (changed) paint(all);
  return changed;
}

bool Editor::door(const Clause& clause) {
  bool changed = false;
  for (const Token& token : clause.tokens) {
    if (token.tag != Tag::address) continue;
    const Address& fresh = draft_.addresses[token.index].address;
    Address merged = order_.address;
    if (!merge(merged, fresh)) {
      const bool whole =
          !fresh.road.empty() || !fresh.unit.empty() || !fresh.floor.empty() || !fresh.room.empty();
      if (!fresh.building.empty() && !whole) {  // 送到11栋
        merged.building = fresh.building;
      } else if (!fresh.building.empty() || !fresh.road.empty()) {
        merged = fresh;
        if (merged.community.empty()) merged.community = order_.address.community;
      } else {
        merged = order_.address;
        if (!fresh.unit.empty()) merged.unit = fresh.unit;
        if (!fresh.floor.empty()) merged.floor = fresh.floor;
        if (!fresh.room.empty()) merged.room = fresh.room;
      }
    }
    changed = changed || !(merged == order_.address);
    order_.address = merged;
  }
  return changed;
}

}  // namespace doorstep::intake
