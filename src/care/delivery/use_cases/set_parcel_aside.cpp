/// \file Say what becomes of goods that cannot be brought now: held, returned or lost, each with a reason;
/// or that they wait for nothing any more (E9, E24).

#include "care/delivery/view.h"

namespace doorstep::delivery {

enum class Fate : std::uint8_t { held, returned, lost, resumed };

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Fate> {
  static constexpr std::array words{std::string_view{"held"}, std::string_view{"returned"},
                                    std::string_view{"lost"}, std::string_view{"resumed"}};
};

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Parcel> parcel;
  Fate as = Fate::held;
  std::optional<Reason> reason;  ///< Required, but for `resumed`.

  void fields(auto& f) {
    f("parcel", parcel);
    f("as", as);
    f("reason", reason);
  }
};

Step step_of(Fate fate) {
  switch (fate) {
    case Fate::held: return Step::held;
    case Fate::returned: return Step::returned;
    case Fate::lost: return Step::lost;
    case Fate::resumed: return Step::resumed;
  }
  return Step::held;
}

/// Errors: not_found "parcel.unknown"; invalid "parcel.reason" (none was given); conflict
/// "parcel.whose" (nobody knows whose it is, so it cannot go on) and those of may().
Result<ParcelView> put(api::WriteContext& context, const Request& request) {
  ParcelRow parcel = TRY(scoped_parcel(context, request.parcel));
  const Step step = step_of(request.as);
  if (request.as != Fate::resumed && !request.reason) {
    return Error{ErrorKind::invalid, "parcel.reason"};
  }
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  TRY(may(step, parcel.behind(), rule));
  if (request.as == Fate::resumed && !parcel.household) {
    return Error{ErrorKind::conflict, "parcel.whose"};
  }
  StepDetails details;
  if (request.reason) details.reason = std::string(api::word(*request.reason));
  parcel.reason = details.reason;
  switch (request.as) {
    case Fate::held: parcel.state = State::held; break;
    case Fate::returned: parcel.state = State::returned; break;
    case Fate::lost: parcel.state = State::lost; break;
    case Fate::resumed: parcel.state = ready_state(parcel.behind()); break;
  }
  if (is_closed(parcel.state)) parcel.closed_at = context.now;
  TRY(take_step(context, parcel, step, details));
  return view_of(context, parcel.id);
}

}  // namespace

api::Endpoint set_parcel_aside() {
  return api::command(api::Method::post, "/api/v1/parcels/{parcel}/aside", "parcel.handle",
                      "Say what becomes of goods that cannot be brought now", put);
}

}  // namespace doorstep::delivery
