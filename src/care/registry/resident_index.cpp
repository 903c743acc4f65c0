#include "base/text.h"
#include "care/registry/bulk.h"
#include "care/registry/door_text.h"
#include "care/registry/import_residents.h"

namespace doorstep::registry {
namespace {

using Rows = std::span<const Result<WantedResident>>;

PersonRow person_from(const store::Row& row, std::size_t first) {
  return {row.id<Person>(first), row.secret(first + 1),
          api::from_word<Sex>(row.text(first + 2)).value_or(Sex::unknown),
          row.maybe_day(first + 3)};
}

}  // namespace

ResidentIndex::ResidentIndex(const ImportSlice& slice, Rows rows) : slice_(slice) {
  load_doors(rows);
  load_households();
  load_residents();
  load_numbers(rows);
  load_phones(rows);
  load_alike(rows);
}

void ResidentIndex::load_doors(Rows rows) {
  std::vector<store::Value> keys;
  for (const auto& row : rows) {
    if (row.ok()) keys.emplace_back("d" + row->door_key);
  }
  const auto compounds = compound_names(slice_.tx, slice_.community);
  query_in(slice_.tx,
           "SELECT k.key, d.id, d.path, d.name, u.kind, u.name, b.name FROM search_key k"
           " JOIN place d ON d.community_id = k.community_id AND d.id = k.subject_id"
           " JOIN place u ON u.community_id = d.community_id AND u.id = d.parent_id"
           " LEFT JOIN place b ON b.community_id = u.community_id AND b.id = u.parent_id"
           " WHERE k.community_id = $1 AND k.key IN ({keys})",
           {slice_.community}, keys, [&](const store::Row& row) {
             const bool entrance = row.text(4) == "entrance";
             KnownDoor door{row.id<Place>(1), row.text(2)};
             const auto compound = compounds.find(access::id_in_path(door.path, 'c').value_or(0));
             const bool named = compound != compounds.end();
             if (named) door.compound_key = area_key(compound->second);
             door.door = join_door({named ? compound->second : "",
                                    entrance ? row.maybe_text(6).value_or("") : row.text(5),
                                    entrance ? row.text(5) : "", row.text(3)});
             doors.emplace(row.text(0).substr(1), std::move(door));
           });
}

/// No ORDER BY here: for an order by id SQLite would rather read the whole community by its key.
void ResidentIndex::load_households() {
  std::vector<store::Value> dwellings;
  for (const auto& [key, door] : doors) dwellings.emplace_back(door.dwelling);
  query_in(slice_.tx,
           "SELECT " + std::string(household_columns) +
               " FROM household h WHERE h.community_id = $1 AND h.dwelling_id IN ({keys})"
               " AND h.ended_at IS NULL",
           {slice_.community}, dwellings, [&](const store::Row& row) {
             auto household = std::make_shared<KnownHousehold>();
             household->row = household_from(row);
             by_id_.emplace(household->row.id.value(), household);
             households.emplace(household->row.dwelling.value(), household);
           });
}

void ResidentIndex::load_residents() {
  std::vector<store::Value> ids;
  for (const auto& [id, household] : by_id_) ids.emplace_back(id);
  query_in(slice_.tx,
           "SELECT r.id, r.household_id, r.relation, r.from_on, p.id, p.name, p.sex, p.born_on"
           " FROM residence r JOIN person p ON p.id = r.person_id WHERE r.community_id = $1"
           " AND r.household_id IN ({keys}) AND r.until_on IS NULL",
           {slice_.community}, ids, [&](const store::Row& row) {
             auto resident = std::make_shared<Resident>();
             resident->person = person_from(row, 4);
             resident->folded_name = text::fold(resident->person.name.reveal());
             resident->residence = {row.id<Residence>(0), resident->person.id, row.id<Household>(1),
                                    row.text(2), row.day(3)};
             by_id_.at(row.integer(1))->residents.push_back(resident);
             people_.emplace(resident->person.id.value(), resident);
           });
  query_in(slice_.tx,
           "SELECT household_id, person_id, contact_point_id FROM contact_point_use"
           " WHERE community_id = $1 AND household_id IN ({keys})",
           {slice_.community}, ids, [&](const store::Row& row) {
             uses.emplace(row.integer(0), row.integer(1), row.integer(2));
           });
}

/// Who has the numbers of the rows, wherever they live, and which numbers the residents have.
void ResidentIndex::load_numbers(Rows rows) {
  std::map<std::string, std::vector<store::Value>> said;
  for (const auto& row : rows) {
    if (!row.ok() || row->number.empty()) continue;
    said[row->number.kind].emplace_back(store::Bytes{row->number.hash});
  }
  if (said.empty()) return;
  std::set<std::int64_t> strangers;
  for (const auto& [kind, hashes] : said) {
    query_in(slice_.tx, "SELECT person_id FROM identifier WHERE kind = $1 AND hash IN ({keys})",
             {kind}, hashes, [&](const store::Row& row) { strangers.insert(row.integer(0)); });
  }
  std::vector<store::Value> ids;
  for (const std::int64_t id : strangers) {
    if (!people_.contains(id)) ids.emplace_back(id);
  }
  load_strangers(ids);
  std::vector<store::Value> all;
  for (const auto& [id, resident] : people_) all.emplace_back(id);
  query_in(slice_.tx, "SELECT person_id, kind, hash FROM identifier WHERE person_id IN ({keys})",
           {}, all, [&](const store::Row& row) {
             const auto& resident = people_.at(row.integer(0));
             resident->numbers.emplace(row.text(1), row.bytes(2));
             by_number.emplace(NumberKey{row.text(1), row.bytes(2)}, resident);
           });
}

/// People who live in none of the rows' dwellings.
void ResidentIndex::load_strangers(const std::vector<store::Value>& ids) {
  query_in(slice_.tx, "SELECT id, name, sex, born_on FROM person WHERE id IN ({keys})", {}, ids,
           [&](const store::Row& row) {
             auto resident = std::make_shared<Resident>();
             resident->person = person_from(row, 0);
             resident->folded_name = text::fold(resident->person.name.reveal());
             people_.emplace(row.integer(0), resident);
           });
  query_in(slice_.tx,
           "SELECT id, person_id, household_id, relation, from_on FROM residence"
           " WHERE community_id = $1 AND person_id IN ({keys}) AND until_on IS NULL",
           {slice_.community}, ids, [&](const store::Row& row) {
             people_.at(row.integer(1))->residence = {row.id<Residence>(0), row.id<Person>(1),
                                                      row.id<Household>(2), row.text(3),
                                                      row.day(4)};
           });
}

/// Whether somebody of this name lives behind the row's door: then the rows' own rule decides.
bool ResidentIndex::lives_there(const WantedResident& row) const {
  const std::string name = text::fold(row.person.row.name.reveal());
  const auto [from, to] = doors.equal_range(row.door_key);
  for (auto door = from; door != to; ++door) {
    const auto [first, last] = households.equal_range(door->second.dwelling.value());
    for (auto home = first; home != last; ++home) {
      for (const auto& one : home->second->residents) {
        if (one->folded_name == name) return true;
      }
    }
  }
  return false;
}

void ResidentIndex::load_alike(Rows rows) {
  alike.resize(rows.size());
  if (!anybody_before(slice_.tx, slice_.uploaded)) return;
  std::vector<Newcomer> newcomers;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Result<WantedResident>& row = rows[at];
    if (!row.ok() || by_number.contains(row->number) || lives_there(*row)) continue;
    const auto door = doors.find(row->door_key);
    if (door == doors.end()) continue;
    newcomers.push_back({row->person.row, !row->number.empty(), row->phones, door->second.door});
    places.push_back(at);
  }
  auto found = find_alike(slice_.tx, slice_.community, newcomers, slice_.uploaded);
  std::vector<store::Value> ids;
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const Alike& one : found[at]) {
      if (!people_.contains(one.person.id.value())) ids.emplace_back(one.person.id);
    }
    alike[places[at]] = std::move(found[at]);
  }
  load_strangers(ids);
}

void ResidentIndex::load_phones(Rows rows) {
  std::vector<store::Value> values;
  for (const auto& row : rows) {
    if (!row.ok()) continue;
    for (const std::string& phone : row->phones) values.emplace_back(phone);
  }
  query_in(slice_.tx,
           "SELECT value, id FROM contact_point WHERE community_id = $1 AND kind = 'phone'"
           " AND value IN ({keys})",
           {slice_.community}, values,
           [&](const store::Row& row) { phones.emplace(row.text(0), row.id<ContactPoint>(1)); });
}

}  // namespace doorstep::registry
