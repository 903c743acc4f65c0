/// \file The newest picture of a parcel at its door, where doors may be seen.

#include "care/delivery/runs.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Parcel> parcel;
  void fields(auto& f) { f("parcel", parcel); }
};

struct Picture {
  void fields(auto&) {}
};

/// Errors: not_found "parcel.unknown", "photo.unknown".
store::Outcome picture(api::Context& context, const Request& request) {
  const ParcelRow parcel = TRY(scoped_parcel(context, request.parcel));
  const Error none{ErrorKind::not_found, "photo.unknown"};
  if (!context.scope.classes_at(parcel.path).contains(api::Class::door)) return none;
  const auto rows = context.db.query(
      "SELECT picture FROM delivery_photo WHERE community_id = $1 AND run_id = $2"
      " AND household_id = $3 ORDER BY id DESC LIMIT 1",
      {context.community.id, parcel.run.value_or(Id<Run>{}),
       parcel.household.value_or(Id<access::Household>{})});
  if (rows.empty()) return none;
  return store::Answer{rows.front().bytes(0), "image/jpeg"};
}

}  // namespace

api::Endpoint show_parcel_photo() {
  api::Endpoint made{api::Method::get, "/api/v1/parcels/{parcel}/photo", "parcel.list",
                     "The picture of a parcel at its door"};
  made.request = api::type_of<Request>();
  made.response = api::type_of<Picture>();
  made.decode = api::decode<Request>;
  made.answer = [](api::Context& context, const void* request, api::Format) -> store::Outcome {
    return picture(context, *static_cast<const Request*>(request));
  };
  return made;
}

}  // namespace doorstep::delivery
