#include "care/registry/places.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/text.h"
#include "care/registry/bulk.h"
#include "care/registry/door_text.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

constexpr std::size_t name_length_max = 60;

std::int64_t number_in(std::string_view digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + std::min<std::size_t>(digits.size(), 9), value);
  return value;
}

}  // namespace

char path_letter(PlaceKind kind) {
  constexpr std::string_view letters = "cgbedr";
  return letters[static_cast<std::size_t>(kind)];
}

bool may_lie_below(PlaceKind kind, std::optional<PlaceKind> parent) {
  switch (kind) {
    case PlaceKind::compound: return !parent;
    case PlaceKind::grid: return !parent || *parent == PlaceKind::compound;
    case PlaceKind::building:
      return !parent || *parent == PlaceKind::compound || *parent == PlaceKind::grid;
    case PlaceKind::entrance: return parent == PlaceKind::building;
    case PlaceKind::dwelling: return parent == PlaceKind::entrance || parent == PlaceKind::building;
    case PlaceKind::room: return parent == PlaceKind::dwelling;
  }
  return false;
}

PlaceRow place_from(const store::Row& row, std::size_t first) {
  PlaceRow place;
  place.id = row.id<Place>(first);
  place.parent = row.maybe_id<Place>(first + 1);
  const auto kind = api::from_word<PlaceKind>(row.text(first + 2));
  CHECK(kind.has_value());
  place.kind = *kind;
  place.name = row.text(first + 3);
  place.path = row.text(first + 4);
  place.position = row.integer(first + 5);
  place.floors = row.maybe_integer(first + 6);
  if (!row.is_null(first + 7)) place.lift = row.boolean(first + 7);
  place.floor = row.maybe_integer(first + 8);
  return place;
}

std::optional<PlaceRow> find_place(const api::Context& context, Id<Place> id) {
  const auto row = context.db.first(
      "SELECT " + std::string(place_columns) + " FROM {places} p WHERE p.id = $1", {id});
  if (!row) return std::nullopt;
  return place_from(*row);
}

std::optional<PlaceRow> find_child(store::Snapshot& db, Id<access::Community> community,
                                   std::optional<Id<Place>> parent, PlaceKind kind,
                                   std::string_view name) {
  const std::string select = "SELECT " + std::string(place_columns) +
                             " FROM place p WHERE p.community_id = $1 AND p.kind = $2"
                             " AND p.name = $3 AND ";
  const auto row =
      parent ? db.first(select + "p.parent_id = $4", {community, api::word(kind), name, *parent})
             : db.first(select + "p.parent_id IS NULL", {community, api::word(kind), name});
  if (!row) return std::nullopt;
  return place_from(*row);
}

Result<std::string> clean_place_name(std::string_view name) {
  std::string clean(text::trim(text::nfkc(name)));
  if (clean.empty() || text::length(clean) > name_length_max) {
    return Error{ErrorKind::invalid, "place.name"};
  }
  return clean;
}

Result<void> check_floors(std::optional<std::int64_t> floors, std::optional<std::int64_t> floor) {
  if (floors && (*floors < 1 || *floors > 200)) return Error{ErrorKind::invalid, "place.floors"};
  if (floor && (*floor < -10 || *floor > 200)) return Error{ErrorKind::invalid, "place.floor"};
  return {};
}

std::int64_t position_of(PlaceKind kind, std::string_view name) {
  const std::string digits = text::digits(name);
  if (kind == PlaceKind::dwelling) {
    return digits.size() < 3 ? number_in(digits)
                             : number_in(std::string_view(digits).substr(digits.size() - 2));
  }
  const std::string key = kind == PlaceKind::entrance   ? entrance_key(name)
                          : kind == PlaceKind::building ? building_key(name)
                                                        : area_key(name);
  const std::string number = text::digits(key);
  if (!number.empty()) return number_in(number);
  if (key.size() == 1 && key.front() >= 'a' && key.front() <= 'z') return key.front() - 'a' + 1;
  return 0;
}

std::optional<std::int64_t> floor_of(std::string_view door) {
  const std::string digits = text::digits(door);
  if (digits.size() < 3 || digits.size() > 5) return std::nullopt;
  const std::int64_t floor = number_in(std::string_view(digits).substr(0, digits.size() - 2));
  if (floor < 1) return std::nullopt;
  return floor;
}

void insert_places(store::Transaction& tx, Id<access::Community> community,
                   std::span<const PlaceRow> places) {
  BulkInsert insert(tx,
                    "INSERT INTO place (community_id, id, parent_id, kind, name, path, position,"
                    " floors, lift, floor)");
  for (const PlaceRow& p : places) {
    insert.add({community, p.id, p.parent, api::word(p.kind), p.name, p.path, p.position, p.floors,
                p.lift, p.floor});
  }
  insert.flush();
}

Result<PlaceRow> create_place(api::WriteContext& context, const NewPlace& place) {
  PlaceRow made;
  made.kind = place.kind;
  made.name = TRY(clean_place_name(place.name));
  TRY(check_floors(place.floors, place.floor));
  std::optional<PlaceRow> parent;
  if (place.parent) {
    parent = TRY(some(find_place(context, *place.parent), "place.unknown"));
    made.parent = parent->id;
  } else if (!context.scope.whole()) {
    return Error{ErrorKind::forbidden, "access.denied"};
  }
  const auto parent_kind = parent ? std::optional(parent->kind) : std::nullopt;
  if (!may_lie_below(place.kind, parent_kind)) return Error{ErrorKind::invalid, "place.parent"};
  if (find_child(context.db, context.community.id, made.parent, made.kind, made.name)) {
    return Error{ErrorKind::conflict, "place.duplicate"};
  }
  made.id = context.new_id<Place>();
  made.path =
      access::path_below(parent ? parent->path : "", path_letter(made.kind), made.id.value());
  made.position = place.position.value_or(position_of(made.kind, made.name));
  made.floors = place.floors;
  made.lift = place.lift;
  made.floor = place.floor;
  if (made.kind == PlaceKind::dwelling && !made.floor) made.floor = floor_of(made.name);
  insert_places(context.tx, context.community.id, {&made, 1});
  refresh_place_keys(context.tx, context.community.id, made.path);
  return made;
}

PlaceRow move_subtree(store::Transaction& tx, Id<access::Community> community,
                      const PlaceRow& place, const std::optional<PlaceRow>& parent) {
  PlaceRow moved = place;
  moved.parent = parent ? std::optional(parent->id) : std::nullopt;
  moved.path =
      access::path_below(parent ? parent->path : "", path_letter(place.kind), place.id.value());
  // The length of a path is one of a few, so the statements stay few; as a number in the text,
  // because substr() takes an INTEGER in PostgreSQL and parameters are BIGINT.
  const std::string rest = std::to_string(place.path.size() + 1);
  for (const std::string_view table : tables_with_path) {
    tx.post("UPDATE " + std::string(table) + " SET path = $1 || substr(path, " + rest +
                ") WHERE community_id = $2 AND path >= $3 AND path < $4",
            {moved.path, community, place.path, access::path_end(place.path)});
  }
  tx.post("UPDATE place SET parent_id = $1 WHERE community_id = $2 AND id = $3",
          {moved.parent, community, place.id});
  refresh_door_texts(tx, community, moved.path);
  return moved;
}

}  // namespace doorstep::registry
