#include "care/registry/on_call.h"

namespace doorstep::registry {

std::vector<OnCall> on_call_now(api::Context& context) {
  std::vector<OnCall> rows;
  for (const store::Row& row : context.db.query(
           "SELECT s.account_id, a.name, s.role, a.phone, p.name, s.until_at, s.path FROM shift s"
           " JOIN account a ON a.id = s.account_id"
           " LEFT JOIN place p ON p.community_id = s.community_id AND p.path = s.path"
           " WHERE s.community_id = $1 AND s.from_at <= $2 AND s.until_at > $2"
           " AND NOT EXISTS (SELECT 1 FROM absence x WHERE x.community_id = s.community_id"
           " AND x.account_id = s.account_id AND x.from_at <= $2 AND x.until_at > $2)"
           " ORDER BY s.path, s.until_at DESC, s.id",
           {context.community.id, context.now})) {
    if (!context.scope.touches(row.text(6))) continue;
    rows.push_back({row.id<access::Account>(0), row.text(1), row.text(2),
                    row.maybe_text(3).value_or(""), row.maybe_text(4).value_or(""),
                    row.instant(5)});
  }
  return rows;
}

}  // namespace doorstep::registry
