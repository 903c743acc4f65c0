// Liulian (S0), 21 February 2020 hour by hour, through the API on both engines.

#include <array>

#include <gtest/gtest.h>

#include "care/day/scenario_liulian.h"

namespace doorstep::day::liulian {
namespace {

class TwentyFirst : public Liulian {
 protected:
  void report_by_phone();
  void release_five();
  void look_after();
  void hand_over();
  void reach_the_rest();
  void climb();
  void close_the_day();

  int take() {
    const int n = rest_.back();
    rest_.pop_back();
    return n;
  }

  int sixth_ = 0;          ///< The first of five that are free on this day.
  int absent_ = 0;         ///< H120.
  int fever_ = 0;          ///< H101.
  std::vector<int> rest_;  ///< Whom nobody has heard of yet.
};

void TwentyFirst::report_by_phone() {
  pass_until(day("2020-02-20"));
  // The day before everybody was reached, but for the answer to a 37.5 of the 19th.
  sixth_ = first_of(day("2020-02-06"));
  for (const int n : under_) {
    EXPECT_EQ(report(home(n), "phone", n == sixth_ ? R"(,"temperature":37.5)" : ""), 200);
  }
  at("2020-02-20T21:00:00+08:00");
  at("2020-02-21T08:00:00+08:00");
  EXPECT_EQ(left(), "121");
  EXPECT_EQ(counted("current"), "121/325");
  EXPECT_EQ(counted("cumulative", "ordered."), "292/789");
  // 08:00 to 08:30: 31 by their own link, 22 by the head of the household, one by a daughter abroad.
  for (const int n : under_) {
    const bool free_today = n >= sixth_ && n < sixth_ + 5;
    if (!free_today && n != elders) rest_.push_back(n);
  }
  absent_ = take();
  fever_ = take();
  at("2020-02-21T08:20:00+08:00");
  for (int n = 0; n < 31; ++n) say_each(take());
  for (int n = 0; n < 22; ++n) {
    // A head speaks for others: households of one are heard for themselves.
    const auto two =
        std::ranges::find_if(rest_, [&](int one) { return people_of(home(one)).size() > 1; });
    ASSERT_NE(two, rest_.end());
    EXPECT_EQ(post(phone(home(*two)), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
    rest_.erase(two);
  }
  const auto named =
      post(phone(home(rest_.back())), "/api/v1/trusted", R"({"name":"多伦多的女儿"})");
  take();
  EXPECT_EQ(post({{}, member(named, "token"), api::Channel::network}, "/api/v1/check-ins",
                 R"({"wellbeing":"fine"})")
                .status,
            200);
  EXPECT_EQ(left(), "67");
}

void TwentyFirst::release_five() {
  // 08:31: five are free; one of them has a reading that nobody has answered.
  at("2020-02-21T08:31:00+08:00");
  EXPECT_EQ(member(end(home(sixth_)), "code"), "release.red_flag_open");
  for (int n = sixth_ + 1; n < sixth_ + 5; ++n) EXPECT_EQ(end(home(n)).status, 200);
  at("2020-02-21T08:50:00+08:00");
  const std::string flag =
      id_text(count("SELECT id FROM duty WHERE kind = 'unwell' AND closed_at IS NULL"));
  EXPECT_EQ(
      tell("/api/v1/duties/" + flag + "/end", R"({"outcome":"doctor","note":"复测正常"})").status,
      200);
  at("2020-02-21T08:55:00+08:00");
  EXPECT_EQ(end(home(sixth_)).status, 200);
  EXPECT_EQ(left(), "62");
  EXPECT_EQ(
      count("SELECT count(*) FROM duty WHERE kind = 'contact' AND state = 'excused'"
            " AND reason = 'released' AND closed_at > (SELECT max(made_at) FROM closing_sheet)"),
      5);
}

void TwentyFirst::look_after() {
  // 09:20: a call by video with two readings, what they need, and how long it took.
  at("2020-02-21T09:20:00+08:00");
  const int video = take();
  const auto people = people_of(home(video));
  for (std::size_t one = 0; one < people.size(); ++one) {
    EXPECT_EQ(report(home(video), "video",
                     fmt::format(R"(,"person":"{}","temperature":{},"duration_seconds":240,)"
                                 R"("note":"盐快用完了")",
                                 people[one], one == 0 ? "36.4" : "36.7")),
              200);
  }
  EXPECT_EQ(shown(home(video), "reports.0.channel"), "video");
  EXPECT_EQ(shown(home(video), "reports.0.duration_seconds"), "240");
  // 09:45: 37.6 is somebody's within the second, and their own page says who has seen it.
  at("2020-02-21T09:45:00+08:00");
  const api::As own = phone(home(fever_));
  EXPECT_EQ(report(home(fever_), "phone", R"(,"temperature":37.6)"), 200);
  EXPECT_EQ(open("unwell", " AND state = 'raised' AND owner_id <> 0"), 1);
  EXPECT_EQ(member(get(own, "/api/v1/home"), "unwell.seen_by"), "");
  const std::string call =
      id_text(count("SELECT id FROM duty WHERE kind = 'unwell' AND closed_at IS NULL"));
  const api::As worker = staff(access::Role::worker, path_of_place("grid", "一网格"));
  EXPECT_EQ(post(worker, "/api/v1/duties/" + call + "/acknowledge").status, 200);
  EXPECT_NE(member(get(own, "/api/v1/home"), "unwell.seen_by"), "");
  // 10:00: only elders, by their ages; food for a day is a pack that is owed now.
  const auto overlooked = ask("/api/v1/care/overlooked");
  EXPECT_EQ(api::length(overlooked, "flagged"), 1U);
  EXPECT_EQ(member(overlooked, "flagged.0.household"), home(elders));
  EXPECT_EQ(member(overlooked, "flagged.0.flag"), "only_elders");
  at("2020-02-21T10:10:00+08:00");
  EXPECT_EQ(report(home(elders), "video", R"(,"food_days":1)"), 200);
  EXPECT_EQ(open("food", " AND state = 'raised'"), 1);
}

void TwentyFirst::hand_over() {
  // 11:30: the worker is away; the deputy has what pressed, and nothing is without an owner.
  EXPECT_EQ(
      tell("/api/v1/absences", fmt::format(R"({{"account":"{}","from":"2020-02-21T11:30:00+08:00",)"
                                           R"("until":"2020-02-22T07:00:00+08:00"}})",
                                           worker_))
          .status,
      200);
  at("2020-02-21T11:30:00+08:00");
  const auto held = [&](const std::string& account) {
    return count(fmt::format("SELECT count(*) FROM duty WHERE owner_id = {} AND closed_at IS NULL",
                             *id_from_text(account)));
  };
  EXPECT_EQ(held(worker_), 0);
  EXPECT_GT(held(deputy_), 116);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE closed_at IS NULL AND owner_id = 0"), 0);
}

void TwentyFirst::reach_the_rest() {
  // 14:00: one more household, owed a contact today.
  at("2020-02-21T14:00:00+08:00");
  const int last = first_of(day("2020-02-21"));
  enter(last, "returnee", day("2020-02-21"));
  EXPECT_EQ(counted("cumulative", "ordered."), "293/792");
  EXPECT_EQ(counted("current"), "117/314");
  EXPECT_EQ(shown(home(last), "observation.first_day"), "2020-02-22");
  EXPECT_EQ(report(home(last), "video"), 200);
  // 18:00: 49 by video, 4 at the door, 9 by phone; H120 alone is open.
  at("2020-02-21T17:40:00+08:00");
  for (int n = 0; n < 49 - 3; ++n) EXPECT_EQ(report(home(take()), "video"), 200);
  for (int n = 0; n < 9 - 1; ++n) EXPECT_EQ(report(home(take()), "phone"), 200);
  for (const char* reason : {"asked", "label", "service", "no_phone"}) {
    EXPECT_EQ(report(home(take()), "visit", fmt::format(R"(,"visit_reason":"{}")", reason)), 200);
  }
  EXPECT_TRUE(rest_.empty());
  at("2020-02-21T18:00:00+08:00");
  const auto today = ask("/api/v1/today");
  EXPECT_EQ(member(today, "not_reported.due"), "117");
  EXPECT_EQ(member(today, "not_reported.left"), "1");
  EXPECT_EQ(member(today, "reported.self"), "31");
  EXPECT_EQ(member(today, "reported.head"), "22");
  EXPECT_EQ(member(today, "reported.remote"), "1");
  EXPECT_EQ(member(today, "reported.voice"), "9");
  EXPECT_EQ(member(today, "reported.seen"), "53");
  EXPECT_EQ(member(ask("/api/v1/contact-free"), "visits"), "4");
  EXPECT_EQ(api::length(ask("/api/v1/contact-free"), "reasons"), 4U);
}

void TwentyFirst::climb() {
  // 18:00 to 20:40: each rung in its time; nothing but being seen or handed over ends it.
  const std::string attempts = "/api/v1/households/" + home(absent_) + "/attempts";
  constexpr std::array<std::pair<const char*, const char*>, 4> rungs{
      {{"18:00", "call"}, {"18:15", "call_again"}, {"18:30", "neighbour"}, {"19:00", "knock"}}};
  for (const auto& [time, rung] : rungs) {
    at(fmt::format("2020-02-21T{}:00+08:00", time));
    EXPECT_EQ(tell(attempts, fmt::format(R"({{"outcome":"no_answer","rung":"{}"}})", rung)).status,
              200);
  }
  const std::string owed = id_text(count(fmt::format(
      "SELECT id FROM duty WHERE kind = 'contact' AND subject_id = {} AND closed_at IS NULL",
      *id_from_text(home(absent_)))));
  EXPECT_EQ(member(tell("/api/v1/duties/" + owed + "/end", R"({"outcome":"done","note":"好了"})"),
                   "code"),
            "duty.not_by_hand");
  EXPECT_EQ(report(home(absent_), "phone"), 200);  // A voice does not end it any more.
  EXPECT_EQ(open("contact", " AND step = 4"), 1);
}

void TwentyFirst::close_the_day() {
  // 21:00: 121 + 1 - 5 = 117; met 116, excused 5, escalated 1.
  at("2020-02-21T21:00:00+08:00");
  const std::string id = member(ask("/api/v1/closings"), "rows.0.id");
  const auto sheet = ask("/api/v1/closings/" + id);
  EXPECT_EQ(member(sheet, "due.yesterday"), "121");
  EXPECT_EQ(member(sheet, "due.entered"), "1");
  EXPECT_EQ(member(sheet, "due.left"), "5");
  EXPECT_EQ(member(sheet, "due.today"), "117");
  EXPECT_EQ(member(sheet, "met"), "116");
  EXPECT_EQ(member(sheet, "excused"), "5");
  EXPECT_EQ(member(sheet, "escalated"), "1");
  EXPECT_EQ(member(sheet, "missed"), "0");
  for (const auto& [at, words] : {std::pair{0, "31"}, {1, "22"}, {2, "1"}, {3, "9"}, {4, "53"}}) {
    EXPECT_EQ(member(sheet, fmt::format("assurance.{}.count", at)), words) << at;
  }
  EXPECT_EQ(count(fmt::format("SELECT count(*) FROM missed_now WHERE since < {}",
                              clock().now().time_since_epoch().count())),
            0);
  // 21:40: the phone was flat. It goes into a supplement, and the sheet stays as it was.
  const std::string document = "/api/v1/closings/" + id + "/sheet";
  const std::string before = member(ask(document), "sheet.content");
  at("2020-02-21T21:40:00+08:00");
  EXPECT_EQ(report(home(absent_), "visit"), 200);
  at("2020-02-21T21:41:00+08:00");
  EXPECT_EQ(member(ask(document), "sheet.content"), before);
  EXPECT_EQ(api::length(ask(document), "supplements"), 1U);
  EXPECT_NE(member(ask(document), "supplements.0.content").find(R"("assurance":"seen")"),
            std::string::npos);
}

TEST_P(TwentyFirst, A12_A17_C4_C8_C9_C10_C25_D32_F5_F8_F10_N18_N22_N23_N24_HourByHour) {
  report_by_phone();
  release_five();
  look_after();
  hand_over();
  reach_the_rest();
  climb();
  close_the_day();
  EXPECT_EQ(count("SELECT count(*) FROM closing_sheet WHERE supplement_of IS NOT NULL"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(TwentyFirst);

}  // namespace
}  // namespace doorstep::day::liulian
