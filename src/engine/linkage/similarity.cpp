#include "engine/linkage/similarity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <utility>

namespace doorstep::linkage {
namespace {

constexpr std::size_t longest = 64;

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
         (byte >= 'A' && byte <= 'Z');
}

/// Bytes of `a` that find a partner in `b` within the Jaro window.
int jaro_matches(std::string_view a, std::string_view b, std::array<bool, longest>& in_a,
                 std::array<bool, longest>& in_b) {
  const std::size_t window = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  int matches = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t from = i > window ? i - window : 0;
    const std::size_t to = std::min(b.size(), i + window + 1);
    for (std::size_t j = from; j < to; ++j) {
      if (in_b[j] || a[i] != b[j]) continue;
      in_a[i] = in_b[j] = true;
      ++matches;
      break;
    }
  }
  return matches;
}

std::size_t count_words_in(std::string_view few, std::string_view many, std::size_t& words) {
  std::size_t found = 0;
  while (!few.empty()) {
    const std::size_t end = std::min(few.find(' '), few.size());
    const std::string_view word = few.substr(0, end);
    few.remove_prefix(std::min(end + 1, few.size()));
    if (word.empty()) continue;
    ++words;
    for (std::size_t at = many.find(word); at != std::string_view::npos;
         at = many.find(word, at + 1)) {
      const bool starts = at == 0 || many[at - 1] == ' ';
      const bool ends = at + word.size() == many.size() || many[at + word.size()] == ' ';
      if (!starts || !ends) continue;
      ++found;
      break;
    }
  }
  return found;
}

/// The table of optimal string alignment, three rows of it at a time. Requires a not longer than b.
int aligned_distance(std::string_view a, std::string_view b, int limit) {
  std::array<std::array<std::uint8_t, longest + 1>, 3> rows;  // NOLINT(*-init-variables)
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& before = rows[(i + 2) % 3];
    const auto& two_before = rows[(i + 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int best = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      best = std::min({best, before[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        best = std::min(best, two_before[j - 2] + 1);
      }
      row[j] = static_cast<std::uint8_t>(best);
      least = std::min(least, best);
    }
    if (least > limit) return limit + 1;
  }
  return std::min<int>(rows[a.size() % 3][b.size()], limit + 1);
}

}  // namespace

WordShape shape_of(std::string_view text) {
  WordShape out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    unsigned bit = 36 + byte % 28;
    if (byte >= 'a' && byte <= 'z') bit = byte - unsigned{'a'};
    if (byte >= '0' && byte <= '9') bit = 26 + byte - unsigned{'0'};
    out.letters |= std::uint64_t{1} << bit;
  }
  out.size = static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), 0xFFFF));
  out.words = static_cast<std::uint16_t>(
      1 + std::min<std::ptrdiff_t>(std::ranges::count(text, ' '), 0xFFFE));
  const std::string_view first = text.substr(0, text.find(' '));
  if (first.size() < text.size() && first.size() >= 4) {
    std::uint32_t hash = 2166136261U;
    for (const char c : first) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    out.first_word = hash | 1U;
  }
  return out;
}

int letters_apart(const WordShape& a, const WordShape& b) {
  return std::max(std::popcount(a.letters & ~b.letters), std::popcount(b.letters & ~a.letters));
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
  a = a.substr(0, longest);
  b = b.substr(0, longest);
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > static_cast<std::size_t>(limit)) return limit + 1;
  while (!a.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.empty()) return static_cast<int>(b.size());
  if (b.size() == 1) return 1;
  const bool swapped = a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
  if (swapped) return 1;
  return limit <= 1 ? limit + 1 : aligned_distance(a, b, limit);
}

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, longest);
  b = b.substr(0, longest);
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1.0 : 0.0;
  std::array<bool, longest> in_a{};
  std::array<bool, longest> in_b{};
  const int matches = jaro_matches(a, b, in_a, in_b);
  if (matches == 0) return 0.0;
  int crossed = 0;
  std::size_t j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!in_a[i]) continue;
    while (!in_b[j]) ++j;
    crossed += a[i] != b[j] ? 1 : 0;
    ++j;
  }
  const double m = matches;
  const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - crossed / 2.0) / m) /
                      3.0;
  std::size_t prefix = 0;
  while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix]) ++prefix;
  return jaro + 0.1 * static_cast<double>(prefix) * (1.0 - jaro);
}

double shared_letters(std::string_view a, std::string_view b) {
  std::array<int, 256> counts{};
  int total = 0;
  for (const char c : a) {
    if (!is_word_byte(c)) continue;
    ++counts[static_cast<unsigned char>(c)];
    ++total;
  }
  int common = 0;
  for (const char c : b) {
    if (!is_word_byte(c)) continue;
    ++total;
    if (counts[static_cast<unsigned char>(c)]-- > 0) ++common;
  }
  return total == 0 ? 0.0 : 2.0 * common / total;
}

double shared_words(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  std::size_t words = 0;
  const std::size_t found = count_words_in(a, b, words);
  return words == 0 ? 0.0 : static_cast<double>(found) / static_cast<double>(words);
}

namespace {

/// The most that Jaro can be when all letters match that may. A common prefix lifts it by up to 0.4
/// of what is missing to 1, so below 0.667 Jaro-Winkler stays below 0.80.
double jaro_bound(const WordShape& a, const WordShape& b) {
  const int in_a = a.size - std::popcount(a.letters & ~b.letters);
  const int in_b = b.size - std::popcount(b.letters & ~a.letters);
  const double matched = std::max(0, std::min(in_a, in_b));
  return (matched / std::max<int>(a.size, 1) + matched / std::max<int>(b.size, 1) + 1) / 3;
}

bool share_words(std::string_view a, const WordShape& a_shape, std::string_view b,
                 const WordShape& b_shape) {
  // The first word of several is the telling one: "fairweather street", not "street".
  if (a_shape.first_word != 0 && a_shape.first_word == b_shape.first_word) return true;
  return a_shape.words >= 2 && b_shape.words >= 2 && shared_words(a, b) > 0.5;
}

}  // namespace

bool surely_unlike(const WordShape& a, const WordShape& b) {
  const int apart = letters_apart(a, b);
  if (apart <= 2 || jaro_bound(a, b) >= 0.667) return false;
  const bool contained = (a.letters & ~b.letters) == 0 || (b.letters & ~a.letters) == 0;
  const bool words = a.words + b.words >= 5;
  const bool first = a.first_word != 0 && a.first_word == b.first_word;
  return !contained && !words && !first && std::min(a.size, b.size) > 1;
}

Likeness likeness(std::string_view a, const WordShape& a_shape, std::string_view b,
                  const WordShape& b_shape) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const int apart = letters_apart(a_shape, b_shape);
  const int edits = apart > 2 ? 3 : edit_distance(a, b, 2);
  if (shorter >= 3 && edits <= 1) return Likeness::one_edit;
  const double alike = jaro_bound(a_shape, b_shape) < 0.667 ? 0 : jaro_winkler(a, b);
  const bool prefix = shorter >= 3 && (a.starts_with(b) || b.starts_with(a));
  if (alike >= 0.90 || (edits <= 2 && shorter >= 6) || prefix) return Likeness::much;
  const bool initial = shorter == 1 && a[0] == b[0];
  const bool scrambled = shorter >= 4 && apart <= 2 && shared_letters(a, b) >= 0.8;
  const bool some = alike >= 0.80 || initial || scrambled || share_words(a, a_shape, b, b_shape);
  return some ? Likeness::some : Likeness::none;
}

}  // namespace doorstep::linkage
