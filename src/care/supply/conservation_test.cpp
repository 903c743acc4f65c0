// What must hold whatever people do: the purchase is the orders, the split is fair, the money sums to
// nothing. Random cycles through the endpoint on both engines.

#include <algorithm>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "care/supply/ledger.h"
#include "care/supply/shortage.h"
#include "care/supply/testing.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;
using std::chrono::hours;

constexpr std::array goods{"白萝卜", "青椒", "西红柿", "鸡蛋"};
constexpr std::array units{"根", "斤", "斤", "个"};
constexpr std::array doors{"101", "102", "201", "202", "301", "302"};

class Conservation : public SupplyHouse {
 protected:
  std::size_t roll(std::size_t sides) { return random_() % sides; }

  /// Everybody asks, asks again, changes their mind and takes back.
  void ask_around(int times) {
    std::vector<std::string> asked;
    for (int step = 0; step < times; ++step) {
      const std::size_t good = roll(goods.size());
      const std::string many = roll(3) == 0 ? "1.5" : std::to_string(1 + roll(9));
      const std::string text =
          roll(6) == 0 ? std::string(goods[good]) + "不要了" : goods[good] + many + units[good];
      const auto done = ask(doors[roll(doors.size())], text, roll(2) == 0 ? "1" : "2");
      ASSERT_EQ(done.status, 200) << done.body << text;
      asked.push_back(member(done, "id"));
      if (roll(5) == 0) {
        (void)post(manager, "/api/v1/needs/" + asked[roll(asked.size())] + "/withdraw");
      }
    }
  }

  void end_collection() {
    cycle = member(get(manager, "/api/v1/cycles"), "rows.0.id");
    clock().advance(hours{24});              // Past the next cut-off, whenever it is.
    manager = staff(access::Role::manager);  // A session ends with the shift.
    ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/close").status, 200);
  }

  void supplier_has_less() {
    for (const char* good : goods) {
      const std::string wanted = line(good);
      if (wanted == "none" || roll(2) == 0) continue;
      const std::int64_t part = std::stoll(wanted) * static_cast<std::int64_t>(roll(5)) / 4;
      ASSERT_EQ(answer(good, fmt::format(R"({{"answer":"accepted","supplied":{}}})", part)).status,
                200);
    }
  }

  void give_some_back() {
    const auto lines = get(manager, "/api/v1/cycles/" + cycle + "/lines");
    for (std::size_t at = 0; at < length(lines, "rows"); ++at) {
      if (roll(6) != 0) continue;
      (void)post(manager,
                 "/api/v1/order-lines/" + member(lines, fmt::format("rows.{}.id", at)) + "/return",
                 R"({"note":"退"})");
    }
  }

  std::int64_t ordered(std::string_view what) {
    return count(
        fmt::format("SELECT coalesce(sum({}), 0) FROM order_line WHERE cycle_id = {}"
                    " AND state <> 'cancelled'",
                    what, *id_from_text(cycle)));
  }
  std::int64_t bought(std::string_view what) {
    return count(
        fmt::format("SELECT coalesce(sum(l.{}), 0) FROM purchase_line l JOIN purchase p"
                    " ON p.id = l.purchase_id WHERE p.cycle_id = {}",
                    what, *id_from_text(cycle)));
  }
  std::int64_t booked(std::string_view of) {
    return count(
        fmt::format("SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting WHERE {}", of));
  }

  void expect_fair() {
    const auto shown = get(manager, "/api/v1/cycles/" + cycle);
    for (std::size_t at = 0; at < length(shown, "shortages"); ++at) {
      EXPECT_EQ(member(shown, fmt::format("shortages.{}.fair", at)), "true") << shown.body;
    }
  }

  /// Each owes what of its order came and stayed, to the fen; the suppliers are owed the same.
  void expect_balanced() {
    EXPECT_EQ(booked("1 = 1"), 0);
    const std::int64_t worth = count(
        "SELECT coalesce(sum((l.granted * q.price_fen + 500) / 1000), 0) FROM order_line l"
        " JOIN purchase p ON p.cycle_id = l.cycle_id JOIN purchase_line q ON q.purchase_id = p.id"
        " AND q.canonical = l.canonical AND q.unit = l.unit"
        " WHERE l.state NOT IN ('cancelled', 'returned') AND l.granted > 0");
    EXPECT_EQ(booked("account = 'household'"), worth);
    EXPECT_EQ(booked("account = 'supplier'"), -worth);
  }

 private:
  std::mt19937 random_{20200205U + static_cast<unsigned>(GetParam())};
};

TEST_P(Conservation, WhateverHappensThePurchaseIsTheOrdersAndTheMoneyBalances) {
  for (std::size_t round = 0; round < 12; ++round) {
    SCOPED_TRACE(round);
    if (round % 3 == 0) isolate(doors[round / 3], "2");
    ask_around(20);
    end_collection();
    EXPECT_EQ(bought("qty"), ordered("qty"));
    supplier_has_less();
    ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
    EXPECT_EQ(bought("supplied"), ordered("granted"));
    expect_fair();
    give_some_back();
    expect_balanced();
    // An order has a parcel as soon as something of it came.
    EXPECT_EQ(count(fmt::format("SELECT count(*) FROM customer_order o WHERE o.cycle_id = {}"
                                " AND o.state = 'bought' AND NOT EXISTS (SELECT 1 FROM parcel p"
                                " WHERE p.origin_id = o.id)",
                                *id_from_text(cycle))),
              0);
  }
}

RC_GTEST_PROP(Shortage, IsConservedFairAndByPriority, ()) {
  const std::vector<std::string> first{"isolated", "diet"};
  std::vector<Claim> claims;
  const int n = *rc::gen::inRange(0, 30);
  std::int64_t wanted = 0;
  for (int at = 0; at < n; ++at) {
    claims.push_back({at, *rc::gen::inRange<std::int64_t>(1, 5000), *rc::gen::arbitrary<bool>(),
                      *rc::gen::arbitrary<bool>(), *rc::gen::inRange<std::int64_t>(0, 10)});
    wanted += claims.back().wanted;
  }
  const auto available = *rc::gen::inRange<std::int64_t>(0, 60'000);
  const auto granted = split(claims, available, first);
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < claims.size(); ++at) {
    RC_ASSERT(granted[at] >= 0 && granted[at] <= claims[at].wanted);
    sum += granted[at];
  }
  RC_ASSERT(sum == std::min(available, wanted));
  RC_ASSERT(is_fair(claims, granted, first));
}

TEST(Shortage, AnUnfairSplitIsToldFromAFairOne) {
  const std::vector<std::string> first{"isolated"};
  const Claim claims[] = {{1, 1000, true, false, 2}, {2, 1000, false, false, 1}};
  EXPECT_EQ(split(claims, 1500, first), (std::vector<std::int64_t>{1000, 500}));
  EXPECT_TRUE(is_fair(claims, std::vector<std::int64_t>{1000, 500}, first));
  EXPECT_FALSE(is_fair(claims, std::vector<std::int64_t>{500, 1000}, first));
}

TEST(Cost, IsRoundedHalfUpToTheFen) {
  EXPECT_EQ(cost(1500, 45), 68);  // 67.5
  EXPECT_EQ(cost(333, 100), 33);
  EXPECT_EQ(cost(2000, 280), 560);
}

DOORSTEP_ON_BOTH_ENGINES(Conservation);

}  // namespace
}  // namespace doorstep::supply
