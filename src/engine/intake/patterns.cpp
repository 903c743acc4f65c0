#include "engine/intake/patterns.h"

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "engine/intake/folded.h"

namespace doorstep::intake {

std::uint32_t Patterns::fresh() {
  nodes_.emplace_back();
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

void Patterns::connect(std::uint32_t node, char32_t point, std::uint32_t to) {
  edges_[key(node, point)].push_back(to);
  nodes_[node].leads = true;
}

void Patterns::add(std::u32string_view pattern, std::uint32_t value) {
  Reader reader{pattern};
  const std::uint32_t end = choice(reader, 0);
  CHECK(reader.at == pattern.size());
  CHECK(end != 0);
  const std::uint32_t last = fresh();
  nodes_[end].silent.push_back(last);
  nodes_[last].accepts = true;
  nodes_[last].value = value;
}

std::uint32_t Patterns::choice(Reader& reader, std::uint32_t node) {
  const std::uint32_t end = fresh();
  while (true) {
    nodes_[sequence(reader, node)].silent.push_back(end);
    if (reader.at == reader.pattern.size() || reader.pattern[reader.at] != U'|') return end;
    ++reader.at;
  }
}

std::uint32_t Patterns::sequence(Reader& reader, std::uint32_t node) {
  while (reader.at < reader.pattern.size() && !in(reader.pattern[reader.at], U"|)")) {
    const std::uint32_t end = atom(reader, node);
    if (reader.at < reader.pattern.size() && reader.pattern[reader.at] == U'?') {
      ++reader.at;
      nodes_[node].silent.push_back(end);
    }
    node = end;
  }
  return node;
}

std::uint32_t Patterns::atom(Reader& reader, std::uint32_t node) {
  char32_t point = reader.pattern[reader.at++];
  CHECK(point != U'?');
  if (point == U'(') {
    const std::uint32_t end = choice(reader, node);
    CHECK(reader.at < reader.pattern.size());  // The closing bracket.
    ++reader.at;
    return end;
  }
  if (point == U'<') return set(reader, node);
  const std::uint32_t end = fresh();
  if (point == U'.') {
    const std::uint32_t before = fresh();
    nodes_[node].silent.push_back(before);
    nodes_[before].any = {end};
    nodes_[before].leads = true;
    return end;
  }
  if (point == U'\\') point = reader.pattern[reader.at++];
  connect(node, point, end);
  return end;
}

std::uint32_t Patterns::set(Reader& reader, std::uint32_t node) {
  const std::uint32_t end = fresh();
  const std::u32string_view all = reader.pattern;
  for (; all.at(reader.at) != U'>'; ++reader.at) {
    char32_t last = all[reader.at];
    if (all.at(reader.at + 1) == U'-') last = all.at(reader.at + 2);
    for (char32_t point = all[reader.at]; point <= last; ++point) connect(node, point, end);
    if (last != all[reader.at]) reader.at += 2;
  }
  ++reader.at;
  return end;
}

void Patterns::reach(std::uint32_t node, std::vector<std::uint32_t>& out) const {
  if (std::find(out.begin(), out.end(), node) != out.end()) return;
  out.push_back(node);
  for (const std::uint32_t next : nodes_[node].silent) reach(next, out);
}

void Patterns::prepare() {
  first_.clear();
  std::vector<std::uint32_t> start;
  reach(0, start);
  std::sort(start.begin(), start.end());
  // The nodes behind every step are closed here once, so that matching follows no silent step.
  for (auto& [from, targets] : edges_) {
    close(targets);
    const char32_t point = from & 0x1FFFFFU;
    if (!std::binary_search(start.begin(), start.end(), static_cast<std::uint32_t>(from >> 21U)))
      continue;
    CHECK(point < 0xA000);
    if (first_.size() <= point) first_.resize(point + 1);
    first_[point].insert(first_[point].end(), targets.begin(), targets.end());
  }
  for (std::vector<std::uint32_t>& nodes : first_) unite(nodes);
  for (Node& node : nodes_) close(node.any);
  lay_out();
  pair_up();
}

void Patterns::lay_out() {
  const std::size_t size = std::bit_ceil(edges_.size() * 2 + 1);
  shift_ = 64U - static_cast<unsigned>(std::bit_width(size) - 1);
  table_.assign(size, {});
  steps_.clear();
  for (const auto& [step, targets] : edges_) {
    std::size_t at = slot(step);
    while (table_[at].key != none) at = (at + 1) & (size - 1);
    const auto begin = static_cast<std::uint32_t>(steps_.size());
    steps_.insert(steps_.end(), targets.begin(), targets.end());
    table_[at] = {step, begin, static_cast<std::uint32_t>(steps_.size())};
  }
  edges_ = {};
}

void Patterns::pair_up() {
  pairs_.assign(pair_slots / 64, 0);
  open_.assign(first_.size(), false);
  // Which first points lead to a node, so that each step is laid once.
  std::unordered_map<std::uint32_t, std::vector<char32_t>> led;
  for (char32_t point = 0; point < first_.size(); ++point) {
    for (const std::uint32_t node : first_[point]) {
      if (nodes_[node].accepts || !nodes_[node].any.empty()) open_[point] = true;
      if (nodes_[node].leads) led[node].push_back(point);
    }
  }
  for (const Slot& step : table_) {
    if (step.key == none) continue;
    const auto from = led.find(static_cast<std::uint32_t>(step.key >> 21U));
    if (from == led.end()) continue;
    for (const char32_t first : from->second) {
      const std::size_t slot = pair_slot(first, step.key & 0x1FFFFFU);
      pairs_[slot / 64] |= std::uint64_t{1} << (slot % 64U);
    }
  }
}

void Patterns::close(std::vector<std::uint32_t>& targets) const {
  std::vector<std::uint32_t> closed;
  for (const std::uint32_t node : targets) reach(node, closed);
  std::erase_if(closed,
                [&](std::uint32_t node) { return !nodes_[node].leads && !nodes_[node].accepts; });
  targets = std::move(closed);
}

void Patterns::step(std::uint32_t node, char32_t point, std::vector<std::uint32_t>& out) const {
  if (!nodes_[node].leads) return;
  const std::uint64_t wanted = key(node, point);
  for (std::size_t at = slot(wanted); table_[at].key != none; at = (at + 1) & (table_.size() - 1)) {
    if (table_[at].key != wanted) continue;
    out.insert(out.end(), steps_.begin() + table_[at].begin, steps_.begin() + table_[at].end);
    break;
  }
  const Kind kind = nodes_[node].any.empty() ? Kind::other : kind_of(point);
  if (kind == Kind::han || kind == Kind::digit || kind == Kind::latin)
    out.insert(out.end(), nodes_[node].any.begin(), nodes_[node].any.end());
}

void Patterns::unite(std::vector<std::uint32_t>& nodes) {
  if (nodes.size() < 2) return;
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

}  // namespace doorstep::intake
