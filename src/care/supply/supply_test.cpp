// What is bought for a cycle, and what it costs whom, through the endpoint on both engines. The figures
// are those of the Langyue community's relay of 5 February 2020.

#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/embedded.h"
#include "care/registry/compound.h"
#include "care/supply/delivered.h"
#include "care/supply/ledger.h"
#include "care/supply/shortage.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;
using std::chrono::hours;

class Supply : public registry::Compound {
 protected:
  Supply() {
    farm = id(post(manager, "/api/v1/suppliers", R"({"name":"蔬菜基地"})"));
    // Yuan at the farm / in the shop: 白萝卜 0.90/2.00 a root, 青椒 2.60/5.50, 西红柿 2.80/6.00, 鸡蛋
    // 0.45/0.95.
    price("白萝卜", "根", 90, 200);
    price("青椒", "斤", 260, 550);
    price("西红柿", "斤", 280, 600);
    price("鸡蛋", "个", 45, 95);
  }

  void price(std::string_view good, std::string_view unit, int fen, int market) {
    const auto answer =
        post(manager, "/api/v1/suppliers/" + farm + "/prices",
             fmt::format(R"({{"good":"{}","unit":"{}","price_fen":{},"market_fen":{}}})", good,
                         unit, fen, market));
    ASSERT_EQ(answer.status, 200) << answer.body;
  }
  api::Response ask(std::string_view door, std::string_view text, std::string_view building = "1") {
    return post(
        manager, "/api/v1/needs",
        fmt::format(R"({{"household":"{}","text":"{}"}})", household(building, door), text));
  }
  void isolate(std::string_view door, std::string_view building = "1") {
    ASSERT_EQ(
        post(manager, "/api/v1/observations",
             fmt::format(R"({{"household":"{}","ground":"area"}})", household(building, door)))
            .status,
        200);
  }
  /// Past the cut-off at 13:00; the sheets are made.
  void close() {
    clock().advance(hours{4});
    cycle = member(get(manager, "/api/v1/cycles"), "rows.0.id");
    const auto closed = post(manager, "/api/v1/cycles/" + cycle + "/close");
    ASSERT_EQ(closed.status, 200) << closed.body;
  }
  api::Response sheet() { return get(manager, "/api/v1/cycles/" + cycle + "/sheet"); }
  /// "30000 1350" of a good: quantity and cost; its line's id in line_id.
  std::string line(std::string_view good) {
    const auto answer = sheet();
    for (std::size_t at = 0; at < length(answer, "rows"); ++at) {
      const std::string row = fmt::format("rows.{}.", at);
      if (member(answer, row + "good") != good) continue;
      line_id = member(answer, row + "id");
      return member(answer, row + "qty") + " " + member(answer, row + "cost_fen");
    }
    return "none";
  }
  api::Response answer(std::string_view good, std::string_view json) {
    line(good);
    return post(manager, "/api/v1/purchase-lines/" + line_id + "/answer", json);
  }
  std::int64_t owed(std::string_view door, std::string_view building = "1") {
    return count(fmt::format(
        "SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting WHERE account = 'household'"
        " AND owner_id = {}",
        *id_from_text(household(building, door))));
  }
  std::int64_t granted(std::string_view good) {
    return count(
        fmt::format("SELECT coalesce(sum(granted), 0) FROM order_line WHERE canonical = '{}'"
                    " AND state <> 'cancelled'",
                    good));
  }

  std::string farm;
  std::string cycle;
  std::string line_id;
};

TEST_P(Supply, TheSheetIsTheSumOfTheOrdersLineByLine) {
  ask("101", "白萝卜2根，青椒2斤，西红柿2斤");
  ask("102", "白萝卜3根，青椒1公斤");
  ask("201", "西红柿1斤，鸡蛋10个");
  const std::string changed = member(ask("202", "鸡蛋20个"), "id");
  ASSERT_EQ(post(manager, "/api/v1/needs/" + changed + "/withdraw").status, 200);
  // While it is open the totals are those of now.
  cycle = member(get(manager, "/api/v1/cycles"), "rows.0.id");
  EXPECT_EQ(line("白萝卜"), "5000 450");
  EXPECT_EQ(member(post(manager, "/api/v1/cycles/" + cycle + "/close"), "code"), "cycle.open");
  close();
  EXPECT_EQ(line("白萝卜"), "5000 450");  // 2 + 3 roots at 0.90.
  EXPECT_EQ(line("青椒"), "4000 1040");   // 2 斤 + 1 公斤 = 4 斤 at 2.60.
  EXPECT_EQ(line("西红柿"), "3000 840");
  EXPECT_EQ(line("鸡蛋"), "10000 450");
  // Closed twice is closed once, and what comes now is in the next cycle.
  EXPECT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/close").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM purchase_line"), 4);
  ask("101", "鸡蛋10个");
  EXPECT_EQ(line("鸡蛋"), "10000 450");
  // Each line opens the orders behind it.
  const auto behind = get(manager, "/api/v1/cycles/" + cycle +
                                       "/lines?good=%E8%A5%BF%E7%BA%A2%E6%9F%BF&unit=%E6%96%A4");
  EXPECT_EQ(length(behind, "rows"), 2U) << behind.body;
  // D9: cost 4.50 + 10.40 + 8.40 + 4.50 = 27.80; market 10 + 22 + 18 + 9.50 = 59.50; saved 53.3 %.
  const auto shown = get(manager, "/api/v1/cycles/" + cycle);
  EXPECT_EQ(member(shown, "totals.cost_fen"), "2780");
  EXPECT_EQ(member(shown, "totals.market_fen"), "5950");
  EXPECT_EQ(member(shown, "totals.saving_permille"), "533");
}

TEST_P(Supply, OnShortageIsolatedHouseholdsComeFirstAndTheReportShowsIt) {
  // D10: neighbours ordered first; 5 斤 come of 8. The isolated get their 4, one neighbour gets 1.
  ask("201", "西红柿2斤");
  clock().advance(std::chrono::seconds{1});
  ask("202", "西红柿2斤");
  isolate("101");
  isolate("102");
  ask("101", "西红柿2斤");
  ask("102", "西红柿2斤");
  close();
  ASSERT_EQ(answer("西红柿", R"({"answer":"accepted","supplied":5000})").status, 200);
  EXPECT_EQ(granted("西红柿"), 5000);
  const auto shown = get(manager, "/api/v1/cycles/" + cycle);
  EXPECT_EQ(member(shown, "shortages.0.isolated_wanted"), "4000");
  EXPECT_EQ(member(shown, "shortages.0.isolated_granted"), "4000");
  EXPECT_EQ(member(shown, "shortages.0.neighbours_granted"), "1000");
  EXPECT_EQ(member(shown, "shortages.0.neighbours_short"), "2");
  EXPECT_EQ(member(shown, "shortages.0.fair"), "true");
  // The supplier says otherwise before it is settled: the split is made anew.
  ASSERT_EQ(answer("西红柿", R"({"answer":"out_of_stock"})").status, 200);
  EXPECT_EQ(granted("西红柿"), 0);
  EXPECT_EQ(member(answer("西红柿", R"({"answer":"accepted","supplied":9000})"), "code"),
            "purchase.supplied");
  EXPECT_EQ(member(answer("西红柿", R"({"answer":"replaced"})"), "code"), "purchase.instead");
}

TEST_P(Supply, SettlingBooksWhatEachOwesAndExpectsItsParcel) {
  ask("101", "鸡蛋10个，西红柿2斤");  // 4.50 + 5.60
  ask("201", "鸡蛋10个");
  close();
  ASSERT_EQ(answer("鸡蛋", R"({"answer":"replaced","instead":"土鸡蛋","price_fen":60})").status,
            200);
  const auto settled = post(manager, "/api/v1/cycles/" + cycle + "/settle");
  ASSERT_EQ(settled.status, 200) << settled.body;
  EXPECT_EQ(member(settled, "left"), "0");
  EXPECT_EQ(owed("101"), 600 + 560);
  EXPECT_EQ(owed("201"), 600);
  EXPECT_EQ(count("SELECT sum(amount_fen) FROM ledger_posting"), 0);
  EXPECT_EQ(count("SELECT sum(amount_fen) FROM ledger_posting WHERE account = 'supplier'"), -1760);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE origin_kind = 'order' AND state = 'expected'"),
            2);
  // Settled twice is settled once; nothing can be said any more.
  EXPECT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
  EXPECT_EQ(owed("201"), 600);
  EXPECT_EQ(member(answer("鸡蛋", R"({"answer":"accepted"})"), "code"), "purchase.settled");
}

TEST_P(Supply, WhatCameIsDoneAndItsDutyMet) {
  ask("101", "鸡蛋10个");
  close();
  post(manager, "/api/v1/cycles/" + cycle + "/settle");
  const auto moved = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE parcel SET state = 'delivered', closed_at = 1");
    tx.journal({community(), 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  ASSERT_TRUE(moved.ok());
  std::int64_t noticed = 0;
  (void)service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
    noticed = notice_delivered(context, 100);
    return store::Answer{};
  });
  EXPECT_EQ(noticed, 1);
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE state = 'done'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'need' AND closed_at IS NULL"), 0);
}

TEST_P(Supply, AfterThePurchaseAnOrderCanOnlyBeGivenBack) {
  const std::string one = member(ask("101", "鸡蛋10个"), "id");
  close();
  EXPECT_EQ(member(post(manager, "/api/v1/needs/" + one + "/withdraw"), "code"), "order.closed");
  const std::string line_of =
      member(get(manager, "/api/v1/cycles/" + cycle + "/lines"), "rows.0.id");
  EXPECT_EQ(member(post(manager, "/api/v1/order-lines/" + line_of + "/return", R"({"note":"坏"})"),
                   "code"),
            "order.not_bought");
  post(manager, "/api/v1/cycles/" + cycle + "/settle");
  EXPECT_EQ(owed("101"), 450);
  const auto back = post(manager, "/api/v1/order-lines/" + line_of + "/return", R"({"note":"坏"})");
  EXPECT_EQ(member(back, "fen"), "450") << back.body;
  EXPECT_EQ(owed("101"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE state = 'cancelled'"), 1);
  EXPECT_EQ(member(post(manager, "/api/v1/order-lines/" + line_of + "/return", R"({"note":"坏"})"),
                   "code"),
            "order.returned");
}

TEST_P(Supply, ASupplierSeesAndAnswersItsOwnLinesAlone) {
  // A32, D12: the farm's page names goods and no door; another's line is not there for it.
  const std::string shop = id(post(manager, "/api/v1/suppliers", R"({"name":"重百超市"})"));
  EXPECT_EQ(post(manager, "/api/v1/suppliers/" + shop + "/prices",
                 R"({"good":"云阳面条","unit":"斤","price_fen":500})")
                .status,
            200);
  ask("101", "鸡蛋10个，云阳面条2斤");
  close();
  const std::string token = member(post(manager, "/api/v1/suppliers/" + farm + "/links"), "token");
  ASSERT_EQ(token.size(), 26U);
  const auto seen =
      post(api::nobody, "/api/v1/supplier/sheet", fmt::format(R"({{"token":"{}"}})", token));
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(length(seen, "sheets.0.lines"), 1U);
  EXPECT_EQ(member(seen, "sheets.0.lines.0.good"), "鸡蛋");
  EXPECT_EQ(seen.body.find("101"), std::string::npos);
  const auto say = [&](const std::string& line_of, const std::string& with) {
    return post(
        api::nobody, "/api/v1/supplier/answer",
        fmt::format(R"({{"token":"{}","line":"{}","answer":"out_of_stock"}})", with, line_of));
  };
  line("云阳面条");
  EXPECT_EQ(member(say(line_id, token), "code"), "purchase.unknown");
  line("鸡蛋");
  EXPECT_EQ(say(line_id, token).status, 200);
  EXPECT_EQ(granted("鸡蛋"), 0);
  EXPECT_EQ(member(say(line_id, "00000000000000000000000000"), "code"), "link.unknown");
  // A new link ends the old one.
  post(manager, "/api/v1/suppliers/" + farm + "/links");
  EXPECT_EQ(member(say(line_id, token), "code"), "link.revoked");
}

TEST_P(Supply, ABasketIsOneThingWithAPrice) {
  const auto made =
      post(manager, "/api/v1/baskets",
           R"({"name":"A篮","price_fen":3800,"contents":"青菜2斤，西红柿2斤，鸡蛋10个，猪肉1斤"})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(length(made, "lines"), 4U);
  EXPECT_EQ(member(post(manager, "/api/v1/baskets",
                        R"({"name":"B","price_fen":3800,"contents":"随便来点"})"),
                   "code"),
            "basket.contents");
  const api::As resident = link(household("1", "101"), true);
  EXPECT_EQ(member(get(resident, "/api/v1/home/needs"), "baskets.0.name"), "A篮");
  const auto asked =
      post(resident, "/api/v1/needs", fmt::format(R"({{"basket":"{}"}})", member(made, "id")));
  ASSERT_EQ(asked.status, 200) << asked.body;
  close();
  EXPECT_EQ(line("A篮"), "1000 3800");
  ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
  EXPECT_EQ(owed("101"), 3800);
}

TEST_P(Supply, WhatNobodySellsNeedsAPriceBeforeItIsSettled) {
  ask("101", "云阳面条2斤");
  close();
  const auto refused = post(manager, "/api/v1/cycles/" + cycle + "/settle");
  EXPECT_EQ(member(refused, "code"), "purchase.no_price");
  EXPECT_EQ(count("SELECT count(*) FROM ledger_entry"), 0);
  for (const char* fen : {"0", "-5", "1000000001"}) {
    EXPECT_EQ(
        member(answer("云阳面条", fmt::format(R"({{"answer":"accepted","price_fen":{}}})", fen)),
               "code"),
        "price.amount");
    EXPECT_EQ(member(post(manager, "/api/v1/suppliers/" + farm + "/prices",
                          fmt::format(R"({{"good":"面","unit":"斤","price_fen":{}}})", fen)),
                     "code"),
              "price.amount");
  }
  ASSERT_EQ(answer("云阳面条", R"({"answer":"accepted","price_fen":500})").status, 200);
  EXPECT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
  EXPECT_EQ(owed("101"), 1000);
}

TEST_P(Supply, TheLedgerBalancesAndIsCorrectedNeverChanged) {
  const auto pay = [&](std::string_view json) { return post(manager, "/api/v1/ledger", json); };
  const std::string home = household("1", "101");
  const std::string helper =
      id(post(manager, "/api/v1/invitations", R"({"name":"小徐","login":"xu","role":"volunteer"})"),
         "account");
  // A helper buys earphones for 59 yuan, gets the money back, and the household pays.
  EXPECT_EQ(
      member(pay(fmt::format(R"({{"kind":"outlay","fen":5900,"household":"{}","helper":"{}"}})",
                             home, helper)),
             "balance_fen"),
      "5900");
  EXPECT_EQ(member(pay(fmt::format(R"({{"kind":"repayment","fen":5900,"helper":"{}"}})", helper)),
                   "balance_fen"),
            "0");
  const auto paid = pay(fmt::format(R"({{"kind":"payment","fen":9500,"household":"{}"}})", home));
  EXPECT_EQ(member(paid, "balance_fen"), "-3600");
  const std::string path = "/api/v1/ledger/" + member(paid, "id") + "/correct";
  EXPECT_EQ(post(manager, path, R"({"note":"记错"})").status, 200);
  EXPECT_EQ(member(post(manager, path, R"({"note":"记错"})"), "code"), "money.corrected");
  EXPECT_EQ(owed("101"), 5900);
  EXPECT_EQ(count("SELECT count(*) FROM ledger_entry"), 4);
  EXPECT_EQ(count("SELECT count(*) FROM (SELECT entry_id FROM ledger_posting GROUP BY entry_id"
                  " HAVING sum(amount_fen) <> 0) u"),
            0);
  EXPECT_EQ(
      member(pay(fmt::format(R"({{"kind":"payment","fen":0,"household":"{}"}})", home)), "code"),
      "money.amount");
  EXPECT_EQ(
      member(pay(fmt::format(R"({{"kind":"return","fen":5,"household":"{}"}})", home)), "code"),
      "money.kind");
}

TEST_P(Supply, TheSheetIsAFile) {
  ask("101", "鸡蛋10个");
  close();
  const auto csv = get(manager, "/api/v1/cycles/" + cycle + "/sheet?format=csv");
  EXPECT_NE(csv.body.find("鸡蛋,个,10000,1,45,95,450"), std::string::npos) << csv.body;
  EXPECT_EQ(get(manager, "/api/v1/cycles/" + cycle + "/sheet?format=xlsx").body.substr(0, 2), "PK");
}

/// What random people do in one cycle: every good, any amount, amendments, cancellations, shortages and
/// returns. Whatever they do, what is bought is what was accepted, and the money sums to nothing.
TEST_P(Supply, WhateverHappensThePurchaseIsTheOrdersAndTheMoneyBalances) {
  std::mt19937 random(20200205U + static_cast<unsigned>(GetParam()));
  const auto roll = [&](int sides) {
    return static_cast<int>(random() % static_cast<unsigned>(sides));
  };
  const char* goods[] = {"白萝卜", "青椒", "西红柿", "鸡蛋"};
  const char* units[] = {"根", "斤", "斤", "个"};
  const char* doors[] = {"101", "102", "201", "202", "301", "302"};
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE(round);
    if (round % 3 == 0) isolate(doors[round / 3], "2");
    std::vector<std::string> asked;
    for (int step = 0; step < 20; ++step) {
      const int good = roll(4);
      const std::string amount = roll(3) == 0 ? "1.5" : std::to_string(1 + roll(9));
      const std::string text =
          roll(6) == 0 ? std::string(goods[good]) + "不要了" : goods[good] + amount + units[good];
      const auto done = ask(doors[roll(6)], text, roll(2) == 0 ? "1" : "2");
      ASSERT_EQ(done.status, 200) << done.body << text;
      asked.push_back(member(done, "id"));
      if (roll(5) == 0) {
        const std::string path =
            "/api/v1/needs/" +
            asked[static_cast<std::size_t>(roll(static_cast<int>(asked.size())))];
        (void)post(manager, path + "/withdraw");
      }
    }
    const std::string next = member(get(manager, "/api/v1/cycles"), "rows.0.id");
    clock().advance(hours{12});
    manager = staff(access::Role::manager);  // A session ends with the shift.
    cycle = next;
    ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/close").status, 200);
    const std::int64_t cycle_id = *id_from_text(cycle);
    const auto sum = [&](std::string_view what) {
      return count(
          fmt::format("SELECT coalesce(sum({}), 0) FROM order_line WHERE cycle_id = {}"
                      " AND state <> 'cancelled'",
                      what, cycle_id));
    };
    const auto bought = [&](std::string_view what) {
      return count(
          fmt::format("SELECT coalesce(sum(l.{}), 0) FROM purchase_line l JOIN purchase p"
                      " ON p.id = l.purchase_id WHERE p.cycle_id = {}",
                      what, cycle_id));
    };
    EXPECT_EQ(bought("qty"), sum("qty"));
    for (const char* good : goods) {
      if (line(good) == "none" || roll(2) == 0) continue;
      const std::string all = line(good).substr(0, line(good).find(' '));
      const std::int64_t part = std::stoll(all) * roll(5) / 4;
      ASSERT_EQ(answer(good, fmt::format(R"({{"answer":"accepted","supplied":{}}})",
                                         std::min<std::int64_t>(part, std::stoll(all))))
                    .status,
                200);
    }
    ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
    EXPECT_EQ(bought("supplied"), sum("granted"));
    const auto shown = get(manager, "/api/v1/cycles/" + cycle);
    for (std::size_t at = 0; at < length(shown, "shortages"); ++at) {
      EXPECT_EQ(member(shown, fmt::format("shortages.{}.fair", at)), "true") << shown.body;
    }
    const auto lines = get(manager, "/api/v1/cycles/" + cycle + "/lines");
    for (std::size_t at = 0; at < length(lines, "rows"); ++at) {
      if (roll(6) != 0) continue;
      (void)post(manager,
                 "/api/v1/order-lines/" + member(lines, fmt::format("rows.{}.id", at)) + "/return",
                 R"({"note":"退"})");
    }
    // Each order owes what of it came and stayed, to the fen; what it does not owe nobody is paid.
    EXPECT_EQ(count("SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting"), 0);
    const std::int64_t worth = count(
        "SELECT coalesce(sum((l.granted * q.price_fen + 500) / 1000), 0) FROM order_line l"
        " JOIN purchase p ON p.cycle_id = l.cycle_id JOIN purchase_line q ON q.purchase_id = p.id"
        " AND q.canonical = l.canonical AND q.unit = l.unit"
        " WHERE l.state NOT IN ('cancelled', 'returned') AND l.granted > 0");
    EXPECT_EQ(count("SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting"
                    " WHERE account = 'household'"),
              worth);
    EXPECT_EQ(count("SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting"
                    " WHERE account = 'supplier'"),
              -worth);
    // An order has a parcel exactly when something of it came.
    EXPECT_EQ(count(fmt::format("SELECT count(*) FROM customer_order o WHERE o.cycle_id = {}"
                                " AND o.state = 'bought' AND NOT EXISTS (SELECT 1 FROM parcel p"
                                " WHERE p.origin_id = o.id)",
                                cycle_id)),
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

DOORSTEP_ON_BOTH_ENGINES(Supply);

}  // namespace
}  // namespace doorstep::supply
