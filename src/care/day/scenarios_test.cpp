// Days of the articles, through the API on both engines, in their exact figures: what concerns the observation.
// Langyue (S1): 20 households, 19 of their own accord and one found, on 4 and 5 February 2020. Qinghu (S4):
// 183 households of one building for ten days, 9 to 20 February 2020. Figures that the articles do not give
// are invented, and so is everybody.

#include <array>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/day/scenario.h"

namespace doorstep::day {
namespace {

class Langyue : public Scenario {
 protected:
  static constexpr int households = 20;
  static constexpr std::array people{2, 2, 3, 2, 3, 2, 3, 2, 2, 3, 2, 3, 2, 2, 3, 2, 3, 2, 3, 3};

  Langyue() {
    rules(embedded("rules/quarantine-langyue.toml"));
    clock().set(*instant_from_text("2020-02-04T09:00:00+08:00"));
    leader_ = staff(access::Role::manager);
    std::string dwellings = "网格,楼栋,单元,楼层,门牌,电梯\n";
    std::string residents = "楼栋,单元,门牌,姓名\n";
    for (int n = 1; n <= households; ++n) {
      const int building = 1 + (n - 1) % 6;
      const int floor = 3 + (n - 1) / 6;
      dwellings += fmt::format("一网格,{}栋,1单元,{},{}02,有\n", building, floor, floor);
      for (int one = 0; one < people.at(static_cast<std::size_t>(n - 1)); ++one) {
        residents += fmt::format("{}栋,1单元,{}02,住户{}\n", building, floor, n * 10 + one);
      }
      doors_.push_back(fmt::format("{}栋1单元{}02", building, floor));
    }
    import_file("dwellings", dwellings);
    import_file("residents", residents);
    for (const std::string& door : doors_) homes_.push_back(household(door));
  }
  const std::string& home(int n) { return homes_.at(static_cast<std::size_t>(n - 1)); }
  void observe(int n, std::string_view event, std::string_view source) {
    EXPECT_EQ(tell("/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee","source":"{}",)"
                               R"("start_event_on":"{}"}})",
                               home(n), source, event))
                  .status,
              200);
  }

  api::As leader_;
  std::vector<std::string> doors_;
  std::vector<std::string> homes_;
};

TEST_P(Langyue, M5_C6_C7_C15_A23_TheFifthOfFebruary) {
  for (int n = 1; n <= 19; ++n) observe(n, n <= 10 ? "2020-01-26" : "2020-01-29", "self");
  // The evening before: 18 of 19 report, all are accounted for, and the sheet is made.
  at("2020-02-04T19:30:00+08:00");
  for (int n = 1; n <= 19; ++n) {
    if (n != 18) EXPECT_EQ(report(home(n), "video"), 200);
  }
  at("2020-02-04T21:00:00+08:00");
  EXPECT_EQ(tell("/api/v1/closings").status, 200);
  // 09:00: L20 is found by screening. Persons by stage: none left to be arranged.
  at("2020-02-05T09:00:00+08:00");
  EXPECT_EQ(member(ask("/api/v1/observations/stages"), "collected"), "3");
  observe(20, "2020-02-04", "screened");
  const auto stages = ask("/api/v1/observations/stages");
  EXPECT_EQ(member(stages, "persons"), "49");
  EXPECT_EQ(member(stages, "collected"), "0");
  EXPECT_EQ(count("SELECT count(*) FROM observation_ground WHERE source = 'self'"), 19);
  EXPECT_EQ(count("SELECT count(*) FROM observation_ground WHERE source = 'screened'"), 1);
  // 09:10: two labels for each of 20 households, 40 codes.
  std::vector<std::string> labels;
  std::set<std::string> codes;
  for (int n = 1; n <= households; ++n) {
    for (const char* kind : {"door_label", "ledger_label"}) {
      const auto made = tell("/api/v1/households/" + home(n) + "/controls",
                             fmt::format(R"({{"kind":"{}"}})", kind));
      EXPECT_EQ(member(made, "state"), "printed");
      codes.insert(member(made, "code"));
      labels.push_back(member(made, "id"));
    }
  }
  EXPECT_EQ(codes.size(), 40U);
  // 10:30: 39 of 40 hang; the one that is missing is L13's.
  constexpr std::size_t late = 2 * (13 - 1);
  for (std::size_t at = 0; at < labels.size(); ++at) {
    if (at != late) EXPECT_EQ(tell("/api/v1/controls/" + labels[at] + "/post").status, 200);
  }
  auto missing = ask("/api/v1/households?off=labels");
  EXPECT_EQ(api::length(missing, "rows"), 1U);
  EXPECT_EQ(member(missing, "rows.0.id"), home(13));
  EXPECT_EQ(tell("/api/v1/controls/" + labels[late] + "/post").status, 200);
  EXPECT_EQ(api::length(ask("/api/v1/households?off=labels"), "rows"), 0U);
  // 11:10: doctor, police and community worker stand for L07 together.
  std::vector<api::As> joint;
  for (const char* profession : {"doctor", "police", "community_worker"}) {
    clock().advance(std::chrono::seconds{1});
    joint.push_back(staff(access::Role::volunteer, path_of_place("building", "2栋")));
    const std::string account = id_text(count("SELECT max(id) FROM account"));
    EXPECT_EQ(tell("/api/v1/households/" + home(7) + "/joint",
                   fmt::format(R"({{"account":"{}","profession":"{}"}})", account, profession))
                  .status,
              200);
  }
  const std::string timeline = "/api/v1/households/" + home(7) + "/timeline";
  for (const api::As& one : joint) {
    EXPECT_EQ(api::length(get(one, timeline), "joint"), 3U);
    EXPECT_EQ(member(get(one, timeline), "rows.0.at"), member(ask(timeline), "rows.0.at"));
  }
  EXPECT_EQ(member(get(joint[1], timeline), "rows.2.wellbeing"), "");
  EXPECT_EQ(member(get(joint[0], timeline), "rows.2.wellbeing"), "fine");
  // 11:30: group 19 of 20, supplies 20, daily report 18, labels 20.
  for (int n = 1; n <= 19; ++n) {
    EXPECT_EQ(tell("/api/v1/group/join", fmt::format(R"({{"household":"{}"}})", home(n))).status,
              200);
  }
  for (int n = 1; n <= households; ++n) {
    EXPECT_EQ(tell("/api/v1/needs",
                   fmt::format(R"({{"household":"{}","text":"白萝卜2根，青椒2斤，西红柿2斤",)"
                               R"("channel":"phone"}})",
                               home(n)))
                  .status,
              200);
  }
  auto lights = ask("/api/v1/lights");
  EXPECT_EQ(member(lights, "households"), "20");
  EXPECT_EQ(member(lights, "group"), "19");
  EXPECT_EQ(member(lights, "supplies"), "20");
  EXPECT_EQ(member(lights, "report"), "18");
  EXPECT_EQ(member(lights, "labels"), "20");
  const api::As twentieth = phone(home(20));
  EXPECT_EQ(member(post(twentieth, "/api/v1/group/join"), "number"), "20");
  EXPECT_EQ(member(ask("/api/v1/lights"), "group"), "20");
  EXPECT_EQ(member(ask("/api/v1/group"), "households"), "20");
  EXPECT_EQ(member(ask("/api/v1/group"), "joined"), "20");
  // 19:30 to 20:00: 17 by video, 2 by a private call, 1 absent.
  at("2020-02-05T19:30:00+08:00");
  for (int n = 1; n <= households; ++n) {
    if (n != 18) EXPECT_EQ(report(home(n), n == 3 || n == 9 ? "phone" : "video"), 200);
  }
  at("2020-02-05T20:00:00+08:00");
  auto roll = ask("/api/v1/roll-call");
  EXPECT_EQ(member(roll, "present"), "19");
  EXPECT_EQ(member(roll, "absent"), "1");
  EXPECT_EQ(member(roll, "rows.0.household"), home(18));
  EXPECT_EQ(get(twentieth, "/api/v1/roll-call").status, 403);
  const std::string page =
      get(twentieth, "/api/v1/home").body + get(twentieth, "/api/v1/group").body;
  EXPECT_EQ(page.find(home(18)), std::string::npos);
  // 20:05 no answer, 20:20 knocked at, 20:25 seen.
  const std::string attempts = "/api/v1/households/" + home(18) + "/attempts";
  at("2020-02-05T20:05:00+08:00");
  EXPECT_EQ(tell(attempts, R"({"outcome":"no_answer"})").status, 200);
  at("2020-02-05T20:20:00+08:00");
  EXPECT_EQ(tell(attempts, R"({"outcome":"no_answer","rung":"knock"})").status, 200);
  at("2020-02-05T20:25:00+08:00");
  EXPECT_EQ(report(home(18), "visit"), 200);
  roll = ask("/api/v1/roll-call");
  EXPECT_EQ(member(roll, "present"), "20");
  EXPECT_EQ(member(roll, "absent"), "0");
  // 21:00: 19 + 1 - 0 = 20.
  at("2020-02-05T21:00:00+08:00");
  const auto closed = tell("/api/v1/closings");
  const auto sheet = ask("/api/v1/closings/" + member(closed, "id"));
  EXPECT_EQ(member(sheet, "due.yesterday"), "19") << sheet.body.substr(0, 400);
  EXPECT_EQ(member(sheet, "due.entered"), "1");
  EXPECT_EQ(member(sheet, "due.left"), "0");
  EXPECT_EQ(member(sheet, "due.today"), "20");
  EXPECT_EQ(member(sheet, "due.people.today"), "49");
  EXPECT_EQ(member(sheet, "met"), "20");
  EXPECT_EQ(member(sheet, "escalated"), "0");
}

class QinghuDays : public Scenario {
 protected:
  QinghuDays() {
    rules(embedded("rules/quarantine-qinghu.toml"));
    clock().set(*instant_from_text("2020-02-08T17:00:00+08:00"));
    leader_ = staff(access::Role::manager);
    std::string dwellings = "网格,楼栋,单元,楼层,门牌,电梯\n";
    std::string residents = "楼栋,单元,门牌,姓名,出生日期\n";
    // 31 floors of 6 doors; in 3 of them nobody lives.
    for (int floor = 1; floor <= 31; ++floor) {
      for (int door = 1; door <= 6; ++door) {
        if (floor == 31 && door > 3) continue;
        dwellings += fmt::format("一网格,3栋,1单元,{},{}{:02},有\n", floor, floor, door);
        if (floor != 5 || door != 1) {
          residents +=
              fmt::format("3栋,1单元,{}{:02},住户{},1980-01-01\n", floor, door, floor * 100 + door);
        }
      }
    }
    residents +=
        "3栋,1单元,501,郭先生,1972-05-01\n3栋,1单元,501,郭太太,1975-05-01\n"
        "3栋,1单元,501,郭小妹,2010-05-01\n";
    import_file("dwellings", dwellings);
    import_file("residents", residents);
  }
  std::string door(std::string_view number) { return household(fmt::format("3栋1单元{}", number)); }
  int where(std::string_view name, std::string_view json) {
    return tell("/api/v1/people/" + person(name) + "/whereabouts", json).status;
  }

  api::As leader_;
};

TEST_P(QinghuDays, A6_C2_C4_N16_N20_N21_TenDaysOfOneBuilding) {
  // 8 Feb: 苏家 in 3004 came from 湖北 on the 2nd, fourteen days of their own.
  const std::string su = door("3004");
  EXPECT_EQ(tell("/api/v1/observations",
                 fmt::format(R"({{"household":"{}","ground":"returnee","source":"self",)"
                             R"("start_event_on":"2020-02-02","length_days":14}})",
                             su))
                .status,
            200);
  // 9 Feb 07:00: one action closes the building; the length is the pack's.
  at("2020-02-09T07:00:00+08:00");
  const std::string close =
      fmt::format(R"({{"place":"{}","ground":"area"}})", place("building", "3栋"));
  const auto opened = tell("/api/v1/observations", close);
  EXPECT_EQ(member(opened, "opened"), "183") << opened.body;
  EXPECT_EQ(member(opened, "first_day"), "2020-02-10");
  EXPECT_EQ(member(opened, "ends_on"), "2020-02-20");
  EXPECT_EQ(member(tell("/api/v1/observations", close), "code"), "observation.none_to_open");
  EXPECT_EQ(shown(su, "observation.grounds.0.ends_on"), "2020-02-17");
  EXPECT_EQ(shown(su, "observation.grounds.1.ends_on"), "2020-02-20");
  EXPECT_EQ(shown(su, "observation.ends_on"), "2020-02-20");
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE ended_at IS NULL"), 183);
  // 08:00: a father is taken to hospital; nobody leaves a child of nine alone.
  at("2020-02-09T08:00:00+08:00");
  EXPECT_EQ(where("郭先生", R"({"state":"hospital","place":"三院"})"), 200);
  EXPECT_EQ(where("郭太太", R"({"state":"central","place":"集中隔离点"})"), 409);
  EXPECT_EQ(where("郭小妹", R"({"state":"central","place":"集中隔离点"})"), 200);
  EXPECT_EQ(where("郭太太", R"({"state":"central","place":"集中隔离点"})"), 200);
  EXPECT_EQ(open("contact"), 183);  // The two at the central place are called every day.
  // Each household has a case of its own: 501 goes on for longer.
  EXPECT_EQ(tell("/api/v1/observation-grounds/" + shown(door("501"), "observation.grounds.0.id") +
                     "/change",
                 R"({"length_days":24,"reason":"确诊病例的密接"})")
                .status,
            200);
  // 10 Feb: a day of food is left in 1203.
  at("2020-02-10T09:30:00+08:00");
  EXPECT_EQ(report(door("1203"), "phone", R"(,"food_days":1)"), 200);
  EXPECT_EQ(open("food", " AND state = 'raised'"), 1);
  // A label at each door; 19 Feb: 37.4 in 2206 is a red flag.
  for (const char* number : {"1203", "2206"}) {
    const auto label =
        tell("/api/v1/households/" + door(number) + "/controls", R"({"kind":"door_label"})");
    EXPECT_EQ(tell("/api/v1/controls/" + member(label, "id") + "/post").status, 200);
  }
  at("2020-02-19T10:00:00+08:00");
  EXPECT_EQ(report(door("2206"), "phone", R"(,"temperature":37.4)"), 200);
  // 20 Feb: 182 are due, and nobody is released by the clock.
  at("2020-02-20T00:00:00+08:00");
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE ended_at IS NULL"), 183);
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE ended_at IS NULL AND ends_on <="
                  " '2020-02-20'"),
            182);
  at("2020-02-20T08:00:00+08:00");
  std::int64_t letters = 0;
  for (int floor = 1; floor <= 31; ++floor) {
    for (int flat = 1; flat <= 6; ++flat) {
      if ((floor == 31 && flat > 3) || (floor == 5 && flat == 1)) continue;
      const auto ended = end(door(fmt::format("{}{:02}", floor, flat)));
      if (floor == 22 && flat == 6) {
        EXPECT_EQ(member(ended, "code"), "release.red_flag_open");
      } else {
        EXPECT_EQ(ended.status, 200) << ended.body;
        letters += ended.status == 200 ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(letters, 181);
  // 09:30: the doctor's note, and the last one.
  at("2020-02-20T09:30:00+08:00");
  const std::string flag =
      id_text(count("SELECT id FROM duty WHERE kind = 'unwell' AND closed_at IS NULL"));
  EXPECT_EQ(
      tell("/api/v1/duties/" + flag + "/end", R"({"outcome":"doctor","note":"复测正常"})").status,
      200);
  EXPECT_EQ(end(door("2206")).status, 200);
  EXPECT_EQ(count("SELECT count(DISTINCT household_id) FROM release_letter"), 182);
  // What hangs there: 180 doors are looked at, and the two labels that are known come down.
  EXPECT_EQ(open("removal"), 180);
  EXPECT_EQ(open("control_end"), 2);
  EXPECT_EQ(shown(door("501"), "observation.ends_on"), "2020-03-05");
  EXPECT_EQ(count("SELECT count(*) FROM observation WHERE ended_at IS NULL"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Langyue);
DOORSTEP_ON_BOTH_ENGINES(QinghuDays);

}  // namespace
}  // namespace doorstep::day
