#include "engine/intake/relay.h"

#include <algorithm>
#include <map>

namespace doorstep::intake {
namespace {

struct Row {
  std::vector<std::pair<std::string, std::string>> items;  ///< Good and amount, sorted.
};

std::string key_of(const DraftOrder& order) {
  std::string key;
  const Address& a = order.address;
  for (const std::string* part :
       {&a.community, &a.road, &a.lane, &a.number, &a.building, &a.unit, &a.floor, &a.room}) {
    if (part->empty()) continue;
    if (!key.empty()) key += '-';
    key += *part;
  }
  return key.empty() ? order.person : key;
}

std::map<std::string, Row> rows_of(const Draft& draft) {
  std::map<std::string, Row> rows;
  for (const DraftOrder& order : draft.orders) {
    const std::string key = key_of(order);
    if (key.empty()) continue;
    Row& row = rows[key];
    for (const DraftItem& item : order.items) {
      const std::string amount =
          (item.item.qty ? std::to_string(item.item.qty->value()) : "?") + item.item.unit;
      row.items.emplace_back(item.item.canonical, amount);
    }
    std::sort(row.items.begin(), row.items.end());
  }
  return rows;
}

}  // namespace

std::vector<RelayDifference> relay_differences(std::string_view text, const Context& context,
                                               const Lexicon& lexicon) {
  const bool several = text.find('\n') != std::string_view::npos;
  if (!several || context.thread.empty()) return {};
  const Draft now = assemble(fold(text), lexicon);
  if (now.orders.size() < 2) return {};
  for (auto message = context.thread.rbegin(); message != context.thread.rend(); ++message) {
    if (message->text.size() > Parser::max_bytes) continue;
    const Folded folded = fold(message->text);
    const Draft then = assemble(folded, lexicon);
    const auto before = rows_of(then);
    if (before.empty() || (then.orders.size() < 2 && message->text.find('\n') == std::string::npos))
      continue;
    const auto after = rows_of(now);
    std::vector<RelayDifference> out;
    for (const auto& [key, row] : after) {
      const auto old = before.find(key);
      const RowChange change = old == before.end()              ? RowChange::added
                               : old->second.items == row.items ? RowChange::same
                                                                : RowChange::changed;
      out.push_back({change, key});
    }
    for (const auto& [key, row] : before) {
      if (!after.contains(key)) out.push_back({RowChange::vanished, key});
    }
    return out;
  }
  return {};
}

}  // namespace doorstep::intake
