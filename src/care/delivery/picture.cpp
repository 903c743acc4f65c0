#include "care/delivery/picture.h"

namespace doorstep::delivery {
namespace {

constexpr unsigned start_of_image = 0xD8;
constexpr unsigned start_of_scan = 0xDA;
constexpr unsigned end_of_image = 0xD9;
constexpr unsigned app_0 = 0xE0;
constexpr unsigned app_15 = 0xEF;
constexpr unsigned comment = 0xFE;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

bool carries_metadata(unsigned marker) {
  return (marker > app_0 && marker <= app_15) || marker == comment;
}

}  // namespace

Result<std::string> clean_picture(std::string_view bytes) {
  const Error wrong{ErrorKind::invalid, "photo.not_jpeg"};
  if (bytes.size() > picture_size_max) return Error{ErrorKind::invalid, "photo.too_large"};
  if (byte_at(bytes, 0) != 0xFF || byte_at(bytes, 1) != start_of_image) return wrong;
  std::string clean(bytes.substr(0, 2));
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (byte_at(bytes, at) != 0xFF) return wrong;
    const unsigned marker = byte_at(bytes, at + 1);
    if (marker == start_of_scan) {
      const auto end = bytes.size() - 2;
      if (byte_at(bytes, end) != 0xFF || byte_at(bytes, end + 1) != end_of_image) return wrong;
      clean += bytes.substr(at);
      return clean;
    }
    const std::size_t length = byte_at(bytes, at + 2) * 256 + byte_at(bytes, at + 3) + 2;
    if (length < 4 || at + length > bytes.size()) return wrong;
    if (!carries_metadata(marker)) clean += bytes.substr(at, length);
    at += length;
  }
  return wrong;
}

}  // namespace doorstep::delivery
