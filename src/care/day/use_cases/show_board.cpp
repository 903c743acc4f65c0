/// \file The elevation board: buildings as houses, doors as windows, each in its state.

#include <algorithm>
#include <map>

#include "care/day/board.h"
#include "care/registry/responsible.h"

namespace doorstep::day {
namespace {

struct Request {
  std::optional<Id<access::Place>> building;

  void fields(auto& f) { f("building", building); }
};

struct GridView {
  Id<access::Place> id;
  std::string name;
  std::optional<std::string> head;
  std::int64_t left = 0;  ///< Doors that need somebody: due, overdue or alarm.

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("head", head);
    f("left", left);
  }
};

struct EntranceView {
  Id<access::Place> id;
  std::string name;
  bool lift = false;
  std::int64_t floors = 0;

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("lift", lift);
    f("floors", floors);
  }
};

struct CellView {
  Id<access::Place> id;
  std::int64_t entrance = 0;  ///< Index in the building's entrances.
  std::int64_t floor = 0;
  std::string door;
  SafeState state = SafeState::empty;
  std::int64_t households = 0;
  std::optional<bool> care;  ///< True or left out: a board has thousands of doors.

  void fields(auto& f) {
    f("id", id);
    f("e", entrance);
    f("f", floor);
    f("n", door);
    f("s", state);
    f("h", households);
    f("c", care);
  }
};

struct BuildingView {
  Id<access::Place> id;
  std::string name;
  std::optional<Id<access::Place>> grid;
  std::int64_t left = 0;
  std::vector<EntranceView> entrances;
  std::vector<CellView> cells;

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("grid", grid);
    f("left", left);
    f("entrances", entrances);
    f("cells", cells);
  }
};

struct Board {
  std::int64_t seq = 0;
  Instant as_of{};
  Counts counts;
  std::vector<GridView> grids;
  std::vector<BuildingView> buildings;

  void fields(auto& f) {
    f("seq", seq);
    f("as_of", as_of);
    f("counts", counts);
    f("grids", grids);
    f("buildings", buildings);
  }
};

bool needs_somebody(SafeState state) {
  return state == SafeState::due || state == SafeState::overdue || state == SafeState::alarm;
}

/// Entrances by building, each in its position.
std::map<std::int64_t, std::vector<EntranceView>> entrances_of(api::Context& context) {
  std::map<std::int64_t, std::vector<EntranceView>> found;
  for (const store::Row& row :
       context.db.query("SELECT p.parent_id, p.id, p.name, p.lift, p.floors FROM {places} p"
                        " WHERE p.kind = 'entrance' ORDER BY p.position, p.name")) {
    found[row.integer(0)].push_back({row.id<access::Place>(1), row.text(2),
                                     !row.is_null(3) && row.boolean(3),
                                     row.maybe_integer(4).value_or(0)});
  }
  return found;
}

std::vector<CellView> cells_of(const BuildingView& building, const std::vector<Cell>& cells) {
  std::map<std::int64_t, std::int64_t> index;
  for (const EntranceView& entrance : building.entrances) {
    index.emplace(entrance.id.value(), static_cast<std::int64_t>(index.size()));
  }
  std::vector<CellView> views;
  for (const Cell& cell : cells) {
    const auto entrance = index.find(access::id_in_path(cell.path, 'e').value_or(0));
    views.push_back({cell.id, entrance == index.end() ? 0 : entrance->second, cell.floor, cell.door,
                     cell.state, cell.households, cell.care ? std::optional(true) : std::nullopt});
  }
  std::ranges::sort(views, {}, [](const CellView& view) {
    return std::tuple(view.entrance, view.floor, view.door.size(), view.door);
  });
  return views;
}

/// Errors: not_found "place.unknown" for a building outside the scope.
Result<Board> show(api::Context& context, const Request& request) {
  Board board;
  board.seq = seq_of(context);
  board.as_of = context.now;
  std::string prefix;
  if (request.building) {
    const auto row =
        context.db.first("SELECT p.path FROM {places} p WHERE p.id = $1", {*request.building});
    if (!row) return Error{ErrorKind::not_found, "place.unknown"};
    prefix = row->text(0);
  }
  std::map<std::int64_t, std::vector<Cell>> by_building;
  for (Cell& cell : TRY(cells_below(context, prefix, board.counts))) {
    by_building[access::id_in_path(cell.path, 'b').value_or(0)].push_back(std::move(cell));
  }
  std::map<std::int64_t, std::int64_t> left_in_grid;
  auto entrances = entrances_of(context);
  for (const store::Row& row :
       context.db.query("SELECT p.id, p.name, p.path FROM {places} p WHERE p.kind = 'building'"
                        " AND p.path >= $1 AND p.path < $2 ORDER BY p.position, p.name",
                        {prefix, access::path_end(prefix)})) {
    BuildingView view{row.id<access::Place>(0), row.text(1), {}, 0, {}, {}};
    const auto grid = access::id_in_path(row.text(2), 'g');
    if (grid) view.grid = Id<access::Place>{*grid};
    view.entrances = std::move(entrances[view.id.value()]);
    view.cells = cells_of(view, by_building[view.id.value()]);
    view.left = std::ranges::count_if(view.cells,
                                      [](const CellView& c) { return needs_somebody(c.state); });
    if (grid) left_in_grid[*grid] += view.left;
    board.buildings.push_back(std::move(view));
  }
  for (const store::Row& row :
       context.db.query("SELECT p.id, p.name, p.path FROM {places} p WHERE p.kind = 'grid'"
                        " ORDER BY p.position, p.name")) {
    GridView view{row.id<access::Place>(0), row.text(1), {}, left_in_grid[row.integer(0)]};
    const auto head = registry::holder_of(context, row.text(2), access::Role::grid_head);
    if (head) view.head = head->name;
    board.grids.push_back(std::move(view));
  }
  return board;
}

}  // namespace

api::Endpoint show_board() {
  return api::query("/api/v1/board", "board.show", "Every door and its state", show);
}

}  // namespace doorstep::day
