#include "engine/linkage/linkage.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/rng.h"
#include "engine/linkage/accuracy.h"

namespace doorstep::linkage {
namespace {

TEST(LinkageFloors, Febrl4) {
  EXPECT_GE(link_febrl4({}).f1(), .999);
  EXPECT_GE(link_febrl4({"soc_sec_id"}).f1(), .998);
  EXPECT_GE(link_febrl4({"soc_sec_id", "date_of_birth"}).f1(), .990);
}

TEST(LinkageFloors, FebrlDuplicates) {
  EXPECT_GE(dedupe_set("febrl1", febrl_schema({})).f1(), .998);
  EXPECT_GE(dedupe_set("febrl2", febrl_schema({})).f1(), .998);
  EXPECT_GE(dedupe_set("febrl3", febrl_schema({})).f1(), .998);
  EXPECT_GE(dedupe_set("febrl3", febrl_schema({"soc_sec_id", "date_of_birth"})).f1(), .988);
}

TEST(LinkageFloors, SplinkFake) {
  EXPECT_GE(dedupe_set("splink_fake", splink_schema()).f1(), .98);
}

TEST(LinkageFloors, PushListAgainstRegistry) {
  const ListCount count = link_push_list();
  EXPECT_GE(count.linked.precision(), .999);
  EXPECT_GE(count.linked.recall(), .95);
  EXPECT_GE(count.linked.f1(), .98);
  EXPECT_LE(count.review, .05 * count.rows);
}

/// A verdict on the push list by the id of the row.
std::map<std::string, std::pair<std::string, Decision>> decide(const DataSet& registry,
                                                               const DataSet& list,
                                                               unsigned threads) {
  const auto slots = line_up({}, registry.header, list.header);
  Linkage linkage(kinds_of(slots), {.threads = threads});
  for (const Fields& row : registry.rows) linkage.add_left(row[0], values_of(row, slots, true));
  for (const Fields& row : list.rows) linkage.add_right(row[0], values_of(row, slots, false));
  std::map<std::string, std::pair<std::string, Decision>> out;
  const std::vector<Verdict> verdicts = linkage.link_list();
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const bool matched = verdicts[i].match != Verdict::nobody;
    out[list.rows[i][0]] = {matched ? registry.rows[verdicts[i].match][0] : "",
                            verdicts[i].decision};
  }
  return out;
}

void shuffle(std::vector<Fields>& rows, SeededRng& rng) {
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[rng.below(i)]);
}

TEST(LinkageProperties, OrderOfRowsAndThreadsChangeNothing) {
  DataSet registry = read_set("zh_registry");
  DataSet list = read_set("zh_push");
  registry.rows.resize(700);
  list.rows.resize(700);
  const auto once = decide(registry, list, 1);
  EXPECT_EQ(decide(registry, list, 2), once);
  SeededRng rng(5);
  shuffle(registry.rows, rng);
  shuffle(list.rows, rng);
  EXPECT_EQ(decide(registry, list, 2), once);
}

TEST(LinkageProperties, ClustersDoNotDependOnTheOrderOfRows) {
  DataSet set = read_set("splink_fake");
  SeededRng rng(6);
  const auto clusters_by_id = [&] {
    const auto slots = line_up(splink_schema(), set.header, set.header);
    Linkage linkage(kinds_of(slots), {.threads = 2});
    for (const Fields& row : set.rows) linkage.add_left(row[0], values_of(row, slots, true));
    const std::vector<Row> clusters = linkage.dedupe();
    std::map<Row, std::set<std::string>> members;
    for (std::size_t i = 0; i < clusters.size(); ++i) members[clusters[i]].insert(set.rows[i][0]);
    std::set<std::set<std::string>> out;
    for (auto& [first, rows] : members) out.insert(rows);
    return out;
  };
  const auto once = clusters_by_id();
  for (int round = 0; round < 3; ++round) {
    shuffle(set.rows, rng);
    EXPECT_EQ(clusters_by_id(), once);
  }
}

TEST(LinkageProperties, TheSameFileTwiceLinksEachRowToItself) {
  DataSet registry = read_set("zh_registry");
  registry.rows.resize(600);
  const auto verdicts = decide(registry, registry, 2);
  for (const auto& [row, verdict] : verdicts) {
    EXPECT_EQ(verdict.first, row);
    EXPECT_EQ(verdict.second, Decision::link) << row;
  }
}

TEST(LinkageProperties, AnUnrelatedRecordChangesNoClearDecision) {
  DataSet registry = read_set("zh_registry");
  DataSet list = read_set("zh_push");
  registry.rows.resize(500);
  const auto before = decide(registry, list, 2);
  registry.rows.push_back(
      {"new", "诸葛青云", "男", "", "1901-02-03", "19900000000", "蓬莱岛1-1-101"});
  const auto after = decide(registry, list, 2);
  std::size_t changed = 0;
  for (const auto& [row, verdict] : before) {
    const auto& other = after.at(row);
    if (other == verdict) continue;
    ++changed;
    // Only between link and review, or review and new, and never to another person.
    EXPECT_TRUE(verdict.second == Decision::review || other.second == Decision::review) << row;
    EXPECT_TRUE(verdict.first == other.first || verdict.first.empty() || other.first.empty());
  }
  EXPECT_LE(changed, 3U) << "of " << before.size();
}

TEST(LinkageProperties, ScoresAreSymmetric) {
  const DataSet set = read_set("febrl3");
  const auto slots = line_up(febrl_schema({}), set.header, set.header);
  People people(kinds_of(slots));
  for (const Fields& row : set.rows) people.add(values_of(row, slots, true));
  const Model model = Model::prior(people.kinds(), 1000, 1000);
  Scorer scorer(model, people, people, people);
  SeededRng rng(7);
  for (int i = 0; i < 20000; ++i) {
    const Row a = static_cast<Row>(rng.below(people.size()));
    const Row b = static_cast<Row>(rng.below(people.size()));
    const Scorer::Score one = scorer.score(a, b);
    const Scorer::Score other = scorer.score(b, a);
    EXPECT_EQ(one.levels, other.levels) << a << " " << b;
    EXPECT_FLOAT_EQ(one.bits, other.bits);
  }
}

TEST(LinkageProperties, EmptyListsAreAnswered) {
  Linkage nothing(resident_kinds);
  EXPECT_TRUE(nothing.link_list().empty());
  Linkage no_registry(resident_kinds);
  no_registry.add_right("1", views({"王伟", "", "", "", "", ""}));
  EXPECT_EQ(no_registry.link_list().at(0).decision, Decision::fresh);
  Linkage one(resident_kinds);
  one.add_left("1", views({"王伟", "", "", "", "", ""}));
  EXPECT_EQ(one.dedupe().at(0), 0U);
  Linkage blank(resident_kinds);
  blank.add_left("1", views({"", "", "", "", "", ""}));
  blank.add_right("1", views({"", "", "", "", "", ""}));
  EXPECT_EQ(blank.link_list().at(0).decision, Decision::fresh);
}

}  // namespace
}  // namespace doorstep::linkage
