#include <sodium.h>

#include "base/bytes.h"
#include "store/backup.h"

namespace doorstep::store {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t group = 4;
constexpr std::size_t check_length = 4;

/// What a letter is taken for; -1 for what is between the groups, -2 for anything else.
int digit_of(char c) {
  if (c == ' ' || c == '-' || c == '\n' || c == '\r' || c == '\t') return -1;
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -2 : static_cast<int>(at);
}

std::string check_of(const std::string& secret) {
  return to_base32(blake2b("doorstep key sheet 1\n" + secret)).substr(0, check_length);
}

}  // namespace

BackupKey make_backup_key() {
  BackupKey key{std::string(crypto_box_PUBLICKEYBYTES, '\0'),
                std::string(crypto_box_SECRETKEYBYTES, '\0')};
  if (sodium_init() < 0) throw Failure("store.broken", "libsodium does not start");
  crypto_box_keypair(reinterpret_cast<unsigned char*>(key.open.data()),
                     reinterpret_cast<unsigned char*>(key.secret.data()));
  return key;
}

std::string open_half(const std::string& secret) {
  std::string open(crypto_box_PUBLICKEYBYTES, '\0');
  crypto_scalarmult_base(reinterpret_cast<unsigned char*>(open.data()),
                         reinterpret_cast<const unsigned char*>(secret.data()));
  return open;
}

std::string key_words(const std::string& secret) {
  const std::string letters = to_base32(secret) + check_of(secret);
  std::string words;
  for (std::size_t at = 0; at < letters.size(); at += group) {
    if (at > 0) words += ' ';
    words += letters.substr(at, group);
  }
  return words;
}

std::optional<std::string> secret_from_words(std::string_view typed) {
  std::string letters;
  for (const char c : typed) {
    const int digit = digit_of(c);
    if (digit == -2) return std::nullopt;
    if (digit >= 0) letters += alphabet[static_cast<std::size_t>(digit)];
  }
  constexpr std::size_t key_length = (crypto_box_SECRETKEYBYTES * 8 + 4) / 5;
  if (letters.size() != key_length + check_length) return std::nullopt;
  std::string secret;
  unsigned held = 0;
  unsigned bits = 0;
  for (std::size_t at = 0; at < key_length; ++at) {
    held = (held << 5U) | static_cast<unsigned>(digit_of(letters[at]));
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    secret += static_cast<char>((held >> bits) & 0xFFU);
    held &= (1U << bits) - 1;
  }
  if (letters.substr(key_length) != check_of(secret) ||
      to_base32(secret) != letters.substr(0, key_length)) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace doorstep::store
