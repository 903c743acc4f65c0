/// \file The diary of symptoms of everybody in a household (C12): for who releases them, and for a
/// doctor.

#include <algorithm>

#include "api/endpoint.h"
#include "care/observation/check_in.h"
#include "care/observation/diary.h"

namespace doorstep::observation {
namespace {

/// Where nothing was opened: so far back.
constexpr std::chrono::days without_observation{14};
constexpr std::chrono::days shown_max{60};

struct Request {
  Id<access::Household> household;
  void fields(auto& f) { f("household", household); }
};

struct DayView {
  Day day{};
  DayState state = DayState::unknown;
  std::optional<Celsius> temperature;
  std::string symptoms;

  void fields(auto& f) {
    f("day", day);
    f("state", state);
    f("temperature", temperature);
    f("symptoms", symptoms);
  }
};

struct PersonDiary {
  std::string path;
  Id<struct Person> person;
  std::string name;
  std::int64_t free_days = 0;  ///< Days up to today without symptoms, none of them unheard.
  std::optional<Day> last_symptoms;
  std::vector<DayView> days;

  void fields(auto& f) {
    f.at(path);
    f("person", person);
    f("name", name, api::Class::name);
    f("free_days", free_days, api::Class::health);
    f("last_symptoms", last_symptoms, api::Class::health);
    f("days", days, api::Class::health);
  }
};

struct Answer {
  Day from{};
  std::vector<PersonDiary> people;
  void fields(auto& f) {
    f("from", from);
    f("people", people);
  }
};

struct Heard {
  std::optional<std::int64_t> person;
  DiaryReport report;
};

/// By the day on which it was said, not the one on which it arrived.
Result<std::vector<Heard>> heard(api::Context& context, const Request& request, Day from) {
  const Zone& zone = context.community.zone;
  const Celsius fever{TRY(context.rules().integer("check_in.fever_tenths"))};
  std::vector<Heard> all;
  for (const store::Row& row : context.db.query(
           "SELECT person_id, wellbeing, temperature, symptoms, occurred_at FROM check_in"
           " WHERE community_id = $1 AND household_id = $2 AND recorded_at >= $3",
           {context.community.id, request.household, zone.at(from, std::chrono::minutes{0})})) {
    Heard one;
    if (!row.is_null(0)) one.person = row.integer(0);
    one.report.day = zone.day_of(row.instant(4));
    one.report.said = row.text(1) != api::word(Wellbeing::declined);
    if (!row.is_null(2)) one.report.temperature = Celsius{row.integer(2)};
    one.report.words = row.text(3);
    one.report.symptoms = row.text(1) == api::word(Wellbeing::unwell) ||
                          !one.report.words.empty() ||
                          (one.report.temperature && *one.report.temperature >= fever);
    all.push_back(std::move(one));
  }
  return all;
}

Day first_day(api::Context& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT first_day FROM observation WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL",
      {context.community.id, request.household});
  const Day today = context.today();
  const Day from = row ? row->day(0) : today - without_observation;
  return std::clamp(from, today - shown_max, today);
}

PersonDiary diary_for(api::Context& context, const store::Row& row,
                      const std::vector<Heard>& reports, Day from) {
  std::vector<DiaryReport> own;
  for (const Heard& one : reports) {
    if (!one.person || *one.person == row.integer(0)) own.push_back(one.report);
  }
  const Diary diary = diary_of(own, from, context.today());
  PersonDiary view;
  view.person = row.id<Person>(0);
  view.name = row.text(1);
  view.free_days = diary.free_days;
  view.last_symptoms = diary.last_symptoms;
  for (const DiaryDay& day : diary.days) {
    view.days.push_back({day.day, day.state, day.temperature, day.symptoms});
  }
  return view;
}

/// Errors: not_found "household.unknown".
Result<Answer> show(api::Context& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Answer answer{first_day(context, request), {}};
  const auto reports = TRY(heard(context, request, answer.from));
  for (const store::Row& row :
       context.db.query("SELECT p.id, p.name FROM residence r JOIN person p ON p.id = r.person_id"
                        " WHERE r.community_id = $1 AND r.household_id = $2 AND r.until_on IS NULL"
                        " ORDER BY p.born_on IS NULL, p.born_on, r.id",
                        {context.community.id, request.household})) {
    answer.people.push_back(diary_for(context, row, reports, answer.from));
    answer.people.back().path = home->text(0);
  }
  return answer;
}

}  // namespace

api::Endpoint show_diary() {
  return api::query("/api/v1/households/{household}/diary", "household.show",
                    "The diary of symptoms of a household", show);
}

}  // namespace doorstep::observation
