/// \file The last days: how many households had not reported when the window closed.

#include <algorithm>

#include "api/endpoint.h"
#include "care/observation/windows.h"

namespace doorstep::day {
namespace {

constexpr int days_shown = 14;

struct CutOff {
  Day day{};
  Instant at{};
  std::int64_t due = 0;   ///< Households under observation then.
  std::int64_t left = 0;  ///< Of these, without a report inside the window.

  void fields(auto& f) {
    f("day", day);
    f("at", at);
    f("due", due);
    f("left", left);
  }
};

struct History {
  std::vector<CutOff> rows;  ///< Oldest first; days on which nobody was asked are left out.
  void fields(auto& f) { f("rows", rows); }
};

/// Reported is a household of which one report spoke for all, or each of them for themselves.
CutOff count(api::Context& context, Day day, const observation::Window& window) {
  // The reports of the window lie side by side; of one household those of many days would have to be passed.
  const std::string spoke_for_all =
      "SELECT c.household_id FROM check_in c WHERE c.community_id = $4 AND c.recorded_at >= $1"
      " AND c.recorded_at < $2 AND c.person_id IS NULL";
  const std::string spoke =
      "SELECT 1 FROM check_in c WHERE c.community_id = o.community_id"
      " AND c.household_id = o.household_id AND c.recorded_at >= $1 AND c.recorded_at < $2"
      " AND c.person_id = r.person_id";
  const std::string lived =
      "SELECT 1 FROM residence r WHERE r.community_id = o.community_id"
      " AND r.household_id = o.household_id AND r.from_on <= $3"
      " AND (r.until_on IS NULL OR r.until_on > $3)";
  const auto row = context.db.first(
      "SELECT count(*), count(*) FILTER (WHERE o.household_id NOT IN (" + spoke_for_all +
          ") AND NOT (EXISTS (" + lived + ") AND NOT EXISTS (" + lived + " AND NOT EXISTS (" +
          spoke + ")))) FROM {observations} o"
          " WHERE o.opened_at < $2 AND (o.ended_at IS NULL OR o.ended_at >= $2)"
          " AND (o.end_reason IS NULL OR o.end_reason NOT IN ('entered_in_error', 'merged'))",
      {window.from, window.until, day, context.community.id});
  return {day, window.until, row->integer(0), row->integer(1)};
}

Result<History> show(api::Context& context, const api::Nothing&) {
  using std::chrono::days;
  History history;
  const Zone& zone = context.community.zone;
  const auto first = context.db.first("SELECT min(o.opened_at) FROM {observations} o")->maybe_instant(0);
  if (!first) return history;
  const Day from = std::max(context.today() - days{days_shown - 1}, zone.day_of(*first));
  for (Day day = from; day <= context.today(); day += days{1}) {
    const auto window = TRY(observation::last_window_of(context.rules(), zone, day));
    if (window.until > context.now) break;
    const CutOff one = count(context, day, window);
    if (one.due > 0) history.rows.push_back(one);
  }
  return history;
}

}  // namespace

api::Endpoint show_history() {
  return api::query("/api/v1/today/history", "today.show",
                    "Who had not reported when the window closed, day by day", show);
}

}  // namespace doorstep::day
