#include "care/observation/windows.h"

#include <vector>

#include <fmt/format.h>

namespace doorstep::observation {

namespace {

/// The windows of one day, in the pack's order, which is the order of the day. A pack without check-ins
/// has those of its care calls (N29).
Result<std::vector<Window>> windows_of(const RulePack& rules, const Zone& zone, Day day) {
  std::vector<Window> windows;
  const std::string_view table =
      rules.count("check_in.windows") > 0 ? "check_in.windows" : "care.windows";
  for (std::size_t at = 0; at < rules.count(table); ++at) {
    const std::string key = fmt::format("{}[{}].", table, at);
    windows.push_back({TRY(rules.string(key + "name")),
                       zone.at(day, TRY(rules.time_of_day(key + "from"))),
                       zone.at(day, TRY(rules.time_of_day(key + "until")))});
  }
  if (windows.empty()) return Error{ErrorKind::invalid, "rules.missing", "check_in.windows"};
  return windows;
}

}  // namespace

Result<Window> deciding_window(const RulePack& rules, const Zone& zone, Instant now) {
  const Day today = zone.day_of(now);
  std::optional<Window> found;
  for (const Day day : {today - std::chrono::days{1}, today}) {
    for (Window& window : TRY(windows_of(rules, zone, day))) {
      if (window.from <= now) found = std::move(window);
    }
  }
  if (!found) return Error{ErrorKind::invalid, "rules.missing", "check_in.windows"};
  return *found;
}

namespace {

/// The first that fits, from the day of `from` on.
template <class Fit>
Result<Window> first_that(const RulePack& rules, const Zone& zone, Instant from, Fit fit) {
  const Day today = zone.day_of(from);
  for (int ahead = 0; ahead <= 2; ++ahead) {
    for (Window& window : TRY(windows_of(rules, zone, today + std::chrono::days{ahead}))) {
      if (fit(window)) return std::move(window);
    }
  }
  return Error{ErrorKind::invalid, "rules.missing", "check_in.windows"};
}

}  // namespace

Result<Window> first_window(const RulePack& rules, const Zone& zone, Instant now) {
  return first_that(rules, zone, now, [&](const Window& one) { return one.until > now; });
}

Result<Window> window_after(const RulePack& rules, const Zone& zone, const Window& window) {
  return first_that(rules, zone, window.from,
                    [&](const Window& one) { return one.from > window.from; });
}

Result<Window> last_window_of(const RulePack& rules, const Zone& zone, Day day) {
  return TRY(windows_of(rules, zone, day)).back();
}

SafeState state_of(const Reported& reported, const Window& window, Instant now) {
  if (reported.unwell_at > Instant{} && !reported.seen_at) return SafeState::alarm;
  if (reported.reported_at >= window.from) return SafeState::safe;
  const bool asked = reported.opened_at < window.until;
  return now < window.until || !asked ? SafeState::due : SafeState::overdue;
}

}  // namespace doorstep::observation
