/// \file The order lines behind a line of the sheet: which door wanted how much and gets how much (D4).

#include <fmt/format.h>

#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request : api::PageRequest {
  Id<needs::Cycle> cycle;
  std::optional<std::string> good;  ///< Absent: all goods.
  std::optional<std::string> unit;

  void fields(auto& f) {
    f("cycle", cycle);
    f("good", good);
    f("unit", unit);
    page_fields(f);
  }
};

struct OrderLineRow {
  std::string path;
  Id<needs::OrderLine> id;
  Id<needs::Order> order;
  Id<access::Household> household;
  std::string door;
  needs::OrderKind kind = needs::OrderKind::neighbour;
  std::string name;
  std::string good;
  std::string unit;
  std::int64_t qty = 0;
  std::optional<std::int64_t> granted;
  std::string instead;
  needs::OrderLineState state = needs::OrderLineState::ordered;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("order", order);
    f("household", household);
    f("door", door, api::Class::door);
    f("kind", kind, api::Class::health);
    f("name", name, api::Class::money);
    f("good", good);
    f("unit", unit);
    f("qty", qty);
    f("granted", granted);
    f("instead", instead);
    f("state", state);
  }
};

/// Keyset on the line's id. Errors: not_found "cycle.unknown"; invalid "field.cursor".
Result<api::Page<OrderLineRow>> list(api::Context& context, const Request& request) {
  if (!needs::find_cycle(context, request.cycle)) {
    return Error{ErrorKind::not_found, "cycle.unknown"};
  }
  const auto after =
      request.cursor ? id_from_text(*request.cursor) : std::optional<std::int64_t>{0};
  if (!after) return Error{ErrorKind::invalid, "field.cursor"};
  api::Page<OrderLineRow> page;
  for (const store::Row& row : context.db.query(
           "SELECT o.path, l.id, o.id, o.household_id, h.door, o.kind, l.name, l.canonical,"
           " l.unit, l.qty, l.granted, l.instead, l.state FROM order_line l JOIN {orders} o"
           " ON o.community_id = l.community_id AND o.id = l.order_id JOIN household h"
           " ON h.community_id = o.community_id AND h.id = o.household_id"
           " WHERE l.community_id = $1 AND l.cycle_id = $2 AND l.id > $3 AND l.state <> 'cancelled'"
           " AND ($4 = '' OR l.canonical = $4) AND ($4 = '' OR l.unit = $5) ORDER BY l.id LIMIT $6",
           {context.community.id, request.cycle, *after, request.good.value_or(""),
            request.unit.value_or(""), request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back(
        {row.text(0), row.id<needs::OrderLine>(1), row.id<needs::Order>(2),
         row.id<access::Household>(3), row.text(4),
         api::from_word<needs::OrderKind>(row.text(5)).value_or(needs::OrderKind::neighbour),
         row.text(6), row.text(7), row.text(8), row.integer(9), row.maybe_integer(10), row.text(11),
         api::from_word<needs::OrderLineState>(row.text(12))
             .value_or(needs::OrderLineState::ordered)});
  }
  return page;
}

}  // namespace

api::Endpoint list_order_lines() {
  return api::list("/api/v1/cycles/{cycle}/lines", "cycle.show",
                   "The order lines behind a line of the sheet", list);
}

}  // namespace doorstep::supply
