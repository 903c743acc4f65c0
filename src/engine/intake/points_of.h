#pragma once
/// \file PointsOf: which points a text is made of.

#include <algorithm>
#include <bitset>
#include <string_view>

#include "engine/intake/folded.h"

namespace doorstep::intake {

/// The points of a text, to refuse most words without a search: hundreds of words are asked for.
class PointsOf {
 public:
  explicit PointsOf(const Folded& text) {
    for (const char32_t point : text.text) held_.set(point % size);
  }
  [[nodiscard]] bool may_hold(std::u32string_view word) const {
    return std::all_of(word.begin(), word.end(),
                       [&](char32_t point) { return held_.test(point % size); });
  }

 private:
  static constexpr std::size_t size = 4096;
  std::bitset<size> held_;
};

}  // namespace doorstep::intake
