// What must hold whatever people do: the purchase is the orders, the split is fair, the money sums to
// nothing. Random cycles through the endpoint on both engines.

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "care/supply/ledger.h"
#include "care/supply/random_testing.h"
#include "care/supply/shortage.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;

class Conservation : public RandomCycles {
 protected:
  Conservation() : RandomCycles(20200205U + static_cast<unsigned>(GetParam())) {}

  /// Everybody asks, asks again, changes their mind and takes back.
  void ask_around(int times) {
    std::vector<std::string> asked;
    for (int step = 0; step < times; ++step) {
      const std::string text = any_words(true);
      const auto done = ask(any_door(), text, any_building());
      ASSERT_EQ(done.status, 200) << done.body << text;
      asked.push_back(member(done, "id"));
      maybe_withdraw(asked);
    }
  }

  void expect_fair() {
    const auto shown = get(manager, "/api/v1/cycles/" + cycle);
    for (std::size_t at = 0; at < length(shown, "shortages"); ++at) {
      EXPECT_EQ(member(shown, fmt::format("shortages.{}.fair", at)), "true") << shown.body;
    }
  }

  /// Each owes what of its order came and stayed, to the fen; the suppliers are owed the same.
  void expect_balanced() {
    EXPECT_EQ(count("SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting"), 0);
    EXPECT_EQ(booked("household"), worth());
    EXPECT_EQ(booked("supplier"), -worth());
  }
};

TEST_P(Conservation, WhateverHappensThePurchaseIsTheOrdersAndTheMoneyBalances) {
  for (std::size_t round = 0; round < 12; ++round) {
    SCOPED_TRACE(round);
    if (round % 3 == 0) isolate(doors[round / 3], "2");
    ask_around(20);
    end_collection();
    expect_same("qty", "qty");
    supplier_has_less();
    settle();
    expect_same("supplied", "granted");
    expect_fair();
    give_back_one_in(6);
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
