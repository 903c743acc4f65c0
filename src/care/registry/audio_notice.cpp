#include "care/registry/audio_notice.h"

namespace doorstep::registry {

std::string_view audio_media_of(std::string_view bytes) {
  if (bytes.starts_with("ID3")) return "audio/mpeg";
  // MPEG audio frame: eleven bits set, then version and layer, of which layer III alone is taken.
  if (bytes.size() > 2 && bytes[0] == '\xff' && (bytes[1] & 0xE6) == 0xE2) return "audio/mpeg";
  if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp") return "audio/mp4";
  if (bytes.starts_with("OggS")) return "audio/ogg";
  if (bytes.starts_with("\x1a\x45\xdf\xa3")) return "audio/webm";
  return {};
}

std::vector<NoticeView> audio_notices(const api::Context& context,
                                      const std::optional<std::string>& path) {
  std::vector<NoticeView> found;
  for (const store::Row& row : context.db.query(
           "SELECT n.id, n.place_id, coalesce(p.name, ''), n.title, n.language, n.at, n.until_at,"
           " coalesce(p.path, '') FROM audio_notice n LEFT JOIN place p"
           " ON p.community_id = n.community_id AND p.id = n.place_id"
           " WHERE n.community_id = $1 AND n.until_at > $2 ORDER BY n.at DESC, n.id DESC",
           {context.community.id, context.now})) {
    const std::string place = row.text(7);
    if (path ? !path->starts_with(place) : !context.scope.touches(place)) continue;
    found.push_back({row.id<AudioNotice>(0), row.maybe_id<access::Place>(1), row.text(2),
                     row.text(3), api::from_word<Language>(row.text(4)).value_or(Language::cmn),
                     row.instant(5), row.instant(6)});
  }
  return found;
}

}  // namespace doorstep::registry
