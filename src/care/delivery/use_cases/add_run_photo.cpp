/// \file Keep a picture of goods at a door of the run that a link opens (E22). What was delivered there
/// before the picture came is proved by it now.

#include "care/delivery/actions.h"
#include "care/delivery/picture.h"

namespace doorstep::delivery {

struct DeliveryPhoto;

namespace {

struct Request {
  Id<access::Household> household;
  std::string key;   ///< UUIDv7 of the phone; the same one counts once.
  std::string file;  ///< The JPEG as the raw body.

  void fields(auto& f) {
    f("household", household);
    f("key", key);
  }
};

struct Kept {
  Id<DeliveryPhoto> id;
  bool again = false;

  void fields(auto& f) {
    f("id", id);
    f("again", again);
  }
};

/// Errors: not_found "run.unknown", "run.nothing_there" (no goods of the run are for that door);
/// invalid "action.key", "photo.too_large", "photo.not_jpeg".
Result<Kept> keep(api::WriteContext& context, const Request& request) {
  if (request.key.size() < 16 || request.key.size() > 64) {
    return Error{ErrorKind::invalid, "action.key"};
  }
  const RunRow run = TRY(own_run(context));
  const auto known =
      context.db.first("SELECT id FROM delivery_photo WHERE community_id = $1 AND key = $2",
                       {context.community.id, request.key});
  if (known) {
    context.journal("photo.kept_again", run.id.value(), run.path);
    return Kept{known->id<DeliveryPhoto>(0), true};
  }
  const std::string picture = TRY(clean_picture(request.file));
  bool there = false;
  for (ParcelRow& one : parcels_of(context, run.id)) {
    if (one.household != request.household) continue;
    there = true;
    if (one.state != State::delivered || one.proof) continue;
    one.proof = std::string(api::word(Proof::photo));
    TRY(take_step(context, one, Step::proved, {}));
  }
  if (!there) return Error{ErrorKind::not_found, "run.nothing_there"};
  const auto id = context.new_id<DeliveryPhoto>();
  context.tx.run(
      "INSERT INTO delivery_photo (community_id, id, run_id, household_id, key, picture, at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, id, run.id, request.household, request.key, store::Bytes{picture},
       context.now, context.actor.id});
  context.journal("photo.kept", run.id.value(), run.path);
  return Kept{id, false};
}

}  // namespace

api::Endpoint add_run_photo() {
  return api::command(api::Method::post, "/api/v1/run/photos", "run.carry",
                      "Keep a picture of goods at a door", keep);
}

}  // namespace doorstep::delivery
