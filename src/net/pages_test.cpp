#include "net/pages.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace doorstep::net {
namespace {

TEST(PagesTest, StandSortedByPathEachOnce) {
  EXPECT_TRUE(std::ranges::is_sorted(pages(), {}, &Page::path));
  std::set<std::string_view> paths;
  for (const auto& page : pages()) EXPECT_TRUE(paths.insert(page.path).second) << page.path;
}

TEST(PagesTest, KeepForAYearOnlyWhatIsNamedByItsContent) {
  for (const auto& page : pages()) {
    EXPECT_EQ(page.immutable, page.path.starts_with("/assets/")) << page.path;
  }
}

TEST(PagesTest, CarryATypeAStrongTagAndTwinsThatSaveBytes) {
  for (const auto& page : pages()) {
    EXPECT_FALSE(page.media_type.empty()) << page.path;
    EXPECT_TRUE(page.etag.starts_with('"') && page.etag.ends_with('"')) << page.etag;
    if (!page.gzip.empty()) {
      EXPECT_LT(page.gzip.size(), page.identity.size()) << page.path;
      EXPECT_TRUE(page.gzip.starts_with("\x1f\x8b")) << page.path;
    }
    if (!page.brotli.empty()) EXPECT_LT(page.brotli.size(), page.identity.size()) << page.path;
  }
}

}  // namespace
}  // namespace doorstep::net
