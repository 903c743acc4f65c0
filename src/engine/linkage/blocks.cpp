#include "engine/linkage/blocks.h"

#include <algorithm>
#include <tuple>

namespace doorstep::linkage {
namespace {

constexpr int depth_max = 2;

/// Calls `use` with the rows of each run of equal keys that has at least two; a row that has a key
/// twice counts once.
template <class Entries, class Use>
void each_run(const Entries& entries, Use&& use) {
  std::vector<Row> rows;
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin;
    rows.clear();
    for (; end < entries.size() && entries[end].key == entries[begin].key; ++end) {
      if (rows.empty() || rows.back() != entries[end].row) rows.push_back(entries[end].row);
    }
    if (rows.size() > 1) use(Block(rows));
    begin = end;
  }
}

}  // namespace

Blocks::Blocks(const People& people, const KeyPlan& plan, Sides sides, std::size_t pairs_max)
    : people_(&people), plan_(&plan), sides_(sides), pairs_max_(pairs_max) {}

std::size_t Blocks::pairs_of(Block block) const {
  if (sides_.one_file()) return block.size() * (block.size() - 1) / 2;
  const auto left =
      static_cast<std::size_t>(std::ranges::lower_bound(block, sides_.left) - block.begin());
  return left * (block.size() - left);
}

void Blocks::sort(std::vector<Entry>& entries) {
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::tie(a.key, a.row) < std::tie(b.key, b.row);
  });
}

void Blocks::each(std::size_t pass, std::size_t part, std::size_t parts,
                  const std::function<void(Block)>& use) const {
  std::vector<Entry> entries;
  entries.reserve(sides_.all / parts + sides_.all / 8);
  std::vector<Key> keys;
  for (Row row = 0; row < sides_.all; ++row) {
    keys.clear();
    plan_->keys(*people_, row, pass, keys);
    for (const Key key : keys) {
      if ((key >> 40U) % parts == part) entries.push_back({key, row});
    }
  }
  sort(entries);
  each_run(entries, [&](Block block) {
    const std::size_t pairs = pairs_of(block);
    if (pairs == 0) return;
    if (pairs <= pairs_max_) {
      use(block);
    } else {
      divide(block, 0, 1, use);
    }
  });
}

void Blocks::divide(Block block, std::size_t first_facet, int depth,
                    const std::function<void(Block)>& use) const {
  std::vector<std::vector<Entry>> parts(plan_->facet_count());
  std::vector<std::uint64_t> facets;
  for (const Row row : block) {
    plan_->facets(*people_, row, facets);
    for (std::size_t i = first_facet; i < facets.size(); ++i) {
      if (facets[i] != 0) parts[i].push_back({facets[i], row});
    }
  }
  for (std::size_t i = first_facet; i < parts.size(); ++i) {
    sort(parts[i]);
    each_run(parts[i], [&](Block smaller) {
      const std::size_t pairs = pairs_of(smaller);
      if (pairs == 0) return;
      if (pairs <= pairs_max_) {
        use(smaller);
      } else if (depth < depth_max && smaller.size() < block.size()) {
        divide(smaller, i + 1, depth + 1, use);
      }
    });
  }
}

void Blocks::sample(std::size_t pass, std::size_t rate,
                    const std::function<void(Block)>& use) const {
  std::vector<Entry> entries;
  std::vector<Key> keys;
  for (Row row = 0; row < sides_.all; ++row) {
    keys.clear();
    plan_->keys(*people_, row, pass, keys);
    for (const Key key : keys) {
      if ((key >> 24U) % rate == 0) entries.push_back({key, row});
    }
  }
  sort(entries);
  each_run(entries, [&](Block block) {
    if (block.size() * (block.size() - 1) / 2 <= pairs_max_) use(block);
  });
}

}  // namespace doorstep::linkage
