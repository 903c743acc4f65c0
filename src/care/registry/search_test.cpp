#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

class Search : public RegistryHouse {
 protected:
  api::Response find(const api::As& as, const std::string& text) {
    return post(as, "/api/v1/search", "{\"text\":\"" + text + "\"}");
  }
  api::Response resolve(const std::string& text) {
    return post(at_the_shell, "/api/v1/doors/resolve", "{\"text\":\"" + text + "\"}");
  }
};
DOORSTEP_ON_BOTH_ENGINES(Search);

TEST_P(Search, FindsByDoorNamePinyinInitialsAndPhone) {
  import_fumin();
  struct Case {
    const char* text;
    const char* kind;
    const char* title;
  };
  for (const Case& one :
       {Case{"10-2-301", "dwelling", "10栋2单元301"},
        Case{"10栋2单元301", "dwelling", "10栋2单元301"},
        Case{"10-2-3", "dwelling", "10栋2单元301"}, Case{"许先生", "person", "许先生"},
        Case{"xuxiansheng", "person", "许先生"}, Case{"XXS", "person", "许先生"},
        Case{"13000001001", "person", "许先生"}, Case{"1001", "person", "许先生"},
        Case{"許先生", "person", "许先生"}, Case{"10栋", "building", "10栋"},
        Case{"10", "building", "10栋"}}) {
    const auto found = find(at_the_shell, one.text);
    bool there = false;
    for (std::size_t row = 0; row < length(found, "rows"); ++row) {
      const std::string at = "rows." + std::to_string(row);
      there = there || (member(found, at + ".kind") == one.kind &&
                        member(found, at + ".title") == one.title);
    }
    EXPECT_TRUE(there) << one.text << found.body;
    EXPECT_LE(length(found, "rows"), 20U);
  }
}

TEST_P(Search, ShowsNoNamesAndPhonesToWhomTheyAreNotFor) {
  import_fumin();
  const auto property = staff(access::Role::property);
  EXPECT_EQ(length(find(property, "许先生"), "rows"), 0U);
  EXPECT_EQ(length(find(property, "13000001001"), "rows"), 0U);
  EXPECT_EQ(member(find(property, "10-2-301"), "rows.0.title"), "10栋2单元301");
  const auto volunteer = staff(access::Role::volunteer);
  EXPECT_EQ(length(find(volunteer, "许先生"), "rows"), 1U);
  EXPECT_EQ(length(find(volunteer, "13000001001"), "rows"), 0U);
}

TEST_P(Search, A19_ACaptainFindsOnlyTheirOwnBuilding) {
  import_fumin();
  const auto captain = staff(access::Role::captain, path_of_place("building", "10栋"));
  EXPECT_EQ(length(find(captain, "许先生"), "rows"), 1U);
  EXPECT_EQ(length(find(captain, "张阿姨"), "rows"), 0U);
  const auto doors = find(captain, "301");
  EXPECT_EQ(length(doors, "rows"), 4U) << doors.body;  // One in each of four entrances.
}

TEST_P(Search, A9_ResolvesADoorOrAsks) {
  import_fumin();
  import_file("dwellings",
              "楼栋,单元,门牌\n静园巷13号,1单元,103\n静园巷13号,1单元,104\n"
              "王牌路37号邮电宿舍,,101\n王牌路37号邮电宿舍,,102\n");
  for (const auto& [text, door] :
       {std::pair{"10-2-301", "10栋2单元301"}, std::pair{"10栋2单元301", "10栋2单元301"},
        std::pair{"静园巷13号1单元103", "静园巷13号1单元103"},
        std::pair{"富民花园10栋2单元301室", "10栋2单元301"},
        std::pair{"王牌路37号邮电宿舍101", "王牌路37号邮电宿舍101"}}) {
    const auto found = resolve(text);
    EXPECT_EQ(member(found, "state"), "one") << text << found.body;
    EXPECT_EQ(member(found, "rows.0.door"), door);
  }
  for (const char* text :
       {"王牌路37号邮电宿舍", "邮电宿舍101", "10栋301", "301", "10-301", "2单元301"}) {
    const auto found = resolve(text);
    EXPECT_EQ(member(found, "state"), "ambiguous") << text << found.body;
    EXPECT_GE(length(found, "rows"), 1U) << text;
  }
  // Another lane's number 13 is another house.
  for (const char* text : {"10-2-999", "别的巷13栋1单元103", "21栋1单元101", "你好"}) {
    EXPECT_EQ(member(resolve(text), "state"), "none") << text << resolve(text).body;
  }
}

}  // namespace
}  // namespace doorstep::registry
