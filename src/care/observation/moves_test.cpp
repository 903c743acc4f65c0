// Who moves away from an observed household, through the endpoints on both engines: nobody gets out of
// the due set by moving, and no door is asked behind which nobody lives.

#include "care/observation/moves.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

class Moves : public registry::Compound {
 protected:
  Moves() : home_(household("1", "101")), other_(household("2", "202")) {
    li_ = id_text(count(
        fmt::format("SELECT person_id FROM residence WHERE household_id = {} AND person_id <> {}",
                    *id_from_text(home_), *id_from_text(zhang))));
  }
  void observe(std::string_view more) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}",{}}})", home_, more))
                  .status,
              200);
  }
  void turn() {
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(follow_moves(context));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(count("SELECT count(*) FROM residence_left"), 0);
  }
  void move(const std::string& person, const std::string& to) {
    EXPECT_EQ(post(manager, "/api/v1/people/" + person + "/move",
                   fmt::format(R"({{"household":"{}"}})", to))
                  .status,
              200);
    turn();
  }
  void leave(const std::string& person) {
    const std::string path = "/api/v1/people/" + person + "/leave";
    EXPECT_EQ(post(manager, path, R"({"note":"搬走了"})").status, 200);
    post(staff(access::Role::leader), path);
    turn();
  }
  /// Open grounds of a household, "all" or the person's id with the first free day.
  std::string grounds(const std::string& household) {
    std::string shown;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row :
           db.query("SELECT person_id, ends_on FROM observation_ground WHERE household_id = $1"
                    " AND ended_at IS NULL ORDER BY person_id",
                    {*id_from_text(household)})) {
        shown += (shown.empty() ? "" : " ") +
                 (row.integer(0) == 0 ? std::string("all") : id_text(row.integer(0))) + "/" +
                 row.text(1);
      }
      return store::Answer{};
    });
    return shown;
  }
  std::int64_t owed(const std::string& household) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind IN ('contact', 'release')"
                    " AND subject_id = {} AND closed_at IS NULL",
                    *id_from_text(household)));
  }
  std::int64_t missed() { return count("SELECT count(*) FROM missed_now WHERE why = 'no_duty'"); }

  std::string home_;
  std::string other_;
  std::string li_;
};

TEST_P(Moves, WhatWasAskedOfTheHouseholdGoesAlongWithWhoMoves) {
  observe(R"("ground":"returnee","start_event_on":"2022-11-20")");
  move(zhang, other_);
  EXPECT_EQ(grounds(home_), "all/2022-12-05");  // The other one stays, and so does the duty.
  EXPECT_EQ(grounds(other_), zhang + "/2022-12-05");
  EXPECT_EQ(owed(home_), 2);
  EXPECT_EQ(owed(other_), 2);
  move(li_, other_);
  EXPECT_EQ(grounds(home_), "");
  EXPECT_EQ(owed(home_), 0);
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE end_reason = 'transferred'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM observation_ground WHERE ended_at IS NULL"), 2);
  EXPECT_EQ(missed(), 0);
  EXPECT_EQ(count("SELECT count(*) FROM release_letter"), 0);
}

TEST_P(Moves, AGroundOfOnesOwnLeavesNothingBehind) {
  observe(fmt::format(R"("ground":"case_contact","person":"{}")", zhang));
  move(zhang, other_);
  EXPECT_EQ(grounds(home_), "");
  EXPECT_EQ(owed(home_), 0);
  EXPECT_EQ(grounds(other_), zhang + "/2022-12-13");
  EXPECT_EQ(owed(other_), 2);
}

TEST_P(Moves, WhoIsNotCoveredTakesNothingAlong) {
  observe(fmt::format(R"("ground":"case_contact","person":"{}")", zhang));
  move(li_, other_);
  EXPECT_EQ(grounds(home_), zhang + "/2022-12-13");
  EXPECT_EQ(grounds(other_), "");
}

TEST_P(Moves, WhereTheLastOneLeavesNobodyIsAskedAnyMore) {
  observe(R"("ground":"area")");
  leave(zhang);
  EXPECT_EQ(owed(home_), 2);
  leave(li_);
  EXPECT_EQ(owed(home_), 0);
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE ended_at IS NULL"), 0);
  EXPECT_EQ(missed(), 0);
}

TEST_P(Moves, WhoCameBackBeforeTheClocksTurnNeverLeft) {
  observe(R"("ground":"area")");
  EXPECT_EQ(post(manager, "/api/v1/people/" + zhang + "/move",
                 fmt::format(R"({{"household":"{}"}})", other_))
                .status,
            200);
  move(zhang, home_);
  EXPECT_EQ(grounds(home_), "all/2022-12-13");
  EXPECT_EQ(grounds(other_), "");
}

DOORSTEP_ON_BOTH_ENGINES(Moves);

}  // namespace
}  // namespace doorstep::observation
