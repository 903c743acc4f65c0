#include "engine/linkage/address.h"

#include <gtest/gtest.h>

namespace doorstep::linkage {
namespace {

bool same(std::string_view a, std::string_view b) {
  const Address x = read_address(a);
  const Address y = read_address(b);
  return x.community == y.community && x.building == y.building && x.unit == y.unit &&
         x.room == y.room;
}

TEST(Address, OneDwellingHasOneForm) {
  const std::string_view forms[] = {
      "花半里12栋4单元1403室",     "花半里12幢4单元1403",
      "花半里12-4-1403",           "花半里１２-４-１４０３",
      "花半里 12栋 4单元 1403室",  "上海市松江区中山街道花半里12栋4单元1403室",
      "花半里小区12号楼4单元1403", "花半里12棟4單元1403室",
  };
  for (const std::string_view form : forms) {
    EXPECT_TRUE(same(form, forms[0])) << form;
  }
}

TEST(Address, WithoutAUnitTheRestStands) {
  const Address with = read_address("丰田花园13幢1单元402");
  for (const std::string_view form :
       {"上海市松江区中山街道丰田花园13号402室", "丰田花园13号楼402", "丰田花园13-402"}) {
    const Address without = read_address(form);
    EXPECT_EQ(without.community, with.community) << form;
    EXPECT_EQ(without.building, with.building) << form;
    EXPECT_EQ(without.room, with.room) << form;
    EXPECT_EQ(without.unit, 0) << form;
  }
}

TEST(Address, LaneNumbersBelongToTheName) {
  const Address lane = read_address("人民路123弄5号301室");
  EXPECT_EQ(lane.community, "人民路123弄");
  EXPECT_TRUE(same("人民路123弄5号301室", "上海市黄浦区人民路123弄5号楼301"));
  EXPECT_FALSE(same("人民路123弄5号301室", "人民路125弄5号301室"));
}

TEST(Address, KeepsNamesThatContainUnitsOfAdministration) {
  EXPECT_EQ(read_address("万科城市花园3栋201").community, "万科城市花园");
  EXPECT_EQ(read_address("江苏省南京市鼓楼区万科城市花园3栋201").community, "万科城市花园");
  EXPECT_EQ(read_address("杭州市西湖区三墩镇阳光里3-201").community, "阳光里");
}

TEST(Address, LetterBuildingsAndLatinAddresses) {
  EXPECT_TRUE(same("滨江苑A座1203", "滨江苑a座1203室"));
  EXPECT_EQ(read_address("5 High Street, Leeds").community, "5 high street leeds");
  EXPECT_EQ(read_address("").community, "");
  EXPECT_EQ(read_address("花半里").room, 0);
}

}  // namespace
}  // namespace doorstep::linkage
