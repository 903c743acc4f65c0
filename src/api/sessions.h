#pragma once
/// \file Sessions as their owner sees them: on which device, opened by what, and how to end one.

#include <string>
#include <string_view>

#include "access/accounts.h"
#include "api/endpoint.h"

namespace doorstep::api {

/// What a browser says of itself, in a few words that tell one's own devices apart: "Android WeChat". Nothing else of it
/// is kept.
[[nodiscard]] std::string device_label(std::string_view user_agent);

/// Notes what a fresh session was opened by ("password", "recovery", "passkey") and on.
void describe_session(store::Transaction& tx, const std::string& token_hash, std::string_view way,
                      std::string_view user_agent);

/// Whose session comes with the request. Errors: unauthenticated "session.none".
struct OwnSession {
  Id<access::Account> account{};
  Id<Community> community{};
  store::Bytes hash = {};
};
Result<OwnSession> own_session(store::Snapshot& db, const Direct& direct);

/// An answer, or the problem.
Response answered(const store::Outcome& outcome);

}  // namespace doorstep::api
