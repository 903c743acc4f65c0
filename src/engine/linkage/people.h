#pragma once
/// \file Records of people, packed for comparison: every value stands once in a pool, a record is a
/// row of four-byte value numbers.

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/linkage/person_name.h"
#include "engine/linkage/schema.h"
#include "engine/linkage/similarity.h"

namespace doorstep::linkage {

/// A value's number in its pool; 0 where nothing was given.
using ValueId = std::uint32_t;
using Row = std::uint32_t;

/// The 64-bit hash of the house for values and keys: the same on any machine, seeded apart by
/// `seed`.
[[nodiscard]] std::uint64_t hash64(std::string_view text, std::uint64_t seed = 0);
[[nodiscard]] std::uint64_t mix64(std::uint64_t a, std::uint64_t b);

/// Open addressing from a 64-bit hash to a number that is not 0. 12 bytes a place, at most 70 %
/// full.
class HashIndex {
 public:
  /// The place of `hash`, 0 in it when new. The reference holds until the next call.
  std::uint32_t& at(std::uint64_t hash);
  /// 0 when not there.
  [[nodiscard]] std::uint32_t find(std::uint64_t hash) const;
  [[nodiscard]] std::size_t size() const { return size_; }
  void clear();

 private:
  void grow();
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> values_;
  std::size_t size_ = 0;
};

/// The parts of an address that are compared as numbers; its community is the value's text.
struct Dwelling {
  std::uint32_t community = 0;  ///< Hash of the text.
  std::uint16_t building = 0;
  std::uint16_t unit = 0;
  std::uint16_t room = 0;

  friend bool operator==(const Dwelling&, const Dwelling&) = default;
};

/// All different values of one or more slots of a kind, normalised.
class Pool {
 public:
  explicit Pool(Kind kind);

  /// The number of the value that `raw` stands for, counted so many times more. 0 for nothing.
  ValueId add(std::string_view raw, std::uint32_t times = 1);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] std::size_t size() const { return hashes_.size(); }
  [[nodiscard]] std::string_view text(ValueId id) const {
    return std::string_view(arena_).substr(begins_[id], begins_[id + 1] - begins_[id]);
  }
  [[nodiscard]] std::uint64_t hash(ValueId id) const { return hashes_[id]; }
  [[nodiscard]] std::uint32_t count(ValueId id) const { return counts_[id]; }
  /// Requires a kind of words or email.
  [[nodiscard]] const WordShape& shape(ValueId id) const { return shapes_[id]; }
  /// How often the value with this hash was added; 0 for never.
  [[nodiscard]] std::uint32_t count_of(std::uint64_t hash) const;
  /// Requires the kind full_name.
  [[nodiscard]] const PersonName& name(ValueId id) const { return names_[id]; }
  /// Rows whose name has this pinyin (PersonName::whole or ::surname). Requires full_name.
  [[nodiscard]] std::uint32_t count_of_pinyin(std::uint32_t whole) const;
  [[nodiscard]] std::uint32_t count_of_surname(std::uint32_t surname) const;
  /// Requires the kind address.
  [[nodiscard]] const Dwelling& dwelling(ValueId id) const { return dwellings_[id]; }
  /// IdentifierKind in the low bits, 0x80 for a valid national number. Requires identifier.
  [[nodiscard]] std::uint8_t identifier_flags(ValueId id) const { return flags_[id]; }

  /// Frees what only add() of known raw spellings needs.
  void seal() { raw_.clear(); }

 private:
  ValueId insert(std::string_view raw);
  ValueId append(std::uint64_t hash, std::string_view text);

  Kind kind_;
  std::string arena_;
  std::vector<std::uint32_t> begins_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> counts_;
  std::vector<WordShape> shapes_;
  std::vector<PersonName> names_;
  std::vector<Dwelling> dwellings_;
  std::vector<std::uint8_t> flags_;
  HashIndex index_;
  HashIndex raw_;  ///< Hash of a raw spelling to its value, so that it is normalised once.
  HashIndex pinyin_;
  HashIndex surnames_;
};

/// Rows of values. A missing date of birth is filled from a valid national number.
class People {
 public:
  explicit People(std::vector<Kind> kinds);

  /// `values` in the order of the kinds; raw, as in the file. A row may stand for so many people,
  /// where this is a sketch of a population: what is common in it counts as that often.
  Row add(std::span<const std::string_view> values, std::uint32_t times = 1);
  void reserve(std::size_t rows);
  void seal();

  [[nodiscard]] std::size_t size() const { return derived_.size(); }
  /// How many people the rows stand for.
  [[nodiscard]] std::uint64_t population() const { return population_; }
  [[nodiscard]] std::span<const Kind> kinds() const { return kinds_; }
  [[nodiscard]] ValueId value(Row row, std::size_t slot) const {
    return cells_[row * kinds_.size() + slot];
  }
  /// Whether two rows have the same value in one of the slots that `slots` names as bits.
  [[nodiscard]] bool share_value(Row a, Row b, std::uint32_t slots) const {
    const ValueId* const x = &cells_[a * kinds_.size()];
    const ValueId* const y = &cells_[b * kinds_.size()];
    for (; slots != 0; slots &= slots - 1) {
      const auto slot = static_cast<std::size_t>(std::countr_zero(slots));
      if (x[slot] != 0 && x[slot] == y[slot]) return true;
    }
    return false;
  }
  [[nodiscard]] const Pool& pool(std::size_t slot) const { return pools_[pool_of_[slot]]; }
  /// Whether the date was taken from the identity number, and so is no evidence of its own.
  [[nodiscard]] bool has_derived_date(Row row) const { return derived_[row] != 0; }

 private:
  void derive(std::vector<ValueId>& cells, bool& derived, std::uint32_t times);

  std::vector<Kind> kinds_;
  std::vector<std::size_t> pool_of_;
  std::vector<Pool> pools_;
  std::vector<ValueId> cells_;
  std::vector<std::uint8_t> derived_;
  std::uint64_t population_ = 0;
};

}  // namespace doorstep::linkage
