#include "care/needs/relay.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace doorstep::needs {
namespace {

struct Words {
  std::string text = {};
  std::int64_t from = 0;  ///< Code points of the whole.
  std::int64_t to = 0;
};

std::vector<Words> lines_in(std::string_view text) {
  std::vector<Words> lines;
  std::int64_t at = 0;
  while (true) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const auto length = static_cast<std::int64_t>(text::length(line));
    if (!text::trim(line).empty()) {
      lines.push_back({std::string(text::trim(line)), at, at + length});
    }
    if (end == std::string_view::npos) return lines;
    at += length + 1;
    text.remove_prefix(end + 1);
  }
}

std::string key_of(const intake::Order& order) {
  const std::string door = door_text(order.address);
  return door.empty() ? order.person.reveal() : door;
}

/// The pieces of the whole that lie in this line, counted from its start.
std::vector<Piece> pieces_in(const intake::Parsed& whole, const Words& line) {
  std::vector<Piece> found;
  for (const intake::Span& span : whole.spans) {
    const std::int64_t from = std::max<std::int64_t>(span.range.from, line.from);
    const std::int64_t to = std::min<std::int64_t>(span.range.to, line.to);
    if (from < to) {
      found.push_back({from - line.from, to - line.from, std::string(intake::word(span.kind))});
    }
  }
  return found;
}

bool says_something(const std::vector<Piece>& pieces) {
  return std::ranges::any_of(pieces, [](const Piece& one) { return one.kind != "ignorable"; });
}

/// A row without goods takes its order back, or is something a person has to read.
bool takes_back(std::string_view line, const intake::Parser& words) {
  const intake::Message before{"household", "鸡蛋10个"};
  const auto parsed = words.parse(line, {{&before, 1}, "household", nullptr});
  return parsed.op == intake::Op::cancel;
}

/// Words beside a door that are neither goods nor a taking back: a person reads all of them.
void mark_unread(Reading& reading) {
  reading.unread = 1;
  for (Piece& one : reading.pieces) {
    if (one.kind == "note") one.kind = "unread";
  }
}

RelayRow row_of(const intake::Parsed& whole, const intake::Order& order, const Words& line,
                const intake::Parser& words) {
  RelayRow row;
  row.key = key_of(order);
  row.door = door_text(order.address);
  row.text = line.text;
  row.reading = read(line.text, words);
  // Goods that only a heading names are in the whole, not in the line.
  row.reading.lines = lines_of(order.items);
  row.reading.pieces = pieces_in(whole, line);
  row.reading.unread = std::ranges::count(row.reading.pieces, "unread", &Piece::kind);
  for (const std::string& open : whole.unparsed) {
    if (line.text.find(open) != std::string::npos && row.reading.unread == 0) ++row.reading.unread;
  }
  row.withdrawn = order.items.empty() && takes_back(line.text, words);
  if (order.items.empty() && !row.withdrawn) mark_unread(row.reading);
  const bool all_said = std::ranges::all_of(
      row.reading.lines, [](const Line& one) { return one.state == LineState::read; });
  row.reading.sure = !row.reading.lines.empty() && all_said && row.reading.unread == 0 &&
                     row.reading.urgency == Urgency::routine;
  if (!row.reading.lines.empty() && row.reading.service == "other") {
    row.reading.service = "goods";
    row.reading.of = NeedClass::supplies;
  }
  row.reading.op = intake::Op::fresh;
  return row;
}

/// The order of the whole that this line holds: the first that is not taken yet and agrees.
std::size_t order_in(const Words& line, const std::vector<intake::Order>& orders,
                     const std::vector<bool>& taken, const intake::Parser& words) {
  for (const intake::Order& own : words.parse(line.text).orders) {
    for (std::size_t at = 0; at < orders.size(); ++at) {
      if (!taken[at] && !key_of(own).empty() && key_of(own) == key_of(orders[at])) return at;
    }
  }
  return orders.size();
}

}  // namespace

RelayReading read_relay(std::string_view text, const intake::Parser& words) {
  RelayReading reading;
  const intake::Parsed whole = words.parse(text);
  std::vector<bool> taken(whole.orders.size(), false);
  std::map<std::string, int> seen;
  for (const Words& line : lines_in(text)) {
    bool any = false;
    for (std::size_t at = order_in(line, whole.orders, taken, words); at < whole.orders.size();
         at = order_in(line, whole.orders, taken, words)) {
      taken[at] = true;
      any = true;
      RelayRow row = row_of(whole, whole.orders[at], line, words);
      if (const int times = ++seen[row.key]; times > 1) row.key += "/" + std::to_string(times);
      reading.rows.push_back(std::move(row));
    }
    if (any) continue;
    if (reading.rows.empty() && reading.title.empty() && !says_something(pieces_in(whole, line))) {
      reading.title = line.text;
    } else if (says_something(pieces_in(whole, line))) {
      reading.rest += (reading.rest.empty() ? "" : "\n") + line.text;
    }
  }
  return reading;
}

std::optional<Id<Relay>> same_relay(const api::Context& context, const RelayReading& reading) {
  std::set<std::string> keys;
  for (const RelayRow& row : reading.rows) keys.insert(row.key);
  for (const store::Row& relay :
       context.db.query("SELECT id FROM relay WHERE community_id = $1 AND changed_at > $2"
                        " ORDER BY changed_at DESC LIMIT 20",
                        {context.community.id, context.now - std::chrono::hours{24}})) {
    std::size_t common = 0;
    std::size_t standing = 0;
    for (const store::Row& row :
         context.db.query("SELECT DISTINCT n.relay_row FROM {needs} n WHERE n.relay_id = $1",
                          {relay.integer(0)})) {
      ++standing;
      if (keys.contains(row.text(0))) ++common;
    }
    if (standing > 0 && 2 * common >= std::min(standing, keys.size())) return relay.id<Relay>(0);
  }
  return std::nullopt;
}

std::vector<ComparedRow> compare(api::Context& context, std::optional<Id<Relay>> relay,
                                 const RelayReading& reading) {
  std::map<std::string, NeedRow> standing;
  if (relay) {
    for (const store::Row& row :
         context.db.query("SELECT " + std::string(need_columns) +
                              ", n.relay_row FROM {needs} n WHERE n.relay_id = $1 ORDER BY n.id",
                          {*relay})) {
      standing[row.text(need_column_count)] = need_from(row);
    }
  }
  std::vector<ComparedRow> rows;
  for (const RelayRow& one : reading.rows) {
    ComparedRow made{one,
                     one.withdrawn ? RowChange::withdrawn : RowChange::added,
                     {},
                     receiver_at(context, one.door, false)};
    if (const auto found = standing.find(one.key); found != standing.end()) {
      made.standing = found->second;
      const bool same = found->second.text == one.text;
      // Taken back once is taken back in every later post.
      if (same) made.change = RowChange::same;
      if (!same && !one.withdrawn) made.change = RowChange::changed;
      standing.erase(found);
    }
    rows.push_back(std::move(made));
  }
  for (auto& [key, need] : standing) {
    const bool open = need.state == State::waiting || need.state == State::asked_back ||
                      need.state == State::accepted;
    if (!open || key.empty()) continue;
    RelayRow gone{key, {}, need.text.value_or("")};
    rows.push_back({std::move(gone), RowChange::gone, need, std::nullopt});
  }
  return rows;
}

}  // namespace doorstep::needs
