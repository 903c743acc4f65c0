#include "care/registry/import_dwellings.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

#include "base/text.h"
#include "care/registry/bulk.h"
#include "care/registry/door_text.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

using Node = std::shared_ptr<PlaceRow>;

Error invalid(const char* reason) {
  return {ErrorKind::invalid, reason};
}

std::string key_of(const PlaceRow& place) {
  switch (place.kind) {
    case PlaceKind::building: return building_key(place.name);
    case PlaceKind::entrance: return entrance_key(place.name);
    case PlaceKind::dwelling: return dwelling_key(place.name);
    default: return area_key(place.name);
  }
}

/// The part of the tree that a slice touches, as it is and as it becomes.
class Tree {
 public:
  Tree(const ImportSlice& slice, std::span<const Result<WantedDwelling>> rows);

  /// Finds or makes everything down to the dwelling. Errors: the reasons of a row, of which then
  /// nothing is left.
  Result<RowResult> place(const WantedDwelling& wanted);
  /// Writes what was made since the last time.
  void flush();
  /// The floors of entrances that no row says: as high as their highest dwelling.
  void raise_floors();

 private:
  using Key = std::tuple<std::int64_t, PlaceKind, std::string>;

  void load(const std::vector<store::Value>& parents);
  void keep(Node node);
  Node find(std::int64_t parent, PlaceKind kind, const std::string& key) const;
  Node make(const Node& parent, PlaceKind kind, const std::string& name, RowResult& result);
  Result<RowResult> walk_down(const WantedDwelling& wanted);
  void forget(std::size_t made_before);
  Result<Node> building(const WantedDwelling& wanted, const Node& compound, RowResult& result);
  Result<Node> area(const WantedDwelling& wanted, const Node& compound, RowResult& result);
  void join_grid(const Node& building, const Node& grid, RowResult& result);
  void set(const Node& node, const WantedDwelling& wanted, bool made, RowResult& result);
  void change(const Node& node, const char* what, std::optional<std::int64_t> before,
              std::int64_t after, RowResult& result);

  const ImportSlice& slice_;
  std::map<Key, Node> children_;
  std::multimap<std::string, Node> buildings_;
  std::map<std::int64_t, Node> by_id_;
  std::vector<Node> made_;
  std::map<std::int64_t, std::pair<Node, std::int64_t>> heights_;
};

Tree::Tree(const ImportSlice& slice, std::span<const Result<WantedDwelling>> rows) : slice_(slice) {
  const std::string columns(place_columns);
  for (const store::Row& row : slice.tx.query("SELECT " + columns +
                                                  " FROM place p WHERE p.community_id = $1"
                                                  " AND p.kind IN ('compound', 'grid')",
                                              {slice.community})) {
    keep(std::make_shared<PlaceRow>(place_from(row)));
  }
  std::vector<store::Value> keys;
  for (const Result<WantedDwelling>& row : rows) {
    if (row.ok()) keys.emplace_back("b" + building_key(row->building));
  }
  std::vector<store::Value> parents;
  query_in(slice.tx,
           "SELECT " + columns +
               " FROM search_key k JOIN place p"
               " ON p.community_id = k.community_id AND p.id = k.subject_id"
               " WHERE k.community_id = $1 AND k.key IN ({keys})",
           {slice.community}, keys, [&](const store::Row& row) {
             keep(std::make_shared<PlaceRow>(place_from(row)));
             parents.push_back(row[0]);
           });
  load(parents);
}

/// What lies below buildings, and below their entrances.
void Tree::load(const std::vector<store::Value>& parents) {
  if (parents.empty()) return;
  std::vector<store::Value> entrances;
  query_in(slice_.tx,
           "SELECT " + std::string(place_columns) +
               " FROM place p WHERE p.community_id = $1 AND p.parent_id IN ({keys})",
           {slice_.community}, parents, [&](const store::Row& row) {
             const Node node = std::make_shared<PlaceRow>(place_from(row));
             keep(node);
             if (node->kind == PlaceKind::entrance) entrances.emplace_back(node->id);
           });
  load(entrances);
}

void Tree::keep(Node node) {
  const std::int64_t parent = node->parent ? node->parent->value() : 0;
  const std::string key = key_of(*node);
  if (node->kind == PlaceKind::building) buildings_.emplace(key, node);
  children_.emplace(Key{parent, node->kind, key}, node);
  by_id_.emplace(node->id.value(), std::move(node));
}

Node Tree::find(std::int64_t parent, PlaceKind kind, const std::string& key) const {
  const auto found = children_.find(Key{parent, kind, key});
  return found == children_.end() ? nullptr : found->second;
}

Node Tree::make(const Node& parent, PlaceKind kind, const std::string& name, RowResult& result) {
  auto node = std::make_shared<PlaceRow>();
  node->id = slice_.new_id<Place>();
  if (parent) node->parent = parent->id;
  node->kind = kind;
  node->name = name;
  node->path = access::path_below(parent ? parent->path : "", path_letter(kind), node->id.value());
  node->position = position_of(kind, name);
  keep(node);
  made_.push_back(node);
  result.state = RowState::fresh;
  result.made.places.push_back(node->id);
  return node;
}

/// The grid that the row names, else its compound, else nothing.
Result<Node> Tree::area(const WantedDwelling& wanted, const Node& compound, RowResult& result) {
  if (wanted.grid.empty()) return compound;
  const std::string key = area_key(wanted.grid);
  if (Node grid = find(compound ? compound->id.value() : 0, PlaceKind::grid, key)) return grid;
  if (!compound) {
    std::vector<Node> others;
    for (const auto& [where, node] : children_) {
      if (node->kind == PlaceKind::grid && std::get<2>(where) == key) others.push_back(node);
    }
    if (others.size() == 1) return others.front();
  }
  return make(compound, PlaceKind::grid, wanted.grid, result);
}

Result<Node> Tree::building(const WantedDwelling& wanted, const Node& compound, RowResult& result) {
  const std::string key = building_key(wanted.building);
  const Node area_said = TRY(area(wanted, compound, result));
  std::vector<Node> candidates;
  const auto [from, to] = buildings_.equal_range(key);
  for (auto at = from; at != to; ++at) {
    if (!compound || at->second->path.starts_with(compound->path)) candidates.push_back(at->second);
  }
  if (candidates.size() > 1 && area_said) {
    std::erase_if(candidates, [&](const Node& one) { return one->parent != area_said->id; });
    if (candidates.empty()) return invalid("import.ambiguous_building");
  }
  if (candidates.size() > 1) return invalid("import.ambiguous_building");
  if (candidates.empty()) return make(area_said, PlaceKind::building, wanted.building, result);
  const Node found = candidates.front();
  if (wanted.grid.empty() || found->parent == area_said->id) return found;
  const auto lies_in = found->parent ? by_id_.find(found->parent->value()) : by_id_.end();
  if (lies_in != by_id_.end() && lies_in->second->kind == PlaceKind::grid) {
    return invalid("import.other_grid");
  }
  join_grid(found, area_said, result);
  return found;
}

void Tree::join_grid(const Node& building, const Node& grid, RowResult& result) {
  const std::string before = building->path;
  Change change{"parent", Id<Anything>{building->id.value()}};
  if (building->parent) change.before = to_text(*building->parent);
  change.after = to_text(grid->id);
  result.made.changes.push_back(std::move(change));
  if (result.state != RowState::fresh) result.state = RowState::changed;
  result.reason = "import.joins_grid";
  if (slice_.write) {
    flush();
    move_subtree(slice_.tx, slice_.community, *building, *grid);
  }
  building->parent = grid->id;
  const std::string after = access::path_below(grid->path, 'b', building->id.value());
  for (const auto& [id, node] : by_id_) {
    if (node->path.starts_with(before)) node->path = after + node->path.substr(before.size());
  }
}

void Tree::change(const Node& node, const char* what, std::optional<std::int64_t> before,
                  std::int64_t after, RowResult& result) {
  Change change{what, Id<Anything>{node->id.value()}};
  if (before) change.before = std::to_string(*before);
  change.after = std::to_string(after);
  result.made.changes.push_back(std::move(change));
  if (result.state != RowState::fresh) result.state = RowState::changed;
  if (!slice_.write) return;
  flush();
  const bool truth = std::string_view(what) == "lift";
  slice_.tx.post(
      "UPDATE place SET " + std::string(what) + " = $1 WHERE community_id = $2 AND id = $3",
      {truth ? store::Value(after != 0) : store::Value(after), slice_.community, node->id});
}

/// Floors and lift of an entrance, or of a building without any.
void Tree::set(const Node& node, const WantedDwelling& wanted, bool made, RowResult& result) {
  if (wanted.floors && node->floors != wanted.floors) {
    if (!made) change(node, "floors", node->floors, *wanted.floors, result);
    node->floors = wanted.floors;
  }
  if (wanted.lift && node->lift != wanted.lift) {
    const auto before = node->lift ? std::optional<std::int64_t>(*node->lift) : std::nullopt;
    if (!made) change(node, "lift", before, *wanted.lift ? 1 : 0, result);
    node->lift = wanted.lift;
  }
}

void Tree::forget(std::size_t made_before) {
  while (made_.size() > made_before) {
    const Node node = made_.back();
    made_.pop_back();
    by_id_.erase(node->id.value());
    children_.erase(Key{node->parent ? node->parent->value() : 0, node->kind, key_of(*node)});
    std::erase_if(buildings_, [&](const auto& one) { return one.second == node; });
  }
}

Result<RowResult> Tree::place(const WantedDwelling& wanted) {
  const std::size_t made_before = made_.size();
  Result<RowResult> result = walk_down(wanted);
  if (!result.ok()) forget(made_before);
  return result;
}

Result<RowResult> Tree::walk_down(const WantedDwelling& wanted) {
  RowResult result;
  const std::size_t made_before = made_.size();
  Node above;
  if (!wanted.compound.empty()) {
    above = find(0, PlaceKind::compound, area_key(wanted.compound));
    if (!above) above = make(nullptr, PlaceKind::compound, wanted.compound, result);
  }
  above = TRY(building(wanted, above, result));
  if (!wanted.entrance.empty()) {
    const std::string key = entrance_key(wanted.entrance);
    Node entrance = find(above->id.value(), PlaceKind::entrance, key);
    if (!entrance) entrance = make(above, PlaceKind::entrance, wanted.entrance, result);
    above = entrance;
  }
  const bool fresh_above =
      std::find(made_.begin() + std::ptrdiff_t(made_before), made_.end(), above) != made_.end();
  set(above, wanted, fresh_above, result);
  Node dwelling = find(above->id.value(), PlaceKind::dwelling, dwelling_key(wanted.door));
  if (!dwelling) {
    dwelling = make(above, PlaceKind::dwelling, wanted.door, result);
    dwelling->floor = wanted.floor ? wanted.floor : floor_of(wanted.door);
  } else if (wanted.floor && dwelling->floor != wanted.floor) {
    change(dwelling, "floor", dwelling->floor, *wanted.floor, result);
    dwelling->floor = wanted.floor;
  }
  if (!wanted.floors && dwelling->floor) {
    auto& [node, height] = heights_[above->id.value()];
    node = above;
    height = std::max(height, *dwelling->floor);
  }
  return result;
}

void Tree::raise_floors() {
  for (auto& [id, entry] : heights_) {
    auto& [node, height] = entry;
    if (height < 1 || node->floors.value_or(0) >= height) continue;
    node->floors = height;
    const bool waiting = std::ranges::find(made_, node) != made_.end();
    if (slice_.write && !waiting) {
      slice_.tx.post("UPDATE place SET floors = $1 WHERE community_id = $2 AND id = $3",
                     {height, slice_.community, id});
    }
  }
}

void Tree::flush() {
  std::vector<PlaceRow> rows;
  std::vector<SearchKey> keys;
  for (const Node& node : made_) {
    rows.push_back(*node);
    if (node->kind == PlaceKind::building) append_building_key(keys, node->id, node->name);
    if (node->kind != PlaceKind::dwelling) continue;
    const Node above = by_id_.at(node->parent->value());
    const bool entrance = above->kind == PlaceKind::entrance;
    const Node building = entrance ? by_id_.at(above->parent->value()) : above;
    append_dwelling_keys(keys, node->id, building->name, entrance ? above->name : "", node->name);
  }
  made_.clear();
  insert_places(slice_.tx, slice_.community, rows);
  insert_first_search_keys(slice_.tx, slice_.community, std::move(keys));
}

}  // namespace

std::vector<RowResult> process_dwellings(const ImportSlice& slice, const Mapping& mapping,
                                         std::span<const ImportLine> lines) {
  std::vector<Result<WantedDwelling>> rows;
  rows.reserve(lines.size());
  for (const ImportLine& line : lines) rows.push_back(read_dwelling(FieldCells(mapping, line)));
  Tree tree(slice, rows);
  std::vector<RowResult> results;
  results.reserve(rows.size());
  for (const Result<WantedDwelling>& row : rows) {
    Result<RowResult> result = row.ok() ? tree.place(*row) : Result<RowResult>(row.error());
    if (!result.ok()) {
      results.push_back({RowState::invalid, result.error().code});
      continue;
    }
    const std::string building = area_key(row->compound) + '|' + building_key(row->building);
    result->about = {building, building + '|' + entrance_key(row->entrance),
                     building + '|' + entrance_key(row->entrance) + '|' + dwelling_key(row->door)};
    results.push_back(std::move(result).value());
  }
  tree.raise_floors();
  if (slice.write) tree.flush();
  return results;
}

}  // namespace doorstep::registry
