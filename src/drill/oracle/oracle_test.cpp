// The oracle against journals written by hand, and an export against a file that was tampered with.

#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/id.h"
#include "drill/oracle/export.h"
#include "drill/oracle/replay.h"
#include "store/testing.h"

namespace doorstep::oracle {
namespace {

// One window a day, 08:00 to 18:00; Shanghai is 8 hours ahead of UTC.
constexpr const char* pack_source =
    "[check_in]\nwindows = [{name='day', from='08:00', until='18:00'}]\n"
    "[ladder]\nends_with = 'seen'\n";
constexpr std::int64_t community = 1;
constexpr std::int64_t home = 100;
constexpr std::int64_t worker = 7;
constexpr std::int64_t leader = 8;
constexpr std::int64_t contact = 500;

Instant at(const char* text) {
  return *instant_from_text(std::string("2020-02-") + text + ":00+08:00");
}

std::string q(std::int64_t id) {
  return '"' + id_text(id) + '"';
}

/// A community with a worker and a leader; persons 11 and 12 live in the household.
class Oracle : public ::testing::Test {
 protected:
  Oracle() {
    replay.rules(pack_source);
    const std::string hash = RulePack::parse(pack_source)->hash();
    tell("10T07:00", "community.created", community,
         R"({"rules":")" + hash + R"(","zone":"Asia/Shanghai"})");
    tell("10T07:00", "grant.given", 70, R"({"account":)" + q(worker) + R"(,"role":"worker"})");
    tell("10T07:00", "grant.given", 80, R"({"account":)" + q(leader) + R"(,"role":"leader"})");
    tell("10T07:00", "person.added", 11, R"({"household":)" + q(home) + "}");
    tell("10T07:00", "person.added", 12, R"({"household":)" + q(home) + "}");
  }

  void tell(const char* when, std::string kind, std::int64_t subject, std::string data,
            std::int64_t actor = 0) {
    replay.apply({++seq,
                  1000 + seq,
                  at(when),
                  {community, actor, std::move(kind), subject, "", std::move(data)},
                  ""});
  }
  void open(const char* when = "10T09:00") {
    tell(when, "observation.opened", 300,
         fmt::format(R"({{"household":{},"members":[{},{}],"ground":{},"of":"all","ordered":true,)"
                     R"("first_day":"2020-02-11","ends_on":"2020-02-13"}})",
                     q(home), q(11), q(12), q(301)),
         worker);
    tell(when, "duty.opened", contact,
         fmt::format(R"({{"kind":"contact","on":{},"owner":{},"from":"2020-02-10T00:00:00Z",)"
                     R"("due":"2020-02-10T10:00:00Z"}})",
                     q(home), q(worker)));
  }
  void raise(const char* when, const char* next, const char* level = "worker",
             std::int64_t owner = worker) {
    tell(when, "duty.raised", contact,
         fmt::format(R"({{"kind":"contact","on":{},"level":"{}","owner":{},"next":"{}"}})", q(home),
                     level, q(owner), to_text(at(next))));
  }
  void report(const char* when, std::int64_t of, bool met = false, const char* assurance = "head") {
    std::string data = fmt::format(R"({{"household":{},"of":{},"assurance":"{}","channel":"page")",
                                   q(home), of == 0 ? "\"all\"" : q(of), assurance);
    if (met) {
      data += fmt::format(R"(,"met":{},"next_from":"2020-02-11T00:00:00Z",)"
                          R"("next_due":"2020-02-11T10:00:00Z")",
                          q(contact));
    }
    tell(when, "check_in.recorded", 900 + seq, data + "}", 20);
  }
  /// "rule rule": what was found so far.
  [[nodiscard]] std::string found() const {
    std::string rules;
    for (const Finding& one : replay.findings()) rules += (rules.empty() ? "" : " ") + one.rule;
    return rules;
  }

  Replay replay;
  std::int64_t seq = 0;
};

TEST_F(Oracle, NobodyIsMissedBeforeTheWindowEndsOrOnceEverybodyReported) {
  open();
  EXPECT_EQ(replay.judge(at("10T17:59")), 0);
  report("10T17:59", 11);
  report("10T18:00", 12, true);
  EXPECT_EQ(replay.judge(at("10T23:00")), 0);
  EXPECT_EQ(replay.judge(at("11T18:00")), 0);
  EXPECT_EQ(found(), "");
}

TEST_F(Oracle, WhoDidNotReportIsMissedUntilSomebodyOnDutyHasIt) {
  open();
  report("10T10:00", 11);
  EXPECT_EQ(replay.judge(at("10T18:02")), 1);  // 12 alone, and the duty was never raised.
  EXPECT_EQ(found(), "overdue missed");
  raise("10T18:03", "10T18:18");
  EXPECT_EQ(replay.judge(at("10T18:03")), 0);
  EXPECT_EQ(replay.judge(at("10T18:19")), 0);  // 60 s for the sweep
  EXPECT_EQ(replay.judge(at("10T18:20")), 1);
  raise("10T18:20", "10T18:40", "leader", leader);
  EXPECT_EQ(replay.judge(at("10T18:21")), 0);
}

TEST_F(Oracle, SeveralRaisedInOneEntryAreEachRaised) {
  open();
  tell("10T17:00", "duty.opened", 502,
       fmt::format(R"({{"kind":"probe","on":{},"owner":{},"from":"2020-02-10T00:00:00Z",)"
                   R"("due":"2020-02-10T10:00:00Z"}})",
                   q(101), q(worker)));
  const auto both = [&](const char* when, const char* next, const char* level, std::int64_t owner,
                        const std::string& on) {
    tell(when, "duties.raised", 0,
         fmt::format(R"({{"kind":"contact","level":"{}","owner":{},"next":"{}","duties":[{},{}],)"
                     R"("on":[{}],"below":["",""]}})",
                     level, q(owner), to_text(at(next)), q(contact), q(502), on));
  };
  const std::string homes = q(home) + "," + q(101);
  EXPECT_EQ(replay.judge(at("10T17:59")), 0);
  both("10T18:00", "10T18:15", "worker", worker, homes);
  EXPECT_EQ(replay.judge(at("10T18:02")), 0);
  EXPECT_EQ(found(), "");
  // Neither climbs before its time, nor to the rung it has.
  both("10T18:10", "10T18:25", "worker", worker, homes);
  EXPECT_EQ(found(), "climb climb climb climb");
  // A list that lacks one says nothing of any.
  both("10T18:25", "10T18:40", "leader", leader, q(home));
  EXPECT_EQ(found(), "climb climb climb climb journal");
}

TEST_F(Oracle, AReportOfOneDoesNotMeetWhatIsOwedToTwo) {
  open();
  report("10T10:00", 11, true);
  EXPECT_EQ(found(), "missed");
}

TEST_F(Oracle, WhoDidNotAnswerIsSeenBeforeItEnds) {
  open();
  raise("10T18:00", "10T18:15");
  tell("10T18:05", "duty.attempted", contact,
       fmt::format(R"({{"kind":"contact","on":{},"rung":"call","outcome":"no_answer",)"
                   R"("next":"2020-02-10T10:20:00Z"}})",
                   q(home)),
       worker);
  report("10T18:10", 0, true, "voice");
  EXPECT_EQ(found(), "ladder");
}

TEST_F(Oracle, AnOwnerIsOnDuty) {
  open();
  tell("10T12:00", "shift.added", worker,
       R"({"from":"2020-02-10T00:00:00Z","until":"2020-02-10T11:00:00Z"})");
  raise("10T18:00", "10T23:00");
  EXPECT_EQ(replay.judge(at("10T18:59")), 0);
  EXPECT_EQ(replay.judge(at("10T19:00")), 0);  // a minute to hand over
  EXPECT_EQ(replay.judge(at("10T19:01")), 2);
  EXPECT_EQ(found(), "owner missed missed");
  EXPECT_EQ(replay.without_owner(at("10T19:01")), 1);
}

TEST_F(Oracle, NobodyLooksAfterTheirOwnHousehold) {
  tell("10T08:00", "account.holder", worker, R"({"person":)" + q(11) + "}");
  open();
  EXPECT_EQ(found(), "subject");
}

TEST_F(Oracle, AReleaseIsDueWithoutAFlagAndByName) {
  const auto end = [&](const char* when, std::int64_t actor) {
    tell(when, "observation.ground_ended", 300,
         fmt::format(R"({{"household":{},"ground":{},"of":"all","reason":"completed"}})", q(home),
                     q(301)),
         actor);
    tell(when, "observation.ended", 300,
         fmt::format(R"({{"household":{},"reason":"completed"}})", q(home)), actor);
  };
  open();
  tell("12T10:00", "duty.opened", 501,
       fmt::format(R"({{"kind":"unwell","on":{},"owner":{},"from":"2020-02-12T02:00:00Z",)"
                   R"("due":"2020-02-12T02:00:00Z"}})",
                   q(home), q(worker)));
  end("12T23:00", 0);
  EXPECT_EQ(found(), "release release release");
  EXPECT_EQ(replay.findings()[0].what, "was released by nobody");
  EXPECT_EQ(replay.findings()[1].what, "was released before 2020-02-13");
  EXPECT_EQ(replay.findings()[2].what, "was released over an open red flag");
}

TEST_F(Oracle, RaisingClimbsAndWaitsItsTime) {
  open();
  raise("10T18:00", "10T18:15");
  raise("10T18:15", "10T18:30", "worker");
  EXPECT_EQ(found(), "climb");
  raise("10T18:20", "10T18:50", "leader", leader);
  EXPECT_EQ(found(), "climb climb");
}

TEST_F(Oracle, APauseHasAnEndAndAName) {
  open();
  tell("10T12:00", "duty.paused", contact,
       R"({"kind":"contact","on":)" + q(home) + R"(,"until":"2020-02-13T00:00:00Z"})");
  EXPECT_EQ(found(), "pause pause");
}

TEST_F(Oracle, TwoDutiesTwoHomesAndGapsAreFound) {
  open();
  open();
  EXPECT_EQ(found(), "two_due_sets two_duties");
  ++seq;
  tell("10T12:00", "place.created", 1, "{}");
  tell("10T12:00", "duty.acknowledged", 999, R"({"kind":"contact"})");
  EXPECT_EQ(found(), "two_due_sets two_duties journal unknown");
}

TEST_F(Oracle, AClockSetBackKeepsNobodyCoveredForTomorrow) {
  open();
  report("11T09:00", 0, true);  // The clock ran a day ahead: this is the 10th.
  EXPECT_EQ(replay.judge(at("10T19:00")), 0);
  EXPECT_EQ(replay.judge(at("11T18:02")), 2);
}

TEST_F(Oracle, ADayReconcilesItsDueSet) {
  EXPECT_EQ(replay.judge(at("10T08:00")), 0);
  open();
  const DaySummary first = replay.summary(community);
  EXPECT_EQ(first.yesterday, 0);
  EXPECT_EQ(first.entered, 2);
  EXPECT_EQ(first.today, 2);
  report("10T10:00", 0, true, "seen");
  EXPECT_EQ(replay.summary(community).households.at(0).assurance, "seen");
  replay.judge(at("11T07:00"));
  tell("11T09:00", "person.left", 12, R"({"household":)" + q(home) + "}", worker);
  raise("11T18:00", "11T18:15");
  const DaySummary second = replay.summary(community);
  EXPECT_EQ(second.yesterday, 2);
  EXPECT_EQ(second.entered, 0);
  EXPECT_EQ(second.left.at("left"), 1);
  EXPECT_EQ(second.today, 1);
  ASSERT_EQ(second.households.size(), 1U);
  EXPECT_EQ(second.households[0].persons, 1);
  EXPECT_EQ(second.households[0].assurance, "");
  EXPECT_TRUE(second.households[0].escalated);
  EXPECT_EQ(second.households[0].owner, worker);
}

class Export : public store::StoreTest {
 protected:
  std::string text() {
    for (int at = 1; at <= 3; ++at) {
      const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
        tx.journal({1, 2, "test.changed", at, "/1/", R"({"of":"all \" 你"})"});
        return store::Answer{};
      });
      EXPECT_TRUE(outcome.ok());
    }
    store().sign_head();
    std::ostringstream out;
    EXPECT_TRUE(write_export(ExportSource::of(store()), out).ok());
    return out.str();
  }
  Imported read(const std::string& text, const std::string& key = {}) {
    seen.clear();
    std::istringstream in(text);
    return read_export(
        in, {[](const std::string&) {}, [&](const store::Sealed& one) { seen.push_back(one); }},
        key);
  }
  std::vector<store::Sealed> seen;
};

TEST_P(Export, IsReadAsItWasWritten) {
  const Imported found = read(text());
  EXPECT_EQ(found.problems, std::vector<std::string>{});
  const auto entries = store().journal(0, 100);
  ASSERT_EQ(seen.size(), entries.size());
  EXPECT_EQ(seen.back().entry.data, entries.back().entry.data);
  EXPECT_EQ(seen.back().at, entries.back().at);
  EXPECT_EQ(seen.back().id, entries.back().id);
}

// Every character in turn is another one: no change of an entry, head or count goes unseen.
TEST_P(Export, ShowsEveryChange) {
  const std::string whole = text();
  for (std::size_t at = whole.find('\n') + 1; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = changed[at] == '1' ? '2' : '1';
    EXPECT_FALSE(read(changed).problems.empty()) << at;
  }
  const auto lines = std::count(whole.begin(), whole.end(), '\n');
  for (std::ptrdiff_t line = 1; line < lines; ++line) {
    std::string changed;
    std::istringstream in(whole);
    std::string one;
    for (std::ptrdiff_t number = 0; std::getline(in, one); ++number) {
      if (number != line) changed += one + "\n";
    }
    EXPECT_FALSE(read(changed).problems.empty()) << line;
  }
  EXPECT_FALSE(read(whole, std::string(32, 'k')).problems.empty());
}

DOORSTEP_ON_BOTH_ENGINES(Export);

}  // namespace
}  // namespace doorstep::oracle
