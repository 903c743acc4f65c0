// What surrounds an order: errands that are bought, shops, menus, guides and lessons, how long food
// lasts, kits, programmes, suppliers' money; through the endpoint on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/supply/delivered.h"
#include "care/supply/testing.h"

namespace doorstep::supply {
namespace {

using api::length;
using api::member;
using std::chrono::hours;
using std::chrono::minutes;

class Services : public SupplyHouse {
 protected:
  std::string account_of(const api::As& as) {
    return member(get(as, "/api/v1/session"), "account.id");
  }
};

TEST_P(Services, D18_AnErrandIsBoughtAtAShopWithMoneyAndReceipt) {
  // D18, D19: a socket for 18.50 yuan from the helper's own pocket; both accounts are settled at the end.
  const std::string home = household("1", "101");
  const api::As helper = staff(access::Role::worker, path_of_place(grid(1)));
  const api::As other = staff(access::Role::worker, path_of_place(grid(1)));
  const std::string shop =
      member(post(helper, "/api/v1/shops",
                  R"({"name":"五金店","kind":"hardware","opens":480,"closes":1080})"),
             "id");
  const std::string one =
      member(post(link(home, true), "/api/v1/needs", R"({"text":"插座坏了，没法煲饭"})"), "id");
  const std::string need = "/api/v1/needs/" + one;
  const std::string bought = fmt::format(
      R"({{"thing":"插座","fen":1850,"shop":"{}","receipt":"/9j/4AAESkb/2gAEAQJwaWN0dXJl/9k="}})",
      shop);
  EXPECT_EQ(member(post(helper, need + "/buy", bought), "code"), "errand.not_taken");
  ASSERT_EQ(post(helper, need + "/decide", R"({"decision":"accept","version":1})").status, 200);
  const std::string duty = member(get(helper, need), "row.duty");
  ASSERT_EQ(post(manager, "/api/v1/duties/" + duty + "/assign",
                 fmt::format(R"({{"account":"{}"}})", account_of(helper)))
                .status,
            200);
  EXPECT_EQ(member(post(other, need + "/buy", bought), "code"), "errand.not_yours");
  EXPECT_EQ(member(post(helper, need + "/buy", R"({"thing":"插座","fen":0})"), "code"),
            "money.amount");
  EXPECT_EQ(member(post(helper, need + "/buy", R"({"thing":"插座","fen":1000000000})"), "code"),
            "money.amount");
  clock().advance(minutes{15});
  const auto done = post(helper, need + "/buy", bought);
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(owed("101"), 1850);
  clock().advance(minutes{25});
  ASSERT_EQ(post(helper, need + "/finish").status, 200);
  const auto steps = get(helper, need + "/steps");
  EXPECT_EQ(member(steps, "steps.0.step"), "asked") << steps.body;
  EXPECT_EQ(member(steps, "steps.1.step"), "accepted");
  EXPECT_EQ(member(steps, "steps.2.step"), "bought");
  EXPECT_EQ(member(steps, "steps.2.shop"), "五金店");
  EXPECT_EQ(member(steps, "steps.2.fen"), "1850");
  EXPECT_EQ(member(steps, "steps.2.receipt"), "true");
  EXPECT_NE(member(steps, "steps.2.by"), "");
  EXPECT_EQ(member(steps, "steps.3.step"), "done");
  // 10:20: the household pays, the helper has it back.
  EXPECT_EQ(member(post(manager, "/api/v1/ledger",
                        fmt::format(R"({{"kind":"payment","fen":1850,"household":"{}"}})", home)),
                   "balance_fen"),
            "0");
  EXPECT_EQ(member(post(manager, "/api/v1/ledger",
                        fmt::format(R"({{"kind":"repayment","fen":1850,"helper":"{}"}})",
                                    account_of(helper))),
                   "balance_fen"),
            "0");
  EXPECT_EQ(count("SELECT sum(amount_fen) FROM ledger_posting"), 0);
}

TEST_P(Services, A35_AnErrandFromOutsideIsTwoLegsWithAHandOverAtTheGate) {
  // Bought outside at 09:50 by one, brought to the door at 10:25 by another; the story says both.
  const std::string home = household("1", "101");
  const api::As outside = staff(access::Role::volunteer);
  ASSERT_EQ(post(manager, "/api/v1/carriers",
                 fmt::format(R"({{"account":"{}","vehicle":"foot","grams":30000,)"
                             R"("millilitres":90000,"outside":true}})",
                             account_of(outside)))
                .status,
            200);
  const std::string inside = account_of(staff(access::Role::volunteer));
  id(post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})"));
  const std::string gate =
      id(post(manager, "/api/v1/points", R"({"kind":"checkpoint","name":"东门","outside":true})"));
  const std::string one =
      member(post(link(home, true), "/api/v1/needs", R"({"text":"插座坏了，没法煲饭"})"), "id");
  const std::string need = "/api/v1/needs/" + one;
  ASSERT_EQ(post(manager, need + "/decide", R"({"decision":"accept","version":1})").status, 200);
  const std::string duty = member(get(manager, need), "row.duty");
  ASSERT_EQ(post(manager, "/api/v1/duties/" + duty + "/assign",
                 fmt::format(R"({{"account":"{}"}})", account_of(outside)))
                .status,
            200);
  ASSERT_EQ(post(outside, need + "/buy", R"({"thing":"土鸡蛋","fen":3000})").status, 200);
  // Whoever may not come in cannot say that it is at the door.
  EXPECT_EQ(member(post(outside, need + "/finish"), "code"), "run.crosses_boundary");
  const auto came = post(manager, "/api/v1/parcels/receive",
                         fmt::format(R"({{"door":"1-1-101","point":"{}"}})", gate));
  ASSERT_EQ(member(came, "created"), "false") << came.body;
  EXPECT_EQ(member(came, "parcel.class"), "fresh");
  const std::string bag = member(came, "parcel.id");
  clock().advance(minutes{5});
  const std::string point = member(get(manager, "/api/v1/goods"), "points.1.id");
  ASSERT_EQ(post(manager, "/api/v1/parcels/hand-over",
                 fmt::format(R"({{"scans":["{}"],"to":"{}","giver":"{}"}})", bag, point,
                             account_of(outside)))
                .status,
            200);
  ASSERT_EQ(post(manager, "/api/v1/parcels/disinfect", R"({"all":true})").status, 200);
  const std::string run =
      id(post(manager, "/api/v1/runs",
              fmt::format(R"({{"runs":[{{"carrier":"{}","parcels":["{}"]}}]}})", inside, bag)),
         "runs.0");
  clock().advance(minutes{30});
  ASSERT_EQ(post(manager, "/api/v1/runs/" + run + "/actions",
                 fmt::format(R"({{"key":"018e0000-0000-7000-8000-000000000001",)"
                             R"("kind":"delivered","household":"{}"}})",
                             home))
                .status,
            200);
  const auto noticed =
      service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
        notice_delivered(context, 100);
        return store::Answer{};
      });
  EXPECT_TRUE(noticed.ok());
  const auto shown = get(manager, need + "/steps");
  EXPECT_EQ(member(shown, "state"), "done") << shown.body;
  std::string told;
  for (std::size_t at = 0; at < length(shown, "steps"); ++at) {
    told += member(shown, fmt::format("steps.{}.step", at)) + " ";
  }
  EXPECT_EQ(told,
            "asked accepted bought expected arrived handed_over disinfected assigned out delivered "
            "done ");
  EXPECT_EQ(owed("101"), 3000);
}

TEST_P(Services, D19_AShopSaysWhetherItIsOpenNow) {
  // 09:26 in Shanghai. Three phone shops, none open; the hardware shop until 18:00.
  const auto shop = [&](std::string_view name, std::string_view kind, int opens, int closes,
                        bool closed) {
    return post(manager, "/api/v1/shops",
                fmt::format(R"({{"name":"{}","kind":"{}","opens":{},"closes":{},"closed":{}}})",
                            name, kind, opens, closes, closed));
  };
  shop("手机一", "phone", 600, 1200, false);
  shop("手机二", "phone", 480, 1200, true);
  shop("手机三", "phone", 0, 500, false);
  shop("五金店", "hardware", 480, 1080, false);
  EXPECT_EQ(length(get(manager, "/api/v1/shops?kind=phone"), "rows"), 3U);
  EXPECT_EQ(member(get(manager, "/api/v1/shops?kind=phone"), "open_now"), "0");
  EXPECT_EQ(length(get(manager, "/api/v1/shops?kind=phone&open=true"), "rows"), 0U);
  const auto open = get(manager, "/api/v1/shops?open=true");
  ASSERT_EQ(length(open, "rows"), 1U) << open.body;
  EXPECT_EQ(member(open, "rows.0.closes"), "1080");
  // The same name again changes it.
  EXPECT_EQ(shop("手机二", "phone", 480, 1200, false).status, 200);
  EXPECT_EQ(member(get(manager, "/api/v1/shops?kind=phone"), "open_now"), "1");
  EXPECT_EQ(member(shop("店", "bank", 0, 10, false), "code"), "shop.kind");
  EXPECT_EQ(member(shop("店", "phone", 10, 10, false), "code"), "shop.hours");
}

TEST_P(Services, D8_APublishedMenuWarnsOfARepeatedDish) {
  // D8: 番茄炒蛋 was there the day before, within three days; without vegetables it says so.
  const auto plan = [&](std::string_view day, std::string_view dishes, std::string_view more = "") {
    return post(manager, "/api/v1/menus",
                fmt::format(R"({{"day":"{}","dishes":[{}]{}}})", day, dishes, more));
  };
  ASSERT_EQ(plan("2022-11-28", R"("番茄炒蛋","米饭")").status, 200);
  const auto next = plan("2022-11-29", R"("番茄炒蛋","清蒸鱼","蒜蓉菜心","排骨汤")");
  ASSERT_EQ(next.status, 200) << next.body;
  EXPECT_EQ(member(next, "dishes.0.served"), "2022-11-28");
  EXPECT_EQ(member(next, "dishes.1.served"), "");
  EXPECT_EQ(length(next, "lacking"), 0U);
  const auto poor = plan("2022-11-30", R"("米饭","馒头")", R"(,"publish":false)");
  EXPECT_EQ(member(poor, "lacking.0"), "vegetable") << poor.body;
  EXPECT_EQ(member(poor, "lacking.1"), "protein");
  EXPECT_EQ(member(poor, "published_at"), "");
  const auto shown = get(link(household("1", "101")), "/api/v1/menus");
  EXPECT_EQ(length(shown, "days"), 2U) << shown.body;
  EXPECT_EQ(member(shown, "days.1.dishes.3"), "排骨汤");
  // Far enough apart it is no repeat; the past is not planned.
  EXPECT_EQ(member(plan("2022-12-03", R"("番茄炒蛋")"), "dishes.0.served"), "");
  EXPECT_EQ(member(plan("2022-11-27", R"("番茄炒蛋")"), "code"), "menu.day");
  EXPECT_EQ(member(plan("2022-11-29", ""), "code"), "menu.dish");
  // Somebody without the whole community plans nothing.
  const api::As worker = staff(access::Role::worker, path_of_place(grid(1)));
  EXPECT_EQ(post(worker, "/api/v1/menus", R"({"day":"2022-11-29","dishes":["面"]})").status, 403);
}

TEST_P(Services, D15_AGuideCountsTheHouseholdsThatOpenedIt) {
  const auto made =
      post(manager, "/api/v1/guides", R"({"app":"叮咚买菜","steps":"下载\n注册\n下单"})");
  ASSERT_EQ(made.status, 200) << made.body;
  const api::As resident = link(household("1", "101"));
  EXPECT_EQ(member(get(resident, "/api/v1/guides"), "rows.0.reads"), "0");
  const std::string path = "/api/v1/guides/" + member(made, "id") + "/read";
  for (int time = 0; time < 2; ++time) EXPECT_EQ(post(resident, path).status, 200);
  EXPECT_EQ(post(link(household("1", "102")), path).status, 200);
  EXPECT_EQ(post(manager, path).status, 200);  // Staff are no readers.
  EXPECT_EQ(member(get(manager, "/api/v1/guides"), "rows.0.reads"), "2");
  // Better steps are the same guide.
  post(manager, "/api/v1/guides", R"({"app":"叮咚买菜","steps":"扫码"})");
  EXPECT_EQ(length(get(manager, "/api/v1/guides"), "rows"), 1U);
  EXPECT_EQ(member(get(manager, "/api/v1/guides"), "rows.0.reads"), "2");
  EXPECT_EQ(member(post(resident, "/api/v1/guides/0000000000001/read"), "code"), "guide.unknown");
}

TEST_P(Services, D16_D17_ALessonTurnsWhoCanIntoSelfOrderers) {
  const auto attendee = [&](std::string_view door, bool shops) {
    return fmt::format(R"({{"household":"{}","shops":{}}})", household("1", door), shops);
  };
  const auto held =
      post(manager, "/api/v1/lessons",
           fmt::format(R"({{"topic":"网上买菜","channel":"video","attendees":[{},{},{}]}})",
                       attendee("101", true), attendee("102", true), attendee("201", false)));
  ASSERT_EQ(held.status, 200) << held.body;
  EXPECT_EQ(member(held, "attended"), "3");
  EXPECT_EQ(member(held, "changed"), "2");
  const auto listed = get(manager, "/api/v1/lessons");
  EXPECT_EQ(member(listed, "rows.0.attended"), "3");
  EXPECT_EQ(member(listed, "rows.0.shops"), "2");
  EXPECT_EQ(member(listed, "self"), "2");
  EXPECT_EQ(member(post(manager, "/api/v1/lessons",
                        fmt::format(R"({{"topic":"买菜","channel":"video","attendees":[{},{}]}})",
                                    attendee("101", true), attendee("101", true))),
                   "code"),
            "lesson.attendees");
  EXPECT_EQ(count("SELECT count(*) FROM lesson"), 1);
}

TEST_P(Services, D33_F8_WhoHasFoodForFewDaysIsListedAndADayIsATaskNow) {
  // D33: under 2 days are listed, the least first. F8: 0 or 1 day left is a pack task at once.
  const auto said = [&](std::string_view door, int days) {
    return post(manager, "/api/v1/supplies",
                fmt::format(R"({{"household":"{}","food_days":{}}})", household("1", door), days));
  };
  EXPECT_EQ(member(said("101", 5), "task"), "false");
  EXPECT_EQ(member(said("102", 1), "task"), "true");
  EXPECT_EQ(
      member(post(link(household("1", "201")), "/api/v1/supplies", R"({"food_days":0})"), "task"),
      "true");
  EXPECT_EQ(member(said("202", 61), "code"), "supplies.days");
  const auto low = get(manager, "/api/v1/supplies");
  ASSERT_EQ(length(low, "rows"), 2U) << low.body;
  EXPECT_EQ(member(low, "rows.0.food_days"), "0");
  EXPECT_EQ(member(low, "rows.0.task"), "true");
  EXPECT_EQ(member(low, "rows.1.food_days"), "1");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'food' AND state = 'raised'"), 2);
  // Days pass: what lasted five is low after four.
  clock().advance(hours{24 * 4});
  manager = staff(access::Role::manager);
  EXPECT_EQ(length(get(manager, "/api/v1/supplies"), "rows"), 3U);
  // Somebody brought more.
  EXPECT_EQ(member(said("102", 10), "task"), "false");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'food' AND closed_at IS NULL"), 1);
}

TEST_P(Services, F9_IssuingAKitDeductsItsParts) {
  // F9: 油 30, 米 40, 方便面 25, 健康包 60; after one 29, 39, 24, 59.
  const auto stock = [&](std::string_view item, int qty) {
    return post(manager, "/api/v1/stock", fmt::format(R"({{"item":"{}","qty":{}}})", item, qty));
  };
  for (const auto& [item, qty] :
       {std::pair{"油", 30}, {"米", 40}, {"方便面", 25}, {"健康包", 60}}) {
    ASSERT_EQ(stock(item, qty).status, 200);
  }
  const std::string kit =
      member(post(manager, "/api/v1/kits",
                  R"({"name":"生活包","parts":[{"item":"油","qty":1},{"item":"米","qty":1},)"
                  R"({"item":"方便面","qty":1},{"item":"健康包","qty":1}]})"),
             "id");
  EXPECT_EQ(member(get(manager, "/api/v1/stock"), "kits.0.possible"), "25");
  const std::string home = household("1", "101");
  post(manager, "/api/v1/supplies", fmt::format(R"({{"household":"{}","food_days":1}})", home));
  const auto issue = [&] {
    return post(manager, "/api/v1/kits/" + kit + "/issue",
                fmt::format(R"({{"household":"{}"}})", home));
  };
  const auto issued = issue();
  ASSERT_EQ(issued.status, 200) << issued.body;
  EXPECT_EQ(member(issued, "met"), "true");
  EXPECT_EQ(count("SELECT sum(qty) FROM stock_posting WHERE place = 'store'"), 29 + 39 + 24 + 59);
  EXPECT_EQ(count("SELECT sum(qty) FROM stock_posting"), 0);
  EXPECT_EQ(
      count("SELECT count(*) FROM parcel WHERE origin_kind = 'errand' AND state = 'expected'"), 1);
  // Nothing goes below nothing, and nothing of a kit leaves without the rest of it.
  EXPECT_EQ(member(stock("油", -30), "code"), "stock.short");
  ASSERT_EQ(stock("油", -29).status, 200);
  EXPECT_EQ(member(issue(), "code"), "stock.short");
  EXPECT_EQ(count("SELECT sum(qty) FROM stock_posting WHERE place = 'store'"), 39 + 24 + 59);
  EXPECT_EQ(member(stock("油", 0), "code"), "stock.qty");
  EXPECT_EQ(member(stock("油", 1000000000), "code"), "stock.qty");
}

TEST_P(Services, D7_AProgrammeHasAnOwnerAndStatistics) {
  const std::string basket =
      member(post(manager, "/api/v1/baskets",
                  R"({"name":"菜篮子","price_fen":3000,"contents":"青菜2斤，鸡蛋10个"})"),
             "id");
  const std::string helper = account_of(staff(access::Role::volunteer, path_of_place(grid(1))));
  const auto opened = post(manager, "/api/v1/programmes",
                           fmt::format(R"({{"name":"菜篮子工程","owner":"东方威尼斯党支部",)"
                                       R"("helpers":["{}"],"baskets":["{}"]}})",
                                       helper, basket));
  ASSERT_EQ(opened.status, 200) << opened.body;
  EXPECT_EQ(member(get(manager, "/api/v1/programmes"), "rows.0.ordered"), "0");
  for (const char* door : {"101", "102"}) {
    ASSERT_EQ(post(link(household("1", door)), "/api/v1/needs",
                   fmt::format(R"({{"basket":"{}"}})", basket))
                  .status,
              200);
  }
  const auto shown = get(manager, "/api/v1/programmes");
  EXPECT_EQ(member(shown, "rows.0.owner"), "东方威尼斯党支部");
  EXPECT_EQ(length(shown, "rows.0.helpers"), 1U);
  EXPECT_EQ(member(shown, "baskets.0.programme"), member(shown, "rows.0.id"));
  EXPECT_EQ(member(shown, "rows.0.ordered"), "2");
  EXPECT_EQ(member(shown, "rows.0.today"), "2");
  EXPECT_EQ(member(shown, "rows.0.delivered"), "0");
  EXPECT_EQ(member(post(manager, "/api/v1/programmes",
                        R"({"name":"工程","owner":"","helpers":[],"baskets":[]})"),
                   "code"),
            "programme.owner");
}

TEST_P(Services, D5_TwoCollectionsADayEachBoundToItsDrop) {
  // D5: before 13:00 it comes at 16:30 of the day, before 20:00 at 08:30 of the next.
  ask("101", "鸡蛋10个");
  clock().advance(hours{5});
  const auto late = ask("102", "鸡蛋20个");
  EXPECT_EQ(member(late, "drop_from"), "2022-11-29T00:30:00.000Z");
  EXPECT_EQ(member(late, "late_for"), "2022-11-28T05:00:00.000Z");
  const auto cycles = get(manager, "/api/v1/cycles");
  ASSERT_EQ(length(cycles, "rows"), 2U) << cycles.body;
  for (std::size_t at = 0; at < 2; ++at) {
    const std::string row = fmt::format("rows.{}.", at);
    EXPECT_EQ(member(cycles, row + "orders"), "1") << cycles.body;
  }
  for (const auto& [door, drop] :
       {std::pair{"101", "2022-11-28T08:30:00.000Z"}, {"102", "2022-11-29T00:30:00.000Z"}}) {
    const auto order = count(fmt::format("SELECT id FROM customer_order WHERE household_id = {}",
                                         *id_from_text(household("1", door))));
    EXPECT_EQ(member(get(manager, "/api/v1/orders/" + id_text(order)), "drop_from"), drop);
  }
}

TEST_P(Services, ASupplierIsPaidWhatItIsOwedAndNoMore) {
  ask("101", "鸡蛋10个");
  close();
  ASSERT_EQ(post(manager, "/api/v1/cycles/" + cycle + "/settle").status, 200);
  const auto pay = [&](int fen) {
    return post(manager, "/api/v1/ledger",
                fmt::format(R"({{"kind":"settlement","fen":{},"supplier":"{}"}})", fen, farm));
  };
  const auto too_much = pay(451);
  EXPECT_EQ(member(too_much, "code"), "money.not_owed");
  EXPECT_EQ(member(too_much, "hint"), "450");
  const auto paid = pay(400);
  EXPECT_EQ(member(paid, "balance_fen"), "-50") << paid.body;
  EXPECT_NE(get(manager, "/api/v1/ledger").body.find(R"("account":"supplier")"), std::string::npos);
  // A wrong entry is corrected by its opposite, and can be paid again.
  ASSERT_EQ(post(manager, "/api/v1/ledger/" + member(paid, "id") + "/correct", R"({"note":"记错"})")
                .status,
            200);
  EXPECT_EQ(member(pay(450), "balance_fen"), "0");
  EXPECT_EQ(member(pay(1), "code"), "money.not_owed");
  EXPECT_EQ(count("SELECT sum(amount_fen) FROM ledger_posting"), 0);
  EXPECT_EQ(count("SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting"
                  " WHERE account = 'supplier'"),
            0);
}

DOORSTEP_ON_BOTH_ENGINES(Services);

}  // namespace
}  // namespace doorstep::supply
