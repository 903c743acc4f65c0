/// \file A household says that it has its goods: the third of the proofs (E22). It may also say so before
/// the carrier's phone could.

#include "care/delivery/actions.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Parcel> parcel;
  void fields(auto& f) { f("parcel", parcel); }
};

/// It lies where its household fetches it (E17).
bool at_drop_point(const api::Context& context, const ParcelRow& parcel) {
  return is_at_point(parcel.state) && parcel.point &&
         context.db
             .first(
                 "SELECT 1 FROM goods_point WHERE community_id = $1 AND id = $2"
                 " AND kind = 'drop_point'",
                 {context.community.id, *parcel.point})
             .has_value();
}

/// Errors: not_found "parcel.unknown" (also another household's); conflict "step.not_out" (nobody has
/// taken it along yet).
Result<api::Nothing> confirm(api::WriteContext& context, const Request& request) {
  ParcelRow parcel = TRY(scoped_parcel(context, request.parcel));
  if (!context.actor.household || parcel.household != context.actor.household) {
    return Error{ErrorKind::not_found, "parcel.unknown"};
  }
  if (parcel.state != State::delivered && parcel.state != State::out &&
      !at_drop_point(context, parcel)) {
    return Error{ErrorKind::conflict, "step.not_out"};
  }
  const bool delivered = parcel.state == State::delivered;
  if (!parcel.proof) parcel.proof = std::string(api::word(Proof::tap));
  parcel.state = State::delivered;
  if (!parcel.closed_at) parcel.closed_at = context.now;
  TRY(take_step(context, parcel, delivered ? Step::proved : Step::delivered, {}));
  return api::Nothing{};
}

}  // namespace

api::Endpoint confirm_parcel() {
  return api::command(api::Method::post, "/api/v1/home/parcels/{parcel}/confirm", "parcel.confirm",
                      "Say that the goods are here", confirm);
}

}  // namespace doorstep::delivery
