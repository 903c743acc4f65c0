// Days of the compounds in Wanzhou and Songjiang, through the API on both engines, in the scenarios' figures: what
// concerns the observation, the ledger and the sheet. Goods, cars, posters and sensors are played where they live.
// Everybody is invented; of doors that the scenarios do not name the first ones are taken.

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/day/scenario.h"

namespace doorstep::day {
namespace {

std::string ledger_entry(const std::string& person, std::string_view categories) {
  return fmt::format(R"({{"person":"{}","categories":[{}]}})", person, categories);
}

/// 950 households of Fumin Garden; behind one door nobody is known.
class Fumin : public Scenario {
 protected:
  Fumin() {
    std::string pack{embedded("rules/area-fumin.toml")};
    const auto care = pack.find("[care]\n");
    pack.insert(care + 7, "categories = [\"dialysis\"]\n");
    rules(pack);
    clock().set(*instant_from_text("2022-11-20T07:00:00+08:00"));
    leader_ = staff(access::Role::manager);
    nurse_ = staff(access::Role::worker);
    import_file("dwellings", embedded("demo/fumin-dwellings.csv"));
    import_file("residents", known());
  }
  static std::string known() {
    std::string kept;
    const std::string all{embedded("demo/fumin-residents.csv")};
    for (std::size_t at = 0; at < all.size();) {
      const auto end = all.find('\n', at);
      const std::string line = all.substr(at, end - at + 1);
      if (!line.starts_with("4栋,1单元,201,")) kept += line;
      at = end + 1;
    }
    return kept;
  }
  std::vector<std::string> households() {
    std::vector<std::string> found;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      for (const store::Row& row : db.query("SELECT id FROM household ORDER BY id")) {
        found.push_back(id_text(row.integer(0)));
      }
      return store::Answer{};
    });
    return found;
  }
  api::Response look(const api::As& as, std::string_view outcome, std::string_view sign) {
    return post(
        as, "/api/v1/presence",
        fmt::format(R"({{"dwelling":"{}","outcome":"{}","sign":"{}"}})", flat_, outcome, sign));
  }
  int where(const std::string& person, std::string_view json) {
    return tell("/api/v1/people/" + person + "/whereabouts", json).status;
  }
  api::Response sheet() {
    return ask("/api/v1/closings/" + member(ask("/api/v1/closings"), "rows.0.id"));
  }

  api::As leader_;
  api::As nurse_;
  std::string flat_;
};

TEST_P(Fumin, A6_F5_N20_N21_N22_N24_TheCompoundIsClosedAndEachDoorAccountedFor) {
  // 20 Nov 08:00: one action, and a round for the one door behind which nobody is known.
  at("2022-11-20T08:00:00+08:00");
  std::int64_t opened = 0;
  for (const char* grid : {"一", "二", "三", "四", "五"}) {
    const auto answer = tell(
        "/api/v1/observations",
        fmt::format(R"({{"place":"{}","ground":"area"}})",
                    id_text(count(fmt::format("SELECT id FROM place WHERE kind = 'grid' AND name"
                                              " LIKE '{}%'",
                                              grid)))));
    ASSERT_EQ(answer.status, 200) << answer.body;
    opened += std::stoll(member(answer, "opened"));
  }
  EXPECT_EQ(opened, 949);
  EXPECT_EQ(open("presence"), 1);
  flat_ = id_text(
      count("SELECT p.id FROM place p JOIN place e ON e.id = p.parent_id JOIN place b ON b.id ="
            " e.parent_id WHERE p.name = '201' AND e.name = '1单元' AND b.name = '4栋'"));
  EXPECT_EQ(member(look(leader_, "empty", "敲门没人"), "settled"), "false");
  EXPECT_EQ(open("presence"), 1);
  const auto found = look(nurse_, "present", "屋里有灯");
  EXPECT_EQ(member(found, "settled"), "true");
  EXPECT_EQ(tell("/api/v1/households/" + member(found, "household") + "/people",
                 R"({"name":"老唐","born_on":"1959-01-01"})")
                .status,
            200);
  // By 20:00: 924 present, 26 away, nobody empty.
  at("2022-11-20T20:00:00+08:00");
  const auto homes = households();
  ASSERT_EQ(homes.size(), 950U);
  for (std::size_t n = 0; n < 26; ++n) {
    for (const std::string& person : people_of(homes[n])) {
      EXPECT_EQ(where(person, R"({"state":"away","place":"外地",)"
                              R"("override_reason":"封控前就不在"})"),
                200);
    }
  }
  EXPECT_EQ(open("contact"), 924);
  at("2022-11-20T21:30:00+08:00");
  EXPECT_EQ(member(sheet(), "due.today"), "924");
  // 27 Nov: one household is back; all of the due set report, and the next day too.
  at("2022-11-27T08:00:00+08:00");
  leader_ = staff(access::Role::manager);
  for (std::size_t n = 26; n < homes.size(); ++n) EXPECT_EQ(report(homes[n], "video"), 200);
  at("2022-11-27T21:30:00+08:00");
  EXPECT_EQ(member(sheet(), "due.today"), "924");
  at("2022-11-28T07:00:00+08:00");
  for (const std::string& person : people_of(homes[25])) {
    EXPECT_EQ(where(person, R"({"state":"home"})"), 200);
  }
  for (std::size_t n = 25; n + 1 < homes.size(); ++n)
    EXPECT_EQ(report(homes[n], "visit", R"(,"visit_reason":"asked")"), 200);
  // 26 Nov 21:20 of the scenario, here on the 28th: the father goes, his wife stays with the children.
  const std::string ran = homes[100];
  const auto leaving = tell("/api/v1/people/" + people_of(ran).front() + "/leaving");
  EXPECT_EQ(member(leaving, "duty"), "") << leaving.body;
  // 09:10: yesterday's bag is still at the door: each rung in its time, and it ends in "handed over".
  const std::string huang = homes.back();
  std::string next;
  for (const char* time : {"10:10", "10:25", "10:40", "10:55"}) {
    at(fmt::format("2022-11-28T{}:00+08:00", time));
    next = member(tell("/api/v1/households/" + huang + "/attempts", R"({"outcome":"no_answer"})"),
                  "next_rung");
  }
  EXPECT_EQ(next, "key_holder");
  at("2022-11-28T11:10:00+08:00");
  EXPECT_EQ(tell("/api/v1/households/" + huang + "/attempts",
                 R"({"outcome":"handed_over","note":"120 接走"})")
                .status,
            200);
  // 21:00: her way: hospital since 10:20, back on 2 December; her door is asked nothing.
  at("2022-11-28T20:50:00+08:00");
  for (const std::string& person : people_of(huang)) {
    EXPECT_EQ(where(person, R"({"state":"hospital","place":"区医院","contact":"侄女",)"
                            R"("expected_on":"2022-12-02"})"),
              200);
  }
  EXPECT_EQ(open("contact", " AND subject_id = " + std::to_string(*id_from_text(huang))), 0);
  // 21:30: 924 + 1 - 1 = 924, everybody accounted for.
  at("2022-11-28T21:30:00+08:00");
  const auto closing = sheet();
  for (const auto& [what, value] : {std::pair{"due.yesterday", "924"},
                                    {"due.entered", "1"},
                                    {"due.left", "1"},
                                    {"due.today", "924"},
                                    {"met", "924"},
                                    {"escalated", "0"},
                                    {"missed", "0"}}) {
    EXPECT_EQ(member(closing, what), value) << what;
  }
  EXPECT_EQ(member(closing, "excused"), "26");
}

TEST_P(Fumin, F1_F2_F3_TheLedgerOfAHundredAndTwelve) {
  at("2022-11-20T14:00:00+08:00");
  std::vector<std::string> persons;
  for (const std::string& home : households()) {
    persons.push_back(people_of(home).front());
    if (persons.size() == 112) break;
  }
  // 41 lone elders, 6 children, 5 pregnant, 73 chronic: 125 entries of 112 persons.
  constexpr std::array counts{41U, 6U, 5U, 73U};
  constexpr std::array words{R"("lone_elder")", R"("child")", R"("maternity")", R"("chronic")"};
  std::vector<std::string> of(persons.size());
  std::size_t at_person = 0;
  for (std::size_t category = 0; category < counts.size(); ++category) {
    for (unsigned n = 0; n < counts[category]; ++n, ++at_person) {
      std::string& one = of[at_person % of.size()];
      one += (one.empty() ? "" : ",") + std::string(words[category]);
    }
  }
  std::int64_t entries = 0;
  for (std::size_t n = 0; n < persons.size(); ++n) {
    const auto entered = post(leader_, "/api/v1/care", ledger_entry(persons[n], of[n]));
    ASSERT_EQ(entered.status, 200) << entered.body;
    EXPECT_FALSE(member(entered, "follower").empty());
    entries += 1 + std::count(of[n].begin(), of[n].end(), ',');
  }
  EXPECT_EQ(entries, 125);
  EXPECT_EQ(member(get(leader_, "/api/v1/care"), "total"), "112");
  // A fifth one is a line of the pack.
  EXPECT_EQ(post(leader_, "/api/v1/care",
                 ledger_entry(persons[0], R"("lone_elder","chronic","dialysis")"))
                .status,
            200);
  EXPECT_EQ(api::length(get(leader_, "/api/v1/care?category=dialysis"), "rows"), 1U);
  // 28 Nov 13:00: health and medicine for each: 104 by phone, 8 by visit; the sheet is empty.
  at("2022-11-28T13:00:00+08:00");
  leader_ = staff(access::Role::manager);
  EXPECT_EQ(member(get(leader_, "/api/v1/care"), "to_call"), "112");
  for (std::size_t n = 0; n < persons.size(); ++n) {
    EXPECT_EQ(post(leader_, "/api/v1/care/" + persons[n] + "/ticks",
                   fmt::format(R"({{"outcome":"well","channel":"{}","medicine_days":20}})",
                               n < 104 ? "phone" : "visit"))
                  .status,
              200);
  }
  EXPECT_EQ(member(get(leader_, "/api/v1/care"), "to_call"), "0");
  at("2022-11-28T17:00:00+08:00");
  EXPECT_EQ(open("care_call", " AND state = 'raised'"), 0);
}

/// Songjiang, 18 February 2020: 143 households under observation and 58 lone elders.
class Songjiang : public Scenario {
 protected:
  Songjiang() {
    rules(embedded("rules/quarantine-songjiang.toml"));
    clock().set(*instant_from_text("2020-02-08T09:00:00+08:00"));
    leader_ = staff(access::Role::manager);
    std::string dwellings = "网格,楼栋,单元,楼层,门牌,电梯\n";
    std::string residents = "楼栋,单元,门牌,姓名,出生日期\n";
    for (int n = 0; n < 203; ++n) {
      const int building = 1 + n / 20;
      const int floor = 1 + n % 20;
      dwellings += fmt::format("一网格,{}栋,1单元,{},{}01,有\n", building, floor, floor);
      residents += fmt::format("{}栋,1单元,{}01,住户{},{}-01-01\n", building, floor, n,
                               n < 145 ? 1980 : 1938);
      doors_.push_back(fmt::format("{}栋1单元{}01", building, floor));
    }
    import_file("dwellings", dwellings);
    import_file("residents", residents);
  }
  std::string home(int n) { return household(doors_.at(std::size_t(n))); }
  void observe(int n, std::string_view event) {
    EXPECT_EQ(tell("/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee","start_event_on":"{}"}})",
                               home(n), event))
                  .status,
              200);
  }

  api::As leader_;
  std::vector<std::string> doors_;
};

TEST_P(Songjiang, F5_F11_N22_TheEighteenthOfFebruary) {
  // 139 on the 17th, one of them in the last of fourteen days.
  for (int n = 0; n < 139; ++n) observe(n, n == 0 ? "2020-02-03" : "2020-02-07");
  for (int n = 145; n < 203; ++n) {
    EXPECT_EQ(
        post(leader_, "/api/v1/care", ledger_entry(people_of(home(n)).front(), R"("lone_elder")"))
            .status,
        200);
  }
  at("2020-02-17T09:00:00+08:00");
  for (int n = 0; n < 139; ++n) EXPECT_EQ(report(home(n), "video"), 200);
  at("2020-02-17T21:30:00+08:00");
  const auto sheet = [&] {
    return ask("/api/v1/closings/" + member(ask("/api/v1/closings"), "rows.0.id"));
  };
  EXPECT_EQ(member(sheet(), "due.today"), "139");
  // 18 Feb: six come, one is released, one goes to another community, by the word of two.
  at("2020-02-18T09:30:00+08:00");
  leader_ = staff(access::Role::manager);
  for (int n = 139; n < 145; ++n) observe(n, "2020-02-17");
  EXPECT_EQ(end(home(0)).status, 200);
  const std::string leave = "/api/v1/people/" + people_of(home(1)).front() + "/leave";
  EXPECT_EQ(member(tell(leave, R"({"note":"转到洞泾"})"), "confirmed"), "false");
  EXPECT_EQ(member(post(leader_, leave), "confirmed"), "true");
  for (int n = 2; n < 145; ++n) EXPECT_EQ(report(home(n), "video"), 200) << n;
  // 20:00: of 58 lone elders 57 are ticked off, and one is explained.
  EXPECT_EQ(member(get(leader_, "/api/v1/care"), "to_call"), "58");
  for (int n = 146; n < 203; ++n) {
    EXPECT_EQ(post(leader_, "/api/v1/care/" + people_of(home(n)).front() + "/ticks",
                   R"({"outcome":"well"})")
                  .status,
              200);
  }
  EXPECT_EQ(tell("/api/v1/people/" + people_of(home(145)).front() + "/whereabouts",
                 R"({"state":"hospital","place":"区中心医院"})")
                .status,
            200);
  at("2020-02-18T20:00:00+08:00");
  EXPECT_EQ(member(get(leader_, "/api/v1/care"), "to_call"), "1");
  at("2020-02-18T21:30:00+08:00");
  const auto closing = sheet();
  for (const auto& [what, value] : {std::pair{"due.yesterday", "139"},
                                    {"due.entered", "6"},
                                    {"due.left", "2"},
                                    {"due.today", "143"},
                                    {"met", "143"},
                                    {"escalated", "0"},
                                    {"missed", "0"}}) {
    EXPECT_EQ(member(closing, what), value) << what;
  }
}

DOORSTEP_ON_BOTH_ENGINES(Fumin);
DOORSTEP_ON_BOTH_ENGINES(Songjiang);

}  // namespace
}  // namespace doorstep::day
