#pragma once
/// \file Parcels as the pages see them: where they belong, told level by level.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "care/delivery/parcel.h"

namespace doorstep::delivery {

/// Where a parcel belongs, as the sorters read it from across the room.
struct Spot {
  std::string grid = {};
  std::string building = {};
  std::string entrance = {};
  std::string dwelling = {};
  std::int64_t building_position = 0;
  std::int64_t floor = 0;
};

/// The names along place paths of one community, each read once.
class Spots {
 public:
  explicit Spots(const api::Context& context) : context_(context) {}
  [[nodiscard]] const Spot& of(const std::string& path);

 private:
  struct Named {
    std::string name = {};
    std::int64_t position = 0;
    std::int64_t floor = 0;
  };
  /// Reads the places along a path that are not known yet, in one statement.
  void look_up(std::string_view path);
  [[nodiscard]] const Named& place(std::string_view path, char letter) const;

  const api::Context& context_;
  std::map<std::int64_t, Named> places_ = {};
  std::map<std::string, Spot> spots_ = {};
};

struct ParcelView {
  std::string path;
  Id<Parcel> id;
  std::string code;
  Class kind = Class::parcel;
  Goods goods = Goods::daily;
  State state = State::expected;
  std::optional<std::string> reason;
  std::optional<Id<access::Household>> household;
  std::string door;
  std::string grid;
  std::string building;
  std::string entrance;
  std::string dwelling;
  std::int64_t number = 1;
  std::int64_t of = 1;  ///< How many bags its origin has.
  std::int64_t weight_g = 0;
  bool ordered = false;
  std::optional<Id<Point>> point;
  std::optional<Id<access::Run>> run;
  std::optional<Instant> window_from;
  std::optional<Instant> due;
  bool late = false;
  std::optional<std::string> proof;
  std::optional<Instant> received_at;
  std::optional<Instant> disinfected_at;
  std::optional<Instant> sorted_at;
  std::optional<Instant> closed_at;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("code", code);
    f("class", kind);
    f("goods", goods);
    f("state", state);
    f("reason", reason);
    f("household", household);
    f("door", door, api::Class::door);
    f("grid", grid);
    f("building", building);
    f("entrance", entrance);
    f("dwelling", dwelling, api::Class::door);
    f("number", number);
    f("of", of);
    f("weight_g", weight_g);
    f("ordered", ordered);
    f("point", point);
    f("run", run);
    f("window_from", window_from);
    f("due", due);
    f("late", late);
    f("proof", proof);
    f("received_at", received_at);
    f("disinfected_at", disinfected_at);
    f("sorted_at", sorted_at);
    f("closed_at", closed_at);
  }
};

/// What a query has to select after the columns of the parcel (alias p): the door of its household
/// (alias h) and how many bags its origin has.
inline constexpr std::string_view view_columns =
    ", h.door, CASE WHEN p.origin_id IS NULL THEN 1 ELSE (SELECT count(*) FROM parcel q"
    " WHERE q.community_id = p.community_id AND q.origin_kind = p.origin_kind"
    " AND q.origin_id = p.origin_id AND q.state <> 'cancelled') END";
inline constexpr std::string_view view_join =
    " LEFT JOIN household h ON h.community_id = p.community_id AND h.id = p.household_id";

/// Who gave or took goods, as it is told: an account by its name, anything else as it was written.
[[nodiscard]] std::optional<std::string> name_of_counterpart(
    const api::Context& context, const std::optional<std::string>& counterpart);

[[nodiscard]] ParcelView view_from(const store::Row& row, Spots& spots);
/// One parcel of the community, freshly read. Requires that it exists.
[[nodiscard]] ParcelView view_of(const api::Context& context, Id<Parcel> id);

}  // namespace doorstep::delivery
