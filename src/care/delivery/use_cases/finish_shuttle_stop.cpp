/// \file Say that a shuttle's stop is made: at a shop the bags are taken up, at a point they are laid down and
/// are there. Who carries and who writes it down both stand with the step (E20).

#include <algorithm>

#include "care/delivery/shuttle.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Shuttle> shuttle;
  std::int64_t position = 0;
  std::optional<std::vector<Id<Parcel>>> missing;  ///< Of a pick-up: what was not there.

  void fields(auto& f) {
    f("shuttle", shuttle);
    f("position", position);
    f("missing", missing);
  }
};

struct Response {
  bool again = false;  ///< It was made already: nothing changed.
  std::int64_t parcels = 0;
  ShuttleState state = ShuttleState::out;

  void fields(auto& f) {
    f("again", again);
    f("parcels", parcels);
    f("state", state);
  }
};

struct StopRow {
  StopKind kind = StopKind::pickup;
  Id<Point> point{};
  bool done = false;
};

std::optional<StopRow> find_stop(const api::Context& context, Id<Shuttle> shuttle,
                                 std::int64_t position) {
  const auto row = context.db.first(
      "SELECT kind, point_id, done_at FROM shuttle_stop WHERE community_id = $1"
      " AND shuttle_id = $2 AND position = $3",
      {context.community.id, shuttle, position});
  if (!row) return std::nullopt;
  return StopRow{api::from_word<StopKind>(row->text(0)).value_or(StopKind::pickup),
                 row->id<Point>(1), !row->is_null(2)};
}

/// Bags of one stop in one state.
std::vector<ParcelRow> bags_at(const api::Context& context, const Request& request, StopKind kind,
                               BagState state) {
  std::vector<ParcelRow> bags;
  for (const store::Row& row : context.db.query(
           "SELECT " + std::string(parcel_columns) +
               " FROM shuttle_bag b JOIN parcel p ON p.community_id = b.community_id"
               " AND p.id = b.parcel_id WHERE b.community_id = $1 AND b.shuttle_id = $2"
               " AND CASE WHEN $3 = 'pickup' THEN b.pickup ELSE b.drop_at END = $4"
               " AND b.state = $5 ORDER BY p.id",
           {context.community.id, request.shuttle, api::word(kind), request.position,
            api::word(state)})) {
    bags.push_back(parcel_from(row));
  }
  return bags;
}

void set_bag(api::WriteContext& context, Id<Shuttle> shuttle, Id<Parcel> parcel, BagState state) {
  context.tx.post(
      "UPDATE shuttle_bag SET state = $4 WHERE community_id = $1 AND shuttle_id = $2"
      " AND parcel_id = $3",
      {context.community.id, shuttle, parcel, api::word(state)});
}

/// Errors: not_found "parcel.unknown" (a missing one that is not of this stop).
Result<std::int64_t> pick_up(api::WriteContext& context, const Request& request,
                             const ShuttleRow& shuttle) {
  const auto bags = bags_at(context, request, StopKind::pickup, BagState::planned);
  const auto missing = request.missing.value_or(std::vector<Id<Parcel>>{});
  for (const Id<Parcel> id : missing) {
    if (std::ranges::find(bags, id, &ParcelRow::id) == bags.end()) {
      return Error{ErrorKind::not_found, "parcel.unknown"};
    }
  }
  std::int64_t taken = 0;
  for (const ParcelRow& bag : bags) {
    const bool there = std::ranges::find(missing, bag.id) == missing.end();
    set_bag(context, shuttle.id, bag.id, there ? BagState::taken : BagState::missing);
    StepDetails details{.counterpart = to_text(shuttle.carrier)};
    if (!there) details.reason = std::string(api::word(Reason::missing));
    TRY(take_step(context, bag, there ? Step::picked_up : Step::unassigned, details));
    taken += there ? 1 : 0;
  }
  return taken;
}

/// Errors: conflict "shuttle.pickup_first" (not all of it was picked up); those of find_point(), may() and
/// come_to().
Result<std::int64_t> lay_down(api::WriteContext& context, const Request& request,
                              const ShuttleRow& shuttle, Id<Point> at) {
  if (!bags_at(context, request, StopKind::drop, BagState::planned).empty()) {
    return Error{ErrorKind::conflict, "shuttle.pickup_first"};
  }
  const PointRow point = TRY(find_point(context, at));
  const Step step = point.kind == PointKind::checkpoint ? Step::arrived : Step::received;
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  auto bags = bags_at(context, request, StopKind::drop, BagState::taken);
  for (ParcelRow& bag : bags) {
    set_bag(context, shuttle.id, bag.id, BagState::dropped);
    if (bag.state != State::expected) continue;  // It came in by another scan, or will not come.
    TRY(may(step, bag.behind(), rule));
    TRY(come_to(context, point, bag));
    TRY(take_step(context, bag, step, {.counterpart = to_text(shuttle.carrier)}));
  }
  return std::ssize(bags);
}

/// Errors: not_found "shuttle.unknown" (also a stop that it has not); conflict "shuttle.closed"; those of
/// pick_up() and lay_down().
Result<Response> finish(api::WriteContext& context, const Request& request) {
  ShuttleRow shuttle = TRY(scoped_shuttle(context, request.shuttle));
  const auto stop = find_stop(context, shuttle.id, request.position);
  if (!stop) return Error{ErrorKind::not_found, "shuttle.unknown"};
  if (stop->done) {
    context.journal("shuttle.stop_again", shuttle.id.value(), shuttle.path);
    return Response{true, 0, shuttle.state};
  }
  if (shuttle.state == ShuttleState::cancelled) return Error{ErrorKind::conflict, "shuttle.closed"};
  Response answer;
  answer.parcels = stop->kind == StopKind::pickup
                       ? TRY(pick_up(context, request, shuttle))
                       : TRY(lay_down(context, request, shuttle, stop->point));
  context.tx.post(
      "UPDATE shuttle_stop SET done_at = $4, done_by = $5 WHERE community_id = $1"
      " AND shuttle_id = $2 AND position = $3",
      {context.community.id, shuttle.id, request.position, context.now, context.actor.id});
  const bool open = context.db
                        .first(
                            "SELECT 1 FROM shuttle_stop WHERE community_id = $1 AND shuttle_id = $2"
                            " AND done_at IS NULL LIMIT 1",
                            {context.community.id, shuttle.id})
                        .has_value();
  shuttle.state = open ? ShuttleState::out : ShuttleState::done;
  save_shuttle(context, shuttle);
  answer.state = shuttle.state;
  return answer;
}

}  // namespace

api::Endpoint finish_shuttle_stop() {
  return api::command(api::Method::post, "/api/v1/shuttles/{shuttle}/stops/{position}",
                      "parcel.handle", "Say that a shuttle's stop is made", finish);
}

}  // namespace doorstep::delivery
