#include "engine/intake/intake.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/intake/folded.h"

namespace doorstep::intake {
namespace {

const Parser& parser() {
  static const Parser one;
  return one;
}

/// "土豆 2 斤; 盐 - 包" of all orders, one line per order.
std::string goods(const Parsed& parsed) {
  std::string out;
  for (const Order& order : parsed.orders) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < order.items.size(); ++i) {
      const Item& item = order.items[i];
      if (i > 0) out += "; ";
      out += item.canonical + " ";
      if (!item.qty) {
        out += "-";
      } else if (item.qty->value() % 1000 == 0) {
        out += std::to_string(item.qty->value() / 1000);
      } else {
        out += std::to_string(item.qty->value()) + "m";
      }
      if (!item.unit.empty()) out += " " + item.unit;
    }
  }
  return out;
}

std::string door(const Parsed& parsed) {
  if (parsed.orders.empty()) return "";
  const Address& a = parsed.orders.front().address;
  std::string out;
  for (const std::string* part :
       {&a.community, &a.road, &a.lane, &a.number, &a.building, &a.unit, &a.floor, &a.room}) {
    out += *part + "/";
  }
  return out;
}

void expect_tiled(const std::string& text, const Parsed& parsed) {
  std::uint32_t at = 0;
  for (const Span& span : parsed.spans) {
    ASSERT_EQ(span.range.from, at) << text;
    ASSERT_GT(span.range.to, span.range.from) << text;
    at = span.range.to;
  }
  ASSERT_EQ(at, points(text).size()) << text;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Numerals, AreReadAsPeopleWriteThem) {
  const Case cases[] = {
      {"土豆两斤", "土豆 2 斤"},
      {"土豆2斤", "土豆 2 斤"},
      {"土豆２斤", "土豆 2 斤"},
      {"俩苹果", "苹果 2"},
      {"鸡蛋廿个", "鸡蛋 20 个"},
      {"鸡蛋二十五个", "鸡蛋 25 个"},
      {"一百二十个饺子皮", "饺子皮 120 个"},
      {"半斤花生", "花生 500m 斤"},
      {"一个半南瓜", "南瓜 1500m 个"},
      {"土豆两斤半", "土豆 2500m 斤"},
      {"五花肉一斤二两", "五花肉 1200m 斤"},
      {"一两茶叶", "茶叶 1 两"},
      {"红薯三四斤", "红薯 3 斤"},
      {"橙子5-6个", "橙子 5 个"},
      {"鸡蛋十来个", "鸡蛋 10 个"},
      {"鸡蛋十几个", "鸡蛋 10 个"},
      {"牛奶一两箱", "牛奶 1 箱"},
      {"青菜几把", "青菜 - 把"},
      {"来点青菜", "青菜 -"},
      {"壹箱牛奶", "牛奶 1 箱"},
      {"西瓜四分之一", "西瓜 250m"},
      {"半打啤酒", "啤酒 500m 打"},
      {"鸡蛋②板", "鸡蛋 2 板"},
      {"2.5斤苹果", "苹果 2500m 斤"},
      {"鸡蛋*3", "鸡蛋 3"},
      {"a couple of onions", "洋葱 2"},
      {"two dozen eggs", "鸡蛋 2 打"},
      {"两千克大米", "米 2 公斤"},
  };
  for (const Case& c : cases) EXPECT_EQ(goods(parser().parse(c.text)), c.expected) << c.text;
}

TEST(Measures, SizesAreNoQuantitiesAndWrongCharactersAreRepaired) {
  const Case cases[] = {
      {"二十五斤大米一袋", "米 1 袋"},
      {"大米10斤装一袋", "米 1 袋"},
      {"200ml*10酸奶2箱", "酸奶 2 箱"},
      {"面粉5斤x3", "面粉 3"},
      {"啤酒两提共12听", "啤酒 2 提"},
      {"油5L", "食用油 5 升"},
      {"皮蛋(12枚/盒)3盒", "皮蛋 3 盒"},
      {"2L juice x 4 bottles", "果汁 4 瓶"},
      {"三合饼干", "饼干 3 盒"},
      {"一带面粉", "面粉 1 袋"},
      {"黄瓜3跟", "黄瓜 3 根"},
      {"豆腐2kuai", "豆腐 2 块"},
      {"来个牛腩两斤", "牛腩 2 斤"},
      {"买个水桶", "水桶 1 个"},
      {"猪肉、牛肉各一斤半", "猪肉 1500m 斤; 牛肉 1500m 斤"},
      {"黄瓜2根3个西红柿", "黄瓜 2 根; 西红柿 3 个"},
  };
  for (const Case& c : cases) EXPECT_EQ(goods(parser().parse(c.text)), c.expected) << c.text;
}

TEST(Addresses, AreReadAsPeopleWriteThem) {
  const Case cases[] = {
      {"静园巷13号1单元103 盐1包", "/静园巷//13//1//103/"},
      {"12-1-302 盐1包", "////12/1//302/"},
      {"8-301 盐1包", "////8///301/"},
      {"三号楼一单元四零二 盐1包", "////3/1//402/"},
      {"3#1单元804 盐1包", "////3/1//804/"},
      {"B座1806 盐1包", "////B///1806/"},
      {"新松江路925弄18号602室 盐1包", "/新松江路/925//18///602/"},
      {"中正路37巷8號4樓之2 盐1包", "/中正路/37/8///4/2/"},
      {"2栋三楼305 盐1包", "////2//3/305/"},
      {"茶花花园7栋1单元602 盐1包", "茶花花园////7/1//602/"},
      {"Apt 1204 Tower B: milk x1", "////B///1204/"},
  };
  for (const Case& c : cases) EXPECT_EQ(door(parser().parse(c.text)), c.expected) << c.text;
}

TEST(Triage, FindsDangerInBothScriptsDialectAndEnglish) {
  for (const char* text :
       {"我爸胸口痛得厉害", "媽媽呼吸困難", "叫不醒了,没有呼吸", "阿婆跌低咗起唔到身",
        "she is unconscious", "着火了", "屋企起火喇", "smell gas in the corridor", "家里煤气泄漏",
        "不想活了", "吃了好多安眠药", "羊水破了", "老公打我", "孩子抽搐口吐白沫", "血一直流止不住",
        "嘴歪了说话含糊", "制氧机停电了", "楼上老人敲门没人应",
        "高血压犯了,脑壳又晕又痛,要马上去医院"}) {
    EXPECT_EQ(triage(text).alarm, Alarm::emergency) << text;
  }
}

TEST(Triage, DenialHistoryAndDrillLowerToReviewAndIdiomToNothing) {
  const Case cases[] = {
      {"我没有胸痛", "negation"},
      {"去年心梗装过支架 现在很稳定", "history"},
      {"昨天晕倒的王阿姨今天出院啦", "history"},
      {"消防演习会冒烟", "drill"},
      {"请问胸痛该挂什么科", "question"},
  };
  for (const Case& c : cases) {
    const Triage found = triage(c.text);
    EXPECT_EQ(found.alarm, Alarm::review) << c.text;
    EXPECT_EQ(found.lowered_by, c.expected) << c.text;
  }
  for (const char* text :
       {"笑死我了", "饿死了", "家里蟑螂太多了 救命啊", "吐血推荐这家", "打火机两个"}) {
    EXPECT_EQ(triage(text).alarm, Alarm::none) << text;
  }
}

TEST(Triage, ALifeDrugThatIsOutIsUrgentByClass) {
  for (const auto& [text, reason] : {std::pair{"胰岛素用完了", "insulin_gap"},
                                     {"德巴金没了", "anti_epileptic_gap"},
                                     {"华法林吃完了", "anticoagulant_gap"},
                                     {"明早透析没有车", "dialysis"}}) {
    const Triage found = triage(text);
    EXPECT_EQ(found.alarm, Alarm::urgent) << text;
    EXPECT_EQ(found.reason, reason) << text;
  }
}

TEST(Thread, EditsTheStandingOrder) {
  struct Edit {
    const char* before;
    const char* text;
    const char* after;
    Op op;
  };
  const Edit edits[] = {
      {"土豆2斤,青椒1斤", "土豆改成3斤", "土豆 3 斤; 青椒 1 斤", Op::amend},
      {"洗衣粉1袋", "洗衣粉换洗衣液1瓶", "洗衣液 1 瓶", Op::amend},
      {"苹果5斤", "苹果五斤太多了,两斤就好", "苹果 2 斤", Op::amend},
      {"牛奶1箱", "+1", "牛奶 2 箱", Op::amend},
      {"鸡腿3斤 鸡翅2斤", "鸡腿鸡翅都改成1斤", "鸡腿 1 斤; 鸡翅 1 斤", Op::amend},
      {"鸡蛋1板 牛奶2箱", "牛奶不要了", "鸡蛋 1 板", Op::amend},
      {"苹果2斤", "翻倍", "苹果 4 斤", Op::amend},
      {"鸡蛋1板", "撤回", "", Op::cancel},
      {"土豆2斤", "以这条为准:白菜1颗", "白菜 1 颗", Op::replace},
  };
  for (const Edit& edit : edits) {
    const std::vector<Message> thread{{"A", edit.before}};
    const Parsed parsed = parser().parse(edit.text, {thread, "A", nullptr});
    EXPECT_EQ(goods(parsed), edit.after) << edit.text;
    EXPECT_EQ(parsed.op, edit.op) << edit.text;
  }
}

TEST(Thread, ACopyTakesTheNeighboursItemsAndTheOwnDoor) {
  const std::vector<Message> thread{{"A", "4-101 鸡蛋1板"}};
  const Parsed parsed = parser().parse("+1, 4-103", {thread, "B", nullptr});
  EXPECT_EQ(parsed.op, Op::copy);
  EXPECT_EQ(goods(parsed), "鸡蛋 1 板");
  EXPECT_EQ(door(parsed), "////4///103/");
}

TEST(Relay, ARepostIsADifferenceAndAVanishedRowAQuestion) {
  const std::vector<Message> thread{{"A", "#接龙\n1. 3-101 鸡蛋1板\n2. 3-102 牛奶1箱"}};
  const Parsed parsed =
      parser().parse("#接龙\n1. 3-101 鸡蛋2板\n2. 3-103 盐1包", {thread, "B", nullptr});
  ASSERT_EQ(parsed.differences.size(), 3U);
  EXPECT_EQ(parsed.differences[0].change, RowChange::changed);
  EXPECT_EQ(parsed.differences[1].change, RowChange::added);
  EXPECT_EQ(parsed.differences[2].change, RowChange::vanished);
  EXPECT_EQ(parsed.differences[2].row, "3-102");
}

TEST(Relay, TheOrderOfRowsDoesNotMatter) {
  std::vector<std::string> rows{"1栋502 蔬菜包2份", "3栋1单元201 鸡蛋1板", "6栋803 猪肉3斤",
                                "2栋301 豆腐两块 葱一把"};
  const auto orders = [&] {
    std::string text = "#接龙\n";
    for (std::size_t i = 0; i < rows.size(); ++i)
      text += std::to_string(i + 1) + ". " + rows[i] + "\n";
    const Parsed parsed = parser().parse(text);
    std::vector<std::string> out;
    for (const Order& order : parsed.orders) {
      Parsed one;
      one.orders = {order};
      out.push_back(door(one) + goods(one));
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto first = orders();
  EXPECT_EQ(first.size(), rows.size());
  std::sort(rows.begin(), rows.end());
  do {
    EXPECT_EQ(orders(), first);
  } while (std::next_permutation(rows.begin(), rows.end()));
}

TEST(Scripts, TraditionalAndSimplifiedTwinsGiveTheSameOrders) {
  for (const auto& [hant, hans] : {std::pair{"馬鈴薯三顆 高麗菜半顆", "马铃薯三颗 高丽菜半颗"},
                                   {"雞蛋一盒、豆腐兩塊", "鸡蛋一盒、豆腐两块"},
                                   {"請幫我買鳳梨一顆、優格四杯", "请帮我买凤梨一颗、优格四杯"}}) {
    EXPECT_EQ(goods(parser().parse(hant)), goods(parser().parse(hans))) << hant;
  }
}

TEST(Doors, AmbiguousIsReportedNeverGuessed) {
  const auto doors =
      Doors::from_csv("building,entrance,floor,room\n2,1,3,301\n2,2,3,301\n5,1,4,402\n");
  ASSERT_TRUE(doors.ok());
  const auto match = [&](const char* text) {
    return parser().parse(text, {{}, {}, &*doors}).orders.at(0);
  };
  EXPECT_EQ(match("5栋402 盐1包").door, DoorMatch::exact);
  EXPECT_EQ(match("9栋402 盐1包").door, DoorMatch::unknown);
  const Order both = match("2-301 盐1包");
  EXPECT_EQ(both.door, DoorMatch::ambiguous);
  EXPECT_EQ(both.doors, (std::vector<std::string>{"2-1-301", "2-2-301"}));
  EXPECT_TRUE(both.address.unit.empty());
  EXPECT_FALSE(Doors::from_csv("a,b\n1,2\n").ok());
}

TEST(Alias, ATaughtWordIsReadFromThenOn) {
  Parser taught;
  ASSERT_TRUE(taught.add_alias("shuangkuai", "爽快面").ok());
  EXPECT_EQ(goods(taught.parse("shuangkuai 1包")), "爽快面 1 包");
  EXPECT_FALSE(taught.add_alias("", "盐").ok());
}

TEST(Alias, ACorrectionProposesAWordAndNeverOneThatMeansSomethingElse) {
  Parser own;
  const auto proposed = own.propose_alias(" 圪蛋子 ", "马铃薯");
  ASSERT_TRUE(proposed);
  EXPECT_EQ(*proposed, (AliasProposal{"圪蛋子", "土豆"}));
  ASSERT_TRUE(own.add_alias(proposed->alias, proposed->canonical).ok());
  EXPECT_EQ(own.propose_alias("圪蛋子", "土豆"), std::nullopt);  // Learned.
  EXPECT_EQ(own.parse("圪蛋子3斤").orders.at(0).items.at(0).canonical, "土豆");
  EXPECT_EQ(own.propose_alias("Spuddies", "potato"),
            (std::optional<AliasProposal>{{"spuddies", "土豆"}}));
  for (const char* word : {"洋芋", "面条", "谢谢", "公斤", "两斤", "豆", "对面", "蛋(大)", ""})
    EXPECT_EQ(own.propose_alias(word, "土豆"), std::nullopt) << word;
  EXPECT_EQ(own.propose_alias("圪蛋子", ""), std::nullopt);
}

TEST(Repairs, ACharacterOfTheSameShapeIsRepairedWhereNothingElseFits) {
  for (const auto& [written, meant] : std::initializer_list<std::pair<const char*, const char*>>{
           {"士豆2斤", "土豆"}, {"西红杮3斤", "西红柿"}, {"黄爪两根", "黄瓜"}}) {
    const Parsed parsed = parser().parse(written);
    ASSERT_EQ(parsed.orders.size(), 1U) << written;
    ASSERT_EQ(parsed.orders[0].items.size(), 1U) << written;
    EXPECT_EQ(parsed.orders[0].items[0].canonical, meant) << written;
    ASSERT_EQ(parsed.repairs.size(), 1U) << written;
    EXPECT_EQ(parsed.repairs[0].read, meant) << written;
  }
}

TEST(Repairs, AreAlwaysReported) {
  const Parsed parsed = parser().parse("土逗2斤");
  EXPECT_EQ(goods(parsed), "土豆 2 斤");
  ASSERT_EQ(parsed.repairs.size(), 1U);
  EXPECT_EQ(parsed.repairs[0].written, "土逗");
  EXPECT_LT(parsed.confidence, 0.9);
}

RC_GTEST_PROP(Tiling, HoldsForAnyBytes, ()) {
  const auto text = *rc::gen::arbitrary<std::string>();
  expect_tiled(text, parser().parse(text));
}

RC_GTEST_PROP(Tiling, HoldsForPiecesOfRealMessages, ()) {
  static const std::vector<std::string> pieces{
      "3栋", "502", "土豆", "2斤",    "各",   "不要", "\n",         "1.",   "(",
      ")",   ",",   "同上", "张阿姨", "鸡蛋", "一板", "没有的话",   "换成", "\u200d",
      "🍅",  "①",   "取消", "接龙",   "x3",   "\xE5", "13600001111"};
  std::string text;
  for (const std::size_t i : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, pieces.size())))
    text += pieces[i];
  expect_tiled(text, parser().parse(text));
}

RC_GTEST_PROP(Digits, AChangedDigitChangesExactlyThatQuantity, ()) {
  const int before = *rc::gen::inRange(1, 10);
  const int after = *rc::gen::inRange(1, 10);
  const auto order = [](int n) { return "5栋301 土豆" + std::to_string(n) + "斤,鸡蛋2板,盐1包"; };
  Parsed a = parser().parse(order(before));
  const Parsed b = parser().parse(order(after));
  RC_ASSERT(a.orders.size() == 1U && b.orders.size() == 1U);
  RC_ASSERT(a.orders[0].items[0].qty->value() == before * 1000);
  a.orders[0].items[0].qty = Quantity{after * 1000};
  RC_ASSERT(a.orders[0].items == b.orders[0].items);
  RC_ASSERT(a.orders[0].address == b.orders[0].address);
}

TEST(Limits, AnyLongTextComesBackTiled) {
  for (const std::string& unit :
       {std::string{"村"}, std::string{"3"}, std::string{"米"}, std::string{"\u202e\u200d"}}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 16U)) text += unit;
    expect_tiled(text, parser().parse(text));
  }
}

}  // namespace
}  // namespace doorstep::intake
