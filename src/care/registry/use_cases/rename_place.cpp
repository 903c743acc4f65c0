/// \file Give a place another name, or say its floors and whether it has a lift (A10).

#include "care/registry/places.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Place> place;
  std::optional<std::string> name;
  std::optional<std::int64_t> position;
  std::optional<std::int64_t> floors;
  std::optional<bool> lift;
  std::optional<std::int64_t> floor;

  void fields(auto& f) {
    f("place", place);
    f("name", name);
    f("position", position);
    f("floors", floors);
    f("lift", lift);
    f("floor", floor);
  }
};

/// Errors: not_found "place.unknown"; invalid "place.name", "place.floors", "place.floor"; conflict
/// "place.duplicate".
Result<api::Nothing> rename(api::WriteContext& context, const Request& request) {
  PlaceRow place = TRY(some(find_place(context, request.place), "place.unknown"));
  const Id<Community> community = context.community.id;
  TRY(check_floors(request.floors, request.floor));
  const std::string before = place.name;
  if (request.name) place.name = TRY(clean_place_name(*request.name));
  const bool renamed = place.name != before;
  if (renamed && find_child(context.db, community, place.parent, place.kind, place.name)) {
    return Error{ErrorKind::conflict, "place.duplicate"};
  }
  if (renamed) place.position = position_of(place.kind, place.name);
  place.position = request.position.value_or(place.position);
  if (request.floors) place.floors = request.floors;
  if (request.lift) place.lift = request.lift;
  if (request.floor) place.floor = request.floor;
  context.tx.post(
      "UPDATE place SET name = $1, position = $2, floors = $3, lift = $4, floor = $5"
      " WHERE community_id = $6 AND id = $7",
      {place.name, place.position, place.floors, place.lift, place.floor, community, place.id});
  if (renamed) {
    refresh_place_keys(context.tx, community, place.path);
    refresh_door_texts(context.tx, community, place.path);
  }
  context.journal("place.renamed", place.id.value(), place.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint rename_place() {
  return api::command(api::Method::post, "/api/v1/places/{place}/rename", "place.edit",
                      "Rename a place, or say its floors and lift", rename);
}

}  // namespace doorstep::registry
