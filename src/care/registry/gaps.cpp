#include "care/registry/gaps.h"

namespace doorstep::registry {
namespace {

std::vector<PlaceName> names(const store::Rows& rows) {
  std::vector<PlaceName> found;
  for (const store::Row& row : rows) found.push_back({row.id<access::Place>(0), row.text(1)});
  return found;
}

}  // namespace

std::vector<PlaceName> buildings_in_no_grid(api::Context& context) {
  return names(context.db.query(
      "SELECT b.id, b.name FROM {places} b LEFT JOIN place g ON g.community_id = b.community_id"
      " AND g.id = b.parent_id AND g.kind = 'grid' WHERE b.kind = 'building' AND g.id IS NULL"
      " ORDER BY b.position, b.name"));
}

std::vector<PlaceName> buildings_without_team(api::Context& context) {
  return names(context.db.query(
      "SELECT b.id, b.name FROM {places} b LEFT JOIN team_building t"
      " ON t.community_id = b.community_id AND t.place_id = b.id WHERE b.kind = 'building'"
      " AND t.team_id IS NULL ORDER BY b.position, b.name"));
}

Result<std::vector<GridStaffing>> grid_staffing(api::Context& context) {
  // Where a pack asks for no staffing, no grid is short of it.
  const auto asked = context.rules().integer("staffing.heads");
  if (!asked.ok() && asked.error().code == "rules.missing") return std::vector<GridStaffing>{};
  const std::int64_t heads = TRY(asked);
  const std::int64_t cadres = TRY(context.rules().integer("staffing.cadres"));
  std::vector<GridStaffing> grids;
  for (const store::Row& row :
       context.db.query("SELECT p.id, p.name, p.path FROM {places} p WHERE p.kind = 'grid'"
                        " ORDER BY p.position, p.name")) {
    const auto counted = context.db.first(
        "SELECT count(DISTINCT account_id) FILTER (WHERE role = 'grid_head' AND path = $2),"
        " count(DISTINCT account_id) FILTER (WHERE role = 'cadre' AND path = $2),"
        " count(DISTINCT account_id) FILTER (WHERE role NOT IN ('grid_head', 'cadre'))"
        " FROM access_grant WHERE community_id = $1 AND path >= $2 AND path < $3"
        " AND from_at <= $4 AND (until_at IS NULL OR until_at > $4)",
        {context.community.id, row.text(2), access::path_end(row.text(2)), context.now});
    GridStaffing grid{row.id<access::Place>(0), row.text(1),         counted->integer(0),
                      counted->integer(1),      counted->integer(2), {}};
    grid.state = grid.head < heads || grid.cadres < cadres ? "red" : "ok";
    grids.push_back(std::move(grid));
  }
  return grids;
}

}  // namespace doorstep::registry
