#include "care/registry/phone_mode.h"

#include <fmt/format.h>

namespace doorstep::registry {

std::string phone_mode_sql(std::size_t parameter) {
  return fmt::format(
      "(h.digital = 'none' OR (EXISTS (SELECT 1 FROM link_token l"
      " WHERE l.community_id = h.community_id AND l.household_id = h.id AND NOT l.trusted"
      " AND l.created_at <= ${}) AND NOT EXISTS (SELECT 1 FROM link_token l"
      " WHERE l.community_id = h.community_id AND l.household_id = h.id AND NOT l.trusted"
      " AND l.revoked_at IS NULL AND l.last_used_at IS NOT NULL)))",
      parameter);
}

Instant phone_mode_before(const api::Context& context) {
  const auto days = context.rules().integer("reach.phone_after_days");
  return days.ok() ? context.now - std::chrono::hours{24 * *days} : Instant{};
}

}  // namespace doorstep::registry
