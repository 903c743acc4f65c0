/// \file Say that a paper with the address was taken down or thrown away.

#include "care/registry/papers.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Paper> paper;
  void fields(auto& f) { f("paper", paper); }
};

/// Said again, it stands. Errors: not_found "paper.unknown".
Result<api::Nothing> remove(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT r.path FROM reach_paper r LEFT JOIN {households} h ON h.id = r.subject_id"
      " LEFT JOIN {places} b ON b.id = r.subject_id"
      " WHERE r.community_id = $1 AND r.id = $2 AND (h.id IS NOT NULL OR b.id IS NOT NULL)",
      {context.community.id, request.paper});
  if (!row) return Error{ErrorKind::not_found, "paper.unknown"};
  context.tx.post(
      "UPDATE reach_paper SET removed_at = $3, removed_by = $4 WHERE community_id = $1 AND id = $2"
      " AND removed_at IS NULL",
      {context.community.id, request.paper, context.now, context.actor.id});
  context.journal("paper.removed", request.paper.value(), row->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint remove_paper() {
  return api::command(api::Method::post, "/api/v1/papers/{paper}/remove", "link.issue",
                      "Say that a paper is gone", remove);
}

}  // namespace doorstep::registry
