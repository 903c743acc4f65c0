#pragma once
/// \file Places: the nodes of a community's tree, and the one place where a subtree is moved.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::registry {

using access::Place;

enum class PlaceKind : std::uint8_t { compound, grid, building, entrance, dwelling, room };

/// The letter of a kind in a place path; a household's is 'h'.
[[nodiscard]] char path_letter(PlaceKind kind);

/// Whether a place of this kind may lie directly below `parent`, or below the community itself.
/// A compound lies below the community, a grid below that or a compound, a building below any of
/// these, an entrance below a building, a dwelling below an entrance or (without one) a building.
[[nodiscard]] bool may_lie_below(PlaceKind kind, std::optional<PlaceKind> parent);

struct PlaceRow {
  Id<Place> id{};
  std::optional<Id<Place>> parent = {};  ///< None: directly below the community.
  PlaceKind kind = PlaceKind::building;
  std::string name = {};                    ///< "10栋".
  std::string path = {};                    ///< See access/path.h.
  std::int64_t position = 0;                ///< Order among its siblings; a dwelling's column.
  std::optional<std::int64_t> floors = {};  ///< Of a building or entrance.
  std::optional<bool> lift = {};            ///< Of an entrance.
  std::optional<std::int64_t> floor = {};   ///< Of a dwelling.
};

/// The columns of place in the order in which place_from() reads them, each after "p.".
inline constexpr std::string_view place_columns =
    "p.id, p.parent_id, p.kind, p.name, p.path, p.position, p.floors, p.lift, p.floor";
inline constexpr std::size_t place_column_count = 9;
[[nodiscard]] PlaceRow place_from(const store::Row& row, std::size_t first = 0);

struct NewPlace {
  PlaceKind kind = PlaceKind::building;
  std::optional<Id<Place>> parent = {};
  std::string name = {};
  std::optional<std::int64_t> position = {};  ///< None: from the number in the name.
  std::optional<std::int64_t> floors = {};
  std::optional<bool> lift = {};
  std::optional<std::int64_t> floor = {};  ///< None for a dwelling: from its name ("301" is 3).
};

/// A place inside the scope.
std::optional<PlaceRow> find_place(const api::Context& context, Id<Place> id);

/// Adds a place, its path and its search keys. Does not journal.
/// Errors: not_found "place.unknown" (the parent, or outside the scope); forbidden "access.denied"
/// (below the community itself without the whole of it in scope); invalid "place.name" (empty or
/// over 60 characters), "place.parent" (a kind that may not lie there), "place.floors",
/// "place.floor"; conflict "place.duplicate" (a sibling of this name).
Result<PlaceRow> create_place(api::WriteContext& context, const NewPlace& place);

/// The name as it is kept: NFKC, without space around. Errors: invalid "place.name".
Result<std::string> clean_place_name(std::string_view name);

/// Errors: invalid "place.floors" (a count outside 1..200), "place.floor" (outside -10..200).
Result<void> check_floors(std::optional<std::int64_t> floors, std::optional<std::int64_t> floor);

/// Where a place of this name stands among its siblings: the number in it ("10栋" is 10, "B座" 2);
/// a dwelling's last two digits ("301" is 1). 0 where there is none.
[[nodiscard]] std::int64_t position_of(PlaceKind kind, std::string_view name);

/// The floor that a door's number tells: "301" is 3, "1203" is 12; none for "12" and "A".
[[nodiscard]] std::optional<std::int64_t> floor_of(std::string_view door);

/// A sibling of this kind with this name.
std::optional<PlaceRow> find_child(store::Snapshot& db, Id<access::Community> community,
                                   std::optional<Id<Place>> parent, PlaceKind kind,
                                   std::string_view name);

/// Inserts rows as they are; nothing is checked.
void insert_places(store::Transaction& tx, Id<access::Community> community,
                   std::span<const PlaceRow> places);

/// Hangs `place` below `parent` (none: the community) and rewrites every path below it, in every
/// table of `tables_with_path`, so that all that lies there goes along. Returns the place as it now
/// is. Requires that it may lie there and that no sibling has its name.
PlaceRow move_subtree(store::Transaction& tx, Id<access::Community> community,
                      const PlaceRow& place, const std::optional<PlaceRow>& parent);

/// Every table with a column `path` of place paths. A new one is added here.
inline constexpr std::array<std::string_view, 15> tables_with_path{
    "place",       "household",   "observation", "access_grant",   "shift",
    "duty",        "parcel",      "run",         "goods_point",    "need",
    "area_status", "care_person", "message",     "customer_order", "subject_request"};

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::PlaceKind> {
  static constexpr std::array words{"compound", "grid", "building", "entrance", "dwelling", "room"};
};
