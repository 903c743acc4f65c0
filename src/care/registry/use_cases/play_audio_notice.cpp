/// \file The sound of a notice.

#include "care/registry/audio_notice.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<AudioNotice> notice;
  void fields(auto& f) { f("notice", notice); }
};

store::Outcome play(api::Context& context, const void* raw, api::Format) {
  const auto row = context.db.first(
      "SELECT bytes, media FROM audio_notice WHERE community_id = $1 AND id = $2 AND until_at > $3",
      {context.community.id, static_cast<const Request*>(raw)->notice, context.now});
  if (!row) return Error{ErrorKind::not_found, "audio.unknown"};
  return store::Answer{row->bytes(0), row->text(1), "notice"};
}

}  // namespace

/// Errors: not_found "audio.unknown" (also one that is over).
api::Endpoint play_audio_notice() {
  api::Endpoint made{api::Method::get, "/api/v1/audio-notices/{notice}/sound", "",
                     "The sound of a notice"};
  made.door = api::Door::signed_in;
  made.request = api::type_of<Request>();
  made.response = api::type_of<api::Nothing>();
  made.decode = api::decode<Request>;
  made.answer = play;
  return made;
}

}  // namespace doorstep::registry
