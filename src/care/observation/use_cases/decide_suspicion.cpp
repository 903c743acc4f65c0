/// \file A second person decides whether somebody went out: never who wrote it down, and never before their account
/// is there or its term has passed.

#include "care/observation/suspicion.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Suspicion> suspicion;
  Verdict verdict = Verdict::unfounded;
  std::optional<std::string> why;  ///< Needed for "went_out".

  void fields(auto& f) {
    f("suspicion", suspicion);
    f("verdict", verdict);
    f("why", why, api::Class::health);
  }
};

struct Decided {
  bool without_account = false;  ///< The term passed and they said nothing.
  void fields(auto& f) { f("without_account", without_account); }
};

/// Errors: those of find_suspicion(); forbidden "account.unnamed"; conflict "suspicion.decided",
/// "suspicion.second_person" (who wrote it down), "suspicion.own_door", "suspicion.account_awaited" (the hint is until
/// when); invalid "suspicion.why".
Result<Decided> decide(api::WriteContext& context, const Request& request) {
  TRY(registry::check_named(context));
  const SuspicionRow row = TRY(find_suspicion(context, request.suspicion));
  const bool answered = row.state == SuspicionState::answered;
  if (row.state != SuspicionState::asked && !answered) {
    return Error{ErrorKind::conflict, "suspicion.decided"};
  }
  if (row.recorded_by == context.actor.id) {
    return Error{ErrorKind::conflict, "suspicion.second_person"};
  }
  TRY(check_not_own_door(context, row));
  if (!answered && context.now < row.account_due) {
    return Error{ErrorKind::conflict, "suspicion.account_awaited", to_text(row.account_due)};
  }
  const std::string why =
      TRY(registry::clean_text(request.why.value_or(""), suspicion_words_max, "suspicion.why"));
  if (why.empty() && request.verdict == Verdict::went_out) {
    return Error{ErrorKind::invalid, "suspicion.why"};
  }
  context.tx.run(
      "UPDATE suspicion SET state = 'decided', verdict = $3, verdict_at = $4, verdict_by = $5,"
      " why = $6, closed_at = $4 WHERE community_id = $1 AND id = $2",
      {context.community.id, row.id, api::word(request.verdict), context.now, context.actor.id,
       why});
  journal_suspicion(context, "decided", row,
                    R"(,"verdict":")" + std::string(api::word(request.verdict)) +
                        R"(","account":)" + (answered ? "true" : "false"));
  meet_suspicion(context, verdict_owed, row.id);
  excuse_suspicion(context, row.id, "no_account");
  return Decided{!answered};
}

}  // namespace

api::Endpoint decide_suspicion() {
  return api::command(api::Method::post, "/api/v1/suspicions/{suspicion}/decide",
                      "suspicion.decide", "Decide as the second person whether somebody went out",
                      decide);
}

}  // namespace doorstep::observation
