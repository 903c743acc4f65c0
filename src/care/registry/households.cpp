#include "care/registry/households.h"

#include "base/text.h"
#include "care/registry/bulk.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {

HouseholdRow household_from(const store::Row& row, std::size_t first) {
  HouseholdRow household;
  household.id = row.id<Household>(first);
  household.dwelling = row.id<Place>(first + 1);
  household.path = row.text(first + 2);
  household.label = row.text(first + 3);
  household.door = row.text(first + 4);
  household.access_notes = row.text(first + 5);
  household.digital = api::from_word<Digital>(row.text(first + 6)).value_or(Digital::unknown);
  household.created_at = row.instant(first + 7);
  household.ended_at = row.maybe_instant(first + 8);
  household.care = row.boolean(first + 9);
  return household;
}

std::optional<HouseholdRow> find_household(const api::Context& context, Id<Household> id) {
  const auto row = context.db.first(
      "SELECT " + std::string(household_columns) + " FROM {households} h WHERE h.id = $1", {id});
  if (!row) return std::nullopt;
  return household_from(*row);
}

Result<std::string> clean_text(std::string_view text, std::size_t length_max,
                               std::string_view code) {
  std::string clean(text::trim(text::nfkc(text)));
  if (text::length(clean) > length_max) return Error{ErrorKind::invalid, std::string(code)};
  return clean;
}

void insert_households(store::Transaction& tx, Id<access::Community> community,
                       std::span<const HouseholdRow> households) {
  BulkInsert insert(tx,
                    "INSERT INTO household (community_id, id, dwelling_id, path, label, door,"
                    " access_notes, digital, created_at, ended_at, care)");
  for (const HouseholdRow& h : households) {
    insert.add({community, h.id, h.dwelling, h.path, h.label, h.door, h.access_notes,
                api::word(h.digital), h.created_at, h.ended_at, h.care});
  }
  insert.flush();
}

Result<HouseholdRow> create_household(api::WriteContext& context, Id<Place> dwelling,
                                      std::string_view label) {
  const PlaceRow place = TRY(some(find_place(context, dwelling), "place.unknown"));
  if (place.kind != PlaceKind::dwelling) {
    return Error{ErrorKind::invalid, "household.not_a_dwelling"};
  }
  HouseholdRow made;
  made.label = TRY(clean_text(label, label_length_max, "household.label"));
  const auto same = context.db.first(
      "SELECT 1 FROM household WHERE community_id = $1 AND dwelling_id = $2 AND label = $3"
      " AND ended_at IS NULL",
      {context.community.id, dwelling, made.label});
  if (same) return Error{ErrorKind::conflict, "household.duplicate"};
  made.id = context.new_id<Household>();
  made.dwelling = dwelling;
  made.path = access::path_below(place.path, 'h', made.id.value());
  for (const DwellingNames& names : dwelling_names(context.db, context.community.id, place.path)) {
    made.door = names.door();
  }
  made.created_at = context.now;
  insert_households(context.tx, context.community.id, {&made, 1});
  return made;
}

}  // namespace doorstep::registry
