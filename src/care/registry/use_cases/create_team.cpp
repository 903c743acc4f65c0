/// \file Make a group with a leader and members; it takes over buildings next (A27).

#include "base/text.h"
#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  std::string name;
  Id<access::Account> leader;
  std::vector<Id<access::Account>> members;

  void fields(auto& f) {
    f("name", name);
    f("leader", leader);
    f("members", members);
  }
};

struct Made {
  Id<struct Team> id;
  void fields(auto& f) { f("id", id); }
};

constexpr std::size_t members_max = 200;

/// Errors: invalid "team.name"; too_large "team.too_many"; conflict "team.name_taken"; not_found "account.unknown".
Result<Made> create(api::WriteContext& context, const Request& request) {
  const std::string name(text::trim(request.name));
  if (name.empty() || text::length(name) > 100) return Error{ErrorKind::invalid, "team.name"};
  if (request.members.size() > members_max) return Error{ErrorKind::too_large, "team.too_many"};
  TRY(check_account(context, request.leader));
  for (const auto member : request.members) TRY(check_account(context, member));
  const auto id = context.new_id<Team>();
  const auto made = context.tx.run(
      "INSERT INTO team (community_id, id, name, leader_id, created_at) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (community_id, name) DO NOTHING",
      {context.community.id, id, name, request.leader, context.now});
  if (made == 0) return Error{ErrorKind::conflict, "team.name_taken"};
  for (const auto member : request.members) {
    context.tx.post(
        "INSERT INTO team_member (community_id, team_id, account_id)"
        " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        {context.community.id, id, member});
  }
  context.journal("team.created", id.value(), "",
                  R"({"leader":")" + to_text(request.leader) + R"("})");
  return Made{id};
}

}  // namespace

api::Endpoint create_team() {
  return api::command(api::Method::post, "/api/v1/teams", "team.edit",
                      "Make a group with a leader and members", create);
}

}  // namespace doorstep::registry
