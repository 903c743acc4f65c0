#include "care/observation/presence.h"

namespace doorstep::observation {

Result<std::int64_t> open_round(api::WriteContext& context, const std::string& path,
                                const duty::Roster& roster) {
  const std::chrono::hours within{TRY(context.rules().integer("presence.hours"))};
  std::int64_t doors = 0;
  for (const store::Row& row : context.db.query(
           "SELECT p.id, p.path FROM place p WHERE p.community_id = $1 AND p.kind = 'dwelling'"
           " AND p.path >= $2 AND p.path < $3 AND NOT EXISTS (SELECT 1 FROM household h"
           " WHERE h.community_id = p.community_id AND h.dwelling_id = p.id"
           " AND h.ended_at IS NULL) ORDER BY p.path",
           {context.community.id, path, access::path_end(path)})) {
    TRY(duty::open(context, presence,
                   {row.integer(0), row.text(1), context.now, context.now + within}, roster));
    ++doors;
  }
  return doors;
}

}  // namespace doorstep::observation
