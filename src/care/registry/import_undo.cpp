#include <algorithm>

#include "care/registry/alike.h"
#include "care/registry/import_batch.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

constexpr const char* in_use = "import.undo_in_use";
constexpr const char* changed_since = "import.undo_changed_since";

bool exists(const ImportSlice& slice, const std::string& what, const store::Values& values) {
  return !slice.tx.query("SELECT 1 FROM " + what + " LIMIT 1", values).empty();
}

constexpr const char* person_table = "person";

/// The table and key of a changed value.
struct Where {
  const char* table;
  bool of_community;
};

Where where(const std::string& what) {
  if (what == "access_notes") return {"household", true};
  if (what == "relation") return {"residence", true};
  if (what == "name" || what == "sex" || what == "born_on") return {person_table, false};
  return {"place", true};
}

std::string column(const std::string& what) {
  return what == "parent" ? "parent_id" : what;
}

std::optional<std::string> current(const ImportSlice& slice, const Change& change) {
  const Where at = where(change.what);
  const auto row =
      slice.tx.first("SELECT " + column(change.what) + " FROM " + at.table + " WHERE id = $1" +
                         (at.of_community ? " AND community_id = $2" : ""),
                     {change.of, slice.community});
  if (!row || row->is_null(0)) return std::nullopt;
  if (change.what == "parent") return id_text(row->integer(0));
  if (change.what == "lift") return row->boolean(0) ? "1" : "0";
  if (change.what == "floor" || change.what == "floors") return std::to_string(row->integer(0));
  return row->text(0);
}

store::Value value_of(const Change& change) {
  if (!change.before) return {};
  if (change.what == "lift") return *change.before == "1";
  if (change.what == "floor" || change.what == "floors") {
    return static_cast<std::int64_t>(std::strtoll(change.before->c_str(), nullptr, 10));
  }
  return *change.before;
}

bool places_in_use(const ImportSlice& slice, const Made& made) {
  for (const Id<Place> place : made.places) {
    for (const store::Row& child :
         slice.tx.query("SELECT id FROM place WHERE community_id = $1 AND parent_id = $2",
                        {slice.community, place})) {
      if (std::ranges::find(made.places, child.id<Place>(0)) == made.places.end()) return true;
    }
    const store::Values at{slice.community, place};
    if (exists(slice, "household WHERE community_id = $1 AND dwelling_id = $2", at) ||
        exists(slice, "access_grant WHERE community_id = $1 AND place_id = $2", at) ||
        exists(slice, "team_building WHERE community_id = $1 AND place_id = $2", at)) {
      return true;
    }
  }
  return false;
}

bool household_in_use(const ImportSlice& slice, const Made& made) {
  if (!made.household) return false;
  const store::Values at{slice.community, *made.household,
                         made.residence.value_or(Id<Residence>{})};
  if (exists(slice, "residence WHERE community_id = $1 AND household_id = $2 AND id <> $3", at)) {
    return true;
  }
  for (const std::string_view table : tables_with_household) {
    if (exists(slice, std::string(table) + " WHERE community_id = $1 AND household_id = $2", at)) {
      return true;
    }
  }
  // Whoever the row brought here goes with it; a phone of anybody else stays.
  return exists(slice,
                "contact_point_use WHERE community_id = $1 AND household_id = $2"
                " AND person_id NOT IN (SELECT r.person_id FROM residence r"
                " WHERE r.community_id = $1 AND r.id = $3)",
                at);
}

bool person_in_use(const ImportSlice& slice, const Made& made) {
  if (made.residence &&
      !exists(slice, "residence WHERE community_id = $1 AND id = $2 AND until_on IS NULL",
              {slice.community, *made.residence})) {
    return true;
  }
  if (!made.person) return false;
  // Somebody has heard of them since, and not from this list.
  if (exists(slice, "person_source WHERE person_id = $1", {*made.person})) return true;
  if (exists(slice, "residence WHERE person_id = $1 AND id <> $2",
             {*made.person, made.residence.value_or(Id<Residence>{})})) {
    return true;
  }
  return std::ranges::any_of(tables_with_person, [&](std::string_view table) {
    // In the household of the residence: with another one the person was in use above.
    return exists(slice,
                  std::string(table) +
                      " WHERE community_id = $1 AND person_id = $2 AND household_id IN"
                      " (SELECT r.household_id FROM residence r WHERE r.community_id = $1"
                      " AND r.id = $3)",
                  {slice.community, *made.person, made.residence.value_or(Id<Residence>{})});
  });
}

void restore(const ImportSlice& slice, const Change& change) {
  if (change.what == "parent") {
    const auto find = [&](std::int64_t id) {
      const auto row = slice.tx.first("SELECT " + std::string(place_columns) +
                                          " FROM place p WHERE p.community_id = $1 AND p.id = $2",
                                      {slice.community, id});
      return row ? std::optional(place_from(*row)) : std::nullopt;
    };
    const auto place = find(change.of.value());
    const auto before = change.before ? id_from_text(*change.before) : std::nullopt;
    if (place) {
      move_subtree(slice.tx, slice.community, *place, before ? find(*before) : std::nullopt);
    }
    return;
  }
  const Where at = where(change.what);
  slice.tx.post("UPDATE " + std::string(at.table) + " SET " + column(change.what) +
                    " = $1 WHERE id = $2" + (at.of_community ? " AND community_id = $3" : ""),
                {value_of(change), change.of, slice.community});
}

void remove_phones(const ImportSlice& slice, const Made& made) {
  if (!made.reached || !made.home) return;
  for (const Id<ContactPoint> point : made.phones) {
    slice.tx.post(
        "DELETE FROM contact_point_use WHERE community_id = $1 AND household_id = $2"
        " AND person_id = $3 AND contact_point_id = $4",
        {slice.community, *made.home, *made.reached, point});
    slice.tx.post(
        "DELETE FROM contact_point WHERE community_id = $1 AND id = $2 AND NOT EXISTS"
        " (SELECT 1 FROM contact_point_use u WHERE u.community_id = $1 AND u.contact_point_id = "
        "$2)",
        {slice.community, point});
  }
}

/// Back to where the person lived before, with the phones that reached them there.
void move_back(const ImportSlice& slice, const Made& made) {
  if (!made.ended) return;
  slice.tx.post("UPDATE residence SET until_on = NULL WHERE community_id = $1 AND id = $2",
                {slice.community, *made.ended});
  for (const store::Row& row : slice.tx.query(
           "SELECT household_id, person_id FROM residence WHERE community_id = $1 AND id = $2",
           {slice.community, *made.ended})) {
    slice.moves.joined[row.integer(0)].push_back(row.integer(1));
  }
  for (const Id<ContactPoint> point : made.phones_left) {
    slice.tx.post(
        "INSERT INTO contact_point_use (community_id, contact_point_id, household_id, person_id,"
        " from_at) SELECT community_id, $3, household_id, person_id, $4 FROM residence"
        " WHERE community_id = $1 AND id = $2 AND EXISTS (SELECT 1 FROM contact_point c"
        " WHERE c.community_id = $1 AND c.id = $3) ON CONFLICT DO NOTHING",
        {slice.community, *made.ended, point, slice.now});
  }
}

/// Nobody whom the row has changed is recognised by what it said; what stays is added again.
void forget_people(const ImportSlice& slice, const Made& made) {
  if (made.reached) remove_link_keys(slice.tx, *made.reached);
  if (made.residence) {
    for (const store::Row& row :
         slice.tx.query("SELECT person_id FROM residence WHERE community_id = $1 AND id = $2",
                        {slice.community, *made.residence})) {
      remove_link_keys(slice.tx, row.id<Person>(0));
    }
  }
  for (const Change& change : made.changes) {
    if (where(change.what).table == person_table) {
      remove_link_keys(slice.tx, Id<Person>{change.of.value()});
    }
  }
}

/// Who lived in a residence, before it is removed.
std::optional<Id<Person>> remove_residence(const ImportSlice& slice, const Made& made) {
  if (!made.residence) return std::nullopt;
  const store::Values at{slice.community, *made.residence};
  const auto row = slice.tx.first(
      "SELECT person_id, household_id FROM residence WHERE community_id = $1 AND id = $2", at);
  if (!row) return std::nullopt;
  slice.tx.post(
      "DELETE FROM contact_point_use WHERE community_id = $1 AND household_id = $2"
      " AND person_id = $3",
      {slice.community, row->integer(1), row->integer(0)});
  slice.tx.post("DELETE FROM residence WHERE community_id = $1 AND id = $2", at);
  slice.moves.left[row->integer(1)].push_back(row->integer(0));
  return row->id<Person>(0);
}

}  // namespace

std::optional<std::string> undo_row(const ImportSlice& slice, const Made& made) {
  if (places_in_use(slice, made) || household_in_use(slice, made) || person_in_use(slice, made)) {
    return in_use;
  }
  for (const Change& change : made.changes) {
    if (current(slice, change) != change.after) return changed_since;
  }
  forget_people(slice, made);
  for (const Change& change : made.changes) restore(slice, change);
  remove_phones(slice, made);
  const auto moved = remove_residence(slice, made);
  move_back(slice, made);
  if (made.numbered) {
    slice.tx.post("DELETE FROM identifier WHERE kind = $1 AND person_id = $2",
                  {made.number_kind.value_or("resident_id"), *made.numbered});
  }
  if (made.household) {
    slice.tx.post("DELETE FROM household WHERE community_id = $1 AND id = $2",
                  {slice.community, *made.household});
  }
  for (const auto& person : {moved, made.reached}) {
    if (person) refresh_person_keys(slice.tx, slice.community, *person);
  }
  for (const Change& change : made.changes) {
    if (where(change.what).table == person_table) {
      refresh_person_keys(slice.tx, slice.community, Id<Person>{change.of.value()});
    }
  }
  if (made.person) {
    remove_link_keys(slice.tx, *made.person);
    slice.tx.post("DELETE FROM person WHERE id = $1", {*made.person});
  }
  for (auto place = made.places.rbegin(); place != made.places.rend(); ++place) {
    slice.tx.post("DELETE FROM search_key WHERE community_id = $1 AND subject_id = $2",
                  {slice.community, *place});
    slice.tx.post("DELETE FROM place WHERE community_id = $1 AND id = $2",
                  {slice.community, *place});
  }
  return std::nullopt;
}

}  // namespace doorstep::registry
