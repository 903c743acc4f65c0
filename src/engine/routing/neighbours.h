#pragma once
/// \file Granular neighbourhoods: for each stop the few others worth standing next to.

#include <algorithm>
#include <cstdint>
#include <numeric>
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
  /// The same lists, cut to the nearest. Requires width <= width().
  [[nodiscard]] Neighbours nearest(std::int32_t width) const {
    const auto size = width_ == 0 ? 0 : lists_.size() / width_;
    Neighbours cut(static_cast<Node>(size), width);
    for (std::size_t i = 0; i < size; ++i) {
      std::copy_n(begin(static_cast<Node>(i)), width, cut.begin(static_cast<Node>(i)));
    }
    return cut;
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

/// Of `candidates(from)` (stops, `from` itself may be among them) those with the smallest
/// `closeness(from, to)`, ties by index; `arc` is left 0. Requires at least `width` others.
template <class Candidates, class Closeness>
[[nodiscard]] Neighbours nearest_of(Node size, std::int32_t width, Candidates candidates,
                                    Closeness closeness) {
  Neighbours lists(size, width);
  std::vector<std::pair<Cost, Node>> all;
  for (Node from = 0; from < size; ++from) {
    all.clear();
    for (const Node to : candidates(from)) {
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

/// All stops as candidates for every list.
class Everybody {
 public:
  explicit Everybody(Node size) : stops_(static_cast<std::size_t>(std::max(0, size - 1))) {
    std::iota(stops_.begin(), stops_.end(), 1);
  }
  const std::vector<Node>& operator()(Node) const { return stops_; }

 private:
  std::vector<Node> stops_;
};

/// The stops of the nearest entrances, at least `count` where there are as many: a street has many
/// doors at one place, and few of the others matter.
class NearestEntrances {
 public:
  NearestEntrances(const Streets& streets, std::size_t count) : streets_(&streets) {
    const auto entrances = streets.entrances.size();
    std::vector<std::vector<Node>> doors(entrances);
    for (std::size_t i = 1; i < streets.doors.size(); ++i) {
      doors[static_cast<std::size_t>(streets.doors[i].entrance)].push_back(static_cast<Node>(i));
    }
    around_.resize(entrances);
    for (std::size_t e = 0; e < entrances; ++e) {
      std::vector<std::pair<Time, std::size_t>> order;
      for (std::size_t f = 0; f < entrances; ++f) {
        order.emplace_back(streets.walk[e * entrances + f], f);
      }
      std::sort(order.begin(), order.end());
      for (const auto& [walk, f] : order) {
        if (around_[e].size() > count) break;
        around_[e].insert(around_[e].end(), doors[f].begin(), doors[f].end());
      }
    }
  }
  const std::vector<Node>& operator()(Node from) const {
    return around_[static_cast<std::size_t>(
        streets_->doors[static_cast<std::size_t>(from)].entrance)];
  }

 private:
  const Streets* streets_;
  std::vector<std::vector<Node>> around_;  ///< By entrance.
};

}  // namespace doorstep::routing
