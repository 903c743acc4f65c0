#pragma once
/// \file ObservationPeriod: the days a household is asked to stay home, and the day it is released.

#include <chrono>
#include <optional>

#include "base/result.h"
#include "base/rules.h"
#include "base/time.h"

namespace doorstep::observation {

/// A run of whole civil days in the community's zone. It is a value: to change it, replace it.
///
/// Day 1 is the day after the start event (rule pack: observation.first_day_offset = 1). With the
/// event on 7 Feb and 14 days, day 1 is 8 Feb, day 14 is 21 Feb, release on 22 Feb, 00:00 local.
/// Source: 14 days in S0 and S1, 10 days in S4; the convention of day 1 is the glossary's.
class ObservationPeriod {
 public:
  /// `length` empty: the rule pack's. Errors: invalid "observation.length" when not in
  /// 1..observation.length_days_max.
  static Result<ObservationPeriod> after_event(const RulePack& rules, Day event,
                                               std::optional<std::int64_t> length);

  [[nodiscard]] Day first_day() const { return first_day_; }
  [[nodiscard]] Day release_day() const { return release_day_; }  ///< The first free day.
  [[nodiscard]] std::int64_t length() const { return (release_day_ - first_day_).count(); }

  friend bool operator==(const ObservationPeriod&, const ObservationPeriod&) = default;

 private:
  ObservationPeriod(Day first_day, Day release_day)
      : first_day_(first_day), release_day_(release_day) {}
  Day first_day_;
  Day release_day_;
};

/// From 1 on the first day to `length`; none before the first day and after the last.
[[nodiscard]] std::optional<std::int64_t> day_number(Day first_day, std::int64_t length, Day today);

}  // namespace doorstep::observation
