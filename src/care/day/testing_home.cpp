// What hangs at a door, who reads the group, who stands for a household: objects for the access matrix.

#include <fmt/format.h>

#include "care/day/testing.h"
#include "store/store.h"

namespace doorstep::day {

void Rights::fresh_post(Site& site) {
  observe(site);
  (void)made(site, "/api/v1/group/join", R"({"household":"$household"})", "number");
  site.ids["post"] = made(site, "/api/v1/group", R"({"body":"今晚七点点名"})");
}

void Rights::fresh_control(Site& site) {
  observe(site);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE door_control SET removed_at = 1 WHERE community_id = $1", {site.community});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
  site.ids["control"] = made(site, "/api/v1/households/" + site.ids["household"] + "/controls",
                             R"({"kind":"sensor"})");
}

void Rights::drop_notices(Site& site) {
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("DELETE FROM audio_notice WHERE community_id = $1", {site.community});
    tx.journal({site.community, 0, "test.dropped", 0, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_notice(Site& site) {
  drop_notices(site);
  const auto posted =
      upload(site.manager, "/api/v1/audio-notices?title=water&days=1&place=" + site.ids["place"],
             "ID3 sound");
  EXPECT_EQ(posted.status, 200) << posted.body;
  site.ids["notice"] = member(posted, "id");
}

void Rights::fresh_paper(Site& site) {
  const std::int64_t household = *id_from_text(site.ids["household"]);
  const std::int64_t paper = household + ++fresh_ * 1'000'000;  // Like no other's.
  site.ids["paper"] = id_text(paper);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE reach_paper SET removed_at = 1 WHERE community_id = $1 AND removed_at IS NULL",
           {site.community});
    tx.run(
        "INSERT INTO reach_paper (community_id, id, kind, subject_id, path, url, printed_at,"
        " printed_by) SELECT community_id, $2, 'slip', id, path, 'https://old.example', $4, 0"
        " FROM household WHERE community_id = $1 AND id = $3",
        {site.community, paper, household, clock().now()});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::drop_joint(Site& site) {
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE joint_member SET until_at = 1 WHERE community_id = $1", {site.community});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_joint(Site& site) {
  drop_joint(site);
  const std::int64_t household = *id_from_text(site.ids["household"]);
  const std::int64_t part = household + ++fresh_ * 1'000'000;  // Like no other's.
  site.ids["member"] = id_text(part);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run(
        "INSERT INTO joint_member (community_id, id, household_id, account_id, profession,"
        " grant_id, from_at, added_by) VALUES ($1, $2, $3, (SELECT min(id) FROM account), 'doctor',"
        " 0, 0, 0)",
        {site.community, part, household});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_departure(Site& site) {
  const std::string person =
      made(site, "/api/v1/households/" + site.ids["household"] + "/people", R"({"name":"$fresh"})");
  site.ids["transfer"] =
      made(site, "/api/v1/people/" + person + "/transfer", R"({"community":"$abroad"})");
}

void Rights::fresh_arrival(Site& site) {
  const bool abroad = site.relation == Relation::foreign;
  Site& other = this->site(abroad ? Relation::inside : Relation::foreign);
  const std::string person = made(other, "/api/v1/households/" + other.ids["household"] + "/people",
                                  R"({"name":"$fresh"})");
  site.ids["transfer"] =
      made(other, "/api/v1/people/" + person + "/transfer", R"({"community":"$abroad"})");
}

void Rights::fresh_cared(Site& site) {
  fresh_person(site);
  EXPECT_EQ(post(site.manager, "/api/v1/care",
                 filled(R"({"person":"$person","categories":["chronic"]})", site, false))
                .status,
            200);
}

void Rights::fresh_cared_under(Site& site, std::string_view pack) {
  EXPECT_EQ(post(site.manager, "/api/v1/rules", pack).status, 200);
  fresh_cared(site);
}

void Rights::plan_erasure(Site& site) {
  unobserve(site);
  fresh_person(site);
  const std::int64_t person = *id_from_text(site.ids["person"]);
  site.ids["erasure"] = id_text(person + 1);
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run(
        "INSERT INTO erasure (community_id, id, person_id, cause, state, evidence, planned_on,"
        " asked_at, asked_by) VALUES ($1, $2, $3, 'expired', 'planned', FALSE, '2099-01-01', 0, 0)",
        {site.community, person + 1, person});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

void Rights::fresh_erasure(Site& site) {
  unobserve(site);
  fresh_person(site);
  const std::string path = "/api/v1/people/" + site.ids["person"] + "/erase";
  site.ids["erasure"] = made(site, path, R"({"cause":"error"})");
  // A release that is fresh makes it take two.
  if (count("SELECT count(*) FROM erasure WHERE state = 'asked'") == 0) return;
  const auto again = post(api::at_the_shell, path + "?community=" + id_text(site.community),
                          R"({"cause":"error"})");
  EXPECT_EQ(again.status, 200) << again.body;
}

void Rights::fresh_request(Site& site) {
  const bool page = site.relation == Relation::inside;
  const auto asked =
      post(page ? actor(Role::resident_proved) : site.manager, "/api/v1/requests",
           filled(page ? R"({"kind":"access"})" : R"({"household":"$household","kind":"access"})",
                  site, false));
  site.ids["request"] = id(asked);
}

void Rights::fresh_erasure_request(Site& site) {
  const auto asked = post(
      site.manager, "/api/v1/requests",
      filled(R"({"household":"$household","person":"$person","kind":"erasure"})", site, false));
  site.ids["request"] = id(asked);
}

void Rights::answer_request(Site& site) {
  fresh_request(site);
  const auto done = post(site.manager, "/api/v1/requests/" + site.ids["request"] + "/answer",
                         R"({"outcome":"granted","words":"好"})");
  EXPECT_EQ(done.status, 200) << done.body;
}

void Rights::fresh_suspicion(Site& site, std::string_view state) {
  const std::int64_t id = 7'000'000 + ++fresh_;
  const std::string_view verdict = state == "decided" || state == "objected" ? "went_out" : "";
  const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run(
        "INSERT INTO suspicion (community_id, id, household_id, person_id, evidence, note, seen_at,"
        " state, recorded_at, recorded_by, account_due_at, account_by, account_channel,"
        " account_kind, account, verdict_by, verdict, why, objected_by, objection_channel,"
        " objection, settled_by, answer) VALUES ($1, $2, $3, 0, 'patrol', '', 1, $4, 1, 1, 1, 0,"
        " '', '', '', 2, $5, '', 0, '', '', 0, '')",
        {site.community, id, *id_from_text(site.ids["household"]), state, verdict});
    tx.journal({site.community, 0, "test.changed", 1, ""});
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
  site.ids["suspicion"] = id_text(id);
}

void Rights::fresh_opening(Site& site) {
  hold(site, "DELETE FROM duty WHERE community_id = $1 AND kind = 'opening'");
  hold(site, "DELETE FROM opening WHERE community_id = $1");
  const auto made =
      post(openers_.at(static_cast<std::size_t>(site.relation)), "/api/v1/openings",
           filled(R"({"household":"$household","reason":"unwell","words":"邻居听见呼救"})", site,
                  false));
  site.ids["opening"] = id(made);
}

void Rights::fresh_export(Site& site) {
  const auto file = get(site.manager, "/api/v1/places?format=csv");
  EXPECT_EQ(file.status, 200) << file.body;
  site.ids["export"] = file.file_name.substr(9, 13);
}

void Rights::fresh_ground(Site& site) {
  unobserve(site);
  observe(site);
  site.ids["ground"] = id_text(count(
      fmt::format("SELECT id FROM observation_ground WHERE household_id = {} AND ended_at IS NULL",
                  *id_from_text(site.ids["household"]))));
}

}  // namespace doorstep::day
