#pragma once
/// \file Signing a phone in from a desk. The desk shows a code, a phone opens it and shows a number, and somebody types
/// that number at the desk. A photograph of the code is not enough: whoever opens it first shows a number that nobody at
/// the desk reads, and the second who opens it voids it.

#include <optional>
#include <string>

#include "api/sessions.h"

namespace doorstep::api {

inline constexpr std::chrono::minutes phone_minutes{2};
/// Wrong numbers typed at the desk; then the code is void.
inline constexpr std::int64_t phone_tries_max = 3;

struct PhoneRow {
  store::Bytes token = {};  ///< As it is kept.
  Id<access::Account> account{};
  store::Bytes desk = {};  ///< The session that shows it.
  Instant ends{};
  bool claimed = false;
  std::string device = {};
  std::int64_t number = 0;  ///< 100 to 999, shown by the phone.
  std::int64_t tries = 0;
  bool confirmed = false;
  bool voided = false;
};

/// What is kept of a code.
[[nodiscard]] store::Bytes phone_hash(const Direct& direct, const std::string& token);

/// One that is shown by this desk, over or void as it may be. Errors: unauthenticated "phone.unknown".
Result<PhoneRow> shown_phone(store::Snapshot& db, const Direct& direct, const OwnSession& own,
                             const std::string& token);
/// The row with this code. Errors: unauthenticated "phone.unknown" (none, over or void).
Result<PhoneRow> live_phone(store::Snapshot& db, const Direct& direct, const std::string& token);

void void_phone(store::Transaction& tx, const Direct& direct, const PhoneRow& row);

}  // namespace doorstep::api
