#include "care/registry/search_keys.h"

#include <algorithm>

#include "base/text.h"
#include "care/registry/alike.h"
#include "care/registry/bulk.h"
#include "care/registry/door_text.h"

namespace doorstep::registry {
namespace {

void add(std::vector<SearchKey>& keys, char letter, std::string_view text, std::int64_t subject,
         std::int64_t household) {
  if (text.empty()) return;
  std::string key(1, letter);
  key += text;
  keys.push_back({std::move(key), subject, household});
}

void forget(store::Transaction& tx, Id<Community> community, std::int64_t subject) {
  tx.post("DELETE FROM search_key WHERE community_id = $1 AND subject_id = $2",
          {community, subject});
}

void insert(store::Transaction& tx, Id<Community> community, std::vector<SearchKey> keys,
            std::string_view where_there) {
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  BulkInsert rows(tx, "INSERT INTO search_key (community_id, key, subject_id, household_id)",
                  where_there);
  for (SearchKey& one : keys) {
    rows.add({community, std::move(one.key), one.subject, one.household});
  }
  rows.flush();
}

}  // namespace

void append_building_key(std::vector<SearchKey>& keys, Id<Place> building, std::string_view name) {
  add(keys, 'b', building_key(name), building.value(), 0);
}

void append_dwelling_keys(std::vector<SearchKey>& keys, Id<Place> dwelling,
                          std::string_view building, std::string_view entrance,
                          std::string_view name) {
  add(keys, 'd', door_key(building, entrance, name), dwelling.value(), 0);
  add(keys, 'u', dwelling_key(name), dwelling.value(), 0);
}

std::vector<std::string> name_keys(std::string_view name) {
  std::string whole = "p";
  for (const std::string& syllable : text::pinyin(name, true)) whole += syllable;
  std::vector<std::string> keys{"n" + text::fold(name), std::move(whole),
                                "i" + text::initials(name, true)};
  std::erase_if(keys, [](const std::string& key) { return key.size() == 1; });
  return keys;
}

void append_name_keys(std::vector<SearchKey>& keys, Id<Person> person, Id<Household> household,
                      std::string_view name) {
  for (std::string& key : name_keys(name)) {
    keys.push_back({std::move(key), person.value(), household.value()});
  }
}

void append_phone_key(std::vector<SearchKey>& keys, Id<Person> person, Id<Household> household,
                      std::string_view phone) {
  if (phone.size() < 4) return;
  add(keys, 't', phone.substr(phone.size() - 4), person ? person.value() : household.value(),
      household.value());
}

void insert_search_keys(store::Transaction& tx, Id<Community> community,
                        std::span<const SearchKey> keys) {
  insert(tx, community, {keys.begin(), keys.end()}, "ON CONFLICT DO NOTHING");
}

void insert_first_search_keys(store::Transaction& tx, Id<Community> community,
                              std::vector<SearchKey> keys) {
  insert(tx, community, std::move(keys), "");
}

std::string DwellingNames::door() const {
  return join_door({compound, building, entrance, dwelling});
}

std::map<std::int64_t, std::string> compound_names(store::Snapshot& db, Id<Community> community) {
  std::map<std::int64_t, std::string> names;
  for (const store::Row& row :
       db.query("SELECT id, name FROM place WHERE community_id = $1 AND kind = 'compound'",
                {community})) {
    names.emplace(row.integer(0), row.text(1));
  }
  return names;
}

std::vector<DwellingNames> dwelling_names(store::Snapshot& db, Id<Community> community,
                                          std::string_view path) {
  const auto compounds = compound_names(db, community);
  std::vector<DwellingNames> all;
  for (const store::Row& row : db.query(
           "SELECT d.id, d.path, d.name, u.kind, u.name, b.name FROM place d"
           " JOIN place u ON u.community_id = d.community_id AND u.id = d.parent_id"
           " LEFT JOIN place b ON b.community_id = u.community_id AND b.id = u.parent_id"
           " WHERE d.community_id = $1 AND d.kind = 'dwelling' AND d.path >= $2 AND d.path < $3"
           " ORDER BY d.path",
           {community, path, access::path_end(path)})) {
    DwellingNames names{row.id<Place>(0), row.text(1)};
    names.dwelling = row.text(2);
    if (row.text(3) == "entrance") {
      names.entrance = row.text(4);
      names.building = row.maybe_text(5).value_or("");
    } else {
      names.building = row.text(4);
    }
    const auto compound = compounds.find(access::id_in_path(names.path, 'c').value_or(0));
    if (compound != compounds.end()) names.compound = compound->second;
    all.push_back(std::move(names));
  }
  return all;
}

void refresh_place_keys(store::Transaction& tx, Id<Community> community, std::string_view path) {
  std::vector<SearchKey> keys;
  for (const store::Row& row :
       tx.query("SELECT id, name FROM place WHERE community_id = $1 AND kind = 'building'"
                " AND path >= $2 AND path < $3",
                {community, path, access::path_end(path)})) {
    append_building_key(keys, row.id<Place>(0), row.text(1));
  }
  for (const DwellingNames& one : dwelling_names(tx, community, path)) {
    append_dwelling_keys(keys, one.id, one.building, one.entrance, one.dwelling);
  }
  std::int64_t last = 0;
  for (const SearchKey& key : keys) {
    if (key.subject != last) forget(tx, community, key.subject);
    last = key.subject;
  }
  insert_search_keys(tx, community, keys);
}

void refresh_door_texts(store::Transaction& tx, Id<Community> community, std::string_view path) {
  for (const DwellingNames& one : dwelling_names(tx, community, path)) {
    tx.post(
        "UPDATE household SET door = $1 WHERE community_id = $2 AND dwelling_id = $3"
        " AND door <> $1",
        {one.door(), community, one.id});
  }
}

void refresh_person_keys(store::Transaction& tx, Id<Community> community, Id<Person> person) {
  add_link_keys(tx, person);
  forget(tx, community, person.value());
  std::vector<SearchKey> keys;
  for (const store::Row& row :
       tx.query("SELECT r.household_id, p.name FROM residence r JOIN person p ON p.id = r.person_id"
                " WHERE r.community_id = $1 AND r.person_id = $2 AND r.until_on IS NULL",
                {community, person})) {
    append_name_keys(keys, person, row.id<Household>(0), row.text(1));
  }
  for (const store::Row& row :
       tx.query("SELECT u.household_id, c.value FROM residence r CROSS JOIN contact_point_use u"
                " CROSS JOIN contact_point c WHERE r.community_id = $1 AND r.person_id = $2"
                " AND r.until_on IS NULL AND u.community_id = r.community_id"
                " AND u.household_id = r.household_id AND u.person_id = r.person_id"
                " AND c.community_id = u.community_id AND c.id = u.contact_point_id",
                {community, person})) {
    append_phone_key(keys, person, row.id<Household>(0), row.text(1));
  }
  insert_search_keys(tx, community, keys);
}

}  // namespace doorstep::registry
