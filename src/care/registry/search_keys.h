#pragma once
/// \file Search keys: what a search finds, as sorted texts. A key begins with the letter of its
/// kind, so that a prefix is one range of the index whatever else begins like it.
///
///     building  b10            subject: the building
///     door      d10-2-301      subject: the dwelling (door_text.h says how keys are made)
///     number    u301           subject: the dwelling
///     name      n张阿姨         subject: the person, folded
///     pinyin    pzhangayi      subject: the person
///     initials  izay           subject: the person
///     tail      t0301          subject: the person, or the household for its own phone; the last
///                              four figures

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"
#include "care/registry/places.h"

namespace doorstep::registry {

using access::Community;
using access::Household;
struct Person;

struct SearchKey {
  std::string key = {};
  std::int64_t subject = 0;
  std::int64_t household = 0;

  // In the order of the index, so that neighbours go to one page.
  friend auto operator<=>(const SearchKey&, const SearchKey&) = default;
};

void append_building_key(std::vector<SearchKey>& keys, Id<Place> building, std::string_view name);
void append_dwelling_keys(std::vector<SearchKey>& keys, Id<Place> dwelling,
                          std::string_view building, std::string_view entrance,
                          std::string_view name);
/// The keys of a name: as it is written, its pinyin, its initials.
[[nodiscard]] std::vector<std::string> name_keys(std::string_view name);
void append_name_keys(std::vector<SearchKey>& keys, Id<Person> person, Id<Household> household,
                      std::string_view name);
/// `person` is zero for a phone of the household.
void append_phone_key(std::vector<SearchKey>& keys, Id<Person> person, Id<Household> household,
                      std::string_view phone);

/// Keys that are there already stay.
void insert_search_keys(store::Transaction& tx, Id<Community> community,
                        std::span<const SearchKey> keys);
/// The same for subjects that had none until now: nothing is looked for, which halves what a row costs
/// PostgreSQL. Takes the keys in any order and also twice.
void insert_first_search_keys(store::Transaction& tx, Id<Community> community,
                              std::vector<SearchKey> keys);

/// The names from the compound down to a dwelling.
struct DwellingNames {
  Id<Place> id{};
  std::string path = {};
  std::string compound = {};
  std::string building = {};
  std::string entrance = {};
  std::string dwelling = {};

  /// "10栋2单元301", after the compound's name where there is one.
  [[nodiscard]] std::string door() const;
};

/// Of every dwelling at or below `path`.
std::vector<DwellingNames> dwelling_names(store::Snapshot& db, Id<Community> community,
                                          std::string_view path);

/// Compounds by id, with their names.
std::map<std::int64_t, std::string> compound_names(store::Snapshot& db, Id<Community> community);

/// Makes the keys of all buildings and dwellings at or below `path` anew.
void refresh_place_keys(store::Transaction& tx, Id<Community> community, std::string_view path);
/// Writes the door texts of all households at or below `path` anew.
void refresh_door_texts(store::Transaction& tx, Id<Community> community, std::string_view path);
/// Makes the keys of a person anew: of each household in which they live now, and of their phones;
/// and adds those by which they are recognised (alike.h).
void refresh_person_keys(store::Transaction& tx, Id<Community> community, Id<Person> person);

}  // namespace doorstep::registry
