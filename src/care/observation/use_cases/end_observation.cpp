/// \file End an observation, or one ground of it, with a reason; what was reported stays. "Completed"
/// is the release: only when it is due, without a red flag, and by name (C4).

#include "api/endpoint.h"
#include "care/duty/clock.h"
#include "care/observation/letters.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Observation> observation;
  EndReason reason = EndReason::completed;
  std::optional<Id<ObservationGround>> ground;  ///< Absent: all that are open.

  void fields(auto& f) {
    f("observation", observation);
    f("reason", reason);
    f("ground", ground);
  }
};

Result<void> check_release(api::WriteContext& context, const GroundRow& ground) {
  if (context.today() < ground.ends_on) {
    return Error{ErrorKind::conflict, "release.not_due", to_text(ground.ends_on)};
  }
  if (duty::clock_hold(context.db, context.community.id)) {
    return Error{ErrorKind::conflict, "release.clock_held"};
  }
  if (has_red_flag(context, ground.household)) {
    return Error{ErrorKind::conflict, "release.red_flag_open"};
  }
  return {};
}

struct Ended {
  std::vector<std::string> letters;  ///< Codes of the letters of release, one for each ground.
  void fields(auto& f) { f("letters", letters); }
};

/// Errors: not_found "observation.unknown", "ground.unknown"; conflict "release.not_due" (the hint is
/// the first free day), "release.red_flag_open" (somebody was unwell and nobody said what came of it), "release.clock_held"
/// (the server's clock jumped and nobody has said that it is right).
Result<Ended> end(api::WriteContext& context, const Request& request) {
  const auto row =
      context.db.first("SELECT o.id FROM {observations} o WHERE o.id = $1 AND o.ended_at IS NULL",
                       {request.observation});
  if (!row) return Error{ErrorKind::not_found, "observation.unknown"};
  bool found = false;
  Ended ended;
  for (const GroundRow& ground :
       grounds_of(context.db, context.community.id, request.observation)) {
    if (ground.ended_at || (request.ground && ground.id != *request.ground)) continue;
    found = true;
    if (request.reason == EndReason::completed) TRY(check_release(context, ground));
    TRY(end_ground(context, ground, request.reason));
    if (request.reason == EndReason::completed && ground.ground != Ground::voluntary) {
      ended.letters.push_back(issue_letter(context, ground));
    }
  }
  if (!found) return Error{ErrorKind::not_found, "ground.unknown"};
  return ended;
}

}  // namespace

api::Endpoint end_observation() {
  return api::command(api::Method::post, "/api/v1/observations/{observation}/end",
                      "observation.end", "End an observation with a reason", end);
}

}  // namespace doorstep::observation
