#include "care/observation/windows.h"

#include <fmt/format.h>

namespace doorstep::observation {

Result<Window> deciding_window(const RulePack& rules, const Zone& zone, Instant now) {
  const Day today = zone.day_of(now);
  std::optional<Window> found;
  for (const Day day : {today - std::chrono::days{1}, today}) {
    for (std::size_t at = 0; at < rules.count("check_in.windows"); ++at) {
      const std::string key = fmt::format("check_in.windows[{}].", at);
      Window window{TRY(rules.string(key + "name")),
                    zone.at(day, TRY(rules.time_of_day(key + "from"))),
                    zone.at(day, TRY(rules.time_of_day(key + "until")))};
      if (window.from <= now) found = std::move(window);
    }
  }
  if (!found) return Error{ErrorKind::invalid, "rules.missing", "check_in.windows"};
  return *found;
}

SafeState state_of(const Reported& reported, const Window& window, Instant now) {
  if (reported.unwell_at > Instant{} && !reported.seen_at) return SafeState::alarm;
  if (reported.reported_at >= window.from) return SafeState::safe;
  return now < window.until ? SafeState::due : SafeState::overdue;
}

}  // namespace doorstep::observation
