#pragma once
/// \file A plan under change, for streets: carriers of many kinds who make several runs, stairs,
/// pairs, order, fairness. The same functions as PlainState.

#include <algorithm>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "engine/routing/arcs.h"
#include "engine/routing/journal.h"
#include "engine/routing/model.h"
#include "engine/routing/neighbours.h"
#include "engine/routing/plain_state.h"
#include "engine/routing/ride.h"

namespace doorstep::routing {

namespace rich {
/// A bound that nothing meets.
inline constexpr std::int64_t never = -1'000'000'000'000'000;
inline constexpr std::int64_t broken_run = -1;  ///< Slot::departs of a run that cannot be carried.
}  // namespace rich

/// Each carrier owns runs_max consecutive run slots, in the order of the day; empty ones take no
/// time. A change of a run is tried by riding the carrier's day from that run on.
template <class Metric>
class RichState {
 public:
  struct Place {
    Node after = -1;
    Node partner_after = -1;  ///< Where the delivery of a pair goes; may be the pickup itself.
    Cost delta = std::numeric_limits<Cost>::max();
    [[nodiscard]] bool found() const { return after >= 0; }
  };

  /// More than any plan costs: the mark of a day that cannot be carried.
  static constexpr Cost broken = 1'000'000'000'000'000;

  RichState(const Problem& problem, const Metric& metric, const Neighbours& places);

  [[nodiscard]] Node size() const { return size_; }
  [[nodiscard]] std::int32_t runs() const { return static_cast<std::int32_t>(slots_.size()); }
  [[nodiscard]] Node sentinel(std::int32_t run) const { return size_ + run; }
  [[nodiscard]] bool is_sentinel(Node node) const { return node >= size_; }
  [[nodiscard]] Node next(Node node) const { return items_.data()[node].next; }
  [[nodiscard]] Node prev(Node node) const { return items_.data()[node].prev; }
  [[nodiscard]] std::int32_t run(Node node) const { return items_.data()[node].run; }
  [[nodiscard]] std::int32_t stops_of(std::int32_t run) const { return slots_.data()[run].stops; }
  [[nodiscard]] bool removable(Node node) const { return !slots_.data()[run(node)].locked; }
  /// Whether stops of one stairwell may be moved together; halves of pairs may not.
  [[nodiscard]] bool has_stays() const { return problem_->metric == MetricKind::stairs; }
  [[nodiscard]] bool together(Node a, Node b) const {
    return ride_.together(a, b) && !half(a) && !half(b);
  }
  [[nodiscard]] bool half(Node node) const { return stop(node).pair >= 0; }
  [[nodiscard]] bool has_halves(std::int32_t run) const { return slots_.data()[run].halves > 0; }
  [[nodiscard]] Cost cost() const { return cost_; }
  [[nodiscard]] const std::vector<std::int32_t>& touched() const { return touched_; }
  [[nodiscard]] Cost prize(Node node) const;
  /// What lifting the stop's goods costs wherever it stands.
  [[nodiscard]] Cost raising(Node node) const { return raising_.data()[node]; }
  [[nodiscard]] Run describe_run(std::int32_t run) const {
    const Slot& slot = slots_[index(run)];
    return {slot.carrier, slot.locked, {}, slot.leave};
  }

  void cut(Node first, Node last);
  /// Takes the other halves of removed pairs out too, and leaves the pickups to stand for them.
  void gather(std::vector<Node>& absent);
  void insert(Node node, Place place);
  [[nodiscard]] Place best_place(Node node, Blink& blink);
  /// Of doors of one stairwell, in this order and behind each other; none is half of a pair.
  [[nodiscard]] Place best_place(std::span<const Node> stops, Blink& blink);
  void insert(std::span<const Node> stops, Place place);
  [[nodiscard]] Place any_place(Node node);
  [[nodiscard]] bool fits_alone(Node node);
  /// Whether a new run is chosen by its price per stop that its carrier has room for, not by what
  /// its first stop costs: a cart is dearer than a walker until it is full.
  void choose_by_room(bool on) { by_room_ = on; }

  void begin() { saved_cost_ = cost_; }
  void keep() {
    links_.keep();
    sums_.keep();
    touched_.clear();
  }
  void take_back() {
    links_.take_back();
    sums_.take_back();
    cost_ = saved_cost_;
    touched_.clear();
  }

  /// Puts a whole run into the carrier's next empty slot. False, and nothing changed, where it is
  /// not possible.
  bool add_run(const Run& run);

 private:
  struct Item {
    Node next = -1;
    Node prev = -1;
    std::int32_t run = -1;
    Time out = 0;  ///< Arc to next.
  };
  /// What the ride of a run found at a stop, so that a trial rides one stairwell alone.
  struct Mark {
    std::int64_t depart = 0;  ///< End of service.
    std::int64_t leg = 0;     ///< The way to it.
    std::int64_t spent = 0;   ///< Cost of the run up to here.
    std::int64_t price = 0;   ///< Of the way to it, beyond its time.
    std::int64_t done = 0;    ///< Work of the run before the way to it.
    std::int64_t bound = 0;   ///< Latest start for nothing to be late in the run from here on.
    std::int64_t served = 0;  ///< Groups, this stop's included.
    std::int64_t bars = 0;    ///< Groups that may not come before this stop or a later one.
    Load peak{};              ///< Most that is carried up to here; in runs with halves of pairs.
  };
  struct Slot {
    std::int32_t carrier = 0;
    std::int32_t stops = 0;
    std::int32_t halves = 0;  ///< Of these, halves of pairs.
    bool locked = false;
    Time leave = 0;
    Load load{};  ///< Taken from the depot.
    // After this run, or what came before where it is empty.
    std::int64_t free = 0;
    std::int64_t served = 0;
    std::int64_t cost = 0;
    std::int64_t work = 0;
    // Of this run; see Mark.
    std::int64_t departs = 0;
    std::int64_t home = 0;  ///< The way back.
    std::int64_t walked = 0;
    std::int64_t end_bound = 0;   ///< Latest end for nothing to be late in later runs.
    std::int64_t bars_after = 0;  ///< Groups that may not come before a stop of a later run.
  };
  struct Day {
    std::int32_t first = 0;  ///< Slots of the carrier.
    std::int32_t last = 0;
    std::int64_t cost = 0;  ///< Runs and day_cost.
    std::int64_t work = 0;
    std::int32_t kind = 0;  ///< Carriers of one kind are alike while they have no runs.
    Cost room = 1;          ///< Stops of a mean load that one run can take, at least 1.
  };

  static std::size_t index(std::int32_t i) { return static_cast<std::size_t>(i); }
  [[nodiscard]] Node location(Node node) const { return node < size_ ? node : depot; }
  [[nodiscard]] const Stop& stop(Node node) const { return problem_->stops.data()[node]; }
  /// When service can begin, where the stop's own goods are ready there.
  [[nodiscard]] Cost opens(Node node) const { return opens_.data()[node]; }
  [[nodiscard]] bool may_carry(std::int32_t carrier, Node node) const;

  void collect(std::int32_t slot);
  [[nodiscard]] Cost day_with(std::int32_t slot, Cost too_much = std::numeric_limits<Cost>::max());
  /// Stops to be inserted together.
  struct Batch {
    std::span<const Node> stops;
    Load load{};
    std::uint64_t needs = 0;
    std::uint8_t level = std::numeric_limits<std::uint8_t>::max();  ///< The lowest.
    Time release = 0;
    Time close = 0;  ///< Of the first.
    std::uint64_t bits = 0;
    std::uint64_t not_after = 0;
    Cost raising = 0;
    Cost inside = 0;  ///< Arcs between them.
  };
  [[nodiscard]] Batch batch(std::span<const Node> stops) const;
  [[nodiscard]] bool takes(const Slot& slot, const Batch& what) const;
  void load(Slot& slot, Node node, std::int64_t sign);
  [[nodiscard]] Cost least(const Batch& what, Node after) const;
  template <class Into, class Out>
  std::size_t bound_places(const Batch& what, std::size_t count, Into into, Out out);
  std::size_t near_in_runs(const Batch& what, Blink& blink);
  std::size_t open_places(const Batch& what, std::size_t nears);
  void try_place(const Batch& what, Node after, Place& best);
  void ride_with(const Batch& what, Node after, Place& best);
  /// What lies between these two is ridden again.
  struct Part {
    Node before = -1;
    Node behind = -1;
  };
  struct Trial {
    Cost time = 0;  ///< On the way.
    Cost cost = 0;  ///< More than before.
    Cost work = 0;  ///< Likewise.
  };
  [[nodiscard]] bool price(const Batch& what, Node after, Place& best);
  [[nodiscard]] bool has_room(const Batch& what, Node after) const;
  [[nodiscard]] bool in_range(const Batch& what, Node after) const;
  void mark_peaks(const Slot& slot);
  [[nodiscard]] Cost walked(std::int32_t slot) const;
  [[nodiscard]] Part stairwell(std::span<const Node> stops, Node after);
  [[nodiscard]] Cost departure(std::int32_t slot, Cost release, Node before) const;
  [[nodiscard]] bool ride_stairwell(std::int32_t slot, const Part& part, Trial& trial);
  [[nodiscard]] bool in_time_behind(std::int32_t slot, const Part& part, Cost arrival) const;
  [[nodiscard]] Cost spent(Node node) const {
    return is_sentinel(node) ? 0 : marks_.data()[node].spent;
  }
  [[nodiscard]] Cost rest(std::int32_t slot, Node node) const {
    const Slot& here = slots_.data()[slot];
    return is_sentinel(node) ? here.home : here.work - marks_.data()[node].done;
  }
  [[nodiscard]] Cost way_to(std::int32_t slot, Node node) const {
    return is_sentinel(node) ? slots_.data()[slot].home : marks_.data()[node].leg;
  }
  void store(std::int64_t& at, std::int64_t value) {
    if (at != value) sums_.set(at, value);
  }
  void mark(std::int32_t slot, const RideResult& ride);
  void bound_runs(const Day& day);
  void try_pair(Node pickup, std::int32_t slot, Place& best);
  [[nodiscard]] Cost least_of_pair(Node pickup, std::int32_t slot) const;
  [[nodiscard]] Place any_place_of_pair(Node pickup);
  void bound_pairs(Node pickup, std::int32_t slot, Cost limit);
  void new_runs(const Batch& what, Place& best);
  /// What lies between these two is new, or gone.
  struct Change {
    Node before = -1;
    Node behind = -1;
    bool only = false;  ///< The run leaves when it left before.
  };
  /// Where the ride of a run has got to.
  struct Progress {
    Cost time = 0;
    Cost cost = 0;
    Cost work = 0;
    std::int64_t served = 0;
  };
  bool ride_part(std::int32_t slot, const Change& change);
  [[nodiscard]] bool step(std::int32_t who, Node node, Cost leg, Cost price, Progress& at);
  void bound_part(std::int32_t slot, const Part& part);
  void ride_whole(std::int32_t slot, Between at);
  void refresh(std::int32_t slot, const Change& change);
  void link(Node a, Node b);
  void put(Node node, Node after);
  void touch(std::int32_t run);
  void sort_kinds();
  void count_room();

  const Problem* problem_;
  const Metric* metric_;
  const Neighbours* places_;
  Arcs arcs_;
  Ride<Metric> ride_;
  Node size_;
  std::vector<Item> items_;
  std::vector<Mark> marks_;          ///< By stop.
  std::vector<std::int32_t> spots_;  ///< By item: the same where doors are in one stairwell.
  std::vector<Slot> slots_;
  std::vector<Day> days_;
  std::vector<std::int32_t> kind_seen_;
  std::vector<std::int32_t> touched_;
  std::vector<std::int64_t> pair_seen_;
  std::int64_t pair_mark_ = 0;
  std::vector<Time> opens_;          ///< By stop.
  std::vector<Cost> raising_;        ///< By stop: what lifting it costs wherever it stands.
  std::vector<std::int64_t> tried_;  ///< By place: the last call of best_place that tried it.
  std::int64_t try_ = 0;
  /// Whether a run takes what best_place is called for.
  struct Asked {
    std::int64_t at = 0;  ///< The call that asked.
    std::int32_t slowness = 100;
    bool takes = false;
    std::int64_t served = 0;      ///< Groups, before the run.
    std::int64_t bars_after = 0;  ///< See Slot.
  };
  void ask(const Batch& what, std::int32_t run, Asked& asked) const;
  std::vector<Asked> asked_;  ///< By run.
  bool soft_limits_ = false;
  bool by_room_ = false;
  std::int32_t least_slowness_ = 100;  ///< Of all carriers.
  Cost least_run_cost_ = 0;
  struct Bounded {
    Cost bound = 0;  ///< No insertion there costs less.
    Node after = -1;
  };
  std::vector<Node> near_;  ///< Neighbours in runs that take the stops.
  /// Where the halves of a pair go: in front of these stops of pair_line_.
  struct PairPlace {
    Cost bound = 0;  ///< No insertion there costs less.
    std::int32_t pickup = 0;
    std::int32_t delivery = 0;
    auto operator<=>(const PairPlace&) const = default;
  };
  std::vector<Node> pair_line_;  ///< The run that a pair is tried in.
  std::vector<PairPlace> pair_trials_;
  std::vector<std::pair<Cost, std::int32_t>> pair_runs_;  ///< What a pair costs at least, by run.
  std::vector<Cost> detours_;                             ///< For the delivery, by place.
  std::vector<Bounded> trials_;  ///< As many as places can be next to one stop's neighbours.
  std::vector<Node> line_;       ///< The run under trial, or its part.
  std::vector<typename Ride<Metric>::Step> steps_;
  std::vector<Node> further_;  ///< A later run of the same day.
  Journal<std::int32_t> links_;
  Journal<std::int64_t> sums_;
  Cost cost_ = 0;
  Cost saved_cost_ = 0;
};

}  // namespace doorstep::routing

#include "engine/routing/rich_pairs_impl.h"
#include "engine/routing/rich_places_impl.h"
#include "engine/routing/rich_price_impl.h"
#include "engine/routing/rich_refresh_impl.h"
#include "engine/routing/rich_state_impl.h"
