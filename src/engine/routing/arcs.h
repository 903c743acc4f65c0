#pragma once
/// \file Arcs of one location to and from all others, side by side in memory.

#include <cstddef>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

/// What choosing a place asks for most: a row for each location. Where there are so many that the rows
/// would not stay in the cache, none is held and whoever needs arcs asks the metric.
class Arcs {
 public:
  struct Both {
    Time to = 0;    ///< From the other to this one.
    Time from = 0;  ///< From this one to the other.
  };

  template <class Metric>
  Arcs(const Metric& metric, Node size) : size_(static_cast<std::size_t>(size)) {
    if (size > most) return;
    rows_.resize(size_ * size_);
    for (Node a = 0; a < size; ++a) {
      Both* row = rows_.data() + static_cast<std::size_t>(a) * size_;
      for (Node b = 0; b < size; ++b) row[b] = {metric(b, a), metric(a, b)};
    }
  }

  [[nodiscard]] bool held() const { return !rows_.empty(); }
  /// Requires held().
  [[nodiscard]] const Both* of(Node node) const {
    return rows_.data() + static_cast<std::size_t>(node) * size_;
  }

 private:
  /// 8 MB.
  static constexpr Node most = 1000;
  std::size_t size_;
  std::vector<Both> rows_;
};

}  // namespace doorstep::routing
