#include "care/delivery/points.h"

namespace doorstep::delivery {
namespace {

constexpr std::string_view point_columns =
    "SELECT id, kind, name, path, outside, east_m, north_m FROM goods_point"
    " WHERE community_id = $1 AND closed_at IS NULL";

PointRow point_from(const store::Row& row) {
  return {row.id<Point>(0), api::from_word<PointKind>(row.text(1)).value_or(PointKind::workstation),
          row.text(2),      row.text(3),
          row.boolean(4),   row.integer(5),
          row.integer(6)};
}

bool has_left(const api::Context& context, Id<access::Household> household) {
  return context.db
      .first("SELECT 1 FROM household WHERE community_id = $1 AND id = $2 AND ended_at IS NOT NULL",
             {context.community.id, household})
      .has_value();
}

}  // namespace

Result<PointRow> find_point(const api::Context& context, std::optional<Id<Point>> id) {
  const auto rows =
      context.db.query(std::string(point_columns) +
                           " AND kind <> 'shop'"
                           " AND (id = $2 OR ($2 = 0 AND kind = 'workstation')) LIMIT 2",
                       {context.community.id, id.value_or(Id<Point>{})});
  if (id && rows.empty()) return Error{ErrorKind::not_found, "point.unknown"};
  if (rows.size() != 1) return Error{ErrorKind::conflict, "point.which"};
  return point_from(rows.front());
}

std::vector<PointRow> all_points(const api::Context& context) {
  std::vector<PointRow> points;
  for (const store::Row& row :
       context.db.query(std::string(point_columns) + " ORDER BY outside DESC, kind, name",
                        {context.community.id})) {
    points.push_back(point_from(row));
  }
  return points;
}

Result<void> come_to(const api::Context& context, const PointRow& point, ParcelRow& parcel) {
  parcel.point = point.id;
  if (point.kind != PointKind::checkpoint && !parcel.received_at) parcel.received_at = context.now;
  // Also at a gate: what lies there is owed to its household, and has an owner.
  const Window window =
      TRY(window_for(context.rules(), context.community.zone, parcel.kind, context.now));
  parcel.window_from = window.from;
  parcel.due = window.until;
  parcel.late = window.late;
  parcel.state = ready_state(parcel.behind());
  parcel.reason.reset();
  const bool left = parcel.household && has_left(context, *parcel.household);
  if (left || !parcel.household) {
    parcel.state = State::held;
    parcel.reason = std::string(api::word(left ? Reason::household_left : Reason::nobody_knows));
  }
  return {};
}

}  // namespace doorstep::delivery
