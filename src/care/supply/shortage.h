#pragma once
/// \file Who gets what when there is not enough (D10). Pure: the rule alone, so that the report proves it.
///
/// Source: 「在保证居家观察家庭的需求之外,尽可能多购买菜品」 (S1).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace doorstep::supply {

/// A wish for one good.
struct Claim {
  std::int64_t id = 0;
  std::int64_t wanted = 0;  ///< Thousandths of the unit.
  bool isolated = false;
  bool diet = false;
  std::int64_t at = 0;  ///< When it was made, in milliseconds.
};

/// What splits the queue into who is served before whom, most important first; the words of the rule
/// pack's supply.shortage_first: "isolated", "diet".
using Priorities = std::span<const std::string>;

/// Serves the claims in the order of the priorities, then of time, then of id. Nobody gets more than
/// they want; the last who is served may get a part. The sum of what is granted is the smaller of
/// `available` and of what is wanted. Returns what each claim gets, in the order of `claims`.
[[nodiscard]] std::vector<std::int64_t> split(std::span<const Claim> claims, std::int64_t available,
                                              Priorities first);

/// Nobody of a group is short while somebody of a group behind it has anything: what the report says
/// to prove it.
[[nodiscard]] bool is_fair(std::span<const Claim> claims, std::span<const std::int64_t> granted,
                           Priorities first);

}  // namespace doorstep::supply
