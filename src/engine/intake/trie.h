#pragma once
/// \file Trie: words over code points, each carrying numbers; read-only once filled.

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/intake/folded.h"

namespace doorstep::intake {

/// Edges live in one open-addressed table keyed by (node, code point): a step is one probe; the
/// first step is a look into a plain table.
class Trie {
 public:
  Trie();
  /// Several values may be added for one word; find() gives them in the order added.
  void add(std::u32string_view word, std::uint32_t value);

  /// Calls found(to, value) for every word that starts at `from`, shorter words first.
  template <class Found>
  void find(std::u32string_view text, std::uint32_t from, Found found) const {
    if (from >= text.size()) return;
    std::uint32_t node = root(text[from]);
    for (std::uint32_t i = from; node != none;) {
      for (std::uint32_t value = first_[node]; value != none; value = values_[value].next) {
        found(i + 1, values_[value].value);
      }
      if (++i == text.size()) return;
      node = step(node, text[i]);
    }
  }

  /// The first value of exactly this word, or `none`.
  [[nodiscard]] std::uint32_t exact(std::u32string_view word) const;

  static constexpr std::uint32_t none = 0xFFFFFFFF;

 private:
  struct Edge {
    std::uint64_t key = 0;
    std::uint32_t node = 0;
  };
  struct Value {
    std::uint32_t value;
    std::uint32_t next;
  };
  [[nodiscard]] static std::uint64_t key(std::uint32_t node, char32_t point) {
    return ((static_cast<std::uint64_t>(node) << 21U) | point) + 1;
  }
  [[nodiscard]] std::size_t slot(std::uint64_t edge) const {
    return (edge * 0x9E3779B97F4A7C15ULL) >> shift_;
  }
  [[nodiscard]] std::uint32_t step(std::uint32_t node, char32_t point) const {
    const std::uint64_t wanted = key(node, point);
    for (std::size_t at = slot(wanted);; at = (at + 1) & (edges_.size() - 1)) {
      if (edges_[at].key == wanted) return edges_[at].node;
      if (edges_[at].key == 0) return none;
    }
  }
  /// First steps are most of all steps, and most fail: one look into a plain table.
  [[nodiscard]] std::uint32_t root(char32_t point) const {
    return point < roots_.size() ? roots_[point] : step(0, point);
  }
  void grow();
  void insert(std::uint64_t edge, std::uint32_t node);

  std::vector<Edge> edges_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> roots_;  ///< Step from node 0 by code point, below U+A000.
  std::vector<Value> values_;
  std::size_t used_ = 0;
  unsigned shift_ = 64 - 8;
};

}  // namespace doorstep::intake
