#include "care/supply/delivered.h"

#include <algorithm>

#include "care/delivery/delivery.h"
#include "care/needs/need.h"

namespace doorstep::supply {
namespace {

/// Those that are accepted, of an order or by themselves.
void end_needs(api::WriteContext& context, std::string_view which, std::int64_t id, bool came) {
  for (const store::Row& row :
       context.db.query("SELECT " + std::string(needs::need_columns) +
                            " FROM need n WHERE n.community_id = $1"
                            " AND " +
                            std::string(which) + " AND n.state = 'accepted'",
                        {context.community.id, id})) {
    needs::NeedRow need = needs::need_from(row);
    needs::change(context, need, came ? needs::State::done : needs::State::declined,
                  came ? "delivered" : "not_delivered", "");
  }
}

}  // namespace

std::int64_t notice_delivered(api::WriteContext& context, std::int64_t limit) {
  const auto rows = context.db.query(
      "SELECT o.id, p.delivered FROM customer_order o JOIN parcels_of_origin p"
      " ON p.community_id = o.community_id AND p.origin_kind = 'order' AND p.origin_id = o.id"
      " WHERE o.community_id = $1 AND o.state = 'bought' AND p.open = 0 ORDER BY o.id LIMIT $2",
      {context.community.id, limit});
  for (const store::Row& row : rows) {
    const bool came = row.integer(1) > 0;
    context.tx.run("UPDATE customer_order SET state = $3 WHERE community_id = $1 AND id = $2",
                   {context.community.id, row.integer(0), came ? "delivered" : "cancelled"});
    end_needs(context, "n.order_id = $2", row.integer(0), came);
  }
  const auto errands = context.db.query(
      "SELECT p.origin_id FROM parcels_of_origin p JOIN need n ON n.community_id = p.community_id"
      " AND n.id = p.origin_id WHERE p.community_id = $1 AND p.origin_kind = 'errand'"
      " AND n.state = 'accepted' AND p.open = 0 AND p.delivered > 0 ORDER BY 1 LIMIT $2",
      {context.community.id, limit});
  for (const store::Row& row : errands) end_needs(context, "n.id = $2", row.integer(0), true);
  return std::max(std::ssize(rows), std::ssize(errands));
}

}  // namespace doorstep::supply
