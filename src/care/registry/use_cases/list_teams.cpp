/// \file The groups, their people and their buildings.

#include <algorithm>

#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Member {
  Id<access::Account> id;
  std::string name;
  void fields(auto& f) {
    f("id", id);
    f("name", name);
  }
};

struct Building {
  Id<access::Place> id;
  std::string name;
  void fields(auto& f) {
    f("id", id);
    f("name", name);
  }
};

struct TeamView {
  Id<struct Team> id;
  std::string name;
  Member leader;
  std::vector<Member> members;
  std::vector<Building> buildings;
  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("leader", leader);
    f("members", members);
    f("buildings", buildings);
  }
};

struct Answer {
  std::vector<TeamView> rows;
  void fields(auto& f) { f("rows", rows); }
};

/// Whoever does not see the whole community sees the groups that have a building in the scope, and
/// those they are in.
bool concerns(const api::Context& context, const TeamView& team) {
  const auto is_actor = [&](const Member& one) { return one.id.value() == context.actor.id; };
  return context.scope.whole() || !team.buildings.empty() || is_actor(team.leader) ||
         std::ranges::any_of(team.members, is_actor);
}

Result<Answer> list(api::Context& context, const api::Nothing&) {
  Answer answer;
  for (const store::Row& row :
       context.db.query("SELECT t.id, t.name, t.leader_id, a.name FROM team t JOIN account a"
                        " ON a.id = t.leader_id WHERE t.community_id = $1 ORDER BY t.name",
                        {context.community.id})) {
    TeamView team{row.id<Team>(0), row.text(1), {row.id<access::Account>(2), row.text(3)}, {}, {}};
    for (const store::Row& member : context.db.query(
             "SELECT m.account_id, a.name FROM team_member m JOIN account a ON a.id = m.account_id"
             " WHERE m.community_id = $1 AND m.team_id = $2 ORDER BY a.name",
             {context.community.id, team.id})) {
      team.members.push_back({member.id<access::Account>(0), member.text(1)});
    }
    for (const store::Row& place : context.db.query(
             "SELECT p.id, p.name FROM team_building b JOIN {places} p ON p.id = b.place_id"
             " WHERE b.community_id = $1 AND b.team_id = $2 ORDER BY p.position, p.name",
             {context.community.id, team.id})) {
      team.buildings.push_back({place.id<access::Place>(0), place.text(1)});
    }
    if (concerns(context, team)) answer.rows.push_back(std::move(team));
  }
  return answer;
}

}  // namespace

api::Endpoint list_teams() {
  return api::query("/api/v1/teams", "team.list", "Groups with people and buildings", list);
}

}  // namespace doorstep::registry
