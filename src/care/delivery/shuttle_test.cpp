// Shuttles between designated shops and the compound; whatever crosses the closed loop is two legs with a hand-over.

#include "care/delivery/delivery.h"
#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::length;
using api::member;

class Shuttles : public GoodsHouse {
 protected:
  std::string site(std::string_view kind, std::string_view name, bool outside, int east,
                   int north) {
    return id(
        post(manager, "/api/v1/points",
             fmt::format(R"({{"kind":"{}","name":"{}","outside":{},"east_m":{},"north_m":{}}})",
                         kind, name, outside, east, north)));
  }
  std::string driver(int grams = 40'000, int range_m = 6'000) {
    std::string account = volunteer();
    EXPECT_EQ(post(manager, "/api/v1/carriers",
                   fmt::format(R"({{"account":"{}","vehicle":"motorcycle","grams":{},)"
                               R"("millilitres":90000,"outside":true,"range_m":{}}})",
                               account, grams, range_m))
                  .status,
              200);
    return account;
  }
  /// Bags that the household is told of and nobody has brought.
  std::vector<std::string> coming(int bags, std::int64_t grams, std::string_view door = "301") {
    std::vector<std::string> made;
    const auto home = Id<access::Household>{*id_from_text(household("1", door))};
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          made.clear();
          for (int bag = 0; bag < bags; ++bag) {
            made.push_back(to_text(TRY(expect(context, {.household = home, .weight_g = grams}))));
          }
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok()) << outcome.error().code;
    return made;
  }
  static std::string load(std::string_view shop, std::string_view point,
                          const std::vector<std::string>& bags) {
    return fmt::format(R"({{"shop":"{}","point":"{}","parcels":[{}]}})", shop, point, quoted(bags));
  }
  api::Response draft(const std::string& loads) {
    return post(manager, "/api/v1/shuttles/draft", fmt::format(R"({{"loads":[{}]}})", loads));
  }
  static std::string stop(std::string_view kind, std::string_view point,
                          const std::vector<std::string>& bags, std::string_view then = "") {
    return fmt::format(R"({{"kind":"{}","point":"{}","parcels":[{}]{}}})", kind, point,
                       quoted(bags), then.empty() ? "" : fmt::format(R"(,"then":"{}")", then));
  }
  api::Response send_out(const std::string& carrier, const std::string& stops) {
    return post(manager, "/api/v1/shuttles",
                fmt::format(R"({{"shuttles":[{{"carrier":"{}","stops":[{}]}}]}})", carrier, stops));
  }
  api::Response make(const std::string& shuttle, int position, std::string_view body = "{}") {
    return post(manager, fmt::format("/api/v1/shuttles/{}/stops/{}", shuttle, position), body);
  }

  std::string m1_ = site("shop", "惠百隆超市", true, 600, 600);
  std::string m2_ = site("shop", "云湖超市", true, 900, 500);
  std::string gate_ = site("checkpoint", "蓝天锦园门岗", true, 300, 200);
};
DOORSTEP_ON_BOTH_ENGINES(Shuttles);

// E19, E18: two shops, three points, 14 bags of 2.8 kg (39.2 kg of 40): one shuttle, 2 pick-ups and 3 drops.
TEST_P(Shuttles, E19_OneRunHasSeveralPickUpsAndSeveralDrops) {
  const std::string carrier = driver();
  const std::string second = site("checkpoint", "天凤路门岗", true, 500, 0);
  const std::string third = site("checkpoint", "云湖小区门岗", true, 800, 300);
  const auto bags = coming(14, 2'800);
  const auto part = [&](int from, int until) {
    return std::vector<std::string>(bags.begin() + from, bags.begin() + until);
  };
  const auto drafted =
      draft(load(m1_, gate_, part(0, 5)) + "," + load(m1_, second, part(5, 8)) + "," +
            load(m2_, second, part(8, 11)) + "," + load(m2_, third, part(11, 14)));
  ASSERT_EQ(length(drafted, "shuttles"), 1U) << drafted.body;
  EXPECT_EQ(length(drafted, "left_out"), 0U);
  EXPECT_EQ(member(drafted, "shuttles.0.carrier"), carrier);
  EXPECT_EQ(member(drafted, "shuttles.0.grams"), "39200");
  EXPECT_LE(std::stoll(member(drafted, "shuttles.0.metres")), 6'000);
  std::string stops;
  int pickups = 0;
  for (std::size_t at = 0; at < length(drafted, "shuttles.0.stops"); ++at) {
    const std::string row = fmt::format("shuttles.0.stops.{}.", at);
    const bool pickup = member(drafted, row + "kind") == "pickup";
    pickups += pickup ? 1 : 0;
    std::vector<std::string> carried;
    for (std::size_t bag = 0; bag < length(drafted, row + "parcels"); ++bag) {
      carried.push_back(member(drafted, fmt::format("{}parcels.{}", row, bag)));
    }
    stops += (stops.empty() ? "" : ",") +
             stop(pickup ? "pickup" : "drop", member(drafted, row + "point"), carried);
  }
  EXPECT_EQ(pickups, 2);
  EXPECT_EQ(length(drafted, "shuttles.0.stops"), 5U);
  // Sent out as drafted; each stop is made, and every bag lies where it is for, once.
  const std::string shuttle = id(send_out(carrier, stops), "shuttles.0");
  for (int position = 1; position <= 5; ++position) {
    EXPECT_EQ(make(shuttle, position).status, 200) << position;
    EXPECT_EQ(member(make(shuttle, position), "again"), "true");
  }
  const auto listed = get(manager, "/api/v1/shuttles");
  EXPECT_EQ(member(listed, "rows.0.state"), "done") << listed.body;
  const auto lying = [&](const std::string& point) {
    return count(
        fmt::format("SELECT count(*) FROM parcel WHERE point_id = {} AND state ="
                    " 'at_checkpoint'",
                    *id_from_text(point)));
  };
  EXPECT_EQ(lying(gate_), 5);
  EXPECT_EQ(lying(second), 6);
  EXPECT_EQ(lying(third), 3);
  EXPECT_EQ(count("SELECT count(*) FROM parcel_step WHERE step = 'arrived'"), 14);
  expect_balance();
}

// E19: what is more than one ride is several: 41 bags of 2.8 kg by a motorcycle that holds 14 of them.
TEST_P(Shuttles, E19_WhatIsTooMuchForOneRideIsSeveral) {
  driver();
  const auto drafted = draft(load(m1_, gate_, coming(41, 2'800)));
  EXPECT_EQ(length(drafted, "left_out"), 0U) << drafted.body;
  std::size_t rides = 0;
  std::size_t bags = 0;
  for (std::size_t at = 0; at < length(drafted, "shuttles"); ++at) {
    const std::string one = fmt::format("shuttles.{}.", at);
    EXPECT_LE(std::stoll(member(drafted, one + "grams")), 40'000);
    EXPECT_LE(std::stoll(member(drafted, one + "metres")), 6'000);
    for (std::size_t stop = 0; stop < length(drafted, one + "stops"); ++stop) {
      const std::string row = fmt::format("{}stops.{}.", one, stop);
      if (member(drafted, row + "kind") == "drop") continue;
      ++rides;
      bags += length(drafted, row + "parcels");
      EXPECT_LE(length(drafted, row + "parcels"), 14U);
    }
  }
  EXPECT_EQ(bags, 41U);
  EXPECT_GE(rides, 3U);
}

// A35, E20: from a shop outside to a point inside are two legs: the driver comes as far as the gate, the goods are
// handed over there, disinfected again, and somebody from inside brings them to the door.
TEST_P(Shuttles, A35_WhatCrossesTheBoundaryIsTwoLegsWithAHandOver) {
  const std::string outside = driver();
  const std::string inside = volunteer();
  const auto bags = coming(2, 1'000);
  const auto drafted = draft(load(m1_, point_, bags));
  ASSERT_EQ(length(drafted, "shuttles.0.stops"), 2U) << drafted.body;
  EXPECT_EQ(member(drafted, "shuttles.0.carrier"), outside);
  EXPECT_EQ(member(drafted, "shuttles.0.stops.1.point"), gate_);
  EXPECT_EQ(member(drafted, "shuttles.0.stops.1.then"), point_);
  const std::string way = stop("pickup", m1_, bags) + "," + stop("drop", gate_, bags, point_);
  EXPECT_EQ(code(send_out(inside, way)), "run.crosses_boundary");
  EXPECT_EQ(code(send_out(outside, stop("pickup", m1_, bags) + "," + stop("drop", point_, bags))),
            "run.crosses_boundary");
  const std::string shuttle = id(send_out(outside, way), "shuttles.0");
  make(shuttle, 1);
  make(shuttle, 2);
  EXPECT_EQ(state(bags[0]), "at_checkpoint");
  EXPECT_EQ(code(publish(outside, bags)), "step.disinfect_first");
  const auto over = post(
      manager, "/api/v1/parcels/hand-over",
      fmt::format(R"({{"scans":[{}],"to":"{}","giver":"{}"}})", quoted(bags), point_, outside));
  EXPECT_EQ(member(over, "crossed"), "2");
  EXPECT_EQ(code(publish(inside, bags)), "step.disinfect_first");
  disinfect();
  EXPECT_EQ(code(publish(outside, bags)), "run.crosses_boundary");
  const std::string run = run_of(inside, bags);
  // Nor does a run that is inside already go to somebody outside.
  EXPECT_EQ(code(post(manager, "/api/v1/runs/" + run + "/reassign",
                      fmt::format(R"({{"carrier":"{}","version":1}})", outside))),
            "run.crosses_boundary");
  const auto as = phone(run);
  EXPECT_EQ(
      act(as, fmt::format(R"("kind":"delivered","household":"{}")", household("1", "301"))).status,
      200);
  const auto told = get(manager, "/api/v1/parcels/" + bags[0]);
  std::vector<std::string> steps;
  for (std::size_t at = 0; at < length(told, "steps"); ++at) {
    steps.push_back(member(told, fmt::format("steps.{}.step", at)));
  }
  EXPECT_EQ(steps,
            (std::vector<std::string>{"expected", "assigned", "picked_up", "arrived", "handed_over",
                                      "disinfected", "assigned", "out", "delivered"}));
  EXPECT_EQ(
      count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL AND state = 'delivered'"),
      2);
}

// Whatever goes wrong is said, and no bag is lost by it.
TEST_P(Shuttles, RefuseWhatDoesNotFit) {
  const std::string carrier = driver(40'000, 3'000);
  const auto bags = coming(2, 1'000);
  const std::string there = stop("pickup", m1_, bags);
  EXPECT_EQ(code(send_out(carrier, there)), "shuttle.stops");
  EXPECT_EQ(code(send_out(carrier, stop("drop", gate_, bags) + "," + there)), "shuttle.stops");
  EXPECT_EQ(code(send_out(carrier, stop("pickup", gate_, bags) + "," + stop("drop", m1_, bags))),
            "shuttle.stops");
  const auto heavy = coming(2, 23'000);
  EXPECT_EQ(code(send_out(carrier, stop("pickup", m1_, heavy) + "," + stop("drop", gate_, heavy))),
            "run.over_capacity");
  const std::string far = site("shop", "远处的店", true, 9'000, 0);
  EXPECT_EQ(code(send_out(carrier, stop("pickup", far, bags) + "," + stop("drop", gate_, bags))),
            "shuttle.too_far");
  EXPECT_EQ(code(draft("")), "run.empty");
  EXPECT_EQ(code(post(manager, "/api/v1/points",
                      R"({"kind":"shop","name":"天边","east_m":-9223372036854775807})")),
            "point.far");
  EXPECT_EQ(code(receive(fmt::format(R"({{"door":"1-1-301","point":"{}"}})", m1_))),
            "point.unknown");

  const std::string way = there + "," + stop("drop", gate_, bags);
  const std::string shuttle = id(send_out(carrier, way), "shuttles.0");
  EXPECT_EQ(code(send_out(carrier, way)), "shuttle.taken");
  EXPECT_EQ(code(make(shuttle, 2)), "shuttle.pickup_first");
  EXPECT_EQ(code(make(shuttle, 3)), "shuttle.unknown");
  // One was not at the shop: it is free for the next, and the other goes on.
  EXPECT_EQ(member(make(shuttle, 1, fmt::format(R"({{"missing":["{}"]}})", bags[0])), "parcels"),
            "1");
  const auto cancel = [&](int version) {
    return post(manager, "/api/v1/shuttles/" + shuttle + "/cancel",
                fmt::format(R"({{"version":{}}})", version));
  };
  EXPECT_EQ(code(cancel(1)), "shuttle.changed");
  EXPECT_EQ(code(cancel(2)), "shuttle.has_goods");
  EXPECT_EQ(member(make(shuttle, 2), "parcels"), "1");
  EXPECT_EQ(state(bags[0]), "expected");
  EXPECT_EQ(state(bags[1]), "at_checkpoint");
  EXPECT_EQ(code(cancel(3)), "shuttle.closed");
  EXPECT_EQ(code(send_out(carrier, way)), "shuttle.not_expected");
  const std::vector<std::string> rest{bags[0]};
  const std::string next = id(
      send_out(carrier, stop("pickup", m1_, rest) + "," + stop("drop", gate_, rest)), "shuttles.0");
  EXPECT_EQ(post(manager, "/api/v1/shuttles/" + next + "/cancel", R"({"version":1})").status, 200);
  EXPECT_EQ(length(draft(load(m1_, gate_, rest)), "shuttles"), 1U);
  expect_balance();
}

// Where nobody put a checkpoint outside, what crosses the boundary has nowhere to be handed over.
TEST_P(Shuttles, A35_WithoutAGateNothingCrosses) {
  driver();
  EXPECT_EQ(post(manager, "/api/v1/points/" + gate_ + "/close").status, 200);
  const auto bags = coming(1, 1'000);
  EXPECT_EQ(code(draft(load(m1_, point_, bags))), "shuttle.no_gate");
  EXPECT_EQ(state(bags[0]), "expected");
}

}  // namespace
}  // namespace doorstep::delivery
