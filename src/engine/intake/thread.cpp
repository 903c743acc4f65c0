#include "engine/intake/thread.h"

#include <algorithm>
#include <optional>

#include "engine/intake/thread_editor.h"

namespace doorstep::intake {
namespace {

const DraftOrder* own(const std::vector<Standing>& earlier, std::string_view from) {
  for (const Standing& standing : earlier) {
    if (standing.from == from && !standing.orders.empty()) return &standing.orders.back();
  }
  return nullptr;
}

/// The nearest earlier order of another person that holds items.
const DraftOrder* neighbour(const std::vector<Standing>& earlier, std::string_view from,
                            std::uint32_t named, std::string_view name) {
  if (!name.empty()) {
    for (auto standing = earlier.rbegin(); standing != earlier.rend(); ++standing) {
      for (const DraftOrder& order : standing->orders) {
        const auto called = [&](std::string_view known) {  // 跟2楼王姐一样
          return !known.empty() && name.ends_with(known);
        };
        if ((called(standing->from) || called(order.person)) && !order.items.empty()) return &order;
      }
    }
  }
  for (auto standing = earlier.rbegin(); standing != earlier.rend(); ++standing) {
    if (standing->from == from) continue;
    for (auto order = standing->orders.rbegin(); order != standing->orders.rend(); ++order) {
      if (named != 0 && order->address.room != std::to_string(named) && order->number != named)
        continue;
      if (!order->items.empty()) return &*order;
    }
  }
  return named != 0 ? neighbour(earlier, from, 0, {}) : nullptr;
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

/// Nothing but the sign, doors and names.
bool only_plus(const Draft& draft) {
  for (const Clause& clause : draft.clauses) {
    for (const Token& token : clause.tokens) {
      const bool known = token.tag == Tag::amount || token.tag == Tag::address ||
                         token.tag == Tag::person || token.tag == Tag::phone;
      if (!known && (token.tags & set_of(Tag::filler)) == 0) return false;
    }
  }
  return std::all_of(draft.orders.begin(), draft.orders.end(),
                     [](const DraftOrder& order) { return order.items.empty(); });
}

/// 也来一箱: an amount and no good, by somebody who has no order yet.
bool also_wants(const Folded& text, const Draft& draft) {
  bool amount = false;
  for (const Clause& clause : draft.clauses) {
    for (const Token& token : clause.tokens) {
      if (token.tag == Tag::good) return false;
      amount = amount || token.tag == Tag::amount;
    }
  }
  if (!amount) return false;
  for (const std::u32string_view word : {U"也来", U"也要", U"也订", U"也拿", U"也报", U"也带"}) {
    if (text.text.find(word) != std::u32string::npos) return true;
  }
  return false;
}

std::vector<DraftItem> taken_over(const DraftOrder& source) {
  std::vector<DraftItem> items = source.items;
  for (DraftItem& item : items) item.item.range.reset();
  return items;
}

void paint_clauses(Draft& draft, Tag tag, SpanKind kind) {
  for (const Clause& clause : draft.clauses) {
    for (const Token& token : clause.tokens) {
      if (token.is(tag) || token.tag == tag)
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
  if (order.items.size() == 1 && own_items.empty()) {  // 我要2份,和楼上的一样
    for (const Clause& clause : draft.clauses) {
      for (const Token& token : clause.tokens) {
        if (token.tag != Tag::amount) continue;
        const Amount& amount = draft.amounts[token.index];
        if (amount.unit != 0 && !amount.implicit && !amount.plus && amount.milli)
          order.items[0].item.qty = Quantity{*amount.milli};
      }
    }
  }
  if (order.address.empty() && mine != nullptr) order.address = mine->address;
  order.copies = false;
  out.orders = {order};
  return out;
}

/// 鸡蛋不要了, 别买鸡蛋了: 了 tells that it was wanted before.
bool takes_back(const Folded& text, const Draft& draft) {
  return std::any_of(draft.clauses.begin(), draft.clauses.end(), [&](const Clause& clause) {
    if ((clause.tags & set_of(Tag::drop)) != 0) return true;
    if ((clause.tags & set_of(Tag::neg)) == 0) return false;
    bool good = false;
    for (const Token& token : clause.tokens) {
      if (token.tag == Tag::good) {
        good = text.at(token.to) == U'了';
      }
    }
    return good;
  });
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
  const bool joins = in_thread && mine == nullptr && also_wants(text, draft);
  const bool copies =
      (tagged(Tag::copy) || joins) &&
      (draft.orders.empty() || draft.orders.front().copies || draft.orders.front().items.empty());
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
    const std::uint32_t named = draft.copied;
    if (const DraftOrder* source = neighbour(earlier, from, named, draft.copied_name)) {
      paint_clauses(draft, Tag::amount, SpanKind::ignorable);
      return copy_of(draft, *source, mine, times);
    }
  }
  if (copies) return without_source(draft, Op::fresh);
  if (plus != nullptr && !in_thread && only_plus(draft)) {  // +1: of what, a human knows.
    draft.tags |= set_of(Tag::copy);
    paint_clauses(draft, Tag::amount, SpanKind::note);
    return without_source(draft, Op::fresh);
  }
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
    if (!draft.phone.empty()) order.phone = draft.phone;
    out.orders = {order};
    out.edited = changed;
    out.op =
        changed ? (order.items.empty() && !mine->items.empty() ? Op::cancel : Op::amend) : Op::none;
    if (order.items.empty() && !mine->items.empty()) out.orders.front().withdrawn = true;
    return out;
  }
  const bool nothing_asked =
      std::all_of(draft.orders.begin(), draft.orders.end(),
                  [](const DraftOrder& order) { return order.items.empty() && !order.copies; });
  if (goods && nothing_asked && takes_back(text, draft)) {
    out.op = Op::cancel;
    out.unresolved = true;
    out.withdrawal = true;
    for (const Clause& clause : draft.clauses) {
      if ((clause.tags & (set_of(Tag::drop) | set_of(Tag::neg))) == 0) continue;
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
