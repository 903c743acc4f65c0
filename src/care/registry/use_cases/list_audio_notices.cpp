/// \file The notices that are heard and in force: of the scope, or those that reach the household of a link.

#include "care/registry/audio_notice.h"

namespace doorstep::registry {
namespace {

struct Answer {
  std::vector<NoticeView> rows;
  void fields(auto& f) { f("rows", rows); }
};

/// Nothing of it is personal: an unproved link hears them too.
Result<Answer> list(api::Context& context, const api::Nothing&) {
  std::optional<std::string> path;
  if (context.actor.is_link()) {
    const auto home =
        context.db.first("SELECT path FROM household WHERE community_id = $1 AND id = $2",
                         {context.community.id, context.actor.household});
    path = home ? home->text(0) : "~";
  }
  return Answer{audio_notices(context, path)};
}

}  // namespace

api::Endpoint list_audio_notices() {
  api::Endpoint made =
      api::query("/api/v1/audio-notices", "", "The notices that are heard and in force", list);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::registry
