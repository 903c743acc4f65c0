/// \file Send shuttles out, as they were drafted or as somebody laid them out by hand.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "care/delivery/runs.h"
#include "care/delivery/shuttle.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t shuttles_max = 50;

struct NewShuttle {
  Id<Account> carrier;
  std::optional<Instant> leave;  ///< Absent: now.
  std::vector<ShuttleStop> stops;

  void fields(auto& f) {
    f("carrier", carrier);
    f("leave", leave);
    f("stops", stops);
  }
};

struct Request {
  std::vector<NewShuttle> shuttles;
  void fields(auto& f) { f("shuttles", shuttles); }
};

struct Published {
  std::vector<Id<Shuttle>> shuttles;
  void fields(auto& f) { f("shuttles", shuttles); }
};

/// The carrier may go to all its stops, and holds what is on board. Errors: conflict
/// "run.crosses_boundary", "run.over_capacity", "shuttle.too_far".
Result<void> check_carrier_holds(const api::Context& context, const std::vector<PointRow>& points,
                                 const NewShuttle& shuttle, const Way& way) {
  const bool outside = is_outside(context, shuttle.carrier);
  for (const ShuttleStop& stop : shuttle.stops) {
    const auto point = std::ranges::find(points, stop.point, &PointRow::id);
    if (point->outside != outside) return Error{ErrorKind::conflict, "run.crosses_boundary"};
  }
  const auto row = context.db.first(
      "SELECT grams, millilitres, range_m FROM carrier WHERE community_id = $1"
      " AND account_id = $2",
      {context.community.id, shuttle.carrier});
  if (!row) return {};
  if (way.grams > row->integer(0) || way.millilitres > row->integer(1)) {
    return Error{ErrorKind::conflict, "run.over_capacity"};
  }
  if (way.metres > row->maybe_integer(2).value_or(way.metres)) {
    return Error{ErrorKind::conflict, "shuttle.too_far"};
  }
  return {};
}

/// Errors: those of free_parcel().
Result<std::vector<ParcelRow>> bags_of(const api::Context& context, const NewShuttle& shuttle) {
  std::vector<ParcelRow> bags;
  for (const ShuttleStop& stop : shuttle.stops) {
    if (stop.kind == StopKind::drop) continue;
    for (const Id<Parcel> id : stop.parcels) bags.push_back(TRY(free_parcel(context, id)));
  }
  return bags;
}

void insert_stops(api::WriteContext& context, Id<Shuttle> id, const NewShuttle& shuttle) {
  std::map<Id<Parcel>, std::int64_t> pickups;
  std::int64_t position = 0;
  for (const ShuttleStop& stop : shuttle.stops) {
    ++position;
    context.tx.post(
        "INSERT INTO shuttle_stop (community_id, shuttle_id, position, kind, point_id,"
        " then_point_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {context.community.id, id, position, api::word(stop.kind), stop.point, stop.then,
         stop.at.value_or(shuttle.leave.value_or(context.now))});
    for (const Id<Parcel> parcel : stop.parcels) {
      if (stop.kind == StopKind::pickup) {
        pickups.emplace(parcel, position);
        continue;
      }
      context.tx.post(
          "INSERT INTO shuttle_bag (community_id, shuttle_id, parcel_id, pickup, drop_at, state)"
          " VALUES ($1, $2, $3, $4, $5, 'planned')",
          {context.community.id, id, parcel, pickups.at(parcel), position});
    }
  }
}

/// Errors: those of check_carrier(), way_of(), bags_of(), check_carrier_holds() and of the rule pack.
Result<Id<Shuttle>> send_out(api::WriteContext& context, const NewShuttle& shuttle,
                             const std::vector<PointRow>& points, const duty::Roster& roster) {
  TRY(check_carrier(context, roster, shuttle.carrier));
  const auto bags = TRY(bags_of(context, shuttle));
  if (bags.size() > shuttle_parcels_max) return Error{ErrorKind::invalid, "run.too_many"};
  const Way way = TRY(way_of(points, shuttle.stops, bags));
  TRY(check_carrier_holds(context, points, shuttle, way));
  const auto id = context.new_id<Shuttle>();
  const std::string path = common_path(bags);
  context.tx.post(
      "INSERT INTO shuttle (community_id, id, path, carrier_id, state, leave_at, metres, grams,"
      " version, created_at, created_by)"
      " VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7, 1, $8, $9)",
      {context.community.id, id, path, shuttle.carrier, shuttle.leave.value_or(context.now),
       way.metres, way.grams, context.now, context.actor.id});
  insert_stops(context, id, shuttle);
  context.journal(
      "shuttle.created", id.value(), path,
      fmt::format(R"({{"carrier":"{}","parcels":{}}})", to_text(shuttle.carrier), bags.size()));
  for (const ParcelRow& bag : bags) {
    TRY(take_step(context, bag, Step::assigned, {.counterpart = to_text(shuttle.carrier)}));
  }
  return id;
}

/// Errors: invalid "run.empty", "run.too_many"; those of send_out().
Result<Published> publish(api::WriteContext& context, const Request& request) {
  if (request.shuttles.empty()) return Error{ErrorKind::invalid, "run.empty"};
  if (request.shuttles.size() > shuttles_max) return Error{ErrorKind::invalid, "run.too_many"};
  const auto roster = duty::Roster::load(context);
  const auto points = all_points(context);
  Published answer;
  for (const NewShuttle& one : request.shuttles) {
    answer.shuttles.push_back(TRY(send_out(context, one, points, roster)));
  }
  return answer;
}

}  // namespace

api::Endpoint publish_shuttles() {
  return api::command(api::Method::post, "/api/v1/shuttles", "run.edit", "Send shuttles out",
                      publish);
}

}  // namespace doorstep::delivery
