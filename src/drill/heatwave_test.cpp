// A heat wave in Donghuli (scenario "Heat wave", invented): a day of care calls under a pack of kind care, through
// the API on both engines, in the scenario's figures; the sheet is recomputed from the journal. Then a flood, whose
// pack is a TOML file alone.

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/day/scenario.h"
#include "drill/oracle/export.h"
#include "drill/oracle/sheet.h"

namespace doorstep::drill {
namespace {

using api::length;
using api::member;

std::string heat_pack() {
  return std::string(embedded("rules/heatwave-donghuli.toml"));
}

std::string flood_pack() {
  std::ifstream file(std::string(DOORSTEP_SOURCE_DIR) + "/examples/rules/flood.toml");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string with(std::string text, std::string_view what, std::string_view instead) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

/// 3 buildings, 6 entrances, 240 households, 512 residents; 64 of 58 households in the ledger.
class Heatwave : public day::Scenario {
 protected:
  static constexpr int ledger_size = 64;
  static constexpr int ledger_homes = 58;

  Heatwave() {
    clock().set(*instant_from_text("2026-07-25T19:00:00+08:00"));
    lead_ = staff(access::Role::manager);
    callers_ = {staff(access::Role::worker), staff(access::Role::worker)};
    import_file("dwellings", dwellings());
    import_file("residents", residents());
    for (int at = 0; at < ledger_size; ++at) {
      people_.push_back(person(fmt::format("老人{}", at + 1)));
      enter(people_.back(), at);
    }
  }

  /// By door, 40 to an entrance: "1栋,1单元,101".
  static std::string door(int at) {
    const int entrance = at / 40;
    const int in = at % 40;
    return fmt::format("{}栋,{}单元,{}0{}", entrance / 2 + 1, entrance % 2 + 1, in / 4 + 1,
                       in % 4 + 1);
  }
  static std::string dwellings() {
    std::string csv = "楼栋,单元,楼层,门牌\n";
    for (int at = 0; at < 240; ++at) {
      std::string where = door(at);
      const auto comma = where.rfind(',');
      csv +=
          where.substr(0, comma) + fmt::format(",{}", at % 40 / 4 + 1) + where.substr(comma) + "\n";
    }
    return csv;
  }
  /// The first six of the ledger live two to a household with one who is in it too.
  static std::string residents() {
    std::string csv = "楼栋,单元,门牌,姓名,性别,出生日期,电话,关系,备注\n";
    int made = 0;
    const auto add = [&](int home, const std::string& name, std::string_view born) {
      csv += fmt::format("{},{},女,{},1300001{:04},本人,\n", door(home), name, born, ++made);
    };
    for (int at = 0; at < ledger_size; ++at) {
      add(at < ledger_homes ? at : at - ledger_homes, fmt::format("老人{}", at + 1), "1940-05-01");
    }
    for (int home = ledger_homes; home < 240; ++home)
      add(home, fmt::format("住户{}", home), "1980-05-01");
    for (int at = 0; at < 512 - ledger_size - (240 - ledger_homes); ++at)
      add(ledger_homes + at % 182, fmt::format("家人{}", at), "1982-05-01");
    return csv;
  }
  void enter(const std::string& who, int at) {
    constexpr std::array marks{"lone_elder", "chronic", "child", "bedridden"};
    const auto entered = post(
        lead_, "/api/v1/care",
        fmt::format(R"({{"person":"{}","categories":["{}"]}})", who,
                    under_heat_ ? marks.at(std::size_t(at) % 4) : marks.at(std::size_t(at) % 3)));
    EXPECT_EQ(entered.status, 200) << entered.body;
  }
  void heat() {
    EXPECT_EQ(upload(lead_, "/api/v1/rules", heat_pack()).status, 200);
    under_heat_ = true;
  }
  [[nodiscard]] const api::As& caller(int at) const { return callers_.at(std::size_t(at) % 2); }
  api::Response tick(int at, std::string_view outcome, std::string_view channel,
                     std::string_view more = "") {
    return post(caller(at), "/api/v1/care/" + people_.at(std::size_t(at)) + "/ticks",
                fmt::format(R"({{"outcome":"{}","channel":"{}"{}}})", outcome, channel, more));
  }
  /// Contacts of people `from` .. `until`, all well.
  void ticks(int from, int until, std::string_view channel) {
    for (int at = from; at < until; ++at) {
      EXPECT_EQ(tick(at, "well", channel).status, 200) << at << channel;
    }
  }
  /// It is that time, and who was signed in before signs in anew: a session is good for half a day.
  void sign_in(std::string_view instant) {
    at(instant);
    lead_ = staff(access::Role::manager);
    callers_ = {staff(access::Role::worker), staff(access::Role::worker)};
  }
  api::Response care_day() { return get(lead_, "/api/v1/care/day"); }
  std::string window(int number, std::string_view what) {
    return member(care_day(), fmt::format("windows.{}.{}", number, what));
  }
  void take_home() {
    const std::string id = member(get(lead_, "/api/v1/closings"), "rows.0.id");
    sheet_ = get(lead_, "/api/v1/closings/" + id + "/sheet").body;
    store().sign_head();
    std::ostringstream out;
    EXPECT_TRUE(oracle::write_export(oracle::ExportSource::of(store()), out).ok());
    journal_ = out.str();
  }
  static oracle::SheetCheck verify(const std::string& sheet, const std::string& journal) {
    std::istringstream in(journal);
    const auto found = oracle::check_sheet(sheet, in);
    return found.ok() ? *found : oracle::SheetCheck{{}, 0, 0, 0, 0, {found.error().code}};
  }
  static std::string all(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }
  void morning();
  void noon();
  void afternoon();

  api::As lead_;
  std::vector<api::As> callers_;
  std::vector<std::string> people_;
  bool under_heat_ = false;
  std::string sheet_;
  std::string journal_;
};

/// Steps 5, 8, 9, 12-15: 64 = voice 44 + seen 12 + card 6 + relative 2.
void Heatwave::morning() {
  sign_in("2026-07-26T06:30:00+08:00");
  // Before anybody says anything: nobody is forgotten, and the pack asks for the morning alone.
  EXPECT_EQ(open("care_contact"), 64);
  const auto said =
      post(lead_, "/api/v1/care/level", R"({"today_tenths":394,"tomorrow_tenths":400})");
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(member(said, "today"), "red");
  EXPECT_EQ(member(said, "open"), "128");
  EXPECT_EQ(open("care_contact"), 128);
  EXPECT_EQ(open("care_contact", " AND owner_id = 0"), 0);
  EXPECT_EQ(window(0, "due"), "64");
  EXPECT_EQ(window(1, "due"), "64");
  EXPECT_EQ(member(care_day(), "today.value_tenths"), "394");
  EXPECT_NE(member(care_day(), "today.said_by"), "");
  at("2026-07-26T08:30:00+08:00");
  const auto dizzy = tick(0, "unwell", "phone", R"(,"note":"房间34.5度，头晕")");
  EXPECT_EQ(dizzy.status, 200) << dizzy.body;
  EXPECT_EQ(member(dizzy, "met.0"), "morning");
  EXPECT_EQ(open("care_unwell", " AND state = 'raised' AND owner_id <> 0"), 1);
  ticks(1, 44, "phone");
  // A contact meets its window once: the second call changes nothing more.
  EXPECT_EQ(length(tick(1, "well", "phone"), "met"), 0U);
  EXPECT_EQ(window(0, "open"), "20");
  EXPECT_EQ(window(1, "open"), "64");
  at("2026-07-26T10:00:00+08:00");
  ticks(44, 50, "card");
  const auto red = tick(50, "unwell", "card");  // HW04 hangs out the red one.
  EXPECT_EQ(length(red, "met"), 0U);
  EXPECT_EQ(open("care_unwell"), 2);
  at("2026-07-26T10:20:00+08:00");
  ticks(50, 62, "visit");
  EXPECT_EQ(member(tick(62, "well", "relative"), "met.0"), "morning");
  EXPECT_EQ(length(tick(62, "well", "relative"), "met"), 0U);  // Counts once.
  ticks(63, 64, "relative");
  at("2026-07-26T11:00:00+08:00");
  EXPECT_EQ(window(0, "met"), "64");
  EXPECT_EQ(window(0, "open"), "0");
}

/// Step 16: to hospital, away at her daughter's, and one new: 64 + 1 - 2 = 63.
void Heatwave::noon() {
  at("2026-07-26T11:30:00+08:00");
  const auto gone = [&](int who, const char* state, const char* place) {
    const auto said = post(lead_, "/api/v1/people/" + people_.at(std::size_t(who)) + "/whereabouts",
                           fmt::format(R"({{"state":"{}","place":"{}","contact":"13900000001",)"
                                       R"("expected_on":"2026-07-30"}})",
                                       state, place));
    EXPECT_EQ(said.status, 200) << said.body;
  };
  gone(10, "hospital", "第六医院");
  gone(20, "away", "女儿家");
  people_.push_back(person("住户100"));
  enter(people_.back(), 3);
  at("2026-07-26T11:31:00+08:00");
  EXPECT_EQ(open("care_contact"), 63);
  EXPECT_EQ(window(1, "due"), "65");
  EXPECT_EQ(window(1, "excused"), "2");
  EXPECT_EQ(window(1, "open"), "63");
}

/// Steps 20-24: paper keyed in later, 63 = voice 41 + seen 13 + card 6 + relative 2 + open 1.
void Heatwave::afternoon() {
  std::vector<int> home;
  for (int at = 0; at < 65; ++at) {
    if (at != 10 && at != 20) home.push_back(at);
  }
  at("2026-07-26T13:30:00+08:00");
  const auto paper = [&](int who, int minute) {
    return tick(who, "well", "phone",
                fmt::format(R"(,"occurred_at":"2026-07-26T{:02}:{:02}:00+08:00")", minute / 60,
                            minute % 60));
  };
  for (int at = 0; at < 5; ++at)
    EXPECT_EQ(paper(home.at(std::size_t(at)), 13 * 60 + at).status, 200);
  sign_in("2026-07-26T17:30:00+08:00");
  int fresh = 0;
  int known = 0;
  for (int row = 0; row < 37; ++row) {
    const auto keyed = row < 5 ? paper(home.at(std::size_t(row)), 13 * 60 + row)
                               : paper(home.at(std::size_t(row - 5)), 15 * 60 + row);
    ASSERT_EQ(keyed.status, 200) << keyed.body;
    ++(member(keyed, "known") == "true" ? known : fresh);
  }
  EXPECT_EQ(fresh, 32);
  EXPECT_EQ(known, 5);
  EXPECT_EQ(window(1, "met"), "32");
  const auto rest = [&](int from, int until, std::string_view channel) {
    for (int at = from; at < until; ++at) {
      EXPECT_EQ(tick(home.at(std::size_t(at)), "well", channel).status, 200);
    }
  };
  rest(32, 41, "phone");
  rest(41, 54, "visit");
  rest(54, 60, "card");
  rest(60, 62, "relative");
  at("2026-07-26T17:40:00+08:00");
  EXPECT_EQ(window(1, "met"), "62");
  EXPECT_EQ(window(1, "open"), "1");
  const int xu = home.at(62);
  struct Rung {
    const char* at;
    const char* next;
    const char* due;
  };
  for (const Rung& one : {Rung{"17:50", "call_again", "10:05"}, Rung{"18:05", "neighbour", "10:20"},
                          Rung{"18:20", "knock", "10:35"}, Rung{"18:35", "key_holder", "10:50"}}) {
    at(fmt::format("2026-07-26T{}:00+08:00", one.at));
    const auto tried = tick(xu, "no_answer", "phone");
    EXPECT_EQ(member(tried, "rung"), one.next) << tried.body;
    EXPECT_NE(member(tried, "again").find(one.due), std::string::npos) << tried.body;
  }
  at("2026-07-26T18:40:00+08:00");
  // Once nobody answered, a relative's word is not enough.
  EXPECT_EQ(length(tick(xu, "well", "relative"), "met"), 0U);
  EXPECT_EQ(member(tick(xu, "well", "visit"), "met.0"), "afternoon");
  EXPECT_EQ(window(1, "late"), "1");
}

TEST_P(Heatwave, N29_TheDayRunsFromDataAloneAndItsSheetIsRecomputed) {
  EXPECT_EQ(count("SELECT count(*) FROM household"), 240);
  EXPECT_EQ(count("SELECT count(*) FROM residence WHERE until_on IS NULL"), 512);
  EXPECT_EQ(count("SELECT count(DISTINCT household_id) FROM care_person"), 58);
  EXPECT_EQ(count("SELECT count(*) FROM care_person WHERE follower_id = 0"), 0);
  at("2026-07-25T19:30:00+08:00");
  EXPECT_EQ(open("care_call"), 64);
  heat();
  EXPECT_EQ(open("care_call"), 0);
  EXPECT_EQ(open("care_contact"), 0);  // Both windows of that day are over.
  EXPECT_EQ(member(get(lead_, "/api/v1/session"), "community.control"), "false");
  at("2026-07-26T00:01:00+08:00");
  morning();
  noon();
  afternoon();
  at("2026-07-26T20:30:00+08:00");
  const auto sheet =
      get(lead_, "/api/v1/closings/" + member(get(lead_, "/api/v1/closings"), "rows.0.id"));
  const auto care = [&](std::string_view what) {
    return member(sheet, "care." + std::string(what));
  };
  ASSERT_EQ(sheet.status, 200) << sheet.body << get(lead_, "/api/v1/closings").body;
  EXPECT_EQ(care("pack"), "heatwave-donghuli");
  EXPECT_EQ(member(sheet, "rules"), RulePack::parse(heat_pack())->hash());
  EXPECT_EQ(care("level"), "red");
  EXPECT_EQ(care("value_tenths"), "394");
  struct Figure {
    const char* what;
    const char* morning;
    const char* afternoon;
  };
  for (const Figure& one :
       {Figure{"opened", "64", "65"}, Figure{"before", "0", "64"}, Figure{"entered", "64", "1"},
        Figure{"left", "0", "2"}, Figure{"due", "64", "63"}, Figure{"met", "64", "62"},
        Figure{"late", "0", "1"}, Figure{"excused", "0", "2"}, Figure{"escalated", "0", "0"},
        Figure{"missed", "0", "0"}, Figure{"assurance.0.count", "6", "6"},
        Figure{"assurance.2.count", "2", "2"}, Figure{"assurance.3.count", "44", "41"},
        Figure{"assurance.4.count", "12", "14"}}) {
    EXPECT_EQ(care("windows.0." + std::string(one.what)), one.morning) << one.what;
    EXPECT_EQ(care("windows.1." + std::string(one.what)), one.afternoon) << one.what;
  }
  EXPECT_EQ(care("tomorrow_level"), "red");
  EXPECT_EQ(care("tomorrow.0.count"), "63");
  EXPECT_EQ(care("tomorrow.1.count"), "63");
  take_home();
  const auto found = verify(sheet_, journal_);
  EXPECT_EQ(all(found.problems), "");
  EXPECT_EQ(found.care, 129);
  // A call that is not in the journal any more is missed on the sheet; and so is a contact nobody lists.
  EXPECT_NE(
      all(verify(sheet_, with(journal_, "\"kind\":\"care.called\"", "\"kind\":\"care.calledx\""))
              .problems)
          .find("its evidence is gone"),
      std::string::npos);
  sign_in("2026-07-27T00:01:00+08:00");
  EXPECT_EQ(open("care_contact"), 126);
  EXPECT_EQ(member(care_day(), "today.label"), "红色");
}

TEST_P(Heatwave, N29_WhatIsSaidAgainOfTheLevelIsKeptAndTakesBackWhatItNoLongerAsks) {
  heat();
  sign_in("2026-07-26T06:30:00+08:00");
  EXPECT_EQ(member(post(lead_, "/api/v1/care/level", R"({"today_tenths":394})"), "open"), "128");
  EXPECT_EQ(member(post(lead_, "/api/v1/care/level", R"({"today_tenths":369})"), "open"), "64");
  EXPECT_EQ(window(1, "excused"), "64");
  EXPECT_EQ(member(post(lead_, "/api/v1/care/level", R"({"today_level":"red"})"), "open"), "128");
  EXPECT_EQ(open("care_contact"), 128);
  EXPECT_EQ(count("SELECT count(*) FROM hazard_level"), 3);
  for (const char* wrong : {"{}", R"({"today_tenths":1000000})", R"({"today_level":"violet"})"}) {
    EXPECT_EQ(post(lead_, "/api/v1/care/level", wrong).status, 422) << wrong;
  }
  EXPECT_EQ(member(tick(0, "handed_over", "phone"), "code"), "care.note");
  at("2026-07-26T08:10:00+08:00");
  EXPECT_EQ(tick(0, "handed_over", "phone", R"(,"note":"120接走")").status, 200);
  at("2026-07-26T08:11:00+08:00");
  EXPECT_EQ(window(0, "excused"), "1");
  EXPECT_EQ(window(0, "open"), "63");
}

/// Step 30, and what a typing error does.
TEST_P(Heatwave, N29_AFloodRunsFromATomlFileAndAnUnknownKeyIsRefusedByLineAndName) {
  heat();
  const std::string flood = flood_pack();
  ASSERT_FALSE(flood.empty());
  at("2026-07-25T20:05:00+08:00");  // After the last window of that day.
  const auto loaded = upload(lead_, "/api/v1/rules", flood);
  ASSERT_EQ(loaded.status, 200) << loaded.body;
  EXPECT_EQ(member(loaded, "name"), "flood-example");
  sign_in("2026-07-26T06:00:00+08:00");
  EXPECT_EQ(open("care_contact"), 64);
  EXPECT_EQ(member(post(lead_, "/api/v1/care/level", R"({"today_tenths":23})"), "open"), "192");
  at("2026-07-26T07:00:00+08:00");
  ticks(0, 64, "phone");
  at("2026-07-26T12:00:00+08:00");
  ticks(0, 64, "visit");
  sign_in("2026-07-26T17:59:00+08:00");
  at("2026-07-26T19:00:00+08:00");
  ticks(0, 63, "phone");
  at("2026-07-26T20:00:00+08:00");
  EXPECT_EQ(open("care_contact", " AND state = 'raised'"), 1);
  at("2026-07-26T21:30:00+08:00");
  take_home();
  const auto found = verify(sheet_, journal_);
  EXPECT_EQ(all(found.problems), "");
  EXPECT_EQ(found.care, 192);
  const std::string typed = with(flood, "review_days", "reviw_days");
  const auto refused = upload(lead_, "/api/v1/rules", typed);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused, "code"), "rules.unknown_key");
  const auto line =
      std::count(typed.begin(), typed.begin() + std::ptrdiff_t(typed.find("reviw")), '\n') + 1;
  EXPECT_EQ(member(refused, "hint"), fmt::format("line {}: care.reviw_days", line));
  EXPECT_EQ(member(upload(lead_, "/api/v1/rules",
                          with(flood, "windows = [\"evening\"]", "windows = [\"night\"]")),
                   "code"),
            "rules.level");
}

DOORSTEP_ON_BOTH_ENGINES(Heatwave);

}  // namespace
}  // namespace doorstep::drill
