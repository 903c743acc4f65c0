#include "base/base64.h"

#include <algorithm>

#include <sodium.h>

namespace doorstep {
namespace {

int variant_of(Base64 kind) {
  return kind == Base64::url ? sodium_base64_VARIANT_URLSAFE_NO_PADDING
                             : sodium_base64_VARIANT_ORIGINAL;
}

}  // namespace

std::string to_base64(std::string_view bytes, Base64 kind) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant_of(kind)), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant_of(kind));
  text.pop_back();  // The NUL at its end.
  return text;
}

std::optional<std::string> from_base64(std::string_view text, Base64 kind) {
  // libsodium takes some bytes above 127 for letters (found by fuzzing).
  if (!std::ranges::all_of(text, [](char one) { return one > ' ' && one < 127; })) {
    return std::nullopt;
  }
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, variant_of(kind)) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace doorstep
