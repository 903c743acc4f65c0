#include "care/people/flags.h"

#include <algorithm>

namespace doorstep::people {

Result<Ages> Ages::of(const RulePack& rules) {
  return Ages{TRY(rules.integer("care.child_under_years")),
              TRY(rules.integer("care.elder_alone_from_years"))};
}

std::optional<std::int64_t> years_old(Day born_on, Day today) {
  if (born_on > today) return std::nullopt;
  const std::chrono::year_month_day born{std::chrono::sys_days{born_on.time_since_epoch()}};
  const std::chrono::year_month_day now{std::chrono::sys_days{today.time_since_epoch()}};
  const bool before = std::pair{now.month(), now.day()} < std::pair{born.month(), born.day()};
  return int{now.year()} - int{born.year()} - (before ? 1 : 0);
}

std::optional<Flag> flag_of(const std::vector<std::optional<Day>>& born, Day today,
                            const Ages& ages) {
  if (born.empty()) return std::nullopt;
  std::vector<std::int64_t> years;
  for (const auto& one : born) {
    const auto age = one ? years_old(*one, today) : std::nullopt;
    if (!age) return std::nullopt;
    years.push_back(*age);
  }
  const auto [youngest, oldest] = std::ranges::minmax(years);
  if (oldest < ages.child_under) return Flag::child_alone;
  if (youngest < ages.elder_from) return std::nullopt;
  return years.size() == 1 ? Flag::elder_alone : Flag::only_elders;
}

}  // namespace doorstep::people
