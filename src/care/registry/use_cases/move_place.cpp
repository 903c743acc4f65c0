/// \file Hang a place, with all that lies in it, below another one: a building goes to another
/// grid, and its households, observations, grants and shifts go along (A2).

#include "care/registry/places.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Place> place;
  std::optional<Id<Place>> parent;  ///< None: directly below the community, in no grid.

  void fields(auto& f) {
    f("place", place);
    f("parent", parent);
  }
};

std::string id_or_none(std::optional<Id<Place>> id) {
  return id ? '"' + to_text(*id) + '"' : "null";
}

/// Errors: not_found "place.unknown" (either one); forbidden "access.denied" (to no parent without
/// the whole community in scope); invalid "place.parent"; conflict "place.duplicate".
Result<api::Nothing> move(api::WriteContext& context, const Request& request) {
  const PlaceRow place = TRY(some(find_place(context, request.place), "place.unknown"));
  std::optional<PlaceRow> parent;
  if (request.parent) {
    parent = TRY(some(find_place(context, *request.parent), "place.unknown"));
  } else if (!context.scope.whole()) {
    return Error{ErrorKind::forbidden, "access.denied"};
  }
  if (request.parent == place.parent) return api::Nothing{};
  const auto kind = parent ? std::optional(parent->kind) : std::nullopt;
  if (!may_lie_below(place.kind, kind)) return Error{ErrorKind::invalid, "place.parent"};
  if (find_child(context.db, context.community.id, request.parent, place.kind, place.name)) {
    return Error{ErrorKind::conflict, "place.duplicate"};
  }
  const PlaceRow moved = move_subtree(context.tx, context.community.id, place, parent);
  const std::string data =
      "{\"from\":" + id_or_none(place.parent) + ",\"to\":" + id_or_none(request.parent) + "}";
  // One entry for each board: where it left, and where it came to.
  context.journal("place.moved", place.id.value(), moved.path, data);
  context.journal("place.left", place.id.value(), place.path, data);
  return api::Nothing{};
}

}  // namespace

api::Endpoint move_place() {
  return api::command(api::Method::post, "/api/v1/places/{place}/move", "place.edit",
                      "Hang a place below another one", move);
}

}  // namespace doorstep::registry
