#pragma once
/// \file Patterns: words with alternatives, matched from one place of a text onward.

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace doorstep::intake {

/// A set of words written as (a|b), <ab>, <a-c>, x? and . for any point of a word; \ takes the next
/// point as it is. No repetition, so that a match is never longer than its pattern and the time of one place
/// is bounded. Read-only after the last add().
class Patterns {
 public:
  /// Adds one pattern; an ill-formed one is a defect of the tables and stops the program.
  void add(std::u32string_view pattern, std::uint32_t value);
  /// To be called once, after the last add() and before the first find().
  void prepare();

  /// Calls found(to, value) for every pattern that matches text[from, to), shorter ones first.
  template <class Found>
  void find(std::u32string_view text, std::uint32_t from, Found found) const {
    if (from >= text.size() || text[from] >= first_.size()) return;
    const std::vector<std::uint32_t>* now = &first_[text[from]];
    if (now->empty() || !may_follow(text[from], from + 1 < text.size() ? text[from + 1] : 0))
      return;
    std::vector<std::uint32_t> reached;
    std::vector<std::uint32_t> next;
    for (std::uint32_t at = from; !now->empty(); ++at) {
      for (const std::uint32_t node : *now) {
        if (nodes_[node].accepts) found(at + 1, nodes_[node].value);
      }
      if (at + 1 == text.size()) return;
      next.clear();
      for (const std::uint32_t node : *now) step(node, text[at + 1], next);
      unite(next);
      std::swap(reached, next);
      now = &reached;
    }
  }

 private:
  struct Node {
    std::vector<std::uint32_t> silent;  ///< Reached without reading a point.
    std::vector<std::uint32_t> any;     ///< Reached by any point of a word.
    std::uint32_t value = 0;
    bool accepts = false;
    bool leads = false;  ///< Some point leads on from here.
  };
  struct Reader {
    std::u32string_view pattern;
    std::size_t at = 0;
  };

  /// Each reads one piece that begins in `node` and gives the node where it ends.
  std::uint32_t choice(Reader& reader, std::uint32_t node);
  std::uint32_t sequence(Reader& reader, std::uint32_t node);
  std::uint32_t atom(Reader& reader, std::uint32_t node);
  std::uint32_t set(Reader& reader, std::uint32_t node);
  std::uint32_t fresh();
  void connect(std::uint32_t node, char32_t point, std::uint32_t to);

  void step(std::uint32_t node, char32_t point, std::vector<std::uint32_t>& out) const;
  /// Adds the node and all it reaches silently, those that lead on or accept.
  void reach(std::uint32_t node, std::vector<std::uint32_t>& out) const;
  void close(std::vector<std::uint32_t>& targets) const;
  static void unite(std::vector<std::uint32_t>& nodes);
  [[nodiscard]] static std::uint64_t key(std::uint32_t node, char32_t point) {
    return (static_cast<std::uint64_t>(node) << 21U) | point;
  }

  std::vector<Node> nodes_{Node{}};
  /// Steps while patterns are added; prepare() lays them into `table_`.
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> edges_;
  /// Open-addressed: the nodes behind a step are steps_[begin, end).
  struct Slot {
    std::uint64_t key = none;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  static constexpr std::uint64_t none = ~std::uint64_t{0};
  [[nodiscard]] std::size_t slot(std::uint64_t step) const {
    return (step * 0x9E3779B97F4A7C15ULL) >> shift_;
  }
  void lay_out();
  void pair_up();
  /// False for most pairs of points that no pattern begins with: one look spares the walk.
  [[nodiscard]] bool may_follow(char32_t first, char32_t second) const {
    const std::size_t slot = pair_slot(first, second);
    return open_[first] || (pairs_[slot / 64] >> (slot % 64U) & 1U) != 0;
  }
  [[nodiscard]] static std::size_t pair_slot(char32_t first, char32_t second) {
    return ((first * 0x9E3779B1U) ^ (second * 0x85EBCA6BU)) >> 14U & (pair_slots - 1);
  }
  static constexpr std::size_t pair_slots = std::size_t{1} << 18U;
  std::vector<Slot> table_;
  std::vector<std::uint32_t> steps_;
  unsigned shift_ = 0;
  /// Nodes behind the first point, by point; no pattern begins above U+9FFF.
  std::vector<std::vector<std::uint32_t>> first_;
  std::vector<std::uint64_t> pairs_;  ///< Bits by pair_slot.
  std::vector<bool> open_;  ///< By first point: a pattern ends here, or any point may follow.
};

}  // namespace doorstep::intake
