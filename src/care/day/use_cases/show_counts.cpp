/// \file Households and persons under observation: now, at the peak and altogether (A12); those who stay by
/// choice counted in, and beside it who has to stay alone.

#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

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

struct Counted {
  Series households;
  Series persons;
  void fields(auto& f) {
    f("households", households);
    f("persons", persons);
  }
};

struct Answer {
  Counted all;
  Counted ordered;  ///< Without those who stay by choice (C5).
  void fields(auto& f) {
    all.fields(f);
    f("ordered", ordered);
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

/// How many live in each household of the community now; none where nobody does.
using Living = std::unordered_map<std::int64_t, std::int64_t>;

Living living_now(api::Context& context) {
  Living living;
  context.db.each(
      "SELECT r.household_id, count(*) FROM residence r WHERE r.community_id = $1"
      " AND r.until_on IS NULL GROUP BY r.household_id",
      {context.community.id}, [&](const store::Row& row) {
        living.emplace(row.integer(0), row.integer(1));
        return true;
      });
  return living;
}

/// Of rows (household, from, until); until NULL: still open.
Counted count(api::Context& context, const Living& living, std::string_view sql) {
  Counted counted;
  Peak households;
  Peak persons;
  std::unordered_set<std::int64_t> seen;  ///< Each household counts once, however often.
  context.db.each(sql, {context.community.id}, [&](const store::Row& row) {
    households.open(row.instant(1), row.maybe_instant(2), 1);
    const auto known = living.find(row.integer(0));
    const std::int64_t size = known == living.end() ? 0 : known->second;
    persons.open(row.instant(1), row.maybe_instant(2), size);
    if (seen.insert(row.integer(0)).second) counted.persons.cumulative += size;
    return true;
  });
  households.into(counted.households, context.community.zone);
  persons.into(counted.persons, context.community.zone);
  counted.households.cumulative = std::ssize(seen);
  return counted;
}

Result<Answer> show(api::Context& context, const api::Nothing&) {
  constexpr std::string_view in_error =
      "o.end_reason IS NULL OR o.end_reason NOT IN ('entered_in_error', 'merged')";
  const Living living = living_now(context);
  Answer answer;
  answer.all = count(context, living,
                     fmt::format("SELECT o.household_id, o.opened_at, o.ended_at"
                                 " FROM {{observations}} o WHERE o.community_id = $1 AND ({})",
                                 in_error));
  // Its orders may follow each other: it counts from the first to the end of the last.
  answer.ordered =
      count(context, living,
            fmt::format("SELECT o.household_id, g.from_at, g.until_at"
                        " FROM {{observations}} o JOIN (SELECT community_id, observation_id,"
                        " min(opened_at) AS from_at, CASE WHEN count(*) = count(ended_at)"
                        " THEN max(ended_at) END AS until_at FROM observation_ground"
                        " WHERE community_id = $1 AND ground <> 'voluntary' GROUP BY "
                        "community_id, observation_id) g"
                        " ON g.community_id = o.community_id AND g.observation_id = o.id"
                        " WHERE {}",
                        in_error));
  return answer;
}

}  // namespace

api::Endpoint show_counts() {
  return api::query("/api/v1/observations/counts", "today.show",
                    "Households and persons under observation", show);
}

}  // namespace doorstep::day
