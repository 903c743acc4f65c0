#include "care/registry/door_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "care/registry/import_slice.h"

namespace doorstep::registry {
namespace {

using testing::Contains;
using testing::IsEmpty;

TEST(DoorText, LevelsAgreeInTheirSpellings) {
  for (const char* name : {"10", "10栋", "10号楼", "１０栋", "十栋", "第10幢", "010", "10 棟"}) {
    EXPECT_EQ(building_key(name), "10") << name;
  }
  for (const char* name : {"2", "2单元", "二单元", "２單元", "2 unit"}) {
    EXPECT_EQ(entrance_key(name), "2") << name;
  }
  for (const char* name : {"301", "301室", "0301", "３０１号"}) {
    EXPECT_EQ(dwelling_key(name), "301") << name;
  }
  EXPECT_EQ(building_key("静园巷13号"), "静园巷13号");
  EXPECT_EQ(building_key("A座"), "a");
  EXPECT_EQ(building_key("二十一栋"), "21");
  EXPECT_EQ(door_key("10栋", "2单元", "301"), "10-2-301");
  EXPECT_EQ(area_key("第一网格"), area_key("1网格"));
}

TEST(DoorText, JoinsNamesReadably) {
  EXPECT_EQ(join_door({"", "10栋", "2单元", "301"}), "10栋2单元301");
  EXPECT_EQ(join_door({"B", "", "301"}), "B-301");
}

TEST(DoorText, A9_ReadsTheFormsThatPeopleType) {
  const DoorReading door{"10", "2", "301"};
  EXPECT_THAT(read_door("10-2-301"), Contains(door));
  EXPECT_THAT(read_door("１０—２—３０１"), Contains(door));
  const DoorReading written{"10栋", "2", "301"};
  for (const char* text :
       {"10栋2单元301", "10栋二单元301室", "10 栋 2 单元 3楼301", "10棟2單元301"}) {
    EXPECT_THAT(read_door(text), Contains(written)) << text;
  }
  EXPECT_THAT(read_door("静园巷13号1单元103"), Contains(DoorReading{"静园巷13号", "1", "103"}));
  EXPECT_THAT(read_door("静园巷13号103"), Contains(DoorReading{"静园巷13号", "", "103"}));
  EXPECT_THAT(read_door("10栋2-301"), Contains(DoorReading{"10栋", "2", "301"}));
  EXPECT_THAT(read_door("邮电宿舍201"), Contains(DoorReading{"邮电宿舍", "", "201"}));
  EXPECT_THAT(read_door("王牌路37号邮电宿舍"), Contains(DoorReading{"王牌路37号邮电宿舍", "", ""}));
  EXPECT_THAT(read_door("  "), IsEmpty());
}

TEST(DoorText, ReadsDaysAsTheyAreWritten) {
  const auto day = day_from_text("1958-03-02");
  for (const char* text : {"1958-03-02", "1958/3/2", "1958.3.2", "19580302", "1958年3月2日"}) {
    EXPECT_EQ(day_as_written(text), day) << text;
  }
  for (const char* text : {"1958-02-30", "58-3-2", "1958", "三月二日", "2.3.1958"}) {
    EXPECT_FALSE(day_as_written(text)) << text;
  }
}

TEST(People, IdNumbersAreCheckedByTheirLastCharacter) {
  const auto number = parse_id_number("11010519491231002X");
  ASSERT_TRUE(number.ok());
  EXPECT_EQ(to_text(number->born_on), "1949-12-31");
  EXPECT_EQ(number->sex, Sex::female);
  EXPECT_TRUE(parse_id_number(" 11010519491231002x ").ok());
  for (const char* text : {"110105194912310021", "11010519491331002X", "1101051949123100", ""}) {
    EXPECT_FALSE(parse_id_number(text).ok()) << text;
  }
}

TEST(People, PhonesAreCleanedOrRefused) {
  EXPECT_EQ(clean_phone("+86 130-0000-0301"), "13000000301");
  EXPECT_EQ(clean_phone("０２３-５８０００００"), "0235800000");
  EXPECT_EQ(clean_phone("+852 2345 6789"), "+85223456789");
  for (const char* text : {"", "12345", "12000000301", "1300000030", "张三", "1.3E+10"}) {
    EXPECT_FALSE(clean_phone(text)) << text;
  }
}

}  // namespace
}  // namespace doorstep::registry
