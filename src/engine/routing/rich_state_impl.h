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
      arcs_(metric, problem.size()),
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
  marks_.resize(problem.stops.size());
  spots_.resize(items_.size());
  for (Node i = 0; i < static_cast<Node>(items_.size()); ++i) {
    const bool door = i < size_ && problem.metric == MetricKind::stairs;
    spots_[index(i)] = door ? problem.streets.doors[index(i)].entrance : -1 - i;
  }
  for (const Day& day : days_) bound_runs(day);
  sums_.keep();
  for (std::int32_t r = 0; r < runs(); ++r) {
    const Node s = sentinel(r);
    items_[index(s)] = {s, s, r};
  }
  sort_kinds();
  count_room();
  for (std::size_t k = 0; k < problem.carriers.size(); ++k) {
    const Carrier& carrier = problem.carriers[k];
    least_slowness_ = k == 0 ? carrier.slowness : std::min(least_slowness_, carrier.slowness);
    least_run_cost_ = k == 0 ? carrier.run_cost : std::min(least_run_cost_, carrier.run_cost);
  }
  soft_limits_ = std::any_of(problem.stops.begin(), problem.stops.end(), [](const Stop& at) {
    return at.soft_close < std::min(at.close, no_limit);
  });
  for (const Stop& at : problem.stops) {
    opens_.push_back(at.pickup ? std::max(at.open, at.release) : at.open);
  }
  raising_.resize(problem.stops.size(), 0);
  for (Node i = 1; i < size_; ++i) raising_[index(i)] = ride_.raising(i);
  tried_.assign(items_.size(), 0);
  trials_.resize(2 * index(places.width()) + 1);
  near_.resize(index(places.width()) + 1);
  asked_.assign(slots_.size() + 1, {});
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
void RichState<Metric>::count_room() {
  Load sum{};
  for (const Stop& at : problem_->stops) {
    for (std::size_t d = 0; d < load_dims; ++d) sum[d] += at.demand[d];
  }
  const Cost stops = std::max(1, size_ - 1);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    Cost room = stops;
    for (std::size_t d = 0; d < load_dims; ++d) {
      const Cost mean = std::max<Cost>(1, sum[d] / stops);
      room = std::min(room, problem_->carriers[k].capacity[d] / mean);
    }
    days_[k].room = std::max<Cost>(1, room);
  }
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
void RichState<Metric>::load(Slot& slot, Node node, std::int64_t sign) {
  if (half(node)) {
    links_.set(slot.halves, slot.halves + static_cast<std::int32_t>(sign));
    return;
  }
  for (std::size_t d = 0; d < load_dims; ++d) {
    sums_.set(slot.load[d], slot.load[d] + sign * stop(node).demand[d]);
  }
}

template <class Metric>
void RichState<Metric>::link(Node a, Node b) {
  links_.set(items_.data()[a].next, b);
  links_.set(items_.data()[a].out, (*metric_)(location(a), location(b)));
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
  load(slots_.data()[r], node, 1);
}

template <class Metric>
void RichState<Metric>::collect(std::int32_t slot) {
  line_.clear();
  for (Node n = next(sentinel(slot)); !is_sentinel(n); n = next(n)) line_.push_back(n);
}

/// What the carrier's day costs with `line_` in the place of the slot's run; max where impossible,
/// or where that run alone costs `too_much`.
template <class Metric>
Cost RichState<Metric>::day_with(std::int32_t slot, Cost too_much) {
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
    const RideResult ride =
        ride_.go(who, stops, at, slots[r].locked, slots[r].leave, r == slot ? too_much : never);
    if (!ride.possible) return never;
    at = ride.then;
    cost += ride.cost;
    work += ride.work;
    // Who is back when they were before goes on as before.
    const bool same =
        at.free == slots[r].free && static_cast<std::int64_t>(at.served) == slots[r].served;
    for (auto later = r + 1; same && later < day.last; ++later) {
      cost += slots[later].cost;
      work += slots[later].work;
    }
    if (same) break;
  }
  return cost + ride_.day_cost(carrier, work);
}

template <class Metric>
void RichState<Metric>::cut(Node first, Node last) {
  const auto r = run(first);
  touch(r);
  const Node before = prev(first);
  const Node behind = next(last);
  std::int32_t count = slots_.data()[r].stops;
  Cost released = 0;
  for (Node n = first; n != behind; n = next(n)) {
    released = std::max<Cost>(released, stop(n).release);
    links_.set(items_.data()[n].run, -1);
    load(slots_.data()[r], n, -1);
    --count;
  }
  links_.set(slots_.data()[r].stops, count);
  link(before, behind);
  // Without its pickup a delivery cannot stand; gather() takes it out before anyone rides. Where what
  // is gone was waited for, the run may leave sooner.
  refresh(r, {before, behind, released < slots_.data()[r].departs});
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
  if (stop(node).pair < 0) return insert({&node, 1}, place);
  const auto r = run(place.after);
  put(node, place.after);
  put(stop(node).pair, place.partner_after);
  refresh(r, {});
}

template <class Metric>
void RichState<Metric>::insert(std::span<const Node> stops, Place place) {
  Node after = place.after;
  const Node behind = next(after);
  Cost released = 0;
  for (const Node node : stops) {
    put(node, after);
    after = node;
    released = std::max<Cost>(released, stop(node).release);
  }
  const auto r = run(after);
  const bool alone = slots_.data()[r].stops == static_cast<std::int32_t>(stops.size());
  refresh(r, {place.after, behind, !alone && released <= slots_.data()[r].departs});
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
  const Carrier& carrier = problem_->carriers[index(given.carrier)];
  const bool able = given.locked || (ride_.load_fits(carrier, line_) &&
                                     std::all_of(line_.begin(), line_.end(), [&](Node n) {
                                       return may_carry(given.carrier, n);
                                     }));
  if (!able || day_with(free) == std::numeric_limits<Cost>::max()) return false;
  Node after = sentinel(free);
  for (const Node node : given.stops) {
    put(node, after);
    after = node;
  }
  refresh(free, {});
  return true;
}

}  // namespace doorstep::routing
