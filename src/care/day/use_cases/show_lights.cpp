/// \file How many households under observation have which of the four lights on (M5). The list of those
/// where one is off is the register with the filter `off`.

#include "care/day/lights.h"

namespace doorstep::day {
namespace {

struct Request {
  std::optional<Id<access::Place>> place;
  void fields(auto& f) { f("place", place); }
};

struct Answer {
  std::int64_t households = 0;  ///< Under observation.
  std::int64_t group = 0;
  std::int64_t supplies = 0;
  std::int64_t report = 0;
  std::int64_t labels = 0;
  std::int64_t all = 0;  ///< With all four on.

  void fields(auto& f) {
    f("households", households);
    f("group", group);
    f("supplies", supplies);
    f("report", report);
    f("labels", labels);
    f("all", all);
  }
};

/// Errors: not_found "place.unknown".
Result<Answer> show(api::Context& context, const Request& request) {
  std::string from;
  if (request.place) {
    const auto place =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.place});
    if (!place) return Error{ErrorKind::not_found, "place.unknown"};
    from = place->text(0);
  }
  store::Values values = TRY(light_values(context));
  values.emplace_back(from);
  values.emplace_back(access::path_end(from));
  Answer answer;
  context.db.each("SELECT " + lights_columns(1) +
                      " FROM {observations} o WHERE o.ended_at IS NULL"
                      " AND o.path > $4 AND o.path < $5",
                  values, [&](const store::Row& row) {
                    const Lights on = lights_from(row, 0);
                    ++answer.households;
                    answer.group += on.group ? 1 : 0;
                    answer.supplies += on.supplies ? 1 : 0;
                    answer.report += on.report ? 1 : 0;
                    answer.labels += on.labels ? 1 : 0;
                    answer.all += on.group && on.supplies && on.report && on.labels ? 1 : 0;
                    return true;
                  });
  return answer;
}

}  // namespace

api::Endpoint show_lights() {
  return api::query("/api/v1/lights", "today.show", "The four lights of the households", show);
}

}  // namespace doorstep::day
