// Giving a duty to somebody else by hand, through the API on both engines: to whom it may be given.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::duty {
namespace {

using api::member;

class Giving : public registry::Compound {
 protected:
  Giving() : home_(household("1", "101")) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"area"}})", home_))
                  .status,
              200);
    EXPECT_EQ(post(link(home_), "/api/v1/check-ins", R"({"wellbeing":"unwell"})").status, 200);
  }
  std::string account(const api::As& as) {
    return member(get(as, "/api/v1/session"), "account.id");
  }
  std::int64_t open(std::string_view kind, std::string_view what) {
    return count(
        fmt::format("SELECT {} FROM duty WHERE kind = '{}' AND closed_at IS NULL", what, kind));
  }
  api::Response give(const api::As& as, std::string_view kind, const api::As& to) {
    return post(as, "/api/v1/duties/" + id_text(open(kind, "id")) + "/assign",
                fmt::format(R"({{"account":"{}"}})", account(to)));
  }

  std::string home_;
};

TEST_P(Giving, C9_WhatTellsOfHealthIsGivenToNobodyWhoMayNotReadIt) {
  const api::As street = staff(access::Role::street);
  const api::As leader = staff(access::Role::leader);
  const std::int64_t before = open("unwell", "owner_id");
  EXPECT_EQ(member(give(manager, "unwell", street), "code"), "duty.owner");
  EXPECT_EQ(open("unwell", "owner_id"), before);
  EXPECT_EQ(give(manager, "unwell", leader).status, 200);
  EXPECT_EQ(id_text(open("unwell", "owner_id")), account(leader));
}

TEST_P(Giving, NobodyGetsADutyOfADoorThatTheyDoNotSee) {
  const api::As here = staff(access::Role::worker, path_of_place(building(1)));
  const api::As there = staff(access::Role::worker, path_of_place(building(2)));
  EXPECT_EQ(member(give(manager, "contact", there), "code"), "duty.owner");
  EXPECT_EQ(give(manager, "contact", here).status, 200);
  EXPECT_EQ(id_text(open("contact", "owner_id")), account(here));
}

TEST_P(Giving, WhatClimbedToTheStreetIsGivenToWhoeverCanGo) {
  const api::As street = staff(access::Role::street);
  const api::As worker = staff(access::Role::worker, path_of_place(building(1)));
  EXPECT_EQ(give(street, "contact", worker).status, 200);
  EXPECT_EQ(id_text(open("contact", "owner_id")), account(worker));
  // Of health it sees nothing, and so it cannot hand it on.
  EXPECT_EQ(member(give(street, "unwell", worker), "code"), "duty.unknown");
}

DOORSTEP_ON_BOTH_ENGINES(Giving);

}  // namespace
}  // namespace doorstep::duty
