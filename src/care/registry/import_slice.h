#pragma once
/// \file Some hundred rows of an import on their way into the registry. Looking at rows and applying
/// them is one walk: looking only leaves the writing out, so a preview cannot say something else
/// than what then happens.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "care/registry/import_file.h"
#include "care/registry/people.h"

namespace doorstep::registry {

enum class RowState : std::uint8_t { fresh, changed, same, invalid, applied, undone };

/// Who came to live where, and who went, by household: what the journal says of a slice.
struct Moves {
  using People = std::map<std::int64_t, std::vector<std::int64_t>>;
  People joined = {};
  People left = {};
};

/// What one slice works with.
struct ImportSlice {
  store::Transaction& tx;
  Id<Community> community;
  IdSource& ids;
  Rng& rng;
  const std::string& pepper;
  Instant now;
  Day today;
  Moves& moves;
  Instant uploaded;  ///< Of the file: who was registered before may be who a row is about.
  bool write = false;

  template <class Entity>
  [[nodiscard]] Id<Entity> new_id() const {
    return ids.next<Entity>(now);
  }
};

/// What a value was and became.
struct Change {
  std::string what = {};  ///< "name", "sex", "born_on", "relation", "access_notes", "lift" ..
  Id<struct Anything> of{};
  std::optional<std::string> before = {};
  std::optional<std::string> after = {};

  void fields(auto& f) {
    f("what", what);
    f("of", of);
    f("before", before);
    f("after", after);
  }
};

/// What applying a row made and changed, for undoing it.
struct Made {
  std::vector<Id<Place>> places = {};  ///< In the order in which they were made.
  std::optional<Id<Household>> household = {};
  std::optional<Id<Person>> person = {};
  std::optional<Id<Person>> numbered = {};      ///< Who got an identity number.
  std::optional<std::string> number_kind = {};  ///< Of a document from elsewhere; else resident_id.
  std::optional<Id<Residence>> residence = {};
  std::optional<Id<Residence>> ended = {};  ///< The residence that a move ended.
  /// Phones that now reach `reached` in `home`, and those that a move took along from where the
  /// person lived before.
  std::optional<Id<Person>> reached = {};
  std::optional<Id<Household>> home = {};
  std::vector<Id<ContactPoint>> phones = {};
  std::vector<Id<ContactPoint>> phones_left = {};
  std::vector<Change> changes = {};

  void fields(auto& f) {
    // There is one of these for each row: what is empty is left out.
    const auto list = [&f](const char* name, auto& values) {
      std::optional<std::decay_t<decltype(values)>> some;
      if (!values.empty()) some = values;
      f(name, some);
      if (some) values = std::move(*some);
    };
    list("places", places);
    f("household", household);
    f("person", person);
    f("numbered", numbered);
    f("number_kind", number_kind);
    f("residence", residence);
    f("ended", ended);
    f("reached", reached);
    f("home", home);
    list("phones", phones);
    list("phones_left", phones_left);
    list("changes", changes);
  }
};

struct RowResult {
  RowState state = RowState::same;
  std::string reason = {};  ///< A code; for a row that is only changed or new mostly empty.
  Made made = {};
  /// What the row is about, from the building down; empty where it says nothing. Two rows of a file
  /// with the same last one are the same row twice.
  std::array<std::string, 5> about = {};  ///< Building, entrance, dwelling, household, person.
  std::string number_hash = {};           ///< Of the identity number, with its kind.
  /// Who it is about; none as long as they are not registered.
  std::optional<Id<Person>> person = {};
};

/// A row's cells by field, each NFKC and without space around.
class FieldCells {
 public:
  FieldCells(const Mapping& mapping, const ImportLine& line);
  [[nodiscard]] const std::string& operator[](Field field) const {
    return cells_[static_cast<std::size_t>(field)];
  }
  /// Whether the row has more cells with text than the header has columns.
  [[nodiscard]] bool too_wide() const { return too_wide_; }

 private:
  std::array<std::string, field_count> cells_;
  bool too_wide_ = false;
};

/// Rows of dwellings: places are found by their keys below what the row says, and made where there
/// are none. Reasons: invalid "import.width", "import.building_missing", "import.door_missing",
/// "import.lift", "import.floor", "import.floors", "place.name", "import.ambiguous_building",
/// "import.other_grid" (the building is in another one); changed "import.joins_grid".
std::vector<RowResult> process_dwellings(const ImportSlice& slice, const Mapping& mapping,
                                         std::span<const ImportLine> lines);

/// "1958-03-02", "1958/3/2", "1958.3.2", "19580302", "1958年3月2日".
[[nodiscard]] std::optional<Day> day_as_written(std::string_view text);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::RowState> {
  static constexpr std::array words{"new", "changed", "same", "invalid", "applied", "undone"};
};
