#include "engine/intake/intake.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/intake/classify.h"
#include "engine/intake/draft.h"
#include "engine/intake/relay.h"
#include "engine/intake/thread.h"

namespace doorstep::intake {

struct Parser::State {
  Lexicon own = Lexicon::compiled();
};

Parser::Parser() : state_(std::make_unique<State>()) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

Result<void> Parser::add_alias(std::string_view alias, std::string_view canonical) {
  const std::u32string from = fold(text::trim(alias)).text;
  const std::u32string to = fold(text::trim(canonical)).text;
  if (from.empty() || to.empty()) return Error{ErrorKind::invalid, "alias.empty"};
  if (from.size() > 24 || to.size() > 24) return Error{ErrorKind::invalid, "alias.too_long"};
  state_->own.add_alias(from, to);
  return {};
}

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

Parsed unread_whole(std::string_view text) {
  Parsed out;
  const auto length = static_cast<std::uint32_t>(points(text).size());
  if (length > 0) out.spans.push_back({{0, length}, SpanKind::unread});
  out.category = Category::goods;
  out.urgency = Urgency::routine;
  return out;
}

/// An order without a category that carries items shows them only where they were asked for too.
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

/// 孩子吞了一颗纽扣电池: what a danger sign speaks of is no order.
void leave_out_signs(const Triage& triage, Draft& draft) {
  if (triage.alarm < Alarm::urgent ||
      (triage.category != Category::medical && triage.category != Category::safety))
    return;
  for (DraftOrder& order : draft.orders) {
    std::erase_if(order.items, [&](const DraftItem& item) {
      return std::any_of(triage.signs.begin(), triage.signs.end(), [&](const Range& sign) {
        return item.item.range && sign.from < item.item.range->to &&
               item.item.range->from < sign.to;
      });
    });
  }
  std::erase_if(draft.orders, [](const DraftOrder& order) {
    return order.items.empty() && order.address.empty() && !order.withdrawn && !order.copies;
  });
}

}  // namespace

Parsed Parser::parse(std::string_view bytes, const Context& context) const {
  if (bytes.size() > max_bytes) return unread_whole(bytes);
  const Lexicon& lexicon = state_->own;
  const Folded text = fold(bytes);
  const TriageDetail triage = triage_folded(text);
  Draft draft = assemble(text, lexicon);
  const std::vector<Standing> standing = standing_after(context.thread, lexicon);
  leave_out_signs(triage.result, draft);
  Reduced reduced = reduce(text, lexicon, draft, standing, context.from, !context.thread.empty());
  Draft judged = draft;
  if (reduced.edited) judged.orders = reduced.orders;
  const Verdict verdict = classify(text, judged, triage, reduced.edited);

  Parsed out;
  out.triage = triage.result;
  out.category = verdict.category;
  out.urgency = verdict.urgency;
  out.op = reduced.op;
  if (out.op == Op::cancel && reduced.edited) {
    out.category = Category::goods;
    out.urgency = Urgency::routine;
  } else {
    out.also = verdict.also;
  }
  const bool asks = carries_items(out.category);
  if (!context.thread.empty() && out.op == Op::fresh && !asks && draft.orders.empty() &&
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
  out.differences = relay_differences(bytes, context, lexicon);
  return out;
}

std::string_view word(SpanKind kind) {
  static constexpr std::array<std::string_view, 7> words{"item", "address",   "person", "phone",
                                                         "note", "ignorable", "unread"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(Op op) {
  static constexpr std::array<std::string_view, 6> words{"new",    "amend", "replace",
                                                         "cancel", "copy",  "none"};
  return words[static_cast<std::size_t>(op)];
}

std::string_view word(Category category) {
  static constexpr std::array<std::string_view, 13> words{
      "goods",   "medicine",  "medical", "delivery", "repair", "chore", "psych",
      "inquiry", "complaint", "checkin", "offer",    "safety", "chat"};
  return words[static_cast<std::size_t>(category)];
}

std::string_view word(Urgency urgency) {
  static constexpr std::array<std::string_view, 4> words{"none", "routine", "urgent", "emergency"};
  return words[static_cast<std::size_t>(urgency)];
}

std::string_view word(Alarm alarm) {
  static constexpr std::array<std::string_view, 4> words{"none", "review", "urgent", "emergency"};
  return words[static_cast<std::size_t>(alarm)];
}

std::string_view word(DoorMatch match) {
  static constexpr std::array<std::string_view, 4> words{"unchecked", "exact", "ambiguous",
                                                         "unknown"};
  return words[static_cast<std::size_t>(match)];
}

std::string_view word(RowChange change) {
  static constexpr std::array<std::string_view, 4> words{"added", "changed", "same", "vanished"};
  return words[static_cast<std::size_t>(change)];
}

}  // namespace doorstep::intake
