/// \file Close a point where nothing lies any more.

#include "care/delivery/points.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Point> point;
  void fields(auto& f) { f("point", point); }
};

/// Errors: not_found "point.unknown" (also outside the scope); conflict "point.holds" (goods lie there).
Result<api::Nothing> close(api::WriteContext& context, const Request& request) {
  const PointRow point = TRY(find_point(context, request.point));
  if (!context.scope.covers(point.path)) return Error{ErrorKind::not_found, "point.unknown"};
  if (context.db.first("SELECT 1 FROM parcel WHERE community_id = $1 AND point_id = $2"
                       " AND closed_at IS NULL AND state <> 'out' LIMIT 1",
                       {context.community.id, point.id})) {
    return Error{ErrorKind::conflict, "point.holds"};
  }
  context.tx.run("UPDATE goods_point SET closed_at = $3 WHERE community_id = $1 AND id = $2",
                 {context.community.id, point.id, context.now});
  context.journal("point.closed", point.id.value(), point.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint close_point() {
  return api::command(api::Method::post, "/api/v1/points/{point}/close", "point.edit",
                      "Close a point where nothing lies any more", close);
}

}  // namespace doorstep::delivery
