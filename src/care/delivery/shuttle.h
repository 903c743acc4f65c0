#pragma once
/// \file Shuttles: one carrier's way from designated shops to the compound's points, with several pick-ups
/// and drops, each drop after its pick-up and never more on board than the vehicle holds (E19, E18). What
/// it brings lies at a point afterwards and goes on from there like any other goods. A carrier from outside
/// the closed loop comes as far as a gate; from there goods go on by a hand-over (E20, A35).

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/delivery/carriers.h"
#include "care/delivery/points.h"

namespace doorstep::delivery {

struct Shuttle;

enum class ShuttleState : std::uint8_t { planned, out, done, cancelled };
enum class StopKind : std::uint8_t { pickup, drop };
enum class BagState : std::uint8_t {
  planned,
  taken,
  dropped,
  missing,  ///< It was not at the shop.
  cancelled,
};

/// A stop as it is planned or was made.
struct ShuttleStop {
  StopKind kind = StopKind::pickup;
  Id<Point> point{};
  std::optional<Id<Point>> then = {};    ///< Of a drop at a gate: where the goods go on to.
  std::optional<std::string> name = {};  ///< Of the point; nothing in a request.
  std::optional<Instant> at = {};
  std::vector<Id<Parcel>> parcels = {};

  void fields(auto& f) {
    f("kind", kind);
    f("point", point);
    f("then", then);
    f("name", name);
    f("at", at);
    f("parcels", parcels);
  }
};

/// What a row of stops comes to. Straight lines between the points, and a detour on top as in engine/routing.
struct Way {
  std::int64_t metres = 0;  ///< From the receiving point and back to it.
  std::int64_t grams = 0;   ///< The most that is on board at once.
  std::int64_t millilitres = 0;
};

/// Requires that the parcels are those of the stops. Errors: invalid "shuttle.stops" (no stop or one
/// without goods, a pick-up that is at no shop, a drop at a shop, a parcel that is not picked up once and
/// dropped once after it); not_found "point.unknown".
Result<Way> way_of(const std::vector<PointRow>& points, const std::vector<ShuttleStop>& stops,
                   const std::vector<ParcelRow>& parcels);

/// Goods that lie at one shop and are for one point.
struct Load {
  Id<Point> shop{};
  Id<Point> point{};
  std::vector<Id<Parcel>> parcels = {};

  void fields(auto& f) {
    f("shop", shop);
    f("point", point);
    f("parcels", parcels);
  }
};

struct ShuttleDraft {
  Id<Account> carrier{};
  std::string carrier_name = {};
  Instant leave{};
  Instant back{};
  std::int64_t metres = 0;
  std::int64_t grams = 0;  ///< The most that is on board at once.
  std::vector<ShuttleStop> stops = {};

  void fields(auto& f) {
    f("carrier", carrier);
    f("carrier_name", carrier_name);
    f("leave", leave);
    f("back", back);
    f("metres", metres);
    f("grams", grams);
    f("stops", stops);
  }
};

struct ShuttleDrafts {
  std::vector<ShuttleDraft> shuttles = {};
  std::vector<Id<Parcel>> left_out = {};  ///< No carrier can hold it or be back in time.

  void fields(auto& f) {
    f("shuttles", shuttles);
    f("left_out", left_out);
  }
};

/// Plans the way. A load from outside the closed loop for a point inside it ends at the gate nearest to that
/// point. Reads only. Errors: not_found "point.unknown", "parcel.unknown"; invalid "run.no_carrier",
/// "run.empty", "run.too_many", "shuttle.stops" (a load that does not begin at a shop or ends at one);
/// conflict "shuttle.no_gate", "run.crosses_boundary" (from a shop inside to a point outside), and those of
/// check_free().
Result<ShuttleDrafts> draft_shuttles(api::Context& context, const std::vector<Load>& loads,
                                     const std::optional<std::vector<Id<Account>>>& carriers);

inline constexpr std::size_t shuttle_parcels_max = 300;

/// The parcel, expected and in no shuttle. Errors: not_found "parcel.unknown"; conflict
/// "shuttle.not_expected" (it came already, or will not), "shuttle.taken" (another shuttle brings it); the
/// hint is its code.
Result<ParcelRow> free_parcel(const api::Context& context, Id<Parcel> id);

struct ShuttleRow {
  Id<Shuttle> id{};
  std::string path = {};
  Id<Account> carrier{};
  ShuttleState state = ShuttleState::planned;
  std::int64_t version = 1;
};

/// A shuttle inside the scope. Errors: not_found "shuttle.unknown".
Result<ShuttleRow> scoped_shuttle(const api::Context& context, Id<Shuttle> id);

/// Writes state and version, one on.
void save_shuttle(api::WriteContext& context, ShuttleRow& shuttle);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::ShuttleState> {
  static constexpr std::array words{std::string_view{"planned"}, std::string_view{"out"},
                                    std::string_view{"done"}, std::string_view{"cancelled"}};
};
template <>
struct doorstep::api::Choices<doorstep::delivery::StopKind> {
  static constexpr std::array words{std::string_view{"pickup"}, std::string_view{"drop"}};
};
template <>
struct doorstep::api::Choices<doorstep::delivery::BagState> {
  static constexpr std::array words{std::string_view{"planned"}, std::string_view{"taken"},
                                    std::string_view{"dropped"}, std::string_view{"missing"},
                                    std::string_view{"cancelled"}};
};
