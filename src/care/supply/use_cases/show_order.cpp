/// \file Where an order is: every step from the words to the door, with when and by whom (D13). For staff
/// by its id, for the household its own.
///
/// Source: 「全链条、无接触闭环保供模式」 (S3).

#include <map>

#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<needs::Order> order;
  void fields(auto& f) { f("order", order); }
};

struct Step {
  std::string step;  ///< asked, ordered, closed, settled; then delivery's own words.
  Instant at{};
  std::string by;  ///< Of staff; empty where the household or the clock did it.

  void fields(auto& f) {
    f("step", step);
    f("at", at);
    f("by", by);
  }
};

struct Line {
  std::string name;
  std::string unit;
  std::int64_t qty = 0;
  std::optional<std::int64_t> granted;
  std::string instead;
  needs::OrderLineState state = needs::OrderLineState::ordered;

  void fields(auto& f) {
    f("name", name);
    f("unit", unit);
    f("qty", qty);
    f("granted", granted);
    f("instead", instead);
    f("state", state);
  }
};

struct Response {
  std::string path;
  Id<needs::Order> id;
  Id<access::Household> household;
  std::string door;
  needs::OrderState state = needs::OrderState::open;
  std::string on_behalf;  ///< Who took it down for them (D14).
  Instant drop_from{};
  Instant drop_until{};
  std::vector<Line> lines;
  std::vector<Step> steps;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("household", household);
    f("door", door, api::Class::door);
    f("state", state);
    f("on_behalf", on_behalf);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("lines", lines, api::Class::money);
    f("steps", steps);
  }
};

void add_steps(api::Context& context, Response& made, std::string_view sql) {
  for (const store::Row& row : context.db.query(sql, {context.community.id, made.id})) {
    if (row.is_null(1)) continue;
    made.steps.push_back({row.text(0), row.instant(1), row.maybe_text(2).value_or("")});
  }
}

void gather(api::Context& context, Response& made) {
  add_steps(
      context, made,
      "SELECT 'asked', n.created_at, a.name FROM need n LEFT JOIN account a ON a.id = n.asked_by"
      " WHERE n.community_id = $1 AND n.order_id = $2");
  add_steps(context, made,
            "SELECT 'ordered', o.created_at, a.name FROM customer_order o LEFT JOIN account a"
            " ON a.id = o.on_behalf WHERE o.community_id = $1 AND o.id = $2");
  add_steps(context, made,
            "SELECT 'closed', c.closed_at, a.name FROM customer_order o JOIN cycle c"
            " ON c.community_id = o.community_id AND c.id = o.cycle_id LEFT JOIN account a"
            " ON a.id = c.closed_by WHERE o.community_id = $1 AND o.id = $2");
  add_steps(context, made,
            "SELECT 'settled', e.at, a.name FROM ledger_entry e LEFT JOIN account a ON a.id = e.by"
            " WHERE e.community_id = $1 AND e.order_id = $2 AND e.kind = 'purchase'");
  add_steps(context, made,
            "SELECT s.step, s.at, a.name FROM parcel p JOIN parcel_step s"
            " ON s.community_id = p.community_id AND s.parcel_id = p.id LEFT JOIN account a"
            " ON a.id = s.by WHERE p.community_id = $1 AND p.origin_kind = 'order'"
            " AND p.origin_id = $2 AND s.step <> 'edited' ORDER BY s.id");
  std::multimap<Instant, Step> by_time;  // Of one instant: in the order in which they are put in.
  for (Step& step : made.steps) by_time.emplace(step.at, std::move(step));
  made.steps.clear();
  for (auto& [at, step] : by_time) made.steps.push_back(std::move(step));
}

/// Errors: not_found "order.unknown".
Result<Response> show(api::Context& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT o.path, o.household_id, h.door, o.state, a.name, c.drop_from, c.drop_until"
      " FROM {orders} o JOIN household h ON h.community_id = o.community_id AND h.id = "
      "o.household_id"
      " JOIN cycle c ON c.community_id = o.community_id AND c.id = o.cycle_id"
      " LEFT JOIN account a ON a.id = o.on_behalf WHERE o.id = $1",
      {request.order});
  if (!row) return Error{ErrorKind::not_found, "order.unknown"};
  Response made;
  made.path = row->text(0);
  made.id = request.order;
  made.household = row->id<access::Household>(1);
  made.door = row->text(2);
  made.state = api::from_word<needs::OrderState>(row->text(3)).value_or(needs::OrderState::closed);
  made.on_behalf = row->maybe_text(4).value_or("");
  made.drop_from = row->instant(5);
  made.drop_until = row->instant(6);
  for (const store::Row& line :
       context.db.query("SELECT name, unit, qty, granted, instead, state FROM order_line"
                        " WHERE community_id = $1 AND order_id = $2 AND state <> 'cancelled'"
                        " ORDER BY id",
                        {context.community.id, request.order})) {
    made.lines.push_back({line.text(0), line.text(1), line.integer(2), line.maybe_integer(3),
                          line.text(4),
                          api::from_word<needs::OrderLineState>(line.text(5))
                              .value_or(needs::OrderLineState::ordered)});
  }
  gather(context, made);
  return made;
}

}  // namespace

api::Endpoint show_order() {
  return api::query("/api/v1/orders/{order}", "order.show", "Where an order is", show);
}

}  // namespace doorstep::supply
