#include "engine/intake/patterns.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "engine/intake/folded.h"

namespace doorstep::intake {
namespace {

/// Where the pattern ends, counted from the start of the text; "-" where it does not match.
std::string ends(const char* pattern, const char* text) {
  Patterns patterns;
  patterns.add(fold(pattern).text, 7);
  patterns.prepare();
  std::string out;
  patterns.find(points(text), 0, [&](std::uint32_t to, std::uint32_t value) {
    EXPECT_EQ(value, 7U);
    out += std::to_string(to);
  });
  return out.empty() ? "-" : out;
}

TEST(Patterns, ReadAlternativesOptionsSetsAndAnyPoint) {
  struct Case {
    const char* pattern;
    const char* text;
    const char* ends;
  };
  const Case cases[] = {
      {"叫不醒", "叫不醒了", "3"},         {"(叫|喊)(不|唔)醒", "喊唔醒", "3"},
      {"(叫|喊)(不|唔)醒", "推不醒", "-"}, {"(|已经)停电", "停电了", "2"},
      {"(|已经)停电", "已经停电", "4"},    {"停电了?", "停电了", "23"},
      {"a(b(c|d)|e)f?", "abdf", "34"},     {"<23><0-9>周", "38周", "3"},
      {"(2|3)<0-9>周", "38周", "3"},       {"<二三>十周", "三十周", "3"},
      {"敲.?.?门", "敲他家门", "4"},       {"敲.?.?门", "敲 门", "-"},
      {"39\\.<5-9>", "39.7", "4"},
  };
  for (const Case& c : cases) EXPECT_EQ(ends(c.pattern, c.text), c.ends) << c.pattern << c.text;
}

TEST(Patterns, ShareTheirBeginnings) {
  Patterns patterns;
  patterns.add(points("胸(口|前)(痛|疼)"), 1);
  patterns.add(points("胸口闷"), 2);
  patterns.add(points("胸?口"), 3);
  patterns.prepare();
  std::map<std::uint32_t, std::uint32_t> found;
  patterns.find(points("胸口闷痛"), 0,
                [&](std::uint32_t to, std::uint32_t value) { found[value] = to; });
  EXPECT_EQ(found, (std::map<std::uint32_t, std::uint32_t>{{2, 3}, {3, 2}}));
}

}  // namespace
}  // namespace doorstep::intake
