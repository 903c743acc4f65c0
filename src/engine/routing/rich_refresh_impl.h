#pragma once
/// \file Bringing RichState up to date after a change of a run: what lies before the stairwells that
/// changed stands as it was, and what lies behind them goes the same ways at other times.

#include "engine/routing/rich_state.h"

namespace doorstep::routing {

/// Brings the run up to date from what changed on, where nothing else did. False where only riding it
/// anew can tell (its marks are then of no use).
template <class Metric>
bool RichState<Metric>::ride_part(std::int32_t slot, const Change& change) {
  const Slot& here = slots_.data()[slot];
  const Carrier& carrier = problem_->carriers.data()[here.carrier];
  if (!change.only || here.halves > 0 || here.locked || here.stops == 0) return false;
  if (here.departs == rich::broken_run) return false;
  const Cost way = carrier.range < no_limit ? walked(slot) : 0;
  if (carrier.range < no_limit && (!ride_.walks_true() || way > carrier.range)) return false;
  // Climbs are made up anew in the stairwells on both sides of the change.
  Part part{change.before, change.behind};
  while (!is_sentinel(part.before) && ride_.together(part.before, change.before)) {
    part.before = prev(part.before);
  }
  while (!is_sentinel(part.behind) && ride_.together(part.behind, change.behind)) {
    part.behind = next(part.behind);
  }
  line_.clear();
  for (Node n = next(part.before); n != part.behind; n = next(n)) line_.push_back(n);

  Progress at;
  if (is_sentinel(part.before)) {
    const Day& day = days_.data()[here.carrier];
    at.time = here.departs;
    at.served = slot > day.first ? slots_.data()[slot - 1].served : 0;
  } else {
    const Mark& mark = marks_.data()[part.before];
    const Cost service = stop(part.before).service;
    at = {mark.depart, mark.spent, mark.done + mark.leg + service, mark.served};
  }
  ride_.begin_legs();
  for (std::size_t i = 0; i < line_.size(); ++i) {
    const Legs legs = ride_.leg(carrier, location(part.before), line_, i);
    if (!step(here.carrier, line_[i], legs.time, legs.price, at)) return false;
    ride_.put_down(stop(line_[i]));
  }
  for (Node n = part.behind; !is_sentinel(n); n = next(n)) {
    const Mark& mark = marks_.data()[n];
    if (!step(here.carrier, n, mark.leg, mark.price, at)) return false;
  }
  if (is_sentinel(part.behind)) {
    const Node last = prev(part.behind);
    store(slots_.data()[slot].home, ride_.way(carrier, location(last), depot).time);
  }
  at.time += here.home;
  if (at.time > std::min(carrier.shift_end, problem_->stops[0].close)) return false;
  Slot& written = slots_.data()[slot];
  store(written.walked, way);
  store(written.free, at.time);
  store(written.served, at.served);
  store(written.cost, at.cost + here.home + carrier.run_cost);
  store(written.work, at.work + here.home);
  bound_part(slot, part);
  return true;
}

/// Goes on to the next stop and stores what is found there. False where that may not be.
template <class Metric>
bool RichState<Metric>::step(std::int32_t who, Node node, Cost leg, Cost price, Progress& at) {
  const Stop& to = stop(node);
  const auto& groups = ride_.groups();
  if ((groups.not_after.data()[node] & static_cast<std::uint64_t>(at.served)) != 0) return false;
  at.served |= static_cast<std::int64_t>(groups.bit.data()[node]);
  at.time = std::max<Cost>(at.time + leg, to.open);
  if (at.time > to.close) return false;
  at.cost += leg + price + ride_.late_cost(to, at.time) + Ride<Metric>::moving_cost(to, who);
  Mark& mark = marks_.data()[node];
  store(mark.done, at.work);
  at.time += to.service;
  at.work += leg + to.service;
  store(mark.depart, at.time);
  store(mark.leg, leg);
  store(mark.price, price);
  store(mark.spent, at.cost);
  store(mark.served, at.served);
  return true;
}

/// Bounds and bars from the end of the part to the front, as far as they change.
template <class Metric>
void RichState<Metric>::bound_part(std::int32_t slot, const Part& part) {
  const auto& groups = ride_.groups();
  std::int64_t bound = -rich::never;
  std::uint64_t bars = 0;
  if (!is_sentinel(part.behind)) {
    const Mark& mark = marks_.data()[part.behind];
    bound = mark.bound - mark.leg;
    bars = static_cast<std::uint64_t>(mark.bars);
  }
  bool inside = true;
  for (Node n = prev(part.behind); !is_sentinel(n); n = prev(n)) {
    inside = inside && n != part.before;
    const Stop& at = stop(n);
    Mark& mark = marks_.data()[n];
    bound = std::min<std::int64_t>({at.close, at.soft_close, bound - at.service});
    if (bound < at.open) bound = rich::never;
    if (!slots_.data()[slot].locked) bars |= groups.not_after.data()[n];
    const bool same = mark.bound == bound && mark.bars == static_cast<std::int64_t>(bars);
    if (same && !inside) return;
    store(mark.bound, bound);
    store(mark.bars, static_cast<std::int64_t>(bars));
    bound -= mark.leg;
  }
}

/// Rides the run anew and stores what is found.
template <class Metric>
void RichState<Metric>::ride_whole(std::int32_t slot, Between at) {
  Slot& here = slots_.data()[slot];
  RideResult ride;
  ride.then = at;
  if (here.stops > 0) {
    collect(slot);
    steps_.clear();
    ride =
        ride_.go(here.carrier, line_, at, here.locked, here.leave, std::numeric_limits<Cost>::max(),
                 [&](const auto& step) { steps_.push_back(step); });
    mark(slot, ride);
    // Taking a stop out can regroup climbs and, rarely, make a later one miss its window; or a
    // pair is torn for the moment. Such a day must not be kept.
    if (!ride.possible) ride.cost = broken;
  }
  store(here.free, ride.then.free);
  store(here.served, static_cast<std::int64_t>(ride.then.served));
  store(here.cost, ride.cost);
  store(here.work, ride.work);
}

/// Brings the day up to date from this run on, and the cost.
template <class Metric>
void RichState<Metric>::refresh(std::int32_t slot, const Change& change) {
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
  bool same = false;  // Later runs begin as they did before.
  for (auto r = day.first; r < day.last; ++r) {
    const Slot& here = slots_.data()[r];
    if (r >= slot && !same) {
      const auto free = here.free;
      const auto served = here.served;
      if (r > slot || !ride_part(r, change)) ride_whole(r, at);
      same = here.free == free && here.served == served;
      at = {here.free, static_cast<std::uint64_t>(here.served)};
    }
    cost += here.cost;
    work += here.work;
  }
  bound_runs(day);
  cost += ride_.day_cost(carrier, work);
  cost_ += cost - day.cost;
  sums_.set(day.cost, cost);
  sums_.set(day.work, work);
}

}  // namespace doorstep::routing
