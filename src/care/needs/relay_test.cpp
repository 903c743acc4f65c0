// Relays (接龙) through the endpoint on both engines, and the pure rules beside them.

#include "care/needs/relay.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/needs/cycle.h"
#include "care/needs/testing.h"

namespace doorstep::needs {
namespace {

using api::length;
using api::member;

class Relays : public NeedsHouse {};

const char* const relay_one =
    "#接龙\\n1. 1栋1单元101 白萝卜2根，青椒2斤\\n2. 1栋1单元102 鸡蛋10个\\n"
    "3. 1栋1单元201 西红柿1斤\\n4. 9栋9单元999 鸡蛋5个";

TEST_P(Relays, D2_ARelayIsAnOrderPerDoorAndPostedAgainADifference) {
  // D2, D4: three doors that are known, one that is not and waits for a person.
  const api::As leader = staff(access::Role::worker, path_of_place(grid(1)));
  const auto post_relay = [&](const std::string& text) {
    return post(leader, "/api/v1/relays", R"({"text":")" + text + R"("})");
  };
  const auto first = post_relay(relay_one);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(member(first, "added"), "4");
  EXPECT_EQ(member(first, "waiting"), "1");
  EXPECT_EQ(count("SELECT count(*) FROM customer_order"), 3);
  // Again, word for word: nothing doubles.
  const auto second = post_relay(relay_one);
  EXPECT_EQ(member(second, "same"), "4");
  EXPECT_EQ(ordered("鸡蛋"), 10000);
  EXPECT_EQ(count("SELECT count(*) FROM need"), 4);
  // Row 1 changed, row 2 taken back, row 3 gone: that one is a question, not a cancellation.
  const auto third = post_relay(
      "#接龙\\n1. 1栋1单元101 白萝卜3根，青椒2斤\\n2. 1栋1单元102 不要了\\n4. 9栋9单元999 鸡蛋5个");
  EXPECT_EQ(member(third, "changed"), "1") << third.body;
  EXPECT_EQ(member(third, "withdrawn"), "1");
  EXPECT_EQ(member(third, "gone"), "1");
  EXPECT_EQ(ordered("白萝卜"), 3000);
  EXPECT_EQ(ordered("鸡蛋"), 0);
  EXPECT_EQ(ordered("西红柿"), 1000);
  std::string gone;
  const auto list = get(worker, "/api/v1/needs");
  for (std::size_t at = 0; at < length(list, "rows"); ++at) {
    if (member(list, fmt::format("rows.{}.gone", at)) == "true") {
      gone = member(list, fmt::format("rows.{}.id", at));
    }
  }
  ASSERT_NE(gone, "") << list.body;
  ASSERT_EQ(decide(gone, "decline").status, 200);
  EXPECT_EQ(ordered("西红柿"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE state = 'cancelled'"), 2);
}

TEST(RelayText, EveryLineEndsInARowTheTitleOrTheRest) {
  const RelayReading reading = read_relay(
      "#接龙\n1. 1栋1单元101 鸡蛋10个\n2. 1栋1单元102 那个啥随便来点\n大家记得四点前接完哦");
  ASSERT_EQ(reading.rows.size(), 2U);
  EXPECT_EQ(reading.rows[0].key, "1-1-101");
  EXPECT_TRUE(reading.rows[0].reading.sure);
  // No goods that can be read, and no taking back: a person reads it.
  EXPECT_FALSE(reading.rows[1].reading.sure);
  EXPECT_GE(reading.rows[1].reading.unread, 1);
  EXPECT_TRUE(std::ranges::any_of(reading.rows[1].reading.pieces,
                                  [](const Piece& one) { return one.kind == "unread"; }));
  EXPECT_NE(reading.rest.find("四点前"), std::string::npos);
}

TEST(TradeUnits, EverythingWeighedIsCountedInJin) {
  const auto text = [](std::int64_t qty, const char* unit) {
    const Amount made = in_trade_unit(qty, unit);
    return fmt::format("{} {}", made.qty, made.unit);
  };
  EXPECT_EQ(text(1500, "公斤"), "3000 斤");
  EXPECT_EQ(text(5000, "两"), "500 斤");
  EXPECT_EQ(text(250'000, "克"), "500 斤");
  EXPECT_EQ(text(100'000, "克"), "200 斤");
  EXPECT_EQ(text(1, "克"), "1 克");  // Does not divide evenly.
  EXPECT_EQ(text(2000, "箱"), "2000 箱");
}

TEST(Collections, D5_TheCutOffDecides) {
  const RulePack rules = *RulePack::parse(
      "[supply]\ncycles = [{name='am', cut_off='09:00', drop_days=0, drop_from='11:00',"
      " drop_until='12:30'}, {name='pm', cut_off='14:00', drop_days=0, drop_from='17:00',"
      " drop_until='18:30'}]\n");
  const Zone shanghai = *Zone::named("Asia/Shanghai");
  const auto at = [&](const char* when) {
    const Collection one = *collection_at(rules, shanghai, *instant_from_text(when));
    return one.name + " " + to_text(one.cut_off);
  };
  // D5, the Qinghu community: 08:59:59 is in the morning's, 09:00 in the afternoon's.
  EXPECT_EQ(at("2022-02-09T08:59:59+08:00"), "am 2022-02-09T01:00:00.000Z");
  EXPECT_EQ(at("2022-02-09T09:00:00+08:00"), "pm 2022-02-09T06:00:00.000Z");
  EXPECT_EQ(at("2022-02-09T14:00:00+08:00"), "am 2022-02-10T01:00:00.000Z");
  const auto missed = [&](const char* when) {
    return *missed_cut_off(rules, shanghai, *instant_from_text(when));
  };
  EXPECT_FALSE(missed("2022-02-09T08:00:00+08:00").has_value());
  EXPECT_EQ(to_text(*missed("2022-02-09T09:05:00+08:00")), "2022-02-09T01:00:00.000Z");
}

DOORSTEP_ON_BOTH_ENGINES(Relays);

}  // namespace
}  // namespace doorstep::needs
