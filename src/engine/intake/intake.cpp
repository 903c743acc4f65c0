#include "engine/intake/intake.h"

#include <algorithm>

#include "base/text.h"
#include "engine/intake/blocks.h"
#include "engine/intake/message.h"
#include "engine/intake/numerals.h"
#include "engine/intake/relay.h"

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

std::optional<AliasProposal> Parser::propose_alias(std::string_view written,
                                                   std::string_view corrected) const {
  const Folded from = fold(text::trim(written));
  const Folded to = fold(text::trim(corrected));
  if (from.size() < 2 || from.size() > 24 || to.size() == 0 || to.size() > 24) return std::nullopt;
  const bool words = std::all_of(from.kind.begin(), from.kind.end(), [](Kind kind) {
    return kind == Kind::han || kind == Kind::latin || kind == Kind::space;
  });
  if (!words) return std::nullopt;
  const Lexicon& lexicon = state_->own;
  const std::string canonical = lexicon.canonical(to.text);
  if (lexicon.canonical(from.text) == canonical) return std::nullopt;
  bool taken = lexicon.find_good(from.text).has_value() || lexicon.is_common(from.text);
  lexicon.words_at(from, 0, [&](std::uint32_t end, Tag) { taken = taken || end == from.size(); });
  lexicon.units_at(from, 0,
                   [&](std::uint32_t end, UnitForm) { taken = taken || end == from.size(); });
  std::vector<Amount> amounts;
  read_amounts(from, lexicon, 0, amounts);
  for (const Amount& amount : amounts) taken = taken || amount.to == from.size();
  if (taken) return std::nullopt;
  return AliasProposal{utf8(from.text), canonical};
}

namespace {

Parsed unread_whole(std::string_view text) {
  Parsed out;
  const auto length = static_cast<std::uint32_t>(points(text).size());
  if (length > 0) out.spans.push_back({{0, length}, SpanKind::unread});
  out.category = Category::goods;
  out.urgency = Urgency::routine;
  return out;
}

/// The door and the name that a sender shows in the chat: "5-301 小王".
DraftOrder sender_of(const std::string& name, const Lexicon& lexicon) {
  const Folded text = fold(name);
  Draft draft = assemble(text, lexicon);
  DraftOrder sender = draft.orders.empty() ? DraftOrder{} : std::move(draft.orders.front());
  sender.items.clear();
  if (sender.person.empty()) {
    std::uint32_t from = 0;
    while (from < text.size() && draft.role[from] == SpanKind::address) ++from;
    while (from < text.size() && text.kind[from] == Kind::space) ++from;
    if (from < text.size()) sender.person = text.written(from, text.size());
  }
  return sender;
}

void shift(Parsed& part, std::uint32_t by) {
  const auto move = [&](Range& range) { range = {range.from + by, range.to + by}; };
  for (Span& span : part.spans) move(span.range);
  for (Repair& repair : part.repairs) move(repair.range);
  for (Range& sign : part.triage.signs) move(sign);
  for (Order& order : part.orders) {
    for (Item& item : order.items) {
      if (item.range) move(*item.range);
    }
  }
}

template <class Value>
void append(std::vector<Value>& into, std::vector<Value>& more) {
  into.insert(into.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

/// A copied chat: each message edits what its sender ordered; the orders that stand at the end
/// count. The most urgent message decides the category.
Parsed read_blocks(const Folded& text, const std::vector<Block>& blocks, const Lexicon& lexicon,
                   const Context& context) {
  struct Sender {
    std::string name;
    DraftOrder shown;
    std::vector<Order> orders;
  };
  std::vector<Sender> senders;
  std::vector<Standing> standing;
  Parsed out;
  out.confidence = 1;
  bool first = true;
  const auto cover = [&](Range folded, SpanKind kind) {
    const Range source{text.source[folded.from],
                       folded.to < text.size() ? text.source[folded.to] : text.source_size()};
    if (source.to > source.from) out.spans.push_back({source, kind});
  };
  for (const Block& block : blocks) {
    if (block.name.from > block.head.from)
      cover({block.head.from, block.name.from}, SpanKind::ignorable);
    cover(block.name, SpanKind::person);
    if (block.head.to > block.name.to) cover({block.name.to, block.head.to}, SpanKind::ignorable);
    if (block.words.to == block.words.from) continue;
    const std::uint32_t source = text.source[block.words.from];
    const std::uint32_t end =
        block.words.to < text.size() ? text.source[block.words.to] : text.source_size();
    const std::string_view bytes =
        text.bytes.substr(text.byte[source], text.byte[end] - text.byte[source]);
    const std::string name = text.written(block.name.from, block.name.to);
    auto sender = std::find_if(senders.begin(), senders.end(),
                               [&](const Sender& known) { return known.name == name; });
    if (sender == senders.end()) {
      senders.push_back({name, sender_of(name, lexicon), {}});
      sender = senders.end() - 1;
    }
    Reduced reduced;
    Parsed part = read_message(bytes, lexicon, standing, {{}, name, context.doors},
                               !standing.empty(), reduced);
    if (reduced.op != Op::fresh || keeps_items({part.category, part.also, part.urgency}, part.op))
      remember(standing, name, reduced);
    shift(part, source);
    append(out.spans, part.spans);
    append(out.repairs, part.repairs);
    append(out.unparsed, part.unparsed);
    out.confidence *= part.confidence;
    if (first || part.urgency > out.urgency) {
      out.category = part.category;
      out.urgency = part.urgency;
      out.triage = std::move(part.triage);
      first = false;
    }
    if (!part.orders.empty()) sender->orders = std::move(part.orders);
  }
  for (Sender& sender : senders) {
    for (Order& order : sender.orders) {
      Address door = order.address;
      if (door.empty() || merge(door, sender.shown.address)) {
        order.address = door.empty() ? sender.shown.address : door;
        if (context.doors != nullptr) context.doors->check(order);
      }
      if (order.person.reveal().empty()) order.person = Private<std::string>{sender.shown.person};
      out.orders.push_back(std::move(order));
    }
  }
  return out;
}

}  // namespace

Parsed Parser::parse(std::string_view bytes, const Context& context) const {
  if (bytes.size() > max_bytes) return unread_whole(bytes);
  const Lexicon& lexicon = state_->own;
  if (bytes.find('\n') != std::string_view::npos && bytes.find(':') != std::string_view::npos) {
    const Folded text = fold(bytes);
    const std::vector<Block> blocks = chat_blocks(text);
    if (!blocks.empty()) return read_blocks(text, blocks, lexicon, context);
  }
  const std::vector<Standing> standing = standing_after(context.thread, lexicon);
  Reduced reduced;
  Parsed out = read_message(bytes, lexicon, standing, context, !context.thread.empty(), reduced);
  out.differences = relay_differences(bytes, context, lexicon);
  return out;
}

}  // namespace doorstep::intake
