/// \file Put a file to a need: papers that somebody is to print (D22). It is given to whoever the need is
/// assigned to, to nobody else, and is gone once the need is decided.
///
/// Source: 「打印些资料」 (S3).

#include "api/body_limits.h"
#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  std::string file;  ///< A PDF, JPEG or PNG as the raw body.
  void fields(auto& f) { f("need", need); }
};

/// By the first bytes: the name a sender gives proves nothing.
std::string_view media_of(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return "application/pdf";
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  return {};
}

/// Errors: not_found "need.unknown"; conflict "need.closed"; invalid "file.kind"; too_large
/// "file.too_large" (over api::need_file_bytes_max).
Result<api::Nothing> add(api::WriteContext& context, const Request& request) {
  const auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (!is_open(need->state)) return Error{ErrorKind::conflict, "need.closed"};
  if (request.file.size() > api::need_file_bytes_max)
    return Error{ErrorKind::too_large, "file.too_large"};
  const std::string_view media = media_of(request.file);
  if (media.empty()) return Error{ErrorKind::invalid, "file.kind"};
  const bool picture = media == "image/jpeg";
  const std::string bytes = picture ? without_metadata(request.file) : request.file;
  if (bytes.empty()) return Error{ErrorKind::invalid, "file.kind"};
  context.tx.post(
      "INSERT INTO need_file (community_id, need_id, media, bytes, at) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (community_id, need_id) DO UPDATE SET media = excluded.media,"
      " bytes = excluded.bytes, at = excluded.at",
      {context.community.id, need->id, media, store::Bytes{bytes}, context.now});
  context.journal("need.file_added", need->id.value(), need->path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint add_need_file() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/file", "need.ask",
                      "Put a file to a need, for whoever it is assigned to", add);
}

}  // namespace doorstep::needs
