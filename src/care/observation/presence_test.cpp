// The presence round through the API on both engines: nobody is believed away without two signs.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::observation {
namespace {

using api::member;

class Round : public registry::Compound {
 protected:
  /// A dwelling behind which nobody is known, and its building closed for ten days.
  Round() {
    const std::string entrance = id_text(count(fmt::format(
        "SELECT parent_id FROM place WHERE id = {}", *id_from_text(dwelling("1", "101")))));
    flat_ = id(post(
        manager, "/api/v1/places",
        fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"1203","floor":3}})", entrance)));
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"place":"{}","ground":"area","length_days":10,)"
                               R"("start_event_on":"2022-11-26"}})",
                               building(1)))
                  .status,
              200);
  }
  api::Response look(std::string_view outcome, std::string_view sign) {
    return post(
        manager, "/api/v1/presence",
        fmt::format(R"({{"dwelling":"{}","outcome":"{}","sign":"{}"}})", flat_, outcome, sign));
  }
  std::int64_t open() {
    return count("SELECT count(*) FROM duty WHERE kind = 'presence' AND closed_at IS NULL");
  }

  std::string flat_;
};

TEST_P(Round, N22_EmptyNeedsTwoSignsByTwoPersons) {
  EXPECT_EQ(open(), 1);
  EXPECT_EQ(member(look("empty", " "), "code"), "presence.sign");
  EXPECT_EQ(member(look("empty", "电表不走"), "settled"), "false");
  EXPECT_EQ(member(look("empty", "信箱塞满"), "settled"), "false");  // The same person.
  EXPECT_EQ(open(), 1);
  manager = staff(access::Role::manager);
  EXPECT_EQ(member(look("empty", "邻居说搬走了"), "settled"), "true");
  EXPECT_EQ(open(), 0);
}

TEST_P(Round, N20_WhoIsFoundIsInTheDueSetAtOnceUnderTheBuildingsClosing) {
  const auto found = look("present", "屋里有灯");
  EXPECT_EQ(member(found, "settled"), "true");
  EXPECT_EQ(open(), 0);
  const auto door = get(manager, "/api/v1/dwellings/" + flat_);
  EXPECT_EQ(member(door, "households.0.id"), member(found, "household"));
  EXPECT_EQ(member(door, "households.0.observation.ends_on"), "2022-12-07");
  EXPECT_EQ(
      count(fmt::format("SELECT count(*) FROM duty WHERE kind = 'contact' AND subject_id = {}",
                        *id_from_text(member(found, "household")))),
      1);
  EXPECT_EQ(member(look("empty", "没人"), "code"), "presence.known");
}

TEST_P(Round, N22_WhoeverSaysThatSomebodyLivesThereMakesEarlierSignsVoid) {
  look("empty", "电表不走");
  manager = staff(access::Role::manager);
  EXPECT_EQ(look("away", "邻居说在外地").status, 200);
  EXPECT_EQ(member(look("empty", "信箱塞满"), "settled"), "false");
  manager = staff(access::Role::manager);
  EXPECT_EQ(member(look("empty", "敲门没人"), "settled"), "true");
}

TEST_P(Round, N20_AHouseOfWhichNobodyIsKnownIsClosedAndLookedAt) {
  const std::string house =
      id(post(manager, "/api/v1/places",
              fmt::format(R"({{"kind":"building","parent":"{}","name":"9栋"}})", grid(1))));
  const auto close = [&] {
    return post(manager, "/api/v1/observations",
                fmt::format(R"({{"place":"{}","ground":"area"}})", house));
  };
  EXPECT_EQ(member(close(), "code"), "observation.none_to_open");  // No door either.
  const std::string entrance =
      id(post(manager, "/api/v1/places",
              fmt::format(R"({{"kind":"entrance","parent":"{}","name":"1单元"}})", house)));
  id(post(manager, "/api/v1/places",
          fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"101","floor":1}})", entrance)));
  const auto closed = close();
  EXPECT_EQ(member(closed, "doors"), "1") << closed.body;
  EXPECT_EQ(member(closed, "opened"), "0");
  EXPECT_EQ(open(), 2);
}

TEST_P(Round, N20_WhoIsAwayIsAskedAfterAgain) {
  const std::int64_t before = count("SELECT due_at FROM duty WHERE kind = 'presence'");
  clock().advance(std::chrono::hours{1});
  EXPECT_EQ(look("away", "电话里说在外地").status, 200);
  EXPECT_EQ(count("SELECT due_at FROM duty WHERE kind = 'presence'") - before, 3'600'000);
}

DOORSTEP_ON_BOTH_ENGINES(Round);

}  // namespace
}  // namespace doorstep::observation
