#include "care/registry/search.h"

#include <algorithm>

#include "base/text.h"
#include "care/registry/door_text.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

/// Keys read of one range at most before the scope is looked at: bounds what "张" costs among a
/// million people.
constexpr std::int64_t keys_max = 400;
/// Residents of a part of the community that are gone through instead where that was too few.
constexpr std::int64_t residents_max = 3000;
/// Fewer figures than these begin every other phone.
constexpr std::size_t phone_prefix_min = 5;

bool all_of_range(std::string_view text, char from, char to) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) { return c >= from && c <= to; });
}

/// The smallest text greater than every one that begins with `prefix`: no text holds U+10FFFF.
std::string end_of(const std::string& prefix) {
  return prefix + "\xF4\x8F\xBF\xBF";
}

class Search {
 public:
  Search(api::Context& context, std::size_t limit) : context_(context), limit_(limit) {}

  void doors(const std::string& prefix);
  void numbers(const std::string& number);
  void buildings(const std::string& prefix);
  void people(const std::string& prefix);
  void phones(const std::string& prefix);
  void door(const DoorMatch& match);

  [[nodiscard]] bool none() const { return hits_.empty(); }
  [[nodiscard]] bool full() const { return hits_.size() >= limit_; }
  std::vector<Hit> take();

 private:
  [[nodiscard]] std::int64_t limit_as_integer() const { return std::int64_t(limit_); }
  void places(const std::string& prefix);
  void add_place(const PlaceRow& place, bool exact);
  store::Rows people_among(std::string_view keys, const std::string& prefix);
  void people_in_scope(const std::string& prefix);
  void add_people(const store::Rows& rows, const std::string& prefix);
  void add(Hit hit);

  api::Context& context_;
  std::size_t limit_;
  std::vector<Hit> hits_;
};

void Search::add(Hit hit) {
  const auto same = std::ranges::find_if(hits_, [&](const Hit& one) {
    return one.kind == hit.kind && one.id == hit.id && one.household == hit.household;
  });
  if (same == hits_.end()) {
    hits_.push_back(std::move(hit));
  } else {
    same->exact = same->exact || hit.exact;
  }
}

void Search::add_place(const PlaceRow& place, bool exact) {
  if (place.kind == PlaceKind::building) {
    add({HitKind::building, place.id.value(), 0, 0, place.name, "", exact});
    return;
  }
  for (const DwellingNames& names :
       dwelling_names(context_.db, context_.community.id, place.path)) {
    add({HitKind::dwelling, place.id.value(), place.id.value(), 0, names.door(), "", exact});
  }
}

void Search::places(const std::string& prefix) {
  for (const store::Row& row : context_.db.query(
           "SELECT " + std::string(place_columns) +
               ", k.key FROM (SELECT key, subject_id"
               " FROM search_key WHERE community_id = $1 AND key >= $2 AND key < $3"
               " ORDER BY key LIMIT $4) k JOIN {places} p ON p.id = k.subject_id"
               " ORDER BY k.key, p.path LIMIT $5",
           {context_.community.id, prefix, end_of(prefix), keys_max, limit_as_integer()})) {
    add_place(place_from(row), row.text(place_column_count) == prefix);
    if (full()) return;
  }
}

void Search::doors(const std::string& prefix) {
  places("d" + prefix);
}

void Search::buildings(const std::string& prefix) {
  places("b" + prefix);
}

/// A door by its number alone. Where the scope is a part of the community its own dwellings are
/// fewer than all doors of that number.
void Search::numbers(const std::string& number) {
  if (context_.scope.whole()) return places("u" + number);
  for (const store::Row& row :
       context_.db.query("SELECT " + std::string(place_columns) +
                             " FROM {places} p WHERE p.kind = 'dwelling'"
                             " AND p.name >= $1 AND p.name < $2 ORDER BY p.path LIMIT $3",
                         {number, end_of(number), limit_as_integer()})) {
    const PlaceRow place = place_from(row);
    add_place(place, place.name == number);
  }
}

void Search::add_people(const store::Rows& rows, const std::string& prefix) {
  for (const store::Row& row : rows) {
    const bool exact = row.text(0) == prefix;
    const std::int64_t subject = row.integer(1);
    const std::int64_t household = row.integer(2);
    const std::string door = join_door({row.text(4), row.text(5)});
    if (row.is_null(6)) {
      add({HitKind::household, household, row.integer(3), household, door, "", exact});
    } else {
      add({HitKind::person, subject, row.integer(3), household, row.text(6), door, exact});
    }
    if (full()) return;
  }
}

/// `keys` selects key, subject_id and household_id of the community $1 from $2 on before $3.
store::Rows Search::people_among(std::string_view keys, const std::string& prefix) {
  std::string sql =
      "SELECT k.key, k.subject_id, k.household_id, h.dwelling_id, h.door, h.label, p.name FROM (";
  sql += keys;
  sql +=
      " ORDER BY key LIMIT $4) k JOIN {households} h ON h.id = k.household_id"
      " LEFT JOIN person p ON p.id = k.subject_id ORDER BY k.key, h.path LIMIT $5";
  return context_.db.query(
      sql, {context_.community.id, prefix, end_of(prefix), keys_max, limit_as_integer()});
}

/// Phones stand in their own order already and need no keys.
void Search::phones(const std::string& prefix) {
  add_people(people_among("SELECT c.value AS key, u.person_id AS subject_id, u.household_id"
                          " FROM contact_point c JOIN contact_point_use u"
                          " ON u.community_id = c.community_id AND u.contact_point_id = c.id"
                          " WHERE c.community_id = $1 AND c.kind = 'phone' AND c.value >= $2"
                          " AND c.value < $3",
                          prefix),
             prefix);
}

void Search::people(const std::string& prefix) {
  const store::Rows rows = people_among(
      "SELECT key, subject_id, household_id FROM search_key WHERE community_id = $1"
      " AND key >= $2 AND key < $3",
      prefix);
  add_people(rows, prefix);
  if (std::ssize(rows) >= limit_as_integer() || context_.scope.whole()) return;
  const std::int64_t read =
      context_.db
          .first(
              "SELECT COUNT(*) FROM (SELECT 1 FROM search_key WHERE community_id = $1"
              " AND key >= $2 AND key < $3 LIMIT $4) k",
              {context_.community.id, prefix, end_of(prefix), keys_max})
          ->integer(0);
  if (read == keys_max) people_in_scope(prefix);
}

/// More people begin like this than were looked at: goes through those in scope instead. CROSS JOIN
/// keeps SQLite to this order of tables.
void Search::people_in_scope(const std::string& prefix) {
  store::Rows found;
  std::vector<SearchKey> keys;
  context_.db.each(
      "SELECT r.person_id, h.id, h.dwelling_id, h.door, h.label, p.name FROM {households} h"
      " CROSS JOIN residence r CROSS JOIN person p WHERE r.community_id = h.community_id"
      " AND r.household_id = h.id AND r.until_on IS NULL AND p.id = r.person_id LIMIT $1",
      {residents_max}, [&](const store::Row& row) {
        keys.clear();
        append_name_keys(keys, row.id<Person>(0), row.id<Household>(1), row.text(5));
        for (const SearchKey& key : keys) {
          if (!key.key.starts_with(prefix)) continue;
          found.emplace_back(
              store::Values{key.key, row[0], row[1], row[2], row[3], row[4], row[5]});
        }
        return std::ssize(found) < limit_as_integer();
      });
  add_people(found, prefix);
}

void Search::door(const DoorMatch& match) {
  add({HitKind::dwelling, match.dwelling.value(), match.dwelling.value(), 0, match.door, "",
       match.sure});
}

std::vector<Hit> Search::take() {
  std::vector<Hit> best;
  for (const bool exact : {true, false}) {
    for (Hit& hit : hits_) {
      if (hit.exact == exact && best.size() < limit_) best.push_back(std::move(hit));
    }
  }
  return best;
}

void search_doors(api::Context& context, Search& found, std::string_view text) {
  bool building_alone = false;
  for (const DoorReading& reading : read_door(text)) {
    if (reading.building.empty()) continue;
    if (!reading.entrance.empty()) {
      found.doors(building_key(reading.building) + '-' + reading.entrance + '-' + reading.dwelling);
    }
    building_alone = building_alone || (reading.entrance.empty() && reading.dwelling.empty());
  }
  if (building_alone) found.buildings(building_key(text));
  // Buildings that are said by a part of their name, doors without their entrance.
  const bool figures = !text::digits(text).empty();
  if (found.none() || (figures && !found.full())) {
    for (const DoorMatch& match : match_doors(context, text, 20)) found.door(match);
  }
}

}  // namespace

std::vector<Hit> search(api::Context& context, std::string_view text, std::size_t limit) {
  const std::string folded = text::fold(text);
  Search found(context, limit);
  if (folded.empty()) return {};
  const bool names = context.scope.classes.contains(access::Class::name);
  const bool contacts = context.scope.classes.contains(access::Class::contact);
  std::string plain = folded;
  std::erase_if(plain, [](char c) { return c == ' ' || c == '-'; });
  if (all_of_range(folded, '0', '9')) {
    found.numbers(folded);
    found.buildings(building_key(folded));
    if (contacts && folded.size() == 4) found.people("t" + folded);
  } else if (all_of_range(plain, 'a', 'z')) {
    if (names) found.people("i" + plain);
    if (names) found.people("p" + plain);
    found.buildings(building_key(folded));
  } else {
    if (names) found.people("n" + folded);
    search_doors(context, found, folded);
  }
  if (contacts && all_of_range(plain, '0', '9') && plain.size() >= phone_prefix_min) {
    found.phones(plain);
  }
  return found.take();
}

}  // namespace doorstep::registry
