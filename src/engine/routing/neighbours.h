#pragma once
/// \file Granular neighbourhoods: for each stop the few others worth standing next to.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

struct Neighbour {
  Node node = 0;
  Time arc = 0;
};

/// Lists of one width, nearest first, flat in memory; one for each location, none names the depot.
class Neighbours {
 public:
  Neighbours() = default;
  Neighbours(Node size, std::int32_t width)
      : width_(static_cast<std::size_t>(width)), lists_(static_cast<std::size_t>(size) * width_) {}

  [[nodiscard]] const Neighbour* begin(Node node) const {
    return lists_.data() + static_cast<std::size_t>(node) * width_;
  }
  [[nodiscard]] Neighbour* begin(Node node) {
    return lists_.data() + static_cast<std::size_t>(node) * width_;
  }
  [[nodiscard]] std::int32_t width() const { return static_cast<std::int32_t>(width_); }

 private:
  std::size_t width_ = 0;
  std::vector<Neighbour> lists_;
};

/// How many others a list can hold: `wish`, or all there are.
[[nodiscard]] inline std::int32_t list_width(Node size, std::int32_t wish) {
  return std::max(0, std::min(wish, size - 2));
}

/// The stops nearest in the plane, ties by index; `arc` is left 0. Buckets: O(n width).
[[nodiscard]] Neighbours nearest_in_plane(std::span<const Point> points, std::int32_t width);

/// The stops with the smallest `closeness(from, to)`, ties by index; `arc` is left 0. O(n^2).
template <class Closeness>
[[nodiscard]] Neighbours nearest_of_all(Node size, std::int32_t width, Closeness closeness) {
  Neighbours lists(size, width);
  std::vector<std::pair<Cost, Node>> all;
  for (Node from = 0; from < size; ++from) {
    all.clear();
    for (Node to = 1; to < size; ++to) {
      if (to != from) all.emplace_back(closeness(from, to), to);
    }
    const auto end = all.begin() + width;
    if (end != all.end()) std::nth_element(all.begin(), end, all.end());
    std::sort(all.begin(), end);
    std::transform(all.begin(), end, lists.begin(from),
                   [](const auto& entry) { return Neighbour{entry.second, 0}; });
  }
  return lists;
}

}  // namespace doorstep::routing
