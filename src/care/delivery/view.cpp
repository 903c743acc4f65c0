#include "care/delivery/view.h"

namespace doorstep::delivery {

const Spots::Named& Spots::place(std::string_view path, char letter) {
  const std::int64_t id = access::id_in_path(path, letter).value_or(0);
  const auto known = places_.find(id);
  if (known != places_.end()) return known->second;
  Named named;
  const auto row = context_.db.first(
      "SELECT name, position, floor FROM place WHERE community_id = $1 AND id = $2",
      {context_.community.id, id});
  if (row) named = {row->text(0), row->integer(1), row->maybe_integer(2).value_or(0)};
  return places_.emplace(id, std::move(named)).first->second;
}

const Spot& Spots::of(const std::string& path) {
  const auto known = spots_.find(path);
  if (known != spots_.end()) return known->second;
  Spot spot;
  spot.grid = place(path, 'g').name;
  const Named& building = place(path, 'b');
  spot.building = building.name;
  spot.building_position = building.position;
  spot.entrance = place(path, 'e').name;
  const Named& dwelling = place(path, 'd');
  spot.dwelling = dwelling.name;
  spot.floor = dwelling.floor;
  return spots_.emplace(path, std::move(spot)).first->second;
}

ParcelView view_from(const store::Row& row, Spots& spots) {
  const ParcelRow parcel = parcel_from(row);
  ParcelView made;
  made.path = parcel.path;
  made.id = parcel.id;
  made.code = parcel.code;
  made.kind = parcel.kind;
  made.goods = parcel.goods;
  made.state = parcel.state;
  made.reason = parcel.reason;
  made.household = parcel.household;
  made.door = row.maybe_text(parcel_column_count).value_or("");
  const Spot& spot = spots.of(parcel.path);
  made.grid = spot.grid;
  made.building = spot.building;
  made.entrance = spot.entrance;
  made.dwelling = spot.dwelling;
  made.number = parcel.number;
  made.of = row.integer(parcel_column_count + 1);
  made.weight_g = parcel.weight_g;
  made.ordered = parcel.origin != Origin::none;
  made.point = parcel.point;
  made.run = parcel.run;
  made.window_from = parcel.window_from;
  made.due = parcel.due;
  made.late = parcel.late;
  made.proof = parcel.proof;
  made.received_at = parcel.received_at;
  made.disinfected_at = parcel.disinfected_at;
  made.sorted_at = parcel.sorted_at;
  made.closed_at = parcel.closed_at;
  return made;
}

ParcelView view_of(const api::Context& context, Id<Parcel> id) {
  Spots spots(context);
  return view_from(
      *context.db.first("SELECT " + std::string(parcel_columns) + std::string(view_columns) +
                            " FROM parcel p" + std::string(view_join) +
                            " WHERE p.community_id = $1 AND p.id = $2",
                        {context.community.id, id}),
      spots);
}

}  // namespace doorstep::delivery
