#include "engine/intake/thread.h"

#include <algorithm>
#include <optional>

namespace doorstep::intake {
namespace {

struct Wish {
  Token token;
  FoundGood good;
  std::optional<Amount> amount;
};

/// Goods and amounts on one side of an edit word.
struct Side {
  std::vector<Wish> wishes;
  std::vector<Amount> lone;
  std::vector<Token> used;
};

class Editor {
 public:
  Editor(const Folded& text, const Lexicon& lexicon, Draft& draft, DraftOrder& order)
      : text_(text), lexicon_(lexicon), draft_(draft), order_(order) {}

  /// Applies every clause; true when something was changed.
  bool run() {
    bool changed = false;
    for (const Clause& clause : draft_.clauses) changed = apply(clause) || changed;
    return changed;
  }

 private:
  using Tokens = std::vector<Token>;

  [[nodiscard]] static bool has(const Clause& clause, Tag tag) {
    return (clause.tags & set_of(tag)) != 0;
  }

  bool apply(const Clause& clause) {
    if (has(clause, Tag::condition) || noted(clause)) return true;
    bool changed = door(clause);
    for (const Token& token : clause.tokens) {
      if (token.tag == Tag::phone || token.tag == Tag::person) changed = true;
    }
    const std::size_t edit = find(clause, set_of(Tag::change));
    if (edit < clause.tokens.size()) return change(clause, edit) || changed;
    if (others_out(clause)) return true;
    if (drops(clause)) return true;
    if (scale(clause)) return true;
    const std::size_t less = find(clause, set_of(Tag::less));
    if (less < clause.tokens.size()) return shift(clause, less, -1) || changed;
    const std::size_t more = find(clause, set_of(Tag::more));
    if (more < clause.tokens.size()) return shift(clause, more, 1) || changed;
    return set(clause) || changed;
  }

  /// A clause that is all note changes nothing but must be seen; it counts as an edit.
  [[nodiscard]] bool noted(const Clause& clause) const {
    const bool note = draft_.role[clause.tokens.front().from] == SpanKind::note;
    return note && std::none_of(clause.tokens.begin(), clause.tokens.end(), [](const Token& t) {
             return t.tag == Tag::good || t.tag == Tag::amount;
           });
  }

  [[nodiscard]] static std::size_t find(const Clause& clause, TagSet tags) {
    for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
      if ((clause.tokens[i].tags & tags) != 0) return i;
    }
    return clause.tokens.size();
  }

  [[nodiscard]] std::u32string word(const Token& token) const {
    return text_.text.substr(token.from, token.to - token.from);
  }

  [[nodiscard]] Side side(const Tokens& tokens, std::size_t from, std::size_t to) const {
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
    if (pending) out.lone.push_back(*pending);
    return out;
  }

  void paint(const Side& side) {
    for (const Token& token : side.used) {
      std::fill(draft_.role.begin() + token.from, draft_.role.begin() + token.to, SpanKind::item);
    }
  }

  [[nodiscard]] DraftItem item_of(const Wish& wish) const {
    return draft_item(text_, lexicon_, wish.good, wish.amount);
  }

  DraftItem* ordered(const Wish& wish) {
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

  void set_amount(DraftItem& item, const Amount& amount) {
    item.counted = true;
    item.item.qty.reset();
    if (amount.milli) item.item.qty = Quantity{*amount.milli};
    if (amount.unit != 0) item.item.unit = lexicon_.unit(amount.unit).name;
  }

  [[nodiscard]] bool says_all(const Clause& clause) const {
    return std::any_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
      const std::u32string said = word(token);
      return said.find(U"都") != std::u32string::npos || said.find(U"全") != std::u32string::npos ||
             said.find(U"所有") != std::u32string::npos || said == U"all" || said == U"everything";
    });
  }

  /// The item an amount without a good speaks of: the only one, or the only one of that unit.
  DraftItem* meant(const Amount& amount) {
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

  void mention(const DraftItem* item) {
    last_ = static_cast<std::size_t>(item - order_.items.data());
  }

  // --- kinds of edits ---------------------------------------------------------------------------

  bool change(const Clause& clause, std::size_t edit) {
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
    paint(before);
    paint(after);
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

  bool exchange(const Side& before, const Side& after) {
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

  /// The first good of `after` in place of `old`; added where there is none.
  bool exchange_for(DraftItem* old, const Side& after) {
    DraftItem fresh = item_of(after.wishes[0]);
    if (!after.lone.empty() && !fresh.counted) set_amount(fresh, after.lone[0]);
    if (old == nullptr) {
      order_.items.push_back(fresh);
      return true;
    }
    if (DraftItem* same = ordered(after.wishes[0]); same != nullptr && same == old) {
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

  /// 其他都不要: everything but what is named here stays away.
  bool others_out(const Clause& clause) {
    const bool others =
        std::any_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
          return word(token).starts_with(U"只要") || word(token).starts_with(U"只留");
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

  bool drops(const Clause& clause) {
    constexpr TagSet refusals = set_of(Tag::drop) | set_of(Tag::neg) | set_of(Tag::cancel);
    const std::size_t at = find(clause, refusals);
    if (at >= clause.tokens.size()) return false;
    const Side all = side(clause.tokens, 0, clause.tokens.size());
    bool changed = false;
    for (const Wish& wish : all.wishes) {
      DraftItem* item = ordered(wish);
      if (item == nullptr) continue;
      dropped_ = *item;
      order_.items.erase(order_.items.begin() + (item - order_.items.data()));
      changed = true;
    }
    if (changed) paint(all);
    return changed;
  }

  bool scale(const Clause& clause) {
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

  /// 多要一板, 少要两袋, 再加一袋米.
  bool shift(const Clause& clause, std::size_t edit, int sign) {
    static_cast<void>(edit);
    const Side all = side(clause.tokens, 0, clause.tokens.size());
    bool changed = false;
    for (const Wish& wish : all.wishes) {
      DraftItem* item = ordered(wish);
      if (item != nullptr && wish.amount) {
        add(*item, *wish.amount, sign);
        mention(item);
        changed = true;
      } else if (item == nullptr && sign > 0 && !(wish.good.unknown && !wish.amount)) {
        order_.items.push_back(item_of(wish));
        changed = true;
      }
    }
    if (all.wishes.empty() && !all.lone.empty()) {
      if (DraftItem* item = meant(all.lone.back())) {
        add(*item, all.lone.back(), sign);
        changed = true;
      }
    }
    if (changed) paint(all);
    return changed;
  }

  void add(DraftItem& item, const Amount& amount, int sign) {
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

  /// Goods with amounts: a known one gets the amount, a new one is added. An amount alone corrects.
  bool set(const Clause& clause) {
    const Side all = side(clause.tokens, 0, clause.tokens.size());
    bool changed = false;
    for (const Wish& wish : all.wishes) {
      DraftItem* item = ordered(wish);
      if (item != nullptr && wish.amount) {
        set_amount(*item, *wish.amount);
        mention(item);
        changed = true;
      } else if (item != nullptr) {
        mention(item);
      } else if (item == nullptr && (wish.amount || has(clause, Tag::verb)) &&
                 !has(clause, Tag::stock)) {
        order_.items.push_back(item_of(wish));
        mention(&order_.items.back());
        changed = true;
      }
    }
    if (!all.lone.empty() && all.lone.back().milli && !all.lone.back().implicit) {
      if (DraftItem* item = meant(all.lone.back())) {
        set_amount(*item, all.lone.back());
        changed = true;
      }
    }
    if (changed) paint(all);
    return changed;
  }

  bool door(const Clause& clause) {
    bool changed = false;
    for (const Token& token : clause.tokens) {
      if (token.tag != Tag::address) continue;
      const Address& fresh = draft_.addresses[token.index].address;
      Address merged = order_.address;
      if (!merge(merged, fresh)) {
        const bool whole = !fresh.building.empty() || !fresh.road.empty();
        if (whole) {
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

  const Folded& text_;
  const Lexicon& lexicon_;
  Draft& draft_;
  DraftOrder& order_;
  std::size_t last_ = 0xFFFFFFFF;  ///< The item mentioned last.
  std::optional<DraftItem> dropped_;
};

const DraftOrder* own(const std::vector<Standing>& earlier, std::string_view from) {
  for (const Standing& standing : earlier) {
    if (standing.from == from && !standing.orders.empty()) return &standing.orders.back();
  }
  return nullptr;
}

/// The nearest earlier order of another person that holds items.
const DraftOrder* neighbour(const std::vector<Standing>& earlier, std::string_view from,
                            std::uint32_t named) {
  for (auto standing = earlier.rbegin(); standing != earlier.rend(); ++standing) {
    if (standing->from == from) continue;
    for (auto order = standing->orders.rbegin(); order != standing->orders.rend(); ++order) {
      if (named != 0 && order->address.room != std::to_string(named) && order->number != named)
        continue;
      if (!order->items.empty()) return &*order;
    }
  }
  return named != 0 ? neighbour(earlier, from, 0) : nullptr;
}

/// "+1" and nothing else that is wanted.
const Amount* plus_alone(const Draft& draft) {
  const Amount* found = nullptr;
  for (const Clause& clause : draft.clauses) {
    for (const Token& token : clause.tokens) {
      if (token.tag == Tag::good) return nullptr;
      if (token.tag != Tag::amount) continue;
      const Amount& amount = draft.amounts[token.index];
      if (!amount.plus || found != nullptr) return nullptr;
      found = &amount;
    }
  }
  return found;
}

std::vector<DraftItem> taken_over(const DraftOrder& source) {
  std::vector<DraftItem> items = source.items;
  for (DraftItem& item : items) item.item.range.reset();
  return items;
}

void paint_clauses(Draft& draft, Tag tag, SpanKind kind) {
  for (const Clause& clause : draft.clauses) {
    for (const Token& token : clause.tokens) {
      if (token.is(tag))
        std::fill(draft.role.begin() + token.from, draft.role.begin() + token.to, kind);
    }
  }
}

bool names_goods(const Draft& draft) {
  for (const Clause& clause : draft.clauses) {
    for (const Token& token : clause.tokens) {
      if (token.tag == Tag::good && !draft.goods[token.index].unknown) return true;
    }
  }
  return false;
}

DraftOrder draft_order(const Draft& draft) {
  return draft.orders.empty() ? DraftOrder{} : draft.orders.front();
}

Reduced copy_of(const Draft& draft, const DraftOrder& source, const DraftOrder* mine,
                std::int64_t times) {
  Reduced out;
  out.op = Op::copy;
  out.edited = true;
  DraftOrder order = draft_order(draft);
  std::vector<DraftItem> own_items = order.items;
  order.items = taken_over(source);
  for (DraftItem& item : order.items) {
    if (item.item.qty) item.item.qty = Quantity{item.item.qty->value() * times};
  }
  for (const DraftItem& extra : own_items) {
    const auto same = std::find_if(
        order.items.begin(), order.items.end(),
        [&](const DraftItem& item) { return item.item.canonical == extra.item.canonical; });
    if (same == order.items.end()) {
      order.items.push_back(extra);
    } else {
      *same = extra;
    }
  }
  if (order.address.empty() && mine != nullptr) order.address = mine->address;
  order.copies = false;
  out.orders = {order};
  return out;
}

Reduced without_source(Draft& draft, Op op) {
  Reduced out;
  out.op = op;
  out.unresolved = true;
  out.orders = draft.orders;
  paint_clauses(draft, Tag::copy, SpanKind::note);
  if (op == Op::cancel) {
    paint_clauses(draft, Tag::cancel, SpanKind::note);
    paint_clauses(draft, Tag::drop, SpanKind::note);
  }
  return out;
}

}  // namespace

Reduced reduce(const Folded& text, const Lexicon& lexicon, Draft& draft,
               const std::vector<Standing>& earlier, std::string_view from, bool in_thread) {
  Reduced out;
  out.orders = draft.orders;
  const DraftOrder* mine = own(earlier, from);
  const auto tagged = [&](Tag tag) { return (draft.tags & set_of(tag)) != 0; };
  const bool relay = draft.orders.size() > 1;
  if (tagged(Tag::replace) && !relay && !draft.orders.empty() &&
      !draft.orders.front().items.empty() && in_thread) {
    out.op = Op::replace;
    out.edited = true;
    if (mine != nullptr && out.orders.front().address.empty())
      out.orders.front().address = mine->address;
    return out;
  }
  if (relay) return out;
  const Amount* plus = plus_alone(draft);
  const bool copies = tagged(Tag::copy) && (draft.orders.empty() || draft.orders.front().copies ||
                                            draft.orders.front().items.empty());
  if ((plus != nullptr || copies) && in_thread) {
    const std::int64_t times =
        plus != nullptr && plus->milli ? std::max<std::int64_t>(*plus->milli / 1000, 1) : 1;
    if (plus != nullptr && !copies && mine != nullptr && mine->items.size() == 1) {
      DraftOrder order = *mine;
      order.items = taken_over(*mine);
      Item& item = order.items.front().item;
      item.qty = Quantity{(item.qty ? item.qty->value() : 0) + times * 1000};
      out.op = Op::amend;
      out.edited = true;
      out.orders = {order};
      return out;
    }
    const std::uint32_t named = draft.orders.empty() ? 0 : draft.orders.front().copied;
    if (const DraftOrder* source = neighbour(earlier, from, named)) {
      paint_clauses(draft, Tag::amount, SpanKind::ignorable);
      return copy_of(draft, *source, mine, times);
    }
  }
  if (copies) return without_source(draft, Op::fresh);
  const bool goods = names_goods(draft);
  if (withdraws(draft) && !goods && !tagged(Tag::change) && !tagged(Tag::note)) {
    if (mine == nullptr) {
      return without_source(draft, Op::cancel);
    }
    DraftOrder order = *mine;
    order.items.clear();
    order.withdrawn = true;
    out.op = Op::cancel;
    out.edited = true;
    out.orders = {order};
    return out;
  }
  if (mine != nullptr) {
    DraftOrder order = *mine;
    order.items = taken_over(*mine);
    const bool changed = Editor{text, lexicon, draft, order}.run();
    const DraftOrder said = draft_order(draft);
    if (!said.person.empty()) order.person = said.person;
    if (!said.phone.empty()) order.phone = said.phone;
    out.orders = {order};
    out.edited = changed;
    out.op =
        changed ? (order.items.empty() && !mine->items.empty() ? Op::cancel : Op::amend) : Op::none;
    if (order.items.empty() && !mine->items.empty()) out.orders.front().withdrawn = true;
    return out;
  }
  if (goods && tagged(Tag::drop) && draft.orders.empty()) {
    out.op = Op::cancel;
    out.unresolved = true;
    for (const Clause& clause : draft.clauses) {
      if ((clause.tags & set_of(Tag::drop)) == 0) continue;
      for (std::uint32_t i = clause.tokens.front().from; i < clause.tokens.back().to; ++i)
        draft.role[i] = SpanKind::note;
    }
  }
  return out;
}

void remember(std::vector<Standing>& standing, std::string_view from, const Reduced& reduced) {
  if (reduced.orders.empty()) return;
  std::erase_if(standing, [&](const Standing& known) { return known.from == from; });
  standing.push_back({std::string{from}, reduced.orders});
}

}  // namespace doorstep::intake
