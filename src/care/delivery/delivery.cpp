#include "care/delivery/delivery.h"

#include "care/delivery/parcel.h"

namespace doorstep::delivery {
namespace {

constexpr std::int64_t number_max = 99;

Result<void> check(const Expectation& coming) {
  if ((coming.origin == Origin::none) != (coming.origin_id == 0)) {
    return Error{ErrorKind::invalid, "parcel.origin"};
  }
  if (coming.number < 1 || coming.number > number_max) {
    return Error{ErrorKind::invalid, "parcel.number"};
  }
  if (coming.weight_g < 0 || coming.weight_g > weight_g_max) {
    return Error{ErrorKind::invalid, "parcel.weight"};
  }
  if (coming.volume_ml < 0 || coming.volume_ml > volume_ml_max) {
    return Error{ErrorKind::invalid, "parcel.volume"};
  }
  return {};
}

std::optional<ParcelRow> standing(api::WriteContext& context, const Expectation& coming) {
  if (coming.origin == Origin::none) return std::nullopt;
  const auto row = context.db.first(
      "SELECT " + std::string(parcel_columns) +
          " FROM parcel p WHERE p.community_id = $1 AND p.origin_kind = $2 AND p.origin_id = $3"
          " AND p.class = $4 AND p.number = $5",
      {context.community.id, api::word(coming.origin), coming.origin_id, api::word(coming.kind),
       coming.number});
  if (!row) return std::nullopt;
  return parcel_from(*row);
}

}  // namespace

Result<Id<Parcel>> expect(api::WriteContext& context, const Expectation& coming) {
  TRY(check(coming));
  const auto row = context.db.first(
      "SELECT path FROM household WHERE community_id = $1 AND id = $2"
      " AND ended_at IS NULL",
      {context.community.id, coming.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  if (auto known = standing(context, coming)) {
    if (known->state != State::expected) return known->id;
    known->goods = coming.goods;
    known->weight_g = coming.weight_g;
    known->volume_ml = coming.volume_ml;
    TRY(take_step(context, *known, Step::edited, {}));
    return known->id;
  }
  ParcelRow parcel;
  parcel.household = coming.household;
  parcel.path = row->text(0);
  parcel.kind = coming.kind;
  parcel.goods = coming.goods;
  parcel.origin = coming.origin;
  parcel.origin_id = coming.origin_id;
  parcel.number = coming.number;
  parcel.weight_g = coming.weight_g;
  parcel.volume_ml = coming.volume_ml;
  parcel.expected_at = context.now;
  insert_parcel(context, parcel);
  TRY(take_step(context, parcel, Step::expected, {}));
  return parcel.id;
}

Result<void> cancel_expected(api::WriteContext& context, Id<Parcel> id, std::string_view reason) {
  auto parcel = find_parcel(context.db, context.community.id, id);
  if (!parcel) return Error{ErrorKind::not_found, "parcel.unknown"};
  if (parcel->state == State::cancelled) return {};
  if (parcel->state != State::expected) return Error{ErrorKind::conflict, "parcel.came"};
  parcel->state = State::cancelled;
  parcel->reason = std::string(reason);
  parcel->closed_at = context.now;
  TRY(take_step(context, *parcel, Step::cancelled, {.reason = std::string(reason)}));
  return {};
}

Progress progress_of(store::Snapshot& db, Id<access::Community> community, Origin origin,
                     std::int64_t origin_id) {
  Progress progress;
  for (const store::Row& row :
       db.query("SELECT state, count(*), min(CASE WHEN closed_at IS NULL THEN due_at END)"
                " FROM parcel WHERE community_id = $1 AND origin_kind = $2 AND origin_id = $3"
                " GROUP BY state",
                {community, api::word(origin), origin_id})) {
    const auto state = api::from_word<State>(row.text(0)).value_or(State::held);
    const std::int64_t count = row.integer(1);
    progress.parcels += count;
    if (state == State::expected) progress.expected += count;
    if (is_at_point(state)) progress.waiting += count;
    if (state == State::out) progress.out += count;
    if (state == State::delivered) progress.delivered += count;
    if (state == State::returned) progress.returned += count;
    if (state == State::lost) progress.lost += count;
    if (state == State::cancelled) progress.cancelled += count;
    const auto due = row.maybe_instant(2);
    if (due && (!progress.due || *due < *progress.due)) progress.due = due;
  }
  return progress;
}

}  // namespace doorstep::delivery
