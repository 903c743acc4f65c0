/// \file Name who leads a functional group (A30).

#include "care/needs/group.h"
#include "care/registry/staff.h"

namespace doorstep::needs {
namespace {

struct Request {
  std::string group;
  Id<access::Account> account;
  void fields(auto& f) {
    f("group", group);
    f("account", account);
  }
};

/// Errors: not_found "group.unknown", "account.unknown"; those of the rule pack.
Result<api::Nothing> lead(api::WriteContext& context, const Request& request) {
  const Group group = TRY(group_of(context.rules(), request.group));
  TRY(registry::check_account(context, request.account));
  context.tx.post(
      "INSERT INTO group_lead (community_id, word, account_id, set_at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (community_id, word) DO UPDATE SET account_id = excluded.account_id,"
      " set_at = excluded.set_at",
      {context.community.id, group.key, request.account, context.now});
  context.journal("group.led", request.account.value(), "", R"({"group":")" + group.key + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint lead_group() {
  return api::command(api::Method::post, "/api/v1/groups/{group}/lead", "team.edit",
                      "Name who leads a group", lead);
}

}  // namespace doorstep::needs
