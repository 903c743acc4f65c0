/// \file Somebody's part in a household's joint group ends, and what they saw by it.

#include "care/registry/joint.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<JointPart> member;
  void fields(auto& f) { f("member", member); }
};

/// Errors: not_found "joint.unknown" (or ended already).
Result<api::Nothing> leave(api::WriteContext& context, const Request& request) {
  const auto row = context.tx.first(
      "SELECT j.grant_id, h.path, j.account_id FROM joint_member j JOIN {households} h"
      " ON h.community_id = j.community_id AND h.id = j.household_id"
      " WHERE j.id = $1 AND j.until_at IS NULL",
      {request.member});
  if (!row) return Error{ErrorKind::not_found, "joint.unknown"};
  context.tx.run("UPDATE joint_member SET until_at = $3 WHERE community_id = $1 AND id = $2",
                 {context.community.id, request.member, context.now});
  context.tx.run(
      "UPDATE access_grant SET until_at = $3 WHERE community_id = $1 AND id = $2"
      " AND until_at IS NULL",
      {context.community.id, row->integer(0), context.now});
  context.journal("joint.ended", request.member.value(), row->text(1),
                  R"({"account":")" + id_text(row->integer(2)) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint leave_joint() {
  return api::command(api::Method::post, "/api/v1/joint/{member}/end", "grant.edit",
                      "End somebody's part in a joint group", leave);
}

}  // namespace doorstep::registry
