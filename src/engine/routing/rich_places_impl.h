#pragma once
/// \file Where a stop can go in RichState, and at what price.

#include "engine/routing/rich_state.h"

namespace doorstep::routing {

template <class Metric>
typename RichState<Metric>::Batch RichState<Metric>::batch(std::span<const Node> stops) const {
  Batch out{stops};
  const auto& groups = ride_.groups();
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const Node node = stops[i];
    const Stop& at = stop(node);
    for (std::size_t d = 0; d < load_dims; ++d) out.load[d] += at.demand[d];
    out.needs |= at.needs;
    out.level = std::min(out.level, at.level);
    out.release = std::max(out.release, at.release);
    out.bits |= groups.bit.data()[node];
    out.not_after |= groups.not_after.data()[node];
    out.raising += raising_.data()[node];
    if (i > 0) out.inside += (*metric_)(stops[i - 1], node);
  }
  out.close = stop(stops.front()).close;
  return out;
}

/// Whether the slot's carrier may take the stops and has room for them.
template <class Metric>
bool RichState<Metric>::takes(const Slot& slot, const Batch& what) const {
  const Carrier& who = problem_->carriers.data()[slot.carrier];
  if (slot.locked || (what.needs & ~who.skills) != 0 || what.level < who.level) return false;
  for (std::size_t d = 0; d < load_dims; ++d) {
    if (slot.load[d] + what.load[d] > who.capacity[d]) return false;
  }
  return true;
}

/// No insertion here costs less.
template <class Metric>
Cost RichState<Metric>::least(const Batch& what, Node after) const {
  const Item& at = items_.data()[after];
  const Cost leg = Cost{(*metric_)(location(after), what.stops.front())} + what.inside +
                   (*metric_)(what.stops.back(), location(at.next)) - at.out;
  const Carrier& carrier = problem_->carriers.data()[slots_.data()[at.run].carrier];
  return std::min(leg, slowed(leg, carrier)) + what.raising;
}

template <class Metric>
void RichState<Metric>::try_place(const Batch& what, Node after, Place& best) {
  if (!takes(slots_.data()[run(after)], what) || least(what, after) >= best.delta) return;
  if (!price(what, after, best)) ride_with(what, after, best);
}

template <class Metric>
void RichState<Metric>::ride_with(const Batch& what, Node after, Place& best) {
  const auto r = run(after);
  const Slot& slot = slots_.data()[r];
  line_.clear();
  for (Node n = sentinel(r);;) {
    if (n == after) line_.insert(line_.end(), what.stops.begin(), what.stops.end());
    n = next(n);
    if (is_sentinel(n)) break;
    line_.push_back(n);
  }
  const Cost day = day_with(r, best.found() ? slot.cost + best.delta : broken);
  if (day == std::numeric_limits<Cost>::max()) return;
  const Cost delta = day - days_.data()[slot.carrier].cost;
  if (delta < best.delta) best = {after, -1, delta};
}

/// Empty slots: behind the last run of each carrier and in front of the first, where free; of
/// carriers without runs only one of each kind.
template <class Metric>
void RichState<Metric>::new_runs(const Batch& what, Place& best) {
  const Node node = what.stops.front();
  const bool pair = stop(node).pair >= 0;
  const Cost round =
      pair ? 0 : Cost{(*metric_)(depot, node)} + what.inside + (*metric_)(what.stops.back(), depot);
  const Cost raising = pair ? 0 : what.raising;
  const Cost least_of_all = std::min(round, round * least_slowness_ / 100) + least_run_cost_;
  if (least_of_all + raising >= best.delta) return;
  const Cost most = best.delta;
  Cost best_share = std::numeric_limits<Cost>::max();
  std::fill(kind_seen_.begin(), kind_seen_.end(), -1);
  for (std::size_t k = 0; k < days_.size(); ++k) {
    const Day& day = days_[k];
    const Carrier& carrier = problem_->carriers.data()[k];
    const Cost least = std::min(round, slowed(round, carrier)) + carrier.run_cost;
    if (least + raising >= (by_room_ ? most : best.delta)) continue;
    if (by_room_ && (least + raising) / day.room >= best_share) continue;
    if (day.work == 0 && stop(node).keep_carrier != static_cast<std::int32_t>(k)) {
      if (kind_seen_[index(day.kind)] >= 0) continue;
      kind_seen_[index(day.kind)] = 1;
    }
    for (auto r = day.last - 1; r >= day.first; --r) {
      if (slots_.data()[r].stops > 0) continue;
      if (r > day.first && slots_.data()[r - 1].stops == 0) continue;
      if (pair) {
        try_pair(node, r, best);
      } else if (!by_room_) {
        try_place(what, sentinel(r), best);
      } else {
        Place own;
        own.delta = most;
        try_place(what, sentinel(r), own);
        if (!own.found() || own.delta / day.room >= best_share) continue;
        best_share = own.delta / day.room;
        best = own;
      }
    }
  }
}

template <class Metric>
typename RichState<Metric>::Place RichState<Metric>::best_place(Node node, Blink& blink) {
  if (half(node)) return any_place_of_pair(node);
  const Place best = best_place(std::span<const Node>(&node, 1), blink);
  return best.found() ? best : any_place(node);
}

/// Whether a run takes the stops at all, and what holds for all of its places.
template <class Metric>
void RichState<Metric>::ask(const Batch& what, std::int32_t run, Asked& asked) const {
  const Slot& slot = slots_.data()[run];
  asked.at = try_;
  asked.takes = slot.departs <= what.close && takes(slot, what);
  if (!asked.takes) return;
  asked.slowness = problem_->carriers.data()[slot.carrier].slowness;
  asked.bars_after = slot.bars_after;
  asked.served = run > days_.data()[slot.carrier].first ? slots_.data()[run - 1].served : 0;
}

/// The neighbours in runs that take the stops, into near_. Returns how many. Which these are cannot be
/// foretold, here and in the next two: a guess gone wrong costs more than all that is done for a
/// neighbour, so nothing is branched on.
template <class Metric>
std::size_t RichState<Metric>::near_in_runs(const Batch& what, Blink& blink) {
  const Item* items = items_.data();
  Asked* all = asked_.data();
  Node* out = near_.data();
  const std::int64_t now = ++try_;
  const std::int32_t nobody = runs();
  all[nobody] = {now};
  const Neighbour* near = places_->begin(what.stops.front());
  const Neighbour* const end = near + places_->width();
  std::size_t count = 0;
  for (; near != end; ++near) {
    const Node other = near->node;
    const std::int32_t run = items[other].run < 0 ? nobody : items[other].run;
    if (blink()) continue;
    // Carriers of another grid, full ones and runs of later on are most of those that stand near.
    if (all[run].at != now) ask(what, run, all[run]);
    out[count] = other;
    count += all[run].takes ? 1 : 0;
  }
  return count;
}

/// Of the places next to those, the ones that are open to the stops, once each, into trials_.
template <class Metric>
std::size_t RichState<Metric>::open_places(const Batch& what, std::size_t nears) {
  const Item* items = items_.data();
  const Mark* marks = marks_.data();
  const std::int32_t* spots = spots_.data();
  std::int64_t* tried = tried_.data();
  Bounded* trials = trials_.data();
  const std::int32_t own = spots[what.stops.front()];
  std::size_t count = 0;
  const auto consider = [&](Node after, Node next, const Asked& asked) {
    const Mark& before = marks[location(after)];
    const auto served = static_cast<std::uint64_t>(before.served | asked.served);
    const auto bars = static_cast<std::uint64_t>(marks[location(next)].bars | asked.bars_after);
    // Who serves a stairwell in one go is not sent to another one in between.
    const bool splits = (spots[after] == spots[next]) & (spots[after] != own);
    const bool open = ((what.not_after & served) | (what.bits & bars)) == 0 &
                      before.depart <= what.close & !splits & tried[after] != try_;
    tried[after] = try_;
    trials[count].after = after;
    count += open ? 1 : 0;
  };
  for (std::size_t i = 0; i < nears; ++i) {
    const Node other = near_.data()[i];
    const Item& at = items[other];
    const Asked& asked = asked_.data()[at.run];
    consider(other, at.next, asked);
    consider(at.prev, other, asked);
  }
  return count;
}

/// What those cost at least. `into` and `out`: arcs to the first and from the last of the stops.
/// Returns which of them costs least.
template <class Metric>
template <class Into, class Out>
std::size_t RichState<Metric>::bound_places(const Batch& what, std::size_t count, Into into,
                                            Out out) {
  Bounded* trials = trials_.data();
  std::size_t first = 0;
  Cost least = std::numeric_limits<Cost>::max();
  for (std::size_t i = 0; i < count; ++i) {
    const Item& at = items_.data()[trials[i].after];
    const Cost leg =
        Cost{into(location(trials[i].after))} + out(location(at.next)) - at.out + what.inside;
    const std::int32_t slowness = asked_.data()[at.run].slowness;
    Cost bound = leg;
    if (slowness != 100 && (leg < 0) == (slowness > 100)) [[unlikely]] {
      bound = slowed(leg, slowness);
    }
    trials[i].bound = bound + what.raising;
    first = bound < least ? i : first;
    least = std::min(bound, least);
  }
  return first;
}

/// Of stops that stay behind each other; the neighbours are those of the first.
template <class Metric>
typename RichState<Metric>::Place RichState<Metric>::best_place(std::span<const Node> stops,
                                                                Blink& blink) {
  const Batch what = batch(stops);
  Place best;
  const Node front = stops.front();
  const Node back = stops.back();
  const std::size_t count = open_places(what, near_in_runs(what, blink));
  const std::size_t first =
      arcs_.held() ? bound_places(
                         what, count, [row = arcs_.of(front)](Node a) { return row[a].to; },
                         [row = arcs_.of(back)](Node b) { return row[b].from; })
                   : bound_places(
                         what, count, [&](Node a) { return (*metric_)(a, front); },
                         [&](Node b) { return (*metric_)(back, b); });
  if (count > 0) std::swap(trials_[0], trials_[first]);
  for (std::size_t i = 0; i < count; ++i) {
    const auto [bound, after] = trials_[i];
    if (bound < best.delta && !price(what, after, best)) ride_with(what, after, best);
  }
  new_runs(what, best);
  return best;
}

template <class Metric>
typename RichState<Metric>::Place RichState<Metric>::any_place(Node node) {
  if (half(node)) return any_place_of_pair(node);
  const Batch what = batch({&node, 1});
  Place best;
  for (std::int32_t r = 0; r < runs(); ++r) {
    if (slots_.data()[r].stops == 0) continue;
    Node after = sentinel(r);
    do {
      try_place(what, after, best);
      after = next(after);
    } while (!is_sentinel(after));
  }
  new_runs(what, best);
  return best;
}

}  // namespace doorstep::routing
