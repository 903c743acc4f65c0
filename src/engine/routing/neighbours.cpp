#include "engine/routing/neighbours.h"

#include <cmath>

namespace doorstep::routing {

namespace {

/// Square buckets of about two points each.
class Buckets {
 public:
  explicit Buckets(std::span<const Point> points) : points_(points) {
    auto [left, right] = std::minmax_element(points.begin(), points.end(),
                                             [](auto& a, auto& b) { return a.x < b.x; });
    auto [low, high] = std::minmax_element(points.begin(), points.end(),
                                           [](auto& a, auto& b) { return a.y < b.y; });
    origin_ = {left->x, low->y};
    const double extent = std::max({right->x - left->x, high->y - low->y, 1e-6});
    side_ = std::max(1, static_cast<int>(std::sqrt(static_cast<double>(points.size()) / 2)));
    cell_ = extent / side_ * (1 + 1e-9);
    starts_.assign(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_) + 1, 0);
    for (std::size_t i = 1; i < points.size(); ++i) ++starts_[cell_of(points[i]) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    nodes_.resize(points.size());
    auto next = starts_;
    for (std::size_t i = 1; i < points.size(); ++i) {
      nodes_[next[cell_of(points[i])]++] = static_cast<Node>(i);
    }
  }

  /// Fills `found` with (squared distance, node) of at least `count` nearest, unsorted.
  void around(Node centre, std::int32_t count, std::vector<std::pair<double, Node>>& found) const {
    found.clear();
    const Point& at = points_[static_cast<std::size_t>(centre)];
    const int column = axis(at.x - origin_.x);
    const int row = axis(at.y - origin_.y);
    for (int ring = 0; ring <= side_; ++ring) {
      // What lies beyond this ring is farther than `ring` whole cells.
      if (enough(found, count, (ring - 1) * cell_)) return;
      for (int y = row - ring; y <= row + ring; ++y) {
        const bool edge = y == row - ring || y == row + ring;
        for (int x = column - ring; x <= column + ring; x += edge || ring == 0 ? 1 : 2 * ring) {
          collect(x, y, centre, found);
        }
      }
    }
  }

 private:
  [[nodiscard]] static bool enough(const std::vector<std::pair<double, Node>>& found,
                                   std::int32_t count, double radius) {
    if (radius <= 0) return false;
    return std::count_if(found.begin(), found.end(), [&](const auto& entry) {
             return entry.first <= radius * radius;
           }) >= count;
  }
  [[nodiscard]] int axis(double offset) const {
    return std::clamp(static_cast<int>(offset / cell_), 0, side_ - 1);
  }
  [[nodiscard]] std::size_t cell_of(const Point& point) const {
    return static_cast<std::size_t>(axis(point.y - origin_.y)) * static_cast<std::size_t>(side_) +
           static_cast<std::size_t>(axis(point.x - origin_.x));
  }
  void collect(int x, int y, Node centre, std::vector<std::pair<double, Node>>& found) const {
    if (x < 0 || y < 0 || x >= side_ || y >= side_) return;
    const Point& at = points_[static_cast<std::size_t>(centre)];
    const auto cell =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(side_) + static_cast<std::size_t>(x);
    for (auto i = starts_[cell]; i < starts_[cell + 1]; ++i) {
      if (nodes_[i] == centre) continue;
      const Point& other = points_[static_cast<std::size_t>(nodes_[i])];
      const double dx = at.x - other.x;
      const double dy = at.y - other.y;
      found.emplace_back(dx * dx + dy * dy, nodes_[i]);
    }
  }

  std::span<const Point> points_;
  Point origin_;
  double cell_ = 1;
  int side_ = 1;
  std::vector<std::size_t> starts_;
  std::vector<Node> nodes_;
};

}  // namespace

Neighbours nearest_in_plane(std::span<const Point> points, std::int32_t width) {
  const auto size = static_cast<Node>(points.size());
  Neighbours lists(size, width);
  if (width == 0) return lists;
  const Buckets buckets(points);
  std::vector<std::pair<double, Node>> found;
  for (Node from = 0; from < size; ++from) {
    buckets.around(from, width, found);
    std::partial_sort(found.begin(), found.begin() + width, found.end());
    std::transform(found.begin(), found.begin() + width, lists.begin(from),
                   [](const auto& entry) { return Neighbour{entry.second, 0}; });
  }
  return lists;
}

}  // namespace doorstep::routing
