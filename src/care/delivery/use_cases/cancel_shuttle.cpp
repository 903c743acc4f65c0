/// \file Take back a shuttle that has nothing on board: what it was to bring is free for another.

#include "care/delivery/shuttle.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Shuttle> shuttle;
  std::int64_t version = 0;  ///< That was looked at.

  void fields(auto& f) {
    f("shuttle", shuttle);
    f("version", version);
  }
};

/// Errors: not_found "shuttle.unknown"; conflict "shuttle.changed" (somebody was first; look again),
/// "shuttle.closed", "shuttle.has_goods" (what is on board has to be laid down first).
Result<api::Nothing> cancel(api::WriteContext& context, const Request& request) {
  ShuttleRow shuttle = TRY(scoped_shuttle(context, request.shuttle));
  if (shuttle.version != request.version) return Error{ErrorKind::conflict, "shuttle.changed"};
  if (shuttle.state == ShuttleState::done || shuttle.state == ShuttleState::cancelled) {
    return Error{ErrorKind::conflict, "shuttle.closed"};
  }
  const auto bags = context.db.query(
      "SELECT " + std::string(parcel_columns) +
          ", b.state FROM shuttle_bag b JOIN parcel p ON p.community_id = b.community_id"
          " AND p.id = b.parcel_id WHERE b.community_id = $1 AND b.shuttle_id = $2"
          " AND b.state IN ('planned', 'taken') ORDER BY b.state DESC, p.id",
      {context.community.id, shuttle.id});
  for (const store::Row& row : bags) {
    if (row.text(parcel_column_count) == "taken") {
      return Error{ErrorKind::conflict, "shuttle.has_goods"};
    }
    TRY(take_step(context, parcel_from(row), Step::unassigned,
                  {.counterpart = to_text(shuttle.carrier)}));
  }
  context.tx.post(
      "UPDATE shuttle_bag SET state = 'cancelled' WHERE community_id = $1 AND shuttle_id = $2"
      " AND state = 'planned'",
      {context.community.id, shuttle.id});
  shuttle.state = ShuttleState::cancelled;
  save_shuttle(context, shuttle);
  return api::Nothing{};
}

}  // namespace

api::Endpoint cancel_shuttle() {
  return api::command(api::Method::post, "/api/v1/shuttles/{shuttle}/cancel", "run.edit",
                      "Take a shuttle back", cancel);
}

}  // namespace doorstep::delivery
