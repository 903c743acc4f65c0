#pragma once
/// \file How alike two short strings are. Bytes, or code points; pure.

#include <cstdint>
#include <string_view>

namespace doorstep::linkage {

/// What can be told of a string without reading it again: two that are far apart in it need no
/// comparison.
struct WordShape {
  std::uint64_t letters = 0;     ///< Which bytes occur; letters and digits have a bit each.
  std::uint32_t first_word = 0;  ///< Hash of the first of several words, 0 for a single one.
  std::uint16_t size = 0;
  std::uint16_t words = 0;
};
[[nodiscard]] WordShape shape_of(std::string_view text);

/// At least so many bytes of one find no partner in the other: no edit distance is smaller, and no
/// more than the rest can match.
[[nodiscard]] int letters_apart(const WordShape& a, const WordShape& b);

/// How two words, or short texts of words, agree; symmetric.
enum class Likeness : std::uint8_t {
  none,
  some,  ///< Jaro-Winkler from 0.80, an initial, scrambled letters, the first of several words.
  much,  ///< Jaro-Winkler from 0.90, two edits in six letters or more, one begins the other.
  one_edit,
};
[[nodiscard]] Likeness likeness(std::string_view a, const WordShape& a_shape, std::string_view b,
                                const WordShape& b_shape);

/// Whether likeness() is `none` for certain, by the shapes alone.
[[nodiscard]] bool surely_unlike(const WordShape& a, const WordShape& b);

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) that
/// lead from `a` to `b`, counted up to `limit`; limit + 1 when there are more. Strings over 64 are
/// cut.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int limit);

/// Jaro-Winkler, 0 to 1, prefix weight 0.1 for up to four characters. Strings over 64 are cut.
/// Source: Winkler, String comparator metrics, 1990.
[[nodiscard]] double jaro_winkler(std::string_view a, std::string_view b);

/// The share of letters that the two have in common in any order (Dice on multisets of bytes,
/// spaces and punctuation apart), 0 to 1: sees a scrambled word.
[[nodiscard]] double shared_letters(std::string_view a, std::string_view b);

/// The share of words (split at spaces) of the shorter one that stand in the longer one, 0 to 1.
[[nodiscard]] double shared_words(std::string_view a, std::string_view b);

}  // namespace doorstep::linkage
