#pragma once
/// \file The diary of symptoms (C12): what was heard of each person, day by day, and for how many days
/// nothing was wrong.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "base/time.h"
#include "base/units.h"

namespace doorstep::observation {

/// What one day says of one person. `unknown`: nobody heard of them, or they would not say.
enum class DayState : std::uint8_t { unknown, well, symptoms };

struct DiaryDay {
  Day day{};
  DayState state = DayState::unknown;
  std::optional<Celsius> temperature = {};  ///< The highest of the day.
  std::string symptoms = {};                ///< Words of Symptom, in order, each once.
};

/// One report, as far as it concerns a person: of them alone, or of the whole household.
struct DiaryReport {
  Day day{};
  bool said = true;       ///< False: declined.
  bool symptoms = false;  ///< Unwell, any symptom, or fever.
  std::optional<Celsius> temperature = {};
  std::string words = {};
};

struct Diary {
  std::vector<DiaryDay> days = {};  ///< From the first day to today, each once.
  std::int64_t free_days = 0;  ///< So many days up to today without symptoms, none of them unknown.
  std::optional<Day> last_symptoms = {};
};

/// `reports` in any order. A day with symptoms in one report is a day with symptoms, whatever the others
/// say; today counts once somebody was heard, and does not break the run before that.
[[nodiscard]] Diary diary_of(const std::vector<DiaryReport>& reports, Day first, Day today);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::DayState> {
  static constexpr std::array words{std::string_view{"unknown"}, std::string_view{"well"},
                                    std::string_view{"symptoms"}};
};
