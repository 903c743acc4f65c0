#pragma once
/// \file A building's claim link: posted once in its chat group, where anybody reads it, and good for nothing without the
/// code that only a household's slip bears. Whoever types that code gets a link of their own household and learns of no
/// other. The link is unproved, like the one on the slip itself.

#include "api/endpoint.h"

namespace doorstep::registry {

struct ClaimLink;

/// So many links come of one slip; then it is made anew.
inline constexpr std::int64_t links_per_code_max = 5;
/// Wrong codes: of one address within a quarter of an hour, and by one claim link within an hour. 40 bits against 200
/// tries an hour in a building of 500: about 1 in 15,000 that anything is hit in a month.
inline constexpr std::int64_t peer_failures_max = 10;
inline constexpr std::chrono::minutes peer_window{15};
inline constexpr std::int64_t link_failures_max = 200;
inline constexpr std::chrono::minutes link_window{60};

/// A fresh code for the slip of a household, "4K7D-M2XQ" (40 random bits); the one before is void. Kept as a hash alone.
std::string new_claim_code(api::WriteContext& context, Id<access::Household> household);

/// As it was typed: without space and dashes, in capitals, O read as 0, I and L as 1.
/// Errors: invalid "claim.code" (not 8 letters and digits).
Result<std::string> clean_claim_code(std::string_view typed);

/// What is kept of a cleaned code.
[[nodiscard]] store::Bytes claim_code_hash(std::string_view code, const std::string& pepper);

}  // namespace doorstep::registry
