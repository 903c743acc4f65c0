#pragma once
/// \file The door to deliveries, for whoever needs goods brought: say what is coming for whom, take it
/// back, ask how far it has come. Everything else in this folder is behind it.
///
/// From SQL: the view `parcels_of_origin(community_id, origin_kind, origin_id, parcels, received,
/// delivered, returned, cancelled, open, due_at)` holds one row for each origin that has parcels, to be
/// joined with orders or errands.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "api/endpoint.h"

namespace doorstep::delivery {

struct Parcel;

/// Each class has windows of its own in the rule pack (E5-E8).
enum class Class : std::uint8_t {
  meal,    ///< 盒饭: hot, first.
  fresh,   ///< 生鲜: in the morning.
  parcel,  ///< 快递: afternoon and evening.
};

/// What it is, as the receiving point sorts it by eye.
enum class Goods : std::uint8_t { takeaway, courier, produce, daily };

/// What a parcel comes of.
enum class Origin : std::uint8_t { none, order, errand };

enum class State : std::uint8_t {
  expected,       ///< Somebody said that it comes.
  at_checkpoint,  ///< It lies at a gate.
  received,       ///< It is at the receiving point.
  disinfected,
  sorted,
  out,  ///< In a carrier's hands.
  delivered,
  held,  ///< It waits for a reason.
  returned,
  lost,
  cancelled,
};

/// Something that will come for a household. Of one origin and class there is one parcel per number.
struct Expectation {
  Id<access::Household> household{};
  Class kind = Class::parcel;
  Goods goods = Goods::daily;
  Origin origin = Origin::none;
  std::int64_t origin_id = 0;  ///< 0 with Origin::none alone.
  std::int64_t number = 1;     ///< Which bag of the origin, from 1.
  std::int64_t weight_g = 0;   ///< 0 = not known.
  std::int64_t volume_ml = 0;  ///< 0 = not known.
};

/// Makes the parcel, in state `expected`. The same origin, class and number again gives the same
/// parcel, with the later weight and volume as long as nothing has come. The household is looked up in
/// the whole community, not in the scope: the caller has authorised it.
/// Errors: not_found "household.unknown" (also one that ended); invalid "parcel.origin" (an origin
/// without id or an id without origin), "parcel.number" (outside 1..99), "parcel.weight" (negative or
/// over 500 kg), "parcel.volume" (negative or over 2,000 l).
Result<Id<Parcel>> expect(api::WriteContext& context, const Expectation& coming);

/// It will not come. `reason` is a code ("order_cancelled"). A parcel that is cancelled already stays
/// as it is. Errors: not_found "parcel.unknown"; conflict "parcel.came" (it was received: it has to be
/// returned instead).
Result<void> cancel_expected(api::WriteContext& context, Id<Parcel> parcel,
                             std::string_view reason);

/// How far all parcels of one origin have come. parcels = expected + waiting + out + delivered + returned
/// + lost + cancelled.
struct Progress {
  std::int64_t parcels = 0;
  std::int64_t expected = 0;
  std::int64_t waiting = 0;  ///< At a point: at_checkpoint, received, disinfected, sorted, held.
  std::int64_t out = 0;
  std::int64_t delivered = 0;
  std::int64_t returned = 0;
  std::int64_t lost = 0;
  std::int64_t cancelled = 0;
  std::optional<Instant> due = {};  ///< The nearest, of those that are open.
};
[[nodiscard]] Progress progress_of(store::Snapshot& db, Id<access::Community> community,
                                   Origin origin, std::int64_t origin_id);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Class> {
  static constexpr std::array words{std::string_view{"meal"}, std::string_view{"fresh"},
                                    std::string_view{"parcel"}};
};
template <>
struct doorstep::api::Choices<doorstep::delivery::Goods> {
  static constexpr std::array words{std::string_view{"takeaway"}, std::string_view{"courier"},
                                    std::string_view{"produce"}, std::string_view{"daily"}};
};
template <>
struct doorstep::api::Choices<doorstep::delivery::Origin> {
  static constexpr std::array words{std::string_view{"none"}, std::string_view{"order"},
                                    std::string_view{"errand"}};
};
template <>
struct doorstep::api::Choices<doorstep::delivery::State> {
  static constexpr std::array words{
      std::string_view{"expected"},  std::string_view{"at_checkpoint"},
      std::string_view{"received"},  std::string_view{"disinfected"},
      std::string_view{"sorted"},    std::string_view{"out"},
      std::string_view{"delivered"}, std::string_view{"held"},
      std::string_view{"returned"},  std::string_view{"lost"},
      std::string_view{"cancelled"}};
};
