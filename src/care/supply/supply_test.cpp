// What is bought for a cycle, and what it costs whom, through the endpoint on both engines. The figures
// are those of the Langyue community's relay of 5 February 2020.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/supply/delivered.h"
#include "care/supply/ledger.h"
#include "care/supply/testing.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;
using std::chrono::hours;

class Supply : public SupplyHouse {};

TEST_P(Supply, D4_D9_TheSheetIsTheSumOfTheOrdersLineByLine) {
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

TEST_P(Supply, D10_D11_OnShortageIsolatedHouseholdsComeFirstAndTheReportShowsIt) {
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

TEST_P(Supply, D13_AnOrderTellsEveryStepFromTheWordsToTheDoor) {
  ask("101", "鸡蛋10个");
  close();
  post(manager, "/api/v1/cycles/" + cycle + "/settle");
  const std::string order =
      id_text(count("SELECT id FROM customer_order ORDER BY id DESC LIMIT 1"));
  const auto shown = get(manager, "/api/v1/orders/" + order);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(member(shown, "steps.0.step"), "asked");
  EXPECT_NE(member(shown, "steps.0.by"), "");
  EXPECT_EQ(member(shown, "steps.1.step"), "ordered");
  EXPECT_EQ(member(shown, "steps.2.step"), "closed");
  EXPECT_NE(shown.body.find(R"("step":"settled")"), std::string::npos);
  EXPECT_NE(shown.body.find(R"("step":"expected")"), std::string::npos) << shown.body;
  // The household sees its own, and nobody else's.
  EXPECT_EQ(get(link(household("1", "101"), true), "/api/v1/orders/" + order).status, 200);
  EXPECT_EQ(get(link(household("1", "102"), true), "/api/v1/orders/" + order).status, 404);
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

TEST_P(Supply, A32_D12_ASupplierSeesAndAnswersItsOwnLinesAlone) {
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

TEST_P(Supply, D6_ABasketIsOneThingWithAPrice) {
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
  EXPECT_EQ(member(get(resident, "/api/v1/needs/mine"), "baskets.0.name"), "A篮");
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

DOORSTEP_ON_BOTH_ENGINES(Supply);

}  // namespace
}  // namespace doorstep::supply
