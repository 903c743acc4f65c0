#include "engine/linkage/person_index.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "engine/linkage/accuracy.h"
#include "engine/linkage/link_keys.h"
#include "engine/linkage/synthetic_people.h"

namespace doorstep::linkage {
namespace {

SyntheticResidents source() {
  return {U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
          U"伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚",
          {"翠湖苑", "西子湾", "花半里", "静园"}};
}

Fields fields(const SyntheticResidents::Values& values) {
  return {values.begin(), values.end()};
}

TEST(PersonIndex, FindsWhoIsInIt) {
  const SyntheticResidents people = source();
  PersonIndex index(resident_kinds);
  for (std::int64_t i = 0; i < 3000; ++i) {
    index.add(i, views(fields(people.person(static_cast<std::uint64_t>(i)))));
  }
  const Model model = Model::prior(resident_kinds, 3000, 1);
  Matcher matcher(index, model);
  int found = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const auto exact = matcher.match(views(fields(people.person(i))));
    ASSERT_FALSE(exact.empty());
    EXPECT_EQ(exact[0].person, static_cast<std::int64_t>(i));
    EXPECT_EQ(Matcher::decide(exact), Decision::link);
    const auto noisy = matcher.match(views(fields(people.pushed(i, 0))));
    const bool right = !noisy.empty() && noisy[0].person == static_cast<std::int64_t>(i);
    found += right ? 1 : 0;
    if (Matcher::decide(noisy) == Decision::link) EXPECT_TRUE(right);
    const auto stranger = matcher.match(views(fields(people.pushed(5000 + i, 0))));
    EXPECT_NE(Matcher::decide(stranger), Decision::link);
  }
  EXPECT_GE(found, 480);
}

TEST(PersonIndex, OverfullKeysStillFind) {
  // Two hundred of one name: the key of the name is divided by date, dwelling and phone.
  PersonIndex index(resident_kinds);
  for (int i = 0; i < 200; ++i) {
    const std::string day =
        "19" + std::to_string(10 + i % 80) + "-0" + std::to_string(1 + i % 9) + "-11";
    index.add(i, views({"王伟", "男", "", day, "", "花半里" + std::to_string(i + 1) + "-1-101"}));
  }
  const Model model = Model::prior(resident_kinds, 200, 1);
  Matcher matcher(index, model);
  for (int i = 0; i < 200; i += 17) {
    const auto found =
        matcher.match(views({"王伟", "", "", "", "", "花半里" + std::to_string(i + 1) + "-1-101"}));
    ASSERT_FALSE(found.empty()) << i;
    EXPECT_EQ(found[0].person, i);
  }
}

TEST(PersonIndex, ForgetsTheRemoved) {
  PersonIndex index(resident_kinds);
  const Fields person{"欧阳文澜", "女", "", "1980-01-02", "13811112222", "望江园3-2-501"};
  index.add(7, views(person));
  const Model model = Model::prior(resident_kinds, 1, 1);
  Matcher matcher(index, model);
  ASSERT_EQ(matcher.match(views(person)).size(), 1U);
  index.remove(7);
  EXPECT_TRUE(matcher.match(views(person)).empty());
  EXPECT_EQ(Matcher::decide({}), Decision::fresh);
}

LinkKeys keys_of(const SyntheticResidents::Values& values) {
  const std::vector<std::string> phones{values[4]};
  return link_keys(values[0], values[3], phones);
}

TEST(LinkKeys, OfOnePersonMeet) {
  const SyntheticResidents people = source();
  int met = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const LinkKeys kept = keys_of(people.person(i));
    const LinkKeys asked = keys_of(people.pushed(i, 3));
    EXPECT_LE(kept.kept.size(), 2U);
    const bool key = std::ranges::any_of(
        asked.asked, [&](LinkKey one) { return std::ranges::count(kept.kept, one) > 0; });
    const bool name = std::ranges::any_of(asked.of_name, [&](const auto& range) {
      return std::ranges::any_of(
          kept.kept, [&](LinkKey one) { return one >= range.first && one <= range.second; });
    });
    met += key || name ? 1 : 0;
  }
  EXPECT_GE(met, 975);
}

TEST(LinkKeys, AreTheSameOnEveryMachineAndInEveryVersion) {
  // They stand in a table: if this fails, link_key has to be made anew wherever it is stored.
  const std::vector<std::string> phones{"+86 138 1111 2222"};
  const LinkKeys keys = link_keys("王小红", "1958-03-02", phones);
  EXPECT_EQ(keys.kept, (std::vector<LinkKey>{2960844234287794086, 1896869363536405825}));
  EXPECT_EQ(link_keys("王小紅", "1958年3月2日", {}).kept, (std::vector<LinkKey>{keys.kept[0]}));
  EXPECT_EQ(link_keys("WANG Xiaohong", "", {}).of_name[0], keys.of_name[0]);
  EXPECT_TRUE(link_keys("王某", "", {}).kept.empty());
  EXPECT_TRUE(link_keys("", "", {}).kept.empty());
}

}  // namespace
}  // namespace doorstep::linkage
