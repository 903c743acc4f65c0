/// \file Say yes or no to a word that a correction proposed, or take back what was said (D1).

#include "care/needs/aliases.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Alias> word;
  bool approve = false;

  void fields(auto& f) {
    f("word", word);
    f("approve", approve);
  }
};

struct Response {
  AliasState state = AliasState::proposed;
  void fields(auto& f) { f("state", state); }
};

/// Errors: not_found "word.unknown"; conflict "word.taken" (it is read as another good already).
Result<Response> decide(api::WriteContext& context, const Request& request) {
  const auto row =
      context.db.first("SELECT alias, state FROM word_alias WHERE community_id = $1 AND id = $2",
                       {context.community.id, request.word});
  if (!row) return Error{ErrorKind::not_found, "word.unknown"};
  const AliasState state = request.approve ? AliasState::approved : AliasState::refused;
  if (row->text(1) == api::word(state)) return Response{state};
  const auto other = context.db.first(
      "SELECT id FROM word_alias WHERE community_id = $1 AND alias = $2 AND state = 'approved'"
      " AND id <> $3",
      {context.community.id, row->text(0), request.word});
  if (request.approve && other) return Error{ErrorKind::conflict, "word.taken"};
  context.tx.run(
      "UPDATE word_alias SET state = $3, decided_by = $4, decided_at = $5 WHERE community_id = $1"
      " AND id = $2",
      {context.community.id, request.word, api::word(state), context.actor.id, context.now});
  context.journal(request.approve ? "word.approved" : "word.refused", request.word.value(), "");
  return Response{state};
}

}  // namespace

api::Endpoint decide_word() {
  return api::command(api::Method::post, "/api/v1/words/{word}/decide", "supplier.edit",
                      "Say how a word is read", decide);
}

}  // namespace doorstep::needs
