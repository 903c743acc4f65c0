/// \file Take a notice that is heard back; its recording is gone.

#include "care/registry/audio_notice.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<AudioNotice> notice;
  void fields(auto& f) { f("notice", notice); }
};

/// Errors: not_found "audio.unknown" (also outside the scope).
Result<api::Nothing> remove(api::WriteContext& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT coalesce(p.path, '') FROM audio_notice n LEFT JOIN place p"
      " ON p.community_id = n.community_id AND p.id = n.place_id"
      " WHERE n.community_id = $1 AND n.id = $2",
      {context.community.id, request.notice});
  if (!row || !context.scope.covers(row->text(0))) {
    return Error{ErrorKind::not_found, "audio.unknown"};
  }
  context.tx.run("DELETE FROM audio_notice WHERE community_id = $1 AND id = $2",
                 {context.community.id, request.notice});
  context.journal("audio_notice.removed", request.notice.value(), row->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint remove_audio_notice() {
  return api::command(api::Method::post, "/api/v1/audio-notices/{notice}/remove", "household.edit",
                      "Take a notice that is heard back", remove);
}

}  // namespace doorstep::registry
