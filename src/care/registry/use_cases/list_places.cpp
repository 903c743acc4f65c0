/// \file List the places of the tree, each with how much lies below it: compounds, grids, buildings
/// and entrances, or on request the dwellings and rooms below one of them.

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "care/registry/places.h"

namespace doorstep::registry {
namespace {

struct Request : api::PageRequest {
  std::optional<Id<Place>> below;
  std::optional<PlaceKind> kind;

  void fields(auto& f) {
    f("below", below);
    f("kind", kind);
    page_fields(f);
  }
};

struct Counts {
  std::int64_t buildings = 0;
  std::int64_t entrances = 0;
  std::int64_t dwellings = 0;
  std::int64_t households = 0;
  std::int64_t persons = 0;

  void fields(auto& f) {
    f("buildings", buildings);
    f("entrances", entrances);
    f("dwellings", dwellings);
    f("households", households);
    f("persons", persons);
  }
};

struct Row {
  Id<Place> id;
  std::optional<Id<Place>> parent;
  PlaceKind kind = PlaceKind::building;
  std::string name;
  std::int64_t position = 0;
  std::optional<std::int64_t> floors;
  std::optional<bool> lift;
  std::optional<std::int64_t> floor;
  Counts counts;

  void fields(auto& f) {
    f("id", id);
    f("parent", parent);
    f("kind", kind);
    f("name", name);
    f("position", position);
    f("floors", floors);
    f("lift", lift);
    f("floor", floor);
    f("counts", counts);
  }
};

/// Adds up what lies below the places of a page: two statements for all, not three for each.
class Tally {
 public:
  explicit Tally(std::vector<std::string> paths)
      : paths_(std::move(paths)), counts_(paths_.size()) {
    for (std::size_t at = 0; at < paths_.size(); ++at) index_.emplace(paths_[at], at);
  }

  void count(api::Context& context) {
    if (paths_.empty()) return;
    // In order of path, so the first is the least; what ends last need not be the last.
    std::string until;
    for (const std::string& path : paths_) until = std::max(until, access::path_end(path));
    const store::Values range{context.community.id, paths_.front(), until};
    for (const store::Row& row :
         context.db.query("SELECT path, kind FROM place WHERE community_id = $1"
                          " AND kind IN ('building', 'entrance', 'dwelling')"
                          " AND path >= $2 AND path < $3",
                          range)) {
      const std::string& kind = row.text(1);
      add(row.text(0), kind == "building"   ? &Counts::buildings
                       : kind == "entrance" ? &Counts::entrances
                                            : &Counts::dwellings);
    }
    for (const store::Row& row : context.db.query(
             "SELECT h.path, h.ended_at IS NULL, (SELECT COUNT(*) FROM residence r"
             " WHERE r.community_id = h.community_id AND r.household_id = h.id"
             " AND r.until_on IS NULL)"
             " FROM household h WHERE h.community_id = $1 AND h.path >= $2 AND h.path < $3",
             range)) {
      if (row.boolean(1)) add(row.text(0), &Counts::households);
      add(row.text(0), &Counts::persons, row.integer(2));
    }
  }

  [[nodiscard]] const Counts& of(std::size_t at) const { return counts_[at]; }

 private:
  /// To every place of the page that `path` lies in, itself among them.
  void add(std::string_view path, std::int64_t Counts::* what, std::int64_t number = 1) {
    for (std::size_t end = path.find('/'); end != std::string_view::npos;
         end = path.find('/', end + 1)) {
      const auto found = index_.find(path.substr(0, end + 1));
      if (found != index_.end()) counts_[found->second].*what += number;
    }
  }

  std::vector<std::string> paths_;
  std::vector<Counts> counts_;
  std::unordered_map<std::string_view, std::size_t> index_;
};

/// Parents come before what lies in them. Errors: not_found "place.unknown" (`below`).
Result<api::Page<Row>> list(api::Context& context, const Request& request) {
  std::string from;
  if (request.below) {
    from = TRY(some(find_place(context, *request.below), "place.unknown")).path;
  }
  const std::string kinds =
      request.kind ? "p.kind = $5" : "p.kind IN ('compound', 'grid', 'building', 'entrance')";
  const auto rows = context.db.query(
      "SELECT " + std::string(place_columns) +
          " FROM {places} p WHERE p.path > $1 AND p.path < $2"
          " AND p.path > $3 AND " +
          kinds + " ORDER BY p.path LIMIT $4",
      {from, access::path_end(from), request.cursor.value_or(""), request.limit + 1,
       request.kind ? api::word(*request.kind) : std::string_view{}});
  api::Page<Row> page;
  std::vector<std::string> paths;
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = paths.back();
      break;
    }
    const PlaceRow place = place_from(row);
    paths.push_back(place.path);
    page.rows.push_back({place.id,
                         place.parent,
                         place.kind,
                         place.name,
                         place.position,
                         place.floors,
                         place.lift,
                         place.floor,
                         {}});
  }
  Tally tally(std::move(paths));
  tally.count(context);
  for (std::size_t at = 0; at < page.rows.size(); ++at) page.rows[at].counts = tally.of(at);
  return page;
}

}  // namespace

api::Endpoint list_places() {
  return api::list("/api/v1/places", "place.list", "List the places of the tree with their counts",
                   list);
}

}  // namespace doorstep::registry
