#pragma once
/// \file The price of a place in RichState from one stairwell alone: what the last ride found at each
/// stop (Mark) says what the rest of the day costs, as long as nothing in it is late.

#include "engine/routing/rich_state.h"

namespace doorstep::routing {

/// Stores what a ride found (in steps_) at its stops; from the last back, what their bounds are.
template <class Metric>
void RichState<Metric>::mark(std::int32_t slot, const RideResult& ride) {
  Slot& here = slots_.data()[slot];
  store(here.departs, ride.possible ? ride.leave : rich::broken_run);
  store(here.home, ride.home.time);
  store(here.walked, ride.walked);
  if (!ride.possible) return;
  const auto& groups = ride_.groups();
  std::int64_t done = ride.work - ride.home.time;
  std::int64_t bound = -rich::never;
  std::uint64_t bars = 0;
  for (std::size_t i = steps_.size(); i-- > 0;) {
    const auto& step = steps_[i];
    const Stop& at = stop(step.stop);
    bound = std::min<std::int64_t>({at.close, at.soft_close, bound - at.service});
    if (bound < opens(step.stop)) bound = rich::never;
    done -= at.service + step.legs.time;
    if (!here.locked) bars |= groups.not_after.data()[step.stop];
    Mark& mark = marks_.data()[step.stop];
    store(mark.depart, step.start + at.service);
    store(mark.leg, step.legs.time);
    store(mark.spent, step.cost);
    store(mark.price, step.legs.price);
    store(mark.done, done);
    store(mark.bound, bound);
    store(mark.served, static_cast<std::int64_t>(step.served));
    store(mark.bars, static_cast<std::int64_t>(bars));
    bound -= step.legs.time;
  }
  if (here.halves > 0) mark_peaks(here);
}

/// Stores at the stops (in steps_) the most that is carried up to them.
template <class Metric>
void RichState<Metric>::mark_peaks(const Slot& slot) {
  Load load = slot.load;
  Load peak = load;
  for (const auto& step : steps_) {
    const Stop& at = stop(step.stop);
    Mark& mark = marks_.data()[step.stop];
    for (std::size_t d = 0; d < load_dims; ++d) {
      load[d] += half(step.stop) && at.pickup ? at.demand[d] : -at.demand[d];
      peak[d] = std::max(peak[d], load[d]);
      store(mark.peak[d], peak[d]);
    }
  }
}

/// Under Carrier::range.
template <class Metric>
Cost RichState<Metric>::walked(std::int32_t slot) const {
  const Carrier& carrier = problem_->carriers.data()[slots_.data()[slot].carrier];
  Cost sum = 0;
  Node n = sentinel(slot);
  do {
    const Node to = next(n);
    sum += ride_.walked(carrier, location(n), location(to));
    n = to;
  } while (!is_sentinel(n));
  return sum;
}

/// Whether the run can load the stops in addition, who leave it behind `after`.
template <class Metric>
bool RichState<Metric>::has_room(const Batch& what, Node after) const {
  const Slot& slot = slots_.data()[run(after)];
  if (slot.halves == 0 || is_sentinel(after)) return true;  // see takes()
  const Carrier& carrier = problem_->carriers.data()[slot.carrier];
  const Load& peak = marks_.data()[after].peak;
  for (std::size_t d = 0; d < load_dims; ++d) {
    if (peak[d] + what.load[d] > carrier.capacity[d]) return false;
  }
  return true;
}

/// Whether the run with the stops in addition is not too long for its carrier.
template <class Metric>
bool RichState<Metric>::in_range(const Batch& what, Node after) const {
  const Slot& slot = slots_.data()[run(after)];
  const Carrier& carrier = problem_->carriers.data()[slot.carrier];
  if (carrier.range >= no_limit) return true;
  const Node from = location(after);
  const Node to = location(next(after));
  const Cost more = ride_.walked(carrier, from, what.stops.front()) +
                    ride_.walked(carrier, what.stops.back(), to) -
                    (slot.stops > 0 ? ride_.walked(carrier, from, to) : 0);
  return (slot.stops > 0 ? slot.walked : 0) + more <= carrier.range;
}

/// How late each run of a day may end for nothing to be late in the runs behind it.
template <class Metric>
void RichState<Metric>::bound_runs(const Day& day) {
  if (day.first == day.last) return;
  const Carrier& carrier = problem_->carriers.data()[slots_.data()[day.first].carrier];
  const std::int64_t end = std::min(carrier.shift_end, problem_->stops[0].close);
  std::int64_t bound = end;
  std::int64_t bars = 0;
  for (auto r = day.last - 1; r >= day.first; --r) {
    Slot& slot = slots_.data()[r];
    store(slot.end_bound, bound);
    store(slot.bars_after, bars);
    if (slot.stops == 0) continue;
    const Mark& first = marks_.data()[next(sentinel(r))];
    const std::int64_t leave =
        std::min(first.bound - first.leg, bound - rest(r, next(sentinel(r))));
    const bool in_time =
        slot.departs != rich::broken_run && slot.departs <= leave && slot.free <= bound;
    bound = in_time ? std::min(end, leave - carrier.reload) : rich::never;
    if (slot.departs != rich::broken_run) bars |= first.bars;
  }
}

/// The stops that a climb may serve together with those put behind `after`, into line_.
template <class Metric>
typename RichState<Metric>::Part RichState<Metric>::stairwell(std::span<const Node> stops,
                                                              Node after) {
  const Node node = stops.front();
  const Node behind = next(after);
  const bool splits = !is_sentinel(after) && !is_sentinel(behind) && ride_.together(after, behind);
  Part part{after, behind};
  line_.clear();
  if (!is_sentinel(after) && (splits || ride_.together(after, node))) {
    while (!is_sentinel(part.before) && ride_.together(part.before, after)) {
      part.before = prev(part.before);
    }
    for (Node n = next(part.before); n != behind; n = next(n)) line_.push_back(n);
  }
  line_.insert(line_.end(), stops.begin(), stops.end());
  if (!is_sentinel(behind) && (splits || ride_.together(node, behind))) {
    for (; !is_sentinel(part.behind) && ride_.together(part.behind, behind);
         part.behind = next(part.behind)) {
      line_.push_back(part.behind);
    }
  }
  return part;
}

/// When the carrier goes on from `before`, where goods released then are loaded too; `never` where
/// that makes something late in front of it.
template <class Metric>
Cost RichState<Metric>::departure(std::int32_t slot, Cost release, Node before) const {
  const Slot& here = slots_.data()[slot];
  if (here.stops == 0) {
    const Carrier& carrier = problem_->carriers.data()[here.carrier];
    // An empty slot is free when the one before it is.
    return std::max({std::max<Cost>(here.free, carrier.shift_start) + carrier.reload,
                     Cost{here.leave}, release});
  }
  if (release <= here.departs) {
    return is_sentinel(before) ? here.departs : marks_.data()[before].depart;
  }
  Cost time = release;
  if (is_sentinel(before)) return time;
  for (Node n = sentinel(slot); n != before;) {
    n = next(n);
    const Stop& at = stop(n);
    time = std::max(time + marks_.data()[n].leg, opens(n));
    if (time > std::min(at.close, at.soft_close)) return rich::never;
    time += at.service;
  }
  return time;
}

/// Rides line_ from `part.before` on. False where that is impossible.
template <class Metric>
bool RichState<Metric>::ride_stairwell(std::int32_t slot, const Part& part, Trial& trial) {
  const auto who = slots_.data()[slot].carrier;
  const Carrier& carrier = problem_->carriers.data()[who];
  ride_.begin_legs();
  for (std::size_t i = 0; i < line_.size(); ++i) {
    const Stop& at = stop(line_[i]);
    const Legs legs = ride_.leg(carrier, location(part.before), line_, i);
    trial.time = std::max(trial.time + legs.time, opens(line_[i]));
    if (trial.time > at.close) return false;
    trial.cost += legs.time + legs.price + ride_.late_cost(at, trial.time) +
                  Ride<Metric>::moving_cost(at, who);
    trial.work += legs.time + at.service;
    trial.time += at.service;
    ride_.put_down(at);
  }
  // The way on: to the next stairwell, whose climb stays as it is, or home.
  const bool empty = slots_.data()[slot].stops == 0;
  const Node old_last = prev(part.behind);
  const Cost old_way = empty ? 0 : way_to(slot, part.behind);
  Cost way = old_way;
  if (old_last != line_.back()) {
    way += ride_.way(carrier, line_.back(), location(part.behind)).time;
    if (!empty) way -= ride_.way(carrier, location(old_last), location(part.behind)).time;
  }
  trial.time += way;
  trial.cost +=
      way - old_way + (empty ? carrier.run_cost : 0) - spent(old_last) + spent(part.before);
  trial.work += way - old_way;
  const Node old_first = next(part.before);
  if (old_first != part.behind) trial.work -= rest(slot, old_first) - rest(slot, part.behind);
  return true;
}

/// Whether nothing is late behind the part, neither now nor with this arrival there.
template <class Metric>
bool RichState<Metric>::in_time_behind(std::int32_t slot, const Part& part, Cost arrival) const {
  const Slot& here = slots_.data()[slot];
  if (here.stops > 0 && here.free > here.end_bound) return false;
  if (is_sentinel(part.behind)) return arrival <= here.end_bound;
  const Mark& mark = marks_.data()[part.behind];
  const Stop& at = stop(part.behind);
  const Cost start = std::max(arrival, opens(part.behind));
  return std::max(start, mark.depart - at.service) <= mark.bound &&
         start + rest(slot, part.behind) - mark.leg <= here.end_bound;
}

/// True where the place is priced (and `best` brought up to date) or known to be impossible; false
/// where only riding the whole day can tell.
template <class Metric>
bool RichState<Metric>::price(const Batch& what, Node after, Place& best) {
  const auto r = run(after);
  const Slot& slot = slots_.data()[r];
  const Day& day = days_.data()[slot.carrier];
  const Carrier& carrier = problem_->carriers.data()[slot.carrier];
  if (slot.departs == rich::broken_run || (carrier.range < no_limit && !ride_.walks_true())) {
    return false;
  }
  if (!has_room(what, after) || !in_range(what, after)) return true;
  const Node behind = next(after);
  const std::int64_t earlier = r > day.first ? slots_.data()[r - 1].served : 0;
  const std::int64_t served = is_sentinel(after) ? earlier : marks_.data()[after].served;
  const std::int64_t bars =
      slot.bars_after | (is_sentinel(behind) ? 0 : marks_.data()[behind].bars);
  if ((what.not_after & static_cast<std::uint64_t>(served)) != 0) return true;
  if ((what.bits & static_cast<std::uint64_t>(bars)) != 0) return true;

  const Part part = stairwell(what.stops, after);
  Trial trial{departure(r, what.release, part.before)};
  if (trial.time == rich::never) return false;
  if (!ride_stairwell(r, part, trial)) return true;
  // Where lateness has no price, what misses its bound is impossible.
  if (!in_time_behind(r, part, trial.time)) return !soft_limits_;
  const Cost delta = trial.cost + ride_.day_cost(carrier, day.work + trial.work) -
                     ride_.day_cost(carrier, day.work);
  if (delta < best.delta) best = {after, -1, delta};
  return true;
}

}  // namespace doorstep::routing
