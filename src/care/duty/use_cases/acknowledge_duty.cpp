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
  // Whoever is unwell reads who has seen it, by whichever page it was taken up (C9).
  if (duty->kind == "unwell") {
    context.tx.post(
        "UPDATE observation SET seen_at = $3, seen_by = $4 WHERE community_id = $1"
        " AND household_id = $2 AND ended_at IS NULL AND seen_at IS NULL",
        {context.community.id, duty->subject, context.now, context.actor.id});
  }
  return api::Nothing{};
}

}  // namespace

api::Endpoint acknowledge_duty() {
  return api::command(api::Method::post, "/api/v1/duties/{duty}/acknowledge", "duty.acknowledge",
                      "Take a raised duty up", take_up);
}

}  // namespace doorstep::duty
