/// \file Report what is missing in the organisation.

#include "care/registry/gaps.h"
#include "care/registry/responsible.h"

namespace doorstep::registry {
namespace {

struct HouseholdDoor {
  std::string path;
  Id<access::Household> id;
  Id<access::Place> dwelling;
  std::string door;
  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
  }
};

struct Gaps {
  std::vector<PlaceName> buildings_in_no_grid;
  std::vector<PlaceName> buildings_without_team;
  std::int64_t without_worker = 0;
  std::vector<HouseholdDoor> households_without_worker;  ///< The first 200.
  std::vector<GridStaffing> grids;

  void fields(auto& f) {
    f("buildings_in_no_grid", buildings_in_no_grid);
    f("buildings_without_team", buildings_without_team);
    f("without_worker", without_worker);
    f("households_without_worker", households_without_worker);
    f("grids", grids);
  }
};

Result<Gaps> list(api::Context& context, const api::Nothing&) {
  Gaps gaps;
  gaps.buildings_in_no_grid = buildings_in_no_grid(context);
  gaps.buildings_without_team = buildings_without_team(context);
  gaps.without_worker = count_without_worker(context);
  gaps.grids = TRY(grid_staffing(context));
  if (gaps.without_worker == 0) return gaps;
  for (const store::Row& row : context.db.query(
           "SELECT h.path, h.id, h.dwelling_id, h.door FROM {households} h WHERE h.ended_at IS "
           "NULL AND "
           "NOT EXISTS"
           " (SELECT 1 FROM access_grant g WHERE g.community_id = h.community_id"
           " AND g.role = 'worker' AND g.from_at <= $1 AND (g.until_at IS NULL OR g.until_at > $1)"
           " AND substr(h.path, 1, length(g.path)) = g.path) ORDER BY h.path LIMIT 200",
           {context.now})) {
    gaps.households_without_worker.push_back(
        {row.text(0), row.id<access::Household>(1), row.id<access::Place>(2), row.text(3)});
  }
  return gaps;
}

}  // namespace

api::Endpoint list_gaps() {
  return api::query("/api/v1/gaps", "gap.list", "What is missing in the organisation", list);
}

}  // namespace doorstep::registry
