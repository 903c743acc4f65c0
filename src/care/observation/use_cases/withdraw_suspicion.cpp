/// \file A suspicion, or the verdict on it, is taken back: it counts nowhere from then on. Always in favour of who was
/// suspected, so that one person is enough.

#include "care/observation/suspicion.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Suspicion> suspicion;
  std::string words;  ///< Why; the household reads it.

  void fields(auto& f) {
    f("suspicion", suspicion);
    f("words", words, api::Class::health);
  }
};

/// Errors: those of find_suspicion(); forbidden "account.unnamed"; conflict "suspicion.over" (taken back or
/// overturned already); invalid "suspicion.words".
Result<api::Nothing> withdraw(api::WriteContext& context, const Request& request) {
  TRY(registry::check_named(context));
  const SuspicionRow row = TRY(find_suspicion(context, request.suspicion));
  if (row.state == SuspicionState::withdrawn || row.state == SuspicionState::overturned) {
    return Error{ErrorKind::conflict, "suspicion.over"};
  }
  const std::string words =
      TRY(registry::clean_text(request.words, suspicion_words_max, "suspicion.words"));
  if (words.empty()) return Error{ErrorKind::invalid, "suspicion.words"};
  context.tx.run(
      "UPDATE suspicion SET state = 'withdrawn', settled_at = $3, settled_by = $4, answer = $5,"
      " closed_at = $3 WHERE community_id = $1 AND id = $2",
      {context.community.id, row.id, context.now, context.actor.id, words});
  journal_suspicion(context, "withdrawn", row);
  excuse_suspicion(context, row.id, "withdrawn");
  return api::Nothing{};
}

}  // namespace

api::Endpoint withdraw_suspicion() {
  return api::command(api::Method::post, "/api/v1/suspicions/{suspicion}/withdraw",
                      "suspicion.record", "Take a suspicion or its verdict back", withdraw);
}

}  // namespace doorstep::observation
