// The numbers that are shared outside: small ones are not in them, and cannot be worked out.

#include <array>

#include <fmt/format.h>

#include "care/registry/compound.h"

namespace doorstep::day {
namespace {

using access::Role;

class Bulletins : public registry::Compound {
 protected:
  /// So many people more in each building, behind one door.
  void SetUp() override {
    settle(household("1", "102"), 8);
    settle(household("2", "101"), 12);
    settle(household("2", "102"), 6);
  }
  void settle(const std::string& home, int people) {
    for (int n = 0; n < people; ++n) {
      id(post(manager, "/api/v1/households/" + home + "/people",
              fmt::format(R"({{"name":"{}"}})", names_.at(named_++))));
    }
  }
  void observe(const std::string& home) {
    EXPECT_EQ(
        post(manager, "/api/v1/observations", R"({"household":")" + home + R"(","ground":"area"})")
            .status,
        200);
  }
  /// "collected observed persons" of a line; "-" is hidden.
  static std::string line(const api::Response& bulletin, const std::string& at) {
    std::string text;
    for (const char* column : {"collected", "observed", "persons"}) {
      const std::string cell = member(bulletin, at + '.' + column);
      text += (text.empty() ? "" : " ") + (cell.empty() ? "-" : cell);
    }
    return text;
  }

 private:
  /// Unlike each other, or they would be asked about as one.
  std::array<std::string_view, 26> names_{
      "赵远山", "钱明月", "孙春来", "李国庆", "周小红", "吴建军", "郑丽华", "王德福", "冯秀英",
      "陈志强", "褚桂兰", "卫文博", "蒋海燕", "沈永年", "韩淑芬", "杨家宝", "朱思源", "秦玉珍",
      "尤长贵", "许晓东", "何美玲", "吕振华", "施春兰", "张大勇", "孔雪梅", "曹子涵"};
  std::size_t named_ = 0;
};

TEST_P(Bulletins, N15_TwoPeopleOfABuildingAreNotToldFromTheSums) {
  observe(household("2", "102"));
  auto shared = get(manager, "/api/v1/bulletin");
  ASSERT_EQ(shared.status, 200) << shared.body;
  EXPECT_EQ(member(shared, "minimum"), "5");
  ASSERT_EQ(api::length(shared, "rows"), 2U);
  EXPECT_EQ(line(shared, "rows.0"), "10 0 10") << shared.body;
  EXPECT_EQ(line(shared, "rows.1"), "12 6 18") << shared.body;
  observe(household("1", "101"));  // The two of 1栋101.
  shared = get(manager, "/api/v1/bulletin");
  EXPECT_EQ(shared.body.find(R"("observed":2)"), std::string::npos) << shared.body;
  EXPECT_EQ(line(shared, "rows.0"), "- - 10") << shared.body;
  EXPECT_EQ(line(shared, "rows.1"), "- - 18") << shared.body;  // Or 8 - 6 would say it.
  EXPECT_EQ(line(shared, "sums"), "20 8 28") << shared.body;
}

TEST_P(Bulletins, N15_ItIsOfTheWholeCommunityOrOfNobody) {
  EXPECT_EQ(get(staff(Role::grid_head, path_of_place(grid(1))), "/api/v1/bulletin").status, 403);
  EXPECT_EQ(get(staff(Role::street), "/api/v1/bulletin").status, 200);
  EXPECT_EQ(get(staff(Role::street, path_of_place(grid(1))), "/api/v1/bulletin").status, 200);
}

DOORSTEP_ON_BOTH_ENGINES(Bulletins);

}  // namespace
}  // namespace doorstep::day
