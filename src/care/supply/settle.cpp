/// \file Settling a cycle: what each household owes is booked, its parcel is expected.

#include <map>

#include <fmt/format.h>

#include "care/delivery/delivery.h"
#include "care/needs/need.h"
#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

using needs::CycleRow;

/// 一斤 in grams: what a carrier's load is reckoned from. What is counted weighs nothing known.
constexpr std::int64_t jin_grams = 500;

/// What is not answered is taken as accepted; then everything has a price or does not come.
Result<void> accept_rest(api::WriteContext& context, const CycleRow& cycle) {
  for (const SheetLine& line : sheet_of(context, cycle)) {
    if (line.answer == Answer::open) TRY(answer_line(context, {*line.id}));
    if (line.supplied.value_or(line.qty) > 0 && !line.price_fen) {
      return Error{ErrorKind::invalid, "purchase.no_price", line.good};
    }
  }
  context.tx.run(
      "UPDATE purchase SET state = 'settled', settled_at = $3 WHERE community_id = $1"
      " AND cycle_id = $2",
      {context.community.id, cycle.id, context.now});
  return {};
}

/// What one order comes to: fen by supplier, grams.
struct Sum {
  std::map<std::int64_t, std::int64_t> by_supplier = {};
  std::int64_t grams = 0;
  std::int64_t things = 0;
};

Sum sum_of(const api::Context& context, const needs::OrderRow& order) {
  Sum sum;
  for (const store::Row& row : context.db.query(
           "SELECT l.granted, l.unit, p.supplier_id, q.price_fen FROM order_line l JOIN purchase p"
           " ON p.community_id = l.community_id AND p.cycle_id = l.cycle_id JOIN purchase_line q"
           " ON q.community_id = p.community_id AND q.purchase_id = p.id"
           " AND q.canonical = l.canonical AND q.unit = l.unit"
           " WHERE l.community_id = $1 AND l.order_id = $2 AND l.state <> 'cancelled'"
           " AND l.granted > 0",
           {context.community.id, order.id})) {
    ++sum.things;
    const std::int64_t qty = row.integer(0);
    sum.by_supplier[row.integer(2)] += cost(qty, row.integer(3));
    if (row.text(1) == "斤") sum.grams += qty * jin_grams / 1000;
  }
  return sum;
}

Result<void> charge(api::WriteContext& context, const needs::OrderRow& order, const Sum& sum) {
  Booking booking;
  booking.order = order.id;
  booking.path = order.path;
  std::int64_t all = 0;
  for (const auto& [supplier, fen] : sum.by_supplier) {
    if (fen == 0) continue;
    booking.postings.push_back({LedgerAccount::supplier, supplier, -fen});
    all += fen;
  }
  if (all == 0) return {};
  booking.postings.push_back({LedgerAccount::household, order.household.value(), all});
  TRY(book(context, booking));
  return {};
}

/// Nothing of it comes: its needs are told so, and nothing is owed any more.
Result<void> end_empty(api::WriteContext& context, const needs::OrderRow& order) {
  for (const store::Row& row :
       context.db.query("SELECT " + std::string(needs::need_columns) +
                            " FROM need n WHERE n.community_id = $1 AND n.order_id = $2"
                            " AND n.state = 'accepted'",
                        {context.community.id, order.id})) {
    needs::NeedRow need = needs::need_from(row);
    needs::change(context, need, needs::State::declined, "out_of_stock", "");
  }
  return {};
}

Result<void> settle_order(api::WriteContext& context, const needs::OrderRow& order) {
  const Sum sum = sum_of(context, order);
  TRY(charge(context, order, sum));
  if (sum.things == 0) {
    TRY(end_empty(context, order));
  } else {
    delivery::Expectation coming;
    coming.household = order.household;
    coming.kind = delivery::Class::fresh;
    coming.goods = delivery::Goods::produce;
    coming.origin = delivery::Origin::order;
    coming.origin_id = order.id.value();
    coming.weight_g = sum.grams;
    TRY(delivery::expect(context, coming));
  }
  context.tx.run("UPDATE customer_order SET state = $3 WHERE community_id = $1 AND id = $2",
                 {context.community.id, order.id, sum.things == 0 ? "delivered" : "bought"});
  return {};
}

}  // namespace

Result<Settled> settle_cycle(api::WriteContext& context, const CycleRow& cycle,
                             std::int64_t limit) {
  if (cycle.state == needs::CycleState::open) return Error{ErrorKind::conflict, "cycle.open"};
  if (cycle.state == needs::CycleState::done) return Settled{};
  const auto open = context.db.first(
      "SELECT count(*) FROM purchase WHERE community_id = $1 AND cycle_id = $2"
      " AND state <> 'settled'",
      {context.community.id, cycle.id});
  if (open->integer(0) > 0) TRY(accept_rest(context, cycle));
  Settled done;
  const auto rows =
      context.db.query("SELECT " + std::string(needs::order_columns) +
                           " FROM customer_order o WHERE o.community_id = $1 AND o.cycle_id = $2"
                           " AND o.state = 'closed' ORDER BY o.id LIMIT $3",
                       {context.community.id, cycle.id, limit + 1});
  for (const store::Row& row : rows) {
    if (done.orders == limit) break;
    TRY(settle_order(context, needs::order_from(row)));
    ++done.orders;
  }
  done.left = context.db
                  .first(
                      "SELECT count(*) FROM customer_order WHERE community_id = $1"
                      " AND cycle_id = $2 AND state = 'closed'",
                      {context.community.id, cycle.id})
                  ->integer(0);
  if (done.left > 0) return done;
  context.tx.run("UPDATE cycle SET state = 'done' WHERE community_id = $1 AND id = $2",
                 {context.community.id, cycle.id});
  context.journal("cycle.settled", cycle.id.value(), "");
  return done;
}

}  // namespace doorstep::supply
