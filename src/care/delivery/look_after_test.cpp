// What the clock does by itself, who goes along, what is at the door on paper, and the day's order of classes.

#include "care/delivery/look_after.h"

#include "api/restored_testing.h"
#include "base/embedded.h"
#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::length;
using api::member;

class Waves : public GoodsHouse {
 protected:
  void look_after() {
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          (void)TRY(dispatch_when_idle(context));
          TRY(watch_gaps(context));
          TRY(watch_care(context));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok()) << outcome.error().code;
  }
  void at(std::string_view time) {
    clock().set(*instant_from_text(fmt::format("2022-11-28T{}:00+08:00", time)));
    manager = staff(access::Role::manager);
  }
  std::int64_t open(std::string_view kind) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL", kind));
  }
  std::string heavy(std::string_view door, int grams) {
    return id(
        receive(fmt::format(R"({{"door":"1-1-{}","class":"parcel","weight_g":{}}})", door, grams)),
        "parcel.id");
  }
  /// Twenty wait elsewhere: it is not the quiet hour.
  void busy() {
    for (int one = 0; one < 20; ++one) bag("2", "101", "parcel");
  }
  std::string door_code(std::string_view door) {
    const auto slips = get(manager, "/api/v1/places/" + building(1) + "/door-slips");
    for (std::size_t row = 0; row < length(slips, "rows"); ++row) {
      if (member(slips, fmt::format("rows.{}.household", row)) == household("1", door)) {
        return member(slips, fmt::format("rows.{}.door_code", row));
      }
    }
    return "";
  }
};
DOORSTEP_ON_BOTH_ENGINES(Waves);

// E10, D27: in the quiet hour what is received and disinfected is somebody's run at the next look of the clock
// (within 30 s), also outside its class's window; with twenty waiting it waits for its window.
TEST_P(Waves, E10_D27_WhatComesInAQuietHourIsSentOutAtOnce) {
  const std::string carrier = volunteer();
  const std::string one = bag("1", "301", "parcel");  // Its window begins at 14:00.
  look_after();
  EXPECT_EQ(length(get(manager, "/api/v1/runs"), "rows"), 0U);  // Not disinfected yet.
  disinfect();
  look_after();
  const auto runs = get(manager, "/api/v1/runs");
  EXPECT_EQ(length(runs, "rows"), 1U);
  EXPECT_EQ(member(runs, "rows.0.carrier"), carrier);
  EXPECT_EQ(member(runs, "rows.0.leave"), "2022-11-28T01:27:00.000Z");  // A minute to load.
  EXPECT_EQ(member(get(manager, "/api/v1/parcels/" + one), "parcel.run"),
            member(runs, "rows.0.id"));
  busy();
  bag("1", "101", "parcel");
  disinfect();
  look_after();
  EXPECT_EQ(length(get(manager, "/api/v1/runs"), "rows"), 1U);
  expect_balance();
}

// What a restored store holds may lie at its door since: the clock sends nothing out until somebody has looked; a person may.
TEST_P(Waves, N6_AfterARestoreTheClockSendsNoRunUntilSomebodyHasLooked) {
  volunteer();
  bag("1", "301", "parcel");
  disinfect();
  api::restore(store(), clock().now());
  for (int turn = 0; turn < 3; ++turn) look_after();
  EXPECT_EQ(length(get(manager, "/api/v1/runs"), "rows"), 0U);
  ASSERT_EQ(post(manager, "/api/v1/outgoing/release").status, 200);
  look_after();
  EXPECT_EQ(length(get(manager, "/api/v1/runs"), "rows"), 1U);
  expect_balance();
}

// E6, E7, E8: meals first in their window though parcels wait; parcels not before 14:00; late fresh goods flagged and
// due the same day.
TEST_P(Waves, E6_E7_E8_MealsComeFirstAndParcelsInTheirWindow) {
  volunteer();
  at("11:05");
  busy();
  const std::string meal = bag("1", "301", "meal");
  const std::string other = bag("1", "201", "meal");
  const std::string late = bag("1", "101", "fresh");
  disinfect();
  EXPECT_EQ(member(get(manager, "/api/v1/parcels/" + late), "parcel.late"), "true");
  EXPECT_EQ(member(get(manager, "/api/v1/parcels/" + meal), "parcel.due"),
            "2022-11-28T04:30:00.000Z");
  const auto draft = post(manager, "/api/v1/runs/draft");
  EXPECT_EQ(member(draft, "idle"), "false");
  std::string meals;
  std::string parcels = "9";
  for (std::size_t run = 0; run < length(draft, "runs"); ++run) {
    for (std::size_t stop = 0; stop < length(draft, fmt::format("runs.{}.stops", run)); ++stop) {
      const std::string where = fmt::format("runs.{}.stops.{}.", run, stop);
      const std::string when = member(draft, where + "at");
      const std::string what = member(draft, where + "parcels.0");
      if (what == meal || what == other) meals = std::max(meals, when);
      if (member(get(manager, "/api/v1/parcels/" + what), "parcel.class") == "parcel") {
        parcels = std::min(parcels, when);
      }
    }
  }
  EXPECT_LT(meals, "2022-11-28T04:30");
  EXPECT_GE(parcels, "2022-11-28T06:00");
  EXPECT_LT(parcels, "2022-11-28T13:00");
}

// E12: 25 kg to the fourth floor or higher need two; below, or lighter, one is enough. Here floors end at 3, so the
// pack asks from floor 3 on.
TEST_P(Waves, E12_WhatIsTooHeavyForOneNeedsASecondPerson) {
  std::string pack(embedded("rules/area-fumin.toml"));
  pack.replace(pack.find("helpers_floor = 4"), 17, "helpers_floor = 3");
  rules(pack);
  const std::string first = volunteer();
  const std::string rice = heavy("301", 25'000);
  const std::string low = heavy("201", 25'000);
  disinfect();
  EXPECT_EQ(code(publish(first, {rice})), "run.needs_second");
  EXPECT_EQ(publish(first, {low}).status, 200);
  const auto alone = post(manager, "/api/v1/runs/draft");
  EXPECT_EQ(member(alone, "runs.0.helpers"), "1");
  EXPECT_EQ(member(alone, "runs.0.helper"), "");
  const std::string second = volunteer();
  const auto draft = post(manager, "/api/v1/runs/draft");
  const std::string carrier = member(draft, "runs.0.carrier");
  const std::string helper = member(draft, "runs.0.helper");
  EXPECT_NE(carrier, helper);
  EXPECT_EQ(helper.size(), 13U) << draft.body;
  const auto send = [&](const std::string& with) {
    return post(manager, "/api/v1/runs",
                fmt::format(R"({{"runs":[{{"carrier":"{}","helper":"{}","parcels":["{}"]}}]}})",
                            carrier, with, rice));
  };
  EXPECT_EQ(code(send(carrier)), "run.carrier");
  const std::string run = id(send(helper), "runs.0");
  EXPECT_EQ(member(get(manager, "/api/v1/runs/" + run), "helpers"), "1");
  const auto both = get(manager, "/api/v1/runs/" + run);
  EXPECT_EQ(post(manager, "/api/v1/runs/" + run + "/reassign",
                 fmt::format(R"({{"carrier":"{}","version":1}})", helper))
                .status,
            200);
  const auto turned = get(manager, "/api/v1/runs/" + run);
  EXPECT_EQ(member(turned, "carrier_name"), member(both, "helper_name"));
  EXPECT_EQ(member(turned, "helper_name"), member(both, "carrier_name"));
}

// E18: what a vehicle holds bounds a run.
TEST_P(Waves, E18_AVehicleLimitsLoadAndRange) {
  const std::string carrier = volunteer();
  const auto say = [&](std::string_view more) {
    return post(manager, "/api/v1/carriers",
                fmt::format(R"({{"account":"{}","vehicle":"motorcycle","grams":40000,)"
                            R"("millilitres":90000{}}})",
                            carrier, more));
  };
  EXPECT_EQ(code(say(R"(,"range_m":0)")), "carrier.range");
  EXPECT_EQ(say(R"(,"range_m":6000)").status, 200);
  const auto carriers = get(manager, "/api/v1/carriers");
  EXPECT_EQ(member(carriers, "rows.0.vehicle"), "motorcycle");
  EXPECT_EQ(member(carriers, "rows.0.grams"), "40000");
  EXPECT_EQ(member(carriers, "rows.0.range_m"), "6000");
  std::vector<std::string> bags;
  for (const std::string_view door : {"101", "102", "201"}) bags.push_back(heavy(door, 15'333));
  disinfect();
  // 46 kg are refused in one run, and split by the draft.
  EXPECT_EQ(code(publish(carrier, bags)), "run.over_capacity");
  const auto draft = post(manager, "/api/v1/runs/draft");
  EXPECT_EQ(length(draft, "left_out"), 0U) << draft.body;
  EXPECT_GE(length(draft, "runs"), 2U);
  EXPECT_EQ(publish(carrier, {bags[0], bags[1]}).status, 200);
  // A vehicle that goes no further than ten metres comes to no door.
  EXPECT_EQ(say(R"(,"range_m":10)").status, 200);
  EXPECT_EQ(length(post(manager, "/api/v1/runs/draft"), "left_out"), 1U);
}

// E16: an hour before the window a building with goods and nobody there is a duty with an owner, and ends when
// somebody is there.
TEST_P(Waves, E16_ABuildingWithoutSomebodyIsADutyBeforeTheWave) {
  at("12:30");
  bag("1", "301", "parcel");
  look_after();
  EXPECT_EQ(open("carrier_gap"), 0);  // The window begins at 14:00.
  at("13:00");
  look_after();
  look_after();
  EXPECT_EQ(open("carrier_gap"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'carrier_gap' AND owner_id > 0"), 1);
  volunteer();
  look_after();
  EXPECT_EQ(open("carrier_gap"), 0);
}

// E23: each listed elder has a tick or a reason for today, and the list begins anew tomorrow.
TEST_P(Waves, E23_EachListedElderHasATickOrAReasonEachDay) {
  std::string pack(embedded("rules/area-fumin.toml"));
  pack.insert(pack.find("gap_minutes"), "care_from = \"08:00\"\n");
  rules(pack);
  for (const std::string_view door : {"101", "201", "301"}) {
    EXPECT_EQ(
        post(manager, "/api/v1/households/" + household("1", door), R"({"care":true})").status,
        200);
  }
  look_after();
  look_after();
  auto list = get(manager, "/api/v1/goods/care");
  EXPECT_EQ(member(list, "listed"), "3");
  const std::string one = bag("1", "101", "meal");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one}));
  EXPECT_EQ(
      act(as, fmt::format(R"("kind":"delivered","household":"{}")", household("1", "101"))).status,
      200);
  look_after();
  std::string duty;
  list = get(manager, "/api/v1/goods/care");
  for (std::size_t row = 0; row < 3; ++row) {
    if (member(list, fmt::format("rows.{}.household", row)) == household("1", "201")) {
      duty = member(list, fmt::format("rows.{}.duty", row));
    }
  }
  EXPECT_EQ(
      post(manager, "/api/v1/duties/" + duty + "/end", R"({"outcome":"not_needed","note":"住院"})")
          .status,
      200);
  list = get(manager, "/api/v1/goods/care");
  EXPECT_EQ(member(list, "done"), "1");
  EXPECT_EQ(member(list, "explained"), "1");
  const auto other = staff(access::Role::worker, path_of_place(grid(2)));
  EXPECT_EQ(member(get(other, "/api/v1/goods/care"), "listed"), "0");
  clock().advance(std::chrono::hours{24});
  manager = staff(access::Role::manager);
  look_after();
  list = get(manager, "/api/v1/goods/care");
  EXPECT_EQ(member(list, "listed"), "3");
  EXPECT_EQ(member(list, "done"), "0");
}

// E17: what lies at the building's drop point is told to its household with the time, and fetched by its tap.
TEST_P(Waves, E17_WhatLiesAtADropPointIsToldAndFetched) {
  const std::string drop = id(
      post(manager, "/api/v1/points",
           fmt::format(R"({{"kind":"drop_point","name":"1栋门厅","place":"{}"}})", building(1))));
  const std::string one = bag("1", "301");
  disinfect();
  const auto home = link(household("1", "301"), true);
  EXPECT_EQ(code(post(home, "/api/v1/home/parcels/" + one + "/confirm")), "step.not_out");
  EXPECT_EQ(member(post(manager, "/api/v1/parcels/hand-over",
                        fmt::format(R"({{"scans":["{}"],"to":"{}","giver":"车队"}})", one, drop)),
                   "done"),
            "1");
  const auto told = get(home, "/api/v1/home/parcels");
  EXPECT_EQ(member(told, "rows.0.drop_point"), "1栋门厅");
  EXPECT_EQ(member(told, "rows.0.dropped_at"), "2022-11-28T01:26:00.000Z");
  EXPECT_EQ(post(home, "/api/v1/home/parcels/" + one + "/confirm").status, 200);
  EXPECT_EQ(state(one), "delivered");
  expect_balance();
}

// E20, A35: what came over the boundary is disinfected again before its inner leg.
TEST_P(Waves, E20_TheInnerLegBeginsWithADisinfection) {
  const std::string gate =
      id(post(manager, "/api/v1/points", R"({"kind":"checkpoint","name":"东门","outside":true})"));
  const std::string bag =
      id(receive(fmt::format(R"({{"door":"1-1-301","point":"{}"}})", gate)), "parcel.id");
  const auto over =
      post(manager, "/api/v1/parcels/hand-over",
           fmt::format(R"({{"scans":["{}"],"to":"{}","giver":"外7号"}})", bag, point_));
  EXPECT_EQ(member(over, "crossed"), "1");
  EXPECT_EQ(code(publish(volunteer(), {bag})), "step.disinfect_first");
  disinfect();
  EXPECT_EQ(publish(volunteer(), {bag}).status, 200);
}

// E2: one printed address with the household's code; the scan of what a courier brings finds the household.
TEST_P(Waves, E2_APrintedCodeFindsTheHousehold) {
  const auto slips = get(manager, "/api/v1/places/" + building(1) + "/door-slips");
  EXPECT_EQ(length(slips, "rows"), 6U);
  EXPECT_EQ(member(slips, "address"), "富民花园接收点");
  EXPECT_GT(length(slips, "rows.0.qr"), 20U);
  EXPECT_EQ(slips.body.find("张阿姨"), std::string::npos);
  const auto got = receive(
      fmt::format(R"({{"scan":"{}","giver":"courier"}})", member(slips, "rows.0.courier_code")));
  EXPECT_EQ(member(got, "parcel.household"), member(slips, "rows.0.household"));
  EXPECT_NE(door_code("301"), door_code("302"));
}

// The board's lens: how the goods of each door stand, and how many are still to bring; a run's own story.
TEST_P(Waves, TheBoardShowsEachDoorWithGoodsAndTheRunItsSteps) {
  const std::string one = bag("1", "301");
  bag("1", "301");
  disinfect();
  auto board = get(manager, "/api/v1/board/goods");
  EXPECT_EQ(member(board, "parcels"), "2");
  EXPECT_EQ(length(board, "cells"), 1U);
  EXPECT_EQ(member(board, "cells.0.id"), dwelling("1", "301"));
  EXPECT_EQ(member(board, "cells.0.s"), "waiting");
  const std::string run = run_of(volunteer(), {one});
  const auto as = phone(run);
  act(as, R"("kind":"take")");
  clock().advance(std::chrono::hours{2});  // 11:26: the window of fresh goods is over.
  board = get(manager, "/api/v1/board/goods");
  EXPECT_EQ(member(board, "cells.0.s"), "overdue");
  EXPECT_EQ(member(board, "overdue"), "2");
  act(as, fmt::format(R"("kind":"not_delivered","household":"{}","reason":"no_answer")",
                      household("1", "301")));
  EXPECT_EQ(member(get(manager, "/api/v1/board/goods"), "held"), "1");
  // E9: what is for the evening is red from 20:00 on, an hour before nothing may be left.
  bag("2", "101", "parcel");
  at("19:59");
  EXPECT_EQ(member(get(manager, "/api/v1/board/goods"), "overdue"), "1");
  at("20:00");
  EXPECT_EQ(member(get(manager, "/api/v1/board/goods"), "overdue"), "2");
  const auto story = get(manager, "/api/v1/runs/" + run + "/timeline");
  std::string steps;
  for (std::size_t at = 0; at < length(story, "events"); ++at) {
    steps += member(story, fmt::format("events.{}.step", at)) + " ";
  }
  EXPECT_EQ(steps, "assigned out held ");
  EXPECT_EQ(member(story, "events.2.reason"), "no_answer");
  EXPECT_EQ(member(story, "events.2.recorded_at"), "2022-11-28T03:26:00.000Z");
}

}  // namespace
}  // namespace doorstep::delivery
