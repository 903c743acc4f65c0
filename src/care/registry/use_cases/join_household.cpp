/// \file Somebody stands for a household together with others (A23): they see that household by the role of
/// their profession, and nothing else by it.

#include "care/registry/households.h"
#include "care/registry/joint.h"
#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  Id<access::Account> account;
  Profession profession = Profession::other;

  void fields(auto& f) {
    f("household", household);
    f("account", account);
    f("profession", profession);
  }
};

struct Added {
  Id<JointPart> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: not_found "household.unknown", "account.unknown"; conflict "joint.member" (stands for it
/// already).
Result<Added> add(api::WriteContext& context, const Request& request) {
  const auto home = find_household(context, request.household);
  if (!home || home->ended_at) return Error{ErrorKind::not_found, "household.unknown"};
  TRY(check_account(context, request.account));
  for (const JointMember& one : joint_group(context, request.household)) {
    if (one.account == request.account) return Error{ErrorKind::conflict, "joint.member"};
  }
  const auto grant =
      access::create_grant(context.tx, context.ids, context.now, context.community.id,
                           request.account, role_of(request.profession), std::nullopt, home->path,
                           context.now, std::nullopt, context.actor.id);
  const auto id = context.new_id<JointPart>();
  context.tx.run(
      "INSERT INTO joint_member (community_id, id, household_id, account_id, profession, grant_id,"
      " from_at, added_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, id, request.household, request.account, api::word(request.profession),
       grant, context.now, context.actor.id});
  context.journal("joint.added", id.value(), home->path,
                  R"({"household":")" + to_text(request.household) + R"(","account":")" +
                      to_text(request.account) + R"("})");
  return Added{id};
}

}  // namespace

api::Endpoint join_household() {
  return api::command(api::Method::post, "/api/v1/households/{household}/joint", "grant.edit",
                      "Let somebody stand for a household with others", add);
}

}  // namespace doorstep::registry
