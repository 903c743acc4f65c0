#pragma once
/// \file Readings of home meters in a message: temperature, blood pressure, oxygen, sugar, heart rate.

#include <optional>
#include <string_view>

#include "engine/intake/folded.h"

namespace doorstep::intake {

/// A reading outside the usual range; `range` in folded points.
struct Measured {
  std::string_view reason;
  Range range;
  bool emergency = false;
};

/// Temperatures, blood pressure, oxygen and sugar outside the usual range.
/// Source: fever from 37.3 as the data's conventions say; 140/90; 93 % oxygen; sugar 3.9 and 13.9.
/// An emergency: sugar under 3.0 (level 2 hypoglycaemia, ADA) or from 33 (hyperosmolar state), oxygen
/// to 85 %.
[[nodiscard]] std::optional<Measured> abnormal_reading(const Folded& text);

}  // namespace doorstep::intake
