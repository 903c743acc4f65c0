#pragma once
/// \file A first plan by savings (Clarke and Wright 1964), limited to granular neighbours.

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/routing/model.h"
#include "engine/routing/neighbours.h"

namespace doorstep::routing {

/// Runs of carriers[0]'s capacity that visit every stop. Ignores windows.
template <class Metric>
class Savings {
 public:
  Savings(const Problem& problem, const Metric& metric, const Neighbours& near)
      : metric_(&metric),
        near_(&near),
        size_(problem.size()),
        capacity_(problem.carriers.empty() ? 0 : problem.carriers[0].capacity[0]),
        runs_(index(size_)),
        load_(index(size_)),
        run_of_(index(size_)) {
    for (Node i = 1; i < size_; ++i) {
      runs_[index(i)] = {i};
      load_[index(i)] = problem.stops[index(i)].demand[0];
      run_of_[index(i)] = i;
    }
  }

  [[nodiscard]] std::vector<Run> runs() {
    between_neighbours();
    merge();
    between_loose();
    merge();
    std::vector<Run> result;
    for (auto& run : runs_) {
      if (run.empty()) continue;
      result.push_back({static_cast<std::int32_t>(result.size()), false, std::move(run), 0});
    }
    return result;
  }

 private:
  struct Saving {
    Time gain;
    Node a;
    Node b;
  };

  static std::size_t index(Node i) { return static_cast<std::size_t>(i); }

  void propose(Node a, Node b) {
    const Time gain = (*metric_)(a, depot) + (*metric_)(depot, b) - (*metric_)(a, b);
    if (gain > 0) list_.push_back({gain, std::min(a, b), std::max(a, b)});
  }

  void between_neighbours() {
    for (Node a = 1; a < size_; ++a) {
      for (std::int32_t k = 0; k < near_->width(); ++k) {
        const Node b = near_->begin(a)[k].node;
        // The pair may stand in both lists; it is taken from the smaller stop's where it does.
        const Neighbour* other = near_->begin(b);
        const bool twice = a > b && std::any_of(other, other + near_->width(),
                                                [&](const Neighbour& n) { return n.node == a; });
        if (!twice) propose(a, b);
      }
    }
  }

  /// What each town leaves over is nobody's neighbour elsewhere: runs with room may join end to end.
  void between_loose() {
    constexpr std::size_t most = 2000;
    list_.clear();
    std::vector<Node> loose;
    for (Node i = 1; i < size_; ++i) {
      if (!runs_[index(i)].empty() && load_[index(i)] < capacity_) loose.push_back(i);
    }
    if (loose.size() > most) return;
    for (std::size_t x = 0; x < loose.size(); ++x) {
      for (std::size_t y = x + 1; y < loose.size(); ++y) {
        if (load_[index(loose[x])] + load_[index(loose[y])] > capacity_) continue;
        const auto& one = runs_[index(loose[x])];
        const auto& other = runs_[index(loose[y])];
        for (const Node a : {one.front(), one.back()}) {
          for (const Node b : {other.front(), other.back()}) propose(a, b);
        }
      }
    }
  }

  /// Joins runs at the pairs listed, the best first.
  void merge() {
    std::sort(list_.begin(), list_.end(), [](const Saving& x, const Saving& y) {
      if (x.gain != y.gain) return x.gain > y.gain;
      return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
    for (const Saving& s : list_) {
      Node into = run_of_[index(s.a)];
      Node from = run_of_[index(s.b)];
      if (into == from || load_[index(into)] + load_[index(from)] > capacity_) continue;
      if (!ends(into, s.a) || !ends(from, s.b)) continue;
      Node joint_into = s.a;
      Node joint_from = s.b;
      if (runs_[index(into)].size() < runs_[index(from)].size()) {
        std::swap(into, from);
        std::swap(joint_into, joint_from);
      }
      auto& target = runs_[index(into)];
      auto& source = runs_[index(from)];
      if (target.back() != joint_into) std::reverse(target.begin(), target.end());
      if (source.front() != joint_from) std::reverse(source.begin(), source.end());
      for (const Node node : source) run_of_[index(node)] = into;
      target.insert(target.end(), source.begin(), source.end());
      load_[index(into)] += load_[index(from)];
      source.clear();
    }
  }

  [[nodiscard]] bool ends(Node run, Node stop) const {
    return runs_[index(run)].front() == stop || runs_[index(run)].back() == stop;
  }

  const Metric* metric_;
  const Neighbours* near_;
  Node size_;
  std::int64_t capacity_;
  // Every stop starts as a run of its own; a run is known by its two ends.
  std::vector<std::vector<Node>> runs_;
  std::vector<std::int64_t> load_;
  std::vector<Node> run_of_;
  std::vector<Saving> list_;
};

}  // namespace doorstep::routing
