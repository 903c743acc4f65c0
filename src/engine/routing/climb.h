#pragma once
/// \file Climb packing: which doors of one stairwell share a climb, so that few flights are
/// climbed.

#include <cstdint>
#include <span>
#include <vector>

namespace doorstep::routing {

struct ClimbItem {
  std::int32_t floors = 0;
  std::int64_t grams = 0;
};

struct ClimbPlan {
  std::int64_t flights = 0;  ///< Sum over climbs of the highest floor.
  /// Items of each climb, lowest floor first: served on the way up, raising work is the same for
  /// every packing, so flights are all that packing can save.
  std::vector<std::vector<std::size_t>> climbs;
};

/// Items on the ground need no climb and stand in none; one item above `hands` climbs alone.
/// hands 0 = everything at once. Exact for up to 16 items upstairs; above, first fit from the top.
[[nodiscard]] ClimbPlan pack_climbs(std::span<const ClimbItem> items, std::int64_t hands);

}  // namespace doorstep::routing
