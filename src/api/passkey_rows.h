#pragma once
/// \file Passkeys as rows: a challenge is asked once, answered once, within five minutes.

#include "api/passkey.h"
#include "api/sessions.h"

namespace doorstep::api {

struct Passkey;

inline constexpr std::chrono::minutes passkey_minutes{5};
inline constexpr std::int64_t passkeys_max = 10;

/// The origin that passkeys are bound to. Errors: conflict "passkey.no_domain" (no address by name over HTTPS).
Result<std::string> passkey_origin(const Direct& direct);

/// A fresh challenge as base64url; `account` where it is to register.
std::string ask_challenge(store::Transaction& tx, const Direct& direct, const std::string& bytes,
                          std::optional<Id<access::Account>> account);

/// Takes the challenge that was sent out, so that it is answered once. Errors: invalid "passkey.expired" (unknown, used,
/// over, or asked for another purpose).
Result<Ceremony> take_challenge(store::Transaction& tx, const Direct& direct,
                                const std::string& challenge,
                                std::optional<Id<access::Account>> account);

}  // namespace doorstep::api
