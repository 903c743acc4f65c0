#include "engine/intake/trie.h"

#include <utility>

namespace doorstep::intake {

Trie::Trie() : edges_(256), first_{none}, roots_(0xA000, none) {}

void Trie::insert(std::uint64_t edge, std::uint32_t node) {
  std::size_t at = slot(edge);
  while (edges_[at].key != 0) at = (at + 1) & (edges_.size() - 1);
  edges_[at] = {edge, node};
}

void Trie::grow() {
  const std::vector<Edge> old = std::exchange(edges_, std::vector<Edge>(edges_.size() * 2));
  --shift_;
  for (const Edge& edge : old) {
    if (edge.key != 0) insert(edge.key, edge.node);
  }
}

void Trie::add(std::u32string_view word, std::uint32_t value) {
  std::uint32_t node = 0;
  for (const char32_t point : word) {
    std::uint32_t next = step(node, point);
    if (next == none) {
      if (++used_ * 2 > edges_.size()) grow();
      next = static_cast<std::uint32_t>(first_.size());
      first_.push_back(none);
      insert(key(node, point), next);
      if (node == 0 && point < roots_.size()) roots_[point] = next;
    }
    node = next;
  }
  const auto added = static_cast<std::uint32_t>(values_.size());
  values_.push_back({value, none});
  if (first_[node] == none) {
    first_[node] = added;
    return;
  }
  std::uint32_t last = first_[node];
  while (values_[last].next != none) last = values_[last].next;
  values_[last].next = added;
}

std::uint32_t Trie::exact(std::u32string_view word) const {
  std::uint32_t node = 0;
  for (const char32_t point : word) {
    node = step(node, point);
    if (node == none) return none;
  }
  return first_[node] == none ? none : values_[first_[node]].value;
}

}  // namespace doorstep::intake
