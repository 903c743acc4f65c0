/// \file Add a place where goods lie: a gate's checkpoint, the receiving point, a building's drop point
/// (A8, E17); or a designated shop that a shuttle fetches them from (E19).

#include <fmt/format.h>

#include "care/delivery/points.h"
#include "care/registry/households.h"
#include "care/registry/staff.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t name_length_max = 30;
constexpr std::int64_t metres_max = 100'000;

struct Request {
  PointKind kind = PointKind::workstation;
  std::string name;
  std::optional<Id<access::Place>> place;  ///< What it serves; absent: the whole community.
  std::optional<bool> outside;
  std::optional<std::int64_t> east_m;  ///< Metres from the receiving point; absent: beside it.
  std::optional<std::int64_t> north_m;

  void fields(auto& f) {
    f("kind", kind);
    f("name", name);
    f("place", place);
    f("outside", outside);
    f("east_m", east_m);
    f("north_m", north_m);
  }
};

struct Added {
  Id<Point> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "point.name" (empty, or over 30 characters), "point.far" (over 100 km away); conflict "point.duplicate"; those of
/// registry::path_of().
Result<Added> add(api::WriteContext& context, const Request& request) {
  const std::string path = TRY(registry::path_of(context, request.place));
  const std::string name = TRY(registry::clean_text(request.name, name_length_max, "point.name"));
  if (name.empty()) return Error{ErrorKind::invalid, "point.name"};
  const std::int64_t east = request.east_m.value_or(0);
  const std::int64_t north = request.north_m.value_or(0);
  const auto far = [](std::int64_t metres) { return metres < -metres_max || metres > metres_max; };
  if (far(east) || far(north)) {
    return Error{ErrorKind::invalid, "point.far"};
  }
  if (context.db.first("SELECT 1 FROM goods_point WHERE community_id = $1 AND name = $2"
                       " AND closed_at IS NULL",
                       {context.community.id, name})) {
    return Error{ErrorKind::conflict, "point.duplicate"};
  }
  const auto id = context.new_id<Point>();
  context.tx.run(
      "INSERT INTO goods_point (community_id, id, kind, name, path, outside, created_at, east_m,"
      " north_m) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {context.community.id, id, api::word(request.kind), name, path,
       request.outside.value_or(false), context.now, east, north});
  context.journal("point.added", id.value(), path,
                  fmt::format(R"({{"kind":"{}"}})", api::word(request.kind)));
  return Added{id};
}

}  // namespace

api::Endpoint add_point() {
  return api::command(api::Method::post, "/api/v1/points", "point.edit",
                      "Add a place where goods lie", add);
}

}  // namespace doorstep::delivery
