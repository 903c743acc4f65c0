/// \file No file makes the readers crash, and what they accept can be solved and checked.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "engine/routing/checker.h"
#include "engine/routing/readers.h"
#include "engine/routing/solve.h"

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep::routing;  // NOLINT(google-build-using-namespace): one function
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto instance = read_instance(text);
  if (!instance || instance->problem.stops.size() > 60) return 0;
  const Outcome outcome = solve(instance->problem, {30, 0, {}}, {});
  const Report report = check(instance->problem, outcome.plan);
  CHECK(report.clean());
  CHECK(report.cost == outcome.cost);
  return 0;
}
