#pragma once
/// \file The four measures for each household under an order (M5): it has joined the group, its supplies
/// are sure, it reports daily, and what an order brings hangs at the door. Each is a light, on or off,
/// and follows from what is recorded elsewhere; nobody ticks it.

#include <array>
#include <string>

#include "api/endpoint.h"
#include "care/observation/windows.h"

namespace doorstep::day {

enum class Light : std::uint8_t {
  group,     ///< Joined the group of its observation.
  supplies,  ///< Food for two days or more, or something ordered within `lights.supply_days`.
  report,    ///< Heard of inside the window that decides.
  labels,    ///< Both labels hang, or a sensor is in place; after an order, nothing hangs any more.
};

struct Lights {
  bool group = false;
  bool supplies = false;
  bool report = false;
  bool labels = false;

  void fields(auto& f) {
    f("group", group);
    f("supplies", supplies);
    f("report", report);
    f("labels", labels);
  }
};

/// The condition under which a light is on, over `observation o`. Its three parameters are named from
/// `first` on: the window's beginning, tomorrow, and since when an order counts.
[[nodiscard]] std::string light_sql(Light light, int first);

/// The three values of light_sql(). Errors: those of the rule pack.
Result<store::Values> light_values(const api::Context& context);

/// Columns of four booleans, in the order of Light; parameters as in light_sql().
[[nodiscard]] std::string lights_columns(int first);
[[nodiscard]] Lights lights_from(const store::Row& row, std::size_t first);

}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Light> {
  static constexpr std::array words{std::string_view{"group"}, std::string_view{"supplies"},
                                    std::string_view{"report"}, std::string_view{"labels"}};
};
