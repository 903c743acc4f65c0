// Who sees and does what where, for how long, and who stands in: staff, groups and links through the
// API on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::registry {
namespace {

using access::Role;
using api::As;
using api::length;
using api::member;

class Staff : public Compound {
 protected:
  struct Person {
    std::string account;
    As as;
  };
  /// An account with a session, and what it may do from now on.
  Person somebody(Role role, const std::string& path) {
    Person made{"", staff(role, path)};
    made.account = member(get(made.as, "/api/v1/session"), "account.id");
    return made;
  }
  api::Response grant(const As& by, const std::string& account, std::string_view role,
                      const std::string& place, std::string_view more = "") {
    return post(by, "/api/v1/grants",
                fmt::format(R"({{"account":"{}","role":"{}"{}{}}})", account, role,
                            place.empty() ? "" : fmt::format(R"(,"place":"{}")", place), more));
  }
  std::string code(const api::Response& answer) { return member(answer, "code"); }
  /// Who answers for 1栋1单元101 now.
  std::string responsible(std::string_view building = "1") {
    return member(get(manager, "/api/v1/dwellings/" + dwelling(building, "101")),
                  "households.0.responsible.account");
  }
  std::int64_t households(const As& as) {
    return static_cast<std::int64_t>(length(get(as, "/api/v1/households"), "rows"));
  }
  std::string in_hours(int hours) { return to_text(clock().now() + std::chrono::hours{hours}); }
  void wait(int hours) { clock().advance(std::chrono::hours{hours}); }
  void move_building(int number, const std::string& parent) {
    const auto moved = post(manager, "/api/v1/places/" + building(number) + "/move",
                            parent.empty() ? "{}" : fmt::format(R"({{"parent":"{}"}})", parent));
    EXPECT_EQ(moved.status, 200) << moved.body;
  }
};

TEST_P(Staff, A2_ABuildingInNoGridIsListedUntilItIsHung) {
  EXPECT_EQ(length(get(manager, "/api/v1/gaps"), "buildings_in_no_grid"), 0U);
  move_building(1, "");
  const auto gaps = get(manager, "/api/v1/gaps");
  EXPECT_EQ(member(gaps, "buildings_in_no_grid.0.id"), building(1));
  EXPECT_EQ(length(gaps, "buildings_in_no_grid"), 1U);
  move_building(1, grid(2));
  EXPECT_EQ(length(get(manager, "/api/v1/gaps"), "buildings_in_no_grid"), 0U);
  EXPECT_EQ(length(get(manager, "/api/v1/places/" + building(1) + "/history"), "rows"), 2U);
}

TEST_P(Staff, A2_AMovedBuildingTakesItsHouseholdsToTheOtherGridsWorker) {
  const Person first = somebody(Role::worker, path_of_place(grid(1)));
  const Person second = somebody(Role::worker, path_of_place(grid(2)));
  const Person captain = somebody(Role::captain, path_of_place(building(1)));
  post(manager, "/api/v1/observations",
       fmt::format(R"({{"household":"{}","ground":"area"}})", household("1", "101")));
  EXPECT_EQ(responsible(), first.account);
  move_building(1, grid(2));
  EXPECT_EQ(responsible(), second.account);
  EXPECT_EQ(households(first.as), 0);
  EXPECT_EQ(households(second.as), 12);
  EXPECT_EQ(households(captain.as), 6);  // The role on the building went along.
  EXPECT_EQ(member(get(first.as, "/api/v1/today"), "not_reported.due"), "0");
  EXPECT_EQ(member(get(second.as, "/api/v1/today"), "not_reported.due"), "1");
}

TEST_P(Staff, A16_TheRoleDecidesWhatMayBeDone) {
  const std::string path = path_of_place(building(1));
  const auto open_ok = [&](Role role) {
    return post(staff(role, path), "/api/v1/observations",
                fmt::format(R"({{"household":"{}","ground":"area"}})", household("1", "102")))
        .status;
  };
  EXPECT_EQ(open_ok(Role::street), 403);
  EXPECT_EQ(open_ok(Role::volunteer), 403);
  EXPECT_EQ(open_ok(Role::social_worker), 403);
  EXPECT_EQ(open_ok(Role::worker), 200);
  for (const char* role : {"street", "social_worker", "volunteer"}) {  // Selectable when inviting.
    const auto invited =
        post(manager, "/api/v1/invitations",
             fmt::format(R"({{"name":"新人","login":"new.{}","role":"{}"}})", role, role));
    EXPECT_EQ(invited.status, 200) << invited.body;
  }
  const As street = staff(Role::street);
  EXPECT_EQ(get(street, "/api/v1/board").status, 200);
  EXPECT_EQ(get(street, "/api/v1/households").status, 403);
}

TEST_P(Staff, A17_TheDeputyStandsInWhileTheWorkerIsAwayAndHandsBack) {
  const Person worker = somebody(Role::worker, path_of_place(building(1)));
  const Person deputy = somebody(Role::volunteer, path_of_place(building(1)));
  EXPECT_EQ(responsible(), worker.account);
  const auto given = grant(manager, deputy.account, "deputy", building(1),
                           fmt::format(R"(,"from":"{}","until":"{}")", in_hours(1), in_hours(9)));
  EXPECT_EQ(given.status, 200) << given.body;
  const auto away = post(manager, "/api/v1/absences",
                         fmt::format(R"({{"account":"{}","from":"{}","until":"{}"}})",
                                     worker.account, in_hours(2), in_hours(6)));
  EXPECT_EQ(away.status, 200) << away.body;
  EXPECT_EQ(get(deputy.as, "/api/v1/households/" + household("1", "101") + "/links").status, 403);
  EXPECT_EQ(responsible(), worker.account);
  wait(2);
  EXPECT_EQ(responsible(), deputy.account);
  EXPECT_EQ(get(deputy.as, "/api/v1/households/" + household("1", "101") + "/links").status, 200);
  wait(4);  // The absence is half open: back at its end.
  EXPECT_EQ(responsible(), worker.account);
  wait(3);  // So is the deputy's role.
  EXPECT_EQ(get(deputy.as, "/api/v1/households/" + household("1", "101") + "/links").status, 403);
}

TEST_P(Staff, A17_NoHouseholdIsWithoutAWorkerOnceEachBuildingHasOne) {
  const auto left = [&] { return member(get(manager, "/api/v1/gaps"), "without_worker"); };
  EXPECT_EQ(left(), "12");
  somebody(Role::worker, path_of_place(building(1)));
  EXPECT_EQ(left(), "6");
  somebody(Role::worker, path_of_place(building(2)));
  const auto gaps = get(manager, "/api/v1/gaps");
  EXPECT_EQ(member(gaps, "without_worker"), "0");
  EXPECT_EQ(length(gaps, "households_without_worker"), 0U);
}

TEST_P(Staff, AnAbsenceIsRecordedForPeopleOfTheScopeAlone) {
  const As leader = staff(Role::leader, path_of_place(building(1)));
  const auto away = [&](const Person& who) {
    return post(leader, "/api/v1/absences",
                fmt::format(R"({{"account":"{}","from":"{}","until":"{}"}})", who.account,
                            in_hours(0), in_hours(6)));
  };
  EXPECT_EQ(away(somebody(Role::worker, path_of_place(building(1)))).status, 200);
  const Person other = somebody(Role::worker, path_of_place(building(2)));
  EXPECT_EQ(code(away(other)), "account.unknown");
  EXPECT_EQ(responsible("2"), other.account);
}

TEST_P(Staff, A18_TheLeaderSeesTheTeamsHouseholdsAndMembersTheirOwn) {
  const Person leader = somebody(Role::volunteer, path_of_place(building(2)));
  const Person worker = somebody(Role::worker, path_of_place(dwelling("1", "101")));
  const std::string team =
      id(post(manager, "/api/v1/teams",
              fmt::format(R"({{"name":"第一组","leader":"{}","members":["{}"]}})", leader.account,
                          worker.account)));
  EXPECT_EQ(households(leader.as), 6);  // As volunteer, building 2.
  EXPECT_EQ(post(manager, "/api/v1/teams/" + team + "/buildings",
                 fmt::format(R"({{"place":"{}"}})", building(1)))
                .status,
            200);
  EXPECT_EQ(households(leader.as), 12);
  EXPECT_EQ(households(worker.as), 1);
  EXPECT_EQ(get(worker.as, "/api/v1/dwellings/" + dwelling("1", "102")).status, 404);
  EXPECT_EQ(member(get(worker.as, "/api/v1/teams"), "rows.0.id"), team);  // Member of it.
  EXPECT_EQ(
      length(get(staff(Role::volunteer, path_of_place(building(2))), "/api/v1/teams"), "rows"), 0U);
}

TEST_P(Staff, A19_TheCaptainSeesOwnBuildingAlone) {
  const As captain = staff(Role::captain, path_of_place(building(2)));
  EXPECT_EQ(households(captain), 6);
  const auto board = get(captain, "/api/v1/board");
  EXPECT_EQ(length(board, "buildings"), 1U);
  EXPECT_EQ(member(board, "buildings.0.id"), building(2));
  EXPECT_EQ(get(captain, "/api/v1/board?building=" + building(1)).status, 404);
  EXPECT_EQ(get(captain, "/api/v1/dwellings/" + dwelling("1", "101")).status, 404);
  EXPECT_EQ(post(captain, "/api/v1/search", R"({"text":"张阿姨"})").body, R"({"rows":[]})");
}

TEST_P(Staff, A26_AGridWithoutHeadOrWithOneCadreIsRed) {
  const auto grid_one = [&](std::string_view field) {
    return member(get(manager, "/api/v1/gaps"), fmt::format("grids.0.{}", field));
  };
  EXPECT_EQ(grid_one("state"), "red");
  staff(Role::grid_head, path_of_place(grid(1)));
  staff(Role::cadre, path_of_place(grid(1)));
  EXPECT_EQ(grid_one("state"), "red");
  staff(Role::cadre, path_of_place(grid(1)));
  EXPECT_EQ(grid_one("state"), "ok");
  staff(Role::volunteer, path_of_place(building(1)));
  staff(Role::volunteer, path_of_place(grid(1)));
  EXPECT_EQ(grid_one("members"), "2");
  EXPECT_EQ(member(get(manager, "/api/v1/gaps"), "grids.1.state"), "red");
  EXPECT_EQ(member(get(manager, "/api/v1/today"), "gaps.grids_understaffed"), "1");
}

TEST_P(Staff, A27_AGroupTakesABuildingAndTheOneBeforeLosesIt) {
  const auto team = [&](const Person& leader, std::string_view name) {
    return id(
        post(manager, "/api/v1/teams",
             fmt::format(R"({{"name":"{}","leader":"{}","members":[]}})", name, leader.account)));
  };
  const auto take = [&](const std::string& taker, int number) {
    EXPECT_EQ(post(manager, "/api/v1/teams/" + taker + "/buildings",
                   fmt::format(R"({{"place":"{}"}})", building(number)))
                  .status,
              200);
  };
  const Person first = somebody(Role::volunteer, path_of_place(dwelling("1", "301")));
  const Person second = somebody(Role::volunteer, path_of_place(dwelling("2", "301")));
  const std::string one = team(first, "第一组");
  const std::string two = team(second, "第二组");
  EXPECT_EQ(length(get(manager, "/api/v1/gaps"), "buildings_without_team"), 2U);
  take(one, 1);
  take(two, 2);
  EXPECT_EQ(length(get(manager, "/api/v1/gaps"), "buildings_without_team"), 0U);
  EXPECT_EQ(households(first.as), 6);
  take(two, 1);
  EXPECT_EQ(households(first.as), 1);
  EXPECT_EQ(households(second.as), 12);
  EXPECT_EQ(count("SELECT count(*) FROM team_building"), 2);
}

TEST_P(Staff, A29_AResidentReadsWhoAnswersForThemAndTheirPhone) {
  const As home = link(household("1", "101"));
  staff(Role::grid_head, path_of_place(grid(1)));
  EXPECT_EQ(member(get(home, "/api/v1/home"), "contact.role"), "grid_head");
  const Person worker = somebody(Role::worker, path_of_place(building(1)));
  const auto page = get(home, "/api/v1/home");
  EXPECT_EQ(member(page, "contact.account"), worker.account);
  EXPECT_EQ(member(page, "contact.role"), "worker");
  EXPECT_EQ(member(page, "contact.name"), "员工3");
  EXPECT_EQ(member(page, "contact.phone"), "13000001003");
}

TEST_P(Staff, N26_TwoHouseholdsBehindOneDoorHaveLinksOfTheirOwnEachRevokedAlone) {
  const std::string first = household("1", "101");
  const std::string second =
      id(post(manager, "/api/v1/households",
              fmt::format(R"({{"dwelling":"{}","label":"北屋"}})", dwelling("1", "101"))));
  post(manager, "/api/v1/households/" + second + "/people", R"({"name":"赵租客"})");
  const auto made =
      post(manager, "/api/v1/households/" + first + "/links", R"({"name":"女儿手机"})");
  const As lost{{}, member(made, "token"), api::Channel::network};
  const As kept = link(first, true);
  const As other = link(second, true);
  EXPECT_EQ(member(get(other, "/api/v1/home"), "people.0.name"), "赵租客");
  EXPECT_EQ(get(other, "/api/v1/home").body.find("张阿姨"), std::string::npos);
  EXPECT_EQ(get(kept, "/api/v1/home").body.find("赵租客"), std::string::npos);
  const auto revoked = post(manager, "/api/v1/links/" + member(made, "id") + "/revoke");
  EXPECT_EQ(revoked.status, 200) << revoked.body;
  const auto gone = get(lost, "/api/v1/home");
  EXPECT_EQ(gone.status, 401);
  EXPECT_EQ(code(gone), "link.revoked");
  EXPECT_EQ(code(post(lost, "/api/v1/check-ins", R"({"wellbeing":"fine"})")), "link.revoked");
  EXPECT_EQ(get(kept, "/api/v1/home").status, 200);
  EXPECT_EQ(get(other, "/api/v1/home").status, 200);
  EXPECT_EQ(code(get({{}, "0123456789abcdefghjkmnpqrs", api::Channel::network}, "/api/v1/home")),
            "link.unknown");
}

TEST_P(Staff, N27_ALinkSpeaksForItsOwnHouseholdAlone) {
  const As home = link(household("1", "101"));
  const auto says = [&](const std::string& for_household) {
    return post(home, "/api/v1/check-ins",
                fmt::format(R"({{"wellbeing":"fine","household":"{}"}})", for_household));
  };
  EXPECT_EQ(says(household("1", "101")).status, 200);
  EXPECT_EQ(code(says(household("1", "102"))), "household.unknown");
  EXPECT_EQ(count("SELECT count(*) FROM check_in"), 1);
  const std::int64_t before = count("SELECT count(*) FROM journal");
  EXPECT_EQ(get(home, "/api/v1/home").status, 200);  // Opening a link changes nothing.
  EXPECT_EQ(count("SELECT count(*) FROM journal"), before);
  EXPECT_EQ(count("SELECT count(*) FROM link_token WHERE proved_at IS NOT NULL"), 0);
}

TEST_P(Staff, APlaceHasOneWorkerAtATime) {
  const std::string who = somebody(Role::volunteer, path_of_place(building(1))).account;
  const auto worker = [&](std::string_view more) {
    return grant(manager, who, "worker", building(1), more);
  };
  const auto dates = [&](int from, int until) {
    return fmt::format(R"(,"from":"{}","until":"{}")", in_hours(from), in_hours(until));
  };
  EXPECT_EQ(code(worker(dates(5, 5))), "grant.dates");
  EXPECT_EQ(worker(dates(10, 20)).status, 200);
  EXPECT_EQ(code(worker(dates(19, 30))), "grant.taken");
  EXPECT_EQ(code(worker("")), "grant.taken");
  EXPECT_EQ(worker(dates(0, 10)).status, 200);  // Half open: they only touch.
  EXPECT_EQ(worker(dates(20, 30)).status, 200);
  EXPECT_EQ(grant(manager, who, "worker", building(2), "").status, 200);  // Another place.
  EXPECT_EQ(grant(manager, who, "volunteer", building(1), "").status, 200);
}

TEST_P(Staff, TheLastManagerOfTheCommunityStays) {
  const Person me = {member(get(manager, "/api/v1/session"), "account.id"), manager};
  const auto grant_of = [&](const std::string& account) {
    return id_text(
        count(fmt::format("SELECT id FROM access_grant WHERE account_id = {}"
                          " AND role = 'manager'",
                          *id_from_text(account))));
  };
  const auto end = [&](const std::string& which) {
    return post(manager, "/api/v1/grants/" + which + "/end");
  };
  const Person partly = somebody(Role::manager, path_of_place(building(1)));
  EXPECT_EQ(code(end(grant_of(me.account))), "grant.last_manager");
  const Person second = somebody(Role::manager, "");
  EXPECT_EQ(end(grant_of(partly.account)).status, 200);
  EXPECT_EQ(get(partly.as, "/api/v1/board").status, 403);
  EXPECT_EQ(end(grant_of(me.account)).status, 200);
  EXPECT_EQ(get(manager, "/api/v1/board").status, 403);
  EXPECT_EQ(code(post(second.as, "/api/v1/grants/" + grant_of(second.account) + "/end")),
            "grant.last_manager");
}

TEST_P(Staff, ALeaderGivesRolesInOwnBuildingsAndNoneAboveThem) {
  const Person leader = somebody(Role::leader, path_of_place(building(1)));
  const std::string who = somebody(Role::volunteer, path_of_place(building(1))).account;
  EXPECT_EQ(grant(leader.as, who, "captain", building(1)).status, 200);
  EXPECT_EQ(grant(leader.as, who, "captain", building(2)).status, 404);
  EXPECT_EQ(grant(leader.as, who, "captain", "").status, 403);
  EXPECT_EQ(grant(leader.as, who, "manager", building(1)).status, 403);
  EXPECT_EQ(grant(leader.as, who, "street", building(1)).status, 403);
  EXPECT_EQ(grant(manager, who, "operator", building(1)).status, 422);
  EXPECT_EQ(grant(manager, who, "resident_proved", building(1)).status, 422);
  const std::string elsewhere = somebody(Role::volunteer, path_of_place(building(2))).account;
  EXPECT_EQ(code(grant(leader.as, elsewhere, "captain", building(1))), "account.unknown");
}

TEST_P(Staff, AccountsAreListedPageByPageWithoutThoseWhoHaveLeft) {
  const Person gone = somebody(Role::volunteer, path_of_place(building(1)));
  for (int more = 0; more < 4; ++more) staff(Role::volunteer, path_of_place(building(1)));
  const std::string grant = id_text(count(fmt::format(
      "SELECT id FROM access_grant WHERE account_id = {}", *id_from_text(gone.account))));
  EXPECT_EQ(post(manager, "/api/v1/grants/" + grant + "/end").status, 200);
  std::size_t seen = 0;
  std::string cursor;
  do {
    const auto page = get(manager, "/api/v1/accounts?limit=2&cursor=" + cursor);
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_EQ(page.body.find(gone.account), std::string::npos);
    seen += length(page, "rows");
    cursor = member(page, "next");
  } while (!cursor.empty() && cursor != "null");
  EXPECT_EQ(seen, 5U);
}

DOORSTEP_ON_BOTH_ENGINES(Staff);

}  // namespace
}  // namespace doorstep::registry
