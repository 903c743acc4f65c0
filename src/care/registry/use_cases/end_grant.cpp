/// \file End a role now. The last manager of the whole community stays, so that nobody is locked out.

#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::GrantRow> grant;
  void fields(auto& f) { f("grant", grant); }
};

/// Errors: not_found "grant.unknown"; conflict "grant.last_manager".
Result<api::Nothing> end(api::WriteContext& context, const Request& request) {
  const auto row = context.tx.first(
      "SELECT account_id, role, path FROM access_grant WHERE community_id = $1 AND id = $2"
      " AND (until_at IS NULL OR until_at > $3)",
      {context.community.id, request.grant, context.now});
  if (!row || !context.scope.covers(row->text(2))) {
    return Error{ErrorKind::not_found, "grant.unknown"};
  }
  if (row->text(1) == "manager" && row->text(2).empty()) {
    const auto others = context.tx.first(
        "SELECT count(*) FROM access_grant g JOIN account a ON a.id = g.account_id"
        " WHERE g.community_id = $1 AND g.role = 'manager' AND g.path = '' AND g.id <> $2"
        " AND g.from_at <= $3 AND g.until_at IS NULL AND a.closed_at IS NULL",
        {context.community.id, request.grant, context.now});
    if (others->integer(0) == 0) return Error{ErrorKind::conflict, "grant.last_manager"};
  }
  context.tx.post("UPDATE access_grant SET until_at = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, request.grant, context.now});
  context.journal(
      "grant.ended", request.grant.value(), row->text(2),
      R"({"account":")" + id_text(row->integer(0)) + R"(","role":")" + row->text(1) + R"("})");
  return api::Nothing{};
}

}  // namespace

api::Endpoint end_grant() {
  return api::command(api::Method::post, "/api/v1/grants/{grant}/end", "grant.edit",
                      "End a role now", end);
}

}  // namespace doorstep::registry
