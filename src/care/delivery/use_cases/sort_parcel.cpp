/// \file One scan to its bin: grid, building, entrance, door; what belongs to another wave stays out of this
/// one's bins (E4).

#include "care/delivery/scan.h"
#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct Request {
  std::optional<std::string> scan;  ///< A label, a typed code or a barcode.
  std::optional<std::string> door;  ///< "10-2-301": the one bag that waits for that door.
  std::optional<Class> kind;        ///< Of the wave that is being sorted.
  std::optional<Id<Parcel>> undo;   ///< Takes the last one out of its bin again.

  void fields(auto& f) {
    f("scan", scan);
    f("door", door, api::Class::door);
    f("class", kind);
    f("undo", undo);
  }
};

struct Sorted {
  bool sorted = false;
  bool again = false;       ///< It lies in its bin already.
  bool other_wave = false;  ///< Another class's turn: it stays where it is.
  ParcelView parcel;

  void fields(auto& f) {
    f("sorted", sorted);
    f("again", again);
    f("other_wave", other_wave);
    f("parcel", parcel);
  }
};

/// Errors: those of door_of_text(); invalid "parcel.scan" (over 100 characters); not_found "parcel.unknown_scan"; conflict "door.several_parcels".
Result<ParcelRow> find_one(api::WriteContext& context, const Request& request) {
  if (request.undo) return scoped_parcel(context, *request.undo);
  if (request.scan) {
    if (request.scan->size() > scan_length_max) return Error{ErrorKind::invalid, "parcel.scan"};
    const auto parcel = parcel_of_scan(context, clean_scan(*request.scan));
    if (!parcel) return Error{ErrorKind::not_found, "parcel.unknown_scan"};
    return *parcel;
  }
  const Door door = TRY(door_of_text(context, request.door.value_or("")));
  const auto rows = context.db.query(
      "SELECT " + std::string(parcel_columns) +
          " FROM {parcels} p WHERE p.household_id = $1 AND p.closed_at IS NULL"
          " AND p.received_at IS NOT NULL AND p.state <> 'out' AND ($2 = '' OR p.class = $2)"
          " ORDER BY p.sorted_at IS NOT NULL, p.id LIMIT 2",
      {door.household, request.kind ? api::word(*request.kind) : std::string_view{}});
  if (rows.empty()) return Error{ErrorKind::not_found, "parcel.unknown_scan"};
  // The next one that is not in its bin; two of them are told apart by their labels alone.
  if (rows.size() == 2 && parcel_from(rows[1]).state != State::sorted) {
    return Error{ErrorKind::conflict, "door.several_parcels"};
  }
  return parcel_from(rows.front());
}

/// Errors: those of find_one() and may(); conflict "parcel.whose" (nobody knows whose it is).
Result<Sorted> sort(api::WriteContext& context, const Request& request) {
  if (request.door.value_or("").size() > door_length_max) {
    return Error{ErrorKind::invalid, "door.text_too_long"};
  }
  ParcelRow parcel = TRY(find_one(context, request));
  Sorted answer;
  if (request.undo) {
    if (parcel.state == State::sorted) {
      parcel.sorted_at.reset();
      parcel.state = ready_state(parcel.behind());
    }
    TRY(take_step(context, parcel, Step::edited, {}));
    answer.parcel = view_of(context, parcel.id);
    return answer;
  }
  if (!parcel.household) return Error{ErrorKind::conflict, "parcel.whose"};
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  TRY(may(Step::sorted, parcel.behind(), rule));
  answer.other_wave = request.kind && *request.kind != parcel.kind;
  answer.again = parcel.state == State::sorted;
  answer.sorted = !answer.other_wave;
  if (answer.again || answer.other_wave) {
    context.journal("parcel.scanned_again", parcel.id.value(), parcel.path);
  } else {
    parcel.sorted_at = context.now;
    if (parcel.state != State::held) parcel.state = State::sorted;
    TRY(take_step(context, parcel, Step::sorted, {}));
  }
  answer.parcel = view_of(context, parcel.id);
  return answer;
}

}  // namespace

api::Endpoint sort_parcel() {
  return api::command(api::Method::post, "/api/v1/parcels/sort", "parcel.handle",
                      "One scan to its bin", sort);
}

}  // namespace doorstep::delivery
