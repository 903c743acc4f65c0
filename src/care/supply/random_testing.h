#pragma once
/// \file Cycles in which people do whatever they like, for tests of what must hold all the same: dice,
/// a cycle's end, a supplier who has less, goods that are given back, and the sums to compare with.
/// Test code alone includes this.

#include <array>
#include <charconv>
#include <random>

#include "care/supply/testing.h"

namespace doorstep::supply {

constexpr std::array goods{"白萝卜", "青椒", "西红柿", "鸡蛋"};
constexpr std::array units{"根", "斤", "斤", "个"};
constexpr std::array doors{"101", "102", "201", "202", "301", "302"};

class RandomCycles : public SupplyHouse {
 protected:
  explicit RandomCycles(unsigned seed) : random_(seed) {}

  std::size_t roll(std::size_t sides) { return random_() % sides; }
  const char* any_door() { return doors[roll(doors.size())]; }
  const char* any_building() { return roll(2) == 0 ? "1" : "2"; }
  /// "青椒3斤", or one time in six that it is not wanted any more. `part`: half a measure too.
  std::string any_words(bool part) {
    const std::size_t good = roll(goods.size());
    if (roll(6) == 0) return std::string(goods[good]) + "不要了";
    const std::string many = part && roll(3) == 0 ? "1.5" : std::to_string(1 + roll(9));
    return goods[good] + many + units[good];
  }
  /// One time in five one of them is taken back, whatever has become of it.
  void maybe_withdraw(const std::vector<std::string>& asked) {
    if (roll(5) != 0) return;
    (void)post(manager, "/api/v1/needs/" + asked[roll(asked.size())] + "/withdraw");
  }

  /// Past the next cut-off, whenever it is; sessions end with the shift, so the manager is a new one.
  void end_collection() {
    cycle = api::member(get(manager, "/api/v1/cycles"), "rows.0.id");
    clock().advance(std::chrono::hours{24});
    manager = staff(access::Role::manager);
    ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/close").status, 200);
  }
  void supplier_has_less() {
    for (const char* good : goods) {
      const std::string wanted = line(good);
      if (wanted == "none" || roll(2) == 0) continue;
      std::int64_t all = 0;
      std::from_chars(wanted.data(), wanted.data() + wanted.size(), all);
      const std::int64_t part = all * static_cast<std::int64_t>(roll(5)) / 4;
      ASSERT_EQ(answer(good, fmt::format(R"({{"answer":"accepted","supplied":{}}})", part)).status,
                200);
    }
  }
  void settle() { ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200); }
  /// Of one line in so many.
  void give_back_one_in(std::size_t so_many) {
    const auto lines = get(manager, "/api/v1/cycles/" + cycle + "/lines");
    for (std::size_t at = 0; at < api::length(lines, "rows"); ++at) {
      if (roll(so_many) != 0) continue;
      (void)post(
          manager,
          "/api/v1/order-lines/" + api::member(lines, fmt::format("rows.{}.id", at)) + "/return",
          R"({"note":"退"})");
    }
  }

  /// Column `bought` of the purchase's lines and column `wanted` of the orders' lines, of this cycle.
  void expect_same(std::string_view bought, std::string_view wanted) {
    EXPECT_EQ(count(fmt::format("SELECT coalesce(sum(l.{}), 0) FROM purchase_line l JOIN purchase p"
                                " ON p.id = l.purchase_id WHERE p.cycle_id = {}",
                                bought, *id_from_text(cycle))),
              count(fmt::format("SELECT coalesce(sum({}), 0) FROM order_line WHERE cycle_id = {}"
                                " AND state <> 'cancelled'",
                                wanted, *id_from_text(cycle))));
  }
  /// What came and stayed, over all cycles, at the suppliers' prices. Fen.
  std::int64_t worth() {
    return count(
        "SELECT coalesce(sum((l.granted * q.price_fen + 500) / 1000), 0) FROM order_line l"
        " JOIN purchase p ON p.cycle_id = l.cycle_id JOIN purchase_line q ON q.purchase_id = p.id"
        " AND q.canonical = l.canonical AND q.unit = l.unit"
        " WHERE l.state NOT IN ('cancelled', 'returned') AND l.granted > 0");
  }
  std::int64_t booked(std::string_view account) {
    return count(fmt::format(
        "SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting WHERE account = '{}'", account));
  }

 private:
  std::mt19937 random_;
};

}  // namespace doorstep::supply
