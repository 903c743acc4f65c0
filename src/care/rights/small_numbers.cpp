#include "care/rights/small_numbers.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "care/rights/keeping.h"

namespace doorstep::rights {
namespace {

constexpr std::int64_t without_saying = 5;

Counts with_sums(Counts cells) {
  for (auto& row : cells) {
    std::int64_t sum = 0;
    for (const std::int64_t cell : row) sum += cell;
    row.push_back(sum);
  }
  std::vector<std::int64_t> last(cells.front().size(), 0);
  for (const auto& row : cells) {
    for (std::size_t at = 0; at < row.size(); ++at) last[at] += row[at];
  }
  cells.push_back(std::move(last));
  return cells;
}

/// What is hidden of a table with its sums. Rows and columns are the nodes of a graph and cells its edges: along a closed way of
/// hidden cells counts can be moved, up in one and down in the next, and no row or column adds up to anything else. A sum
/// moves the other way round.
class Cover {
 public:
  Cover(const Counts& table, std::int64_t minimum)
      : table_(table),
        minimum_(minimum),
        rows_(table.size()),
        columns_(table.front().size()),
        hidden_(rows_, std::vector<bool>(columns_, false)) {}

  void hide() {
    std::vector<std::pair<std::size_t, std::size_t>> small;
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < columns_; ++column) {
        if (table_[row][column] == 0 || table_[row][column] >= minimum_) continue;
        hidden_[row][column] = true;
        small.emplace_back(row, column);
      }
    }
    for (const auto& [row, column] : small) close_way(row, column);
  }

  [[nodiscard]] SharedCounts shown() const {
    SharedCounts made(rows_, std::vector<std::optional<std::int64_t>>(columns_));
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < columns_; ++column) {
        if (!hidden_[row][column]) made[row][column] = table_[row][column];
      }
    }
    return made;
  }

 private:
  /// The cheapest way, in what it hides, that moves `minimum` into this cell.
  void close_way(std::size_t row, std::size_t column) {
    const bool up = !sum(row, column);
    // Columns are left by cells that move against this one, rows by those that move with it.
    std::vector<Node> nodes(rows_ + columns_);
    nodes[rows_ + column].cost = 0;
    while (true) {
      const std::size_t from = nearest(nodes);
      CHECK(from < nodes.size());  // Over the sums there is always one.
      if (from == row) break;
      nodes[from].done = true;
      const bool leaves_column = from >= rows_;
      for (std::size_t next = 0; next < (leaves_column ? rows_ : columns_); ++next) {
        const std::size_t r = leaves_column ? next : from;
        const std::size_t c = leaves_column ? from - rows_ : next;
        if (r == row && c == column) continue;
        const bool rises = (leaves_column != up) != sum(r, c);
        if (!rises && table_[r][c] < minimum_) continue;
        const std::int64_t cost = nodes[from].cost + (hidden_[r][c] ? 0 : table_[r][c] + 1);
        Node& to = nodes[leaves_column ? r : rows_ + c];
        if (cost < to.cost) to = {cost, from, to.done};
      }
    }
    for (std::size_t at = row; at != rows_ + column; at = nodes[at].before) {
      const std::size_t before = nodes[at].before;
      hidden_[std::min(at, before)][std::max(at, before) - rows_] = true;
    }
  }

  struct Node {
    std::int64_t cost = std::numeric_limits<std::int64_t>::max();
    std::size_t before = 0;
    bool done = false;
  };

  static std::size_t nearest(const std::vector<Node>& nodes) {
    std::size_t best = nodes.size();
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      const bool known = nodes[at].cost != std::numeric_limits<std::int64_t>::max();
      if (!known || nodes[at].done) continue;
      if (best == nodes.size() || nodes[at].cost < nodes[best].cost) best = at;
    }
    return best;
  }

  /// Of a row or of a column, and not of all.
  [[nodiscard]] bool sum(std::size_t row, std::size_t column) const {
    return (row + 1 == rows_) != (column + 1 == columns_);
  }

  const Counts& table_;
  std::int64_t minimum_;
  std::size_t rows_;
  std::size_t columns_;
  std::vector<std::vector<bool>> hidden_;
};

}  // namespace

std::int64_t small_count(const RulePack& rules) {
  return said_or(rules, "rights.small_count", without_saying);
}

SharedCounts shared(const Counts& cells, std::int64_t minimum) {
  CHECK(!cells.empty() && !cells.front().empty());
  const Counts table = with_sums(cells);
  Cover cover(table, minimum);
  cover.hide();
  return cover.shown();
}

}  // namespace doorstep::rights
