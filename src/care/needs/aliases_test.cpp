// A community's own words, through the endpoints on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/needs/testing.h"

namespace doorstep::needs {
namespace {

using api::length;
using api::member;

class Vocabulary : public NeedsHouse {};
DOORSTEP_ON_BOTH_ENGINES(Vocabulary);

TEST_P(Vocabulary, D1_ACorrectionProposesAWordThatIsReadOnceSomebodySaidYes) {
  const auto read_as = [&](const api::As& as, std::string_view text) {
    return member(post(as, "/api/v1/needs/read", fmt::format(R"({{"text":"{}"}})", text)),
                  "lines.0.canonical");
  };
  EXPECT_EQ(read_as(resident, "咕噜丸两袋"), "咕噜丸");
  const std::string one = member(ask(resident, "咕噜丸两袋"), "id");
  const auto ordered_so = decide(
      one, "order",
      R"(,"lines":[{"name":"肉丸","canonical":"肉丸","qty":2000,"unit":"袋","state":"read"}],)"
      R"("corrections":[{"written":"咕噜丸","meant":"肉丸"},{"written":"两袋","meant":"米"},)"
      R"({"written":"不在话里","meant":"米"}])");
  ASSERT_EQ(ordered_so.status, 200) << ordered_so.body;
  EXPECT_EQ(ordered("肉丸"), 2000);
  // Proposed, and not read so before somebody said yes. An amount and what nobody wrote teach nothing.
  const auto words = get(worker, "/api/v1/words");
  ASSERT_EQ(length(words, "rows"), 1U) << words.body;
  EXPECT_EQ(member(words, "rows.0.state"), "proposed");
  EXPECT_EQ(read_as(resident, "咕噜丸三袋"), "咕噜丸");
  const std::string path = "/api/v1/words/" + member(words, "rows.0.id") + "/decide";
  EXPECT_EQ(post(worker, path, R"({"approve":true})").status, 403);
  ASSERT_EQ(post(manager, path, R"({"approve":true})").status, 200);
  EXPECT_EQ(read_as(resident, "咕噜丸三袋"), "肉丸");
  EXPECT_EQ(member(ask(resident, "咕噜丸三袋"), "state"), "accepted");
  EXPECT_EQ(ordered("肉丸"), 3000);
  const auto relay = post(worker, "/api/v1/relays/read", R"({"text":"1. 1栋1单元101 咕噜丸四袋"})");
  EXPECT_EQ(member(relay, "rows.0.lines.0.canonical"), "肉丸") << relay.body;
  // One meaning a word; and what was said is taken back at once.
  const std::string two = member(ask(resident, "咕噜丸几袋"), "id");
  decide(two, "decline", R"(,"corrections":[{"written":"咕噜丸","meant":"鱼丸"}])");
  const auto both = get(worker, "/api/v1/words");
  ASSERT_EQ(length(both, "rows"), 2U) << both.body;
  const std::string other = "/api/v1/words/" + member(both, "rows.0.id") + "/decide";
  EXPECT_EQ(member(post(manager, other, R"({"approve":true})"), "code"), "word.taken");
  ASSERT_EQ(post(manager, path, R"({"approve":false})").status, 200);
  EXPECT_EQ(read_as(resident, "咕噜丸三袋"), "咕噜丸");
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind IN ('word.proposed', 'word.approved',"
                  " 'word.refused')"),
            4);
}

}  // namespace
}  // namespace doorstep::needs
