#pragma once
/// \file How two records agree: one level per property, worst 0. Levels are counted and weighed by
/// linkage/model.h; nothing here knows a probability.

#include <cstdint>
#include <vector>

#include "engine/linkage/people.h"

namespace doorstep::linkage {

/// Up to 16 levels of four bits; `missing_level` where either side has no value.
using Levels = std::uint64_t;
inline constexpr unsigned missing_level = 15;
inline constexpr std::size_t comparisons_max = 16;

[[nodiscard]] constexpr unsigned level_at(Levels levels, std::size_t comparison) {
  return static_cast<unsigned>((levels >> (4 * comparison)) & 15U);
}
[[nodiscard]] constexpr Levels with_level(Levels levels, std::size_t comparison, unsigned level) {
  const auto shift = static_cast<unsigned>(4 * comparison);
  return (levels & ~(Levels{15} << shift)) | (Levels{level} << shift);
}

/// Levels of the kinds (full_name: NameLevel). The highest is always "equal".
enum class WordLevel : std::uint8_t { different, resembling, near, one_edit, equal };
enum class NumberLevel : std::uint8_t { different, one_edit, equal };  ///< Also category, phone.
enum class IdentifierLevel : std::uint8_t { different, conflict, near, masked, equal };
enum class DateLevel : std::uint8_t { different, close, two_parts, one_edit, equal };
enum class AddressLevel : std::uint8_t { different, community, building, nearly, dwelling, equal };
enum class OrderLevel : std::uint8_t { straight, crossed };

/// One property that is compared.
struct Comparison {
  Kind kind = Kind::ignore;
  std::size_t slot = 0;
  std::size_t partner = 0;  ///< The slot whose value may stand in this column; itself for none.
  bool order = false;       ///< Whether `slot` and `partner` are crossed, not what they hold.
  std::size_t levels = 0;   ///< How many levels there are.
};

/// The comparisons of records with these slots: one for each slot, and one for the order of each
/// pair whose values may be crossed (given and family name; street and text). At most 16; slots
/// beyond are not compared.
[[nodiscard]] std::vector<Comparison> comparisons_of(std::span<const Kind> kinds);

/// Compares rows of two tables of the same slots (they may be one). Remembers pairs of words, so
/// one per thread.
class Comparer {
 public:
  /// Requires that both outlive it.
  Comparer(const People& left, const People& right);

  [[nodiscard]] Levels compare(Row left, Row right);
  [[nodiscard]] const std::vector<Comparison>& comparisons() const { return comparisons_; }

 private:
  unsigned compare_slot(const Comparison& comparison, ValueId a, ValueId b);
  unsigned words(const Pool& left, ValueId a, const Pool& right, ValueId b);
  void uncross(std::size_t order, Row left, Row right, Levels& levels);

  const People* left_;
  const People* right_;
  std::vector<Comparison> comparisons_;
  struct Cached {
    std::uint64_t pair = 0;
    unsigned level = 0;
  };
  std::vector<Cached> cache_;
};

/// Visible characters of a masked identifier (the weaker one's, where both are).
[[nodiscard]] std::size_t visible_characters(std::string_view masked);

}  // namespace doorstep::linkage
