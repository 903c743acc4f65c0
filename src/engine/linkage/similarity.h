#pragma once
/// \file How alike two short strings are. Bytes, or code points; pure.

#include <cstdint>
#include <string_view>

namespace doorstep::linkage {

/// Which bytes occur, in 64 bits (letters and digits each their own). What is apart in two of these
/// bounds every measure below from far cheaper than the measures cost.
[[nodiscard]] std::uint64_t letters_of(std::string_view text);

/// At least this many bytes of one find no partner in the other: no edit distance is smaller, and
/// no more than the rest can match.
[[nodiscard]] int letters_apart(std::uint64_t a, std::uint64_t b);

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
