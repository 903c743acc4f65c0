/// \file One message: triage, reading, thread, category, spans.

#include "engine/intake/message.h"

#include <algorithm>

#include "engine/intake/accounting.h"

namespace doorstep::intake {
namespace {

/// The roles of the folded points as spans of the source; what folding left out goes with what
/// stands before it.
std::vector<Span> tile(const Folded& text, const std::vector<SpanKind>& role) {
  std::vector<SpanKind> kinds(text.source_size(), SpanKind::ignorable);
  std::vector<bool> known(text.source_size(), false);
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    const std::uint32_t at = text.source[i];
    SpanKind kind = role[i];
    if (text.text[i] == 0xFFFD) kind = SpanKind::unread;
    if (!known[at] || kinds[at] == SpanKind::ignorable) kinds[at] = kind;
    known[at] = true;
  }
  std::vector<Span> spans;
  for (std::uint32_t at = 0; at < kinds.size(); ++at) {
    if (!known[at] && at > 0) kinds[at] = kinds[at - 1];
    if (!spans.empty() && spans.back().kind == kinds[at]) {
      spans.back().range.to = at + 1;
    } else {
      spans.push_back({{at, at + 1}, kinds[at]});
    }
  }
  return spans;
}

/// Pieces that a human must read. Neighbours with nothing but a sign or a word between stay apart.
std::vector<std::string> unparsed_of(const Folded& text, const std::vector<SpanKind>& role) {
  std::vector<std::string> out;
  const auto open = [&](std::uint32_t i) {
    return role[i] == SpanKind::note || role[i] == SpanKind::unread;
  };
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (!open(i)) continue;
    std::uint32_t to = i;
    while (to < text.size() && open(to)) ++to;
    std::uint32_t from = i;
    std::uint32_t end = to;
    const auto blank = [&](std::uint32_t at) {
      return text.kind[at] == Kind::space || text.kind[at] == Kind::newline;
    };
    while (from < end && blank(from)) ++from;
    while (end > from && blank(end - 1)) --end;
    if (end > from) out.push_back(text.written(from, end));
    i = to;
  }
  return out;
}

Order order_of(const DraftOrder& draft, bool items) {
  Order order;
  order.address = draft.address;
  if (items) {
    for (const DraftItem& item : draft.items) order.items.push_back(item.item);
  }
  order.person = Private<std::string>{draft.person};
  order.phone = Private<std::string>{draft.phone};
  return order;
}

/// How sure the reading is: repairs, unknown goods and stray characters cost.
double confidence_of(const Draft& draft, const std::vector<Order>& orders, bool unresolved) {
  double sure = 1.0;
  for (std::size_t i = 0; i < draft.repairs.size(); ++i) sure *= 0.88;
  for (const DraftOrder& order : draft.orders) {
    for (const DraftItem& item : order.items) sure *= item.unknown ? 0.8 : 1.0;
  }
  for (const Order& order : orders) {
    if (order.door == DoorMatch::ambiguous || order.door == DoorMatch::unknown) sure *= 0.6;
  }
  if (draft.stray > 0) sure *= 0.85;
  if (unresolved) sure *= 0.6;
  return sure;
}

/// 孩子吞了一颗纽扣电池: what a danger sign speaks of is no order.
void leave_out_signs(const Triage& triage, Draft& draft) {
  if (triage.alarm < Alarm::urgent ||
      (triage.category != Category::medical && triage.category != Category::safety))
    return;
  for (DraftOrder& order : draft.orders) {
    std::erase_if(order.items, [&](const DraftItem& item) {
      return std::any_of(triage.signs.begin(), triage.signs.end(), [&](const Range& sign) {
        if (!item.item.range) return false;
        const Range name = *item.item.range;
        // 褥疮贴: a sign inside the name of a good is what the good is for.
        const bool inside = name.from <= sign.from && sign.to <= name.to && !(name == sign);
        return !inside && sign.from < name.to && name.from < sign.to;
      });
    });
  }
  std::erase_if(draft.orders, [](const DraftOrder& order) {
    return order.items.empty() && order.address.empty() && !order.withdrawn && !order.copies;
  });
}

}  // namespace

bool keeps_items(const Verdict& verdict, Op op) {
  if (op == Op::none) return true;
  if (carries_items(verdict.category)) return true;
  return std::any_of(verdict.also.begin(), verdict.also.end(), carries_items);
}

std::vector<Standing> standing_after(std::span<const Message> thread, const Lexicon& lexicon) {
  std::vector<Standing> standing;
  for (const Message& message : thread) {
    if (message.text.size() > Parser::max_bytes) continue;
    const Folded text = fold(message.text);
    Draft draft = assemble(text, lexicon);
    const Reduced reduced = reduce(text, lexicon, draft, standing, message.from, true);
    const Verdict verdict = classify(text, draft, triage_folded(text), reduced.edited);
    if (reduced.op != Op::fresh || keeps_items(verdict, reduced.op))
      remember(standing, message.from, reduced);
  }
  return standing;
}

Parsed read_message(std::string_view bytes, const Lexicon& lexicon,
                    const std::vector<Standing>& standing, const Context& context, bool in_thread,
                    Reduced& reduced) {
  const Folded text = fold(bytes);
  const TriageDetail triage = triage_folded(text);
  Draft draft = assemble(text, lexicon);
  leave_out_signs(triage.result, draft);
  reduced = reduce(text, lexicon, draft, standing, context.from, in_thread);
  // What is judged is the order after the edit; the draft itself is still wanted below.
  if (reduced.edited) draft.orders.swap(reduced.orders);
  const Verdict verdict = classify(text, draft, triage, reduced.edited);
  if (reduced.edited) draft.orders.swap(reduced.orders);

  Parsed out;
  out.triage = triage.result;
  out.category = verdict.category;
  out.urgency = verdict.urgency;
  out.op = reduced.op;
  const bool alarmed = static_cast<int>(triage.result.alarm) >= static_cast<int>(Alarm::urgent);
  if (out.op == Op::cancel && (reduced.edited || (reduced.withdrawal && !alarmed))) {
    out.category = Category::goods;
    out.urgency = Urgency::routine;
  } else {
    out.also = verdict.also;
  }
  const bool asks = carries_items(out.category);
  if (in_thread && out.op == Op::fresh && !asks && draft.orders.empty() &&
      (out.category == Category::chat || out.category == Category::inquiry ||
       out.category == Category::complaint)) {
    out.op = Op::none;
  }
  const bool items = keeps_items({out.category, out.also, out.urgency}, out.op);
  for (const DraftOrder& order : reduced.orders) {
    Order made = order_of(order, items);
    if (made.items.empty() && made.address.empty() && !order.withdrawn) continue;
    if (context.doors != nullptr) context.doors->check(made);
    out.orders.push_back(std::move(made));
  }
  if (asks) {
    if (out.category == Category::delivery) {
      for (const Range& place : lying_places(text)) {
        for (std::uint32_t at = place.from; at < place.to; ++at) {
          if (draft.role[at] == SpanKind::ignorable) draft.role[at] = SpanKind::note;
        }
      }
    }
    account(text, lexicon, draft, reduced.orders);
    out.unparsed = unparsed_of(text, draft.role);
  } else {
    for (SpanKind& role : draft.role) {
      const bool kept = role == SpanKind::address || role == SpanKind::person ||
                        role == SpanKind::phone || (role == SpanKind::item && items);
      if (!kept) role = SpanKind::note;  // The whole text goes to the case.
    }
  }
  out.spans = tile(text, draft.role);
  out.confidence = confidence_of(draft, out.orders, reduced.unresolved);
  out.repairs = std::move(draft.repairs);
  return out;
}

}  // namespace doorstep::intake
