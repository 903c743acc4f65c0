#include "care/needs/note.h"

#include <utility>

#include "base/base64.h"

namespace doorstep::needs {
namespace {

constexpr unsigned char mark = 0xff;
constexpr unsigned char start_of_image = 0xd8;
constexpr unsigned char start_of_scan = 0xda;
constexpr unsigned char first_application = 0xe0;
constexpr unsigned char last_application = 0xef;
constexpr unsigned char comment = 0xfe;

unsigned char byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// By the first bytes: the name a sender gives proves nothing.
std::string media_of(std::string_view bytes) {
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  if (bytes.starts_with("OggS")) return "audio/ogg";
  if (bytes.starts_with("#!AMR")) return "audio/amr";
  if (bytes.starts_with("\x1a\x45\xdf\xa3")) return "audio/webm";
  if (bytes.size() > 8 && bytes.substr(4, 4) == "ftyp") return "audio/mp4";
  return {};
}

}  // namespace

std::string without_metadata(std::string_view jpeg) {
  if (jpeg.size() < 4 || byte(jpeg, 0) != mark || byte(jpeg, 1) != start_of_image) return {};
  std::string out(jpeg.substr(0, 2));
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && byte(jpeg, at) == mark) {
    const unsigned char kind = byte(jpeg, at + 1);
    if (kind == start_of_scan) return out.append(jpeg.substr(at));
    const std::size_t length =
        (std::size_t{byte(jpeg, at + 2)} << 8U | std::size_t{byte(jpeg, at + 3)}) + 2;
    if (length < 4 || at + length > jpeg.size()) return {};
    // The first application segment (JFIF) says how to read the picture, the others where it was taken.
    const bool metadata = (kind > first_application && kind <= last_application) || kind == comment;
    if (!metadata) out.append(jpeg.substr(at, length));
    at += length;
  }
  return {};
}

Result<Note> note_from_base64(std::string_view text) {
  if (text.size() > note_bytes_max * 4 / 3 + 4) return Error{ErrorKind::invalid, "note.too_long"};
  auto bytes = from_base64(text, Base64::padded);
  if (!bytes) return Error{ErrorKind::invalid, "note.not_base64"};
  Note note;
  note.bytes = *std::move(bytes);
  note.media = media_of(note.bytes);
  if (note.media == "image/jpeg") note.bytes = without_metadata(note.bytes);
  if (note.media.empty() || note.bytes.empty()) return Error{ErrorKind::invalid, "note.kind"};
  return note;
}

}  // namespace doorstep::needs
