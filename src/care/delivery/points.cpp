#include "care/delivery/points.h"

namespace doorstep::delivery {

Result<PointRow> find_point(const api::Context& context, std::optional<Id<Point>> id) {
  const auto rows = context.db.query(
      "SELECT id, kind, name, path, outside FROM goods_point WHERE community_id = $1"
      " AND closed_at IS NULL AND (id = $2 OR ($2 = 0 AND kind = 'workstation')) LIMIT 2",
      {context.community.id, id.value_or(Id<Point>{})});
  if (id && rows.empty()) return Error{ErrorKind::not_found, "point.unknown"};
  if (rows.size() != 1) return Error{ErrorKind::conflict, "point.which"};
  const store::Row& row = rows.front();
  return PointRow{row.id<Point>(0),
                  api::from_word<PointKind>(row.text(1)).value_or(PointKind::workstation),
                  row.text(2), row.text(3), row.boolean(4)};
}

}  // namespace doorstep::delivery
