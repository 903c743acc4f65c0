#pragma once
/// \file Who is registered already and may be the person in front of us: asked wherever somebody is
/// registered, so that one person keeps one code. Judges by the score of engine/linkage; what the
/// table link_key does not bring together is not seen.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/registry/people.h"
#include "engine/linkage/link_keys.h"

namespace doorstep::registry {

/// Somebody who is to be registered, as far as they are known.
struct Newcomer {
  PersonRow person = {};
  bool has_number = false;  ///< A valid identity number, which nobody registered has.
  std::vector<std::string> phones = {};
  std::string door = {};  ///< Of the household they are to live in; empty: not said.
};

enum class Likeness : std::uint8_t {
  likely,    ///< As sure as a list is linked with.
  possible,  ///< More likely than not: a person decides.
  phone,     ///< Another name, but the same phone, in another household.
};

/// Somebody registered who may be that person.
struct Alike {
  PersonRow person = {};
  Id<Community> community{};  ///< Where they live; zero: nowhere now.
  Id<Household> household{};
  std::string door = {};
  std::string path = {};  ///< Of the household.
  float bits = 0;         ///< Log odds that they are one person.
  Likeness likeness = Likeness::possible;
};

/// For each newcomer the people who may be the same, likeliest first; at most five. Those who were
/// registered at `before` or later are left out. `community` is where the newcomers' doors are.
std::vector<std::vector<Alike>> find_alike(store::Snapshot& db, Id<Community> community,
                                           std::span<const Newcomer> newcomers,
                                           Instant before = Instant::max());

/// Whether anybody was registered before then: else nobody can be alike.
[[nodiscard]] bool anybody_before(store::Snapshot& db, Instant before);

/// A row of link_key.
struct PersonKey {
  std::int64_t key = 0;
  std::int64_t person = 0;

  // In the order of the index, so that neighbours go to one page.
  friend auto operator<=>(const PersonKey&, const PersonKey&) = default;
};
[[nodiscard]] std::vector<linkage::LinkKey> link_keys_of(const PersonRow& person,
                                                         std::span<const std::string> phones);
void append_link_keys(std::vector<PersonKey>& keys, const PersonRow& person,
                      std::span<const std::string> phones);
/// Of people who had none until now. Takes the keys in any order and also twice.
void insert_first_link_keys(store::Transaction& tx, std::vector<PersonKey> keys);
/// Adds what is missing of the keys of a person, as they are stored now.
void add_link_keys(store::Transaction& tx, Id<Person> person);
/// Removes the keys of a person as they are stored now: so before name, birthday, phones or
/// residences change. What has to stay is added again afterwards.
void remove_link_keys(store::Transaction& tx, Id<Person> person);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::Likeness> {
  static constexpr std::array words{"likely", "possible", "phone"};
};
