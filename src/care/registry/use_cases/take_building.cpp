/// \file A group takes over a building: the leader sees all its households, members see their own;
/// the group that had it before loses it in the same moment.

#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<struct Team> team;
  Id<access::Place> place;

  void fields(auto& f) {
    f("team", team);
    f("place", place);
  }
};

/// The leader's grant on this building, given when the group took it.
void end_leader_grant(api::WriteContext& context, Id<access::Place> place) {
  context.tx.post(
      "UPDATE access_grant SET until_at = $4 WHERE community_id = $1 AND role = 'leader'"
      " AND place_id = $2 AND (until_at IS NULL OR until_at > $4) AND account_id IN"
      " (SELECT t.leader_id FROM team t JOIN team_building b ON b.community_id = t.community_id"
      " AND b.team_id = t.id WHERE b.community_id = $1 AND b.place_id = $3)",
      {context.community.id, place, place, context.now});
}

/// Errors: not_found "team.unknown", "place.unknown"; invalid "place.not_building".
Result<api::Nothing> take(api::WriteContext& context, const Request& request) {
  const auto team =
      context.tx.first("SELECT leader_id FROM team WHERE community_id = $1 AND id = $2",
                       {context.community.id, request.team});
  if (!team) return Error{ErrorKind::not_found, "team.unknown"};
  const auto place =
      context.db.first("SELECT p.path, p.kind FROM {places} p WHERE p.id = $1", {request.place});
  if (!place) return Error{ErrorKind::not_found, "place.unknown"};
  if (place->text(1) != "building") return Error{ErrorKind::invalid, "place.not_building"};
  end_leader_grant(context, request.place);
  context.tx.post(
      "INSERT INTO team_building (community_id, place_id, team_id, from_at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (community_id, place_id) DO UPDATE SET team_id = excluded.team_id,"
      " from_at = excluded.from_at",
      {context.community.id, request.place, request.team, context.now});
  access::create_grant(context.tx, context.ids, context.now, context.community.id,
                       team->id<access::Account>(0), access::Role::leader, request.place.value(),
                       place->text(0), context.now, std::nullopt, context.actor.id);
  context.journal("team.took_building", request.team.value(), place->text(0));
  return api::Nothing{};
}

}  // namespace

api::Endpoint take_building() {
  return api::command(api::Method::post, "/api/v1/teams/{team}/buildings", "team.edit",
                      "A group takes over a building", take);
}

}  // namespace doorstep::registry
