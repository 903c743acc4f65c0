#pragma once
/// \file Passkeys: what a browser answers is checked as W3C Web Authentication Level 2 says (sections 7.1 and 7.2), for
/// ES256 and EdDSA with Ed25519. Attestation is not asked for: who made the device decides nothing here.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace doorstep::api {

/// base64url without padding (RFC 4648, section 5). Errors: invalid "passkey.wrong".
[[nodiscard]] std::string to_base64url(std::string_view bytes);
Result<std::string> from_base64url(std::string_view text);

/// "door.example" of "https://door.example:8443"; "" where passkeys cannot be: an address by number, or without TLS
/// (localhost apart).
[[nodiscard]] std::string passkey_domain(std::string_view origin);

/// What the answer must be about.
struct Ceremony {
  std::string challenge = {};  ///< Bytes as they were sent out.
  std::string origin = {};     ///< "https://door.example:8443".
  bool registering = false;
};

/// What the authenticator says of itself. `credential` and `public_key` only where it registers.
struct Authenticator {
  std::string credential = {};
  std::string public_key = {};  ///< COSE_Key, checked to be one of the two kinds.
  std::int64_t sign_count = 0;  ///< 0 where it does not count.
};

/// The browser spoke of this challenge at this origin. Errors: invalid "passkey.wrong".
Result<void> check_client_data(std::string_view client_data, const Ceremony& expected);

/// The user was there and was verified, for this domain. Errors: invalid "passkey.wrong", "passkey.unverified" (no PIN,
/// finger or face), "passkey.algorithm" (a key of another kind).
Result<Authenticator> read_authenticator(std::string_view data, const Ceremony& expected);

/// Whether the key signed both. Errors: as the two above.
Result<Authenticator> check_assertion(std::string_view client_data, std::string_view authenticator,
                                      std::string_view signature, std::string_view public_key,
                                      const Ceremony& expected);

}  // namespace doorstep::api
