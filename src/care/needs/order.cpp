#include "care/needs/order.h"

#include <algorithm>

#include <fmt/format.h>

namespace doorstep::needs {
namespace {

std::optional<OrderRow> find_by_household(const api::Context& context, Id<Cycle> cycle,
                                          Id<access::Household> household) {
  const auto row = context.db.first("SELECT " + std::string(order_columns) +
                                        " FROM customer_order o WHERE o.community_id = $1"
                                        " AND o.cycle_id = $2 AND o.household_id = $3",
                                    {context.community.id, cycle, household});
  if (!row) return std::nullopt;
  return order_from(*row);
}

/// Under observation when it is made: served first on shortage, also when the days end in between.
OrderKind kind_of(const api::Context& context, Id<access::Household> household) {
  const auto row = context.db.first(
      "SELECT count(*) FROM observation WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL",
      {context.community.id, household});
  return row->integer(0) > 0 ? OrderKind::isolated : OrderKind::neighbour;
}

OrderRow order_of(api::WriteContext& context, const CycleRow& cycle, const Placing& placing) {
  if (const auto standing = find_by_household(context, cycle.id, placing.household)) {
    context.tx.run(
        "UPDATE customer_order SET state = 'open', version = version + 1, changed_at = $3,"
        " diet = diet OR $4 WHERE community_id = $1 AND id = $2",
        {context.community.id, standing->id, context.now, placing.diet});
    return *standing;
  }
  OrderRow made;
  made.id = context.new_id<Order>();
  made.cycle = cycle.id;
  made.household = placing.household;
  made.path = placing.path;
  made.kind = kind_of(context, placing.household);
  context.tx.run(
      "INSERT INTO customer_order (community_id, id, cycle_id, household_id, path, kind, on_behalf,"
      " diet, state, version, created_at, changed_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', 1, $9, $9)",
      {context.community.id, made.id, cycle.id, made.household, made.path, api::word(made.kind),
       placing.on_behalf ? context.actor.id : std::int64_t{0}, placing.diet, context.now});
  return made;
}

void insert_line(api::WriteContext& context, const OrderRow& order, Id<Need> need,
                 const Line& line) {
  const Amount amount = in_trade_unit(*line.qty, line.unit);
  context.tx.run(
      "INSERT INTO order_line (community_id, id, order_id, cycle_id, need_id, name, canonical, "
      "unit,"
      " qty, instead, state, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 'ordered', $10)",
      {context.community.id, context.new_id<OrderLine>(), order.id, order.cycle, need, line.name,
       line.canonical, amount.unit, amount.qty, context.now});
}

/// An order without a line left is cancelled; it comes back with the next line.
void settle(api::WriteContext& context, const OrderRow& order) {
  context.tx.run(
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

Result<Placed> place(api::WriteContext& context, const Placing& placing) {
  TRY(check_lines(context.rules(), placing.lines));
  Placed placed{{}, TRY(cycle_now(context)), {}};
  placed.late_for = TRY(missed_cut_off(context.rules(), context.community.zone, context.now));
  placed.order = order_of(context, placed.cycle, placing);
  for (const Line& line : placing.lines) insert_line(context, placed.order, placing.need, line);
  journal(context, placed.order, "amended", placing.need);
  return placed;
}

Result<Placed> replace_all(api::WriteContext& context, const Placing& placing) {
  if (!placing.lines.empty()) TRY(check_lines(context.rules(), placing.lines));
  const auto standing = TRY(open_order(context, placing.household));
  if (!standing) return Error{ErrorKind::conflict, "order.none"};
  Placed placed{*standing, TRY(cycle_now(context)), {}};
  std::vector<Line> missing = placing.lines;
  for (const store::Row& row :
       context.db.query("SELECT id, canonical, unit, qty FROM order_line WHERE community_id = $1"
                        " AND order_id = $2 AND state = 'ordered' ORDER BY id",
                        {context.community.id, standing->id})) {
    const auto same = std::ranges::find_if(missing, [&](const Line& line) {
      const Amount amount = in_trade_unit(*line.qty, line.unit);
      return line.canonical == row.text(1) && amount.unit == row.text(2) &&
             amount.qty == row.integer(3);
    });
    if (same != missing.end()) {
      missing.erase(same);
      continue;
    }
    context.tx.run("UPDATE order_line SET state = 'cancelled' WHERE community_id = $1 AND id = $2",
                   {context.community.id, row.integer(0)});
  }
  for (const Line& line : missing) insert_line(context, *standing, placing.need, line);
  settle(context, *standing);
  journal(context, *standing, "amended", placing.need);
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

Result<std::optional<OrderRow>> open_order(api::Context& context, Id<access::Household> household) {
  const Collection now = TRY(collection_at(context.rules(), context.community.zone, context.now));
  const auto row = context.db.first(
      "SELECT " + std::string(order_columns) +
          " FROM customer_order o JOIN cycle c ON c.community_id = o.community_id"
          " AND c.id = o.cycle_id WHERE o.community_id = $1 AND o.household_id = $2"
          " AND c.cut_off_at = $3 AND o.state = 'open'",
      {context.community.id, household, now.cut_off});
  if (!row) return std::optional<OrderRow>{};
  return std::optional(order_from(*row));
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
