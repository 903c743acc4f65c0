// Small numbers and what would give them away, against all tables that the shown cells leave possible.

#include "care/rights/small_numbers.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace doorstep::rights {
namespace {

constexpr std::int64_t minimum = 5;

TEST(SmallNumbers, N15_ATableOfLargeCountsIsSharedWhole) {
  const SharedCounts made = shared({{10, 20}, {30, 40}}, minimum);
  EXPECT_EQ(made, (SharedCounts{{10, 20, 30}, {30, 40, 70}, {40, 60, 100}}));
}

TEST(SmallNumbers, N15_ACellUnderFiveTakesOthersWithIt) {
  // 3 alone would be 33 - 30 and 13 - 10. With the way over 10, 30 and 40 each sum stays true: 3+5, 10-5, 30-5, 40+5.
  const SharedCounts made = shared({{3, 30}, {10, 40}}, minimum);
  EXPECT_EQ(made,
            (SharedCounts{
                {std::nullopt, std::nullopt, 33}, {std::nullopt, std::nullopt, 50}, {13, 70, 83}}));
}

TEST(SmallNumbers, N15_NobodyIsNoSmallNumber) {
  EXPECT_EQ(shared({{0, 30}, {10, 40}}, minimum)[0][0], 0);
}

TEST(SmallNumbers, N15_ATableOfSmallCountsAloneSharesNone) {
  for (const auto& row : shared({{1, 0}, {0, 2}}, minimum)) {
    for (const auto& cell : row) EXPECT_EQ(cell.value_or(0), 0);
  }
}

TEST(SmallNumbers, N15_OneRowAndOneColumnHaveNothingElseToHideThanTheirSums) {
  EXPECT_FALSE(shared({{3, 30}}, minimum)[1][0]);
  EXPECT_FALSE(shared({{3}, {30}}, minimum)[0][1]);
}

/// Goes through every table of counts up to `most` that fits the shown cells, and notes the largest value of each cell.
class Attack {
 public:
  Attack(const SharedCounts& table, std::int64_t most)
      : table_(table),
        most_(most),
        rows_(table.size() - 1),
        columns_(table[0].size() - 1),
        cells_(rows_, std::vector<std::int64_t>(columns_)),
        largest_(rows_ + 1, std::vector<std::int64_t>(columns_ + 1, -1)) {
    place(0);
  }
  [[nodiscard]] const Counts& largest() const { return largest_; }

 private:
  void place(std::size_t at) {
    if (at == rows_ * columns_) return note();
    const std::size_t row = at / columns_;
    const std::size_t column = at % columns_;
    const auto& known = table_[row][column];
    for (std::int64_t value = known.value_or(0); value <= known.value_or(most_); ++value) {
      cells_[row][column] = value;
      place(at + 1);
    }
  }
  void note() {
    Counts all(rows_ + 1, std::vector<std::int64_t>(columns_ + 1));
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < columns_; ++column) {
        const std::int64_t cell = cells_[row][column];
        all[row][column] = cell;
        all[row][columns_] += cell;
        all[rows_][column] += cell;
        all[rows_][columns_] += cell;
      }
    }
    for (std::size_t row = 0; row <= rows_; ++row) {
      for (std::size_t column = 0; column <= columns_; ++column) {
        const auto& known = table_[row][column];
        if (known && *known != all[row][column]) return;
      }
    }
    for (std::size_t row = 0; row <= rows_; ++row) {
      for (std::size_t column = 0; column <= columns_; ++column) {
        largest_[row][column] = std::max(largest_[row][column], all[row][column]);
      }
    }
  }

  const SharedCounts& table_;
  std::int64_t most_;
  std::size_t rows_;
  std::size_t columns_;
  Counts cells_;
  Counts largest_;
};

TEST(SmallNumbers, N15_NoSmallCellCanBeToldFromTheSums) {
  std::mt19937_64 random(20221120);  // NOLINT: the same tables each time.
  constexpr std::int64_t cell_max = 9;
  std::int64_t small = 0;
  std::int64_t kept = 0;
  for (int turn = 0; turn < 121; ++turn) {
    const std::size_t columns = turn < 120 ? 2 : 3;
    Counts cells(2, std::vector<std::int64_t>(columns));
    for (auto& row : cells) {
      for (auto& cell : row) cell = static_cast<std::int64_t>(random() % (cell_max + 1));
    }
    const SharedCounts made = shared(cells, minimum);
    const Counts largest = Attack(made, cell_max + minimum).largest();
    for (std::size_t row = 0; row < made.size(); ++row) {
      for (std::size_t column = 0; column < made[row].size(); ++column) {
        if (made[row][column]) {
          EXPECT_TRUE(*made[row][column] == 0 || *made[row][column] >= minimum);
          ++kept;
          continue;
        }
        const bool inner = row < 2 && column < columns;
        if (!inner || cells[row][column] == 0 || cells[row][column] >= minimum) continue;
        ++small;
        EXPECT_GE(largest[row][column], cells[row][column] + minimum);
      }
    }
  }
  EXPECT_GT(small, 100);
  EXPECT_GT(kept, 100);
}

TEST(SmallNumbers, N15_HowSmallIsSmallStandsInThePack) {
  EXPECT_EQ(small_count(*RulePack::parse("[rights]\nsmall_count = 10")), 10);
  EXPECT_EQ(small_count(*RulePack::parse("[rights]\nhealth_days = 10")), 5);
}

}  // namespace
}  // namespace doorstep::rights
