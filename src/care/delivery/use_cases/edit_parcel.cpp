/// \file Put right what was noted of a parcel: its class, its weight, whose it is (E5).

#include "care/delivery/scan.h"
#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Parcel> parcel;
  std::optional<Class> kind;
  std::optional<Goods> goods;
  std::optional<std::int64_t> weight_g;
  std::optional<std::string> door;
  std::optional<Id<access::Household>> household;

  void fields(auto& f) {
    f("parcel", parcel);
    f("class", kind);
    f("goods", goods);
    f("weight_g", weight_g);
    f("door", door, api::Class::door);
    f("household", household);
  }
};

/// Whose it is now, where that was asked for. Errors: as door_of_text(); not_found "household.unknown".
Result<void> give_to(api::WriteContext& context, const Request& request, ParcelRow& parcel) {
  if (!request.door && !request.household) return {};
  Door door;
  if (request.household) {
    const auto named = door_of_scan(context, to_text(*request.household));
    if (!named || named->ended) return Error{ErrorKind::not_found, "household.unknown"};
    door = *named;
  } else {
    door = TRY(door_of_text(context, *request.door));
  }
  parcel.household = door.household;
  parcel.path = door.path;
  if (parcel.state == State::held) {
    parcel.state = ready_state(parcel.behind());
    parcel.reason.reset();
  }
  return {};
}

/// Errors: not_found "parcel.unknown", "door.unknown", "household.unknown"; conflict "parcel.closed",
/// "parcel.on_the_way" (its door is changed while a carrier has it: reassign it), "door.ambiguous",
/// "door.empty"; invalid "parcel.weight".
Result<ParcelView> edit(api::WriteContext& context, const Request& request) {
  ParcelRow parcel = TRY(scoped_parcel(context, request.parcel));
  if (is_closed(parcel.state)) return Error{ErrorKind::conflict, "parcel.closed"};
  if (parcel.state == State::out && (request.door || request.household)) {
    return Error{ErrorKind::conflict, "parcel.on_the_way"};
  }
  if (request.weight_g && (*request.weight_g < 0 || *request.weight_g > weight_g_max)) {
    return Error{ErrorKind::invalid, "parcel.weight"};
  }
  TRY(give_to(context, request, parcel));
  if (request.kind) parcel.kind = *request.kind;
  if (request.goods) parcel.goods = *request.goods;
  if (request.weight_g) parcel.weight_g = *request.weight_g;
  if (request.kind && parcel.received_at) {
    const Window window =
        TRY(window_for(context.rules(), context.community.zone, parcel.kind, *parcel.received_at));
    parcel.window_from = window.from;
    parcel.due = window.until;
    parcel.late = window.late;
  }
  TRY(take_step(context, parcel, Step::edited, {}));
  return view_of(context, parcel.id);
}

}  // namespace

api::Endpoint edit_parcel() {
  return api::command(api::Method::post, "/api/v1/parcels/{parcel}", "parcel.handle",
                      "Put right what was noted of a parcel", edit);
}

}  // namespace doorstep::delivery
