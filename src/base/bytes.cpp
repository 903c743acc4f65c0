#include "base/bytes.h"

#include <sodium.h>

#include "base/check.h"

namespace doorstep {
namespace {

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 15U]);
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    const int high = nibble(hex[at]);
    const int low = nibble(hex[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

std::string to_base32(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string out;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8U) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out.push_back(digits[(buffer >> bits) & 31U]);
    }
  }
  if (bits > 0) out.push_back(digits[(buffer << (5 - bits)) & 31U]);
  return out;
}

std::string blake2b(std::string_view message, std::string_view key) {
  std::string out(32, '\0');
  CHECK(key.size() <= crypto_generichash_KEYBYTES_MAX);
  const int failed =
      crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), raw(message),
                         message.size(), key.empty() ? nullptr : raw(key), key.size());
  CHECK(failed == 0);
  return out;
}

}  // namespace doorstep
