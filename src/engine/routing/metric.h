#pragma once
/// \file Arc costs between locations, each a template parameter of the search. Integers out.

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

// The sum of squares may be contracted to a fused multiply-add on some machines and not on others;
// integers below 2^26 would not notice, decimals could.
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

/// Euclid, rounded to the nearest integer (CVRPLIB) or truncated to tenths (Solomon).
template <bool tenths>
class Euclid {
 public:
  explicit Euclid(const Problem& problem) : points_(problem.points.data()) {}

  Time operator()(Node a, Node b) const {
    const double dx = points_[a].x - points_[b].x;
    const double dy = points_[a].y - points_[b].y;
    const double d = std::sqrt(dx * dx + dy * dy);
    if constexpr (tenths) return static_cast<Time>(10.0 * d + 1e-9);
    return static_cast<Time>(d + 0.5);
  }

 private:
  const Point* points_;
};

/// All arcs in one table; for up to some thousand locations.
class Table {
 public:
  template <class Metric>
  Table(const Metric& metric, Node size) : size_(static_cast<std::size_t>(size)) {
    own_.resize(size_ * size_);
    for (Node a = 0; a < size; ++a) {
      for (Node b = 0; b < size; ++b) {
        own_[static_cast<std::size_t>(a) * size_ + static_cast<std::size_t>(b)] = metric(a, b);
      }
    }
    arcs_ = own_.data();
  }
  explicit Table(const Problem& problem)
      : size_(problem.stops.size()), arcs_(problem.matrix.data()) {}
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  Time operator()(Node a, Node b) const {
    return arcs_[static_cast<std::size_t>(a) * size_ + static_cast<std::size_t>(b)];
  }

 private:
  std::size_t size_;
  std::vector<Time> own_;
  const Time* arcs_ = nullptr;
};

/// Doors in stairwells: a tree metric over a street matrix of entrances. Empty hands; what the load
/// adds is in Climbs.
class Stairs {
 public:
  explicit Stairs(const Problem& problem)
      : streets_(&problem.streets), entrances_(problem.streets.entrances.size()) {
    spots_.reserve(streets_->doors.size());
    for (const Door& door : streets_->doors) {
      const bool by_lift = lift(door);
      const Time ride = streets_->lift_wait + door.floors * streets_->lift_floor;
      const bool ground = door.floors == 0;
      spots_.push_back({door.entrance, door.floors, by_lift,
                        ground ? 0 : (by_lift ? ride : door.floors * streets_->up),
                        ground ? 0 : (by_lift ? ride : door.floors * streets_->down)});
    }
  }

  Time operator()(Node a, Node b) const {
    const Spot& from = spots_.data()[a];
    const Spot& to = spots_.data()[b];
    if (from.entrance == to.entrance) return between_floors(from, to);
    return from.leave + street(from.entrance, to.entrance) + to.climb;
  }

  [[nodiscard]] Time street(std::int32_t from, std::int32_t to) const {
    return streets_->walk
        .data()[static_cast<std::size_t>(from) * entrances_ + static_cast<std::size_t>(to)];
  }
  /// From the street up to the door.
  [[nodiscard]] Time climb(Node node) const { return spots_.data()[node].climb; }
  [[nodiscard]] Time leave(Node node) const { return spots_.data()[node].leave; }
  [[nodiscard]] bool lift(const Door& door) const {
    return streets_->entrances.data()[door.entrance].lift;
  }

 private:
  struct Spot {
    std::int32_t entrance = 0;
    std::int32_t floors : 31 = 0;
    bool lift : 1 = false;
    Time climb = 0;
    Time leave = 0;
  };

  [[nodiscard]] Time between_floors(const Spot& from, const Spot& to) const {
    const Time floors = to.floors - from.floors;
    if (floors == 0) return 0;
    if (from.lift) {
      return streets_->lift_wait + std::abs(floors) * streets_->lift_floor;
    }
    return floors > 0 ? floors * streets_->up : -floors * streets_->down;
  }

  const Streets* streets_;
  std::size_t entrances_;
  std::vector<Spot> spots_;
};

}  // namespace doorstep::routing
