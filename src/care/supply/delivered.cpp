#include "care/supply/delivered.h"

#include "care/delivery/delivery.h"
#include "care/needs/need.h"

namespace doorstep::supply {

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
    for (const store::Row& one :
         context.db.query("SELECT " + std::string(needs::need_columns) +
                              " FROM need n WHERE n.community_id = $1 AND n.order_id = $2"
                              " AND n.state = 'accepted'",
                          {context.community.id, row.integer(0)})) {
      needs::NeedRow need = needs::need_from(one);
      needs::change(context, need, came ? needs::State::done : needs::State::declined,
                    came ? "delivered" : "not_delivered", "");
    }
  }
  return std::ssize(rows);
}

}  // namespace doorstep::supply
