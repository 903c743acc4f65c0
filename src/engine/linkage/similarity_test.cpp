#include "engine/linkage/similarity.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/rng.h"

namespace doorstep::linkage {
namespace {

/// The whole table of optimal string alignment, as the textbook has it.
int plain_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

std::string word(SeededRng& rng) {
  std::string out;
  for (auto left = rng.below(9); left > 0; --left) out.push_back("abc d"[rng.below(5)]);
  return out;
}

TEST(Similarity, EditDistanceIsTheTextbooksUpToTheLimit) {
  SeededRng rng(1);
  for (int i = 0; i < 20000; ++i) {
    const std::string a = word(rng);
    const std::string b = word(rng);
    for (const int limit : {1, 2, 3}) {
      EXPECT_EQ(edit_distance(a, b, limit), std::min(plain_distance(a, b), limit + 1))
          << '"' << a << "\" \"" << b << '"';
    }
  }
  EXPECT_EQ(edit_distance("19411227", "19411272", 1), 1) << "neighbours swapped";
}

TEST(Similarity, JaroWinklerOfThePublishedExamples) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 1e-4);
  EXPECT_NEAR(jaro_winkler("dwayne", "duane"), 0.84, 1e-4);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 1e-4);
  EXPECT_EQ(jaro_winkler("", "a"), 0.0);
}

TEST(Similarity, SharedLettersAndWords) {
  EXPECT_EQ(shared_letters("amelia", "lmeaia"), 1.0);
  EXPECT_EQ(shared_letters("abc", "xyz"), 0.0);
  EXPECT_EQ(shared_words("hay street", "street hay lane"), 1.0);
  EXPECT_EQ(shared_words("hay street", "low street"), 0.5);
  EXPECT_EQ(shared_words("", "a"), 0.0);
}

TEST(Similarity, ShapesNeverHideALikeness) {
  SeededRng rng(2);
  const char* const samples[] = {"fairweather circuit",
                                 "fairweather place",
                                 "beaurepaire crescent",
                                 "thomas",
                                 "tomas",
                                 "smith",
                                 "schmidt",
                                 "von hoist",
                                 "j",
                                 "john"};
  std::vector<std::string> words(std::begin(samples), std::end(samples));
  for (int i = 0; i < 300; ++i) words.push_back(word(rng));
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      const WordShape x = shape_of(a);
      const WordShape y = shape_of(b);
      const Likeness found = likeness(a, x, b, y);
      EXPECT_LE(letters_apart(x, y), plain_distance(a, b));
      EXPECT_FALSE(surely_unlike(x, y) && found != Likeness::none) << a << '|' << b;
    }
  }
}

}  // namespace
}  // namespace doorstep::linkage
