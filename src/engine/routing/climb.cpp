#include "engine/routing/climb.h"

#include <algorithm>
#include <limits>

namespace doorstep::routing {

namespace {

/// Search over sets of doors left, from the top: the highest door left must be in some climb, and
/// what rides along with it costs nothing more.
class ExactPacker {
 public:
  ExactPacker(std::span<const ClimbItem> items, const std::vector<std::size_t>& order,
              std::int64_t hands)
      : items_(items),
        order_(order),
        hands_(hands),
        best_(std::size_t{1} << order.size(), unknown),
        choice_(best_.size(), 0) {
    best_[0] = 0;
  }

  ClimbPlan pack() {
    const auto all = static_cast<std::uint32_t>(best_.size() - 1);
    ClimbPlan plan;
    plan.flights = solve(all);
    for (std::uint32_t left = all; left != 0; left &= ~choice_[left]) {
      auto& climb = plan.climbs.emplace_back();
      for (std::size_t i = order_.size(); i-- > 0;) {
        if ((choice_[left] >> i & 1) != 0) climb.push_back(order_[i]);
      }
    }
    return plan;
  }

 private:
  static constexpr std::int64_t unknown = -1;

  std::int64_t solve(std::uint32_t left) {
    if (best_[left] != unknown) return best_[left];
    best_[left] = std::numeric_limits<std::int64_t>::max();
    const auto top = static_cast<std::size_t>(__builtin_ctz(left));
    extend(left, std::uint32_t{1} << top, top + 1, hands_ - items_[order_[top]].grams,
           items_[order_[top]].floors);
    return best_[left];
  }

  /// Adds doors at positions >= from to the climb; tries it where nothing more fits.
  void extend(std::uint32_t left, std::uint32_t climb, std::size_t from, std::int64_t room,
              std::int64_t floors) {
    for (std::size_t i = from; i < order_.size(); ++i) {
      if ((left >> i & 1) != 0 && items_[order_[i]].grams <= room) {
        extend(left, climb | std::uint32_t{1} << i, i + 1, room - items_[order_[i]].grams, floors);
      }
    }
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (((left & ~climb) >> i & 1) != 0 && items_[order_[i]].grams <= room) return;
    }
    const std::int64_t flights = floors + solve(left & ~climb);
    if (flights < best_[left]) {
      best_[left] = flights;
      choice_[left] = climb;
    }
  }

  std::span<const ClimbItem> items_;
  const std::vector<std::size_t>& order_;
  std::int64_t hands_;
  std::vector<std::int64_t> best_;
  std::vector<std::uint32_t> choice_;
};

/// First fit from the top: each climb is opened by the highest door left.
ClimbPlan first_fit(std::span<const ClimbItem> items, const std::vector<std::size_t>& order,
                    std::int64_t hands) {
  ClimbPlan plan;
  std::vector<std::int64_t> room;
  for (const std::size_t item : order) {
    std::size_t climb = 0;
    while (climb < room.size() && room[climb] < items[item].grams) ++climb;
    if (climb == room.size()) {
      room.push_back(hands);
      plan.climbs.emplace_back();
      plan.flights += items[item].floors;
    }
    room[climb] -= items[item].grams;
    plan.climbs[climb].insert(plan.climbs[climb].begin(), item);
  }
  return plan;
}

}  // namespace

ClimbPlan pack_climbs(std::span<const ClimbItem> items, std::int64_t hands) {
  if (hands == 0) hands = std::numeric_limits<std::int64_t>::max();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].floors > 0) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (items[a].floors != items[b].floors) return items[a].floors > items[b].floors;
    return items[a].grams != items[b].grams ? items[a].grams > items[b].grams : a < b;
  });
  if (order.empty()) return {};
  if (order.size() > 16) return first_fit(items, order, hands);
  return ExactPacker(items, order, hands).pack();
}

}  // namespace doorstep::routing
