#pragma once
/// \file What is missing in the organisation: buildings in no grid or with no group, households
/// without a worker, grids below the staffing rule (A2, A17, A26, A27).

#include "api/endpoint.h"

namespace doorstep::registry {

struct PlaceName {
  Id<access::Place> id{};
  std::string name = {};
  void fields(auto& f) {
    f("id", id);
    f("name", name);
  }
};

/// The rule "1+2+N" of one grid: red below the rule pack's staffing.heads or staffing.cadres.
struct GridStaffing {
  Id<access::Place> id{};
  std::string name = {};
  std::int64_t head = 0;
  std::int64_t cadres = 0;
  std::int64_t members = 0;  ///< N: everyone else with a role in the grid.
  std::string state = {};    ///< "ok" or "red".

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("head", head);
    f("cadres", cadres);
    f("members", members);
    f("state", state);
  }
};

std::vector<PlaceName> buildings_in_no_grid(api::Context& context);
std::vector<PlaceName> buildings_without_team(api::Context& context);
Result<std::vector<GridStaffing>> grid_staffing(api::Context& context);

}  // namespace doorstep::registry
