#include "store/signed.h"

#include <sodium.h>

namespace doorstep::store {

bool is_genuine(std::string_view text, std::string_view signature, std::string_view public_key) {
  if (signature.size() != crypto_sign_BYTES || public_key.size() != crypto_sign_PUBLICKEYBYTES) {
    return false;
  }
  const auto raw = [](std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
  };
  return crypto_sign_verify_detached(raw(signature), raw(text), text.size(), raw(public_key)) == 0;
}

}  // namespace doorstep::store
