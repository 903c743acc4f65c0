#include "care/observation/period.h"

namespace doorstep::observation {

using std::chrono::days;

Result<ObservationPeriod> ObservationPeriod::after_event(const RulePack& rules, Day event,
                                                         std::optional<std::int64_t> length) {
  const std::int64_t offset = TRY(rules.integer("observation.first_day_offset"));
  const std::int64_t longest = TRY(rules.integer("observation.length_days_max"));
  const std::int64_t usual = TRY(rules.integer("observation.length_days"));
  const std::int64_t asked = length.value_or(usual);
  if (asked < 1 || asked > longest) return Error{ErrorKind::invalid, "observation.length"};
  const Day first = event + days{offset};
  return ObservationPeriod{first, first + days{asked}};
}

std::optional<std::int64_t> day_number(Day first_day, std::int64_t length, Day today) {
  const std::int64_t number = (today - first_day).count() + 1;
  return number >= 1 && number <= length ? std::optional(number) : std::nullopt;
}

}  // namespace doorstep::observation
