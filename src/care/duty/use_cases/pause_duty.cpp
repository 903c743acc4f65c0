/// \file Let a duty rest for a reason, until an instant at most 48 hours away.

#include "care/duty/duty.h"
#include "care/registry/households.h"

namespace doorstep::duty {
namespace {

constexpr std::size_t reason_length_max = 200;

struct Request {
  Id<Duty> duty;
  Instant until{};
  std::string reason;

  void fields(auto& f) {
    f("duty", duty);
    f("until", until);
    f("reason", reason);
  }
};

/// Errors: not_found "duty.unknown"; invalid "duty.pause", "duty.reason".
Result<api::Nothing> rest(api::WriteContext& context, const Request& request) {
  const auto duty = find(context, request.duty);
  if (!duty) return Error{ErrorKind::not_found, "duty.unknown"};
  const std::string reason =
      TRY(registry::clean_text(request.reason, reason_length_max, "duty.reason"));
  TRY(pause(context, *duty, request.until, reason));
  return api::Nothing{};
}

}  // namespace

api::Endpoint pause_duty() {
  return api::command(api::Method::post, "/api/v1/duties/{duty}/pause", "duty.pause",
                      "Let a duty rest until an instant", rest);
}

}  // namespace doorstep::duty
