#include <algorithm>

#include "base/text.h"
#include "care/registry/door_text.h"
#include "care/registry/search.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

struct Building {
  PlaceRow place = {};
  bool exact = false;  ///< The whole name was said, not only a part of it.
};

/// How many dwellings one reading looks at, at most: a text that names no building at all.
constexpr std::int64_t looked_at_max = 2000;

std::string squeezed(std::string_view text) {
  std::string out = text::fold(text);
  std::erase(out, ' ');
  return out;
}

/// Whether `said` names `building`: it ends with the whole name after the name of its compound or
/// community. Another street before the same number is another building.
bool names(api::Context& context, const std::map<std::int64_t, std::string>& compounds,
           const std::string& said, const PlaceRow& building) {
  const std::string name = squeezed(building.name);
  const std::string whole = squeezed(said);
  if (whole.size() <= name.size() || !whole.ends_with(name)) return false;
  const std::string before = whole.substr(0, whole.size() - name.size());
  const auto compound = compounds.find(access::id_in_path(building.path, 'c').value_or(0));
  const bool of_compound = compound != compounds.end() && before == squeezed(compound->second);
  return of_compound || before == squeezed(context.community.name);
}

/// Whether `said` is a part of the building's name that nobody takes for a number.
bool hints_at(const std::string& said, const PlaceRow& building) {
  return text::length(said) >= 2 &&
         squeezed(building.name).find(squeezed(said)) != std::string::npos;
}

std::vector<Building> buildings_of(api::Context& context, const std::string& said) {
  std::vector<Building> found;
  const std::string columns(place_columns);
  for (const store::Row& row :
       context.db.query("SELECT " + columns +
                            " FROM search_key k JOIN {places} p"
                            " ON p.id = k.subject_id WHERE k.community_id = $1 AND k.key = $2"
                            " ORDER BY p.path",
                        {context.community.id, "b" + building_key(said)})) {
    found.push_back({place_from(row), true});
  }
  if (found.size() > 1) {
    // "13栋" and "13号" share a number: the very name decides where one was said.
    std::vector<Building> same;
    for (const Building& one : found) {
      if (squeezed(one.place.name) == squeezed(said)) same.push_back(one);
    }
    if (same.size() == 1) return same;
  }
  if (!found.empty()) return found;
  const auto compounds = compound_names(context.db, context.community.id);
  std::string part = squeezed(said);
  std::erase_if(part, [](char c) { return c == '%' || c == '_'; });
  std::vector<Building> hinted;
  for (const store::Row& row :
       context.db.query("SELECT " + columns +
                            " FROM {places} p WHERE p.kind = 'building' AND ($1 LIKE '%' || p.name"
                            " OR p.name LIKE '%' || $1 || '%') ORDER BY p.path",
                        {part})) {
    PlaceRow place = place_from(row);
    if (names(context, compounds, said, place)) {
      found.push_back({std::move(place), true});
    } else if (hints_at(said, place)) {
      hinted.push_back({std::move(place), false});
    }
  }
  return found.empty() ? hinted : found;
}

void add(std::vector<DoorMatch>& matches, DoorMatch one) {
  const auto same = std::ranges::find(matches, one.dwelling, &DoorMatch::dwelling);
  if (same == matches.end()) {
    matches.push_back(std::move(one));
  } else {
    same->sure = same->sure || one.sure;
  }
}

void match_below(api::Context& context, const DoorReading& reading, const Building& building,
                 std::vector<DoorMatch>& matches) {
  for (const DwellingNames& one :
       dwelling_names(context.db, context.community.id, building.place.path)) {
    const bool entrance_said = !reading.entrance.empty();
    if (entrance_said && entrance_key(one.entrance) != reading.entrance) continue;
    if (!reading.dwelling.empty() && dwelling_key(one.dwelling) != reading.dwelling) continue;
    const bool whole = !reading.dwelling.empty() && (entrance_said || one.entrance.empty());
    add(matches, {one.id, one.door(), one.path, building.exact && whole});
  }
}

/// Without a building: every door of this number, in this entrance where one was said.
void match_anywhere(api::Context& context, const DoorReading& reading, std::size_t limit,
                    std::vector<DoorMatch>& matches) {
  for (const store::Row& row : context.db.query(
           "SELECT p.path FROM (SELECT subject_id FROM search_key WHERE community_id = $1"
           " AND key = $2 ORDER BY subject_id LIMIT $3) k"
           " JOIN {places} p ON p.id = k.subject_id ORDER BY p.path",
           {context.community.id, "u" + reading.dwelling, looked_at_max})) {
    for (const DwellingNames& one : dwelling_names(context.db, context.community.id, row.text(0))) {
      if (!reading.entrance.empty() && entrance_key(one.entrance) != reading.entrance) continue;
      add(matches, {one.id, one.door(), one.path, false});
    }
    if (matches.size() >= limit) return;
  }
}

}  // namespace

std::vector<DoorMatch> match_doors(api::Context& context, std::string_view text,
                                   std::size_t limit) {
  std::vector<DoorMatch> matches;
  for (const DoorReading& reading : read_door(text)) {
    if (reading.building.empty()) {
      if (!reading.dwelling.empty()) match_anywhere(context, reading, limit, matches);
      continue;
    }
    for (const Building& building : buildings_of(context, reading.building)) {
      match_below(context, reading, building, matches);
      if (matches.size() >= limit) break;
    }
  }
  // Sure ones first, else in their order.
  std::ranges::sort(matches, [](const DoorMatch& a, const DoorMatch& b) {
    return a.sure != b.sure ? a.sure : a.path < b.path;
  });
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

}  // namespace doorstep::registry
