/// \file Post a notice that is heard: a recording, for everybody below a place, until a day.

#include "care/registry/audio_notice.h"
#include "care/registry/households.h"

namespace doorstep::registry {
namespace {

constexpr std::size_t title_length_max = 60;

struct Request {
  std::optional<Id<access::Place>> place;  ///< None: the whole community.
  std::string title;
  std::optional<Language> language;
  std::int64_t days = 1;
  std::string file;  ///< The recording as the raw body.

  void fields(auto& f) {
    f("place", place);
    f("title", title);
    f("language", language);
    f("days", days);
  }
};

struct Posted {
  Id<AudioNotice> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: not_found "place.unknown" (also the whole community, for who does not see it whole); invalid "audio.title",
/// "audio.days" (not 1 to 30), "audio.kind"; too_large "audio.too_large" (over 240,000 bytes); conflict
/// "audio.too_many" (20 in force).
Result<Posted> post(api::WriteContext& context, const Request& request) {
  std::string path;
  if (request.place) {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    path = place->text(0);
  } else if (!context.scope.whole()) {
    return Error{ErrorKind::not_found, "place.unknown"};
  }
  const std::string title = TRY(clean_text(request.title, title_length_max, "audio.title"));
  if (title.empty()) return Error{ErrorKind::invalid, "audio.title"};
  if (request.days < 1 || request.days > audio_days_max) {
    return Error{ErrorKind::invalid, "audio.days"};
  }
  if (request.file.size() > audio_bytes_max) return Error{ErrorKind::too_large, "audio.too_large"};
  const std::string_view media = audio_media_of(request.file);
  if (media.empty()) return Error{ErrorKind::invalid, "audio.kind"};
  context.tx.run("DELETE FROM audio_notice WHERE community_id = $1 AND until_at <= $2",
                 {context.community.id, context.now});
  const auto standing = context.db.first(
      "SELECT count(*) FROM audio_notice WHERE community_id = $1 AND until_at > $2",
      {context.community.id, context.now});
  if (standing->integer(0) >= audio_notices_max) {
    return Error{ErrorKind::conflict, "audio.too_many"};
  }
  const auto id = context.new_id<AudioNotice>();
  context.tx.post(
      "INSERT INTO audio_notice (community_id, id, place_id, title, language, media, bytes, at, by,"
      " until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {context.community.id, id, request.place, title,
       api::word(request.language.value_or(Language::cmn)), media, store::Bytes{request.file},
       context.now, context.actor.id, context.now + std::chrono::hours{24 * request.days}});
  context.journal("audio_notice.posted", id.value(), path);
  return Posted{id};
}

}  // namespace

api::Endpoint post_audio_notice() {
  return api::command(api::Method::post, "/api/v1/audio-notices", "household.edit",
                      "Post a notice that is heard", post);
}

}  // namespace doorstep::registry
