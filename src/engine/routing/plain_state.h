#pragma once
/// \file A plan under change, for one kind of carrier, one load and (optionally) time windows: the
/// fast form. RichState is the form for streets; both have the same functions for the search.

#include <algorithm>
#include <limits>
#include <vector>

#include "engine/routing/journal.h"
#include "engine/routing/model.h"
#include "engine/routing/neighbours.h"
#include "engine/routing/random.h"

namespace doorstep::routing {

/// Runs are circular lists through one sentinel each: node size() + run. The sentinel stands for
/// the depot at both ends.
template <class Metric, bool windows>
class PlainState {
 public:
  /// Where a stop can go: behind `after`, at the price of `delta`.
  struct Place {
    Node after = -1;
    Cost delta = std::numeric_limits<Cost>::max();
    [[nodiscard]] bool found() const { return after >= 0; }
  };

  PlainState(const Problem& problem, const Metric& metric, const Neighbours& places)
      : problem_(&problem), metric_(&metric), places_(&places), size_(problem.size()) {
    const auto fleet = static_cast<std::size_t>(
        std::min<std::int64_t>(static_cast<std::int64_t>(problem.carriers.size()), size_));
    items_.resize(static_cast<std::size_t>(size_) + fleet);
    fixed_.resize(static_cast<std::size_t>(size_));
    for (Node i = 0; i < size_; ++i) describe(i);
    const Stop& home = problem.stops[0];
    if (fleet > 0) capacity_ = static_cast<std::int32_t>(problem.carriers[0].capacity[0]);
    runs_.resize(fleet);
    for (std::int32_t r = 0; r < runs(); ++r) {
      const Node s = sentinel(r);
      items_[index(s)] = {s, s, r, 0, 0, home.open, home.close, 0};
      const Carrier& carrier = problem.carriers[index(r)];
      runs_[index(r)] = {static_cast<std::int32_t>(carrier.capacity[0]), 0};
    }
    for (std::int32_t r = runs() - 1; r >= 0; --r) empty_.push_back(r);
    in_empty_.assign(fleet, true);
  }

  [[nodiscard]] Node size() const { return size_; }
  [[nodiscard]] std::int32_t runs() const { return static_cast<std::int32_t>(runs_.size()); }
  [[nodiscard]] Node sentinel(std::int32_t run) const { return size_ + run; }
  [[nodiscard]] bool is_sentinel(Node node) const { return node >= size_; }
  [[nodiscard]] Node next(Node node) const { return items()[node].next; }
  [[nodiscard]] Node prev(Node node) const { return items()[node].prev; }
  [[nodiscard]] std::int32_t run(Node node) const { return items()[node].run; }
  [[nodiscard]] std::int32_t stops_of(std::int32_t run) const { return runs_.data()[run].stops; }
  [[nodiscard]] bool removable(Node) const { return true; }
  [[nodiscard]] Cost cost() const { return cost_; }
  [[nodiscard]] const std::vector<std::int32_t>& touched() const { return touched_; }

  /// Completes a list of absent stops: here every stop stands for itself.
  void gather(std::vector<Node>&) {}

  /// Takes the neighbouring stops first..last of one run out.
  void cut(Node first, Node last) {
    const Node before = items_.data()[first].prev;
    const Node behind = items_.data()[last].next;
    const std::int32_t r = items_.data()[first].run;
    touch(r);
    Cost gone = items_.data()[first].in;
    Run_& run = runs_.data()[r];
    std::int32_t room = run.room;
    std::int32_t count = run.stops;
    for (Node node = first; node != behind; node = items_.data()[node].next) {
      Item& item = items_.data()[node];
      gone += item.out;
      room += fixed_.data()[node].demand;
      --count;
      journal_.set(item.run, -1);
      journal_.set(item.reach, not_here);
    }
    journal_.set(run.room, room);
    journal_.set(run.stops, count);
    const Time arc = before == behind ? 0 : (*metric_)(location(before), location(behind));
    link(before, behind, arc);
    cost_ += arc - gone;
    if constexpr (windows) repair(before, behind);
  }

  void insert(Node node, Place place) {
    const Node after = place.after;
    const Node behind = items_.data()[after].next;
    const std::int32_t r = items_.data()[after].run;
    touch(r);
    used_ = std::max(used_, r + 1);
    link(after, node, (*metric_)(location(after), node));
    link(node, behind, (*metric_)(node, location(behind)));
    journal_.set(items_.data()[node].run, r);
    journal_.set(runs_.data()[r].room, runs_.data()[r].room - fixed_.data()[node].demand);
    journal_.set(runs_.data()[r].stops, runs_.data()[r].stops + 1);
    cost_ += place.delta;
    if constexpr (windows) {
      const Item& at = items_.data()[after];
      Item& item = items_.data()[node];
      const Fixed& fixed = fixed_.data()[node];
      journal_.set(item.depart, std::max(fixed.open, at.depart + at.out) + fixed.service);
      journal_.set(item.late,
                   std::min(fixed.close, items_.data()[behind].late - item.out - fixed.service));
      repair(node, behind);
      repair_back(after);
    }
  }

  /// The cheapest place among those next to granular neighbours, and an empty run.
  [[nodiscard]] Place best_place(Node node, Blink& blink) {
    Place best;
    const Fixed& fixed = fixed_.data()[node];
    if (const auto r = empty_run(); r >= 0) best = {sentinel(r), fixed.alone};
    const Item* const items = items_.data();
    const Run_* const runs = runs_.data();
    const Neighbour* near = places_->begin(node);
    const Neighbour* const end = near + places_->width();
    for (; near != end; ++near) {
      const Item& at = items[near->node];
      const Time arc = near->arc;
      // The triangle inequality: neither side can be cheaper than this. Absent stops fail it too,
      // once there is a price to compare with.
      if (2 * Cost{arc - at.reach} >= best.delta) continue;
      if (at.run < 0 || runs[at.run].room < fixed.demand || blink()) continue;
      if (2 * (arc - at.out) < best.delta) {
        const Time out = (*metric_)(node, location(at.next));
        const Cost delta = Cost{arc} + out - at.out;
        if (delta < best.delta && in_time(fixed, at.depart + arc, items[at.next], out)) {
          best = {near->node, delta};
        }
      }
      if (2 * (arc - at.in) < best.delta) {
        const Time in = (*metric_)(location(at.prev), node);
        const Cost delta = Cost{in} + arc - at.in;
        if (delta < best.delta && in_time(fixed, items[at.prev].depart + in, at, arc)) {
          best = {at.prev, delta};
        }
      }
    }
    if (!best.found() || is_sentinel(best.after)) ends(node, best);
    if (!best.found()) return any_place(node);
    return best;
  }

  /// First and last places of runs: long arcs to the depot pass stops that are nobody's neighbours.
  /// Most runs are full. Of more than very many, only those that this iteration made room in.
  void ends(Node node, Place& best) const {
    constexpr std::int32_t very_many = 4096;
    if (used_ > very_many) {
      for (const auto r : touched_) ends_of(r, node, best);
      return;
    }
    for (std::int32_t r = 0; r < used_; ++r) ends_of(r, node, best);
  }

  void ends_of(std::int32_t r, Node node, Place& best) const {
    const Fixed& fixed = fixed_.data()[node];
    const Run_& run = runs_.data()[r];
    if (run.room < fixed.demand || run.stops == 0) return;
    const Cost home = fixed.alone / 2;
    const Node s = sentinel(r);
    const Item& ring = items_.data()[s];
    if (2 * (home - ring.reach) >= best.delta) return;
    Time arc = (*metric_)(node, ring.next);
    Cost delta = home + arc - ring.out;
    if (delta < best.delta &&
        in_time(fixed, ring.depart + static_cast<Time>(home), items_.data()[ring.next], arc)) {
      best = {s, delta};
    }
    arc = (*metric_)(ring.prev, node);
    delta = home + arc - ring.in;
    if (delta < best.delta &&
        in_time(fixed, items_.data()[ring.prev].depart + arc, ring, static_cast<Time>(home))) {
      best = {ring.prev, delta};
    }
  }

  /// The cheapest place of all. O(n).
  [[nodiscard]] Place any_place(Node node) {
    Place best;
    const Fixed& fixed = fixed_.data()[node];
    if (const auto r = empty_run(); r >= 0) best = {sentinel(r), fixed.alone};
    for (std::int32_t r = 0; r < used_; ++r) {
      if (runs_.data()[r].stops == 0 || runs_.data()[r].room < fixed.demand) continue;
      Node after = sentinel(r);
      Time in = (*metric_)(depot, node);
      do {
        const Item& at = items_.data()[after];
        const Time out = (*metric_)(node, location(at.next));
        const Cost delta = Cost{in} + out - at.out;
        if (delta < best.delta && in_time(fixed, at.depart + in, items_.data()[at.next], out)) {
          best = {after, delta};
        }
        in = out;
        after = at.next;
      } while (!is_sentinel(after));
    }
    return best;
  }

  /// Whether a run could serve this stop and nothing else.
  [[nodiscard]] bool fits_alone(Node node) const {
    if (runs_.empty()) return false;
    const Fixed& fixed = fixed_[index(node)];
    const Item& home = items_[index(sentinel(0))];
    const Time arc = (*metric_)(depot, node);
    return fixed.demand <= problem_->carriers[0].capacity[0] &&
           in_time(fixed, problem_->stops[0].open + arc, home, (*metric_)(node, depot));
  }

  /// Joins `a` to `b`, two stops of different runs, by one of the exchanges of two arcs (2-opt*)
  /// that do so: what follows `a` for `b` and what follows it or, where there are no windows, the
  /// ends turned round. Done where the cost changes by less than `most`; else nothing changes.
  bool join(Node a, Node b, Cost most);

  void begin() { saved_cost_ = cost_; }
  void keep() {
    journal_.keep();
    settle();
  }
  void take_back() {
    journal_.take_back();
    cost_ = saved_cost_;
    settle();
  }

  /// Puts a whole run into an empty one. False, and nothing changed, where it does not fit.
  bool add_run(const Run& given) {
    const auto r = empty_run();
    if (r < 0 || !run_fits(given)) return false;
    Node after = sentinel(r);
    for (const Node node : given.stops) {
      const Time in = (*metric_)(location(after), node);
      const Time out = (*metric_)(node, depot);
      const Cost old = items_[index(after)].out;
      insert(node, {after, Cost{in} + out - old});
      after = node;
    }
    return true;
  }

  [[nodiscard]] Run describe_run(std::int32_t run) const { return {run, false, {}, 0}; }
  [[nodiscard]] Cost prize(Node node) const {
    const Cost own = problem_->stops[index(node)].prize;
    return own > 0 ? own : problem_->rules.prize;
  }

 private:
  static constexpr Time not_here = -no_limit / 2;
  struct Item {
    Node next = -1;
    Node prev = -1;
    std::int32_t run = -1;
    Time out = 0;           ///< Arc to next.
    Time in = 0;            ///< Arc from prev.
    Time depart = 0;        ///< Earliest end of service.
    Time late = 0;          ///< Latest start of service with the rest of the run in time.
    Time reach = not_here;  ///< The longer of the two arcs.
  };
  struct Fixed {
    std::int32_t demand = 0;
    Time open = 0;
    Time close = 0;
    Time service = 0;
    Cost alone = 0;  ///< A run of this stop only.
  };
  struct Run_ {
    std::int32_t room = 0;
    std::int32_t stops = 0;
  };

  [[nodiscard]] bool run_fits(const Run& given) const {
    std::int64_t load = 0;
    Cost time = problem_->stops[0].open;
    Node at = depot;
    for (const Node node : given.stops) {
      const Fixed& fixed = fixed_[index(node)];
      load += fixed.demand;
      time = std::max<Cost>(time + (*metric_)(at, node), fixed.open);
      if (windows && time > fixed.close) return false;
      time += fixed.service;
      at = node;
    }
    if (windows && time + (*metric_)(at, depot) > problem_->stops[0].close) return false;
    return load <= problem_->carriers[0].capacity[0];
  }

  static std::size_t index(std::int32_t i) { return static_cast<std::size_t>(i); }
  [[nodiscard]] const Item* items() const { return items_.data(); }
  [[nodiscard]] Node location(Node node) const { return node < size_ ? node : depot; }

  void describe(Node i) {
    const Stop& stop = problem_->stops[index(i)];
    fixed_[index(i)] = {static_cast<std::int32_t>(stop.demand[0]), stop.open, stop.close,
                        stop.service, Cost{(*metric_)(depot, i)} + (*metric_)(i, depot)};
  }

  [[nodiscard]] bool in_time(const Fixed& fixed, Time arrive, const Item& behind, Time out) const {
    if constexpr (!windows) return true;
    const Time start = std::max(arrive, fixed.open);
    return start <= fixed.close && start + fixed.service + out <= behind.late;
  }

  void link(Node a, Node b, Time arc) {
    Item& from = items_.data()[a];
    Item& to = items_.data()[b];
    journal_.set(from.next, b);
    journal_.set(from.out, arc);
    journal_.set(from.reach, std::max(from.in, arc));
    journal_.set(to.prev, a);
    journal_.set(to.in, arc);
    journal_.set(to.reach, std::max(to.out, arc));
  }

  /// Departures from `behind` on, whose predecessor is `before`; and latest starts from `before`
  /// back.
  void repair(Node before, Node behind) {
    for (Node node = behind; !is_sentinel(node); node = items_.data()[node].next) {
      Item& item = items_.data()[node];
      const Fixed& fixed = fixed_.data()[node];
      const Time depart =
          std::max(fixed.open, items_.data()[item.prev].depart + item.in) + fixed.service;
      if (depart == item.depart) break;
      journal_.set(item.depart, depart);
    }
    repair_back(before);
  }
  void repair_back(Node before) {
    for (Node node = before; !is_sentinel(node); node = items_.data()[node].prev) {
      Item& item = items_.data()[node];
      const Fixed& fixed = fixed_.data()[node];
      const Time late =
          std::min(fixed.close, items_.data()[item.next].late - item.out - fixed.service);
      if (late == item.late) break;
      journal_.set(item.late, late);
    }
  }

  bool exchange_tails(Node a, Node b, Cost most);
  bool turn(Node a, Node b, Cost most);
  void reverse(Node first, Node last);
  struct Part {
    std::int32_t load = 0;
    std::int32_t stops = 0;
  };
  [[nodiscard]] Part part(Node node) const;
  [[nodiscard]] Part part(std::int32_t room, Node behind) const;
  void relabel(Node node, std::int32_t run);
  void trade(std::int32_t r, std::int32_t s, std::int32_t load, std::int32_t stops);

  void touch(std::int32_t run) {
    for (const auto known : touched_) {
      if (known == run) return;
    }
    touched_.push_back(run);
  }
  /// Ends an iteration: remembers runs that are empty now.
  void settle() {
    for (const auto r : touched_) {
      if (runs_.data()[r].stops == 0 && !in_empty_[index(r)]) {
        in_empty_[index(r)] = true;
        empty_.push_back(r);
      }
    }
    touched_.clear();
  }
  std::int32_t empty_run() {
    while (!empty_.empty()) {
      const auto r = empty_.back();
      if (runs_.data()[r].stops == 0) return r;
      in_empty_[index(r)] = false;
      empty_.pop_back();
    }
    return -1;
  }

  const Problem* problem_;
  const Metric* metric_;
  const Neighbours* places_;
  Node size_;
  std::int32_t capacity_ = 0;
  std::vector<Item> items_;
  std::vector<Fixed> fixed_;
  std::vector<Run_> runs_;
  std::vector<std::int32_t> touched_;  ///< Runs of this iteration.
  std::vector<std::int32_t> empty_;    ///< Stack of runs that are empty, or were.
  std::vector<bool> in_empty_;
  Journal<std::int32_t> journal_;
  std::int32_t used_ = 0;  ///< Runs from here on were never used.
  Cost cost_ = 0;
  Cost saved_cost_ = 0;
};

}  // namespace doorstep::routing

#include "engine/routing/plain_exchange.h"
