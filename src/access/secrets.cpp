#include "access/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <semaphore>

#include <liboath/oath.h>
#include <sodium.h>

#include "base/bytes.h"
#include "base/check.h"

namespace doorstep::access {
namespace {

constexpr std::size_t argon_memory = std::size_t{32} << 20U;
constexpr unsigned long long argon_passes = 3;
constexpr unsigned step_seconds = 30;
constexpr std::size_t code_digits = 6;

std::counting_semaphore<2>& hashing() {
  static std::counting_semaphore<2> both(2);
  return both;
}

/// Holds a place among the two that may hash at once.
class Turn {
 public:
  Turn() { hashing().acquire(); }
  ~Turn() { hashing().release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

std::string decode_secret(const std::string& secret) {
  char* bytes = nullptr;
  std::size_t size = 0;
  const int failed = oath_base32_decode(secret.data(), secret.size(), &bytes, &size);
  if (failed != OATH_OK) return {};
  const std::unique_ptr<char, decltype(&free)> owner(bytes, &free);
  return {bytes, size};
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::toupper(c); });
  return out;
}

}  // namespace

std::string hash_password(std::string_view password) {
  const Turn turn;
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int failed =
      crypto_pwhash_str(hash.data(), password.data(), password.size(), argon_passes, argon_memory);
  CHECK(failed == 0);
  return hash.data();
}

bool password_matches(std::string_view password, const std::string& hash) {
  const Turn turn;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

const std::string& no_password() {
  static const std::string hash = hash_password(SystemRng{}.bytes(32));
  return hash;
}

std::string new_token(Rng& rng) {
  return to_base32(rng.bytes(16));
}

std::string token_hash(std::string_view token, const std::string& pepper) {
  return blake2b("token:" + upper(token), pepper);
}

std::string new_totp_secret(Rng& rng) {
  const std::string bytes = rng.bytes(20);
  char* text = nullptr;
  std::size_t size = 0;
  const int failed = oath_base32_encode(bytes.data(), bytes.size(), &text, &size);
  CHECK(failed == OATH_OK);
  const std::unique_ptr<char, decltype(&free)> owner(text, &free);
  return {text, size};
}

std::int64_t totp_step(const std::string& secret, std::string_view code, Instant now) {
  const std::string key = decode_secret(secret);
  if (key.empty() || code.size() != code_digits) return -1;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  for (const std::int64_t shift : {0, -1, 1}) {
    const std::int64_t at = seconds + shift * step_seconds;
    std::array<char, code_digits + 1> expected{};
    oath_totp_generate(key.data(), key.size(), static_cast<time_t>(at), step_seconds, 0,
                       code_digits, expected.data());
    if (sodium_memcmp(expected.data(), code.data(), code_digits) == 0) return at / step_seconds;
  }
  return -1;
}

std::string totp_code(const std::string& secret, Instant now) {
  const std::string key = decode_secret(secret);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::array<char, code_digits + 1> code{};
  oath_totp_generate(key.data(), key.size(), static_cast<time_t>(seconds), step_seconds, 0,
                     code_digits, code.data());
  return code.data();
}

}  // namespace doorstep::access
