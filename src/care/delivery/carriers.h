#pragma once
/// \file Who can carry now, as the planner of engine/routing knows them: what they hold, how far and how
/// fast they go, on which side of the closed loop.

#include <optional>
#include <string>
#include <vector>

#include "care/delivery/parcel.h"
#include "engine/routing/wave.h"

namespace doorstep::delivery {

using access::Account;

/// What a bag weighs that nobody weighed, in grams.
inline constexpr std::int64_t usual_grams = 3'000;

[[nodiscard]] inline std::int64_t grams_of(const ParcelRow& parcel) {
  return parcel.weight_g > 0 ? parcel.weight_g : usual_grams;
}

/// Instants as the planner counts them: milliseconds since the community's midnight, at most 36 hours.
class WaveDay {
 public:
  explicit WaveDay(const api::Context& context);
  [[nodiscard]] routing::Time time_of(Instant at) const;
  [[nodiscard]] Instant instant_of(routing::Time at) const;

 private:
  Instant midnight_;
};

struct Porter {
  Id<Account> account{};
  std::string name = {};
  routing::WaveCarrier carrier = {};  ///< Without start and end, which the caller's wave decides.
  std::optional<Instant> until = {};  ///< The end of the shift.
  std::optional<std::int64_t> range_m = {};
};

/// Volunteers in force, on shift and not absent, on one side of the closed loop; of these only the ones
/// that were asked for. A grant on one grid or below it keeps them inside that grid.
std::vector<Porter> porters(const api::Context& context, const duty::Roster& roster,
                            const std::optional<std::vector<Id<Account>>>& asked, bool outside,
                            const routing::WaveRules& rules);

/// Works on the outer side of the closed loop (A35).
[[nodiscard]] bool is_outside(const api::Context& context, Id<Account> carrier);

}  // namespace doorstep::delivery
