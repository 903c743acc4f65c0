/// \file The manifest of a class's goods at one of three stages: by grid, by building, by door. All three
/// are made of the same parcels, so that their totals agree (E4).

#include "care/delivery/view.h"

namespace doorstep::delivery {

enum class Stage : std::uint8_t { grid, building, door };

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Stage> {
  static constexpr std::array words{std::string_view{"grid"}, std::string_view{"building"},
                                    std::string_view{"door"}};
};

namespace doorstep::delivery {
namespace {

struct Request : api::PageRequest {
  Stage stage = Stage::grid;
  std::optional<Class> kind;

  void fields(auto& f) {
    f("stage", stage);
    f("class", kind);
    page_fields(f);
  }
};

struct Bin {
  std::string path;
  std::string grid;
  std::string building;
  std::string entrance;
  std::string dwelling;
  std::int64_t total = 0;
  std::int64_t sorted = 0;
  std::int64_t weight_g = 0;
  std::optional<std::vector<std::string>> codes;  ///< Of a door's bags.

  void fields(auto& f) {
    f.at(path);
    f("grid", grid);
    f("building", building);
    f("entrance", entrance);
    f("dwelling", dwelling, api::Class::door);
    f("total", total);
    f("sorted", sorted);
    f("weight_g", weight_g);
    f("codes", codes, api::Class::door);
  }
};

/// The part of a household's path that a stage tells apart.
std::string cut(const std::string& path, Stage stage) {
  constexpr std::size_t segment = 15;
  const char last = stage == Stage::grid ? 'g' : stage == Stage::building ? 'b' : 'd';
  for (std::size_t at = 0; at + segment <= path.size(); at += segment) {
    if (path[at] == last) return path.substr(0, at + segment);
  }
  return stage == Stage::grid ? std::string{} : path;
}

/// Whole: a manifest is at most as long as a wave. What is received, not yet gone, and not held.
/// Errors: none.
Result<api::Page<Bin>> list(api::Context& context, const Request& request) {
  std::map<std::string, Bin> bins;
  Spots spots(context);
  for (const store::Row& row : context.db.query(
           "SELECT p.path, p.state, p.weight_g, p.code FROM {parcels} p"
           " WHERE p.state IN ('received', 'disinfected', 'sorted') AND p.household_id IS NOT NULL"
           " AND ($1 = '' OR p.class = $1) ORDER BY p.path, p.id",
           {request.kind ? api::word(*request.kind) : std::string_view{}})) {
    const std::string path = row.text(0);
    Bin& bin = bins[cut(path, request.stage)];
    if (bin.total == 0) {
      const Spot& spot = spots.of(path);
      bin.path = cut(path, request.stage);
      bin.grid = spot.grid;
      if (request.stage != Stage::grid) bin.building = spot.building;
      if (request.stage == Stage::door) {
        bin.entrance = spot.entrance;
        bin.dwelling = spot.dwelling;
        bin.codes.emplace();
      }
    }
    ++bin.total;
    bin.sorted += row.text(1) == "sorted" ? 1 : 0;
    bin.weight_g += row.integer(2);
    if (bin.codes) bin.codes->push_back(row.text(3));
  }
  api::Page<Bin> page;
  for (auto& [path, bin] : bins) page.rows.push_back(std::move(bin));
  return page;
}

}  // namespace

api::Endpoint list_manifest() {
  return api::list("/api/v1/manifest", "parcel.list", "The manifest by grid, building or door",
                   list);
}

}  // namespace doorstep::delivery
