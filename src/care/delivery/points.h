#pragma once
/// \file Points: where goods lie. Checkpoints at the gates, the workstation that receives, drop points of
/// buildings (A8, E1, E17); and the designated shops that shuttles fetch them from (E19).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "care/delivery/parcel.h"

namespace doorstep::delivery {

enum class PointKind : std::uint8_t {
  checkpoint,
  workstation,
  drop_point,
  shop,  ///< Goods are taken up there; nothing of ours lies there.
};

struct PointRow {
  Id<Point> id{};
  PointKind kind = PointKind::workstation;
  std::string name = {};
  std::string path = {};
  bool outside = false;     ///< On the outer side of the closed loop.
  std::int64_t east_m = 0;  ///< Metres from the receiving point.
  std::int64_t north_m = 0;
};

/// An open point at which goods can lie; without `id` the only workstation. Errors: not_found
/// "point.unknown" (also a shop); conflict "point.which" (none was named, and there is none or more than
/// one workstation).
Result<PointRow> find_point(const api::Context& context, std::optional<Id<Point>> id);

/// Every open point, shops too, those outside first.
std::vector<PointRow> all_points(const api::Context& context);

/// The parcel has come to the point: where it lies, when it was received, which window it is for; held where
/// nobody knows whose it is, or its household has left. Takes no step. Errors: those of the rule pack.
Result<void> come_to(const api::Context& context, const PointRow& point, ParcelRow& parcel);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::PointKind> {
  static constexpr std::array words{std::string_view{"checkpoint"}, std::string_view{"workstation"},
                                    std::string_view{"drop_point"}, std::string_view{"shop"}};
};
