/// \file Fuzzer of passkeys: no bytes that a browser or an authenticator answers crash the reading of client data, CBOR
/// or signatures, and none that this program did not sign is taken. The first byte says which part the rest is.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>
#include <sodium.h>

#include "api/passkey.h"
#include "base/check.h"

namespace {

using doorstep::api::Ceremony;

const std::string challenge = "0123456789abcdef0123456789abcdef";

Ceremony ceremony(bool registering) {
  return {challenge, "https://door.example:8443", registering};
}

std::string sha256(std::string_view bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hash;
}

/// Of somebody who was there and verified, with a counter of 1.
std::string header(bool with_key) {
  return sha256("door.example") + static_cast<char>(with_key ? 0x45 : 0x05) +
         std::string("\0\0\0\1", 4);
}

std::string client_data(bool registering) {
  return std::string(R"({"type":"webauthn.)") + (registering ? "create" : "get") +
         R"(","challenge":")" + doorstep::api::to_base64url(challenge) +
         R"(","origin":"https://door.example:8443"})";
}

/// A credential id of four bytes, then whatever stands where the key should be.
void read_key(std::string_view key) {
  const std::string data = header(true) + std::string(16, 'a') + std::string("\0\4", 2) + "cred";
  const auto read = doorstep::api::read_authenticator(data + std::string(key), ceremony(true));
  if (!read.ok()) return;
  CHECK(read->credential == "cred" && read->sign_count == 1);
  CHECK(!read->public_key.empty() && key.starts_with(read->public_key));
  // Nobody has signed this.
  CHECK(!doorstep::api::check_assertion(client_data(false), header(false), key, read->public_key,
                                        ceremony(false))
             .ok());
}

/// A key that is right, so that the signature is what is judged.
const std::string& genuine_key() {
  static const std::string key = [] {
    const std::string seed(32, 's');
    std::string open(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(open.data()),
                             reinterpret_cast<unsigned char*>(secret.data()),
                             reinterpret_cast<const unsigned char*>(seed.data()));
    return std::string("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20") + open;
  }();
  return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep::api;  // NOLINT(google-build-using-namespace): one function
  if (size == 0 || sodium_init() < 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 6) {
    case 0: static_cast<void>(check_client_data(text, ceremony(true))); break;
    case 1: static_cast<void>(read_authenticator(text, ceremony(true))); break;
    case 2: read_key(text); break;
    case 3:
      static_cast<void>(read_authenticator(header(true) + std::string(text), ceremony(true)));
      break;
    case 4:
      CHECK(
          !check_assertion(client_data(false), header(false), text, genuine_key(), ceremony(false))
               .ok());
      break;
    default:
      if (const auto bytes = from_base64url(text)) CHECK(to_base64url(*bytes) == text);
      CHECK(passkey_domain(text).find_first_of(":/") == std::string::npos);
  }
  return 0;
}
