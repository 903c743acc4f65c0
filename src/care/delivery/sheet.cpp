#include "care/delivery/sheet.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/bytes.h"
#include "care/delivery/second.h"
#include "care/delivery/view.h"
#include "store/restored.h"

namespace doorstep::delivery {
namespace {

void add(RunSheet& sheet, const api::Context& context, Spots& spots, const store::Row& row) {
  const ParcelRow parcel = parcel_from(row);
  const auto household = parcel.household.value_or(Id<access::Household>{});
  auto stop = std::ranges::find(sheet.stops, household, &SheetStop::household);
  if (stop == sheet.stops.end()) {
    SheetStop made;
    made.path = parcel.path;
    made.household = household;
    const Spot& spot = spots.of(parcel.path);
    made.door = spot.dwelling;
    made.floor = spot.floor;
    made.whole = row.maybe_text(parcel_column_count).value_or("");
    made.notes = row.maybe_text(parcel_column_count + 2).value_or("");
    if (household) {
      const auto needs = registry::access_needs_of(context.db, context.community.id, household);
      const bool said = needs.cannot_read || needs.cannot_hear || needs.cannot_see ||
                        needs.language != registry::Language::cmn;
      if (said) made.access = needs;
    }
    if (household) made.door_check = door_check(household, door_code(context, household));
    sheet.stops.push_back(std::move(made));
    stop = sheet.stops.end() - 1;
  }
  stop->parcels.push_back({parcel.id, parcel.code, parcel.kind, parcel.goods, parcel.state,
                           parcel.number, row.integer(parcel_column_count + 1), parcel.weight_g});
}

std::string name_of(const api::Context& context, std::string_view sql, std::int64_t id) {
  const auto row = context.db.first(sql, {context.community.id, id});
  return row ? row->text(0) : std::string{};
}

}  // namespace

std::string door_check(Id<access::Household> household, std::string_view code) {
  const std::string text = "door check 1\n" + to_text(household) + "\n" + std::string(code);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  return to_hex(std::string(1, static_cast<char>(digest[0])));
}

Result<RunSheet> sheet_of(const api::Context& context, const RunRow& run) {
  constexpr std::string_view point =
      "SELECT name FROM goods_point WHERE community_id = $1 AND id = $2";
  RunSheet sheet;
  sheet.path = run.path;
  sheet.id = run.id;
  sheet.state = run.state;
  sheet.community = context.community.name;
  sheet.zone = context.community.zone.name();
  sheet.carrier_name =
      name_of(context, "SELECT name FROM account WHERE $1 = $1 AND id = $2", run.carrier.value());
  if (const auto second = second_of(context, run.id)) {
    sheet.helper_name =
        name_of(context, "SELECT name FROM account WHERE $1 = $1 AND id = $2", second->value());
  }
  Spots spots(context);
  const Spot& spot = spots.of(run.path);
  sheet.building = spot.building;
  sheet.entrance = spot.entrance;
  sheet.from = name_of(context, point, run.from.value_or(Id<Point>{}).value());
  sheet.leave = run.leave;
  sheet.due = run.due;
  sheet.now = context.now;
  sheet.epoch = store::epoch_text(context.db);
  sheet.helpers = run.helpers;
  sheet.version = run.version;
  sheet.duty_phone = TRY(context.rules().string("phones.duty"));
  sheet.emergency_phone = TRY(context.rules().string("phones.emergency"));
  for (const store::Row& row : context.db.query(
           "SELECT " + std::string(parcel_columns) + std::string(view_columns) +
               ", h.access_notes FROM parcel p" + std::string(view_join) +
               " WHERE p.community_id = $1 AND p.run_id = $2 ORDER BY p.position, p.id",
           {context.community.id, run.id})) {
    add(sheet, context, spots, row);
  }
  for (const store::Row& row :
       context.db.query("SELECT key FROM run_action WHERE community_id = $1 AND run_id = $2",
                        {context.community.id, run.id})) {
    sheet.receipts.push_back(row.text(0));
  }
  return sheet;
}

}  // namespace doorstep::delivery
