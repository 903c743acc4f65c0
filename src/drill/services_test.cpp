// Deliveries by service: the figures of the desk and the count from the journal alone agree, also as they were known
// before something was keyed in late (E21).

#include "drill/oracle/services.h"

#include <sstream>

#include "care/delivery/testing.h"
#include "drill/oracle/export.h"

namespace doorstep::drill {
namespace {

using api::member;

class ServiceCounts : public delivery::GoodsHouse {
 protected:
  std::string figure(std::string_view word, std::string_view known = "") {
    return member(get(manager, "/api/v1/goods/figures?day=2022-11-28" + std::string(known)), word);
  }
  oracle::Services counted(Instant known) {
    store().sign_head();
    std::ostringstream out;
    EXPECT_TRUE(oracle::write_export(oracle::ExportSource::of(store()), out).ok());
    std::istringstream in(out.str());
    const auto found =
        oracle::count_services(in, *instant_from_text("2022-11-28T00:00:00+08:00"),
                               *instant_from_text("2022-11-29T00:00:00+08:00"), known);
    EXPECT_TRUE(found.problems.empty());
    return found.communities.empty() ? oracle::Services{} : found.communities.begin()->second;
  }
  std::string to(std::string_view door) {
    return fmt::format(R"("kind":"delivered","household":"{}")", household("1", door));
  }
};
DOORSTEP_ON_BOTH_ENGINES(ServiceCounts);

// Two bags to one door at once are one service; what is undone is none; the next drop to that door is another.
TEST_P(ServiceCounts, E21_AreTheSameFromTheTablesAndFromTheJournal) {
  const std::vector<std::string> first{bag("1", "301"), bag("1", "301", "parcel"), bag("1", "201")};
  disinfect();
  const std::string carrier = volunteer();
  const auto as = phone(run_of(carrier, first));
  EXPECT_EQ(act(as, to("301")).status, 200);
  const std::string slip = key();
  EXPECT_EQ(act(as, to("201"), slip).status, 200);
  clock().advance(std::chrono::seconds{3});
  EXPECT_EQ(act(as, fmt::format(R"("kind":"undo","undoes":"{}")", slip)).status, 200);
  EXPECT_EQ(figure("services"), "1");
  EXPECT_EQ(figure("parcels"), "2");
  EXPECT_EQ(counted(clock().now()).services, 1);
  clock().advance(std::chrono::hours{2});
  const std::string again = bag("1", "301");
  disinfect();
  const auto bs = phone(run_of(carrier, {again}));
  EXPECT_EQ(act(bs, to("301")).status, 200);
  EXPECT_EQ(act(as, to("201")).status, 200);
  EXPECT_EQ(figure("services"), "3");
  EXPECT_EQ(figure("parcels"), "4");
  EXPECT_EQ(counted(clock().now()).services, 3);
  EXPECT_EQ(counted(clock().now()).parcels, 4);
}

// A delivery of the day that was forgotten on paper and keyed in on the next: the day's figure as it was known then
// stays as it was, and the one of now has it.
TEST_P(ServiceCounts, E21_WhatIsKeyedInLateCountsForItsDayAndChangesNoOldFigure) {
  const std::vector<std::string> bags{bag("1", "301"), bag("1", "201")};
  disinfect();
  const std::string run = run_of(volunteer(), bags);
  const auto as = phone(run);
  EXPECT_EQ(act(as, to("301")).status, 200);
  clock().set(*instant_from_text("2022-11-28T21:30:00+08:00"));
  const Instant bulletin = clock().now();
  clock().set(*instant_from_text("2022-11-29T09:00:00+08:00"));
  manager = staff(access::Role::manager);
  EXPECT_EQ(
      post(manager, "/api/v1/runs/" + run + "/actions",
           fmt::format(R"({{"key":"{}",{},"at":"2022-11-28T03:00:00.000Z"}})", key(), to("201")))
          .status,
      200);
  EXPECT_EQ(figure("services"), "2");
  EXPECT_EQ(counted(clock().now()).services, 2);
  EXPECT_EQ(figure("services", "&known_at=" + to_text(bulletin)), "1");
  EXPECT_EQ(counted(bulletin).services, 1);
}

}  // namespace
}  // namespace doorstep::drill
