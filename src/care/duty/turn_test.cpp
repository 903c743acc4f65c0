// What the clock has to do in a community, through the API on both engines: nothing, what is due, or all.

#include "care/duty/turn.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/roster.h"
#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::duty {
namespace {

class Quiet : public registry::Compound {
 protected:
  Quiet() : home_(household("1", "101")) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"area"}})", home_))
                  .status,
              200);
    look();
  }
  void look() {
    const std::int64_t seq = store().last_seq();
    std::shared_ptr<const Roster> roster;
    EXPECT_TRUE(service()
                    .as_system(community(),
                               [&](api::WriteContext& context) -> store::Outcome {
                                 roster = TRY(sweep(context, 1000)).roster;
                                 return store::Answer{};
                               })
                    .ok());
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      last_ = looked_at(db, Id<access::Community>{community()}, clock().now(), seq, roster);
      return store::Answer{};
    });
  }
  Turn turn() {
    Turn found = Turn::all;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      found = turn_now(db, Id<access::Community>{community()}, last_, clock().now());
      return store::Answer{};
    });
    return found;
  }
  bool quiet() { return is_quiet(last_, store().last_seq(), clock().now()); }
  Instant due() {
    return Instant{
        std::chrono::milliseconds{count("SELECT min(next_at) FROM duty WHERE closed_at IS NULL")}};
  }

  std::string home_;
  LastTurn last_;
};

TEST_P(Quiet, WhereNothingWasWrittenNothingIsAskedUntilTheNextIsDue) {
  EXPECT_FALSE(quiet());  // Not before it was asked once.
  EXPECT_EQ(turn(), Turn::nothing);
  EXPECT_TRUE(quiet());
  clock().set(due() - std::chrono::milliseconds{1});
  EXPECT_TRUE(quiet());
  clock().set(due());
  EXPECT_FALSE(quiet());
  EXPECT_EQ(turn(), Turn::due);
  // A clock that was set back, too.
  clock().set(last_.at - std::chrono::minutes{5});
  EXPECT_FALSE(quiet());
  EXPECT_EQ(turn(), Turn::all);
}

TEST_P(Quiet, AReportIsNewsAndIsReadOnce) {
  EXPECT_EQ(turn(), Turn::nothing);
  EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
  EXPECT_FALSE(quiet());
  // The link's opening is a change that may matter: everything is looked at once.
  EXPECT_EQ(turn(), Turn::all);
  look();
  EXPECT_EQ(turn(), Turn::nothing);
  const std::int64_t read = last_.seq;
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(post(manager, "/api/v1/check-ins",
                 fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"phone"}})", home_))
                .status,
            200);
  EXPECT_EQ(turn(), Turn::nothing);
  EXPECT_GT(last_.seq, read);
  EXPECT_EQ(last_.seq, store().last_seq());
  EXPECT_TRUE(quiet());
}

TEST_P(Quiet, WhoIsAbsentAsksForAll) {
  const api::As worker = staff(access::Role::worker, path_of_place(building(1)));
  look();
  EXPECT_EQ(turn(), Turn::nothing);
  EXPECT_EQ(
      post(manager, "/api/v1/absences",
           fmt::format(R"({{"account":"{}","from":"{}","until":"{}"}})",
                       api::member(get(worker, "/api/v1/session"), "account.id"),
                       to_text(clock().now()), to_text(clock().now() + std::chrono::hours{1})))
          .status,
      200);
  EXPECT_EQ(turn(), Turn::all);
  look();
  EXPECT_EQ(turn(), Turn::nothing);
  // And when they are back.
  clock().advance(std::chrono::hours{1});
  EXPECT_FALSE(quiet());
  EXPECT_EQ(turn(), Turn::all);
}

TEST_P(Quiet, NewsAreReadOnceForAllAndMatterToTheirOwnCommunityAlone) {
  EXPECT_EQ(turn(), Turn::nothing);
  News news(last_.seq);
  const auto read = [&] {
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      news.read(db);
      return store::Answer{};
    });
  };
  const Id<access::Community> here{community()};
  const Id<access::Community> there{community() + 1};
  read();
  EXPECT_FALSE(news.matters(here, last_));
  EXPECT_EQ(post(manager, "/api/v1/check-ins",
                 fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"phone"}})", home_))
                .status,
            200);
  read();
  EXPECT_FALSE(news.matters(here, last_));
  (void)service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
    context.journal("test.changed", 1, "");
    return store::Answer{};
  });
  EXPECT_FALSE(news.matters(here, last_));  // Not before it is read.
  read();
  EXPECT_EQ(news.seq(), store().last_seq());
  EXPECT_TRUE(news.matters(here, last_));
  EXPECT_FALSE(news.matters(there, last_));
  // Who looked at everything after it has seen it.
  LastTurn later = last_;
  later.seq = news.seq();
  EXPECT_FALSE(news.matters(here, later));
  news.forget();
  EXPECT_FALSE(news.matters(here, last_));
}

DOORSTEP_ON_BOTH_ENGINES(Quiet);

}  // namespace
}  // namespace doorstep::duty
