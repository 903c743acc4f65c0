#pragma once
/// \file Exchanges of whole ends of runs in PlainState (2-opt and 2-opt*).

#include "engine/routing/plain_state.h"

namespace doorstep::routing {

template <class Metric, bool windows>
bool PlainState<Metric, windows>::join(Node a, Node b, Cost most) {
  const auto r = run(a);
  const auto s = run(b);
  if (r < 0 || s < 0) return false;
  if (r != s && exchange_tails(a, prev(b), most)) return true;
  if constexpr (!windows) return turn(a, b, most);
  return false;
}

/// What follows `a` and what follows `b` change places.
template <class Metric, bool windows>
bool PlainState<Metric, windows>::exchange_tails(Node a, Node b, Cost most) {
  const Item& at = items_.data()[a];
  const Item& bt = items_.data()[b];
  const Node behind_a = at.next;
  const Node behind_b = bt.next;
  const Time ab = (*metric_)(location(a), location(behind_b));
  if (ab - at.out - bt.out >= most) return false;
  const Time ba = (*metric_)(location(b), location(behind_a));
  const Cost delta = Cost{ab} + ba - at.out - bt.out;
  if (delta >= most) return false;
  if constexpr (windows) {
    if (at.depart + ab > items_.data()[behind_b].late) return false;
    if (bt.depart + ba > items_.data()[behind_a].late) return false;
  }
  const Part tail_a = part(behind_a);
  const Part tail_b = part(behind_b);
  const auto r = at.run;
  const auto s = bt.run;
  const std::int32_t shift = tail_a.load - tail_b.load;
  if (runs_.data()[r].room + shift < 0 || runs_.data()[s].room - shift < 0) return false;
  const Node end_a = is_sentinel(behind_a) ? a : prev(sentinel(r));
  const Node end_b = is_sentinel(behind_b) ? b : prev(sentinel(s));
  touch(r);
  touch(s);
  relabel(behind_a, s);
  relabel(behind_b, r);
  trade(r, s, shift, tail_b.stops - tail_a.stops);
  const Time home_a = items_.data()[end_a].out;
  const Time home_b = items_.data()[end_b].out;
  if (is_sentinel(behind_b)) {
    link(a, sentinel(r), ab);
  } else {
    link(a, behind_b, ab);
    link(end_b, sentinel(r), home_b);
  }
  if (is_sentinel(behind_a)) {
    link(b, sentinel(s), ba);
  } else {
    link(b, behind_a, ba);
    link(end_a, sentinel(s), home_a);
  }
  cost_ += delta;
  if constexpr (windows) {
    repair(a, next(a));
    repair(b, next(b));
  }
  return true;
}

/// Of two stops of different runs, or of one, joins `a` to `b` and their successors to each
/// other: what lies between them (round the depot, where they stand in two runs) turns round.
template <class Metric, bool windows>
bool PlainState<Metric, windows>::turn(Node a, Node b, Cost most) {
  const Item& at = items_.data()[a];
  const Item& bt = items_.data()[b];
  const Time ab = (*metric_)(a, b);
  if (ab - at.out - bt.out >= most) return false;
  const Time next_ab = (*metric_)(location(at.next), location(bt.next));
  const Cost delta = Cost{ab} + next_ab - at.out - bt.out;
  if (delta >= most) return false;
  const auto r = at.run;
  const auto s = bt.run;
  if (r != s) {
    const Part tail_a = part(at.next);
    const Part head_b = part(runs_.data()[s].room, bt.next);
    const std::int32_t shift = tail_a.load - head_b.load;
    if (runs_.data()[r].room + shift < 0 || runs_.data()[s].room - shift < 0) return false;
    touch(s);
    reverse(next(sentinel(s)), prev(sentinel(s)));
    return exchange_tails(a, prev(b), most);
  }
  Node first = a;
  Node last = b;
  for (Node node = next(a); node != b; node = next(node)) {
    if (!is_sentinel(node)) continue;
    std::swap(first, last);
    break;
  }
  touch(r);
  const Node behind = next(last);
  const Node inner = next(first);
  reverse(inner, last);
  link(first, last, ab);
  link(inner, behind, next_ab);
  cost_ += delta;
  return true;
}

/// Turns first..last round and leaves what is outside pointing at them from the other side.
template <class Metric, bool windows>
void PlainState<Metric, windows>::reverse(Node first, Node last) {
  const Node before = prev(first);
  const Node behind = next(last);
  const Time in = items_.data()[first].in;
  const Time out = items_.data()[last].out;
  for (Node node = first; node != behind;) {
    Item& item = items_.data()[node];
    const Node following = item.next;
    journal_.set(item.next, item.prev);
    journal_.set(item.prev, following);
    const Time arc = item.out;
    journal_.set(item.out, item.in);
    journal_.set(item.in, arc);
    node = following;
  }
  // Arcs to the depot, where a whole run is turned; else the caller links its own.
  link(before, last, out);
  link(first, behind, in);
}

/// From `node` to the end of its run.
template <class Metric, bool windows>
typename PlainState<Metric, windows>::Part PlainState<Metric, windows>::part(Node node) const {
  Part sum;
  for (; !is_sentinel(node); node = next(node)) {
    sum.load += fixed_.data()[node].demand;
    ++sum.stops;
  }
  return sum;
}
/// From the start of a run to before `behind`, by what the rest of it leaves.
template <class Metric, bool windows>
typename PlainState<Metric, windows>::Part PlainState<Metric, windows>::part(std::int32_t room,
                                                                             Node behind) const {
  const Part rest = part(behind);
  return {capacity_ - room - rest.load, rest.stops};
}
template <class Metric, bool windows>
void PlainState<Metric, windows>::relabel(Node node, std::int32_t run) {
  for (; !is_sentinel(node); node = next(node)) journal_.set(items_.data()[node].run, run);
}
/// Run `r` gives `load` (by balance) to `s` and gets `stops` from it.
template <class Metric, bool windows>
void PlainState<Metric, windows>::trade(std::int32_t r, std::int32_t s, std::int32_t load,
                                        std::int32_t stops) {
  Run_& from = runs_.data()[r];
  Run_& to = runs_.data()[s];
  journal_.set(from.room, from.room + load);
  journal_.set(to.room, to.room - load);
  journal_.set(from.stops, from.stops + stops);
  journal_.set(to.stops, to.stops - stops);
}

}  // namespace doorstep::routing
