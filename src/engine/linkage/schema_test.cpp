#include "engine/linkage/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace doorstep::linkage {
namespace {

using testing::HasSubstr;

TEST(Schema, ReadsKindsByColumn) {
  const auto columns = schema_from_toml(
      "[columns]\n\"soc sec\" = \"identifier\"\nsurname = \"family_name\"\nstate = \"ignore\"\n");
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(*columns, (std::vector<Column>{{"soc sec", Kind::identifier},
                                           {"state", Kind::ignore},
                                           {"surname", Kind::family_name}}));
}

TEST(Schema, NamesLineAndReason) {
  const std::pair<std::string_view, std::string_view> faults[] = {
      {"[columns\n", "line 1"},
      {"[columns]\na = \"nmae\"\n", "line 2: column \"a\" needs one of the kinds"},
      {"[columns]\n\na = 3\n", "line 3"},
      {"a = \"date\"\n", "no table [columns]"},
      {"[columns]\na = \"ignore\"\n", "no column is compared"},
      {"[columns]\na = \"date\"\na = \"date\"\n", "line 3"},
  };
  for (const auto& [toml, reason] : faults) {
    const auto columns = schema_from_toml(toml);
    ASSERT_FALSE(columns.ok()) << toml;
    EXPECT_EQ(columns.error().code, "linkage.schema");
    EXPECT_THAT(columns.error().hint, HasSubstr(std::string(reason)));
  }
}

TEST(Schema, KnowsUsualHeaders) {
  EXPECT_EQ(kind_of_header("姓名"), Kind::full_name);
  EXPECT_EQ(kind_of_header("身份證號"), Kind::identifier);
  EXPECT_EQ(kind_of_header("ID_Number"), Kind::identifier);
  EXPECT_EQ(kind_of_header(" Date of Birth "), Kind::date);
  EXPECT_EQ(kind_of_header("住址"), Kind::address);
  EXPECT_EQ(kind_of_header("remarks"), std::nullopt);
}

TEST(Schema, LinesUpColumnsByNameThenByKind) {
  const std::vector<std::string> left{"id", "姓名", "phone", "remarks"};
  const std::vector<std::string> right{"no", "mobile", "name"};
  const auto slots = line_up({}, left, right);
  ASSERT_EQ(slots.size(), 2U);
  EXPECT_EQ(slots[0].kind, Kind::full_name);
  EXPECT_EQ(slots[0].left, 1);
  EXPECT_EQ(slots[0].right, 2);
  EXPECT_EQ(slots[1].left, 2);
  EXPECT_EQ(slots[1].right, 1);
  // The id is never compared, whatever it is called.
  EXPECT_TRUE(
      line_up({}, std::vector<std::string>{"name"}, std::vector<std::string>{"name"}).empty());
}

TEST(Schema, EveryKindHasAName) {
  for (int i = 0; i <= static_cast<int>(Kind::ignore); ++i) {
    const auto kind = static_cast<Kind>(i);
    EXPECT_EQ(kind_from_text(to_text(kind)), kind);
  }
}

}  // namespace
}  // namespace doorstep::linkage
