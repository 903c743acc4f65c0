#pragma once
/// \file Where a stop can go in RichState, and at what price.

#include "engine/routing/rich_state.h"

namespace doorstep::routing {

template <class Metric>
void RichState<Metric>::try_place(Node node, Node after, Place& best) {
  const auto r = run(after);
  const Slot& slot = slots_.data()[r];
  if (slot.locked || !may_carry(slot.carrier, node) || !has_room(slot, node)) return;
  const Item& at = items_.data()[after];
  const Cost leg =
      Cost{(*metric_)(location(after), node)} + (*metric_)(node, location(at.next)) - at.out;
  const Cost least = leg * problem_->carriers.data()[slot.carrier].slowness / 100;
  if (least + raising_.data()[node] >= best.delta) return;
  line_.clear();
  for (Node n = sentinel(r);;) {
    if (n == after) line_.push_back(node);
    n = next(n);
    if (is_sentinel(n)) break;
    line_.push_back(n);
  }
  const Cost day = day_with(r, best.found() ? slot.cost + best.delta : broken);
  if (day == std::numeric_limits<Cost>::max()) return;
  const Cost delta = day - days_.data()[slot.carrier].cost;
  if (delta < best.delta) best = {after, -1, delta};
}

/// Both halves of a pair into one run, at all pairs of places.
template <class Metric>
void RichState<Metric>::try_pair(Node pickup, std::int32_t slot, Place& best) {
  const Node delivery = stop(pickup).pair;
  const Slot& here = slots_.data()[slot];
  if (here.locked || !may_carry(here.carrier, pickup) || !may_carry(here.carrier, delivery)) return;
  std::vector<Node> stops;
  for (Node n = next(sentinel(slot)); !is_sentinel(n); n = next(n)) stops.push_back(n);
  const auto behind = [&](std::size_t i) { return i == 0 ? sentinel(slot) : stops[i - 1]; };
  for (std::size_t i = 0; i <= stops.size(); ++i) {
    for (std::size_t j = i; j <= stops.size(); ++j) {
      line_ = stops;
      line_.insert(line_.begin() + static_cast<std::ptrdiff_t>(j), delivery);
      line_.insert(line_.begin() + static_cast<std::ptrdiff_t>(i), pickup);
      const Cost day = day_with(slot);
      if (day == std::numeric_limits<Cost>::max()) continue;
      const Cost delta = day - days_.data()[here.carrier].cost;
      if (delta < best.delta) best = {behind(i), i == j ? pickup : behind(j), delta};
    }
  }
}

/// Empty slots: behind the last run of each carrier and in front of the first, where free; of
/// carriers without runs only one of each kind.
template <class Metric>
void RichState<Metric>::new_runs(Node node, Place& best) {
  std::fill(kind_seen_.begin(), kind_seen_.end(), -1);
  const bool pair = stop(node).pair >= 0;
  const Cost round = pair ? 0 : Cost{(*metric_)(depot, node)} + (*metric_)(node, depot);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    const Day& day = days_[k];
    const Carrier& carrier = problem_->carriers.data()[k];
    const Cost least = round * carrier.slowness / 100 + carrier.run_cost;
    if (least + (pair ? 0 : raising_.data()[node]) >= best.delta) continue;
    if (day.work == 0 && stop(node).keep_carrier != static_cast<std::int32_t>(k)) {
      if (kind_seen_[index(day.kind)] >= 0) continue;
      kind_seen_[index(day.kind)] = 1;
    }
    for (auto r = day.last - 1; r >= day.first; --r) {
      if (slots_.data()[r].stops > 0) continue;
      if (r > day.first && slots_.data()[r - 1].stops == 0) continue;
      if (pair) {
        try_pair(node, r, best);
      } else {
        try_place(node, sentinel(r), best);
      }
    }
  }
}

template <class Metric>
typename RichState<Metric>::Place RichState<Metric>::best_place(Node node, Blink& blink) {
  if (stop(node).pair >= 0) return any_place(node);
  Place best;
  ++try_;
  const auto try_once = [&](Node after) {
    if (tried_.data()[after] == try_) return;
    tried_.data()[after] = try_;
    try_place(node, after, best);
  };
  const Neighbour* near = places_->begin(node);
  for (std::int32_t i = 0; i < places_->width(); ++i) {
    const Node other = near[i].node;
    if (run(other) < 0 || blink()) continue;
    // Carriers of another grid, or full ones, are most of those that stand near.
    const Slot& slot = slots_.data()[run(other)];
    if (slot.locked || !may_carry(slot.carrier, node) || !has_room(slot, node)) continue;
    try_once(other);
    try_once(prev(other));
  }
  new_runs(node, best);
  if (!best.found()) return any_place(node);
  return best;
}

template <class Metric>
typename RichState<Metric>::Place RichState<Metric>::any_place(Node node) {
  Place best;
  const bool pair = stop(node).pair >= 0;
  for (std::int32_t r = 0; r < runs(); ++r) {
    if (slots_.data()[r].stops == 0) continue;
    if (pair) {
      try_pair(node, r, best);
      continue;
    }
    Node after = sentinel(r);
    do {
      try_place(node, after, best);
      after = next(after);
    } while (!is_sentinel(after));
  }
  new_runs(node, best);
  return best;
}

}  // namespace doorstep::routing
