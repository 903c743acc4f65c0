// Runs from the draft to the door: one carrier each, reassigned, acted on from a phone without signal.

#include "care/delivery/testing.h"

namespace doorstep::delivery {
namespace {

using api::length;
using api::member;

class Runs : public GoodsHouse {
 protected:
  std::string delivered(const std::string& home) {
    return fmt::format(R"("kind":"delivered","household":"{}")", home);
  }
};
DOORSTEP_ON_BOTH_ENGINES(Runs);

// E15, E11: drafted by the engine, cut per entrance, from the top down, and sent out as it stands.
TEST_P(Runs, AreDraftedPerEntranceAndSentOut) {
  volunteer();
  volunteer();
  for (const std::string_view door : {"101", "301", "202"}) {
    bag("1", door);
    bag("2", door);
  }
  bag("1", "301");
  const auto early = post(manager, "/api/v1/runs/draft");
  EXPECT_EQ(member(early, "parcels"), "0");  // Nothing is disinfected yet.
  disinfect();
  const auto draft = post(manager, "/api/v1/runs/draft");
  EXPECT_EQ(member(draft, "parcels"), "7") << draft.body;
  EXPECT_EQ(length(draft, "left_out"), 0U);
  EXPECT_EQ(length(draft, "gaps"), 0U);
  std::size_t planned = 0;
  for (std::size_t run = 0; run < length(draft, "runs"); ++run) {
    std::vector<std::string> parcels;
    std::string before = "9";
    for (std::size_t at = 0; at < length(draft, fmt::format("runs.{}.stops", run)); ++at) {
      const std::string stop = fmt::format("runs.{}.stops.{}", run, at);
      EXPECT_LE(member(draft, stop + ".floor"), before);
      before = member(draft, stop + ".floor");
      for (std::size_t one = 0; one < length(draft, stop + ".parcels"); ++one) {
        parcels.push_back(member(draft, fmt::format("{}.parcels.{}", stop, one)));
      }
    }
    planned += parcels.size();
    EXPECT_EQ(publish(member(draft, fmt::format("runs.{}.carrier", run)), parcels).status, 200);
  }
  EXPECT_EQ(planned, 7U);
  EXPECT_EQ(member(post(manager, "/api/v1/runs/draft"), "parcels"), "0");
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE run_id IS NULL"), 0);
}

// E16: a building without anybody on duty is a gap before the wave.
TEST_P(Runs, NeedSomebodyOnDuty) {
  bag("1", "101");
  disinfect();
  EXPECT_EQ(member(get(manager, "/api/v1/carriers"), "gaps.0.name"), "1栋");
  EXPECT_EQ(code(post(manager, "/api/v1/runs/draft")), "run.no_carrier");
  volunteer();
  EXPECT_EQ(length(get(manager, "/api/v1/carriers"), "gaps"), 0U);
  EXPECT_EQ(length(get(manager, "/api/v1/carriers"), "rows"), 1U);
}

// E15: of two who reassign one run one hears that the other was first; there is one carrier.
TEST_P(Runs, HaveOneCarrierAtEveryMoment) {
  const std::string first = volunteer();
  const std::string second = volunteer();
  const std::string third = volunteer();
  const std::string one = bag("1", "301");
  const std::string two = bag("1", "101");
  disinfect();
  const std::string run = run_of(first, {one, two});
  EXPECT_EQ(code(publish(second, {one})), "run.parcel_taken");
  const auto old_phone = phone(run);
  const std::string path = "/api/v1/runs/" + run + "/reassign";
  const auto give = [&](const std::string& to, int version, std::string_view more = "") {
    return post(manager, path,
                fmt::format(R"({{"carrier":"{}","version":{}{}}})", to, version, more));
  };
  EXPECT_EQ(give(second, 1).status, 200);
  EXPECT_EQ(code(give(third, 1)), "run.changed");
  EXPECT_EQ(member(get(manager, "/api/v1/runs"), "rows.0.carrier"), second);
  // Whose link was revoked is told so, and nothing of it counts.
  EXPECT_EQ(act(old_phone, R"("kind":"take")").status, 401);
  EXPECT_EQ(code(act(old_phone, R"("kind":"take")")), "link.revoked");
  // A part of it becomes a run of its own.
  EXPECT_EQ(give(third, 2, fmt::format(R"(,"parcels":["{}"])", two)).status, 200);
  EXPECT_EQ(length(get(manager, "/api/v1/runs"), "rows"), 2U);
  EXPECT_EQ(count("SELECT count(DISTINCT run_id) FROM parcel"), 2);
  EXPECT_EQ(code(give("0000000000009", 3)), "account.unknown");
}

TEST_P(Runs, AreTakenBackBeforeTheyLeave) {
  const std::string one = bag("1", "301");
  disinfect();
  const std::string carrier = volunteer();
  const std::string run = run_of(carrier, {one});
  EXPECT_EQ(post(manager, "/api/v1/runs/" + run + "/cancel", R"({"version":1})").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE run_id IS NULL"), 1);
  const std::string again = run_of(carrier, {one});
  EXPECT_EQ(act(phone(again), R"("kind":"take")").status, 200);
  EXPECT_EQ(code(post(manager, "/api/v1/runs/" + again + "/cancel", R"({"version":2})")),
            "run.left");
}

// Whoever knocks reads what somebody there cannot do, and nothing where nothing was said.
TEST_P(Runs, N25_SayWhatSomebodyBehindADoorCannotDo) {
  const std::string one = bag("1", "301");
  const std::string two = bag("1", "101");
  disinfect();
  EXPECT_EQ(post(manager, "/api/v1/households/" + household("1", "301") + "/access",
                 R"({"cannot_read":false,"cannot_hear":true,"cannot_see":false,"language":"yue"})")
                .status,
            200);
  const auto as = phone(run_of(volunteer(), {one, two}));
  const auto sheet = get(as, "/api/v1/run");
  EXPECT_EQ(member(sheet, "stops.0.door"), "301");
  EXPECT_EQ(member(sheet, "stops.0.access.cannot_hear"), "true");
  EXPECT_EQ(member(sheet, "stops.0.access.cannot_see"), "false");
  EXPECT_EQ(member(sheet, "stops.0.access.language"), "yue");
  EXPECT_EQ(member(sheet, "stops.1.access.language"), "");
}

// N28, E22: what was done without signal arrives later, in order, and each action once.
TEST_P(Runs, AreActedOnOnce) {
  const std::string one = bag("1", "301");
  const std::string two = bag("1", "101");
  const std::string three = bag("1", "101", "parcel");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one, two, three}));
  const auto sheet = get(as, "/api/v1/run");
  EXPECT_EQ(length(sheet, "stops"), 2U) << sheet.body;
  EXPECT_EQ(member(sheet, "stops.0.door"), "301");
  EXPECT_EQ(sheet.body.find("张阿姨"), std::string::npos);
  const std::string under = key();
  const std::string home = household("1", "301");
  EXPECT_EQ(member(act(as, delivered(home), under), "again"), "false");
  EXPECT_EQ(state(one), "delivered");
  // The first answer was cut: the same key, the same answer; also when kept answers are gone.
  EXPECT_EQ(act(as, delivered(home), under).status, 200);
  EXPECT_EQ(member(send(as, api::Method::post, "/api/v1/run/actions",
                        fmt::format(R"({{"key":"{}",{}}})", under, delivered(home))),
                   "again"),
            "true");
  EXPECT_EQ(count("SELECT count(*) FROM parcel_step WHERE step = 'delivered'"), 1);
  EXPECT_EQ(member(get(as, "/api/v1/run"), "receipts.0"), under);
  // Taken back, then said again.
  EXPECT_EQ(act(as, fmt::format(R"("kind":"undo","undoes":"{}")", under)).status, 200);
  EXPECT_EQ(state(one), "out");
  EXPECT_EQ(code(act(as, fmt::format(R"("kind":"undo","undoes":"{}")", under))), "action.undo");
  EXPECT_EQ(act(as, delivered(home)).status, 200);
  EXPECT_EQ(act(as, fmt::format(R"("kind":"not_delivered","household":"{}","reason":"no_answer")",
                                household("1", "101")))
                .status,
            200);
  EXPECT_EQ(state(two), "held");
  EXPECT_EQ(member(get(manager, "/api/v1/runs"), "rows.0.state"), "done");
  expect_balance();
}

TEST_P(Runs, RefuseWhatIsNotTheirs) {
  const std::string one = bag("1", "301");
  const std::string other = bag("2", "301");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one}));
  run_of(volunteer(), {other});
  EXPECT_EQ(code(act(as, delivered(household("2", "301")))), "run.nothing_there");
  EXPECT_EQ(code(act(as, fmt::format(R"("kind":"not_delivered","household":"{}")",
                                     household("1", "301")))),
            "action.reason");
  EXPECT_EQ(code(act(as, R"("kind":"delivered")")), "action.household");
  EXPECT_EQ(code(act(as, R"("kind":"take")", "short")), "idempotency.missing");
  EXPECT_EQ(code(act(as, delivered(household("1", "301")) + R"(,"code":"0000")")), "action.code");
  EXPECT_EQ(get(as, "/api/v1/parcels").status, 403);
  EXPECT_EQ(get(as, "/api/v1/households").status, 403);
  clock().advance(std::chrono::hours{25});
  EXPECT_EQ(code(get(as, "/api/v1/run")), "link.expired");
}

// N28: a bag that lay at the wrong door was taken to its own, and both households can read so.
TEST_P(Runs, RecoverFromAWrongDoor) {
  const std::string one = bag("1", "301");
  const std::string two = bag("1", "302");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one, two}));
  EXPECT_EQ(act(as, fmt::format(R"("kind":"moved","household":"{}","parcels":["{}"])",
                                household("1", "302"), one))
                .status,
            200);
  EXPECT_EQ(state(one), "delivered");
  EXPECT_EQ(state(two), "out");
  EXPECT_EQ(length(get(link(household("1", "302")), "/api/v1/home/parcels"), "taken_away"), 1U);
  EXPECT_EQ(member(get(link(household("1", "301")), "/api/v1/home/parcels"), "rows.0.state"),
            "delivered");
}

// N28, N24: yesterday's bag is a duty at once; it can be taken back within the six seconds.
TEST_P(Runs, RaiseTheAlarmAtADoor) {
  disinfect();
  const std::string one = bag("1", "301");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one}));
  const std::string under = key();
  EXPECT_EQ(
      act(as, fmt::format(R"("kind":"old_bag","household":"{}")", household("1", "301")), under)
          .status,
      200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'welfare' AND state = 'raised'"), 1);
  EXPECT_EQ(act(as, fmt::format(R"("kind":"undo","undoes":"{}")", under)).status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM duty WHERE kind = 'welfare' AND closed_at IS NULL"), 0);
  // Seen at the door is a check-in by visit.
  EXPECT_EQ(
      post(
          as, "/api/v1/check-ins",
          fmt::format(
              R"({{"household":"{}","wellbeing":"fine","channel":"visit","visit_reason":"service"}})",
              household("1", "301")))
          .status,
      200);
}

// E22: closed by one of three proofs, a code at the door, a picture, a tap; each also late.
TEST_P(Runs, AreProvedByCodePictureOrTap) {
  const std::string one = bag("1", "301");
  const std::string two = bag("1", "201");
  const std::string three = bag("1", "101");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one, two, three}));
  // On paper at the door, and nowhere on the phone.
  const auto slips = get(manager, "/api/v1/places/" + building(1) + "/door-slips");
  std::string at_door;
  for (std::size_t at = 0; at < length(slips, "rows"); ++at) {
    const std::string row = fmt::format("rows.{}.", at);
    if (member(slips, row + "household") == household("1", "301")) {
      at_door = member(slips, row + "door_code");
    }
  }
  const auto sheet = get(as, "/api/v1/run");
  ASSERT_EQ(at_door.size(), 4U);
  EXPECT_EQ(sheet.body.find(at_door), std::string::npos);
  EXPECT_EQ(member(sheet, "stops.0.door_check").size(), 2U);
  const auto proof = [&](const std::string& parcel) {
    return member(get(manager, "/api/v1/parcels/" + parcel), "parcel.proof");
  };
  EXPECT_EQ(
      act(as, delivered(household("1", "301")) + fmt::format(R"(,"code":"{}")", at_door)).status,
      200);
  EXPECT_EQ(proof(one), "code");
  act(as, delivered(household("1", "201")));
  EXPECT_EQ(length(get(manager, "/api/v1/parcels?filter=unproved"), "rows"), 1U);
  const std::string jpeg("\xFF\xD8\xFF\xE1\x00\x06GPS!\xFF\xDA\x00\x02picture\xFF\xD9", 23);
  const auto photo =
      fmt::format("/api/v1/run/photos?household={}&key={}", household("1", "201"), key());
  EXPECT_EQ(upload(as, photo, jpeg).status, 200);
  EXPECT_EQ(member(upload(as, photo, jpeg), "again"), "true");
  EXPECT_EQ(code(upload(as, photo + "x", "GIF89a")), "photo.not_jpeg");
  EXPECT_EQ(proof(two), "photo");
  const auto seen = get(manager, "/api/v1/parcels/" + two + "/photo");
  EXPECT_EQ(seen.media_type, "image/jpeg");
  EXPECT_EQ(seen.body.find("GPS"), std::string::npos);
  // The household's tap, before the carrier's phone had signal; the phone's word later changes nothing.
  const auto home = link(household("1", "101"));
  EXPECT_EQ(post(home, "/api/v1/home/parcels/" + three + "/confirm").status, 200);
  EXPECT_EQ(code(post(link(household("1", "102")), "/api/v1/home/parcels/" + three + "/confirm")),
            "parcel.unknown");
  EXPECT_EQ(proof(three), "tap");
  EXPECT_EQ(act(as, delivered(household("1", "101"))).status, 200);
  EXPECT_EQ(proof(three), "tap");
  const auto figures = get(manager, "/api/v1/goods/figures");
  EXPECT_EQ(member(figures, "code") + member(figures, "photo") + member(figures, "tap"), "111");
  expect_balance();
}

// N10: the printed sheet is keyed in as the same actions, and what the phone sent too counts once.
TEST_P(Runs, AreKeyedInFromPaper) {
  const std::string one = bag("1", "301");
  disinfect();
  const std::string run = run_of(volunteer(), {one});
  const std::string under = key();
  const auto paper = [&] {
    return send(manager, api::Method::post, "/api/v1/runs/" + run + "/actions",
                fmt::format(R"({{"key":"{}",{}}})", under, delivered(household("1", "301"))));
  };
  EXPECT_EQ(member(paper(), "again"), "false");
  EXPECT_EQ(member(paper(), "again"), "true");
  EXPECT_EQ(state(one), "delivered");
}

// A35: somebody from outside the closed loop is given no doors inside.
TEST_P(Runs, DoNotCrossTheBoundary) {
  const std::string carrier = volunteer();
  EXPECT_EQ(post(manager, "/api/v1/carriers",
                 fmt::format(R"({{"account":"{}","vehicle":"car","grams":200000,)"
                             R"("millilitres":400000,"outside":true}})",
                             carrier))
                .status,
            200);
  const std::string one = bag("1", "301");
  disinfect();
  EXPECT_EQ(code(publish(carrier, {one})), "run.crosses_boundary");
  EXPECT_EQ(code(post(manager, "/api/v1/runs/draft")), "run.no_carrier");
}

// E21, E25: services are visits at which goods were handed over; minutes from receipt to door.
TEST_P(Runs, AreCountedByService) {
  const std::string one = bag("1", "301");
  const std::string two = bag("1", "301", "parcel");
  const std::string three = bag("2", "101");
  disinfect();
  const auto as = phone(run_of(volunteer(), {one, two}));
  const auto bs = phone(run_of(volunteer(), {three}));
  clock().advance(std::chrono::minutes{30});
  act(as, delivered(household("1", "301")));
  clock().advance(std::chrono::minutes{10});
  act(bs, delivered(household("2", "101")));
  const auto figures = get(manager, "/api/v1/goods/figures");
  EXPECT_EQ(member(figures, "parcels"), "3");
  EXPECT_EQ(member(figures, "services"), "2");
  EXPECT_EQ(member(figures, "classes.0.word"), "fresh");
  EXPECT_EQ(member(figures, "classes.0.median"), "30");
  EXPECT_EQ(member(figures, "classes.0.p95"), "40");
  EXPECT_EQ(member(figures, "buildings.1.word"), "2栋");
  EXPECT_EQ(member(figures, "buildings.1.median"), "40");
}

}  // namespace
}  // namespace doorstep::delivery
