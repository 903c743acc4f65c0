/// \file List the collections: the one that is open, and those before.

#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct CycleView {
  Id<needs::Cycle> id;
  needs::Collection when;
  needs::CycleState state = needs::CycleState::open;
  std::int64_t orders = 0;
  std::int64_t isolated = 0;
  std::int64_t neighbours = 0;
  bool over = false;  ///< Its cut-off is past.

  void fields(auto& f) {
    f("id", id);
    f("when", when);
    f("state", state);
    f("orders", orders);
    f("isolated", isolated);
    f("neighbours", neighbours);
    f("over", over);
  }
};

struct Response {
  std::vector<CycleView> rows;
  void fields(auto& f) { f("rows", rows); }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT " + std::string(needs::cycle_columns) +
               ", (SELECT count(*) FROM customer_order o WHERE o.community_id = c.community_id"
               " AND o.cycle_id = c.id AND o.state <> 'cancelled'), (SELECT count(*) FROM"
               " customer_order o WHERE o.community_id = c.community_id AND o.cycle_id = c.id"
               " AND o.state <> 'cancelled' AND o.kind = 'isolated')"
               " FROM cycle c WHERE c.community_id = $1 ORDER BY c.cut_off_at DESC LIMIT 20",
           {context.community.id})) {
    const needs::CycleRow cycle = needs::cycle_from(row);
    const std::int64_t orders = row.integer(needs::cycle_column_count);
    const std::int64_t isolated = row.integer(needs::cycle_column_count + 1);
    made.rows.push_back({cycle.id, cycle.when, cycle.state, orders, isolated, orders - isolated,
                         cycle.when.cut_off <= context.now});
  }
  return made;
}

}  // namespace

api::Endpoint list_cycles() {
  return api::query("/api/v1/cycles", "cycle.show", "List the collections", list);
}

}  // namespace doorstep::supply
