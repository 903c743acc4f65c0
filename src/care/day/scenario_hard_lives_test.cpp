// Hard lives (invented) through the API on both engines: 13 households, 26 persons at the edge of every list,
// 4 to 16 March 2021: two families behind one door, a carer taken away, a death, a birth, a flat called empty.
// What belongs to transfers between communities, merging persons, objections and erasure is not here.

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/day/scenario.h"

namespace doorstep::day {
namespace {

class HardLives : public Scenario {
 protected:
  HardLives() {
    rules(embedded("rules/quarantine-liulian.toml"));
    clock().set(*instant_from_text("2021-03-04T09:00:00+08:00"));
    leader_ = staff(access::Role::manager);
    import_file(
        "dwellings",
        "网格,楼栋,单元,楼层,门牌,电梯\n一网格,5栋,1单元,4,401,无\n一网格,8号,1单元,2,201,无\n"
        "一网格,8号,1单元,2,202,无\n一网格,3栋,2单元,5,502,无\n一网格,7栋,1单元,1,101,无\n"
        "一网格,2栋,1单元,2,203,无\n一网格,6栋,3单元,6,602,无\n一网格,4栋,1单元,3,301,无\n"
        "一网格,8栋,2单元,1,102,无\n一网格,9栋,1单元,8,805,有\n一网格,9栋,2单元,12,1203,有\n"
        "一网格,1栋,1单元,7,702,有\n一网格,1栋,2单元,3,303,有\n");
    import_file("residents",
                "楼栋,单元,门牌,户,姓名,出生日期\n5栋,1单元,401,1室,郑先生,1980-01-01\n"
                "5栋,1单元,401,1室,郑太太,1982-01-01\n5栋,1单元,401,1室,郑爷爷,1950-01-01\n"
                "5栋,1单元,401,2室,汤先生,1985-01-01\n5栋,1单元,401,2室,汤太太,1986-01-01\n"
                "8号,1单元,201,,沙先生,1970-01-01\n8号,1单元,201,,沙太太,1972-01-01\n"
                "8号,1单元,201,,沙太大,1972-01-01\n8号,1单元,202,,马先生,1988-01-01\n"
                "8号,1单元,202,,马太太,1990-01-01\n8号,1单元,202,,马爷爷,1955-01-01\n"
                "8号,1单元,202,,马大宝,2015-01-01\n3栋,2单元,502,,鲁先生,1976-01-01\n"
                "7栋,1单元,101,,赵女士,1988-01-01\n7栋,1单元,101,,朵朵,2015-01-01\n"
                "2栋,1单元,203,,何爷爷,1937-01-01\n2栋,1单元,203,,何奶奶,1939-01-01\n"
                "6栋,3单元,602,,方敏,1995-01-01\n4栋,1单元,301,,林奶奶,1939-01-01\n"
                "8栋,2单元,102,,阿婆,1944-01-01\n9栋,1单元,805,,Amara Okafor,1992-01-01\n"
                "1栋,1单元,702,,蔡先生,1960-01-01\n1栋,1单元,702,,蔡太太,1962-01-01\n"
                "1栋,1单元,702,,蔡儿子,1990-01-01\n1栋,1单元,702,,小蔡,1991-01-01\n"
                "1栋,2单元,303,,田先生,1983-01-01\n");
    for (const auto& [name, start] : starts) {
      EXPECT_EQ(
          tell("/api/v1/observations",
               fmt::format(R"({{"household":"{}","ground":"returnee","start_event_on":"{}"}})",
                           home_of(name), start))
              .status,
          200);
    }
  }
  /// The household somebody lives in.
  std::string home_of(std::string_view name) {
    return id_text(
        count(fmt::format("SELECT household_id FROM residence WHERE person_id = {}"
                          " AND until_on IS NULL",
                          *id_from_text(person(name)))));
  }
  api::Response where(std::string_view name, std::string_view json) {
    return post(leader_, "/api/v1/people/" + person(name) + "/whereabouts", json);
  }
  api::Response newest_sheet() {
    return ask("/api/v1/closings/" + member(ask("/api/v1/closings"), "rows.0.id"));
  }
  /// "yesterday + entered - left = today".
  static std::string sum(const api::Response& sheet, std::string_view of) {
    const auto part = [&](std::string_view what) {
      return member(sheet, fmt::format("{}.{}", of, what));
    };
    return fmt::format("{} + {} - {} = {}", part("yesterday"), part("entered"), part("left"),
                       part("today"));
  }
  void reach_all(std::string_view instant) {
    at(instant);
    for (const auto& [name, start] : starts) {
      // By sight: whoever once did not answer has to be seen.
      if (count(fmt::format("SELECT count(*) FROM observation WHERE household_id = {}"
                            " AND ended_at IS NULL",
                            *id_from_text(home_of(name)))) > 0) {
        EXPECT_EQ(report(home_of(name), "video"), 200);
      }
    }
  }

  /// The head of each household, by the day of the start event.
  const std::vector<std::pair<std::string, std::string>> starts{
      {"郑先生", "2021-03-01"}, {"汤先生", "2021-03-04"},       {"沙先生", "2021-02-26"},
      {"马先生", "2021-02-27"}, {"鲁先生", "2021-03-02"},       {"赵女士", "2021-02-28"},
      {"何奶奶", "2021-02-25"}, {"方敏", "2021-03-03"},         {"林奶奶", "2021-03-01"},
      {"阿婆", "2021-03-02"},   {"Amara Okafor", "2021-03-01"}, {"蔡先生", "2021-02-28"},
      {"田先生", "2021-03-01"}};
  api::As leader_;
};

TEST_P(HardLives, C1_C4_C6_N16_N26_TwoFamiliesBehindOneDoor) {
  const std::string zheng = home_of("郑先生");
  const std::string tang = home_of("汤先生");
  ASSERT_NE(zheng, tang);
  EXPECT_EQ(dwelling_of(zheng), dwelling_of(tang));
  const auto door = ask("/api/v1/dwellings/" + dwelling_of(zheng));
  EXPECT_EQ(api::length(door, "households"), 2U);
  const auto ends = [&](const std::string& household) {
    for (int at = 0; at < 2; ++at) {
      const std::string one = fmt::format("households.{}.", at);
      if (member(door, one + "id") == household) return member(door, one + "observation.ends_on");
    }
    return std::string();
  };
  EXPECT_EQ(ends(zheng), "2021-03-16");
  EXPECT_EQ(ends(tang), "2021-03-19");
  // Three phones of one family by name; one is lost and revoked, and the others go on.
  std::vector<std::string> phones;
  for (const char* name : {"丈夫", "妻子", "爷爷"}) {
    const auto made =
        tell("/api/v1/households/" + zheng + "/links", fmt::format(R"({{"name":"{}"}})", name));
    phones.push_back(member(made, "id"));
  }
  EXPECT_EQ(tell("/api/v1/links/" + phones[1] + "/revoke").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM link_token WHERE revoked_at IS NULL"), 2);
  // One family's page shows nothing of the other's.
  const auto page = get(phone(zheng), "/api/v1/home");
  EXPECT_NE(page.body.find("郑先生"), std::string::npos);
  EXPECT_EQ(page.body.find("汤先生"), std::string::npos);
  // Two labels each.
  for (const std::string& household : {zheng, tang}) {
    for (const char* kind : {"door_label", "ledger_label"}) {
      const auto label = tell("/api/v1/households/" + household + "/controls",
                              fmt::format(R"({{"kind":"{}"}})", kind));
      EXPECT_EQ(tell("/api/v1/controls/" + member(label, "id") + "/post").status, 200);
    }
  }
  // 16 March: the one is released, the other not before the 19th; the labels of each have their own time.
  at("2021-03-16T08:30:00+08:00");
  EXPECT_EQ(end(zheng).status, 200);
  const auto refused = end(tang);
  EXPECT_EQ(member(refused, "code"), "release.not_due");
  EXPECT_EQ(member(refused, "hint"), "2021-03-19");
  const auto due_at = [](std::string_view instant) {
    return " AND due_at = " +
           std::to_string(instant_from_text(instant)->time_since_epoch().count());
  };
  EXPECT_EQ(open("control_end", due_at("2021-03-17T08:30:00+08:00")), 2);
  EXPECT_EQ(open("control_end"), 4);
}

TEST_P(HardLives, C9_F5_N18_N20_N21_N22_N23_N24_TheFifthAndSixthOfMarch) {
  reach_all("2021-03-04T10:00:00+08:00");
  at("2021-03-04T21:00:00+08:00");
  EXPECT_EQ(sum(newest_sheet(), "due"), "0 + 13 - 0 = 13");
  EXPECT_EQ(sum(newest_sheet(), "due.people"), "0 + 26 - 0 = 26");
  // 5 March 08:00: one sign that a flat is empty is none; 10:20 somebody is found there.
  at("2021-03-05T08:00:00+08:00");
  leader_ = staff(access::Role::manager);
  const std::string flat = place("dwelling", "1203");
  const auto look = [&](std::string_view outcome, std::string_view sign) {
    return post(
        leader_, "/api/v1/presence",
        fmt::format(R"({{"dwelling":"{}","outcome":"{}","sign":"{}"}})", flat, outcome, sign));
  };
  EXPECT_EQ(member(look("empty", "敲门没人"), "settled"), "false");
  at("2021-03-05T10:20:00+08:00");
  const auto found = look("present", "门后有灯有声");
  EXPECT_EQ(tell("/api/v1/households/" + member(found, "household") + "/people",
                 R"({"name":"贾叔","born_on":"1953-01-01"})")
                .status,
            200);
  EXPECT_EQ(report(member(found, "household"), "visit", R"(,"visit_reason":"other")"), 200);
  EXPECT_EQ(shown(member(found, "household"), "observation.grounds.0.source"), "found");
  // 11:00: fever and short breath; the mother goes only when it is settled who looks after the child.
  at("2021-03-05T11:00:00+08:00");
  EXPECT_EQ(report(home_of("赵女士"), "phone",
                   R"(,"temperature":39.2,"symptoms":["fever","breathless"])"),
            200);
  EXPECT_EQ(open("unwell", " AND state = 'raised' AND owner_id <> 0"), 1);
  constexpr std::string_view to_hospital =
      R"({"state":"hospital","place":"市一医院","expected_on":"2021-03-14"})";
  EXPECT_EQ(member(where("赵女士", to_hospital), "code"), "left_behind.unanswered");
  const auto announced =
      post(leader_, "/api/v1/people/" + person("赵女士") + "/leaving", R"({"pet":true})");
  EXPECT_EQ(member(announced, "dependants.0.name"), "朵朵");
  EXPECT_EQ(member(where("赵女士", to_hospital), "code"), "left_behind.open");
  EXPECT_EQ(tell("/api/v1/duties/" + member(announced, "duty") + "/end",
                 R"({"outcome":"done","note":"朵朵由姑姑赵小妹照看，狗由邻居照看"})")
                .status,
            200);
  at("2021-03-05T11:15:00+08:00");
  EXPECT_EQ(where("赵女士", to_hospital).status, 200);
  // 12:30: one records the death, another confirms it; she stays due.
  at("2021-03-05T12:30:00+08:00");
  EXPECT_EQ(member(where("何爷爷", R"({"state":"deceased"})"), "confirmed"), "false");
  EXPECT_EQ(member(where("何爷爷", R"({"state":"deceased"})"), "code"),
            "whereabouts.second_person");
  leader_ = staff(access::Role::manager);
  EXPECT_EQ(member(where("何爷爷", R"({"state":"deceased"})"), "confirmed"), "true");
  EXPECT_EQ(shown(home_of("何奶奶"), "observation.ends_on"), "2021-03-12");
  // 15:40: she lives in another community now.
  at("2021-03-05T15:40:00+08:00");
  const std::string leave = "/api/v1/people/" + person("方敏") + "/leave";
  EXPECT_EQ(member(tell(leave, R"({"note":"转到新社区"})"), "confirmed"), "false");
  leader_ = staff(access::Role::manager);
  EXPECT_EQ(member(post(leader_, leave), "confirmed"), "true");
  at("2021-03-05T16:00:00+08:00");
  for (const auto& [name, start] : starts) {
    if (name == "阿婆" || name == "方敏") continue;
    EXPECT_EQ(report(home_of(name), name == "何奶奶" ? "visit" : "phone",
                     name == "何奶奶" ? R"(,"visit_reason":"asked")" : ""),
              200);
  }
  // 18:00: nobody answers; each rung in its time, and what ends it is being seen.
  const std::string attempts = "/api/v1/households/" + home_of("阿婆") + "/attempts";
  std::string next;
  for (const char* time : {"18:00", "18:15", "18:30", "18:45"}) {
    at(fmt::format("2021-03-05T{}:00+08:00", time));
    next = member(tell(attempts, R"({"outcome":"no_answer"})"), "next_rung");
  }
  EXPECT_EQ(next, "key_holder");
  at("2021-03-05T18:50:00+08:00");
  EXPECT_EQ(report(home_of("阿婆"), "visit"), 200);
  EXPECT_EQ(open("contact", " AND step > 0"), 0);
  at("2021-03-05T21:00:00+08:00");
  const auto fifth = newest_sheet();
  EXPECT_EQ(sum(fifth, "due"), "13 + 1 - 1 = 13");
  EXPECT_EQ(sum(fifth, "due.people"), "26 + 1 - 3 = 24");
  EXPECT_EQ(api::length(fifth, "due.people.reasons"), 3U);
  for (const char* reason : {"hospital", "deceased", "moved_away"}) {
    EXPECT_NE(fifth.body.find(fmt::format(R"("word":"{}","count":1)", reason)), std::string::npos)
        << reason;
  }
  EXPECT_EQ(member(fifth, "met"), "13");
  EXPECT_EQ(member(fifth, "missed"), "0");
  // 6 March: born at 06:20, due from today, and nobody asks for an identity card.
  at("2021-03-06T07:00:00+08:00");
  EXPECT_EQ(tell("/api/v1/households/" + home_of("马先生") + "/people",
                 R"({"name":"马小宝","born_on":"2021-03-06"})")
                .status,
            200);
  // A daughter abroad warns, and is answered for.
  const auto named = post(phone(home_of("林奶奶")), "/api/v1/trusted", R"({"name":"女儿林梅"})");
  const api::As daughter{{}, member(named, "token"), api::Channel::network};
  EXPECT_EQ(post(daughter, "/api/v1/check-ins", R"({"wellbeing":"unwell"})").status, 200);
  const std::string alarm = id_text(count(fmt::format(
      "SELECT id FROM duty WHERE kind = 'unwell' AND subject_id = {} AND closed_at IS NULL",
      *id_from_text(home_of("林奶奶")))));
  EXPECT_EQ(
      tell("/api/v1/duties/" + alarm + "/end", R"({"outcome":"false_alarm","note":"在阳台，人好"})")
          .status,
      200);
  at("2021-03-06T10:00:00+08:00");
  for (const auto& [name, start] : starts) {
    if (name != "方敏") EXPECT_EQ(report(home_of(name), "video"), 200);
  }
  EXPECT_EQ(report(home_of("贾叔"), "phone"), 200);
  at("2021-03-06T21:00:00+08:00");
  const auto sixth = newest_sheet();
  EXPECT_EQ(sum(sixth, "due"), "13 + 0 - 0 = 13");
  EXPECT_EQ(sum(sixth, "due.people"), "24 + 1 - 0 = 25");
  EXPECT_EQ(member(sixth, "met"), "13");
}

DOORSTEP_ON_BOTH_ENGINES(HardLives);

}  // namespace
}  // namespace doorstep::day
