#include "care/day/lights.h"

#include <fmt/format.h>

namespace doorstep::day {
namespace {

constexpr std::int64_t supply_days_default = 3;

}  // namespace

std::string light_sql(Light light, int first) {
  constexpr std::string_view hangs =
      "(SELECT count(*) FROM door_control c WHERE c.community_id = o.community_id"
      " AND c.household_id = o.household_id AND c.removed_at IS NULL";
  switch (light) {
    case Light::group:
      return "EXISTS (SELECT 1 FROM group_member m WHERE m.community_id = o.community_id"
             " AND m.household_id = o.household_id AND m.observation_id = o.id)";
    case Light::supplies:
      return fmt::format(
          "(NOT EXISTS (SELECT 1 FROM duty d WHERE d.community_id = o.community_id"
          " AND d.kind = 'food' AND d.subject_id = o.household_id AND d.closed_at IS NULL)"
          " AND (EXISTS (SELECT 1 FROM household s WHERE s.community_id = o.community_id"
          " AND s.id = o.household_id AND s.food_on > ${})"
          " OR EXISTS (SELECT 1 FROM customer_order x WHERE x.community_id = o.community_id"
          " AND x.household_id = o.household_id AND x.state <> 'cancelled'"
          " AND x.changed_at >= ${})))",
          first + 1, first + 2);
    case Light::report: return fmt::format("(o.reported_at >= ${})", first);
    case Light::labels:
      return fmt::format(
          "(CASE WHEN NOT o.ordered THEN {0}) = 0 ELSE {0} AND c.posted_at IS NOT NULL"
          " AND c.kind = 'sensor') = 1 OR {0} AND c.posted_at IS NOT NULL"
          " AND c.kind <> 'sensor') = 2 END)",
          hangs);
  }
  return "FALSE";
}

Result<store::Values> light_values(const api::Context& context) {
  const auto window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  const auto days = context.rules().integer("lights.supply_days");
  if (!days.ok() && days.error().code != "rules.missing") return days.error();
  const std::int64_t counted = days.ok() ? *days : supply_days_default;
  return store::Values{window.from, context.today() + std::chrono::days{1},
                       context.now - std::chrono::days{counted}};
}

std::string lights_columns(int first) {
  std::string columns;
  for (const Light light : {Light::group, Light::supplies, Light::report, Light::labels}) {
    columns += (columns.empty() ? "" : ", ") + light_sql(light, first);
  }
  return columns;
}

Lights lights_from(const store::Row& row, std::size_t first) {
  return {row.boolean(first), row.boolean(first + 1), row.boolean(first + 2),
          row.boolean(first + 3)};
}

}  // namespace doorstep::day
