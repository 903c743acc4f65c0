#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace doorstep::text {
namespace {

using testing::ElementsAre;

TEST(Text, FoldsScriptWidthCaseAndSpace) {
  EXPECT_EQ(fold("坪山街道六聯社區"), fold("坪山街道六联社区"));
  EXPECT_EQ(fold("  １０栋　２单元 "), "10栋 2单元");
  EXPECT_EQ(fold("Ａbc"), "abc");
  EXPECT_EQ(fold(""), "");
}

TEST(Text, ReadsSurnamesAsSurnames) {
  EXPECT_THAT(pinyin("单田芳", true), ElementsAre("shan", "tian", "fang"));
  EXPECT_THAT(pinyin("单元"), ElementsAre("dan", "yuan"));
  EXPECT_THAT(pinyin("解晓东", true), ElementsAre("xie", "xiao", "dong"));
  EXPECT_THAT(pinyin("查良镛", true), ElementsAre("zha", "liang", "yong"));
  EXPECT_THAT(pinyin("尉迟恭", true), ElementsAre("yu", "chi", "gong"));
  EXPECT_THAT(pinyin("吕布", true), ElementsAre("lv", "bu"));
}

TEST(Text, InitialsMixScripts) {
  EXPECT_EQ(initials("张阿姨"), "zay");
  EXPECT_EQ(initials("A座 王敏"), "azwm");
}

TEST(Text, KnowsUtf8AndLength) {
  EXPECT_TRUE(valid_utf8("楼"));
  EXPECT_FALSE(valid_utf8("\xE6\xA5"));
  EXPECT_FALSE(valid_utf8("\xC0\x80"));
  EXPECT_EQ(length("10栋"), 3U);
  EXPECT_EQ(from_code_points(code_points("𠮷野家")), "𠮷野家");
}

TEST(Text, ReadsGb18030AndRefusesOtherBytes) {
  EXPECT_EQ(from_gb18030("\xC2\xA5"), "楼");
  EXPECT_FALSE(from_gb18030("\xFF\xFF").has_value());
}

TEST(Text, TrimsAndFindsDigits) {
  EXPECT_EQ(trim("\xEF\xBB\xBF 门牌　"), "门牌");
  EXPECT_EQ(digits("１３0-0000 0301"), "13000000301");
}

}  // namespace
}  // namespace doorstep::text
