#pragma once
/// \file Benchmark files: CVRPLIB (.vrp, EUC_2D) and Solomon (.txt).

#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/routing/model.h"

namespace doorstep::routing {

struct Instance {
  std::string name;
  Problem problem;
  bool tenths = false;  ///< Costs are tenths and are printed with one decimal.
};

/// Tells the two formats apart by their keywords. Errors: invalid "routing.malformed",
/// "routing.over_capacity", "routing.out_of_range"; the hint is "LINE: reason".
[[nodiscard]] Result<Instance> read_instance(std::string_view text);

[[nodiscard]] Result<Instance> read_cvrplib(std::string_view text);
[[nodiscard]] Result<Instance> read_solomon(std::string_view text);

}  // namespace doorstep::routing
