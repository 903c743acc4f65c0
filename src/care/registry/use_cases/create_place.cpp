/// \file Add a place to the tree.

#include "care/registry/places.h"

namespace doorstep::registry {
namespace {

struct Request : NewPlace {
  void fields(auto& f) {
    f("kind", kind);
    f("parent", parent);
    f("name", name);
    f("position", position);
    f("floors", floors);
    f("lift", lift);
    f("floor", floor);
  }
};

struct Response {
  Id<Place> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: those of registry::create_place().
Result<Response> create(api::WriteContext& context, const Request& request) {
  const PlaceRow made = TRY(registry::create_place(context, request));
  context.journal("place.created", made.id.value(), made.path);
  return Response{made.id};
}

}  // namespace

api::Endpoint create_place() {
  return api::command(api::Method::post, "/api/v1/places", "place.edit", "Add a place to the tree",
                      create);
}

}  // namespace doorstep::registry
