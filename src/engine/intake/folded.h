#pragma once
/// \file Folded: a message in one script, one width and one case, with the way back to its bytes.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/intake/intake.h"

namespace doorstep::intake {

/// What a folded code point is, as far as the grammars ask.
enum class Kind : std::uint8_t { han, digit, latin, space, newline, punct, other };

/// Compatibility forms and traditional characters are folded, zero-width characters left out; every
/// folded point remembers the source code point it came from.
struct Folded {
  std::u32string text;
  std::vector<Kind> kind;
  std::vector<std::uint32_t> source;  ///< Source code point of each folded point.
  std::vector<std::uint32_t> byte;    ///< Byte of each source code point, and the end.
  std::string_view bytes;             ///< The text as sent; not owned.

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text.size()); }
  [[nodiscard]] std::uint32_t source_size() const {
    return static_cast<std::uint32_t>(byte.size() - 1);
  }
  [[nodiscard]] char32_t at(std::uint32_t i) const { return i < text.size() ? text[i] : U'\0'; }
  [[nodiscard]] Kind kind_at(std::uint32_t i) const {
    return i < kind.size() ? kind[i] : Kind::newline;
  }
  /// Source range of the folded range [from, to). Requires from < to <= size().
  [[nodiscard]] Range range(std::uint32_t from, std::uint32_t to) const {
    return {source[from], source[to - 1] + 1};
  }
  /// Writes a circled number as "(1)": the last digit gets brackets of the same source.
  void bracket_last();
  /// The source text of the folded range, valid UTF-8.
  [[nodiscard]] std::string written(std::uint32_t from, std::uint32_t to) const;
  /// The source text of a source range, valid UTF-8.
  [[nodiscard]] std::string written(Range range) const;
  /// The folded text of the folded range, with ASCII capitals as written.
  [[nodiscard]] std::string cased(std::uint32_t from, std::uint32_t to) const;
};

[[nodiscard]] Folded fold(std::string_view utf8);

[[nodiscard]] Kind kind_of(char32_t point);

/// A set of points known when the program is built. Asked at every place of a text and mostly in
/// vain: one look at a filter refuses most points.
class PointSet {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): written as in(point, U"...").
  consteval PointSet(std::u32string_view set) : set_(set) {
    for (const char32_t point : set) filter_[slot(point) / 64] |= bit(point);
  }
  template <std::size_t N>
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval PointSet(const char32_t (&set)[N]) : PointSet(std::u32string_view{set, N - 1}) {}
  [[nodiscard]] constexpr bool holds(char32_t point) const {
    return (filter_[slot(point) / 64] & bit(point)) != 0 &&
           set_.find(point) != std::u32string_view::npos;
  }

 private:
  static constexpr unsigned slot(char32_t point) { return (point ^ (point >> 8U)) % 256U; }
  static constexpr std::uint64_t bit(char32_t point) {
    return std::uint64_t{1} << (slot(point) % 64U);
  }
  std::u32string_view set_;
  std::array<std::uint64_t, 4> filter_{};
};

[[nodiscard]] inline bool in(char32_t c, const PointSet& set) {
  return set.holds(c);
}

/// UTF-8 of points; a surrogate or a point out of range becomes U+FFFD.
[[nodiscard]] std::string utf8(std::u32string_view points);
/// Points of UTF-8; each broken byte becomes U+FFFD.
[[nodiscard]] std::u32string points(std::string_view utf8);

}  // namespace doorstep::intake
