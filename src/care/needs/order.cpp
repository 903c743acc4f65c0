#include "care/needs/order.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/rows.h"

namespace doorstep::needs {
namespace {

/// The order it goes into: the one that stands, open again, or a new one.
OrderRow order_of(api::WriteContext& context, Id<Cycle> cycle, const Customer& customer,
                  const Placing& placing) {
  if (customer.order) {
    context.tx.post(
        "UPDATE customer_order SET state = 'open', version = version + 1, changed_at = $3,"
        " diet = diet OR $4 WHERE community_id = $1 AND id = $2",
        {context.community.id, customer.order->id, context.now, placing.diet});
    return *customer.order;
  }
  OrderRow made;
  made.id = context.new_id<Order>();
  made.cycle = cycle;
  made.household = customer.household;
  made.path = customer.path;
  // Under observation when it is made: served first on shortage, also when the days end in between.
  made.kind = customer.kind;
  context.tx.post(
      "INSERT INTO customer_order (community_id, id, cycle_id, household_id, path, kind, on_behalf,"
      " diet, state, version, created_at, changed_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', 1, $9, $9)",
      {context.community.id, made.id, cycle, made.household, made.path, api::word(made.kind),
       placing.on_behalf ? context.actor.id : std::int64_t{0}, placing.diet, context.now});
  return made;
}

void insert_lines(api::WriteContext& context, const OrderRow& order, Id<Need> need,
                  const std::vector<Line>& lines) {
  std::vector<store::Values> rows;
  for (const Line& line : lines) {
    const Amount amount = in_trade_unit(*line.qty, line.unit);
    rows.push_back({context.community.id, context.new_id<OrderLine>(), order.id, order.cycle, need,
                    line.name, line.canonical, amount.unit, amount.qty, "", "ordered",
                    context.now});
  }
  store::post_rows(context.tx,
                   "INSERT INTO order_line (community_id, id, order_id, cycle_id, need_id, name,"
                   " canonical, unit, qty, instead, state, created_at)",
                   rows);
}

/// An order without a line left is cancelled; it comes back with the next line.
void settle(api::WriteContext& context, const OrderRow& order) {
  context.tx.post(
      "UPDATE customer_order SET version = version + 1, changed_at = $3, state = CASE WHEN EXISTS"
      " (SELECT 1 FROM order_line l WHERE l.community_id = $1 AND l.order_id = $2"
      " AND l.state = 'ordered') THEN 'open' ELSE 'cancelled' END"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, order.id, context.now});
}

void journal(api::WriteContext& context, const OrderRow& order, std::string_view what,
             Id<Need> need) {
  context.journal("order." + std::string(what), order.id.value(), order.path,
                  fmt::format(R"({{"household":"{}","cycle":"{}","need":"{}"}})",
                              to_text(order.household), to_text(order.cycle), to_text(need)));
}

const std::string& customer_sql() {
  static const std::string sql =
      "SELECT h.path, c.id, EXISTS (SELECT 1 FROM observation v WHERE v.community_id ="
      " h.community_id AND v.household_id = h.id AND v.ended_at IS NULL),"
      " l.id, l.name, l.canonical, l.qty, l.unit, " +
      std::string(order_columns) +
      " FROM {households} h LEFT JOIN cycle c ON c.community_id = h.community_id"
      " AND c.cut_off_at = $2 LEFT JOIN customer_order o ON o.community_id = c.community_id"
      " AND o.cycle_id = c.id AND o.household_id = h.id LEFT JOIN order_line l"
      " ON l.community_id = o.community_id AND l.order_id = o.id AND l.state = 'ordered'"
      " AND o.state = 'open' WHERE h.id = $1 AND h.ended_at IS NULL ORDER BY l.id";
  return sql;
}

struct Limit {
  std::vector<std::string> goods = {};
  std::int64_t most = 0;
  std::int64_t days = 0;
};

Result<std::optional<Limit>> limit_of(const RulePack& rules, std::string_view canonical) {
  for (std::size_t at = 0; at < rules.count("needs.limits"); ++at) {
    const std::string key = fmt::format("needs.limits[{}].", at);
    Limit one{TRY(rules.strings(key + "goods")), TRY(rules.integer(key + "most")),
              TRY(rules.integer(key + "days"))};
    if (std::ranges::find(one.goods, canonical) != one.goods.end()) return std::optional(one);
  }
  return std::optional<Limit>{};
}

}  // namespace

OrderRow order_from(const store::Row& row, std::size_t first) {
  OrderRow made;
  made.id = row.id<Order>(first);
  made.cycle = row.id<Cycle>(first + 1);
  made.household = row.id<access::Household>(first + 2);
  made.path = row.text(first + 3);
  made.kind = api::from_word<OrderKind>(row.text(first + 4)).value_or(OrderKind::neighbour);
  made.state = api::from_word<OrderState>(row.text(first + 5)).value_or(OrderState::closed);
  made.version = row.integer(first + 6);
  return made;
}

Result<void> check_lines(const RulePack& rules, const std::vector<Line>& lines) {
  if (lines.empty()) return Error{ErrorKind::invalid, "order.empty"};
  const std::int64_t most = 1000 * TRY(rules.integer("needs.quantity_max"));
  for (const Line& line : lines) {
    if (line.canonical.empty() || !line.qty || *line.qty <= 0 || *line.qty > most) {
      return Error{ErrorKind::invalid, "order.quantity", line.name};
    }
  }
  return {};
}

void expect_customer(api::WriteContext& context, Id<access::Household> household) {
  const auto when = collection_at(context.rules(), context.community.zone, context.now);
  if (when.ok()) context.tx.ahead(customer_sql(), {household, when->cut_off});
}

Result<Customer> find_customer(api::Context& context, Id<access::Household> household) {
  Customer found;
  found.household = household;
  found.when = TRY(collection_at(context.rules(), context.community.zone, context.now));
  const auto rows = context.db.query(customer_sql(), {household, found.when.cut_off});
  if (rows.empty()) return Error{ErrorKind::not_found, "household.unknown"};
  const store::Row& one = rows.front();
  found.path = one.text(0);
  if (!one.is_null(1)) found.cycle = one.id<Cycle>(1);
  if (one.boolean(2)) found.kind = OrderKind::isolated;
  constexpr std::size_t order_at = 8;
  if (!one.is_null(order_at)) found.order = order_from(one, order_at);
  for (const store::Row& row : rows) {
    if (row.is_null(3)) continue;
    found.lines.push_back(
        {row.id<OrderLine>(3), {row.text(4), row.text(5), row.integer(6), row.text(7)}});
  }
  return found;
}

Result<Placed> place(api::WriteContext& context, const Customer& customer, const Placing& placing) {
  TRY(check_lines(context.rules(), placing.lines));
  Placed placed{{}, customer.when, {}};
  placed.late_for = TRY(missed_cut_off(context.rules(), context.community.zone, context.now));
  const Id<Cycle> cycle = customer.cycle ? customer.cycle : TRY(cycle_now(context)).id;
  placed.order = order_of(context, cycle, customer, placing);
  insert_lines(context, placed.order, placing.need, placing.lines);
  journal(context, placed.order, "amended", placing.need);
  return placed;
}

Result<Placed> amend(api::WriteContext& context, const Customer& customer, const Placing& placing,
                     const std::vector<Line>& before) {
  if (!placing.lines.empty()) TRY(check_lines(context.rules(), placing.lines));
  if (!customer.has_open_order()) return Error{ErrorKind::conflict, "order.none"};
  Placed placed{*customer.order, customer.when, {}};
  std::vector<Line> missing = placing.lines;
  std::vector<Line> old = before;
  for (const OrderedLine& standing : customer.lines) {
    const auto same = [&](const Line& line) { return is_same_amount(line, standing.line); };
    if (const auto kept = std::ranges::find_if(missing, same); kept != missing.end()) {
      missing.erase(kept);
      continue;
    }
    const auto said = std::ranges::find_if(old, same);
    if (said == old.end()) continue;
    old.erase(said);
    context.tx.post("UPDATE order_line SET state = 'cancelled' WHERE community_id = $1 AND id = $2",
                    {context.community.id, standing.id});
  }
  insert_lines(context, placed.order, placing.need, missing);
  settle(context, placed.order);
  journal(context, placed.order, "amended", placing.need);
  return placed;
}

Result<void> withdraw(api::WriteContext& context, Id<Need> need) {
  const auto row = context.db.first("SELECT " + std::string(order_columns) +
                                        " FROM customer_order o WHERE o.community_id = $1 AND"
                                        " o.id = (SELECT max(l.order_id) FROM order_line l"
                                        " WHERE l.community_id = $1 AND l.need_id = $2"
                                        " AND l.state <> 'cancelled')",
                                    {context.community.id, need});
  if (!row) return {};
  const OrderRow order = order_from(*row);
  const auto cycle = find_cycle(context, order.cycle);
  if (!cycle || cycle->when.cut_off <= context.now || cycle->state != CycleState::open) {
    return Error{ErrorKind::conflict, "order.closed"};
  }
  context.tx.run(
      "UPDATE order_line SET state = 'cancelled' WHERE community_id = $1 AND need_id = $2"
      " AND state = 'ordered'",
      {context.community.id, need});
  settle(context, order);
  journal(context, order, "withdrawn", need);
  return {};
}

Result<std::optional<std::int64_t>> left_of_limit(api::Context& context,
                                                  Id<access::Household> household,
                                                  std::string_view canonical) {
  const auto limit = TRY(limit_of(context.rules(), canonical));
  if (!limit) return std::optional<std::int64_t>{};
  std::int64_t left = 1000 * limit->most;
  for (const std::string& good : limit->goods) {
    const auto row = context.db.first(
        "SELECT coalesce(sum(CAST(coalesce(l.granted, l.qty) AS BIGINT)), 0) FROM order_line l"
        " JOIN customer_order o ON o.community_id = l.community_id AND o.id = l.order_id"
        " WHERE l.community_id = $1 AND o.household_id = $2 AND l.canonical = $3"
        " AND l.created_at > $4 AND l.state NOT IN ('cancelled', 'out_of_stock', 'returned')",
        {context.community.id, household, good,
         context.now - std::chrono::hours{24 * limit->days}});
    left -= row->integer(0);
  }
  return std::optional(std::max<std::int64_t>(left, 0));
}

}  // namespace doorstep::needs
