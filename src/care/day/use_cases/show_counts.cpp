/// \file Households and persons under observation: now, at the peak and altogether (A12).

#include <algorithm>
#include <map>

#include "api/endpoint.h"

namespace doorstep::day {
namespace {

struct Series {
  std::int64_t current = 0;
  std::int64_t peak = 0;
  std::int64_t cumulative = 0;
  std::optional<Day> peak_on;
  void fields(auto& f) {
    f("current", current);
    f("peak", peak);
    f("cumulative", cumulative);
    f("peak_on", peak_on);
  }
};

struct Answer {
  Series households;
  Series persons;
  void fields(auto& f) {
    f("households", households);
    f("persons", persons);
  }
};

/// The largest number that was open at once: steps in time order, an end before a start.
class Peak {
 public:
  void open(Instant from, const std::optional<Instant>& until, std::int64_t size) {
    steps_[from] += size;
    if (until) steps_[*until] -= size;
  }
  void into(Series& series, const Zone& zone) const {
    std::int64_t open = 0;
    for (const auto& [at, change] : steps_) {
      open += change;
      if (open <= series.peak) continue;
      series.peak = open;
      series.peak_on = zone.day_of(at);
    }
    series.current = open;
  }

 private:
  std::map<Instant, std::int64_t> steps_;
};

Result<Answer> show(api::Context& context, const api::Nothing&) {
  Answer answer;
  Peak households;
  Peak persons;
  std::map<std::int64_t, std::int64_t> people;  ///< By household: counted once, however often.
  context.db.each(
      "SELECT o.household_id, o.opened_at, o.ended_at, (SELECT count(*) FROM residence r"
      " WHERE r.community_id = o.community_id AND r.household_id = o.household_id"
      " AND r.until_on IS NULL) FROM {observations} o"
      " WHERE o.end_reason IS NULL OR o.end_reason <> 'entered_in_error'",
      {}, [&](const store::Row& row) {
        households.open(row.instant(1), row.maybe_instant(2), 1);
        persons.open(row.instant(1), row.maybe_instant(2), row.integer(3));
        people[row.integer(0)] = row.integer(3);
        return true;
      });
  households.into(answer.households, context.community.zone);
  persons.into(answer.persons, context.community.zone);
  answer.households.cumulative = static_cast<std::int64_t>(people.size());
  for (const auto& [household, size] : people) answer.persons.cumulative += size;
  return answer;
}

}  // namespace

api::Endpoint show_counts() {
  return api::query("/api/v1/observations/counts", "today.show",
                    "Households and persons under observation", show);
}

}  // namespace doorstep::day
