#pragma once
/// \file The bodies of RichState.

#include <tuple>

#include "engine/routing/rich_state.h"

namespace doorstep::routing {

template <class Metric>
RichState<Metric>::RichState(const Problem& problem, const Metric& metric, const Neighbours& places)
    : problem_(&problem),
      metric_(&metric),
      places_(&places),
      ride_(problem, metric),
      size_(problem.size()),
      pair_seen_(problem.stops.size(), 0) {
  for (std::size_t k = 0; k < problem.carriers.size(); ++k) {
    const Carrier& carrier = problem.carriers[k];
    Day day;
    day.first = runs();
    const auto most = std::min<std::int64_t>(carrier.runs_max, std::max(1, size_ - 1));
    for (std::int64_t i = 0; i < most; ++i) {
      Slot slot;
      slot.carrier = static_cast<std::int32_t>(k);
      slot.free = std::max(carrier.shift_start, problem.stops[0].open);
      slots_.push_back(slot);
    }
    day.last = runs();
    days_.push_back(day);
  }
  items_.resize(index(size_) + slots_.size());
  for (std::int32_t r = 0; r < runs(); ++r) {
    const Node s = sentinel(r);
    items_[index(s)] = {s, s, r};
  }
  sort_kinds();
  raising_.resize(problem.stops.size(), 0);
  for (Node i = 1; i < size_; ++i) raising_[index(i)] = ride_.raising(i);
  tried_.assign(items_.size(), 0);
}

template <class Metric>
void RichState<Metric>::sort_kinds() {
  using Key = std::tuple<Load, Time, Time, std::uint64_t, std::int32_t, Time, std::int64_t,
                         std::int32_t, Time, Cost, std::uint8_t, std::int64_t>;
  std::vector<std::pair<Key, std::size_t>> keys;
  for (std::size_t k = 0; k < problem_->carriers.size(); ++k) {
    const Carrier& c = problem_->carriers[k];
    keys.emplace_back(Key{c.capacity, c.shift_start, c.shift_end, c.skills, c.runs_max, c.reload,
                          c.hands, c.slowness, c.range, c.run_cost, c.level, c.ledger},
                      k);
  }
  std::sort(keys.begin(), keys.end());
  std::int32_t kind = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0 && keys[i].first != keys[i - 1].first) ++kind;
    days_[keys[i].second].kind = kind;
  }
  kind_seen_.assign(index(kind + 1), -1);
}

template <class Metric>
Cost RichState<Metric>::prize(Node node) const {
  const auto own = [&](Node n) {
    return stop(n).prize > 0 ? stop(n).prize : problem_->rules.prize;
  };
  return own(node) + (stop(node).pair >= 0 ? own(stop(node).pair) : 0);
}

template <class Metric>
bool RichState<Metric>::may_carry(std::int32_t carrier, Node node) const {
  const Carrier& who = problem_->carriers.data()[carrier];
  const Stop& what = stop(node);
  if ((what.needs & ~who.skills) != 0 || what.level < who.level) return false;
  for (std::size_t d = 0; d < load_dims; ++d) {
    if (what.demand[d] > who.capacity[d]) return false;
  }
  return true;
}

template <class Metric>
void RichState<Metric>::touch(std::int32_t run) {
  if (std::find(touched_.begin(), touched_.end(), run) == touched_.end()) touched_.push_back(run);
}

template <class Metric>
void RichState<Metric>::link(Node a, Node b) {
  links_.set(items_.data()[a].next, b);
  links_.set(items_.data()[b].prev, a);
}

template <class Metric>
void RichState<Metric>::put(Node node, Node after) {
  const auto r = run(after);
  touch(r);
  const Node behind = next(after);
  link(after, node);
  link(node, behind);
  links_.set(items_.data()[node].run, r);
  links_.set(slots_.data()[r].stops, slots_.data()[r].stops + 1);
}

template <class Metric>
void RichState<Metric>::collect(std::int32_t slot) {
  line_.clear();
  for (Node n = next(sentinel(slot)); !is_sentinel(n); n = next(n)) line_.push_back(n);
}

/// What the carrier's day costs with `line_` in the place of the slot's run; max where impossible.
template <class Metric>
Cost RichState<Metric>::day_with(std::int32_t slot) {
  constexpr Cost never = std::numeric_limits<Cost>::max();
  const Slot* slots = slots_.data();
  const auto who = slots[slot].carrier;
  const Day& day = days_.data()[who];
  const Carrier& carrier = problem_->carriers.data()[who];
  Between at{std::max(carrier.shift_start, problem_->stops[0].open), 0};
  Cost cost = 0;
  Cost work = 0;
  for (auto r = day.first; r < slot; ++r) {
    cost += slots[r].cost;
    work += slots[r].work;
  }
  if (slot > day.first) {
    at = {slots[slot - 1].free, static_cast<std::uint64_t>(slots[slot - 1].served)};
  }
  for (auto r = slot; r < day.last; ++r) {
    if (r > slot) {
      if (slots[r].stops == 0) continue;
      further_.clear();
      for (Node n = next(sentinel(r)); !is_sentinel(n); n = next(n)) further_.push_back(n);
    }
    const auto& stops = r == slot ? line_ : further_;
    if (stops.empty()) continue;
    const RideResult ride = ride_.go(who, stops, at, slots[r].locked, slots[r].leave);
    if (!ride.possible) return never;
    at = ride.then;
    cost += ride.cost;
    work += ride.work;
  }
  return cost + ride_.day_cost(carrier, work);
}

/// Rides the day again from this slot on and stores what it finds.
template <class Metric>
void RichState<Metric>::refresh(std::int32_t slot) {
  const auto who = slots_[index(slot)].carrier;
  Day& day = days_[index(who)];
  const Carrier& carrier = problem_->carriers[index(who)];
  Between at{std::max(carrier.shift_start, problem_->stops[0].open), 0};
  if (slot > day.first) {
    const Slot& before = slots_[index(slot - 1)];
    at = {before.free, static_cast<std::uint64_t>(before.served)};
  }
  Cost cost = 0;
  Cost work = 0;
  for (auto r = day.first; r < day.last; ++r) {
    Slot& here = slots_.data()[r];
    if (r >= slot) {
      RideResult ride;
      if (here.stops > 0) {
        collect(r);
        ride = ride_.go(who, line_, at, here.locked, here.leave);
        at = ride.then;
        // Taking a stop out can regroup climbs and, rarely, make a later one miss its window; or a
        // pair is torn for the moment. Such a day must not be kept.
        if (!ride.possible) ride.cost = broken;
      }
      sums_.set(here.free, at.free);
      sums_.set(here.served, static_cast<std::int64_t>(at.served));
      sums_.set(here.cost, ride.cost);
      sums_.set(here.work, ride.work);
    }
    cost += here.cost;
    work += here.work;
  }
  cost += ride_.day_cost(carrier, work);
  cost_ += cost - day.cost;
  sums_.set(day.cost, cost);
  sums_.set(day.work, work);
}

template <class Metric>
void RichState<Metric>::cut(Node first, Node last) {
  const auto r = run(first);
  touch(r);
  const Node before = prev(first);
  const Node behind = next(last);
  std::int32_t count = slots_.data()[r].stops;
  for (Node n = first; n != behind; n = next(n)) {
    links_.set(items_.data()[n].run, -1);
    --count;
  }
  links_.set(slots_.data()[r].stops, count);
  link(before, behind);
  // Without its pickup a delivery cannot stand; gather() takes it out before anyone rides.
  refresh(r);
}

template <class Metric>
void RichState<Metric>::gather(std::vector<Node>& absent) {
  ++pair_mark_;
  const std::size_t count = absent.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Node other = stop(absent[i]).pair;
    if (other >= 0 && run(other) >= 0) {
      cut(other, other);
      absent.push_back(other);
    }
  }
  std::size_t kept = 0;
  for (const Node node : absent) {
    const Stop& at = stop(node);
    const Node leader = at.pair >= 0 && !at.pickup ? at.pair : node;
    if (pair_seen_[index(leader)] == pair_mark_) continue;
    pair_seen_[index(leader)] = pair_mark_;
    absent[kept++] = leader;
  }
  absent.resize(kept);
}

template <class Metric>
void RichState<Metric>::insert(Node node, Place place) {
  const auto r = run(place.after);
  put(node, place.after);
  if (stop(node).pair >= 0) put(stop(node).pair, place.partner_after);
  refresh(r);
}

template <class Metric>
void RichState<Metric>::try_place(Node node, Node after, Place& best) {
  const auto r = run(after);
  const Slot& slot = slots_.data()[r];
  if (slot.locked || !may_carry(slot.carrier, node)) return;
  const Node behind = next(after);
  const Cost leg = Cost{(*metric_)(location(after), node)} + (*metric_)(node, location(behind)) -
                   (*metric_)(location(after), location(behind));
  const Cost least = leg * problem_->carriers.data()[slot.carrier].slowness / 100;
  if (least + raising_.data()[node] >= best.delta) return;
  line_.clear();
  for (Node n = sentinel(r);;) {
    if (n == after) line_.push_back(node);
    n = next(n);
    if (is_sentinel(n)) break;
    line_.push_back(n);
    if (n == after) line_.push_back(node);
    if (n == after) {
      for (n = next(n); !is_sentinel(n); n = next(n)) line_.push_back(n);
      break;
    }
  }
  const Cost day = day_with(r);
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

template <class Metric>
bool RichState<Metric>::fits_alone(Node node) {
  const Node partner = stop(node).pair;
  for (std::size_t k = 0; k < days_.size(); ++k) {
    const auto who = static_cast<std::int32_t>(k);
    if (!may_carry(who, node)) continue;
    line_.assign(1, node);
    if (partner >= 0) {
      line_.assign({stop(node).pickup ? node : partner, stop(node).pickup ? partner : node});
      if (!may_carry(who, partner)) continue;
    }
    const Carrier& carrier = problem_->carriers[k];
    const Between at{std::max(carrier.shift_start, problem_->stops[0].open), 0};
    if (ride_.go(who, line_, at, false, 0).possible) return true;
  }
  return false;
}

template <class Metric>
bool RichState<Metric>::add_run(const Run& given) {
  const Day& day = days_[index(given.carrier)];
  auto free = day.first;
  for (auto r = day.first; r < day.last; ++r) {
    if (slots_[index(r)].stops > 0) free = r + 1;
  }
  if (free >= day.last) return false;
  line_ = given.stops;
  slots_[index(free)].locked = given.locked;
  slots_[index(free)].leave = given.leave;
  const bool able = given.locked || std::all_of(line_.begin(), line_.end(), [&](Node n) {
                      return may_carry(given.carrier, n);
                    });
  if (!able || day_with(free) == std::numeric_limits<Cost>::max()) return false;
  Node after = sentinel(free);
  for (const Node node : given.stops) {
    put(node, after);
    after = node;
  }
  refresh(free);
  return true;
}

}  // namespace doorstep::routing
