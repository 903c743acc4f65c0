#include "care/delivery/windows.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace doorstep::delivery {
namespace {

/// Of one class on one day, in the order of the day.
Result<std::vector<Window>> windows_of(const RulePack& rules, const Zone& zone, Class kind,
                                       Day day) {
  std::vector<Window> windows;
  for (std::size_t at = 0; at < rules.count("delivery.windows"); ++at) {
    const std::string key = fmt::format("delivery.windows[{}].", at);
    if (TRY(rules.string(key + "class")) != api::word(kind)) continue;
    windows.push_back({zone.at(day, TRY(rules.time_of_day(key + "from"))),
                       zone.at(day, TRY(rules.time_of_day(key + "until")))});
  }
  if (windows.empty()) {
    return Error{ErrorKind::invalid, "rules.missing",
                 fmt::format("delivery.windows of class {}", api::word(kind))};
  }
  std::ranges::sort(windows, {}, &Window::from);
  return windows;
}

}  // namespace

Result<Instant> day_until(const RulePack& rules, const Zone& zone, Instant now) {
  return zone.at(zone.day_of(now), TRY(rules.time_of_day("delivery.day_until")));
}

Result<Window> window_for(const RulePack& rules, const Zone& zone, Class kind, Instant now) {
  const Day today = zone.day_of(now);
  for (const Window& one : TRY(windows_of(rules, zone, kind, today))) {
    if (one.until > now) return one;
  }
  const Instant end = TRY(day_until(rules, zone, now));
  if (now < end) {
    const std::chrono::minutes soon{TRY(rules.integer("delivery.late_minutes"))};
    return Window{now, std::min<Instant>(now + soon, end), true};
  }
  Window next = TRY(windows_of(rules, zone, kind, today + std::chrono::days{1})).front();
  next.overnight = true;
  return next;
}

Result<Disinfect> disinfect_rule(const RulePack& rules) {
  const auto word = TRY(rules.string("delivery.disinfect"));
  const auto rule = api::from_word<Disinfect>(word);
  if (!rule) return Error{ErrorKind::invalid, "rules.wrong_type", "delivery.disinfect"};
  return *rule;
}

}  // namespace doorstep::delivery
