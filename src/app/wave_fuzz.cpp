/// \file No WAVE.json makes the reader or the planner crash; a plan that comes out is clean, names
/// every stop once, and prints.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "app/wave/answer.h"
#include "app/wave/reader.h"
#include "base/check.h"
#include "engine/routing/dispatch.h"

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doorstep;  // NOLINT(google-build-using-namespace): one function
  const auto wave = app::read_wave({reinterpret_cast<const char*>(data), size});
  if (!wave || wave->stops.size() > 40 || wave->carriers.size() > 40) return 0;
  const auto plan = routing::dispatch(*wave, {10, 0, {}}, {}, true);
  if (!plan) return 0;
  CHECK(plan->faults.empty());
  std::set<std::string> seen;
  for (const auto& run : plan->runs) {
    for (const auto& stop : run.stops) CHECK(seen.insert(stop.stop).second);
  }
  for (const auto& left : plan->unserved) CHECK(seen.insert(left.stop).second);
  CHECK(seen.size() == wave->stops.size());
  CHECK(!app::answer_text(*wave, *plan, {}).empty());
  return 0;
}
