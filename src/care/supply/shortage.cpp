#include "care/supply/shortage.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace doorstep::supply {
namespace {

/// The place of a claim's group: the priorities are digits, the most important first.
std::int64_t group(const Claim& claim, Priorities first) {
  std::int64_t place = 0;
  for (const std::string& word : first) {
    const bool served = (word == "isolated" && claim.isolated) || (word == "diet" && claim.diet);
    place = place * 2 + (served ? 0 : 1);
  }
  return place;
}

}  // namespace

std::vector<std::int64_t> split(std::span<const Claim> claims, std::int64_t available,
                                Priorities first) {
  std::vector<std::size_t> queue(claims.size());
  std::iota(queue.begin(), queue.end(), std::size_t{0});
  std::ranges::sort(queue, {}, [&](std::size_t at) {
    return std::tuple(group(claims[at], first), claims[at].at, claims[at].id);
  });
  std::vector<std::int64_t> granted(claims.size(), 0);
  for (const std::size_t at : queue) {
    granted[at] = std::min(claims[at].wanted, std::max<std::int64_t>(available, 0));
    available -= granted[at];
  }
  return granted;
}

bool is_fair(std::span<const Claim> claims, std::span<const std::int64_t> granted,
             Priorities first) {
  std::int64_t first_short = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_served = -1;
  for (std::size_t at = 0; at < claims.size(); ++at) {
    const std::int64_t place = group(claims[at], first);
    if (granted[at] < claims[at].wanted) first_short = std::min(first_short, place);
    if (granted[at] > 0) last_served = std::max(last_served, place);
  }
  return last_served <= first_short;
}

}  // namespace doorstep::supply
