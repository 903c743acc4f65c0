/// \file Rows of the capability list that intake shows on the words of the seeds.

#include <gtest/gtest.h>

#include "engine/intake/intake.h"

namespace doorstep::intake {
namespace {

const Parser& parser() {
  static const Parser one;
  return one;
}

std::string only_item(const Parsed& parsed) {
  if (parsed.orders.size() != 1 || parsed.orders[0].items.size() != 1) return "not one item";
  const Item& item = parsed.orders[0].items[0];
  return item.canonical + " " + (item.qty ? std::to_string(item.qty->value()) : "-") + " " +
         item.unit;
}

TEST(Intake, D1_FreeTextBecomesLinesOfGoodAmountAndMeasure) {
  const Parsed parsed = parser().parse("需要白萝卜2根,青椒2斤,西红柿2斤。");
  ASSERT_EQ(parsed.orders.size(), 1U);
  std::string lines;
  for (const Item& item : parsed.orders[0].items)
    lines += item.canonical + std::to_string(item.qty->value() / 1000) + item.unit + ";";
  EXPECT_EQ(lines, "白萝卜2根;青椒2斤;西红柿2斤;");
  EXPECT_TRUE(parsed.unparsed.empty());
}

TEST(Intake, D2_ARelayWithEditsAndCancellationsIsReadWhole) {
  const Parsed parsed = parser().parse(
      "#接龙\n鸡蛋接龙\n1. 2栋301 2板\n2. 2栋402 取消\n3. 3栋1101 同1\n4. 3栋502 搬走了");
  ASSERT_EQ(parsed.orders.size(), 2U);
  EXPECT_EQ(parsed.orders[0].items.at(0).qty->value(), 2000);
  EXPECT_EQ(parsed.orders[1].address.room, "1101");
  EXPECT_EQ(parsed.orders[1].items.at(0).qty->value(), 2000);
  ASSERT_EQ(parsed.unparsed.size(), 1U);
  EXPECT_NE(parsed.unparsed[0].find("搬走了"), std::string::npos);
}

TEST(Intake, D24_ColloquialAmountsAreNumbersAndAFewAsksBack) {
  EXPECT_EQ(only_item(parser().parse("两斤云阳面条")), "云阳面条 2000 斤");
  EXPECT_EQ(only_item(parser().parse("半斤茶叶")), "茶叶 500 斤");
  EXPECT_EQ(only_item(parser().parse("牛奶一箱")), "牛奶 1000 箱");
  EXPECT_EQ(only_item(parser().parse("几根黄瓜")), "黄瓜 - 根");  // No number is guessed.
}

TEST(Intake, G8_UrgentWordsMakeAnEmergencyWithItsDoor) {
  const Parsed parsed = parser().parse("王牌路25号1单元503 高血压犯了,脑壳又晕又痛,要马上去医院");
  EXPECT_EQ(parsed.urgency, Urgency::emergency);
  EXPECT_EQ(parsed.category, Category::medical);
  ASSERT_EQ(parsed.orders.size(), 1U);
  const Address& door = parsed.orders[0].address;
  EXPECT_EQ(door.road + door.number + "-" + door.unit + "-" + door.room, "王牌路25-1-503");
}

TEST(Intake, G9_ABiteIsUrgentAndNoEmergency) {
  const Parsed parsed = parser().parse("被猫抓伤了,要赶紧去医院打疫苗");
  EXPECT_EQ(parsed.urgency, Urgency::urgent);
  EXPECT_EQ(parsed.category, Category::medical);
}

}  // namespace
}  // namespace doorstep::intake
