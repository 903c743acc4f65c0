#pragma once
/// \file Ruin: takes strings of neighbouring stops out of neighbouring runs.
/// Source: Christiaens and Vanden Berghe, "Slack Induction by String Removals", 2020.

#include <algorithm>
#include <vector>

#include "engine/routing/neighbours.h"
#include "engine/routing/random.h"

namespace doorstep::routing {

struct RuinSizes {
  std::int32_t mean = 10;     ///< Stops taken out, on average.
  std::int32_t longest = 10;  ///< Of one string.
};

template <class State>
class Ruin {
 public:
  Ruin(State& state, const Neighbours& near, Random& random)
      : state_(&state),
        near_(&near),
        random_(&random),
        marks_(static_cast<std::size_t>(state.runs()), 0) {}

  /// Appends what was taken out. `runs_used` sets how long strings can be on average.
  void strings_around(Node seed, RuinSizes sizes, std::int32_t mean_run,
                      std::vector<Node>& absent) {
    ++mark_;
    const std::int32_t longest = std::max(1, std::min(sizes.longest, mean_run));
    // floor(U(1, k + 1)) with k = 4 mean / (1 + longest) - 1, in hundredths.
    const std::int32_t most = std::max(100, 400 * sizes.mean / (1 + longest) - 100);
    std::int32_t strings = 1 + random_->below(most) / 100;
    take(seed, longest, absent, strings);
    const Neighbour* near = near_->begin(seed);
    for (std::int32_t i = 0; i < near_->width() && strings > 0; ++i) {
      take(near[i].node, longest, absent, strings);
    }
  }

  /// Takes whole stays out instead: of each run that comes by, what it serves in one go in the
  /// stairwell of a near stop. One to `most` of them; `lengths` gets how many stops each has.
  void stays_around(Node seed, std::int32_t most, std::vector<Node>& absent,
                    std::vector<std::int32_t>& lengths) {
    ++mark_;
    take_stays(seed, 1 + random_->below(most), absent, lengths);
  }

  /// Takes a whole run that comes by the seed out, stay by stay, so that other runs or another carrier
  /// may do its work, and up to `most` stays of others for room. Of some runs the one with the fewest
  /// stops: it is the one that can be given up.
  void run_near(Node seed, std::int32_t most, std::vector<Node>& absent,
                std::vector<std::int32_t>& lengths) {
    constexpr std::int32_t others = 3;
    constexpr std::int32_t reach = 30;
    const Neighbour* near = near_->begin(seed);
    for (std::int32_t i = 0; i < others && near_->width() > 0; ++i) {
      const Node other = near[random_->below(std::min(reach, near_->width()))].node;
      if (state_->run(other) < 0 || !state_->removable(other)) continue;
      const bool fewer = state_->run(seed) < 0 ||
                         state_->stops_of(state_->run(other)) < state_->stops_of(state_->run(seed));
      if (fewer) seed = other;
    }
    const auto run = state_->run(seed);
    if (run < 0 || !state_->removable(seed) || state_->has_halves(run)) return;
    marks_[static_cast<std::size_t>(run)] = ++mark_;
    const Node home = state_->sentinel(run);
    const Node first = state_->next(home);
    for (Node n = first; n != home; n = state_->next(n)) {
      const bool goes_on = n != first && state_->together(state_->prev(n), n);
      if (!goes_on) lengths.push_back(0);
      ++lengths.back();
    }
    remove(first, state_->stops_of(run), absent);
    take_stays(seed, random_->below(most + 1), absent, lengths);
  }

 private:
  void take_stays(Node seed, std::int32_t count, std::vector<Node>& absent,
                  std::vector<std::int32_t>& lengths) {
    const std::size_t stays = lengths.size() + static_cast<std::size_t>(count);
    if (count > 0) take_stay(seed, absent, lengths);
    const Neighbour* near = near_->begin(seed);
    for (std::int32_t i = 0; i < near_->width() && lengths.size() < stays; ++i) {
      take_stay(near[i].node, absent, lengths);
    }
  }

  void take_stay(Node node, std::vector<Node>& absent, std::vector<std::int32_t>& lengths) {
    const auto run = state_->run(node);
    if (run < 0 || marks_[static_cast<std::size_t>(run)] == mark_) return;
    if (!state_->removable(node) || state_->half(node)) return;
    marks_[static_cast<std::size_t>(run)] = mark_;
    Node first = node;
    std::int32_t length = 1;
    for (Node p = state_->prev(node); free(p) && state_->together(p, node); p = state_->prev(p)) {
      first = p;
      ++length;
    }
    for (Node q = state_->next(node); free(q) && state_->together(node, q); q = state_->next(q)) {
      ++length;
    }
    remove(first, length, absent);
    lengths.push_back(length);
  }

  void take(Node node, std::int32_t longest, std::vector<Node>& absent, std::int32_t& strings) {
    const auto run = state_->run(node);
    if (run < 0 || marks_[static_cast<std::size_t>(run)] == mark_) return;
    if (!state_->removable(node)) return;
    marks_[static_cast<std::size_t>(run)] = mark_;
    --strings;
    const std::int32_t stops = state_->stops_of(run);
    const std::int32_t length = 1 + random_->below(std::min(longest, stops));
    std::int32_t spared = 0;
    if (length > 1 && length < stops && (random_->next() & 1) != 0) {
      spared = 1;
      while (length + spared < stops && random_->below(100) == 0) ++spared;
    }
    string(node, length, spared, absent);
  }

  /// A window of length + spared stops that holds `node`, without `spared` in its middle.
  void string(Node node, std::int32_t length, std::int32_t spared, std::vector<Node>& absent) {
    const std::int32_t window = length + spared;
    std::int32_t before = 0;  // stops that can be had in front of node
    for (Node p = state_->prev(node); before < window - 1 && free(p); p = state_->prev(p)) ++before;
    std::int32_t behind = 0;
    for (Node q = state_->next(node); behind < window - 1 && free(q); q = state_->next(q)) ++behind;
    const std::int32_t least = std::max(0, window - 1 - behind);
    Node first = node;
    if (before < least) {
      spared = 0;  // pinned stops on both sides: take what there is
      for (std::int32_t i = 0; i < before; ++i) first = state_->prev(first);
      remove(first, before + 1 + behind < length ? before + 1 + behind : length, absent);
      return;
    }
    const std::int32_t back = least + random_->below(before - least + 1);
    for (std::int32_t i = 0; i < back; ++i) first = state_->prev(first);
    if (spared == 0) {
      remove(first, length, absent);
      return;
    }
    const std::int32_t head = 1 + random_->below(length - 1);
    Node second = first;
    for (std::int32_t i = 0; i < head + spared; ++i) second = state_->next(second);
    remove(first, head, absent);
    remove(second, length - head, absent);
  }

  [[nodiscard]] bool free(Node node) const {
    return !state_->is_sentinel(node) && state_->removable(node);
  }

  void remove(Node first, std::int32_t length, std::vector<Node>& absent) {
    Node last = first;
    absent.push_back(first);
    for (std::int32_t i = 1; i < length; ++i) {
      last = state_->next(last);
      absent.push_back(last);
    }
    state_->cut(first, last);
  }

  State* state_;
  const Neighbours* near_;
  Random* random_;
  std::vector<std::int64_t> marks_;
  std::int64_t mark_ = 0;
};

}  // namespace doorstep::routing
