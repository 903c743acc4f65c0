// What an order brings to a household, through the API on both engines: the four measures, the group, the
// roll call, what hangs at the door, who stands for it, and why somebody came to the door.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::day {
namespace {

using api::member;

class Measures : public registry::Compound {
 protected:
  Measures() : home_(household("1", "101")) {}

  void at(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    const auto outcome =
        service().as_system(community(), [](api::WriteContext& context) -> store::Outcome {
          TRY(duty::sweep(context, 1000));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
    manager = staff(access::Role::manager);
  }
  void observe(const std::string& household, std::string_view more = R"("ground":"returnee")") {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}",{}}})", household, more))
                  .status,
              200);
  }
  api::Response report(const std::string& household, std::string_view more) {
    return post(manager, "/api/v1/check-ins",
                fmt::format(R"({{"household":"{}",{}}})", household, more));
  }
  /// What the console shows of the household behind 101.
  std::string shown(std::string_view what) {
    return member(get(manager, "/api/v1/dwellings/" + dwelling("1", "101")),
                  "households.0." + std::string(what));
  }
  /// "group supplies report labels" as 1 and 0.
  std::string lights() {
    std::string text;
    for (const char* light : {"group", "supplies", "report", "labels"}) {
      text += shown(fmt::format("lights.{}", light)) == "true" ? '1' : '0';
    }
    return text;
  }
  std::string print(const std::string& household, std::string_view kind) {
    return id(post(manager, "/api/v1/households/" + household + "/controls",
                   fmt::format(R"({{"kind":"{}"}})", kind)));
  }
  int tell(const std::string& control, std::string_view verb) {
    return post(manager, fmt::format("/api/v1/controls/{}/{}", control, verb)).status;
  }
  std::int64_t owed(std::string_view kind, std::string_view more = "") {
    return count(fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL{}",
                             kind, more));
  }
  std::string change(std::string_view json) {
    return member(
        post(manager,
             "/api/v1/observation-grounds/" + shown("observation.grounds.0.id") + "/change", json),
        "ends_on");
  }

  std::string home_;
};

TEST_P(Measures, M5_EachHouseholdHasFourLightsAndEachIsACount) {
  observe(home_);
  observe(household("1", "102"));
  EXPECT_EQ(lights(), "0000");
  EXPECT_EQ(post(link(home_, true), "/api/v1/group/join").status, 200);
  EXPECT_EQ(lights(), "1000");
  EXPECT_EQ(report(home_, R"("wellbeing":"fine","channel":"phone","food_days":2)").status, 200);
  EXPECT_EQ(lights(), "1110");
  EXPECT_EQ(tell(print(home_, "door_label"), "post"), 200);
  EXPECT_EQ(lights(), "1110");  // One of two.
  EXPECT_EQ(tell(print(home_, "ledger_label"), "post"), 200);
  EXPECT_EQ(lights(), "1111");
  const auto counts = get(manager, "/api/v1/lights");
  EXPECT_EQ(member(counts, "households"), "2");
  for (const char* light : {"group", "supplies", "report", "labels", "all"}) {
    EXPECT_EQ(member(counts, light), "1") << light;
  }
  EXPECT_EQ(member(get(manager, "/api/v1/lights?place=" + building(2)), "households"), "0");
  // Each is a list of those where it is off.
  const auto off = get(manager, "/api/v1/households?off=labels");
  EXPECT_EQ(api::length(off, "rows"), 1U);
  EXPECT_EQ(member(off, "rows.0.id"), household("1", "102"));
  EXPECT_EQ(member(get(manager, "/api/v1/households?filter=observed"), "rows.0.lights.labels"),
            "true");
  // The next day it has to report again, and the food runs low by itself.
  at("2022-11-29T09:00:00+08:00");
  EXPECT_EQ(lights(), "1001");
}

TEST_P(Measures, C7_AtTheCutOffEachHouseholdIsPresentOrAbsentAndTheAbsentClimb) {
  for (const char* door : {"101", "102", "201", "202"}) observe(household("1", door));
  at("2022-11-28T09:30:00+08:00");
  EXPECT_EQ(report(home_, R"("wellbeing":"fine","channel":"video")").status, 200);
  EXPECT_EQ(report(household("1", "102"), R"("wellbeing":"fine","channel":"phone")").status, 200);
  EXPECT_EQ(
      post(link(household("1", "201")), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status,
      200);
  auto roll = get(manager, "/api/v1/roll-call");
  EXPECT_EQ(member(roll, "present"), "3");
  EXPECT_EQ(member(roll, "waiting"), "1");
  EXPECT_EQ(member(roll, "rows.0.household"), household("1", "202"));
  at("2022-11-28T10:00:00+08:00");
  roll = get(manager, "/api/v1/roll-call");
  EXPECT_EQ(member(roll, "households"), "4");
  EXPECT_EQ(member(roll, "present"), "3");  // On video, by a private call, by the page: alike.
  EXPECT_EQ(member(roll, "absent"), "1");
  EXPECT_EQ(member(roll, "rows.0.state"), "absent");
  EXPECT_NE(member(roll, "rows.0.with"), "");
  EXPECT_EQ(owed("contact", " AND state = 'raised'"), 1);
  // Nobody of the neighbours is told.
  const api::As neighbour = link(home_, true);
  EXPECT_EQ(get(neighbour, "/api/v1/roll-call").status, 403);
  post(neighbour, "/api/v1/group/join");
  for (const char* path : {"/api/v1/home", "/api/v1/group"}) {
    EXPECT_EQ(get(neighbour, path).body.find(household("1", "202")), std::string::npos) << path;
    EXPECT_EQ(get(neighbour, path).body.find("1栋1单元202"), std::string::npos) << path;
  }
  EXPECT_EQ(get(staff(access::Role::property), "/api/v1/roll-call").status, 403);
}

TEST_P(Measures, C15_TheGroupIsWhoeverIsUnderObservationNow) {
  const api::As phone = link(home_, true);
  const std::string other = household("1", "102");
  const api::As neighbour = link(other, true);
  EXPECT_EQ(member(get(phone, "/api/v1/group"), "member"), "false");
  EXPECT_EQ(member(post(phone, "/api/v1/group/join"), "code"), "group.not_member");
  observe(home_);
  observe(other);
  EXPECT_EQ(member(get(phone, "/api/v1/group"), "member"), "true");
  EXPECT_EQ(member(post(phone, "/api/v1/group", R"({"body":"早"})"), "code"), "group.not_member");
  EXPECT_EQ(member(post(phone, "/api/v1/group/join"), "number"), "1");
  EXPECT_EQ(member(post(phone, "/api/v1/group/join"), "number"), "1");
  EXPECT_EQ(member(post(neighbour, "/api/v1/group/join"), "number"), "2");
  EXPECT_EQ(post(phone, "/api/v1/group", R"({"body":"谁有多的盐"})").status, 200);
  EXPECT_EQ(post(manager, "/api/v1/group", R"({"body":"今晚七点点名"})").status, 200);
  auto read = get(neighbour, "/api/v1/group");
  EXPECT_EQ(api::length(read, "rows"), 2U);
  EXPECT_EQ(member(read, "rows.0.number"), "1");
  EXPECT_EQ(member(read, "rows.0.body"), "谁有多的盐");
  EXPECT_EQ(member(read, "rows.0.mine"), "false");
  EXPECT_EQ(member(read, "rows.0.door"), "");
  EXPECT_EQ(read.body.find("1栋"), std::string::npos);
  EXPECT_EQ(member(read, "rows.1.staff"), "true");
  EXPECT_EQ(member(get(manager, "/api/v1/group"), "rows.0.door"), "1栋1单元101");
  EXPECT_EQ(get(link(home_), "/api/v1/group").status, 403);  // Nobody has proved this phone.
  EXPECT_EQ(member(post(phone, "/api/v1/group", R"({"body":" "})"), "code"), "message.body");
  // Taken out of sight by name and for a reason.
  const std::string hide = "/api/v1/group/" + member(read, "rows.0.id") + "/hide";
  EXPECT_EQ(member(post(manager, hide, R"({"reason":""})"), "code"), "group.reason");
  EXPECT_EQ(post(manager, hide, R"({"reason":"写了门牌"})").status, 200);
  EXPECT_EQ(member(post(manager, hide, R"({"reason":"再一次"})"), "code"), "group.post_unknown");
  EXPECT_EQ(api::length(get(neighbour, "/api/v1/group"), "rows"), 1U);
  // Whose days are over belongs to it no more, and reads it no more.
  const std::string observation = shown("observation.id");
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"transferred"})")
          .status,
      200);
  EXPECT_EQ(member(get(phone, "/api/v1/group"), "member"), "false");
  EXPECT_EQ(api::length(get(phone, "/api/v1/group"), "rows"), 0U);
  EXPECT_EQ(member(get(manager, "/api/v1/group"), "households"), "1");
  EXPECT_EQ(member(get(manager, "/api/v1/group"), "joined"), "1");
}

TEST_P(Measures, C6_TwoLabelsEachWithACodeOfItsOwnArePrintedPostedAndRemoved) {
  const std::string path = "/api/v1/households/" + home_ + "/controls";
  EXPECT_EQ(member(post(manager, path, R"({"kind":"door_label"})"), "code"), "control.no_order");
  observe(home_);
  const auto door = post(manager, path, R"({"kind":"door_label"})");
  const auto book = post(manager, path, R"({"kind":"ledger_label"})");
  EXPECT_EQ(member(door, "state"), "printed");
  EXPECT_EQ(member(door, "code").size(), 13U);
  EXPECT_NE(member(door, "code"), member(book, "code"));
  EXPECT_EQ(member(post(manager, path, R"({"kind":"door_label"})"), "id"), member(door, "id"));
  EXPECT_EQ(api::length(get(manager, "/api/v1/households?off=labels"), "rows"), 1U);
  EXPECT_EQ(tell(member(door, "id"), "post"), 200);
  EXPECT_EQ(tell(member(door, "id"), "post"), 200);
  EXPECT_EQ(api::length(get(manager, "/api/v1/households?off=labels"), "rows"), 1U);
  EXPECT_EQ(tell(member(book, "id"), "post"), 200);
  EXPECT_EQ(api::length(get(manager, "/api/v1/households?off=labels"), "rows"), 0U);
  EXPECT_EQ(shown("controls.0.state"), "posted");
  EXPECT_EQ(tell(member(door, "id"), "remove"), 200);
  EXPECT_EQ(member(post(manager, "/api/v1/controls/" + member(door, "id") + "/remove"), "code"),
            "control.unknown");
  EXPECT_EQ(api::length(get(manager, "/api/v1/households?off=labels"), "rows"), 1U);
}

TEST_P(Measures, C3_AnExtensionPrintsTheLabelsAnewWithTheNewEnd) {
  observe(home_);
  const std::string label = print(home_, "door_label");
  tell(label, "post");
  EXPECT_EQ(shown("controls.0.until_on"), "2022-12-13");
  EXPECT_EQ(change(R"({"length_days":16,"reason":"又有接触"})"), "2022-12-15");
  EXPECT_EQ(shown("controls.0.until_on"), "2022-12-15");
  EXPECT_EQ(shown("controls.0.state"), "printed");  // The old day hangs there until it is posted.
  EXPECT_EQ(lights().back(), '0');
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'control.renewed'"), 1);
  const auto line = get(manager, "/api/v1/households/" + home_ + "/timeline");
  EXPECT_EQ(member(line, "rows.0.what"), "changed");
  EXPECT_EQ(member(line, "rows.0.how"), "extended");
  EXPECT_EQ(member(line, "rows.0.words"), "又有接触");
}

TEST_P(Measures, N16_NoLabelAndNoSensorOutlivesTheOrder) {
  observe(home_);
  const std::string label = print(home_, "door_label");
  const std::string sensor = print(home_, "sensor");
  tell(label, "post");
  tell(sensor, "post");
  EXPECT_EQ(lights().back(), '1');
  EXPECT_EQ(owed("control_end", " AND state = 'waiting'"), 2);
  at("2022-12-13T09:00:00+08:00");
  EXPECT_EQ(shown("controls.0.state"), "expired");
  const std::string observation = shown("observation.id");
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"completed"})")
          .status,
      200);
  EXPECT_EQ(owed("removal"), 0);  // What is recorded is owed piece by piece.
  EXPECT_EQ(member(post(manager, "/api/v1/controls/" + label + "/post"), "code"),
            "control.expired");
  at("2022-12-14T08:59:00+08:00");
  EXPECT_EQ(owed("control_end", " AND state = 'raised'"), 0);
  at("2022-12-14T09:00:00+08:00");
  EXPECT_EQ(owed("control_end", " AND state = 'raised'"), 2);
  EXPECT_EQ(tell(label, "remove"), 200);
  EXPECT_EQ(tell(sensor, "remove"), 200);
  EXPECT_EQ(owed("control_end"), 0);
}

TEST_P(Measures, C5_StayingByChoiceTheLabelAndTheSensorStopAndTheServiceGoesOn) {
  observe(home_, R"("ground":"returnee","start_event_on":"2022-11-14")");
  const std::string sensor = print(home_, "sensor");
  tell(sensor, "post");
  observe(home_, R"("ground":"voluntary","start_event_on":"2022-11-28","length_days":5)");
  EXPECT_EQ(shown("controls.0.until_on"), "2022-11-29");  // That of the order alone.
  at("2022-11-29T09:00:00+08:00");
  EXPECT_EQ(post(manager, "/api/v1/observations/" + shown("observation.id") + "/end",
                 fmt::format(R"({{"reason":"completed","ground":"{}"}})",
                             shown("observation.grounds.0.id")))
                .status,
            200);
  EXPECT_EQ(shown("observation.ordered"), "false");
  EXPECT_EQ(
      member(post(manager, "/api/v1/households/" + home_ + "/controls", R"({"kind":"door_label"})"),
             "code"),
      "control.no_order");
  EXPECT_EQ(lights().back(), '0');  // It still hangs there.
  EXPECT_EQ(tell(sensor, "remove"), 200);
  EXPECT_EQ(lights().back(), '1');
  // What they ask for is still brought, and the call of the day goes on.
  const auto asked =
      post(link(home_, true), "/api/v1/needs", R"({"service":"goods","text":"青菜2斤"})");
  EXPECT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(owed("contact"), 1);
}

TEST_P(Measures, A23_ThreeStandForAHouseholdAndSeeTheSameTimeline) {
  observe(home_);
  report(home_, R"("wellbeing":"unwell","channel":"phone","temperature":38.1)");
  post(link(home_, true), "/api/v1/messages", R"({"body":"头很痛"})");
  const std::string timeline = "/api/v1/households/" + home_ + "/timeline";
  struct Part {
    const char* profession;
    bool health;
    api::As as = {};
  };
  std::vector<Part> parts{{"doctor", true}, {"police", false}, {"community_worker", true}};
  for (Part& part : parts) {
    // Known in another grid; of this household they see nothing yet.
    clock().advance(std::chrono::seconds{1});  // Ids of one instant have no order.
    part.as = staff(access::Role::volunteer, path_of_place(grid(2)));
    const std::string account = id_text(count("SELECT max(id) FROM account"));
    EXPECT_EQ(get(part.as, timeline).status, 404);
    const std::string body =
        fmt::format(R"({{"account":"{}","profession":"{}"}})", account, part.profession);
    EXPECT_EQ(post(manager, "/api/v1/households/" + home_ + "/joint", body).status, 200);
    EXPECT_EQ(member(post(manager, "/api/v1/households/" + home_ + "/joint", body), "code"),
              "joint.member");
  }
  const auto mine = get(manager, timeline);
  EXPECT_EQ(api::length(mine, "joint"), 3U);
  ASSERT_EQ(api::length(mine, "rows"), 2U);
  for (const Part& part : parts) {
    const auto read = get(part.as, timeline);
    ASSERT_EQ(api::length(read, "rows"), 2U) << part.profession;
    for (const char* row : {"rows.0.", "rows.1."}) {
      for (const char* same : {"at", "what", "how"}) {
        EXPECT_EQ(member(read, std::string(row) + same), member(mine, std::string(row) + same));
      }
    }
    EXPECT_EQ(member(read, "rows.0.words"), part.health ? "头很痛" : "") << part.profession;
    EXPECT_EQ(member(read, "rows.1.wellbeing"), part.health ? "unwell" : "") << part.profession;
    EXPECT_EQ(member(get(part.as, "/api/v1/households"), "rows.0.id"), home_);
  }
  EXPECT_EQ(shown("joint.1.profession"), "police");
  EXPECT_EQ(post(manager, "/api/v1/joint/" + shown("joint.1.id") + "/end").status, 200);
  EXPECT_EQ(get(parts[1].as, timeline).status, 404);
  EXPECT_EQ(api::length(get(manager, timeline), "joint"), 2U);
}

TEST_P(Measures, C25_AVisitHasAReasonAndTheRestIsFreeOfContact) {
  observe(home_);
  EXPECT_EQ(member(report(home_, R"("wellbeing":"fine","channel":"visit")"), "code"),
            "check_in.visit_reason");
  EXPECT_EQ(member(report(home_, R"("wellbeing":"fine","channel":"phone","visit_reason":"asked")"),
                   "code"),
            "check_in.visit_reason");
  EXPECT_EQ(report(home_, R"("wellbeing":"fine","channel":"phone")").status, 200);
  EXPECT_EQ(report(home_, R"("wellbeing":"fine","channel":"video")").status, 200);
  EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"fine"})").status, 200);
  EXPECT_EQ(
      report(home_, R"("wellbeing":"fine","channel":"visit","visit_reason":"service")").status,
      200);
  // Called in vain: that is a reason by itself.
  const std::string other = household("1", "102");
  observe(other);
  EXPECT_EQ(post(manager, "/api/v1/households/" + other + "/attempts", R"({"outcome":"no_answer"})")
                .status,
            200);
  EXPECT_EQ(report(other, R"("wellbeing":"fine","channel":"visit")").status, 200);
  const auto share = get(manager, "/api/v1/contact-free");
  EXPECT_EQ(member(share, "contacts"), "5");
  EXPECT_EQ(member(share, "visits"), "2");
  EXPECT_EQ(member(share, "contact_free"), "3");
  EXPECT_EQ(member(share, "per_mille"), "600");
  EXPECT_EQ(api::length(share, "reasons"), 2U);
  EXPECT_EQ(member(share, "reasons.0.word"), "no_answer");
  EXPECT_EQ(member(get(manager, "/api/v1/contact-free?place=" + building(2)), "per_mille"), "1000");
  EXPECT_EQ(member(get(manager, "/api/v1/contact-free?from=2022-11-28&until=2022-11-27"), "code"),
            "day.range");
}

TEST_P(Measures, F8_AHouseholdWithADayOfFoodOrLessIsAPackNow) {
  observe(home_);
  const auto said = [&](int days) {
    return report(home_,
                  fmt::format(R"("wellbeing":"fine","channel":"phone","food_days":{})", days));
  };
  EXPECT_EQ(member(said(366), "code"), "care.days");
  EXPECT_EQ(said(2).status, 200);
  EXPECT_EQ(owed("food"), 0);
  EXPECT_EQ(said(1).status, 200);
  EXPECT_EQ(owed("food", " AND state = 'raised'"), 1);
  EXPECT_EQ(member(get(manager, "/api/v1/care"), "pack.0"), "米 5斤");
  const std::string duty = id_text(count("SELECT id FROM duty WHERE kind = 'food'"));
  EXPECT_EQ(
      post(manager, "/api/v1/duties/" + duty + "/end", R"({"outcome":"done","note":"应急包送到"})")
          .status,
      200);
  EXPECT_EQ(said(0).status, 200);
  EXPECT_EQ(owed("food", " AND state = 'raised'"), 1);
}

/// With the pack of another place: the length and the window come from it, nobody types them.
class Qinghu : public Measures {
 protected:
  Qinghu() { rules(embedded("rules/quarantine-qinghu.toml")); }
};

TEST_P(Qinghu, C2_ThePackOfTenDaysGivesTheRightEnd) {
  const auto opened = post(manager, "/api/v1/observations",
                           fmt::format(R"({{"place":"{}","ground":"area","start_event_on":)"
                                       R"("2022-11-28"}})",
                                       building(1)));
  ASSERT_EQ(opened.status, 200) << opened.body;
  EXPECT_EQ(shown("observation.length_days"), "10");
  for (const char* page : {"/api/v1/today", "/api/v1/gaps", "/api/v1/care", "/api/v1/lights"}) {
    EXPECT_EQ(get(manager, page).status, 200) << page;
  }
  // Nine days after the first, the tenth is the last: free from the eleventh.
  EXPECT_EQ(member(opened, "first_day"), shown("observation.first_day"));
  const Day first = *day_from_text(member(opened, "first_day"));
  EXPECT_EQ(member(opened, "ends_on"), to_text(first + std::chrono::days{10}));
}

DOORSTEP_ON_BOTH_ENGINES(Measures);
DOORSTEP_ON_BOTH_ENGINES(Qinghu);

}  // namespace
}  // namespace doorstep::day
