/// \file A third person says what becomes of an objection: neither who wrote it down nor who decided.

#include "care/observation/suspicion.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Suspicion> suspicion;
  bool upheld = false;  ///< The verdict stands.
  std::string words;    ///< Why; the household reads it.

  void fields(auto& f) {
    f("suspicion", suspicion);
    f("upheld", upheld);
    f("words", words, api::Class::health);
  }
};

/// Errors: those of find_suspicion(); forbidden "account.unnamed"; conflict "suspicion.no_objection",
/// "suspicion.third_person", "suspicion.own_door"; invalid "suspicion.words".
Result<api::Nothing> settle(api::WriteContext& context, const Request& request) {
  TRY(registry::check_named(context));
  const SuspicionRow row = TRY(find_suspicion(context, request.suspicion));
  if (row.state != SuspicionState::objected) {
    return Error{ErrorKind::conflict, "suspicion.no_objection"};
  }
  if (context.actor.id == row.recorded_by || context.actor.id == row.verdict_by) {
    return Error{ErrorKind::conflict, "suspicion.third_person"};
  }
  TRY(check_not_own_door(context, row));
  const std::string words =
      TRY(registry::clean_text(request.words, suspicion_words_max, "suspicion.words"));
  if (words.empty()) return Error{ErrorKind::invalid, "suspicion.words"};
  const auto state = request.upheld ? SuspicionState::upheld : SuspicionState::overturned;
  context.tx.run(
      "UPDATE suspicion SET state = $3, settled_at = $4, settled_by = $5, answer = $6,"
      " closed_at = $4 WHERE community_id = $1 AND id = $2",
      {context.community.id, row.id, api::word(state), context.now, context.actor.id, words});
  journal_suspicion(context, std::string(api::word(state)), row);
  meet_suspicion(context, objection_owed, row.id);
  return api::Nothing{};
}

}  // namespace

api::Endpoint settle_objection() {
  return api::command(api::Method::post, "/api/v1/suspicions/{suspicion}/settle",
                      "suspicion.settle", "Say what becomes of an objection", settle);
}

}  // namespace doorstep::observation
