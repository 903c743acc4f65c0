#pragma once
/// \file Which pairs of a table are worth comparing: the rows that share a key, key by key.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/linkage/keys.h"
#include "engine/linkage/people.h"

namespace doorstep::linkage {

/// Rows below `left` are the left file, the others the right one. A table without right rows is
/// compared with itself.
struct Sides {
  Row left = 0;
  Row all = 0;

  [[nodiscard]] bool one_file() const { return left == all; }
  [[nodiscard]] bool is_left(Row row) const { return row < left; }
};

/// Rows that share a key, ascending; left rows so come first.
using Block = std::span<const Row>;

class Blocks {
 public:
  /// A block with more pairs than `pairs_max` is divided by further properties, and what is still
  /// too large after two is left out: its pairs meet under other keys or are not told apart by any.
  Blocks(const People& people, const KeyPlan& plan, Sides sides, std::size_t pairs_max = 2048);

  /// Calls `use` for the blocks of a pass whose key falls to `part` of `parts`, in the order of the
  /// keys. Parts of one pass have no block in common, so that threads may share a pass.
  void each(std::size_t pass, std::size_t part, std::size_t parts,
            const std::function<void(Block)>& use) const;

  /// The same for one key in `rate`, chosen by hash, without over-full blocks; also blocks whose
  /// rows are all of one side. For estimates.
  void sample(std::size_t pass, std::size_t rate, const std::function<void(Block)>& use) const;

  /// Pairs across the sides (or of one file).
  [[nodiscard]] std::size_t pairs_of(Block block) const;

 private:
  struct Entry {
    Key key;
    Row row;
  };
  static void sort(std::vector<Entry>& entries);
  void divide(Block block, std::size_t first_facet, int depth,
              const std::function<void(Block)>& use) const;

  const People* people_;
  const KeyPlan* plan_;
  Sides sides_;
  std::size_t pairs_max_;
};

/// Calls `use(a, b)` for every pair of a block across the sides, or of one file; a < b.
template <class Use>
void each_pair(Block block, Sides sides, Use&& use) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (!sides.one_file() && !sides.is_left(block[i])) return;
    for (std::size_t j = i + 1; j < block.size(); ++j) {
      if (sides.one_file() || !sides.is_left(block[j])) use(block[i], block[j]);
    }
  }
}

}  // namespace doorstep::linkage
