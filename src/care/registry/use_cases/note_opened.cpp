/// \file The page of a link says that it stands before somebody's eyes: the household is reached by it. A GET says
/// nothing, since previews of chat apps fetch pages too; nor is this a word on how anybody is.

#include "care/registry/links.h"

namespace doorstep::registry {
namespace {

/// Errors: forbidden "access.denied" (no link).
Result<api::Nothing> note(api::WriteContext& context, const api::Nothing&) {
  if (!context.actor.is_link()) return Error{ErrorKind::forbidden, "access.denied"};
  const auto row =
      context.db.first("SELECT h.path FROM household h WHERE h.community_id = $1 AND h.id = $2",
                       {context.community.id, context.actor.household});
  context.tx.post("UPDATE link_token SET last_used_at = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, context.actor.id, context.now});
  context.journal("link.opened", context.actor.id, row ? row->text(0) : "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint note_opened() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/links/opened", "",
                                    "The page of a link stands before somebody's eyes", note);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::registry
