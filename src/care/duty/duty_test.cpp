// Duties through the API and the sweep, on both engines: what is owed climbs until somebody has it,
// and somebody always has it.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/restored_testing.h"
#include "care/duty/clock.h"
#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::duty {
namespace {

using api::member;
using std::chrono::hours;
using std::chrono::minutes;

/// At most 3 for one owner.
constexpr std::string_view small_pack = R"(
[observation]
length_days = 14
length_days_max = 60
first_day_offset = 1
release_from = "09:00"
[check_in]
fever_tenths = 373
temperature_min_tenths = 340
temperature_max_tenths = 430
windows = [ { name = "morning", from = "00:00", until = "10:00" } ]
[duty]
acknowledge_minutes = 15
finish_minutes = 60
open_per_owner_max = 3
[phones]
emergency = "120"
duty = "1"
)";

class Duties : public registry::Compound {
 protected:
  Duties() { home_ = household("1", "101"); }

  /// A person with a role on grid one.
  std::string person(std::string_view role, std::string_view place = "") {
    const std::string where = place.empty() ? "" : fmt::format(R"(,"place":"{}")", place);
    return id(post(manager, "/api/v1/invitations",
                   fmt::format(R"({{"name":"某人","login":"p{}","role":"{}"{}}})", ++people_, role,
                               where)),
              "account");
  }
  void observe(std::string_view household) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"area"}})", household))
                  .status,
              200);
  }
  void absent(const std::string& account, hours length) {
    EXPECT_EQ(post(manager, "/api/v1/absences",
                   fmt::format(R"({{"account":"{}","from":"{}","until":"{}"}})", account,
                               to_text(clock().now()), to_text(clock().now() + length)))
                  .status,
              200);
  }
  Swept swept() {
    Swept all;
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          all = TRY(sweep(context, 1000));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
    return all;
  }
  /// Where the server sweeps at once. The base's other communities owe nothing.
  std::vector<std::int64_t> due() {
    std::vector<std::int64_t> found;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      found = communities_due(db, clock().now());
      return store::Answer{};
    });
    return found;
  }
  std::int64_t missed() {
    return count(fmt::format("SELECT count(*) FROM missed_now WHERE since < {}",
                             clock().now().time_since_epoch().count()));
  }
  /// The open contact duty of the household behind 1栋101: "worker raised 0ACCOUNT".
  std::string contact() {
    std::string shown;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      const auto row = db.first(
          "SELECT level, state, owner_id FROM duty WHERE kind = 'contact' AND subject_id = $1"
          " AND closed_at IS NULL",
          {*id_from_text(home_)});
      shown = row ? row->text(0) + " " + row->text(1) + " " + id_text(row->integer(2)) : "none";
      return store::Answer{};
    });
    return shown;
  }
  /// Ten o'clock of the day after: the window of the morning is over.
  void overdue() {
    clock().set(*instant_from_text("2022-11-29T10:00:00+08:00"));
    manager = staff(access::Role::manager);
  }

  std::string home_;

 private:
  int people_ = 0;
};

TEST_P(Duties, WhatNobodyTakesUpClimbsRungByRung) {
  const std::string worker = person("worker", building(1));
  const std::string head = person("grid_head", grid(1));
  const std::string leader = person("leader");
  observe(home_);
  EXPECT_EQ(contact(), "worker waiting " + worker);
  clock().set(*instant_from_text("2022-11-28T09:59:59+08:00"));
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(swept().raised, 0);
  clock().set(*instant_from_text("2022-11-28T10:00:00+08:00"));
  EXPECT_EQ(due(), std::vector{community()});
  EXPECT_EQ(swept().raised, 1);
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(contact(), "worker raised " + worker);
  EXPECT_EQ(swept().raised, 0);  // Twice at one instant changes nothing.
  clock().advance(minutes{15});
  swept();
  EXPECT_EQ(contact(), "grid_head raised " + head);  // There is no deputy.
  clock().advance(minutes{15});
  swept();
  EXPECT_EQ(contact(), "leader raised " + leader);
  clock().advance(minutes{15});
  swept();
  EXPECT_TRUE(contact().starts_with("manager raised ")) << contact();
  EXPECT_EQ(missed(), 0);
}

TEST_P(Duties, TakenUpItStaysUntilItsTimeIsOver) {
  person("worker", building(1));
  observe(home_);
  overdue();
  swept();
  const std::string duty = id_text(count("SELECT id FROM duty WHERE kind = 'contact'"));
  EXPECT_EQ(post(manager, "/api/v1/duties/" + duty + "/acknowledge").status, 200);
  EXPECT_EQ(post(manager, "/api/v1/duties/" + duty + "/acknowledge").status, 200);  // Mine already.
  const api::As other = staff(access::Role::manager);
  EXPECT_EQ(member(post(other, "/api/v1/duties/" + duty + "/acknowledge"), "code"), "duty.taken");
  clock().advance(minutes{59});
  EXPECT_EQ(swept().raised, 0);
  clock().advance(minutes{1});
  EXPECT_EQ(swept().raised, 1);
  EXPECT_EQ(missed(), 0);
}

TEST_P(Duties, C8_AReportMovesItOnToTheNextWindow) {
  const std::string worker = person("worker", building(1));
  observe(home_);
  overdue();
  swept();
  EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
  EXPECT_EQ(contact(), "worker waiting " + worker);
  clock().set(*instant_from_text("2022-11-30T09:59:00+08:00"));
  EXPECT_EQ(swept().raised, 0);
  clock().set(*instant_from_text("2022-11-30T10:00:00+08:00"));
  EXPECT_EQ(swept().raised, 1);
}

TEST_P(Duties, A17_WhoIsAwayOrOffShiftOrGoneOwnsNothing) {
  const std::string worker = person("worker", building(1));
  const std::string deputy = person("deputy", building(1));
  observe(home_);
  absent(worker, hours{48});
  swept();
  EXPECT_EQ(contact(), "worker waiting " + deputy);
  overdue();
  absent(deputy, hours{3});
  swept();
  EXPECT_TRUE(contact().starts_with("manager raised ")) << contact();
  EXPECT_EQ(missed(), 0);
  // A rostered leader is there only while the shift lasts.
  const std::string leader = person("leader");
  EXPECT_EQ(post(manager, "/api/v1/shifts",
                 fmt::format(R"({{"account":"{}","role":"leader","from":"{}","until":"{}"}})",
                             leader, to_text(clock().now()), to_text(clock().now() + hours{1})))
                .status,
            200);
  const std::string duty = id_text(count("SELECT id FROM duty WHERE kind = 'contact'"));
  EXPECT_EQ(post(manager, "/api/v1/duties/" + duty + "/assign",
                 fmt::format(R"({{"account":"{}"}})", leader))
                .status,
            200);
  EXPECT_EQ(member(post(manager, "/api/v1/duties/" + duty + "/assign",
                        fmt::format(R"({{"account":"{}"}})", worker)),
                   "code"),
            "duty.owner");
  clock().advance(minutes{10});
  swept();
  EXPECT_TRUE(contact().ends_with(leader)) << contact();
  clock().advance(hours{1});
  swept();
  EXPECT_FALSE(contact().ends_with(leader)) << contact();
}

TEST_P(Duties, NobodyLooksAfterTheirOwnHousehold) {
  const std::string worker = person("worker", building(1));
  const std::string head = person("grid_head", grid(1));
  EXPECT_EQ(post(manager, "/api/v1/accounts/" + worker + "/person",
                 fmt::format(R"({{"person":"{}"}})", zhang))
                .status,
            200);
  observe(home_);
  EXPECT_EQ(contact(), "grid_head waiting " + head);
}

TEST_P(Duties, APauseHasAReasonAndAnEnd) {
  person("worker", building(1));
  observe(home_);
  overdue();
  swept();
  const std::string path =
      "/api/v1/duties/" + id_text(count("SELECT id FROM duty WHERE kind = 'contact'")) + "/pause";
  const auto pause = [&](Instant until, std::string_view reason) {
    return post(manager, path,
                fmt::format(R"({{"until":"{}","reason":"{}"}})", to_text(until), reason));
  };
  EXPECT_EQ(member(pause(clock().now(), "睡觉"), "code"), "duty.pause");
  EXPECT_EQ(member(pause(clock().now() + hours{49}, "睡觉"), "code"), "duty.pause");
  EXPECT_EQ(member(pause(clock().now() + hours{1}, " "), "code"), "duty.reason");
  EXPECT_EQ(pause(clock().now() + hours{1}, "夜班，午后再打").status, 200);
  clock().advance(minutes{59});
  EXPECT_EQ(swept().raised, 0);
  clock().advance(minutes{1});
  EXPECT_EQ(swept().raised, 1);
}

TEST_P(Duties, N8_AJumpHoldsReleasesAndNeverEscalation) {
  observe(home_);
  clock().set(*instant_from_text("2022-12-13T12:00:00+08:00"));  // After the last of 14 days.
  manager = staff(access::Role::manager);
  const auto watch = [&](Instant expected) {
    (void)service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
      watch_clock(context, expected);
      return store::Answer{};
    });
  };
  watch(clock().now() - minutes{5});
  EXPECT_EQ(count("SELECT count(*) FROM clock_hold"), 0);
  watch(clock().now() - hours{26});
  EXPECT_GE(swept().raised, 1);
  EXPECT_TRUE(contact().find(" raised ") != std::string::npos) << contact();
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'release' AND state = 'waiting'"), 1);
  const std::string end =
      "/api/v1/observations/" + id_text(count("SELECT id FROM observation")) + "/end";
  EXPECT_EQ(member(post(manager, end, R"({"reason":"completed"})"), "code"), "release.clock_held");
  EXPECT_EQ(post(manager, "/api/v1/clock/confirm").status, 200);
  EXPECT_EQ(member(post(manager, "/api/v1/clock/confirm"), "code"), "clock.not_held");
  EXPECT_GE(swept().raised, 1);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'release' AND state = 'raised'"), 1);
  EXPECT_EQ(post(manager, end, R"({"reason":"completed"})").status, 200);
  // What is left is to take down what hangs on the door.
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE closed_at IS NULL AND kind <> 'removal'"), 0);
}

// A test after the backup may have said otherwise: somebody looks before anybody is released, and nobody waits for help.
TEST_P(Duties, N6_ARestoreHoldsReleasesUntilANamedPersonHasLookedAndNeverEscalation) {
  observe(home_);
  clock().set(*instant_from_text("2022-12-13T12:00:00+08:00"));  // After the last of 14 days.
  manager = staff(access::Role::manager);
  api::restore(store(), clock().now());
  EXPECT_GE(swept().raised, 1);
  EXPECT_TRUE(contact().find(" raised ") != std::string::npos) << contact();
  const auto releases = [&](std::string_view state) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = 'release' AND state = '{}'", state));
  };
  EXPECT_EQ(releases("waiting"), 1);
  const std::string end =
      "/api/v1/observations/" + id_text(count("SELECT id FROM observation")) + "/end";
  EXPECT_EQ(member(post(manager, end, R"({"reason":"completed"})"), "code"), "outgoing.held");
  EXPECT_EQ(member(get(manager, "/api/v1/backups/state"), "held.made_at"),
            to_text(clock().now() - hours{26}));
  EXPECT_EQ(post(manager, "/api/v1/outgoing/release").status, 200);
  EXPECT_EQ(member(post(manager, "/api/v1/outgoing/release"), "code"), "outgoing.not_held");
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'outgoing.released' AND actor <> 0"),
            1);
  EXPECT_GE(swept().raised, 1);
  EXPECT_EQ(releases("raised"), 1);
  EXPECT_EQ(post(manager, end, R"({"reason":"completed"})").status, 200);
}

// Who may read no health gets no alarm that they could not open; it climbs to whoever can, again and again.
TEST_P(Duties, C9_WhatTellsOfHealthGoesToWhoMayKnowIt) {
  const api::As street = staff(access::Role::street);
  observe(home_);
  post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"unwell"})");
  const auto owner = [&] {
    return count("SELECT owner_id FROM duty WHERE kind = 'unwell' AND closed_at IS NULL");
  };
  const std::int64_t blind = *id_from_text(member(get(street, "/api/v1/session"), "account.id"));
  for (int times = 0; times < 12; ++times) {
    EXPECT_NE(owner(), blind) << times;
    clock().advance(minutes{6});
    swept();
  }
}

TEST_P(Duties, TooManyInOneHandIsItselfADuty) {
  rules(small_pack);
  const std::string worker = person("worker", building(1));
  for (const char* door : {"101", "102", "201", "202"}) observe(household("1", door));
  overdue();
  swept();
  const std::string piled = fmt::format(
      "SELECT count(*) FROM duty WHERE kind = 'overload' AND subject_id = {} AND closed_at IS NULL",
      *id_from_text(worker));
  swept();
  EXPECT_EQ(count(piled), 1);
  EXPECT_EQ(
      post(link(household("1", "202")), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status,
      200);
  swept();
  EXPECT_EQ(count(piled), 0);
}

TEST_P(Duties, MoreThanTheAllowedNumberPerOwnerAndNotInAll) {
  rules(small_pack);
  const std::string worker = person("worker", building(1));
  person("worker", building(2));
  const std::array doors{"101", "102", "201", "202", "301"};
  for (const char* door : doors) observe(household("1", door));
  for (const char* door : {"101", "102", "201"}) observe(household("2", door));
  overdue();
  swept();
  // 3 are allowed. {duties that press on the first worker, open duties "overload"}; the second has 3.
  struct Case {
    std::int64_t held;
    std::int64_t overload;
  };
  for (const Case& one : {Case{5, 1}, Case{4, 1}, Case{3, 0}, Case{2, 0}, Case{1, 0}, Case{0, 0}}) {
    SCOPED_TRACE(one.held);
    swept();
    EXPECT_EQ(count(fmt::format("SELECT count(*) FROM duty WHERE kind = 'contact' AND owner_id = {}"
                                " AND state = 'raised'",
                                *id_from_text(worker))),
              one.held);
    EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'overload' AND closed_at IS NULL"),
              one.overload);
    if (one.held == 0) break;
    const char* door = doors[static_cast<std::size_t>(one.held - 1)];
    EXPECT_EQ(
        post(link(household("1", door)), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status,
        200);
  }
}

TEST_P(Duties, TheListShowsWhatPressesAndWhoseItIs) {
  person("worker", building(1));
  observe(home_);
  observe(household("1", "102"));
  overdue();
  swept();
  post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"unwell"})");
  const auto pressing = get(manager, "/api/v1/duties?filter=pressing&limit=1");
  EXPECT_EQ(api::length(pressing, "rows"), 1U);
  EXPECT_EQ(member(pressing, "rows.0.kind"), "contact");
  EXPECT_EQ(member(pressing, "rows.0.owner_name"), "某人");
  const auto rest =
      get(manager, "/api/v1/duties?filter=pressing&limit=10&cursor=" + member(pressing, "next"));
  EXPECT_EQ(member(rest, "rows.0.kind"), "unwell");
  EXPECT_EQ(member(rest, "next"), "");
  EXPECT_EQ(member(get(manager, "/api/v1/duties?cursor=x"), "code"), "field.cursor");
  // Who may not know about health does not learn that somebody is unwell.
  const api::As captain = staff(access::Role::captain, path_of_place(building(1)));
  EXPECT_EQ(get(captain, "/api/v1/duties").body.find("unwell"), std::string::npos);
}

DOORSTEP_ON_BOTH_ENGINES(Duties);

}  // namespace
}  // namespace doorstep::duty
