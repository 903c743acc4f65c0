#include "engine/linkage/person_name.h"

#include <gtest/gtest.h>

#include "engine/linkage/han.h"

namespace doorstep::linkage {
namespace {

NameLevel compare(std::string_view a, std::string_view b) {
  const std::string x = fold_name(a);
  const std::string y = fold_name(b);
  const NameLevel level = compare_names(read_name(x), x, read_name(y), y);
  EXPECT_EQ(compare_names(read_name(y), y, read_name(x), x), level) << a << " " << b;
  return level;
}

struct Case {
  std::string_view a;
  std::string_view b;
  NameLevel level;
};

TEST(PersonName, ComparesChineseNames) {
  const Case cases[] = {
      {"赵红慧", "赵红慧", NameLevel::equal},     {"趙紅慧", "赵红慧", NameLevel::equal},
      {"陈 轩斌", "陈轩斌", NameLevel::equal},    {"周雨", "周宇", NameLevel::same_tones},
      {"蔡浩", "蔡豪", NameLevel::homophone},     {"唐辰霞", "唐晨霞", NameLevel::same_tones},
      {"林岑", "林陈", NameLevel::near},          {"王兰", "王南", NameLevel::near},  // l and n
      {"李平", "李频", NameLevel::near},                                              // in and ing
      {"张宇", "张字", NameLevel::near},                                              // by eye
      {"李末", "李未", NameLevel::near},          {"王小明", "王小刚", NameLevel::resembling},
      {"王小明", "王明", NameLevel::resembling},  {"王玲杰", "王杰玲", NameLevel::resembling},
      {"王伟", "李伟", NameLevel::different},     {"王伟", "王芳", NameLevel::different},
      {"王小明", "李大刚", NameLevel::different},
  };
  for (const Case& one : cases) EXPECT_EQ(compare(one.a, one.b), one.level) << one.a << one.b;
}

TEST(PersonName, TakesWildcardsForWhatTheyHide) {
  const Case cases[] = {
      {"王某", "王伟", NameLevel::wildcard},     {"王某", "王小明", NameLevel::wildcard},
      {"王某某", "王小明", NameLevel::wildcard}, {"王*明", "王小明", NameLevel::wildcard},
      {"王＊＊", "王伟", NameLevel::wildcard},   {"刘某倚", "刘红倚", NameLevel::wildcard},
      {"王先生", "王小明", NameLevel::wildcard}, {"李阿姨", "李芳", NameLevel::wildcard},
      {"王某", "李伟", NameLevel::different},    {"王*明", "王小刚", NameLevel::different},
      {"王某明", "王明", NameLevel::different},
  };
  for (const Case& one : cases) EXPECT_EQ(compare(one.a, one.b), one.level) << one.a << one.b;
}

TEST(PersonName, ReadsSurnamesWithTheirOwnSounds) {
  const Case cases[] = {
      {"ZENG Leicheng", "曾蕾程", NameLevel::romanised},
      {"Shan Xiaodong", "单晓东", NameLevel::romanised},
      {"QIU He", "仇和", NameLevel::romanised},
      {"Xie Zhen", "解珍", NameLevel::romanised},
      {"Zha Liangyong", "查良镛", NameLevel::romanised},
      {"Ouyang Feng", "欧阳锋", NameLevel::romanised},
      {"Yuchi Gong", "尉迟恭", NameLevel::romanised},
      {"Lv Bu", "吕布", NameLevel::romanised},
      {"ZHANG Lirong", "张丽蓉", NameLevel::romanised},
      {"Lirong ZHANG", "张丽蓉", NameLevel::romanised},
      {"Zhang Li-rong", "张丽蓉", NameLevel::romanised},
      {"ZHANGLIRONG", "张丽蓉", NameLevel::romanised},
      {"ZHANG Lirng", "张丽蓉", NameLevel::near},
      {"WANG Fang", "张丽蓉", NameLevel::different},
  };
  for (const Case& one : cases) EXPECT_EQ(compare(one.a, one.b), one.level) << one.a << one.b;
}

TEST(PersonName, ComparesLatinNames) {
  EXPECT_EQ(compare("Jane Doe", "jane doe"), NameLevel::equal);
  EXPECT_EQ(compare("Jane Doe", "Doe, Jane"), NameLevel::romanised);
  EXPECT_EQ(compare("Jane Doe", "Jane Dow"), NameLevel::near);
  EXPECT_EQ(compare("Jane Miller", "Jane Smith"), NameLevel::resembling);
  EXPECT_EQ(compare("Jane Miller", "Robert Smith"), NameLevel::different);
}

TEST(PersonName, TakesAnyInput) {
  for (const std::string_view odd : {"", " ", "某", "*", "·", "王", "12", "\xF0\xA0\x80\x80"}) {
    EXPECT_EQ(compare(odd, "王伟"), compare("王伟", odd)) << odd;
  }
}

}  // namespace
}  // namespace doorstep::linkage
