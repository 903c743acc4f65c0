#include "base/embedded.h"

#include <gtest/gtest.h>

#include "base/rules.h"

namespace doorstep {
namespace {

TEST(Embedded, RulePacksAreBuiltInAndReadable) {
  const auto packs = embedded_below("rules/");
  ASSERT_FALSE(packs.empty());
  for (const auto path : packs) EXPECT_TRUE(RulePack::parse(embedded(path)).ok()) << path;
}

}  // namespace
}  // namespace doorstep
