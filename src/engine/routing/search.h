#pragma once
/// \file The search: ruin and recreate under simulated annealing, over a state with undo.

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "engine/routing/budget.h"
#include "engine/routing/plain_state.h"
#include "engine/routing/random.h"
#include "engine/routing/ruin.h"

namespace doorstep::routing {

/// The best plan so far as successor lists; brought up to date run by run, so a new best costs what
/// changed since the last one.
template <class State>
class Record {
 public:
  explicit Record(const State& state)
      : next_(static_cast<std::size_t>(state.size() + state.runs())),
        stale_(static_cast<std::size_t>(state.runs()), false) {
    for (std::int32_t r = 0; r < state.runs(); ++r) save(state, r);
    cost_ = state.cost();
  }

  [[nodiscard]] Cost cost() const { return cost_; }
  [[nodiscard]] const std::vector<Node>& bank() const { return bank_; }

  /// Runs that changed since the last take().
  void changed(const std::vector<std::int32_t>& runs) {
    for (const auto r : runs) {
      if (stale_[static_cast<std::size_t>(r)]) continue;
      stale_[static_cast<std::size_t>(r)] = true;
      list_.push_back(r);
    }
  }

  void take(const State& state, Cost cost, const std::vector<Node>& bank) {
    for (const auto r : list_) {
      save(state, r);
      stale_[static_cast<std::size_t>(r)] = false;
    }
    list_.clear();
    cost_ = cost;
    bank_ = bank;
  }

  [[nodiscard]] Plan plan(const State& state) const {
    Plan plan;
    for (std::int32_t r = 0; r < state.runs(); ++r) {
      Run run = state.describe_run(r);
      for (Node node = next_[static_cast<std::size_t>(state.sentinel(r))]; !state.is_sentinel(node);
           node = next_[static_cast<std::size_t>(node)]) {
        run.stops.push_back(node);
      }
      if (!run.stops.empty()) plan.runs.push_back(std::move(run));
    }
    plan.unserved = bank_;
    std::sort(plan.unserved.begin(), plan.unserved.end());
    return plan;
  }

 private:
  void save(const State& state, std::int32_t run) {
    Node node = state.sentinel(run);
    do {
      const Node next = state.next(node);
      next_[static_cast<std::size_t>(node)] = next;
      node = next;
    } while (!state.is_sentinel(node));
  }

  std::vector<Node> next_;
  std::vector<bool> stale_;
  std::vector<std::int32_t> list_;
  std::vector<Node> bank_;
  Cost cost_ = 0;
};

/// In which order removed stops are put back: one key per stop and order; the first is random.
class Orders {
 public:
  static constexpr std::size_t count = 8;
  Orders(const Problem& problem, const std::vector<Cost>& from_depot);
  /// Sorts `absent` by an order drawn at random.
  void apply(std::vector<Node>& absent, Random& random);

 private:
  std::array<std::vector<std::int32_t>, count> keys_;
  std::vector<std::uint8_t> wheel_;  ///< Orders, as often as their weight.
  std::vector<std::pair<std::int32_t, Node>> sorted_;
};

struct Temperature {
  std::int64_t start_q16 = 0;
  std::int64_t log_ratio_q16 = 0;  ///< log2(start / end).
};

template <class State>
class Search {
 public:
  Search(State& state, const Neighbours& near, Orders& orders, Random& random, RuinSizes sizes)
      : state_(&state),
        near_(&near),
        orders_(&orders),
        random_(&random),
        blink_(random, 100),
        ruin_(state, near, random),
        sizes_(sizes),
        record_(state) {}

  /// Puts the stops in greedily, in the given order.
  void fill(const std::vector<Node>& stops) {
    Random unused(0);
    Blink never(unused, std::int64_t{1} << 40);
    state_->begin();
    if constexpr (requires { state_->choose_by_room(true); }) state_->choose_by_room(true);
    for (const Node node : stops) {
      const auto place = state_->best_place(node, never);
      if (place.found()) {
        state_->insert(node, place);
      } else {
        bank_.push_back(node);
      }
    }
    accept();
  }

  void accept() {
    record_.changed(state_->touched());
    state_->keep();
    record_.take(*state_, total(), bank_);
  }

  /// Anneals; `served` are the stops that may be seeds. Returns the iterations done.
  std::int64_t anneal(const std::vector<Node>& seeds, Temperature temperature, const Budget& budget,
                      const Options& options);

  [[nodiscard]] Plan best() const { return record_.plan(*state_); }
  [[nodiscard]] Cost best_cost() const { return record_.cost(); }

 private:
  [[nodiscard]] Cost total() const {
    Cost cost = state_->cost();
    for (const Node node : bank_) cost += state_->prize(node);
    return cost;
  }

  [[nodiscard]] Node draw(const std::vector<Node>& seeds, std::int64_t iteration);
  void iterate(Node seed, Cost slack);
  bool put_back(Node node);
  bool put_back_doors(std::span<const Node> doors, Cost limit);
  bool put_back_stays(std::size_t banked, Cost limit);
  /// On streets, whose places are dear to price, a trial ends where it cannot be accepted any more.
  static constexpr bool ends_early = requires(const State& state) { state.raising(Node{}); };
  /// No insertion of the stop costs less.
  [[nodiscard]] Cost least(Node node) const {
    if constexpr (requires { state_->raising(node); }) return state_->raising(node);
    return 0;
  }
  bool ruin_stays(Node seed);
  void exchange(Node seed, std::int64_t heat);

  State* state_;
  const Neighbours* near_;
  Orders* orders_;
  Random* random_;
  Blink blink_;
  Ruin<State> ruin_;
  RuinSizes sizes_;
  Record<State> record_;
  std::vector<Node> bank_;
  std::vector<Node> saved_bank_;
  std::vector<Node> absent_;
  std::vector<std::int32_t> lengths_;         ///< Of stays at the end of absent_.
  std::vector<std::span<const Node>> stays_;  ///< Into absent_.
  Cost current_ = 0;
  std::int32_t mean_run_ = 10;
  Node centre_ = 0;
};

/// Anywhere; of very many stops some time around one of them, so that what an iteration reads is
/// still in the cache from the one before.
template <class State>
Node Search<State>::draw(const std::vector<Node>& seeds, std::int64_t iteration) {
  constexpr std::size_t very_many = 2500;
  constexpr std::int64_t stay = 64;
  const auto anywhere = [&] {
    return seeds[random_->below(static_cast<std::uint32_t>(seeds.size()))];
  };
  if (seeds.size() < very_many) return anywhere();
  if (iteration % stay == 0) centre_ = anywhere();
  return near_->begin(centre_)[random_->below(near_->width())].node;
}

/// False where it goes to the bank.
template <class State>
bool Search<State>::put_back(Node node) {
  const auto place = state_->best_place(node, blink_);
  if (place.found()) {
    state_->insert(node, place);
  } else {
    bank_.push_back(node);
  }
  return place.found();
}

/// False where the plan costs `limit`, on streets as soon as it does whatever becomes of the rest: most
/// trials end early.
template <class State>
bool Search<State>::put_back_doors(std::span<const Node> doors, Cost limit) {
  Cost owed = 0;
  for (const Node node : bank_) owed += state_->prize(node);
  for (const Node node : doors) owed += least(node);
  for (const Node node : doors) {
    if (ends_early && state_->cost() + owed >= limit) return false;
    owed -= least(node);
    if (!put_back(node)) owed += state_->prize(node);
  }
  return state_->cost() + owed < limit;
}

/// Puts what `lengths_` says stayed together back as it was, in random order, elsewhere perhaps; then
/// what was in the bank. False as soon as that costs `limit`.
template <class State>
bool Search<State>::put_back_stays(std::size_t banked, Cost limit) {
  stays_.clear();
  const Node* from = absent_.data() + banked;
  for (const auto length : lengths_) {
    stays_.emplace_back(from, static_cast<std::size_t>(length));
    from += length;
  }
  for (std::size_t i = stays_.size(); i > 1; --i) {
    std::swap(stays_[i - 1], stays_[random_->below(static_cast<std::uint32_t>(i))]);
  }
  Cost owed = 0;
  for (const Node node : absent_) owed += least(node);
  for (const auto stay : stays_) {
    if (state_->cost() + owed >= limit) return false;
    for (const Node node : stay) owed -= least(node);
    const auto place = state_->best_place(stay, blink_);
    if (place.found()) {
      state_->insert(stay, place);
      continue;
    }
    for (const Node node : stay) {
      if (!put_back(node)) owed += state_->prize(node);
    }
  }
  return put_back_doors({absent_.data(), banked}, limit);
}

/// On stairs, half of the ruins follow the stairwells: climbs are saved where doors stay together,
/// and runs where one can be given up. True where what was taken out is to be put back as it was.
template <class State>
bool Search<State>::ruin_stays(Node seed) {
  constexpr std::int32_t runs_in_100 = 12;
  constexpr std::int32_t stays_in_100 = 50;  // whole runs included
  lengths_.clear();
  if constexpr (requires { state_->has_stays(); }) {
    if (!state_->has_stays()) return false;
    const auto dice = random_->below(100);
    if (dice < runs_in_100) {
      ruin_.run_near(seed, 3, absent_, lengths_);
    } else if (dice < stays_in_100) {
      ruin_.stays_around(seed, 4, absent_, lengths_);
    }
    return !lengths_.empty() && random_->below(2) == 0;
  }
  return false;
}

template <class State>
void Search<State>::iterate(Node seed, Cost slack) {
  state_->begin();
  absent_.assign(bank_.begin(), bank_.end());
  std::swap(saved_bank_, bank_);
  bank_.clear();
  const std::size_t banked = absent_.size();
  if constexpr (requires { state_->choose_by_room(true); }) {
    state_->choose_by_room(random_->below(2) == 0);
  }
  const bool whole = ruin_stays(seed);
  if (lengths_.empty()) {
    ruin_.strings_around(seed, sizes_, mean_run_, absent_);
    state_->gather(absent_);
  }
  const Cost limit = current_ + slack;
  bool within = false;
  if constexpr (requires { state_->has_stays(); }) {
    if (whole) within = put_back_stays(banked, limit);
  }
  if (!whole) {
    orders_->apply(absent_, *random_);
    within = put_back_doors(absent_, limit);
  }
  if (within) {
    const Cost now = total();
    current_ = now;
    record_.changed(state_->touched());
    state_->keep();
    if (now < record_.cost()) record_.take(*state_, now, bank_);
  } else {
    state_->take_back();
    std::swap(saved_bank_, bank_);
  }
}

/// Tries some exchanges of ends of runs around the seed, each accepted as in annealing: what no ruin
/// takes out at once. Nearly all are refused after one or two arcs; long runs need more of them.
template <class State>
void Search<State>::exchange(Node seed, std::int64_t heat) {
  constexpr std::int32_t around = 20;
  constexpr std::int32_t reach = 12;
  if (near_->width() == 0) return;
  const auto pick = [&](std::uint64_t dice, std::int32_t count) {
    return static_cast<std::int32_t>(
        ((dice & 0xFFFFFFFF) * static_cast<std::uint32_t>(std::min(near_->width(), count))) >> 32);
  };
  for (std::int32_t left = std::clamp(mean_run_, 8, 32); left > 0; --left) {
    const std::uint64_t dice = random_->next();
    const auto first = pick(dice, around);
    const Node a = first == 0 ? seed : near_->begin(seed)[first - 1].node;
    const Node b = near_->begin(a)[pick(dice >> 32, reach)].node;
    const Cost slack = (heat * exponential_q16(*random_)) >> 32;
    state_->begin();
    if (!state_->join(a, b, slack)) continue;
    current_ = total();
    record_.changed(state_->touched());
    state_->keep();
    if (current_ < record_.cost()) record_.take(*state_, current_, bank_);
  }
}

template <class State>
std::int64_t Search<State>::anneal(const std::vector<Node>& seeds, Temperature temperature,
                                   const Budget& budget, const Options& options) {
  constexpr std::int64_t block = 128;
  current_ = total();
  if (seeds.size() < 2 && bank_.empty()) return 0;  // nothing to choose
  if (seeds.empty()) return 0;
  std::int64_t done = 0;
  std::int64_t heat = temperature.start_q16;
  while (budget.iterations == 0 || done < budget.iterations) {
    if (done % block == 0) {
      std::int64_t part = budget.iterations > 0 ? (done << 16) / budget.iterations : 0;
      if (budget.seconds > 0) {
        const double used = budget.clock() / budget.seconds;
        if (used >= 1) break;
        part = std::max(part, static_cast<std::int64_t>(used * 65536));
      }
      heat = shrink(temperature.start_q16, (temperature.log_ratio_q16 * part) >> 16);
      std::int64_t served = 0;
      std::int32_t used_runs = 0;
      for (std::int32_t r = 0; r < state_->runs() && done % (block * 64) == 0; ++r) {
        served += state_->stops_of(r);
        used_runs += state_->stops_of(r) > 0 ? 1 : 0;
      }
      if (used_runs > 0) mean_run_ = static_cast<std::int32_t>(served / used_runs);
      if (options.progress && done % (block * 256) == 0) {
        options.progress({done, record_.cost(), current_, bank_.size()});
      }
    }
    const Node seed = draw(seeds, done);
    const Cost slack = (heat * exponential_q16(*random_)) >> 32;
    iterate(seed, slack);
    if constexpr (requires { state_->join(seed, seed, slack); }) exchange(seed, heat);
    ++done;
  }
  return done;
}

}  // namespace doorstep::routing
