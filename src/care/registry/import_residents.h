#pragma once
/// \file What a slice of residents needs to know of the registry: looked up once for all its rows,
/// then kept up to date while the rows are walked.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "care/registry/alike.h"
#include "care/registry/import_slice.h"
#include "care/registry/search_keys.h"
#include "engine/linkage/link_keys.h"

namespace doorstep::registry {

/// What stands in the table of identifiers: two are the same where both agree. Empty: none.
struct NumberKey {
  std::string kind = {};
  std::string hash = {};

  [[nodiscard]] bool empty() const { return hash.empty(); }
  friend auto operator<=>(const NumberKey&, const NumberKey&) = default;
};

/// A row as it was written, checked.
struct WantedResident {
  std::string door_key = {};
  std::string compound_key = {};  ///< Empty: not said.
  std::string label = {};
  CheckedPerson person = {};
  std::string folded_name = {};
  NumberKey number = {};
  std::string number_tail = {};  ///< Its last two characters, which stay readable.
  std::vector<std::string> phones = {};
  bool others_phone = false;  ///< The row names a landlord's phone, which is not theirs.
  std::string relation = {};
  std::string access_notes = {};
  std::vector<std::string> name_keys = {};       ///< Of a search; only `with_keys`.
  std::vector<linkage::LinkKey> link_keys = {};  ///< Likewise.
};

/// What a row's meaning hangs on beside its cells.
struct RowReading {
  Mapping mapping = {};
  std::string pepper = {};
  Day today{};
  bool with_keys = false;  ///< Also the keys that a new person is found by.

  friend bool operator==(const RowReading&, const RowReading&) = default;
};

/// What each line says, without a look at the registry. Errors: the reasons of a row (import_slice.h).
[[nodiscard]] std::vector<Result<WantedResident>> read_residents(const RowReading& as,
                                                                 std::span<const ImportLine> lines);

struct KnownDoor {
  Id<Place> dwelling{};
  std::string path = {};
  std::string door = {};
  std::string compound_key = {};
};

struct Resident {
  PersonRow person = {};
  std::string folded_name = {};
  std::map<std::string, std::string> numbers = {};  ///< Hashes by kind.
  ResidenceRow residence = {};  ///< With a zero id: lives nowhere in this community.
};

struct KnownHousehold {
  HouseholdRow row = {};
  std::vector<std::shared_ptr<Resident>> residents = {};
};

class ResidentIndex {
 public:
  ResidentIndex(const ImportSlice& slice, std::span<const Result<WantedResident>> rows);

  std::multimap<std::string, KnownDoor> doors;
  std::multimap<std::int64_t, std::shared_ptr<KnownHousehold>> households;  ///< By dwelling.
  std::map<NumberKey, std::shared_ptr<Resident>> by_number;
  std::map<std::string, Id<ContactPoint>> phones;
  /// Who was registered already and may be the person of a row, by the row's place in the slice;
  /// empty for a row that is found otherwise.
  std::vector<std::vector<Alike>> alike;
  /// Household, person, contact point.
  std::set<std::tuple<std::int64_t, std::int64_t, std::int64_t>> uses;

  /// Requires somebody who is in `alike`.
  [[nodiscard]] std::shared_ptr<Resident> resident(Id<Person> person) const {
    return people_.at(person.value());
  }

 private:
  void load_doors(std::span<const Result<WantedResident>> rows);
  void load_households();
  void load_residents();
  void load_numbers(std::span<const Result<WantedResident>> rows);
  void load_phones(std::span<const Result<WantedResident>> rows);
  void load_strangers(const std::vector<store::Value>& ids);
  void load_alike(std::span<const Result<WantedResident>> rows);
  [[nodiscard]] bool lives_there(const WantedResident& row) const;

  const ImportSlice& slice_;
  std::map<std::int64_t, std::shared_ptr<KnownHousehold>> by_id_;
  std::map<std::int64_t, std::shared_ptr<Resident>> people_;
};

/// Rows of residents: the door must be there; people are found by their number, by name (and
/// birthday where both are known) in the household, or as find_alike() is sure of. Empty cells change nothing. Reasons: invalid
/// "import.width", "import.door_missing", "import.unknown_door", "import.ambiguous_door",
/// "import.ambiguous_household", "import.ambiguous_person", "import.sex", "import.born_on", the codes
/// of check_person(), "phone.invalid", "household.label", "household.access_notes",
/// "person.relation", "import.maybe_known" (may be somebody registered already: to be added by hand,
/// where that is asked), "import.several_persons" (whose is what cannot be known); changed "import.moves"
/// (lives elsewhere in the community until now); any "import.others_phone" (a landlord's, left out).
std::vector<RowResult> process_residents(const ImportSlice& slice,
                                         std::span<const Result<WantedResident>> rows);

}  // namespace doorstep::registry
