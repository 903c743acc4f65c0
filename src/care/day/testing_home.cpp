// What hangs at a door, who reads the group, who stands for a household: objects for the access matrix.

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

}  // namespace doorstep::day
