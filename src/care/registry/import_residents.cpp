#include "care/registry/import_residents.h"

#include <algorithm>

#include "base/text.h"
#include "care/registry/bulk.h"
#include "care/registry/door_text.h"

namespace doorstep::registry {
namespace {

using ResidentPtr = std::shared_ptr<Resident>;
using HouseholdPtr = std::shared_ptr<KnownHousehold>;

Error invalid(const char* reason) {
  return {ErrorKind::invalid, reason};
}

/// The rows of a slice, one after the other, and what writing them comes to.
class Residents {
 public:
  Residents(const ImportSlice& slice, std::span<const Result<WantedResident>> rows)
      : slice_(slice), index_(slice, rows) {}

  /// `number` is the row's place in the slice.
  Result<RowResult> place(const WantedResident& wanted, std::size_t number);
  void write();

 private:
  Result<const KnownDoor*> door(const WantedResident& wanted) const;
  Result<HouseholdPtr> household(const WantedResident& wanted, const KnownDoor& door,
                                 RowResult& result);
  Result<ResidentPtr> find(const WantedResident& wanted, const KnownHousehold& home) const;
  Result<ResidentPtr> recognise(std::size_t number);
  ResidentPtr add(const WantedResident& wanted, const HouseholdPtr& home, RowResult& result);
  void move_in(const WantedResident& wanted, const ResidentPtr& resident, const HouseholdPtr& home,
               RowResult& result);
  void update(const WantedResident& wanted, const ResidentPtr& resident, RowResult& result);
  void update_home(const WantedResident& wanted, const HouseholdPtr& home, RowResult& result);
  void reach(const WantedResident& wanted, const ResidentPtr& resident, const HouseholdPtr& home,
             RowResult& result);
  void change(RowResult& result, const char* what, std::int64_t of,
              std::optional<std::string> before, std::string after);
  void number(const WantedResident& wanted, const ResidentPtr& resident, RowResult& result);
  static void say_about(const WantedResident& wanted, const KnownDoor& door,
                        const std::string& label, RowResult& result);
  bool reaches(Id<ContactPoint> point, const ResidentPtr& resident, const HouseholdPtr& home);
  void take_phones_along(const ResidentPtr& resident, const HouseholdPtr& home, RowResult& result);

  const ImportSlice& slice_;
  ResidentIndex index_;
  std::vector<HouseholdRow> new_households_;
  std::vector<PersonRow> new_people_;
  std::vector<ResidenceRow> new_residences_, ended_;
  std::vector<std::pair<Id<ContactPoint>, std::string>> new_points_;
  std::vector<std::tuple<Id<ContactPoint>, Id<Household>, Id<Person>>> new_uses_;
  std::vector<std::tuple<Id<Person>, NumberKey, std::string>> new_numbers_;
  std::vector<SearchKey> first_keys_, keys_;  ///< Of new people, and of those registered before.
  std::vector<PersonKey> link_keys_;          ///< Of new people.
  std::vector<Change> changes_;
  std::set<std::int64_t> renamed_, recognised_;
  std::set<std::int64_t> reached_;  ///< Who has other ones, beside those of `renamed_`.
};

Result<const KnownDoor*> Residents::door(const WantedResident& wanted) const {
  const KnownDoor* only = nullptr;
  const auto [from, to] = index_.doors.equal_range(wanted.door_key);
  for (auto at = from; at != to; ++at) {
    if (!wanted.compound_key.empty() && at->second.compound_key != wanted.compound_key) continue;
    if (only != nullptr) return invalid("import.ambiguous_door");
    only = &at->second;
  }
  if (only == nullptr) return invalid("import.unknown_door");
  return only;
}

/// Without a label: the dwelling's only household, or the one without a label.
Result<HouseholdPtr> Residents::household(const WantedResident& wanted, const KnownDoor& door,
                                          RowResult& result) {
  const auto [from, to] = index_.households.equal_range(door.dwelling.value());
  for (auto at = from; at != to; ++at) {
    if (at->second->row.label == wanted.label) return at->second;
  }
  if (wanted.label.empty() && from != to) {
    if (std::distance(from, to) == 1) return from->second;
    return invalid("import.ambiguous_household");
  }
  auto made = std::make_shared<KnownHousehold>();
  made->row.id = slice_.new_id<Household>();
  made->row.dwelling = door.dwelling;
  made->row.path = access::path_below(door.path, 'h', made->row.id.value());
  made->row.label = wanted.label;
  made->row.door = door.door;
  made->row.access_notes = wanted.access_notes;
  made->row.created_at = slice_.now;
  index_.households.emplace(door.dwelling.value(), made);
  new_households_.push_back(made->row);
  result.state = RowState::fresh;
  result.made.household = made->row.id;
  return made;
}

/// By number; or in the household by name, and by birthday where both are known.
Result<ResidentPtr> Residents::find(const WantedResident& wanted,
                                    const KnownHousehold& home) const {
  if (!wanted.number.empty()) {
    const auto found = index_.by_number.find(wanted.number);
    if (found != index_.by_number.end()) return found->second;
  }
  const auto& born_on = wanted.person.row.born_on;
  std::vector<ResidentPtr> same;
  for (const ResidentPtr& one : home.residents) {
    const bool other_number = one->numbers.contains(wanted.number.kind);
    const bool other_day = born_on && one->person.born_on && *born_on != *one->person.born_on;
    const bool here = one->residence.household == home.row.id;  // Not moved by an earlier row.
    if (here && one->folded_name == wanted.folded_name && !other_number && !other_day)
      same.push_back(one);
  }
  if (same.size() > 1) {
    std::erase_if(same, [&](const auto& one) { return one->person.born_on != born_on; });
    if (same.size() != 1) return invalid("import.ambiguous_person");
  }
  return same.empty() ? ResidentPtr{} : same.front();
}

/// Somebody registered who writes themselves otherwise or lives elsewhere: nobody where nobody is
/// alike, and an error where only a person can tell.
Result<ResidentPtr> Residents::recognise(std::size_t number) {
  const std::vector<Alike>& alike = index_.alike[number];
  const auto in_doubt = [](const Alike& one) { return one.likeness != Likeness::phone; };
  if (std::ranges::none_of(alike, in_doubt)) return ResidentPtr{};
  const Alike& best = alike.front();
  // Whoever lives in another community is handed over by it, not taken by a file.
  const bool ours = !best.household || best.community == slice_.community;
  if (best.likeness != Likeness::likely || !ours ||
      !recognised_.insert(best.person.id.value()).second) {
    return invalid("import.maybe_known");
  }
  return index_.resident(best.person.id);
}

ResidentPtr Residents::add(const WantedResident& wanted, const HouseholdPtr& home,
                           RowResult& result) {
  auto made = std::make_shared<Resident>();
  made->person = wanted.person.row;
  made->person.id = slice_.new_id<Person>();
  made->folded_name = wanted.folded_name;
  new_people_.push_back(made->person);
  result.made.person = made->person.id;
  move_in(wanted, made, home, result);
  if (slice_.write) {
    const std::int64_t person = made->person.id.value();
    for (const std::string& key : wanted.name_keys) {
      first_keys_.push_back({key, person, home->row.id.value()});
    }
    for (const linkage::LinkKey key : wanted.link_keys) link_keys_.push_back({key, person});
  }
  number(wanted, made, result);
  return made;
}

void Residents::number(const WantedResident& wanted, const ResidentPtr& resident,
                       RowResult& result) {
  if (wanted.number.empty() || resident->numbers.contains(wanted.number.kind)) return;
  resident->numbers.emplace(wanted.number.kind, wanted.number.hash);
  index_.by_number.emplace(wanted.number, resident);
  new_numbers_.emplace_back(resident->person.id, wanted.number, wanted.number_tail);
  result.made.numbered = resident->person.id;
  if (!wanted.person.number->is_resident_id()) result.made.number_kind = wanted.number.kind;
  if (result.state == RowState::same) result.state = RowState::changed;
}

void Residents::move_in(const WantedResident& wanted, const ResidentPtr& resident,
                        const HouseholdPtr& home, RowResult& result) {
  if (resident->residence.id) {
    result.made.ended = resident->residence.id;
    ended_.push_back(resident->residence);
    take_phones_along(resident, home, result);
    renamed_.insert(resident->person.id.value());
    if (result.state == RowState::same) result.state = RowState::changed;
    result.reason = "import.moves";
  } else {
    result.state = RowState::fresh;
  }
  resident->residence = {slice_.new_id<Residence>(), resident->person.id, home->row.id,
                         wanted.relation, slice_.today};
  home->residents.push_back(resident);
  new_residences_.push_back(resident->residence);
  result.made.residence = resident->residence.id;
}

/// True where it did not before.
bool Residents::reaches(Id<ContactPoint> point, const ResidentPtr& resident,
                        const HouseholdPtr& home) {
  const auto person = resident->person.id;
  const bool fresh =
      index_.uses.emplace(home->row.id.value(), person.value(), point.value()).second;
  if (fresh) new_uses_.emplace_back(point, home->row.id, person);
  return fresh;
}

/// What reached the person where they lived reaches them where they move to.
void Residents::take_phones_along(const ResidentPtr& resident, const HouseholdPtr& home,
                                  RowResult& result) {
  for (const store::Row& row :
       slice_.tx.query("SELECT contact_point_id FROM contact_point_use WHERE community_id = $1"
                       " AND household_id = $2 AND person_id = $3",
                       {slice_.community, resident->residence.household, resident->person.id})) {
    const auto point = row.id<ContactPoint>(0);
    result.made.phones_left.push_back(point);
    reaches(point, resident, home);
  }
}

void Residents::change(RowResult& result, const char* what, std::int64_t of,
                       std::optional<std::string> before, std::string after) {
  Change made{what, Id<Anything>{of}, std::move(before), std::move(after)};
  changes_.push_back(made);
  result.made.changes.push_back(std::move(made));
  if (result.state == RowState::same) result.state = RowState::changed;
}

void Residents::update(const WantedResident& wanted, const ResidentPtr& resident,
                       RowResult& result) {
  PersonRow& is = resident->person;
  const PersonRow& row = wanted.person.row;
  const std::string& name = row.name.reveal();
  if (wanted.folded_name != text::fold(is.name.reveal())) {
    change(result, "name", is.id.value(), is.name.reveal(), name);
    renamed_.insert(is.id.value());
    is.name = row.name;
  }
  if (row.sex != Sex::unknown && row.sex != is.sex) {
    change(result, "sex", is.id.value(), std::string(api::word(is.sex)),
           std::string(api::word(row.sex)));
    is.sex = row.sex;
  }
  if (row.born_on && row.born_on != is.born_on) {
    const auto before = is.born_on ? std::optional(to_text(*is.born_on)) : std::nullopt;
    change(result, "born_on", is.id.value(), before, to_text(*row.born_on));
    is.born_on = row.born_on;
    reached_.insert(is.id.value());
  }
  ResidenceRow& residence = resident->residence;
  if (!wanted.relation.empty() && wanted.relation != residence.relation) {
    change(result, "relation", residence.id.value(), residence.relation, wanted.relation);
    residence.relation = wanted.relation;
  }
  number(wanted, resident, result);
}

/// Notes of several residents of a household stand one after the other.
void Residents::update_home(const WantedResident& wanted, const HouseholdPtr& home,
                            RowResult& result) {
  std::string& notes = home->row.access_notes;
  if (wanted.access_notes.empty() || notes.find(wanted.access_notes) != std::string::npos) return;
  std::string after = notes.empty() ? wanted.access_notes : notes + "；" + wanted.access_notes;
  if (text::length(after) > access_notes_length_max) return;
  change(result, "access_notes", home->row.id.value(), notes, after);
  notes = std::move(after);
}

void Residents::reach(const WantedResident& wanted, const ResidentPtr& resident,
                      const HouseholdPtr& home, RowResult& result) {
  for (const std::string& phone : wanted.phones) {
    auto point = index_.phones.find(phone);
    if (point == index_.phones.end()) {
      point = index_.phones.emplace(phone, slice_.new_id<ContactPoint>()).first;
      new_points_.emplace_back(point->second, phone);
    }
    if (!reaches(point->second, resident, home)) continue;
    const bool made = result.made.person == resident->person.id;
    append_phone_key(made ? first_keys_ : keys_, resident->person.id, home->row.id, phone);
    if (!made) reached_.insert(resident->person.id.value());
    result.made.reached = resident->person.id;
    result.made.home = home->row.id;
    result.made.phones.push_back(point->second);
    if (result.state == RowState::same) result.state = RowState::changed;
  }
}

Result<RowResult> Residents::place(const WantedResident& wanted, std::size_t number) {
  RowResult result;
  const KnownDoor* where = TRY(door(wanted));
  // Who it is comes first: a row that cannot be told apart makes no household either.
  ResidentPtr resident;
  const auto [from, to] = index_.households.equal_range(where->dwelling.value());
  for (auto at = from; at != to; ++at) {
    const bool here = at->second->row.label == wanted.label ||
                      (wanted.label.empty() && std::distance(from, to) == 1);
    if (here) resident = TRY(find(wanted, *at->second));
  }
  if (!resident) resident = TRY(find(wanted, KnownHousehold{}));
  if (!resident) resident = TRY(recognise(number));
  const HouseholdPtr home = TRY(household(wanted, *where, result));
  if (!resident) {
    resident = add(wanted, home, result);
  } else if (resident->residence.household != home->row.id) {
    move_in(wanted, resident, home, result);
    if (result.state == RowState::fresh) renamed_.insert(resident->person.id.value());
    update(wanted, resident, result);
  } else {
    update(wanted, resident, result);
  }
  update_home(wanted, home, result);
  reach(wanted, resident, home, result);
  if (!slice_.write) say_about(wanted, *where, home->row.label, result);
  if (slice_.write || !result.made.person) result.person = resident->person.id;
  return result;
}

/// For finding rows that come twice, which is done while the file is looked at.
void Residents::say_about(const WantedResident& wanted, const KnownDoor& door,
                          const std::string& label, RowResult& result) {
  result.about[0] = std::to_string(access::id_in_path(door.path, 'b').value_or(0));
  result.about[1] = std::to_string(access::id_in_path(door.path, 'e').value_or(0));
  result.about[2] = std::to_string(door.dwelling.value());
  result.about[3] = result.about[2] + '|' + label;
  result.about[4] = result.about[3] + '|' + wanted.folded_name + '|' +
                    (wanted.person.row.born_on ? to_text(*wanted.person.row.born_on) : "") + '|' +
                    wanted.number.hash;
  if (!wanted.number.empty()) result.number_hash = wanted.number.kind + ' ' + wanted.number.hash;
}

/// Where a changed value stands.
std::string update_statement(const std::string& what) {
  if (what != "access_notes" && what != "relation") {
    return "UPDATE person SET " + what + " = $1 WHERE id = $3 AND $2 <> 0";
  }
  return "UPDATE " + std::string(what == "relation" ? "residence" : "household") + " SET " + what +
         " = $1 WHERE community_id = $2 AND id = $3";
}

void Residents::write() {
  store::Transaction& tx = slice_.tx;
  insert_households(tx, slice_.community, new_households_);
  insert_people(tx, slice_.rng, slice_.now, new_people_);
  BulkInsert numbers(tx, "INSERT INTO identifier (kind, hash, person_id, tail)");
  for (const auto& [person, number, tail] : new_numbers_) {
    numbers.add({number.kind, store::Bytes{number.hash}, person, tail});
  }
  numbers.flush();
  for (const ResidenceRow& one : ended_) {
    end_residence(tx, slice_.community, one, slice_.today);
    slice_.moves.left[one.household.value()].push_back(one.person.value());
  }
  for (const ResidenceRow& one : new_residences_) {
    slice_.moves.joined[one.household.value()].push_back(one.person.value());
  }
  insert_residences(tx, slice_.community, new_residences_);
  BulkInsert points(tx, "INSERT INTO contact_point (community_id, id, kind, value)");
  for (const auto& [id, phone] : new_points_) points.add({slice_.community, id, "phone", phone});
  points.flush();
  BulkInsert uses(tx,
                  "INSERT INTO contact_point_use (community_id, contact_point_id, household_id,"
                  " person_id, from_at)");
  for (const auto& [point, home, person] : new_uses_) {
    uses.add({slice_.community, point, home, person, slice_.now});
  }
  uses.flush();
  for (const Change& one : changes_) {
    if (one.what == "name" || one.what == "born_on") {
      remove_link_keys(tx, Id<Person>{one.of.value()});
    }
    tx.post(update_statement(one.what), {one.after, slice_.community, one.of});
  }
  insert_first_search_keys(tx, slice_.community, std::move(first_keys_));
  insert_search_keys(tx, slice_.community, keys_);
  insert_first_link_keys(tx, std::move(link_keys_));
  for (const std::int64_t person : reached_) {
    if (!renamed_.contains(person)) add_link_keys(tx, Id<Person>{person});
  }
  for (const std::int64_t person : renamed_) {
    refresh_person_keys(tx, slice_.community, Id<Person>{person});
  }
}

}  // namespace

std::vector<RowResult> process_residents(const ImportSlice& slice,
                                         std::span<const Result<WantedResident>> rows) {
  Residents residents(slice, rows);
  std::vector<RowResult> results;
  results.reserve(rows.size());
  for (const Result<WantedResident>& row : rows) {
    Result<RowResult> result =
        row.ok() ? residents.place(*row, results.size()) : Result<RowResult>(row.error());
    if (result.ok()) {
      results.push_back(std::move(result).value());
      std::string& reason = results.back().reason;
      if (row->others_phone && reason.empty()) reason = "import.others_phone";
    } else {
      results.push_back({RowState::invalid, result.error().code});
    }
  }
  if (slice.write) residents.write();
  return results;
}

}  // namespace doorstep::registry
