#pragma once
/// \file Blocking keys: 64-bit numbers of which two records of one person almost surely share one,
/// and two of different people hardly any.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/linkage/compare.h"
#include "engine/linkage/people.h"

namespace doorstep::linkage {

using Key = std::uint64_t;

/// One way to be found: equal in this property or pair of properties.
struct Pass {
  enum class Type : std::uint8_t {
    exact,          ///< The whole value.
    without_one,    ///< The value with one character left out: one edit apart still meets.
    masked,         ///< First six and last four characters of an identity number.
    tail,           ///< Last eight characters of an identity number, last seven of a phone.
    head,           ///< The rest of it, with the family name.
    local_part,     ///< E-mail before the '@'.
    whole_name,     ///< Pinyin of the name, in either order.
    dwelling,       ///< Community, building and room.
    name_building,  ///< Family name, community and building.
    pair,           ///< Two values.
    name_word,      ///< Given or family name, whichever it stands as, and another value.
    name_words,     ///< Given and family name in either order.
  };
  Type type = Type::exact;
  std::size_t slot = 0;
  std::size_t other = 0;
  std::uint32_t used = 0;  ///< Comparisons (as bits) that agree because the key does.
  bool broad = false;      ///< May hold many people; then a second property is put to it.
};

/// What keys records with given slots have.
class KeyPlan {
 public:
  explicit KeyPlan(std::span<const Kind> kinds);

  [[nodiscard]] std::span<const Pass> passes() const { return passes_; }

  /// Appends the keys of a record in one pass; none where a value is missing.
  void keys(const People& people, Row row, std::size_t pass, std::vector<Key>& out) const;

  /// The slots, as bits, of which one more must agree before a pair that met in this pass is worth
  /// scoring among so many possible pairs; 0 where meeting is enough. Two words in common are a
  /// coincidence in a large list, whatever else resembles.
  [[nodiscard]] std::uint32_t third_slots(std::size_t pass, double possible_pairs) const;

  /// Second properties by which an over-full key is divided; 0 where the record has none.
  /// `out` has facet_count() elements.
  [[nodiscard]] std::size_t facet_count() const { return facets_.size(); }
  void facets(const People& people, Row row, std::vector<std::uint64_t>& out) const;

  /// The key of a part of an over-full block.
  [[nodiscard]] static Key composed(Key key, std::size_t facet, std::uint64_t value) {
    return mix64(mix64(key, facet + 1), value);
  }

 private:
  enum class Facet : std::uint8_t { value, whole_name, surname, building, room, tail };
  struct FacetSlot {
    Facet facet;
    std::size_t slot;
  };
  void add(Pass pass);
  void add_pairs();
  [[nodiscard]] std::uint64_t surname(const People& people, Row row) const;
  void identifier_keys(std::string_view id, const Pass& pass, std::uint64_t surname,
                       std::vector<Key>& out) const;

  std::vector<Kind> kinds_;
  std::vector<Comparison> comparisons_;
  std::vector<Pass> passes_;
  std::vector<FacetSlot> facets_;
};

}  // namespace doorstep::linkage
