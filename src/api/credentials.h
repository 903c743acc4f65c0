#pragma once
/// \file Password and one-time code of an account, when it signs in and when it signs in again for something grave.

#include <optional>
#include <string>

#include "api/endpoint.h"

namespace doorstep::api {

struct Credentials {
  std::string login = {};
  std::string password = {};
  std::optional<std::string> code = {};
};

/// Who gave the right password and a code that fits now, or one of the recovery codes in its place.
struct Proven {
  Id<access::Account> account{};
  std::int64_t step = 0;  ///< Of the code.
  bool code_waived = false;
  std::optional<store::Bytes> recovery =
      {};  ///< Instead of a code: the recovery code, as it is kept.
};

/// Takes 0.2 s. After five failures within 15 minutes the login is locked for the rest of them, whether it exists or not, and
/// an unknown login takes as long. Errors: rate_limited "session.locked"; unauthenticated "session.wrong", which is kept as a
/// failure.
Result<Proven> prove(Direct& direct, const Credentials& credentials);

/// The password of who is signed in, once more. Locked and counted like a sign-in: a session that was stolen is no way to try
/// passwords. Errors: rate_limited "session.locked"; invalid "session.wrong_password".
Result<void> prove_password(Direct& direct, Id<access::Account> account, std::string_view password);

/// Uses the code up, in the transaction of what it was given for. Errors: unauthenticated "session.wrong" (used before).
Result<void> use_code(store::Transaction& tx, const Proven& proven, Instant now);

}  // namespace doorstep::api
