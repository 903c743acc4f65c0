#pragma once
/// \file A parcel as it is kept, and the one way in which it changes: a step, with who, when and where.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/delivery/steps.h"
#include "care/duty/duty.h"

namespace doorstep::delivery {

struct Point;
struct ParcelStep;

/// Owed to its household from its receipt until its class's window ends; the subject is the parcel.
inline constexpr duty::Kind parcel_duty{"parcel", access::Class::door};

inline constexpr std::int64_t weight_g_max = 500'000;
inline constexpr std::int64_t volume_ml_max = 2'000'000;

/// Why goods wait, went back or were not brought (E9, N28).
enum class Reason : std::uint8_t {
  no_answer,
  refused,
  missing,     ///< Short: it was not in the bag.
  wrong_door,  ///< The label and the door do not agree.
  damaged,
  household_left,
  in_hospital,
  nobody_knows,  ///< Whose it is.
  asked_later,   ///< The household wants it another time.
  not_reached,   ///< The carrier's shift or the day was over.
  other,
};

struct ParcelRow {
  Id<Parcel> id{};
  std::optional<Id<access::Household>> household = {};
  std::string path = {};
  std::string code = {};
  Class kind = Class::parcel;
  Goods goods = Goods::daily;
  Origin origin = Origin::none;
  std::int64_t origin_id = 0;
  std::int64_t number = 1;
  std::int64_t weight_g = 0;
  std::int64_t volume_ml = 0;
  State state = State::expected;
  std::optional<std::string> reason = {};
  std::optional<Id<Point>> point = {};
  std::optional<Id<access::Run>> run = {};
  std::optional<std::int64_t> position = {};
  std::optional<Instant> window_from = {};
  std::optional<Instant> due = {};
  bool late = false;
  std::optional<std::string> proof = {};
  Instant expected_at{};
  std::optional<Instant> received_at = {};
  std::optional<Instant> disinfected_at = {};
  std::optional<Instant> sorted_at = {};
  std::optional<Instant> out_at = {};
  std::optional<Instant> closed_at = {};

  [[nodiscard]] Behind behind() const {
    return {state, received_at.has_value(), disinfected_at.has_value(), sorted_at.has_value()};
  }
};

/// The columns of parcel in the order in which parcel_from() reads them, each after "p.".
inline constexpr std::string_view parcel_columns =
    "p.id, p.household_id, p.path, p.code, p.class, p.goods, p.origin_kind, p.origin_id, p.number,"
    " p.weight_g, p.volume_ml, p.state, p.reason, p.point_id, p.run_id, p.position, p.window_from,"
    " p.due_at, p.late, p.proof, p.expected_at, p.received_at, p.disinfected_at, p.sorted_at,"
    " p.out_at, p.closed_at";
inline constexpr std::size_t parcel_column_count = 26;
[[nodiscard]] ParcelRow parcel_from(const store::Row& row, std::size_t first = 0);

/// In the whole community.
std::optional<ParcelRow> find_parcel(store::Snapshot& db, Id<access::Community> community,
                                     Id<Parcel> id);
/// Inside the scope. Errors: not_found "parcel.unknown".
Result<ParcelRow> scoped_parcel(const api::Context& context, Id<Parcel> id);

/// What is known of a step besides the parcel.
struct StepDetails {
  std::optional<Instant> at = {};  ///< By the phone's clock; else now.
  std::optional<std::string> counterpart = {};
  std::optional<std::string> reason = {};
  std::optional<std::string> action = {};
};

/// Writes the parcel as `parcel` now is, and the step that made it so; journals `parcel.<step>`. Nothing
/// is checked: may() is asked before. Opens, meets or excuses the parcel's duty. Gives the step's id.
/// Errors: those of the rule pack.
Result<Id<ParcelStep>> take_step(api::WriteContext& context, const ParcelRow& parcel, Step step,
                                 const StepDetails& details);

/// A fresh parcel with a code of its own, as `parcel` says; id and code are filled in. Takes no step.
void insert_parcel(api::WriteContext& context, ParcelRow& parcel);

/// Four characters of Crockford's base32 that no open parcel of the community has.
[[nodiscard]] std::string new_code(api::WriteContext& context);

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Reason> {
  static constexpr std::array words{
      std::string_view{"no_answer"},   std::string_view{"refused"},
      std::string_view{"missing"},     std::string_view{"wrong_door"},
      std::string_view{"damaged"},     std::string_view{"household_left"},
      std::string_view{"in_hospital"}, std::string_view{"nobody_knows"},
      std::string_view{"asked_later"}, std::string_view{"not_reached"},
      std::string_view{"other"}};
};
