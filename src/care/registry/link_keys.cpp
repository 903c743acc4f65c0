#include <algorithm>

#include "care/registry/alike.h"
#include "care/registry/bulk.h"

namespace doorstep::registry {
namespace {

std::vector<PersonKey> keys_as_stored(store::Transaction& tx, Id<Person> person) {
  const auto row = tx.first("SELECT name, born_on FROM person WHERE id = $1", {person});
  if (!row) return {};
  std::vector<std::string> phones;
  for (const store::Row& phone :
       tx.query("SELECT c.value FROM residence r CROSS JOIN contact_point_use u"
                " CROSS JOIN contact_point c WHERE r.person_id = $1 AND r.until_on IS NULL"
                " AND u.community_id = r.community_id AND u.household_id = r.household_id"
                " AND u.person_id = r.person_id AND c.community_id = u.community_id"
                " AND c.id = u.contact_point_id",
                {person})) {
    phones.push_back(phone.text(0));
  }
  std::vector<PersonKey> keys;
  append_link_keys(keys, {.id = person, .name = row->secret(0), .born_on = row->maybe_day(1)},
                   phones);
  return keys;
}

void insert(store::Transaction& tx, std::vector<PersonKey> keys, std::string_view where_there) {
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  BulkInsert rows(tx, "INSERT INTO link_key (key, person_id)", where_there);
  for (const PersonKey& one : keys) rows.add({one.key, one.person});
  rows.flush();
}

}  // namespace

std::vector<linkage::LinkKey> link_keys_of(const PersonRow& person,
                                           std::span<const std::string> phones) {
  const std::string born_on = person.born_on ? to_text(*person.born_on) : "";
  return linkage::link_keys(person.name.reveal(), born_on, phones).kept;
}

void append_link_keys(std::vector<PersonKey>& keys, const PersonRow& person,
                      std::span<const std::string> phones) {
  for (const linkage::LinkKey key : link_keys_of(person, phones)) {
    keys.push_back({key, person.id.value()});
  }
}

void insert_first_link_keys(store::Transaction& tx, std::vector<PersonKey> keys) {
  insert(tx, std::move(keys), "");
}

void add_link_keys(store::Transaction& tx, Id<Person> person) {
  insert(tx, keys_as_stored(tx, person), "ON CONFLICT DO NOTHING");
}

void remove_link_keys(store::Transaction& tx, Id<Person> person) {
  for (const PersonKey& one : keys_as_stored(tx, person)) {
    tx.post("DELETE FROM link_key WHERE key = $1 AND person_id = $2", {one.key, one.person});
  }
}

}  // namespace doorstep::registry
