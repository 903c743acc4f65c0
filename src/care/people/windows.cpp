#include "care/people/windows.h"

#include <algorithm>

#include <fmt/format.h>

namespace doorstep::people {
namespace {

Error unfit(std::string what) {
  return {ErrorKind::invalid, "rules.level", std::move(what)};
}

Result<LevelStep> step_at(const RulePack& rules, std::size_t at) {
  const std::string key = fmt::format("level.steps[{}].", at);
  LevelStep step{TRY(rules.string(key + "name")), TRY(rules.string(key + "label"))};
  const auto from = rules.integer(key + "from_tenths");
  if (!from.ok() && from.error().code != "rules.missing") return from.error();
  if (from.ok()) step.from_tenths = *from;
  step.windows = TRY(rules.strings(key + "windows"));
  return step;
}

/// Names of the windows. Errors: those of the rule pack; invalid "rules.level" where two overlap.
Result<std::vector<std::string>> window_names(const RulePack& rules) {
  std::vector<std::string> names;
  std::chrono::minutes before{-1};
  for (std::size_t at = 0; at < rules.count("care.windows"); ++at) {
    const std::string key = fmt::format("care.windows[{}].", at);
    names.push_back(TRY(rules.string(key + "name")));
    const auto from = TRY(rules.time_of_day(key + "from"));
    const auto until = TRY(rules.time_of_day(key + "until"));
    if (from < before || until <= from || std::ranges::count(names, names.back()) > 1) {
      return unfit("care.windows: " + names.back());
    }
    before = until;
  }
  return names;
}

}  // namespace

bool has_windows(const RulePack& rules) {
  return rules.count("care.windows") > 0;
}

Result<std::vector<CareWindow>> care_windows(const RulePack& rules, const Zone& zone, Day day) {
  std::vector<CareWindow> windows;
  for (std::size_t at = 0; at < rules.count("care.windows"); ++at) {
    const std::string key = fmt::format("care.windows[{}].", at);
    windows.push_back({TRY(rules.string(key + "name")), TRY(rules.string(key + "label")),
                       zone.at(day, TRY(rules.time_of_day(key + "from"))),
                       zone.at(day, TRY(rules.time_of_day(key + "until")))});
  }
  return windows;
}

Result<Hazard> Hazard::of(const RulePack& rules) {
  Hazard hazard{TRY(rules.string("level.unit")), TRY(rules.string("level.unsaid"))};
  const auto windows = TRY(window_names(rules));
  for (std::size_t at = 0; at < rules.count("level.steps"); ++at) {
    LevelStep step = TRY(step_at(rules, at));
    for (const std::string& window : step.windows) {
      if (!std::ranges::count(windows, window)) return unfit("level.steps: window " + window);
    }
    const bool lowest = hazard.steps.empty();
    if (lowest == step.from_tenths.has_value() || hazard.find(step.name) != nullptr) {
      return unfit("level.steps: " + step.name);
    }
    if (!lowest &&
        hazard.steps.back().from_tenths.value_or(*step.from_tenths - 1) >= *step.from_tenths) {
      return unfit("level.steps: " + step.name);
    }
    hazard.steps.push_back(std::move(step));
  }
  if (hazard.find(hazard.unsaid) == nullptr) return unfit("level.unsaid: " + hazard.unsaid);
  return hazard;
}

const LevelStep* Hazard::find(std::string_view name) const {
  const auto found = std::ranges::find(steps, name, &LevelStep::name);
  return found == steps.end() ? nullptr : &*found;
}

const LevelStep& Hazard::reached(std::int64_t tenths) const {
  const LevelStep* found = &steps.front();
  for (const LevelStep& step : steps) {
    if (step.from_tenths && *step.from_tenths <= tenths) found = &step;
  }
  return *found;
}

}  // namespace doorstep::people
