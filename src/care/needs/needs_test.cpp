// What people ask for, through the endpoint on both engines: it is read, kept, owed, and they see when
// it comes.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/needs/cycle.h"
#include "care/needs/need.h"
#include "care/needs/testing.h"

namespace doorstep::needs {
namespace {

using api::length;
using api::member;
using std::chrono::hours;

class Needs : public NeedsHouse {};

TEST_P(Needs, D1_ASentenceIsThreeLinesOfOneOrder) {
  // D1, the article's own words; 09:26 is before the cut-off at 13:00, and it comes at 16:30 (08:30 UTC).
  const auto read =
      post(resident, "/api/v1/needs/read", R"({"text":"需要白萝卜2根，青椒2斤，西红柿2斤。"})");
  ASSERT_EQ(read.status, 200) << read.body;
  EXPECT_EQ(length(read, "lines"), 3U);
  EXPECT_EQ(member(read, "lines.1.canonical"), "青椒");
  EXPECT_EQ(member(read, "lines.1.qty"), "2000");
  EXPECT_EQ(member(read, "unread"), "0");
  EXPECT_EQ(count("SELECT count(*) FROM need"), 0);
  const auto asked = ask(resident, "需要白萝卜2根，青椒2斤，西红柿2斤。");
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(member(asked, "state"), "accepted");
  EXPECT_EQ(member(asked, "drop_from"), "2022-11-28T08:30:00.000Z");
  EXPECT_EQ(member(asked, "cut_off"), "2022-11-28T05:00:00.000Z");
  EXPECT_EQ(member(asked, "late_for"), "");
  EXPECT_EQ(count("SELECT count(*) FROM order_line"), 3);
  EXPECT_EQ(count("SELECT count(*) FROM customer_order WHERE kind = 'neighbour'"), 1);
  // It is owed until it has come.
  EXPECT_EQ(duties("need"), 1);
}

TEST_P(Needs, D4_OneHouseholdHasOneOrderACycleThatIsAmended) {
  ask(resident, "鸡蛋10个");
  ask(resident, "西红柿2斤");
  EXPECT_EQ(count("SELECT count(*) FROM customer_order"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM order_line WHERE state = 'ordered'"), 2);
  // An edit changes what stands: no eggs any more.
  const auto edit = ask(resident, "鸡蛋不要了");
  ASSERT_EQ(edit.status, 200) << edit.body;
  EXPECT_EQ(member(edit, "state"), "accepted");
  EXPECT_EQ(ordered("鸡蛋"), 0);
  EXPECT_EQ(ordered("西红柿"), 2000);
  EXPECT_EQ(count("SELECT count(*) FROM customer_order"), 1);
}

TEST_P(Needs, D4_AnEditByWordsLeavesAloneWhatWordsDoNotReach) {
  // A worker put in what no parser knows; the household's own edits are about its eggs.
  const std::string one = member(ask(resident, "黄瓜几根"), "id");
  ASSERT_EQ(decide(one, "order",
                   R"(,"lines":[{"name":"某某","canonical":"某某","qty":1000,"unit":"份",)"
                   R"("state":"read"}])")
                .status,
            200);
  ask(resident, "鸡蛋10个，西红柿2斤");
  EXPECT_EQ(member(ask(resident, "鸡蛋不要了"), "state"), "accepted");
  EXPECT_EQ(ordered("鸡蛋"), 0);
  EXPECT_EQ(ordered("西红柿"), 2000);
  EXPECT_EQ(ordered("某某"), 1000);
  // Everything that words reach would be gone: whether that one as well is for a person to say.
  EXPECT_EQ(member(ask(resident, "西红柿不要了"), "state"), "waiting");
  EXPECT_EQ(ordered("西红柿"), 2000);
  // Much said, one after another, is one order.
  for (const char* text : {"青椒2斤", "土豆1公斤", "青椒改成3斤"}) ask(resident, text);
  EXPECT_EQ(ordered("青椒"), 3000);
  EXPECT_EQ(ordered("土豆"), 2000);
  EXPECT_EQ(ordered("某某"), 1000);
  EXPECT_EQ(count("SELECT count(*) FROM customer_order"), 1);
}

TEST_P(Needs, D4_WhatIsInTheOrderAlreadyIsNoLineOfWhatIsSaidNext) {
  ask(resident, "鸡蛋10个，酒精2瓶");
  // Another matter altogether: whoever decides on it sees no eggs that they would order again.
  const std::string socket = member(ask(resident, "插座坏了，没法煲饭"), "id");
  EXPECT_EQ(length(get(worker, "/api/v1/needs/" + socket), "lines"), 0U);
  // More, with an amount that a person fills in: that alone is added.
  const std::string more = member(ask(resident, "再加几根黄瓜"), "id");
  EXPECT_EQ(length(get(worker, "/api/v1/needs/" + more), "lines"), 1U);
  ASSERT_EQ(decide(more, "order",
                   R"(,"lines":[{"name":"黄瓜","canonical":"黄瓜","qty":2000,"unit":"根",)"
                   R"("state":"read"}])")
                .status,
            200);
  EXPECT_EQ(ordered("鸡蛋"), 10000);
  EXPECT_EQ(ordered("黄瓜"), 2000);
  // D31: what stands is within its limit, and is not counted against it a second time.
  EXPECT_EQ(member(ask(resident, "西红柿2斤"), "state"), "accepted");
  EXPECT_EQ(ordered("酒精"), 2000);
}

TEST_P(Needs, D3_WhatCameAfterTheCutOffGoesIntoTheNextCycleAndSaysSo) {
  clock().advance(
      hours{4});  // 13:26; the cut-off was at 13:00. The next one is 20:00, for tomorrow.
  const auto asked = ask(resident, "鸡蛋10个");
  EXPECT_EQ(member(asked, "late_for"), "2022-11-28T05:00:00.000Z");
  EXPECT_EQ(member(asked, "drop_from"), "2022-11-29T00:30:00.000Z");
}

TEST_P(Needs, D24_ColloquialAmountsAreNumbersAndVagueOnesAreAskedBack) {
  // D24: 两 = 2, 半 = 0.5, 一公斤 is two 斤; 几根 asks back and is in no order.
  ask(resident, "两斤云阳面条，半斤虾皮，土豆1公斤");
  EXPECT_EQ(count("SELECT qty FROM order_line WHERE name LIKE '%面条'"), 2000);
  EXPECT_EQ(count("SELECT qty FROM order_line WHERE canonical = '虾皮'"), 500);
  EXPECT_EQ(count("SELECT qty FROM order_line WHERE canonical = '土豆' AND unit = '斤'"), 2000);
  const auto vague = ask(resident, "黄瓜几根");
  EXPECT_EQ(member(vague, "state"), "waiting");
  EXPECT_EQ(count("SELECT count(*) FROM need_line WHERE state = 'ask_back'"), 1);
  EXPECT_EQ(ordered("黄瓜"), 0);
}

TEST_P(Needs, ACryForHelpOpensADutyAtOnce) {
  const auto asked = ask(resident, "我妈说胸口闷，出汗");
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(member(asked, "urgency"), "emergency");
  EXPECT_EQ(member(asked, "emergency_phone"), "120");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'emergency' AND state = 'raised'"), 1);
  ask(resident, "鸡蛋什么时候到");
  const auto list = get(worker, "/api/v1/needs");
  EXPECT_EQ(member(list, "rows.0.urgency"), "emergency");
  EXPECT_EQ(member(list, "rows.0.class"), "medical");
}

TEST_P(Needs, L5_L6_EachMessageHasItsClassAndTheOldestAgeIsShown) {
  // L5: supplies, medical, policy, status, other.
  const std::pair<const char*, const char*> said[] = {{"降压药还有一天的量", "medical"},
                                                      {"插座坏了，没法煲饭", "other"},
                                                      {"什么时候解封", "status"},
                                                      {"解封政策是什么", "policy"},
                                                      {"黄瓜几根", "supplies"}};
  for (const auto& [text, of] : said) {
    const auto asked = ask(resident, text);
    EXPECT_EQ(member(need(member(asked, "id")), "row.class"), of) << text;
  }
  clock().advance(hours{2});
  const auto inbox = get(worker, "/api/v1/inbox");
  EXPECT_EQ(member(inbox, "open"), "5");
  EXPECT_EQ(member(inbox, "oldest_minutes"), "120");
}

TEST_P(Needs, D31_AProtectiveGoodHasALimitForAHousehold) {
  // D31: two bottles in seven days; the third is refused and says how many may still be had.
  const auto refused = ask(resident, "酒精3瓶");
  EXPECT_EQ(member(refused, "code"), "limit.household");
  EXPECT_EQ(member(refused, "hint"), "酒精 2");
  EXPECT_EQ(count("SELECT count(*) FROM need"), 0);
  EXPECT_EQ(ask(resident, "酒精2瓶").status, 200);
  EXPECT_EQ(member(ask(resident, "酒精1瓶"), "hint"), "酒精 0");
}

TEST_P(Needs, D20_ANeedByTimeComesFirstAndPressesBeforeIt) {
  ask(resident, "打印6张卷子");
  const auto asked = ask(resident, "网课耳机坏了，要一副",
                         R"(,"need_by":"2022-11-28T03:30:00Z")");  // In 2 h 4 min.
  const auto list = get(worker, "/api/v1/needs");
  EXPECT_EQ(member(list, "rows.0.id"), member(asked, "id"));
  // An hour before, while there is time to do something.
  EXPECT_EQ(member(list, "rows.0.due"), "2022-11-28T02:30:00.000Z");
  EXPECT_EQ(member(ask(resident, "耳机", R"(,"need_by":"2022-11-28T01:00:00Z")"), "code"),
            "need.need_by");
}

TEST_P(Needs, D28_AServiceIsOneTapAndTheListIsData) {
  const auto page = get(resident, "/api/v1/needs/mine");
  EXPECT_EQ(member(page, "services.3.key"), "rubbish");
  const auto asked = post(resident, "/api/v1/needs", R"({"service":"rubbish"})");
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(member(need(member(asked, "id")), "row.service"), "rubbish");
  EXPECT_EQ(member(post(resident, "/api/v1/needs", R"({"service":"飞机"})"), "code"),
            "need.service");
}

TEST_P(Needs, D14_AVolunteerOrdersOnBehalfAndReadsNoOrders) {
  const api::As volunteer = staff(access::Role::volunteer, path_of_place(grid(1)));
  const auto asked = ask(volunteer, "两斤面条", fmt::format(R"(,"household":"{}")", home));
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE origin = 'proxy'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM customer_order WHERE on_behalf > 0"), 1);
  EXPECT_EQ(get(volunteer, "/api/v1/needs").status, 403);
  EXPECT_EQ(
      ask(volunteer, "面条", fmt::format(R"(,"household":"{}")", household("2", "101"))).status,
      404);
}

TEST_P(Needs, D25_SomebodyElseOrdersAndTheReceiverIsTold) {
  // D25: 给姐姐买的包子; the door is another's, it goes there, and the receiver sees that it comes.
  const auto asked = ask(resident, "我给姐姐买的包子，帮忙送到2栋1单元101");
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(member(asked, "door_known"), "true");
  const api::As sister = link(household("2", "101"), true);
  const auto page = get(sister, "/api/v1/needs/mine");
  ASSERT_EQ(length(page, "needs"), 1U) << page.body;
  EXPECT_EQ(member(page, "needs.0.from_other"), "true");
  EXPECT_EQ(page.body.find("包子，帮忙"), std::string::npos) << "the sender's words stay with them";
  EXPECT_EQ(member(get(resident, "/api/v1/needs/mine"), "needs.0.to_other"), "true");
  // A door that nobody knows is not guessed.
  const auto unknown = ask(resident, "包子两个", R"(,"to":"99栋9单元909","sender":"小李")");
  EXPECT_EQ(member(unknown, "door_known"), "false");
}

TEST_P(Needs, ADecisionIsMadeOnceAndCanBeTakenBack) {
  const std::string one = member(ask(resident, "黄瓜几根"), "id");
  const std::string lines =
      R"(,"lines":[{"name":"黄瓜","canonical":"黄瓜","qty":3000,"unit":"根","state":"read"}])";
  ASSERT_EQ(decide(one, "order", lines).status, 200);
  EXPECT_EQ(ordered("黄瓜"), 3000);
  // Another who still sees the old version changes nothing.
  EXPECT_EQ(member(post(worker, "/api/v1/needs/" + one + "/decide",
                        R"({"decision":"decline","version":1})"),
                   "code"),
            "need.changed");
  const std::string version = member(need(one), "row.version");
  ASSERT_EQ(post(worker, "/api/v1/needs/" + one + "/undo", R"({"version":)" + version + "}").status,
            200);
  EXPECT_EQ(ordered("黄瓜"), 0);
  EXPECT_EQ(member(need(one), "row.state"), "waiting");
  EXPECT_EQ(duties("need"), 1);
  EXPECT_EQ(decide(one, "decline").status, 200);
  EXPECT_EQ(duties("need"), 0);
  EXPECT_EQ(member(decide(one, "accept"), "code"), "need.closed");
}

TEST_P(Needs, AnAmountNobodyCanCarryIsRefusedAndNothingIsLost) {
  const std::string one = member(ask(resident, "鸡蛋1000000000个"), "id");
  EXPECT_EQ(member(need(one), "row.state"), "waiting");
  EXPECT_EQ(member(decide(one, "order"), "code"), "order.quantity");
  for (const char* qty : {"0", "-1000", "1000000000000"}) {
    EXPECT_EQ(member(decide(one, "order",
                            fmt::format(R"(,"lines":[{{"name":"蛋","canonical":"鸡蛋","qty":{},)"
                                        R"("unit":"个","state":"read"}}])",
                                        qty)),
                     "code"),
              "order.quantity");
  }
  EXPECT_EQ(member(need(one), "row.state"), "waiting");
  EXPECT_EQ(count("SELECT count(*) FROM order_line"), 0);
}

TEST_P(Needs, TheHouseholdTakesItBackUntilTheCutOff) {
  const std::string one = member(ask(resident, "鸡蛋10个"), "id");
  const std::string two = member(ask(resident, "西红柿1斤"), "id");
  ASSERT_EQ(post(resident, "/api/v1/needs/" + one + "/withdraw").status, 200);
  EXPECT_EQ(post(resident, "/api/v1/needs/" + one + "/withdraw").status, 200);
  EXPECT_EQ(ordered("鸡蛋"), 0);
  clock().advance(hours{5});
  EXPECT_EQ(member(post(resident, "/api/v1/needs/" + two + "/withdraw"), "code"), "order.closed");
  EXPECT_EQ(ordered("西红柿"), 1000);
  const api::As other = link(household("1", "102"), true);
  EXPECT_EQ(post(other, "/api/v1/needs/" + two + "/withdraw").status, 404);
}

TEST_P(Needs, WhatIsAskedBackIsAnsweredByTheHousehold) {
  const std::string one = member(ask(resident, "黄瓜几根"), "id");
  EXPECT_EQ(member(decide(one, "ask_back"), "code"), "need.answer");
  ASSERT_EQ(decide(one, "ask_back", R"(,"answer":"黄瓜要几根?")").status, 200);
  EXPECT_EQ(member(get(resident, "/api/v1/needs/mine"), "needs.0.answer"), "黄瓜要几根?");
  ASSERT_EQ(post(resident, "/api/v1/needs/" + one + "/reply", R"({"text":"3根"})").status, 200);
  EXPECT_EQ(member(need(one), "text"), "黄瓜几根\n3根");
  EXPECT_EQ(member(get(worker, "/api/v1/inbox"), "open"), "1");
}

TEST_P(Needs, D23_WhatIsForSomebodyIllIsMarkedSo) {
  // Words that no good has are read by a person; what they decide keeps that it is a diet.
  const std::string one = member(ask(resident, "土鸡蛋30个，新鲜猪肉2斤，给病人补补"), "id");
  EXPECT_EQ(member(need(one), "row.state"), "waiting");
  ASSERT_EQ(decide(one, "order").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM customer_order WHERE diet"), 1);
}

TEST_P(Needs, G2_DoorAndMedicineAreEnough) {
  // 「留下楼栋房号和药品信息」: the door is the link's own, the words name the medicine.
  const auto asked = ask(resident, "缬沙坦80mg一盒");
  ASSERT_EQ(asked.status, 200) << asked.body;
  const auto shown = need(member(asked, "id"));
  EXPECT_EQ(member(shown, "row.class"), "medical");
  EXPECT_EQ(member(shown, "row.service"), "medicine");
  EXPECT_EQ(member(shown, "row.door"), "1栋1单元101");
}

TEST_P(Needs, G2_TheStrengthIsAskedOnlyWhereTheNameLeavesItOpen) {
  const auto asked = [&](std::string_view text) {
    const auto answer = ask(resident, std::string(text));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer;
  };
  const auto open = asked("缬沙坦一盒");
  EXPECT_EQ(member(open, "strengths.0.drug"), "缬沙坦");
  EXPECT_EQ(member(open, "strengths.0.choices.1"), "160mg");
  EXPECT_EQ(length(asked("缬沙坦80mg一盒"), "strengths"), 0U);
  EXPECT_EQ(length(asked("缬沙坦 80 毫克 一盒"), "strengths"), 0U);
  EXPECT_EQ(length(asked("布洛芬一盒"), "strengths"), 0U);  // The pack knows no other of it.
  EXPECT_EQ(length(asked("鸡蛋10个"), "strengths"), 0U);
  const auto two = asked("缬沙坦160mg一盒，阿托伐他汀两盒");
  EXPECT_EQ(length(two, "strengths"), 1U);
  EXPECT_EQ(member(two, "strengths.0.drug"), "阿托伐他汀");
  // 180mg is no 80mg.
  EXPECT_EQ(length(asked("缬沙坦180mg一盒"), "strengths"), 1U);
}

TEST_P(Needs, G8_ASentenceBecomesAnEmergencyWithItsDoor) {
  // The article's words, from the door that its household's link stands for.
  const auto below = [&](const std::string& parent, std::string_view kind, std::string_view name) {
    const std::string of = parent.empty() ? "" : ",\"parent\":\"" + parent + '"';
    return id(post(manager, "/api/v1/places",
                   fmt::format(R"({{"kind":"{}","name":"{}"{}}})", kind, name, of)));
  };
  const std::string entrance = below(below("", "building", "王牌路25号"), "entrance", "1单元");
  const std::string dwelling = below(entrance, "dwelling", "503");
  const auto made = post(manager, "/api/v1/households", "{\"dwelling\":\"" + dwelling + "\"}");
  const auto asked = ask(link(member(made, "id"), true), "高血压犯了，脑壳又晕又痛，要马上去医院");
  EXPECT_EQ(member(asked, "urgency"), "emergency") << asked.body;
  EXPECT_EQ(member(asked, "emergency_phone"), "120");
  const auto shown = get(manager, "/api/v1/needs/" + member(asked, "id"));
  EXPECT_EQ(member(shown, "row.door"), "王牌路25号1单元503");
  EXPECT_EQ(duties("emergency"), 1);
  EXPECT_EQ(member(get(manager, "/api/v1/needs"), "rows.0.id"), member(asked, "id"));
}

TEST_P(Needs, G9_ABiteIsForTodayAndNoEmergency) {
  ask(resident, "黄瓜几根");
  const auto asked = ask(resident, "被猫抓伤了，要赶紧去医院打疫苗");
  EXPECT_EQ(member(asked, "urgency"), "urgent") << asked.body;
  const auto shown = need(member(asked, "id"));
  EXPECT_EQ(member(shown, "row.service"), "medical");
  EXPECT_EQ(member(shown, "row.due").substr(0, 10), "2022-11-28");
  EXPECT_EQ(duties("emergency"), 0);
  EXPECT_EQ(member(get(worker, "/api/v1/needs"), "rows.0.id"), member(asked, "id"));
}

TEST_P(Needs, ARequestThatIsSentTwiceIsKeptOnce) {
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(send(resident, api::Method::post, "/api/v1/needs", R"({"text":"鸡蛋10个"})",
                   "0190c0de-0000-7000-8000-000000000001")
                  .status,
              200);
  }
  EXPECT_EQ(ordered("鸡蛋"), 10000);
}

TEST_P(Needs, D14_WhoHasNoSmartphoneIsAskedBeforeTheCutOff) {
  // D14. Nobody at home was not asked: the duty stays, and presses at the cut-off as the gap.
  const std::string other = household("1", "102");
  for (const std::string& one : {home, other}) {
    EXPECT_EQ(post(manager, "/api/v1/households/" + one, R"({"digital":"none"})").status, 200);
  }
  const auto opened =
      service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
        TRY(open_cycle_when_due(context));
        return store::Answer{};
      });
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(duties("collecting"), 2);
  const api::As volunteer = staff(access::Role::volunteer, path_of_place(grid(1)));
  const auto visit = [&](const std::string& one, const char* outcome) {
    return post(volunteer, "/api/v1/collecting-round",
                fmt::format(R"({{"household":"{}","outcome":"{}"}})", one, outcome));
  };
  EXPECT_EQ(visit(home, "nothing").status, 200);
  EXPECT_EQ(visit(other, "absent").status, 200);
  const auto round = get(volunteer, "/api/v1/collecting-round");
  EXPECT_EQ(member(round, "asked"), "1");
  EXPECT_EQ(member(round, "unvisited"), "1");
  EXPECT_EQ(duties("collecting"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Needs);

}  // namespace
}  // namespace doorstep::needs
