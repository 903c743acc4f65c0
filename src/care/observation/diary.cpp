#include "care/observation/diary.h"

#include <algorithm>
#include <set>

namespace doorstep::observation {
namespace {

/// "cough fever" and "cough" make "cough fever".
std::string join_words(const std::string& one, const std::string& other) {
  std::set<std::string> all;
  for (const std::string* text : {&one, &other}) {
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->find(' ', at), text->size());
      if (end > at) all.insert(text->substr(at, end - at));
      at = end + 1;
    }
  }
  std::string joined;
  for (const std::string& word : all) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

void note(DiaryDay& day, const DiaryReport& report) {
  if (report.symptoms) {
    day.state = DayState::symptoms;
  } else if (report.said && day.state == DayState::unknown) {
    day.state = DayState::well;
  }
  if (report.temperature) day.temperature = std::max(day.temperature, report.temperature);
  day.symptoms = join_words(day.symptoms, report.words);
}

}  // namespace

Diary diary_of(const std::vector<DiaryReport>& reports, Day first, Day today) {
  Diary diary;
  for (Day day = first; day <= today; day += std::chrono::days{1}) diary.days.push_back({day});
  for (const DiaryReport& report : reports) {
    if (report.day < first || report.day > today) continue;
    note(diary.days[static_cast<std::size_t>((report.day - first).count())], report);
  }
  for (const DiaryDay& day : diary.days) {
    if (day.state == DayState::symptoms) diary.last_symptoms = day.day;
  }
  for (auto day = diary.days.rbegin(); day != diary.days.rend(); ++day) {
    const bool yet_to_come = day == diary.days.rbegin() && day->state == DayState::unknown;
    if (yet_to_come) continue;
    if (day->state != DayState::well) break;
    ++diary.free_days;
  }
  return diary;
}

}  // namespace doorstep::observation
