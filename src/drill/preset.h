#pragma once
/// \file The communities that are drilled: how many live where, since when they are under observation.

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace doorstep::drill {

/// Households whose start event was on the same day.
struct Cohort {
  Day start{};
  int households = 0;
  int persons = 0;
};

struct Preset {
  std::string_view name;
  std::string_view community;  ///< What it is called.
  std::string_view rules;      ///< Path of the embedded rule pack.
  int grids = 1;
  int buildings = 1;  ///< Spread over the grids in turn.
  int floors = 1;
  int doors = 1;   ///< A floor, in two entrances.
  Day last_day{};  ///< The drill's last day, however many days it has.
  std::vector<Cohort> cohorts = {};
  std::string_view ground = "returnee";

  [[nodiscard]] int households() const;
  [[nodiscard]] int persons() const;
};

/// By name: liulian, langyue, songjiang, fumin, qinghu, hetang. None for another.
[[nodiscard]] const Preset* find_preset(std::string_view name);
[[nodiscard]] const std::vector<Preset>& presets();

}  // namespace doorstep::drill
