#pragma once
/// \file A planned wave as the JSON that `doorstep plan` prints.

#include <string>

#include "engine/routing/dispatch.h"

namespace doorstep::app {

/// How the plan came about.
struct Effort {
  std::uint64_t seed = 1;
  std::int32_t threads = 1;
  double cpu_seconds = 0;
  double wall_seconds = 0;
};

/// One JSON object, without a line's end. docs/routing.md names its members.
[[nodiscard]] std::string answer_text(const routing::Wave& wave, const routing::Dispatch& plan,
                                      const Effort& effort);

}  // namespace doorstep::app
