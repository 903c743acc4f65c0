// What must hold when everything happens at once: cycles with amendments, cancellations, shortages and returns, and
// beside them programme baskets, errands that neighbours take and buy for, loans, kits, deliveries that come back,
// households, helpers and suppliers that are paid, and bookings that are taken back. Through the endpoint on both
// engines; the money is compared with sums that the test keeps by itself.

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "care/supply/delivered.h"
#include "care/supply/random_testing.h"
#include "care/supply/stock.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;

class Whole : public RandomCycles {
 protected:
  Whole() : RandomCycles(20221129U) {
    basket_ = id(post(manager, "/api/v1/baskets",
                      R"({"name":"菜篮子","price_fen":3000,"contents":"青椒2斤，鸡蛋10个"})"));
    price("菜篮子", "份", 2800, 4000);
    helper_ = staff(access::Role::volunteer);
    helper_id_ = member(get(helper_, "/api/v1/session"), "account.id");
    EXPECT_EQ(
        post(manager, "/api/v1/programmes",
             fmt::format(R"({{"name":"工程","owner":"支部","helpers":["{}"],"baskets":["{}"]}})",
                         helper_id_, basket_))
            .status,
        200);
    for (const char* item : {"油", "米"}) stock(item, 40);
    kit_ = id(post(manager, "/api/v1/kits",
                   R"({"name":"生活包","parts":[{"item":"油","qty":1},{"item":"米","qty":2}]})"));
    id(post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})"));
  }

  std::string any_home() { return household(any_building(), any_door()); }
  api::Response stock(std::string_view item, std::int64_t qty) {
    return post(manager, "/api/v1/stock", fmt::format(R"({{"item":"{}","qty":{}}})", item, qty));
  }

  void ask_something() {
    const std::string home = any_home();
    const std::string text = any_words(false);
    const auto done =
        roll(4) == 0 ? post(manager, "/api/v1/needs",
                            fmt::format(R"({{"household":"{}","basket":"{}"}})", home, basket_))
                     : post(manager, "/api/v1/needs",
                            fmt::format(R"({{"household":"{}","text":"{}"}})", home, text));
    ASSERT_EQ(done.status, 200) << done.body;
    asked_.push_back(member(done, "id"));
    maybe_withdraw(asked_);
  }

  /// A neighbour is asked, says yes or no, buys from their own pocket, and finishes; or somebody lends it.
  void help_out() {
    const std::string home = any_home();
    const std::string need =
        "/api/v1/needs/" +
        member(post(manager, "/api/v1/needs",
                    fmt::format(R"({{"household":"{}","text":"插座坏了"}})", home)),
               "id");
    if (roll(4) == 0) {
      const auto lent = post(manager, need + "/loan", R"({"thing":"插座","gift":false})");
      ASSERT_EQ(lent.status, 200) << lent.body;
      ++lent_;
      if (roll(2) == 0) {
        (void)post(manager, "/api/v1/loans/" + member(lent, "id") + "/end", R"({"lost":false})");
      }
      return;
    }
    (void)post(manager, need + "/offer");
    const auto offers = get(helper_, "/api/v1/offers");
    for (std::size_t at = 0; at < length(offers, "rows"); ++at) {
      if (member(offers, fmt::format("rows.{}.state", at)) != "open") continue;
      (void)post(helper_,
                 "/api/v1/offers/" + member(offers, fmt::format("rows.{}.id", at)) + "/answer",
                 roll(3) == 0 ? R"({"accept":false})" : R"({"accept":true})");
    }
    const auto fen = static_cast<std::int64_t>(1 + roll(5000));
    for (int twice = 0; twice < 2; ++twice) {
      const auto bought =
          post(helper_, need + "/buy", fmt::format(R"({{"thing":"插座","fen":{}}})", fen));
      if (bought.status != 200) break;
      outlays_ += fen;
      if (roll(2) == 0) break;
    }
    if (roll(2) == 0) (void)post(helper_, need + "/finish");
  }

  void pay() {
    const auto fen = static_cast<std::int64_t>(1 + roll(3000));
    const auto book = [&](std::string_view kind, std::string_view who, const std::string& id_of) {
      const auto done =
          post(manager, "/api/v1/ledger",
               fmt::format(R"({{"kind":"{}","fen":{},"{}":"{}"}})", kind, fen, who, id_of));
      if (done.status != 200) return false;
      // One in six was a mistake, and is taken back by its opposite.
      if (roll(6) != 0) return true;
      return post(manager, "/api/v1/ledger/" + member(done, "id") + "/correct",
                  R"({"note":"记错"})")
                 .status != 200;
    };
    switch (roll(3)) {
      case 0: paid_ += book("payment", "household", any_home()) ? fen : 0; break;
      case 1: repaid_ += book("repayment", "helper", helper_id_) ? fen : 0; break;
      default: settled_ += book("settlement", "supplier", farm) ? fen : 0;
    }
  }

  void move_stock() {
    switch (roll(3)) {
      case 0: (void)stock("油", 5); break;
      case 1: (void)stock("油", -2); break;
      default:
        (void)post(manager, "/api/v1/kits/" + kit_ + "/issue",
                   fmt::format(R"({{"household":"{}"}})", any_home()));
    }
  }

  void buy_for_the_cycle() {
    end_collection();
    helper_ = signed_in_again();
    supplier_has_less();
    settle();
    give_back_one_in(8);
  }
  /// Another account of the same kind: what the first was owed stays its own.
  api::As signed_in_again() {
    const api::As fresh = staff(access::Role::volunteer);
    helper_id_ = member(get(fresh, "/api/v1/session"), "account.id");
    return fresh;
  }

  /// What is expected comes, in part; what came is carried, in part; some of it goes back or is lost.
  void bring() {
    const auto coming = get(manager, "/api/v1/parcels?filter=expected&limit=1000");
    for (std::size_t at = 0; at < length(coming, "rows"); ++at) {
      if (roll(3) == 0) continue;
      (void)post(manager, "/api/v1/parcels/receive",
                 fmt::format(R"({{"scan":"{}"}})", member(coming, fmt::format("rows.{}.id", at))));
    }
    (void)post(manager, "/api/v1/parcels/disinfect", R"({"all":true})");
    const auto here = get(manager, "/api/v1/parcels?filter=waiting&limit=1000");
    for (std::size_t at = 0; at < length(here, "rows"); ++at) {
      const std::string bag = member(here, fmt::format("rows.{}.id", at));
      const std::string home = member(here, fmt::format("rows.{}.household", at));
      if (roll(5) == 0) {
        (void)post(
            manager, "/api/v1/parcels/" + bag + "/aside",
            fmt::format(R"({{"as":"{}","reason":"damaged"}})", roll(2) == 0 ? "returned" : "lost"));
        continue;
      }
      if (roll(3) == 0) continue;
      const auto run =
          post(manager, "/api/v1/runs",
               fmt::format(R"({{"runs":[{{"carrier":"{}","parcels":["{}"]}}]}})", helper_id_, bag));
      if (run.status != 200 || roll(6) == 0) continue;
      (void)post(manager, "/api/v1/runs/" + member(run, "runs.0") + "/actions",
                 fmt::format(R"({{"key":"018e0000-0000-7000-8000-{:012}","kind":"delivered",)"
                             R"("household":"{}"}})",
                             ++keys_, home));
    }
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          notice_delivered(context, 1000);
          (void)TRY(notice_kits_back(context, 1000));
          context.journal("test.changed", 1, "");
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
  }

  std::int64_t lying(std::string_view place, std::string_view item = "油") {
    return count(
        fmt::format("SELECT coalesce(sum(qty), 0) FROM stock_posting WHERE place = '{}'"
                    " AND item = '{}'",
                    place, item));
  }

  /// Every fen is owed by somebody or was paid by somebody.
  void expect_money() {
    EXPECT_EQ(booked("household"), worth() + outlays_ - paid_);
    EXPECT_EQ(booked("supplier"), settled_ - worth());
    EXPECT_EQ(booked("helper"), repaid_ - outlays_);
    EXPECT_EQ(booked("cash"), paid_ - repaid_ - settled_);
    EXPECT_EQ(count("SELECT count(*) FROM (SELECT entry_id FROM ledger_posting GROUP BY entry_id"
                    " HAVING sum(amount_fen) <> 0) x"),
              0);
  }
  /// received = delivered + waiting + out + returned + lost; a kit is in the store, with its household, or lost.
  void expect_goods() {
    const auto in = [&](std::string_view states) {
      return count(
          fmt::format("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL"
                      " AND state IN ({})",
                      states));
    };
    EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL"),
              in("'delivered'") + in("'received', 'disinfected', 'sorted', 'held'") + in("'out'") +
                  in("'returned'") + in("'lost'"));
    for (const char* item : {"油", "米"}) {
      EXPECT_EQ(count(fmt::format("SELECT sum(qty) FROM stock_posting WHERE item = '{}'", item)),
                0);
      EXPECT_GE(lying("store", item), 0);
    }
    EXPECT_EQ(-lying("supplier") - lying("loss"), lying("store") + lying("household"));
    EXPECT_EQ(lying("household"),
              count("SELECT count(*) FROM parcel p JOIN stock_entry e ON e.id = p.origin_id"
                    " WHERE e.kind = 'issued' AND p.state NOT IN ('returned', 'lost')"));
  }
  /// Nothing that is open is without somebody who owes it, and nothing is owed twice.
  void expect_owed() {
    EXPECT_EQ(
        count("SELECT count(*) FROM need n WHERE n.state IN ('waiting', 'asked_back', 'accepted')"
              " AND (SELECT count(*) FROM duty d WHERE d.kind = 'need' AND d.subject_id = n.id"
              " AND d.closed_at IS NULL) <> 1"),
        0);
    EXPECT_EQ(
        count("SELECT count(*) FROM need n WHERE n.state IN ('done', 'declined', 'cancelled')"
              " AND EXISTS (SELECT 1 FROM duty d WHERE d.kind = 'need' AND d.subject_id = n.id"
              " AND d.closed_at IS NULL)"),
        0);
    EXPECT_EQ(count("SELECT count(*) FROM (SELECT need_id FROM need_offer WHERE state = 'accepted'"
                    " GROUP BY need_id HAVING count(*) > 1) x"),
              0);
    EXPECT_EQ(count("SELECT count(*) FROM loan"), lent_);
    EXPECT_EQ(
        count("SELECT count(*) FROM (SELECT household_id FROM customer_order GROUP BY cycle_id,"
              " household_id HAVING count(*) > 1) x"),
        0);
  }

 private:
  std::string basket_, kit_, helper_id_;
  api::As helper_;
  std::vector<std::string> asked_;
  std::int64_t paid_ = 0, repaid_ = 0, settled_ = 0, outlays_ = 0, lent_ = 0;
  int keys_ = 0;
};
DOORSTEP_ON_BOTH_ENGINES(Whole);

TEST_P(Whole, WhateverHappensNothingIsLostAndTheMoneyBalancesToTheFen) {
  for (std::size_t round = 0; round < 8; ++round) {
    SCOPED_TRACE(round);
    if (round % 2 == 0) isolate(doors[round / 2], "2");
    for (int step = 0; step < 30; ++step) {
      switch (roll(5)) {
        case 0: help_out(); break;
        case 1: pay(); break;
        case 2: move_stock(); break;
        default: ask_something();
      }
      ASSERT_FALSE(HasFatalFailure());
    }
    buy_for_the_cycle();
    expect_same("qty", "qty");
    expect_same("supplied", "granted");
    bring();
    expect_money();
    expect_goods();
    expect_owed();
    ASSERT_FALSE(HasFailure());
  }
  // Each of the things happened.
  for (const char* some :
       {"SELECT count(*) FROM ledger_entry WHERE kind = 'settlement'",
        "SELECT count(*) FROM ledger_entry WHERE kind = 'correction'",
        "SELECT count(*) FROM ledger_entry WHERE kind = 'return'",
        "SELECT count(*) FROM need_offer WHERE state = 'accepted'",
        "SELECT count(*) FROM order_line WHERE canonical = '菜篮子' AND state <> 'cancelled'",
        "SELECT count(*) FROM stock_entry WHERE kind = 'returned'",
        "SELECT count(*) FROM parcel WHERE state = 'delivered'"}) {
    EXPECT_GT(count(some), 0) << some;
  }
}

}  // namespace
}  // namespace doorstep::supply
