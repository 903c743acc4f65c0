#include "base/embedded.h"

#include <gtest/gtest.h>

#include "base/rule_keys.h"
#include "base/rules.h"

namespace doorstep {
namespace {

TEST(Embedded, RulePacksAreBuiltInAndReadable) {
  const auto packs = embedded_below("rules/");
  ASSERT_FALSE(packs.empty());
  for (const auto path : packs) {
    EXPECT_TRUE(RulePack::parse(embedded(path)).ok()) << path;
    const auto checked = check_rule_keys(embedded(path));
    EXPECT_TRUE(checked.ok()) << path << checked.error().code << checked.error().hint;
  }
}

}  // namespace
}  // namespace doorstep
