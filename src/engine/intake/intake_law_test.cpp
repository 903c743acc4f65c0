/// \file The laws of intake: nothing is lost silently, chats split into their messages, scripts are
/// twins, a digit is that quantity. Shows D2.

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/intake/folded.h"
#include "engine/intake/intake.h"

namespace doorstep::intake {
namespace {

const Parser& parser() {
  static const Parser one;
  return one;
}

std::string items_of(const Order& order) {
  std::string out;
  for (const Item& item : order.items) {
    out += item.canonical + (item.qty ? std::to_string(item.qty->value()) : "-") + item.unit + ";";
  }
  return out;
}

std::string door_of(const Order& order) {
  const Address& a = order.address;
  return a.building + "/" + a.unit + "/" + a.room;
}

bool carries(Category category) {
  return category == Category::goods || category == Category::medicine ||
         category == Category::delivery;
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

/// Every point that is no item, door, name or courtesy stands in a fragment of `unparsed`, and
/// every fragment is a piece of the text; where a case is made instead, it stands in a note.
void expect_nothing_lost(const std::string& text, const Parsed& parsed) {
  const std::u32string all = points(text);
  std::size_t unread = 0;
  for (const Span& span : parsed.spans) {
    if (span.kind != SpanKind::note && span.kind != SpanKind::unread) continue;
    if (!carries(parsed.category)) continue;
    const std::u32string piece = all.substr(span.range.from, span.range.to - span.range.from);
    const bool blank = piece.find_first_not_of(U" \n\r\t") == std::u32string::npos;
    bool held = blank;
    for (const std::string& fragment : parsed.unparsed) {
      const std::u32string said = points(fragment);
      held = held || piece.find(said) != std::u32string::npos || said.find(piece) != said.npos;
    }
    EXPECT_TRUE(held) << text << " | " << utf8(piece);
    ++unread;
  }
  for (const std::string& fragment : parsed.unparsed)
    EXPECT_NE(text.find(fragment), std::string::npos) << text << " | " << fragment;
  if (!parsed.unparsed.empty()) {
    EXPECT_GT(unread, 0U) << text;
  }
}

RC_GTEST_PROP(NothingIsLost, WhatIsNotReadIsItsOwnFragment, ()) {
  static const std::vector<std::string> known{
      "3栋502 ", "土豆2斤", ",",        "鸡蛋一板", "麻烦", "不要太辣", "谢谢",
      "。",      " ",       "牛奶两箱", "放门口",   "急",   "各一斤",   "苹果"};
  static const std::vector<std::string> unknown{"龘靐", "qwzx", "囧囧囧", "彧翀", "鬰"};
  std::string text;
  const auto picks =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, known.size()));
  for (const std::size_t i : picks) text += known[i];
  const std::string& odd = unknown[*rc::gen::inRange<std::size_t>(0, unknown.size())];
  text += odd;
  const Parsed parsed = parser().parse(text);
  expect_tiled(text, parsed);
  expect_nothing_lost(text, parsed);
  if (!carries(parsed.category)) return;
  // A stray word is in a fragment or in the name of a good that carries it.
  bool seen = false;
  for (const std::string& fragment : parsed.unparsed)
    seen = seen || fragment.find(odd) != fragment.npos;
  for (const Order& order : parsed.orders) {
    for (const Item& item : order.items) seen = seen || item.name.find(odd) != std::string::npos;
    seen = seen || order.person.reveal().find(odd) != std::string::npos;
  }
  RC_ASSERT(seen);
}

/// A good that is named stands in an order or in a fragment, whatever rule left it out; one that is
/// refused or in stock needs no human.
TEST(NothingIsLost, AGoodThatNoOrderHoldsIsShown) {
  struct Case {
    const char* text;
    const char* good;
    bool shown;
  };
  for (const Case& c :
       {Case{"家里没盐了,顺便带瓶老抽", "盐", true},
        Case{"please remove the eggs and add 1 bag of sugar", "sugar", false},
        Case{"香菜一小把,芹菜一根,不放一起", "不放一起", true},
        Case{"鲜奶每天一瓶,先订七瓶", "每天一瓶", true}, Case{"醋两瓶,陈醋哈", "陈醋", true},
        Case{"不要香菜,只要葱2根", "香菜", false},
        Case{"冰箱里还有半桶油,要米一袋", "油", false}}) {
    const std::vector<Message> thread{{"a", "milk 1 box, eggs 1 dozen"}};
    const bool english = c.text[0] == 'p';
    const Parsed parsed =
        english ? parser().parse(c.text, {thread, "a", nullptr}) : parser().parse(c.text);
    expect_tiled(c.text, parsed);
    bool shown = false;
    for (const std::string& fragment : parsed.unparsed)
      shown = shown || fragment.find(c.good) != fragment.npos;
    EXPECT_EQ(shown, c.shown) << c.text;
    if (!english) continue;
    ASSERT_EQ(parsed.orders.size(), 1U);
    EXPECT_EQ(items_of(parsed.orders[0]), "牛奶1000盒;糖1000袋;");
  }
}

TEST(Chat, ADesktopCopyIsReadMessageByMessage) {
  const std::string text =
      "张三 2022/4/5 10:23:11\n3栋502 鸡蛋2板\n\n李四 2022/4/5 10:24\n+1 4-101\n\n"
      "张三 10:30\n鸡蛋改成3板\n\n王姐 10:31\n收到";
  const Parsed parsed = parser().parse(text);
  expect_tiled(text, parsed);
  ASSERT_EQ(parsed.orders.size(), 2U);
  EXPECT_EQ(door_of(parsed.orders[0]) + " " + items_of(parsed.orders[0]), "3//502 鸡蛋3000板;");
  EXPECT_EQ(parsed.orders[0].person.reveal(), "张三");
  EXPECT_EQ(door_of(parsed.orders[1]) + " " + items_of(parsed.orders[1]), "4//101 鸡蛋2000板;");
}

TEST(Chat, TheDoorInASendersNameIsTheDoorOfTheOrder) {
  const Parsed parsed = parser().parse(
      "群聊的聊天记录\n5-301小王 上午 9:12\n牛奶1箱\n5-302老李 9:13\n同上,再加一袋米");
  ASSERT_EQ(parsed.orders.size(), 2U);
  EXPECT_EQ(door_of(parsed.orders[0]), "5//301");
  EXPECT_EQ(door_of(parsed.orders[1]), "5//302");
  EXPECT_EQ(items_of(parsed.orders[1]), "牛奶1000箱;米1000袋;");
  EXPECT_EQ(parsed.orders[1].person.reveal(), "老李");
}

TEST(Chat, AnEmergencyInOneMessageIsTheAlarmOfAll) {
  const Parsed parsed =
      parser().parse("小陈 10:01\n牛奶1箱 2-301\n老吴 10:02\n我爸胸口痛得厉害 2-502");
  EXPECT_EQ(parsed.urgency, Urgency::emergency);
  EXPECT_EQ(parsed.triage.reason, "chest_pain");
}

TEST(Chat, RowsThatEndWithATimeAreNoChat) {
  const Parsed parsed = parser().parse("1. 3栋502 鸡蛋2板 明天10:30\n2. 4栋302 牛奶1箱 10:40");
  ASSERT_EQ(parsed.orders.size(), 2U);
  EXPECT_EQ(items_of(parsed.orders[1]), "牛奶1000箱;");
}

TEST(Relay, EveryNumberingIsFollowed) {
  for (const char* number : {"1. ", "1、", "(1) ", "1) ", "①", "1️⃣ ", "【1】", "1: "}) {
    std::string second{number};
    const std::size_t digit = second.find('1');
    if (digit != std::string::npos) {
      second[digit] = '2';
    } else {
      second = "②";
    }
    const std::string text =
        "#接龙\n" + std::string{number} + "3栋501 鸡蛋2板\n" + second + "3栋502 牛奶1箱";
    const Parsed parsed = parser().parse(text);
    ASSERT_EQ(parsed.orders.size(), 2U) << text;
    EXPECT_EQ(door_of(parsed.orders[0]) + items_of(parsed.orders[0]), "3//501鸡蛋2000板;") << text;
    EXPECT_EQ(door_of(parsed.orders[1]) + items_of(parsed.orders[1]), "3//502牛奶1000箱;") << text;
  }
}

RC_GTEST_PROP(Twins, TraditionalAndSimplifiedGiveTheSameOrders, ()) {
  static const std::vector<std::pair<std::string, std::string>> goods{
      {"雞蛋", "鸡蛋"},     {"馬鈴薯", "马铃薯"}, {"蘋果", "苹果"},     {"醬油", "酱油"},
      {"衛生紙", "卫生纸"}, {"麵條", "面条"},     {"豬肉", "猪肉"},     {"魚", "鱼"},
      {"蔥", "葱"},         {"電池", "电池"},     {"紗布", "纱布"},     {"維生素", "维生素"},
      {"優格", "优格"},     {"鳳梨", "凤梨"},     {"礦泉水", "矿泉水"}, {"餅乾", "饼干"}};
  static const std::vector<std::pair<std::string, std::string>> units{
      {"兩顆", "两颗"}, {"三個", "三个"}, {"5條", "5条"}, {"一雙", "一双"}, {"四張", "四张"}};
  std::string hant;
  std::string hans;
  const auto picks = *rc::gen::container<std::vector<std::size_t>>(
      rc::gen::inRange<std::size_t>(0, goods.size() * units.size()));
  for (const std::size_t i : picks) {
    hant += goods[i / units.size()].first + units[i % units.size()].first + " ";
    hans += goods[i / units.size()].second + units[i % units.size()].second + " ";
  }
  const Parsed a = parser().parse(hant + "5棟301");
  const Parsed b = parser().parse(hans + "5栋301");
  RC_ASSERT(a.orders.size() == b.orders.size());
  for (std::size_t i = 0; i < a.orders.size(); ++i) {
    RC_ASSERT(items_of(a.orders[i]) == items_of(b.orders[i]));
    RC_ASSERT(a.orders[i].address == b.orders[i].address);
  }
}

RC_GTEST_PROP(Digits, AnyDigitOfACleanOrderIsThatQuantity, ()) {
  static const std::vector<std::string> goods{"土豆", "鸡蛋", "牛奶", "苹果", "猪肉", "挂面"};
  static const std::vector<std::string> units{"斤", "板", "箱", "个", "斤", "把"};
  std::vector<int> amounts;
  for (std::size_t i = 0; i < goods.size(); ++i) amounts.push_back(*rc::gen::inRange(1, 100));
  const std::size_t changed = *rc::gen::inRange<std::size_t>(0, goods.size());
  const int digit = *rc::gen::inRange(1, 100);
  const auto read = [&] {
    std::string text = "7栋2单元1203 ";
    for (std::size_t i = 0; i < goods.size(); ++i)
      text += goods[i] + std::to_string(amounts[i]) + units[i] + (i % 2 == 0 ? "," : "、");
    return parser().parse(text);
  };
  Parsed before = read();
  RC_ASSERT(before.orders.size() == 1U && before.orders[0].items.size() == goods.size());
  amounts[changed] = digit;
  const Parsed after = read();
  RC_ASSERT(after.orders.size() == 1U && after.orders[0].items.size() == goods.size());
  for (std::size_t i = 0; i < goods.size(); ++i) {
    RC_ASSERT(after.orders[0].items[i].qty->value() == amounts[i] * 1000);
    RC_ASSERT(after.orders[0].items[i].canonical == before.orders[0].items[i].canonical);
  }
  RC_ASSERT(after.orders[0].address == before.orders[0].address);
}

/// Found by mutation: a good without an amount took the place of another while one stood apart.
TEST(Thread, ACorrectionWithAnAmountApartKeepsTheTiling) {
  const std::vector<Message> thread{{"a", "A套餐*2"}};
  const std::string text =
      "不好意思写F错了 橘猫砂2袋猫罐头6个 F错了 橘猫砂2袋猫罐头6个 21号楼2 阀门 3";
  expect_tiled(text, parser().parse(text, {thread, "a", nullptr}));
  const Parsed meant = parser().parse("打错了,是鸭蛋2板",
                                      {std::vector<Message>{{"a", "3-201 鸡蛋2板"}}, "a", nullptr});
  ASSERT_EQ(meant.orders.size(), 1U);
  EXPECT_EQ(items_of(meant.orders[0]), "鸭蛋2000板;");
}

}  // namespace
}  // namespace doorstep::intake
