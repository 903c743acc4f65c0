#pragma once
/// \file Points: where goods lie. Checkpoints at the gates, the workstation that receives, drop points of
/// buildings (A8, E1, E17).

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "care/delivery/parcel.h"

namespace doorstep::delivery {

enum class PointKind : std::uint8_t { checkpoint, workstation, drop_point };

struct PointRow {
  Id<Point> id{};
  PointKind kind = PointKind::workstation;
  std::string name = {};
  std::string path = {};
  bool outside = false;  ///< On the outer side of the closed loop.
};

/// An open point; without `id` the only workstation. Errors: not_found "point.unknown"; conflict
/// "point.which" (none was named, and there is none or more than one workstation).
Result<PointRow> find_point(const api::Context& context, std::optional<Id<Point>> id);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::PointKind> {
  static constexpr std::array words{std::string_view{"checkpoint"}, std::string_view{"workstation"},
                                    std::string_view{"drop_point"}};
};
