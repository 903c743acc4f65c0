#pragma once
/// \file Codes that people type off paper, and those that stand in for a lost authenticator.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"

namespace doorstep::access {

/// As it was typed: without space and dashes, in capitals, O read as 0, I and L as 1; none where it is not `length`
/// letters and digits.
[[nodiscard]] std::optional<std::string> typed_code(std::string_view typed, std::size_t length);

inline constexpr std::size_t recovery_codes = 10;
inline constexpr std::size_t recovery_length = 16;

/// Ten fresh codes of 16 digits (53 random bits), "4071-3358-9902-1645", as the keys for one-time codes type them; those
/// before are void. Kept as keyed hashes alone.
std::vector<std::string> new_recovery_codes(store::Transaction& tx, Rng& rng, Id<Account> account,
                                            const std::string& pepper, Instant now);

/// What is kept of a typed code; none where it cannot be one.
[[nodiscard]] std::optional<store::Bytes> recovery_hash(std::string_view typed,
                                                        const std::string& pepper);

/// How many are left.
[[nodiscard]] std::int64_t recovery_left(store::Snapshot& db, Id<Account> account);

}  // namespace doorstep::access
