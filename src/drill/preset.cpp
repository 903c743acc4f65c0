#include "drill/preset.h"

#include <algorithm>
#include <numeric>

namespace doorstep::drill {
namespace {

Day day(const char* text) {
  return *day_from_text(text);
}

/// The ordered cohorts of the article's community: 293 households, 792 persons.
std::vector<Cohort> liulian() {
  constexpr int sizes[][2] = {{6, 16},  {9, 24},  {22, 59}, {27, 73}, {24, 65}, {21, 57}, {18, 49},
                              {15, 40}, {13, 35}, {11, 30}, {8, 22},  {6, 16},  {5, 14},  {14, 38},
                              {18, 49}, {22, 59}, {12, 32}, {9, 24},  {7, 19},  {6, 16},  {5, 14},
                              {4, 11},  {3, 8},   {3, 8},   {2, 5},   {1, 3},   {1, 3},   {1, 3}};
  std::vector<Cohort> cohorts;
  Day start = day("2020-01-25");
  for (const auto& [households, persons] : sizes) {
    cohorts.push_back({start, households, persons});
    start += std::chrono::days{1};
  }
  return cohorts;
}

std::vector<Preset> all() {
  return {
      {"liulian", "六联社区", "rules/quarantine-liulian.toml", 6, 12, 8, 4, day("2020-02-21"),
       liulian(), "returnee"},
      {"langyue",
       "金地朗悦",
       "rules/quarantine-langyue.toml",
       2,
       6,
       5,
       2,
       day("2020-02-18"),
       {{day("2020-01-26"), 10, 24}, {day("2020-01-29"), 9, 22}, {day("2020-02-04"), 1, 3}},
       "returnee"},
      {"songjiang",
       "华侨社区",
       "rules/quarantine-songjiang.toml",
       3,
       6,
       6,
       2,
       day("2020-02-25"),
       {{day("2020-02-10"), 14, 36}, {day("2020-02-14"), 20, 52}, {day("2020-02-18"), 12, 30}},
       "exposed"},
      {"fumin",
       "富民花园",
       "rules/area-fumin.toml",
       5,
       20,
       7,
       7,
       day("2022-12-12"),
       {{day("2022-11-27"), 950, 1987}},
       "area"},
      {"qinghu",
       "清湖",
       "rules/quarantine-qinghu.toml",
       1,
       1,
       31,
       6,
       day("2020-02-20"),
       {{day("2020-02-09"), 183, 1083}},
       "area"},
      // An urban village: houses wall to wall, eight floors without a lift, tenants who come back in turn.
      {"hetang",
       "禾塘村",
       "rules/quarantine-liulian.toml",
       4,
       14,
       8,
       3,
       day("2020-02-22"),
       {{day("2020-02-05"), 34, 96},
        {day("2020-02-08"), 41, 118},
        {day("2020-02-12"), 28, 77},
        {day("2020-02-15"), 17, 46}},
       "returnee"},
  };
}

}  // namespace

int Preset::households() const {
  return std::accumulate(cohorts.begin(), cohorts.end(), 0,
                         [](int sum, const Cohort& one) { return sum + one.households; });
}

int Preset::persons() const {
  return std::accumulate(cohorts.begin(), cohorts.end(), 0,
                         [](int sum, const Cohort& one) { return sum + one.persons; });
}

const std::vector<Preset>& presets() {
  static const std::vector<Preset> table = all();
  return table;
}

const Preset* find_preset(std::string_view name) {
  const auto found = std::ranges::find(presets(), name, &Preset::name);
  return found == presets().end() ? nullptr : &*found;
}

}  // namespace doorstep::drill
