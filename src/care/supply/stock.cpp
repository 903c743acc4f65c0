#include "care/supply/stock.h"

#include <fmt/format.h>

namespace doorstep::supply {

Result<Id<StockEntry>> move_stock(api::WriteContext& context, const StockMove& move) {
  if (move.items.empty()) return Error{ErrorKind::invalid, "stock.item"};
  for (const auto& [item, qty] : move.items) {
    if (item.empty()) return Error{ErrorKind::invalid, "stock.item"};
    if (qty <= 0 || qty > pieces_max) return Error{ErrorKind::invalid, "stock.qty", item};
    if (move.from != StockPlace::store) continue;
    const std::int64_t there = in_store(context.db, context.community.id, item);
    if (there < qty) {
      return Error{ErrorKind::conflict, "stock.short", fmt::format("{} {}", item, there)};
    }
  }
  const auto id = context.new_id<StockEntry>();
  context.tx.post(
      "INSERT INTO stock_entry (community_id, id, kind, kit_id, household_id, note, at, by,"
      " returns) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {context.community.id, id, api::word(move.kind), move.kit, move.household, move.note,
       context.now, context.actor.id, move.returns});
  std::int64_t number = 0;
  const auto owner = [&](StockPlace place) {
    return place == StockPlace::household ? move.household.value() : std::int64_t{0};
  };
  for (const auto& [item, qty] : move.items) {
    for (const auto& [place, pieces] : {std::pair{move.from, -qty}, std::pair{move.to, qty}}) {
      context.tx.post(
          "INSERT INTO stock_posting (community_id, entry_id, number, place, owner_id, item, qty)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7)",
          {context.community.id, id, ++number, api::word(place), owner(place), item, pieces});
    }
  }
  context.journal(
      "stock.moved", id.value(), move.path,
      fmt::format(R"({{"kind":"{}","kit":"{}"}})", api::word(move.kind), to_text(move.kit)));
  return id;
}

Result<std::int64_t> notice_kits_back(api::WriteContext& context, std::int64_t limit) {
  const auto rows = context.db.query(
      "SELECT e.id, e.kit_id, e.household_id, h.path, p.state FROM parcel p JOIN stock_entry e"
      " ON e.community_id = p.community_id AND e.id = p.origin_id AND e.kind = 'issued'"
      " JOIN household h ON h.community_id = e.community_id AND h.id = e.household_id"
      " WHERE p.community_id = $1 AND p.origin_kind = 'errand'"
      " AND p.state IN ('returned', 'lost') AND NOT EXISTS (SELECT 1 FROM stock_entry r"
      " WHERE r.community_id = e.community_id AND r.returns = e.id) ORDER BY e.id LIMIT $2",
      {context.community.id, limit});
  for (const store::Row& row : rows) {
    StockMove move{StockKind::returned, StockPlace::household, StockPlace::store};
    if (row.text(4) == "lost") move = {StockKind::counted, StockPlace::household, StockPlace::loss};
    move.returns = row.id<StockEntry>(0);
    move.kit = row.id<Kit>(1);
    move.household = row.id<access::Household>(2);
    move.path = row.text(3);
    for (const store::Row& part :
         context.db.query("SELECT item, qty FROM stock_posting WHERE community_id = $1"
                          " AND entry_id = $2 AND place = 'household' ORDER BY number",
                          {context.community.id, move.returns})) {
      move.items.emplace_back(part.text(0), part.integer(1));
    }
    TRY(move_stock(context, move));
  }
  return std::ssize(rows);
}

std::int64_t in_store(store::Snapshot& db, Id<access::Community> community, std::string_view item) {
  return db
      .first(
          "SELECT coalesce(sum(qty), 0) FROM stock_posting WHERE community_id = $1"
          " AND place = 'store' AND item = $2",
          {community, item})
      ->integer(0);
}

}  // namespace doorstep::supply
