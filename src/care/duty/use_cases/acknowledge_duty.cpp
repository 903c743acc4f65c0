/// \file Take a raised duty up: it stays with you, and climbs again if it is not brought to an end in
/// time.

#include "care/duty/duty.h"

namespace doorstep::duty {
namespace {

struct Request {
  Id<Duty> duty;
  void fields(auto& f) { f("duty", duty); }
};

/// Errors: not_found "duty.unknown"; conflict "duty.not_raised", "duty.taken".
Result<api::Nothing> take_up(api::WriteContext& context, const Request& request) {
  const auto duty = find(context, request.duty);
  if (!duty) return Error{ErrorKind::not_found, "duty.unknown"};
  TRY(acknowledge(context, *duty));
  return api::Nothing{};
}

}  // namespace

api::Endpoint acknowledge_duty() {
  return api::command(api::Method::post, "/api/v1/duties/{duty}/acknowledge", "duty.acknowledge",
                      "Take a raised duty up", take_up);
}

}  // namespace doorstep::duty
