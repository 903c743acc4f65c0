/// \file List the places of the tree, each with how much lies below it: compounds, grids, buildings
/// and entrances, or on request the dwellings and rooms below one of them.

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

Counts count_below(api::Context& context, const std::string& path) {
  Counts counts;
  const store::Values range{context.community.id, path, access::path_end(path)};
  for (const store::Row& row :
       context.db.query("SELECT kind, COUNT(*) FROM place WHERE community_id = $1"
                        " AND kind IN ('building', 'entrance', 'dwelling')"
                        " AND path >= $2 AND path < $3 GROUP BY kind",
                        range)) {
    const std::string& kind = row.text(0);
    std::int64_t& count = kind == "building"   ? counts.buildings
                          : kind == "entrance" ? counts.entrances
                                               : counts.dwellings;
    count = row.integer(1);
  }
  counts.households = context.db
                          .first(
                              "SELECT COUNT(*) FROM household WHERE community_id = $1"
                              " AND path >= $2 AND path < $3 AND ended_at IS NULL",
                              range)
                          ->integer(0);
  counts.persons = context.db
                       .first(
                           "SELECT COUNT(*) FROM household h JOIN residence r"
                           " ON r.community_id = h.community_id AND r.household_id = h.id"
                           " WHERE h.community_id = $1 AND h.path >= $2 AND h.path < $3"
                           " AND r.until_on IS NULL",
                           range)
                       ->integer(0);
  return counts;
}

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
  std::string last;
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = last;
      break;
    }
    const PlaceRow place = place_from(row);
    last = place.path;
    page.rows.push_back({place.id, place.parent, place.kind, place.name, place.position,
                         place.floors, place.lift, place.floor, count_below(context, place.path)});
  }
  return page;
}

}  // namespace

api::Endpoint list_places() {
  return api::list("/api/v1/places", "place.list", "List the places of the tree with their counts",
                   list);
}

}  // namespace doorstep::registry
