#include "care/delivery/view.h"

namespace doorstep::delivery {

void Spots::look_up(std::string_view path) {
  store::Values ids{context_.community.id};
  bool fresh = false;
  for (const char letter : {'g', 'b', 'e', 'd'}) {
    const std::int64_t id = access::id_in_path(path, letter).value_or(0);
    ids.emplace_back(id);
    fresh = places_.emplace(id, Named{}).second || fresh;
  }
  if (!fresh) return;
  for (const store::Row& row :
       context_.db.query("SELECT id, name, position, floor FROM place WHERE community_id = $1"
                         " AND id IN ($2, $3, $4, $5)",
                         ids)) {
    places_[row.integer(0)] = {row.text(1), row.integer(2), row.maybe_integer(3).value_or(0)};
  }
}

const Spots::Named& Spots::place(std::string_view path, char letter) const {
  return places_.at(access::id_in_path(path, letter).value_or(0));
}

const Spot& Spots::of(const std::string& path) {
  const auto known = spots_.find(path);
  if (known != spots_.end()) return known->second;
  look_up(path);
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

std::optional<std::string> name_of_counterpart(const api::Context& context,
                                               const std::optional<std::string>& counterpart) {
  const auto id = counterpart ? id_from_text(*counterpart) : std::nullopt;
  if (!id) return counterpart;
  const auto row = context.db.first("SELECT name FROM account WHERE id = $1", {*id});
  return row ? std::optional(row->text(0)) : counterpart;
}

}  // namespace doorstep::delivery
