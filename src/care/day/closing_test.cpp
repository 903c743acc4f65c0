// The closing sheet through the API on both engines: it adds up, is made once, is never altered, and
// late evidence goes into a supplement.

#include "care/day/closing.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/day/watched_testing.h"

namespace doorstep::day {
namespace {

using api::member;

class Closings : public Watched {
 protected:
  void tick(std::string_view instant) {
    Watched::tick(instant);
    manager = staff(access::Role::manager);
  }
  store::Outcome turn(api::WriteContext& context) override {
    TRY(duty::sweep(context, 1000));
    TRY(close_when_due(context));
    return store::Answer{};
  }
  void call(std::string_view door, std::string_view channel) {
    EXPECT_EQ(post(manager, "/api/v1/check-ins",
                   fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"{}"{}}})",
                               household("1", door), channel,
                               channel == "visit" ? R"(,"visit_reason":"asked")" : ""))
                  .status,
              200);
  }
  std::string newest() { return member(get(manager, "/api/v1/closings"), "rows.0.id"); }
};

TEST_P(Closings, F5_N22_TheSheetAddsUpAndIsMadeOnceAlsoWhenNobodySigns) {
  observe("101");
  observe("102");
  observe("201");
  observe("202", R"(,"start_event_on":"2022-11-14","length_days":14)");  // Free from 29 Nov.
  tick("2022-11-28T21:00:00+08:00");
  const std::string first = newest();
  const auto monday = get(manager, "/api/v1/closings/" + first);
  EXPECT_EQ(member(monday, "due.yesterday"), "0");
  EXPECT_EQ(member(monday, "due.entered"), "4");
  EXPECT_EQ(member(monday, "due.today"), "4");
  EXPECT_EQ(member(monday, "escalated"), "4");
  tick("2022-11-29T09:30:00+08:00");
  post(link(household("1", "101")), "/api/v1/check-ins", R"({"wellbeing":"fine"})");
  call("102", "phone");
  const std::string observation = id_text(count(fmt::format(
      "SELECT id FROM observation WHERE household_id = {}", *id_from_text(household("1", "202")))));
  EXPECT_EQ(
      post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"completed"})")
          .status,
      200);
  tick("2022-11-29T10:00:00+08:00");
  tick("2022-11-29T20:59:00+08:00");
  EXPECT_EQ(newest(), first);
  tick("2022-11-29T21:00:00+08:00");
  const std::string second = newest();
  ASSERT_NE(second, first);
  const auto sheet = get(manager, "/api/v1/closings/" + second);
  EXPECT_EQ(member(sheet, "due.yesterday"), "4");
  EXPECT_EQ(member(sheet, "due.entered"), "0");
  EXPECT_EQ(member(sheet, "due.left"), "1");
  EXPECT_EQ(member(sheet, "due.today"), "3");
  EXPECT_EQ(member(sheet, "met"), "2");
  EXPECT_EQ(member(sheet, "escalated"), "1");
  EXPECT_EQ(member(sheet, "excused"), "1");
  EXPECT_EQ(member(sheet, "missed"), "0");
  EXPECT_EQ(member(sheet, "assurance.1.word"), "head");
  EXPECT_EQ(member(sheet, "assurance.1.count"), "1");
  EXPECT_EQ(member(sheet, "assurance.3.count"), "1");  // voice
  EXPECT_EQ(member(sheet, "unproved"), "1");
  EXPECT_EQ(api::length(sheet, "lines"), 4U);
  EXPECT_EQ(member(sheet, "signer"), "");
  const auto again = post(manager, "/api/v1/closings");
  EXPECT_EQ(member(again, "id"), second);
}

TEST_P(Closings, LateEvidenceGoesIntoASupplementAndTheSheetStaysAsItWas) {
  observe("101");
  tick("2022-11-28T10:00:00+08:00");
  tick("2022-11-28T21:00:00+08:00");
  const std::string id = newest();
  const std::string document = "/api/v1/closings/" + id + "/sheet";
  EXPECT_EQ(post(manager, "/api/v1/closings/" + id + "/sign").status, 200);
  EXPECT_EQ(member(post(manager, "/api/v1/closings/" + id + "/sign"), "code"), "closing.signed");
  const std::string content = member(get(manager, document), "sheet.content");
  tick("2022-11-28T21:40:00+08:00");
  EXPECT_EQ(api::length(get(manager, document), "supplements"), 0U);
  call("101", "visit");
  tick("2022-11-28T21:41:00+08:00");
  tick("2022-11-28T21:42:00+08:00");
  const auto after = get(manager, document);
  EXPECT_EQ(member(after, "sheet.content"), content);
  EXPECT_EQ(api::length(after, "supplements"), 1U);
  EXPECT_NE(member(after, "supplements.0.content").find(R"("assurance":"seen")"),
            std::string::npos);
  EXPECT_EQ(member(get(manager, "/api/v1/closings/" + id), "supplements.0.reached"), "1");
}

TEST_P(Closings, N22_WhoCameAfterTheWindowWaitsAndWhoIsAllInHospitalIsExcused) {
  observe("101");
  observe("102");
  call("102", "phone");
  tick("2022-11-28T12:00:00+08:00");
  observe("201");  // The window of the day was over.
  for (const char* name : {"张阿姨", "李伯伯"}) {
    const std::string person =
        id_text(count(fmt::format("SELECT id FROM person WHERE name = '{}'", name)));
    EXPECT_EQ(post(manager, "/api/v1/people/" + person + "/whereabouts",
                   R"({"state":"hospital","place":"三院","override_reason":"急救"})")
                  .status,
              200);
  }
  tick("2022-11-28T21:00:00+08:00");
  const std::string id = member(post(manager, "/api/v1/closings"), "id");
  const auto sheet = get(manager, "/api/v1/closings/" + id);
  // Who is all in hospital is out of the due set.
  EXPECT_EQ(member(sheet, "due.today"), "2");
  EXPECT_EQ(member(sheet, "met"), "1");
  EXPECT_EQ(member(sheet, "waiting"), "1");
  EXPECT_EQ(member(sheet, "excused"), "1");
  EXPECT_EQ(member(sheet, "missed"), "0");
}

TEST_P(Closings, ByHandOnlyOnceTheDaysLastWindowIsOver) {
  observe("101");
  clock().set(*instant_from_text("2022-11-28T09:59:59+08:00"));
  const auto early = post(manager, "/api/v1/closings");
  EXPECT_EQ(member(early, "code"), "closing.too_early");
  EXPECT_EQ(member(early, "hint"), "2022-11-28T02:00:00.000Z");
  EXPECT_EQ(count("SELECT count(*) FROM closing_sheet"), 0);
  clock().set(*instant_from_text("2022-11-28T10:00:00+08:00"));
  EXPECT_EQ(post(manager, "/api/v1/closings").status, 200);
}

TEST_P(Closings, WhoWasReachedAndNotedIsNotNotedAgain) {
  observe("101");
  observe("102");
  tick("2022-11-28T10:00:00+08:00");
  tick("2022-11-28T21:00:00+08:00");
  EXPECT_EQ(count("SELECT count(*) FROM closing_open"), 2);
  tick("2022-11-28T21:30:00+08:00");
  call("101", "visit");
  tick("2022-11-28T21:31:00+08:00");
  EXPECT_EQ(count("SELECT count(*) FROM closing_open"), 1);
  call("102", "visit");
  tick("2022-11-28T21:32:00+08:00");
  EXPECT_EQ(count("SELECT count(*) FROM closing_open"), 0);
  const auto sheet = get(manager, "/api/v1/closings/" + newest());
  EXPECT_EQ(api::length(sheet, "supplements"), 2U);
  EXPECT_EQ(member(sheet, "supplements.0.reached"), "1");
  EXPECT_EQ(member(sheet, "supplements.1.reached"), "1");
}

// E9, F5: before + came = delivered + returned + lost + open, and what is open has an owner or a reason.
TEST_P(Closings, E9_F5_GoodsAndNeedsAreAccountedFor) {
  clock().set(*instant_from_text("2022-11-28T09:00:00+08:00"));
  manager = staff(access::Role::manager);
  post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})");
  const auto receive = [&](std::string_view door) {
    return id(post(manager, "/api/v1/parcels/receive",
                   fmt::format(R"({{"household":"{}"}})", household("1", door))),
              "parcel.id");
  };
  const auto aside = [&](const std::string& bag, std::string_view as, std::string_view reason) {
    EXPECT_EQ(post(manager, "/api/v1/parcels/" + bag + "/aside",
                   fmt::format(R"({{"as":"{}","reason":"{}"}})", as, reason))
                  .status,
              200);
  };
  const std::string waits = receive("101");
  aside(receive("102"), "held", "in_hospital");
  aside(receive("201"), "returned", "refused");
  post(manager, "/api/v1/needs",
       fmt::format(R"({{"household":"{}","text":"水管漏水"}})", household("1", "101")));
  tick("2022-11-28T21:00:00+08:00");
  const auto monday = get(manager, "/api/v1/closings/" + newest());
  EXPECT_EQ(member(monday, "goods.before"), "0") << monday.body;
  EXPECT_EQ(member(monday, "goods.came"), "3");
  EXPECT_EQ(member(monday, "goods.returned"), "1");
  EXPECT_EQ(member(monday, "goods.open"), "2");
  EXPECT_EQ(member(monday, "goods.asked"), "1");
  EXPECT_EQ(member(monday, "goods.unanswered"), "1");
  EXPECT_EQ(member(monday, "goods.unowned"), "0");
  ASSERT_EQ(api::length(monday, "owed"), 3U);
  EXPECT_EQ(member(monday, "owed.0.kind"), "parcel");
  EXPECT_NE(member(monday, "owed.0.owner_name"), "");
  EXPECT_EQ(member(monday, "owed.1.reason"), "in_hospital");
  EXPECT_EQ(member(monday, "owed.2.kind"), "need");
  // The head of another grid reads the numbers, and none of the doors.
  const auto other =
      get(staff(access::Role::grid_head, path_of_place(grid(2))), "/api/v1/closings/" + newest());
  EXPECT_EQ(member(other, "goods.open"), "2");
  EXPECT_EQ(api::length(other, "owed"), 0U);
  tick("2022-11-29T09:00:00+08:00");
  aside(waits, "lost", "other");
  receive("301");
  tick("2022-11-29T21:00:00+08:00");
  const auto tuesday = get(manager, "/api/v1/closings/" + newest());
  EXPECT_EQ(member(tuesday, "goods.before"), "2");
  EXPECT_EQ(member(tuesday, "goods.came"), "1");
  EXPECT_EQ(member(tuesday, "goods.lost"), "1");
  EXPECT_EQ(member(tuesday, "goods.open"), "2");
  EXPECT_EQ(member(tuesday, "goods.asked"), "0");
}

TEST_P(Closings, AReaderSeesTheLinesOfTheirOwnGridAlone) {
  observe("101");
  tick("2022-11-28T21:00:00+08:00");
  const api::As head = staff(access::Role::grid_head, path_of_place(grid(2)));
  const auto sheet = get(head, "/api/v1/closings/" + newest());
  EXPECT_EQ(member(sheet, "due.today"), "1");
  EXPECT_EQ(api::length(sheet, "lines"), 0U);
  EXPECT_EQ(get(staff(access::Role::worker, path_of_place(building(1))), "/api/v1/closings").status,
            403);
}

DOORSTEP_ON_BOTH_ENGINES(Closings);

}  // namespace
}  // namespace doorstep::day
