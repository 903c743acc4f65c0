/// \file Tables of what people ask for beside the plain list: shares, wishes, conditions, repairs.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "engine/intake/intake.h"

namespace doorstep::intake {
namespace {

const Parser& parser() {
  static const Parser one;
  return one;
}

/// "2-101 牛奶 1 箱 | 2-102 牛奶 1 箱 / notes" of a message.
std::string reading(const std::string& text, const Context& context = {}) {
  const Parsed parsed = parser().parse(text, context);
  std::string out;
  for (const Order& order : parsed.orders) {
    if (!out.empty()) out += " | ";
    out += order.address.building + "-" + order.address.room;
    for (const Item& item : order.items) {
      out += " " + item.canonical + " ";
      out += item.qty ? std::to_string(item.qty->value() / 1000) : "-";
      if (!item.unit.empty()) out += " " + item.unit;
    }
  }
  for (const std::string& piece : parsed.unparsed) out += " / " + piece;
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Shares, AWholeGoesToTheDoorsThatAreNamed) {
  const Case cases[] = {
      {"牛奶两箱,一箱送2-101,一箱送2-102", "2-101 牛奶 1 箱 | 2-102 牛奶 1 箱"},
      {"大米三袋,两袋送6-101,一袋送6-102", "6-101 米 2 袋 | 6-102 米 1 袋"},
      {"6-601要2提纸,6-602要1提", "6-601 纸 2 提 | 6-602 纸 1 提"},
      {"3栋豆浆接龙(一杯3元):201两杯 302一杯", "3-201 豆浆 2 杯 | 3-302 豆浆 1 杯"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(reading(text), expected) << text;
}

TEST(Wishes, OnAGoodStayANoteOfIt) {
  const Case cases[] = {
      {"茶叶一罐 龙井最好 16-605", "16-605 茶叶 1 罐 / 龙井最好"},
      {"鲈鱼一条,要杀好的 2-1502", "2-1502 鲈鱼 1 条 / 要杀好的"},
      {"五号电池8节 遥控器用的 10-901", "10-901 五号电池 8 节 / 遥控器用的"},
      {"一箱苹果 要是烂的多就别买了 11-304", "11-304 苹果 1 箱 / 要是烂的多就别买了"},
      {"蔬菜盲盒一份 不要苦瓜 8-1106", "8-1106 蔬菜盲盒 1 份 / 不要苦瓜"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(reading(text), expected) << text;
}

TEST(Copies, NameTheNeighbourWithoutSayingTheSame) {
  const Message before[] = {{"小郭", "19-508 虾1斤 芹菜1把"}, {"老何", "19-601 盐1包"}};
  EXPECT_EQ(reading("同小郭 19-510", {before, "敏敏", nullptr}), "19-510 虾 1 斤 芹菜 1 把");
}

TEST(Edits, TheAmountIsRefusedAndTheGoodExchanged) {
  const Message before[] = {{"古丽", "6-502 小米3斤 绿豆1斤"}};
  const Context context{before, "古丽", nullptr};
  EXPECT_EQ(reading("绿豆不要一斤 要两斤", context), "6-502 小米 3 斤 绿豆 2 斤");
  EXPECT_EQ(reading("小米换成大米吧", context), "6-502 米 3 斤 绿豆 1 斤");
  EXPECT_EQ(reading("绿豆多两斤", context), "6-502 小米 3 斤 绿豆 3 斤");
}

TEST(Repairs, NeverReachInsideALongerWord) {
  for (const char* text : {"糙米一袋 减脂餐用 7-1503", "一袋咸盐 9-503", "报备 8-704 两大一小 平安",
                           "包子一袋 鲜肉一袋 2-301"}) {
    EXPECT_TRUE(parser().parse(text).repairs.empty()) << text;
  }
  EXPECT_EQ(parser().parse("土逗2斤").repairs.size(), 1U);
}

TEST(Triage, CookingIsNoViolenceAndAnotherDoorNoSilence) {
  const struct {
    const char* text;
    Alarm expected;
  } cases[] = {
      {"鲈鱼一条,要杀好的", Alarm::none},     {"快递等到心梗", Alarm::none},
      {"排队排得我要晕倒了", Alarm::none},    {"他说要杀了我", Alarm::emergency},
      {"我刚割了手腕", Alarm::emergency},     {"楼上掉下来一个人", Alarm::emergency},
      {"打火机点着沙发了", Alarm::emergency},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(triage(text).alarm, expected) << text;
}

}  // namespace
}  // namespace doorstep::intake
