/// \file End an observation, or one ground of it, with a reason; what was reported stays. "Completed"
/// is the release: only when it is due, without a red flag, and by name (C4); who stays by choice leaves when
/// they choose (C5). Entered in error, lost and merged are said by two persons (N22).

#include "api/endpoint.h"
#include "api/reach.h"
#include "care/duty/clock.h"
#include "care/observation/claims.h"
#include "care/observation/control_allowed.h"
#include "care/observation/letters.h"
#include "care/registry/households.h"
#include "care/registry/papers.h"
#include "care/registry/staff.h"
#include "store/restored.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Observation> observation;
  EndReason reason = EndReason::completed;
  std::optional<Id<ObservationGround>> ground;  ///< Absent: all that are open.
  std::optional<std::string> note;              ///< Why, of what two persons say.

  void fields(auto& f) {
    f("observation", observation);
    f("reason", reason);
    f("ground", ground);
    f("note", note);
  }
};

Result<void> check_release(api::WriteContext& context, const GroundRow& ground) {
  TRY(registry::check_named(context));
  if (ground.ground != Ground::voluntary && context.today() < ground.ends_on) {
    return Error{ErrorKind::conflict, "release.not_due", to_text(ground.ends_on)};
  }
  if (duty::clock_hold(context.db, context.community.id)) {
    return Error{ErrorKind::conflict, "release.clock_held"};
  }
  if (store::outgoing_hold(context.db, context.community.id.value())) {
    return Error{ErrorKind::conflict, "outgoing.held"};
  }
  if (has_red_flag(context, ground.household)) {
    return Error{ErrorKind::conflict, "release.red_flag_open"};
  }
  return {};
}

struct Ended {
  std::vector<std::string> letters;  ///< Codes of the letters of release, one for each ground.
  bool confirmed = true;             ///< False: another person has to say so too.
  void fields(auto& f) {
    f("letters", letters);
    f("confirmed", confirmed);
  }
};

/// Errors: not_found "observation.unknown", "ground.unknown"; conflict "release.not_due" (the hint is
/// the first free day), "release.red_flag_open" (somebody was unwell and nobody said what came of it), "release.clock_held"
/// (the server's clock jumped and nobody has said that it is right), "outgoing.held" (the store was restored and
/// nobody has said that it was looked through); invalid "observation.reason" (over
/// claim_note_max); those of check_named() for a release, and of claim().
Result<Ended> end(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  const auto row = context.db.first(
      "SELECT o.household_id, o.path FROM {observations} o WHERE o.id = $1"
      " AND o.ended_at IS NULL",
      {request.observation});
  if (!row) return Error{ErrorKind::not_found, "observation.unknown"};
  auto grounds = grounds_of(context.db, context.community.id, request.observation);
  std::erase_if(grounds, [&](const GroundRow& one) {
    return one.ended_at || (request.ground && one.id != *request.ground);
  });
  if (grounds.empty()) return Error{ErrorKind::not_found, "ground.unknown"};
  Ended ended;
  const std::string note =
      TRY(registry::clean_text(request.note.value_or(""), claim_note_max, "observation.reason"));
  if (needs_two_persons(request.reason)) {
    ended.confirmed =
        TRY(claim(context, {row->id<access::Household>(0), row->text(1), request.observation,
                            request.ground ? request.ground->value() : 0, request.reason, note}));
    if (!ended.confirmed) return ended;
  }
  for (const GroundRow& ground : grounds) {
    if (request.reason == EndReason::completed) TRY(check_release(context, ground));
    TRY(end_ground(context, ground, request.reason));
    if (request.reason == EndReason::completed && ground.ground != Ground::voluntary) {
      ended.letters.push_back(issue_letter(context, ground));
      // From here on a letter is paper that may bear the address (N2).
      if (api::require_printing(context).ok()) {
        registry::note_paper(context, registry::PaperKind::letter, row->integer(0), row->text(1));
      }
    }
  }
  return ended;
}

}  // namespace

api::Endpoint end_observation() {
  return api::command(api::Method::post, "/api/v1/observations/{observation}/end",
                      "observation.end", "End an observation with a reason", end);
}

}  // namespace doorstep::observation
