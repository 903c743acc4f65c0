#pragma once
/// \file How long to search, and what the search says while it runs.

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/routing/model.h"

namespace doorstep::routing {

/// Iterations give the same plan on any machine. Seconds are what `clock` says (CPU time, usually);
/// where both are set, the first to be reached ends the search.
struct Budget {
  std::int64_t iterations = 0;  ///< 0 = no limit.
  double seconds = 0;           ///< 0 = no limit; else `clock` is required.
  /// Seconds since the call began; monotone. Asked on several threads where there are several.
  std::function<double()> clock;
};

struct Progress {
  std::int64_t iterations = 0;
  Cost best = 0;
  Cost current = 0;
  std::size_t unserved = 0;
};

struct Options {
  std::uint64_t seed = 1;
  /// Grids that are borders are searched side by side on as many; the plan is the same.
  std::int32_t threads = 1;
  /// Called some times a second, by one thread at a time; may be empty.
  std::function<void(const Progress&)> progress;
  std::vector<Node> focus;  ///< Search around these stops alone; empty = everywhere.
  /// Knobs, in per mille where not said otherwise; the defaults are what the benchmarks use.
  std::int32_t heat = 0;     ///< Start temperature in per mille of the mean granular arc; 0 = auto.
  std::int32_t cooling = 0;  ///< Start over end temperature; 0 = auto.
  std::int32_t mean_ruin = 0;  ///< 0 = auto.
  std::int32_t longest = 0;
  std::int32_t places = 0;
};

}  // namespace doorstep::routing
