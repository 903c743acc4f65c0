#include "care/supply/purchase.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "care/supply/shortage.h"

namespace doorstep::supply {
namespace {

using needs::CycleRow;

struct Offer {
  std::int64_t supplier = 0;
  std::optional<std::int64_t> price = {};
  std::optional<std::int64_t> market = {};
};

/// The cheapest that sells the good in this unit; a basket has the price it is offered at.
Offer offer_of(const api::Context& context, const std::string& good, const std::string& unit) {
  const auto row = context.db.first(
      "SELECT p.supplier_id, p.price_fen, p.market_fen FROM price p JOIN supplier s"
      " ON s.community_id = p.community_id AND s.id = p.supplier_id AND s.closed_at IS NULL"
      " WHERE p.community_id = $1 AND p.canonical = $2 AND p.unit = $3"
      " ORDER BY p.price_fen, p.supplier_id LIMIT 1",
      {context.community.id, good, unit});
  if (row) return {row->integer(0), row->integer(1), row->maybe_integer(2)};
  const auto basket = context.db.first(
      "SELECT price_fen FROM basket WHERE community_id = $1 AND name = $2 AND $3 = '份'"
      " ORDER BY id DESC LIMIT 1",
      {context.community.id, good, unit});
  return basket ? Offer{0, basket->integer(0), {}} : Offer{};
}

/// One row per good and unit: what is wanted in the cycle, and by how many.
store::Rows wanted(const api::Context& context, Id<needs::Cycle> cycle) {
  return context.db.query(
      "SELECT canonical, unit, sum(qty), count(DISTINCT order_id) FROM order_line"
      " WHERE community_id = $1 AND cycle_id = $2 AND state <> 'cancelled'"
      " GROUP BY canonical, unit ORDER BY canonical, unit",
      {context.community.id, cycle});
}

std::string name_of(const api::Context& context, std::int64_t supplier) {
  const auto row = context.db.first("SELECT name FROM supplier WHERE community_id = $1 AND id = $2",
                                    {context.community.id, supplier});
  return row ? row->text(0) : std::string{};
}

std::vector<SheetLine> live_sheet(const api::Context& context, const CycleRow& cycle) {
  std::vector<SheetLine> lines;
  std::map<std::int64_t, std::string> names{{0, ""}};
  for (const store::Row& row : wanted(context, cycle.id)) {
    const Offer offer = offer_of(context, row.text(0), row.text(1));
    if (!names.contains(offer.supplier)) names[offer.supplier] = name_of(context, offer.supplier);
    SheetLine line;
    if (offer.supplier != 0) line.supplier = Id<Supplier>{offer.supplier};
    line.supplier_name = names[offer.supplier];
    line.good = row.text(0);
    line.unit = row.text(1);
    line.qty = row.integer(2);
    line.orders = row.integer(3);
    line.price_fen = offer.price;
    line.market_fen = offer.market;
    line.cost_fen = cost(line.qty, offer.price.value_or(0));
    lines.push_back(std::move(line));
  }
  return lines;
}

void insert_purchase_line(api::WriteContext& context, Id<Purchase> purchase,
                          const SheetLine& line) {
  context.tx.run(
      "INSERT INTO purchase_line (community_id, id, purchase_id, canonical, unit, qty, orders,"
      " price_fen, market_fen, answer, instead) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open',"
      " '')",
      {context.community.id, context.new_id<PurchaseLine>(), purchase, line.good, line.unit,
       line.qty, line.orders, line.price_fen, line.market_fen});
}

void make_sheets(api::WriteContext& context, const CycleRow& cycle) {
  std::map<std::int64_t, Id<Purchase>> sheets;
  for (const SheetLine& line : live_sheet(context, cycle)) {
    const std::int64_t supplier = line.supplier ? line.supplier->value() : 0;
    auto& sheet = sheets[supplier];
    if (!sheet) {
      sheet = context.new_id<Purchase>();
      context.tx.run(
          "INSERT INTO purchase (community_id, id, cycle_id, supplier_id, state, created_at)"
          " VALUES ($1, $2, $3, $4, 'sent', $5)",
          {context.community.id, sheet, cycle.id, supplier, context.now});
    }
    insert_purchase_line(context, sheet, line);
  }
}

std::vector<Claim> claims_of(const api::Context& context, Id<needs::Cycle> cycle,
                             const std::string& good, const std::string& unit) {
  std::vector<Claim> claims;
  for (const store::Row& row : context.db.query(
           "SELECT l.id, l.qty, o.kind, o.diet, l.created_at FROM order_line l"
           " JOIN customer_order o ON o.community_id = l.community_id AND o.id = l.order_id"
           " WHERE l.community_id = $1 AND l.cycle_id = $2 AND l.canonical = $3 AND l.unit = $4"
           " AND l.state <> 'cancelled' ORDER BY l.id",
           {context.community.id, cycle, good, unit})) {
    claims.push_back({row.integer(0), row.integer(1),
                      row.text(2) == api::word(needs::OrderKind::isolated), row.boolean(3),
                      row.integer(4)});
  }
  return claims;
}

needs::OrderLineState state_of(Answer answer, std::int64_t granted, std::int64_t wanted_of_it) {
  using needs::OrderLineState;
  if (granted == 0) return OrderLineState::out_of_stock;
  if (granted < wanted_of_it) return OrderLineState::short_;
  return answer == Answer::replaced ? OrderLineState::replaced : OrderLineState::granted;
}

Result<void> grant(api::WriteContext& context, Id<needs::Cycle> cycle, const store::Row& line,
                   Answer answer, std::int64_t supplied, const std::string& instead) {
  const std::vector<std::string> first = TRY(context.rules().strings("supply.shortage_first"));
  const auto claims = claims_of(context, cycle, line.text(0), line.text(1));
  const auto granted = split(claims, supplied, first);
  for (std::size_t at = 0; at < claims.size(); ++at) {
    context.tx.run(
        "UPDATE order_line SET granted = $3, state = $4, instead = $5"
        " WHERE community_id = $1 AND id = $2",
        {context.community.id, claims[at].id, granted[at],
         api::word(state_of(answer, granted[at], claims[at].wanted)), instead});
  }
  return {};
}

}  // namespace

std::vector<SheetLine> sheet_of(const api::Context& context, const CycleRow& cycle,
                                std::optional<Id<Supplier>> supplier) {
  std::vector<SheetLine> lines;
  if (cycle.state == needs::CycleState::open) {
    lines = live_sheet(context, cycle);
    if (supplier)
      std::erase_if(lines, [&](const SheetLine& one) { return one.supplier != supplier; });
    std::ranges::sort(lines, {}, [](const SheetLine& one) {
      return std::tie(one.supplier_name, one.good, one.unit);
    });
    return lines;
  }
  for (const store::Row& row : context.db.query(
           "SELECT l.id, p.supplier_id, s.name, l.canonical, l.unit, l.qty, l.orders, l.price_fen,"
           " l.market_fen, l.answer, l.supplied, l.instead FROM purchase p JOIN purchase_line l"
           " ON l.community_id = p.community_id AND l.purchase_id = p.id LEFT JOIN supplier s"
           " ON s.community_id = p.community_id AND s.id = p.supplier_id"
           " WHERE p.community_id = $1 AND p.cycle_id = $2 AND ($3 = 0 OR p.supplier_id = $3)"
           " ORDER BY s.name, l.canonical, l.unit",
           {context.community.id, cycle.id, supplier ? supplier->value() : std::int64_t{0}})) {
    SheetLine line;
    line.id = row.id<PurchaseLine>(0);
    if (row.integer(1) != 0) line.supplier = row.id<Supplier>(1);
    line.supplier_name = row.maybe_text(2).value_or("");
    line.good = row.text(3);
    line.unit = row.text(4);
    line.qty = row.integer(5);
    line.orders = row.integer(6);
    line.price_fen = row.maybe_integer(7);
    line.market_fen = row.maybe_integer(8);
    line.answer = api::from_word<Answer>(row.text(9)).value_or(Answer::open);
    line.supplied = row.maybe_integer(10);
    line.instead = row.text(11);
    line.cost_fen = cost(line.supplied.value_or(line.qty), line.price_fen.value_or(0));
    lines.push_back(std::move(line));
  }
  return lines;
}

Totals totals_of(const api::Context& context, const CycleRow& cycle,
                 const std::vector<SheetLine>& lines) {
  Totals made;
  made.orders = context.db
                    .first(
                        "SELECT count(*) FROM customer_order WHERE community_id = $1"
                        " AND cycle_id = $2 AND state <> 'cancelled'",
                        {context.community.id, cycle.id})
                    ->integer(0);
  made.lines = std::ssize(lines);
  for (const SheetLine& line : lines) {
    made.cost_fen += line.cost_fen;
    if (line.answer == Answer::open) ++made.unanswered;
    if (!line.market_fen || !line.price_fen) continue;
    made.compared_fen += line.cost_fen;
    made.market_fen += cost(line.supplied.value_or(line.qty), *line.market_fen);
  }
  if (made.market_fen > 0) {
    made.saving_permille =
        1000 - (made.compared_fen * 1000 + made.market_fen / 2) / made.market_fen;
  }
  return made;
}

Result<void> close_cycle(api::WriteContext& context, const CycleRow& cycle) {
  if (cycle.when.cut_off > context.now) return Error{ErrorKind::conflict, "cycle.open"};
  if (cycle.state != needs::CycleState::open) return {};
  make_sheets(context, cycle);
  context.tx.run(
      "UPDATE cycle SET state = 'closed', closed_at = $3, closed_by = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, cycle.id, context.now, context.actor.id});
  context.tx.run(
      "UPDATE customer_order SET state = 'closed' WHERE community_id = $1 AND cycle_id = $2"
      " AND state = 'open'",
      {context.community.id, cycle.id});
  context.journal("cycle.closed", cycle.id.value(), "");
  const auto owed =
      duty::find_open(context.db, context.community.id, needs::purchase_duty, cycle.id.value());
  if (owed) duty::meet(context, *owed, cycle.id.value());
  return {};
}

Result<void> answer_line(api::WriteContext& context, const Said& said,
                         std::optional<Id<Supplier>> supplier) {
  const auto row = context.db.first(
      "SELECT l.canonical, l.unit, l.qty, p.cycle_id, p.state, p.id FROM purchase_line l"
      " JOIN purchase p ON p.community_id = l.community_id AND p.id = l.purchase_id"
      " WHERE l.community_id = $1 AND l.id = $2 AND ($3 = 0 OR p.supplier_id = $3)",
      {context.community.id, said.line, supplier ? supplier->value() : std::int64_t{0}});
  if (!row) return Error{ErrorKind::not_found, "purchase.unknown"};
  if (row->text(4) == "settled") return Error{ErrorKind::conflict, "purchase.settled"};
  const std::int64_t all = row->integer(2);
  const std::int64_t supplied =
      said.answer == Answer::out_of_stock ? 0 : said.supplied.value_or(all);
  if (supplied < 0 || supplied > all) return Error{ErrorKind::invalid, "purchase.supplied"};
  if (said.answer == Answer::replaced && said.instead.empty()) {
    return Error{ErrorKind::invalid, "purchase.instead"};
  }
  if (said.price_fen && (*said.price_fen <= 0 || *said.price_fen > price_fen_max)) {
    return Error{ErrorKind::invalid, "price.amount"};
  }
  context.tx.run(
      "UPDATE purchase_line SET answer = $3, supplied = $4, instead = $5, answered_at = $6,"
      " price_fen = coalesce($7, price_fen) WHERE community_id = $1 AND id = $2",
      {context.community.id, said.line, api::word(said.answer), supplied, said.instead, context.now,
       said.price_fen});
  context.journal("purchase.answered", said.line.value(), "",
                  fmt::format(R"({{"cycle":"{}","answer":"{}"}})", id_text(row->integer(3)),
                              api::word(said.answer)));
  return grant(context, row->id<needs::Cycle>(3), *row, said.answer, supplied, said.instead);
}

}  // namespace doorstep::supply
