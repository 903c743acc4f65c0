#pragma once
/// \file Passwords, one-time codes and tokens. All slow or random work is here, outside
/// transactions.

#include <string>
#include <string_view>

#include "base/private.h"
#include "base/rng.h"
#include "base/time.h"

namespace doorstep::access {

/// Argon2id, 32 MiB, about 0.2 s. At most two at a time, so a flood of sign-ins cannot eat the
/// machine's memory.
[[nodiscard]] std::string hash_password(std::string_view password);
[[nodiscard]] bool password_matches(std::string_view password, const std::string& hash);

/// A hash that no password matches, for the same time spent on unknown sign-ins.
[[nodiscard]] const std::string& no_password();

/// 128 random bits as 26 base32 characters: links, sessions, invitations.
[[nodiscard]] std::string new_token(Rng& rng);
/// What is stored of a token: BLAKE2b keyed with the installation's pepper. Case is ignored.
[[nodiscard]] std::string token_hash(std::string_view token, const std::string& pepper);

/// A TOTP secret of 160 bits as base32 (RFC 4648), as authenticator apps take it.
[[nodiscard]] std::string new_totp_secret(Rng& rng);
/// RFC 6238, 30 s, 6 digits, one step either way. Returns the step that matched or -1; the caller
/// refuses a step that was used before.
[[nodiscard]] std::int64_t totp_step(const std::string& secret, std::string_view code, Instant now);
/// The code of a moment: for tests and the command line.
[[nodiscard]] std::string totp_code(const std::string& secret, Instant now);

}  // namespace doorstep::access
