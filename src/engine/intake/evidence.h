#pragma once
/// \file What the words of a message say for each category, by the tables cues.tsv and asks.tsv.

#include <array>

#include "engine/intake/folded.h"

namespace doorstep::intake {

inline constexpr std::size_t category_count = static_cast<std::size_t>(Category::chat) + 1;

struct Evidence {
  std::array<int, category_count> weight{};   ///< 0 to 9: the strongest rule of the category.
  std::array<bool, category_count> urgent{};  ///< A rule of the category says today.
  [[nodiscard]] int of(Category category) const {
    return weight[static_cast<std::size_t>(category)];
  }
};

[[nodiscard]] Evidence gather(const Folded& text);

}  // namespace doorstep::intake
