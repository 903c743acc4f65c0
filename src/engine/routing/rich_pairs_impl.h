#pragma once
/// \file Where both halves of a pair can go in RichState: bounded first, ridden best first.

#include "engine/routing/rich_state.h"

namespace doorstep::routing {

/// No insertion of the pair into the run costs less.
template <class Metric>
Cost RichState<Metric>::least_of_pair(Node pickup, std::int32_t slot) const {
  const Node delivery = stop(pickup).pair;
  const Carrier& carrier = problem_->carriers.data()[slots_.data()[slot].carrier];
  const Cost between = (*metric_)(pickup, delivery);
  constexpr Cost most = std::numeric_limits<Cost>::max() / 4;
  Cost there = most;
  Cost back = most;
  Cost both = most;
  Node n = sentinel(slot);
  do {
    const Item& at = items_.data()[n];
    const Node from = location(n);
    const Node to = location(at.next);
    const Cost to_pickup = (*metric_)(from, pickup);
    const Cost from_delivery = (*metric_)(delivery, to);
    there = std::min(there, to_pickup + (*metric_)(pickup, to) - at.out);
    back = std::min(back, (*metric_)(from, delivery) + from_delivery - at.out);
    both = std::min(both, to_pickup + between + from_delivery - at.out);
    n = at.next;
  } while (!is_sentinel(n));
  const Cost leg = std::min(both, there + back);
  return std::min(leg, slowed(leg, carrier)) + raising_.data()[delivery];
}

/// Both halves of a pair into the run where they cost least, the most promising runs first.
template <class Metric>
typename RichState<Metric>::Place RichState<Metric>::any_place_of_pair(Node pickup) {
  Place best;
  pair_runs_.clear();
  for (std::int32_t r = 0; r < runs(); ++r) {
    if (slots_.data()[r].stops > 0) pair_runs_.emplace_back(least_of_pair(pickup, r), r);
  }
  std::sort(pair_runs_.begin(), pair_runs_.end());
  for (const auto& [bound, r] : pair_runs_) {
    if (bound >= best.delta) break;
    try_pair(pickup, r, best);
  }
  new_runs(batch({&pickup, 1}), best);
  return best;
}

/// All pairs of places in pair_line_ that are open to the pair and may cost less than `limit`, into
/// pair_trials_, the most promising first.
template <class Metric>
void RichState<Metric>::bound_pairs(Node pickup, std::int32_t slot, Cost limit) {
  const Node delivery = stop(pickup).pair;
  const Slot& here = slots_.data()[slot];
  const Carrier& carrier = problem_->carriers.data()[here.carrier];
  const auto& groups = ride_.groups();
  const bool known = here.stops > 0 && here.departs != rich::broken_run;
  const auto count = static_cast<std::int32_t>(pair_line_.size());
  const auto before = [&](std::int32_t i) { return i == 0 ? depot : pair_line_[index(i - 1)]; };
  const auto behind = [&](std::int32_t i) { return i == count ? depot : pair_line_[index(i)]; };
  const auto open = [&](Node node, std::int32_t i) {
    if (!known) return true;
    const Slot* earlier = slot > days_.data()[here.carrier].first ? &here - 1 : nullptr;
    const auto first = earlier != nullptr ? earlier->served : 0;
    const auto served = i == 0 ? first : marks_.data()[before(i)].served;
    const auto bars = here.bars_after | (i == count ? 0 : marks_.data()[behind(i)].bars);
    return ((groups.not_after.data()[node] & static_cast<std::uint64_t>(served)) |
            (groups.bit.data()[node] & static_cast<std::uint64_t>(bars))) == 0;
  };
  // What comes before the pair goes as it went: who is too late there already is so now.
  const auto late = [&](Node node, std::int32_t i) {
    return known && i > 0 && marks_.data()[before(i)].depart > stop(node).close;
  };
  const auto detour = [&](Node node, std::int32_t i) {
    return Cost{(*metric_)(before(i), node)} + (*metric_)(node, behind(i)) -
           (*metric_)(before(i), behind(i));
  };
  const auto try_at = [&](std::int32_t i, std::int32_t j, Cost leg) {
    const Cost bound = std::min(leg, slowed(leg, carrier)) + raising_.data()[delivery];
    if (bound < limit) pair_trials_.push_back({bound, i, j});
  };
  pair_trials_.clear();
  detours_.clear();
  constexpr Cost shut = std::numeric_limits<Cost>::max();
  for (std::int32_t j = 0; j <= count && !late(delivery, j); ++j) {
    detours_.push_back(open(delivery, j) ? detour(delivery, j) : shut);
  }
  const Cost between = (*metric_)(pickup, delivery);
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(detours_.size()); ++i) {
    if (late(pickup, i)) break;
    if (!open(pickup, i)) continue;
    if (detours_[index(i)] != shut) {
      try_at(i, i,
             (*metric_)(before(i), pickup) + between + (*metric_)(delivery, behind(i)) -
                 (*metric_)(before(i), behind(i)));
    }
    const Cost there = detour(pickup, i);
    for (auto j = i + 1; j < static_cast<std::int32_t>(detours_.size()); ++j) {
      if (detours_[index(j)] != shut) try_at(i, j, there + detours_[index(j)]);
    }
  }
  std::sort(pair_trials_.begin(), pair_trials_.end());
}

/// Both halves of a pair into one run, at all pairs of places that may be better than what is found.
template <class Metric>
void RichState<Metric>::try_pair(Node pickup, std::int32_t slot, Place& best) {
  const Node delivery = stop(pickup).pair;
  const Slot& here = slots_.data()[slot];
  if (here.locked || !may_carry(here.carrier, pickup) || !may_carry(here.carrier, delivery)) return;
  pair_line_.clear();
  for (Node n = next(sentinel(slot)); !is_sentinel(n); n = next(n)) pair_line_.push_back(n);
  bound_pairs(pickup, slot, best.delta);
  const auto behind = [&](std::int32_t i) {
    return i == 0 ? sentinel(slot) : pair_line_[index(i - 1)];
  };
  for (const auto& [bound, i, j] : pair_trials_) {
    if (bound >= best.delta) break;
    line_.assign(pair_line_.begin(), pair_line_.begin() + i);
    line_.push_back(pickup);
    line_.insert(line_.end(), pair_line_.begin() + i, pair_line_.begin() + j);
    line_.push_back(delivery);
    line_.insert(line_.end(), pair_line_.begin() + j, pair_line_.end());
    const Cost day = day_with(slot, best.found() ? here.cost + best.delta : broken);
    if (day == std::numeric_limits<Cost>::max()) continue;
    const Cost delta = day - days_.data()[here.carrier].cost;
    if (delta < best.delta) best = {behind(i), i == j ? pickup : behind(j), delta};
  }
}

}  // namespace doorstep::routing
