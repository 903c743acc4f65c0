/// \file Sign a closing sheet by name: what it says is not changed by that.

#include "care/day/closing.h"

namespace doorstep::day {
namespace {

struct Request {
  Id<ClosingSheet> closing;
  void fields(auto& f) { f("closing", closing); }
};

/// Errors: not_found "closing.unknown"; conflict "closing.signed".
Result<api::Nothing> sign(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT s.hash, s.signed_at, (SELECT name FROM account WHERE id = $3)"
      " FROM closing_sheet s WHERE s.community_id = $1 AND s.id = $2",
      {context.community.id, request.closing, context.actor.id});
  if (!row) return Error{ErrorKind::not_found, "closing.unknown"};
  if (!row->is_null(1)) return Error{ErrorKind::conflict, "closing.signed"};
  const std::string signature =
      context.sign(signer_message(row->bytes(0), context.actor.id, context.now));
  context.tx.post(
      "UPDATE closing_sheet SET signed_at = $3, signed_by = $4, signer = $5,"
      " signer_signature = $6 WHERE community_id = $1 AND id = $2",
      {context.community.id, request.closing, context.now, context.actor.id,
       row->maybe_text(2).value_or(""), store::Bytes{signature}});
  context.journal("sheet.signed", request.closing.value(), "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint sign_closing() {
  return api::command(api::Method::post, "/api/v1/closings/{closing}/sign", "closing.sign",
                      "Sign a closing sheet by name", sign);
}

}  // namespace doorstep::day
