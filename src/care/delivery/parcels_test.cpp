// Parcels from the courier's hand to the bin: received once, disinfected, sorted, held, counted.

#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::length;
using api::member;

class Parcels : public GoodsHouse {};
DOORSTEP_ON_BOTH_ENGINES(Parcels);

// E1, E5: goods without any order are received by door; the class is set by words or chosen, and editable.
TEST_P(Parcels, AreReceivedWithoutAnOrder) {
  const auto by_words = receive(R"({"door":"1-1-101","words":"盒饭2份","giver":"courier"})");
  EXPECT_EQ(member(by_words, "class_by"), "words");
  EXPECT_EQ(member(by_words, "parcel.class"), "meal");
  EXPECT_EQ(member(by_words, "parcel.goods"), "takeaway");
  EXPECT_EQ(member(by_words, "parcel.state"), "received");
  EXPECT_EQ(member(by_words, "created"), "true");
  const auto plain = receive(R"({"door":"2-1-302","scan":"SF1234567890"})");
  EXPECT_EQ(member(plain, "class_by"), "default");
  EXPECT_EQ(member(plain, "parcel.class"), "parcel");
  const std::string parcel = member(plain, "parcel.id");
  const auto edited = post(manager, "/api/v1/parcels/" + parcel, R"({"class":"fresh"})");
  EXPECT_EQ(member(edited, "class"), "fresh");
  // Received at 09:26: its window is now the morning's.
  EXPECT_EQ(member(edited, "due"), "2022-11-28T03:00:00.000Z");
  EXPECT_EQ(count("SELECT count(*) FROM parcel_step WHERE counterpart = 'courier'"), 1);
  expect_balance();
}

TEST_P(Parcels, AreCountedOnceHoweverOftenScanned) {
  const auto first = receive(R"({"door":"1-1-101","scan":"sf 123"})");
  const std::string parcel = member(first, "parcel.id");
  for (const std::string& scan : {std::string("SF123"), parcel, member(first, "parcel.code")}) {
    const auto again = receive(fmt::format(R"({{"scan":"{}"}})", scan));
    EXPECT_EQ(member(again, "again"), "true") << scan;
    EXPECT_EQ(member(again, "parcel.id"), parcel);
  }
  EXPECT_EQ(count("SELECT count(*) FROM parcel"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM parcel_step WHERE step = 'received'"), 1);
}

TEST_P(Parcels, RefuseWhatIsNoParcel) {
  EXPECT_EQ(code(receive(R"({"scan":"NOBODY1"})")), "parcel.unknown_scan");
  EXPECT_EQ(code(receive(R"({"door":"9-9-909"})")), "door.unknown");
  EXPECT_EQ(code(receive(R"({"door":"1-1-101","weight_g":1000000000})")), "parcel.weight");
  EXPECT_EQ(code(receive(R"({"door":"1-1-101","point":"0000000000009"})")), "point.unknown");
  EXPECT_EQ(count("SELECT count(*) FROM parcel"), 0);
  const auto unknown = receive(R"({"nobody_knows":true})");
  EXPECT_EQ(member(unknown, "parcel.state"), "held");
  EXPECT_EQ(member(unknown, "parcel.reason"), "nobody_knows");
  const std::string parcel = member(unknown, "parcel.id");
  EXPECT_EQ(code(post(manager, "/api/v1/parcels/" + parcel + "/aside", R"({"as":"resumed"})")),
            "parcel.whose");
  const auto found = post(manager, "/api/v1/parcels/" + parcel, R"({"door":"1-1-101"})");
  EXPECT_EQ(member(found, "state"), "received");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'parcel' AND closed_at IS NULL"), 1);
}

// A parcel for a household that left is kept apart with that reason.
TEST_P(Parcels, OfAHouseholdThatLeftAreHeld) {
  const std::string home = household("2", "301");
  EXPECT_EQ(
      post(manager, "/api/v1/households/" + home + "/end", R"({"reason":"moved_away"})").status,
      200);
  const auto answer = receive(fmt::format(R"({{"household":"{}"}})", home));
  EXPECT_EQ(member(answer, "parcel.state"), "held") << answer.body;
  EXPECT_EQ(member(answer, "parcel.reason"), "household_left");
  EXPECT_EQ(code(receive(R"({"door":"2-1-301"})")), "door.empty");
}

// E13, E14: nothing leaves before it is disinfected; one action marks all, with time and person.
TEST_P(Parcels, AreDisinfectedBeforeTheyLeave) {
  const std::string one = bag("1", "101");
  const std::string two = bag("1", "201");
  EXPECT_EQ(code(publish(volunteer(), {one})), "step.disinfect_first");
  EXPECT_EQ(code(post(manager, "/api/v1/parcels/sort", fmt::format(R"({{"scan":"{}"}})", one))),
            "step.disinfect_first");
  const auto done = post(manager, "/api/v1/parcels/disinfect",
                         fmt::format(R"({{"scans":["{}","{}","{}","XXXX"]}})", one, two, one));
  EXPECT_EQ(member(done, "done"), "2");
  EXPECT_EQ(member(done, "refused.0.code"), "parcel.unknown");
  EXPECT_EQ(member(post(manager, "/api/v1/parcels/disinfect", R"({"all":true})"), "done"), "0");
  EXPECT_EQ(count("SELECT count(*) FROM parcel_step WHERE step = 'disinfected' AND by > 0"), 2);
}

// A8, E24: a parcel waits at a checkpoint with its age, and is handed over to the workstation.
TEST_P(Parcels, AreHeldAtCheckpointsAndFound) {
  const std::string gate =
      id(post(manager, "/api/v1/points", R"({"kind":"checkpoint","name":"东门","outside":true})"));
  const auto arrived =
      receive(fmt::format(R"({{"door":"1-1-102","point":"{}","giver":"courier"}})", gate));
  const std::string parcel = member(arrived, "parcel.id");
  EXPECT_EQ(member(arrived, "parcel.state"), "at_checkpoint");
  EXPECT_EQ(member(get(manager, "/api/v1/parcels?filter=held"), "rows.0.id"), parcel);
  clock().advance(std::chrono::hours{2});
  const auto goods = get(manager, "/api/v1/goods");
  EXPECT_EQ(member(goods, "points.0.name"), "东门");
  EXPECT_EQ(member(goods, "points.0.waiting"), "1");
  EXPECT_EQ(member(goods, "points.0.oldest"), "2022-11-28T01:26:00.000Z");
  EXPECT_EQ(code(post(manager, "/api/v1/points/" + gate + "/close")), "point.holds");
  // E20, A35: the goods cross the boundary, with both parties and the time; no person does.
  const auto over =
      post(manager, "/api/v1/parcels/hand-over",
           fmt::format(R"({{"scans":["{}"],"to":"{}","giver":"外7号"}})", parcel, point_));
  EXPECT_EQ(member(over, "done"), "1") << over.body;
  EXPECT_EQ(member(over, "crossed"), "1");
  const auto shown = get(manager, "/api/v1/parcels/" + parcel);
  EXPECT_EQ(member(shown, "parcel.state"), "received");
  EXPECT_EQ(member(shown, "steps.1.step"), "handed_over");
  EXPECT_EQ(member(shown, "steps.1.counterpart"), "外7号");
  EXPECT_EQ(member(shown, "steps.1.at"), "2022-11-28T03:26:00.000Z");
  // The courier handed it over at the gate, to whom, and when (E3); at the gate it was somebody's already.
  EXPECT_EQ(member(shown, "steps.0.counterpart"), "courier");
  EXPECT_EQ(member(shown, "steps.0.at"), "2022-11-28T01:26:00.000Z");
  EXPECT_NE(member(shown, "steps.0.by"), "");
  EXPECT_EQ(post(manager, "/api/v1/points/" + gate + "/close").status, 200);
}

// E4: one scan to a bin; the three manifests are of the same parcels and agree.
TEST_P(Parcels, AreSortedInThreeStages) {
  std::vector<std::string> bags{bag("1", "101"), bag("1", "301"), bag("2", "202"), bag("1", "101")};
  const std::string meal = bag("2", "101", "meal");
  disinfect();
  for (const std::string& one : bags) {
    const auto sorted = post(manager, "/api/v1/parcels/sort",
                             fmt::format(R"({{"scan":"{}","class":"fresh"}})", one));
    EXPECT_EQ(member(sorted, "sorted"), "true") << sorted.body;
  }
  const auto bin = post(manager, "/api/v1/parcels/sort",
                        fmt::format(R"({{"scan":"{}","class":"fresh"}})", bags[2]));
  EXPECT_EQ(member(bin, "again"), "true");
  EXPECT_EQ(member(bin, "parcel.grid"), "二网格");
  EXPECT_EQ(member(bin, "parcel.building"), "2栋");
  EXPECT_EQ(member(bin, "parcel.entrance"), "1单元");
  EXPECT_EQ(member(bin, "parcel.dwelling"), "202");
  const auto other = post(manager, "/api/v1/parcels/sort",
                          fmt::format(R"({{"scan":"{}","class":"fresh"}})", meal));
  EXPECT_EQ(member(other, "other_wave"), "true");
  EXPECT_EQ(state(meal), "disinfected");
  for (const std::string_view stage : {"grid", "building", "door"}) {
    const auto manifest = get(manager, fmt::format("/api/v1/manifest?class=fresh&stage={}", stage));
    std::int64_t total = 0;
    for (std::size_t at = 0; at < length(manifest, "rows"); ++at) {
      total += std::stoll(member(manifest, fmt::format("rows.{}.total", at)));
      EXPECT_EQ(member(manifest, fmt::format("rows.{}.total", at)),
                member(manifest, fmt::format("rows.{}.sorted", at)));
    }
    EXPECT_EQ(total, 4) << stage;
  }
  const auto undone =
      post(manager, "/api/v1/parcels/sort", fmt::format(R"({{"undo":"{}"}})", bags[0]));
  EXPECT_EQ(member(undone, "parcel.state"), "disinfected");
}

// E9: at the day's end nothing is left without a reason; what has one is listed with it.
TEST_P(Parcels, AreReturnedOrLostWithAReason) {
  const std::string one = bag("1", "101");
  const std::string two = bag("1", "102");
  EXPECT_EQ(code(post(manager, "/api/v1/parcels/" + one + "/aside", R"({"as":"held"})")),
            "parcel.reason");
  post(manager, "/api/v1/parcels/" + one + "/aside", R"({"as":"held","reason":"in_hospital"})");
  post(manager, "/api/v1/parcels/" + two + "/aside", R"({"as":"returned","reason":"refused"})");
  EXPECT_EQ(member(get(manager, "/api/v1/parcels"), "rows.0.reason"), "in_hospital");
  EXPECT_EQ(length(get(manager, "/api/v1/parcels"), "rows"), 1U);
  EXPECT_EQ(
      code(post(manager, "/api/v1/parcels/" + two + "/aside", R"({"as":"lost","reason":"other"})")),
      "parcel.closed");
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'parcel' AND state = 'excused'"), 1);
  expect_balance();
}

TEST_P(Parcels, HaveLabelsWithoutANameOrPhone) {
  const std::string one = bag("1", "101");
  const auto sheet =
      post(manager, "/api/v1/parcels/labels", fmt::format(R"({{"parcels":["{}"]}})", one));
  EXPECT_EQ(member(sheet, "labels.0.id"), one);
  EXPECT_EQ(member(sheet, "labels.0.code").size(), 4U);
  EXPECT_GT(length(sheet, "labels.0.qr"), 20U);
  EXPECT_EQ(sheet.body.find("张阿姨"), std::string::npos);
}

}  // namespace
}  // namespace doorstep::delivery
