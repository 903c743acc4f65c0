#include "care/delivery/parcel.h"

#include <fmt/format.h>

namespace doorstep::delivery {
namespace {

constexpr std::string_view code_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_length = 4;

store::Value text_or_null(const std::optional<std::string>& text) {
  return text ? store::Value(*text) : store::Value();
}

void save(api::WriteContext& context, const ParcelRow& p) {
  context.tx.post(
      "UPDATE parcel SET household_id = $3, path = $4, class = $5, goods = $6, weight_g = $7,"
      " volume_ml = $8, state = $9, reason = $10, point_id = $11, run_id = $12, position = $13,"
      " window_from = $14, due_at = $15, late = $16, proof = $17, received_at = $18,"
      " disinfected_at = $19, sorted_at = $20, out_at = $21, closed_at = $22"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id,
       p.id,
       p.household,
       p.path,
       api::word(p.kind),
       api::word(p.goods),
       p.weight_g,
       p.volume_ml,
       api::word(p.state),
       text_or_null(p.reason),
       p.point,
       p.run,
       p.position,
       p.window_from,
       p.due,
       p.late,
       text_or_null(p.proof),
       p.received_at,
       p.disinfected_at,
       p.sorted_at,
       p.out_at,
       p.closed_at});
}

/// Ids and codes alone: whose it is stands in the path.
std::string told(const ParcelRow& parcel, const StepDetails& details) {
  std::string data = fmt::format(R"({{"class":"{}","state":"{}")", api::word(parcel.kind),
                                 api::word(parcel.state));
  if (parcel.point) data += fmt::format(R"(,"point":"{}")", to_text(*parcel.point));
  if (parcel.run) data += fmt::format(R"(,"run":"{}")", to_text(*parcel.run));
  if (parcel.due) data += fmt::format(R"(,"due":"{}")", to_text(*parcel.due));
  if (parcel.origin != Origin::none) {
    data += fmt::format(R"(,"origin":"{}","of":"{}")", api::word(parcel.origin),
                        id_text(parcel.origin_id));
  }
  if (details.reason) data += fmt::format(R"(,"reason":"{}")", *details.reason);
  // What was said at one door at once has one key: so services are counted again from the journal (E21).
  if (details.action) data += fmt::format(R"(,"action":"{}")", *details.action);
  if (details.at) data += fmt::format(R"(,"at":"{}")", to_text(*details.at));
  return data + "}";
}

/// Whoever is waiting for it is owed it; what is closed is owed no more.
Result<void> settle_duty(api::WriteContext& context, const ParcelRow& parcel, Id<ParcelStep> step) {
  const auto open =
      duty::find_open(context.db, context.community.id, parcel_duty, parcel.id.value());
  if (is_closed(parcel.state)) {
    if (!open) return {};
    if (parcel.state == State::delivered) {
      duty::meet(context, *open, step.value());
    } else {
      duty::excuse(context, *open, api::word(parcel.state));
    }
    return {};
  }
  if (parcel.state == State::expected || !parcel.due) return {};
  if (!open) {
    TRY(duty::open(context, parcel_duty,
                   {parcel.id.value(), parcel.path, context.now, *parcel.due}));
  } else if (open->due != *parcel.due) {
    duty::reschedule(context, *open, context.now, *parcel.due);
  }
  return {};
}

}  // namespace

ParcelRow parcel_from(const store::Row& row, std::size_t first) {
  ParcelRow made;
  made.id = row.id<Parcel>(first);
  made.household = row.maybe_id<access::Household>(first + 1);
  made.path = row.text(first + 2);
  made.code = row.text(first + 3);
  made.kind = api::from_word<Class>(row.text(first + 4)).value_or(Class::parcel);
  made.goods = api::from_word<Goods>(row.text(first + 5)).value_or(Goods::daily);
  made.origin = api::from_word<Origin>(row.text(first + 6)).value_or(Origin::none);
  made.origin_id = row.maybe_integer(first + 7).value_or(0);
  made.number = row.integer(first + 8);
  made.weight_g = row.integer(first + 9);
  made.volume_ml = row.integer(first + 10);
  made.state = api::from_word<State>(row.text(first + 11)).value_or(State::held);
  made.reason = row.maybe_text(first + 12);
  made.point = row.maybe_id<Point>(first + 13);
  made.run = row.maybe_id<access::Run>(first + 14);
  made.position = row.maybe_integer(first + 15);
  made.window_from = row.maybe_instant(first + 16);
  made.due = row.maybe_instant(first + 17);
  made.late = row.boolean(first + 18);
  made.proof = row.maybe_text(first + 19);
  made.expected_at = row.instant(first + 20);
  made.received_at = row.maybe_instant(first + 21);
  made.disinfected_at = row.maybe_instant(first + 22);
  made.sorted_at = row.maybe_instant(first + 23);
  made.out_at = row.maybe_instant(first + 24);
  made.closed_at = row.maybe_instant(first + 25);
  return made;
}

std::optional<ParcelRow> find_parcel(store::Snapshot& db, Id<access::Community> community,
                                     Id<Parcel> id) {
  const auto row = db.first("SELECT " + std::string(parcel_columns) +
                                " FROM parcel p WHERE p.community_id = $1 AND p.id = $2",
                            {community, id});
  if (!row) return std::nullopt;
  return parcel_from(*row);
}

Result<ParcelRow> scoped_parcel(const api::Context& context, Id<Parcel> id) {
  const auto row = context.db.first(
      "SELECT " + std::string(parcel_columns) + " FROM {parcels} p WHERE p.id = $1", {id});
  if (!row) return Error{ErrorKind::not_found, "parcel.unknown"};
  return parcel_from(*row);
}

std::string new_code(api::WriteContext& context) {
  while (true) {
    std::string code;
    while (code.size() < code_length) code += code_letters[context.rng.below(code_letters.size())];
    // With a letter in it, so that it is never read as a number of a door.
    if (code.find_first_not_of("0123456789") == std::string::npos) continue;
    if (!context.db.first("SELECT 1 FROM parcel WHERE community_id = $1 AND code = $2"
                          " AND closed_at IS NULL",
                          {context.community.id, code})) {
      return code;
    }
  }
}

void insert_parcel(api::WriteContext& context, ParcelRow& parcel) {
  parcel.id = context.new_id<Parcel>();
  parcel.code = new_code(context);
  context.tx.post(
      "INSERT INTO parcel (community_id, id, household_id, path, code, class, goods, origin_kind,"
      " origin_id, number, weight_g, volume_ml, state, late, expected_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, FALSE, $14)",
      {context.community.id, parcel.id, parcel.household, parcel.path, parcel.code,
       api::word(parcel.kind), api::word(parcel.goods), api::word(parcel.origin),
       parcel.origin == Origin::none ? store::Value() : store::Value(parcel.origin_id),
       parcel.number, parcel.weight_g, parcel.volume_ml, api::word(parcel.state),
       parcel.expected_at});
}

Result<Id<ParcelStep>> take_step(api::WriteContext& context, const ParcelRow& parcel, Step step,
                                 const StepDetails& details) {
  save(context, parcel);
  const auto id = context.new_id<ParcelStep>();
  context.tx.post(
      "INSERT INTO parcel_step (community_id, id, parcel_id, step, at, recorded_at, by, point_id,"
      " run_id, counterpart, reason, action)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {context.community.id, id, parcel.id, api::word(step), details.at.value_or(context.now),
       context.now, context.actor.id, parcel.point, parcel.run, text_or_null(details.counterpart),
       text_or_null(details.reason), text_or_null(details.action)});
  context.journal("parcel." + std::string(api::word(step)), parcel.id.value(), parcel.path,
                  told(parcel, details));
  TRY(settle_duty(context, parcel, id));
  return id;
}

}  // namespace doorstep::delivery
