/// \file Who of those who work here looked at a household, and why a number was shown (N13).

#include "api/endpoint.h"

namespace doorstep::rights {
namespace {

struct Request {
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  void fields(auto& f) { f("household", household); }
};

struct Look {
  Instant at{};
  std::string who;
  std::string role;
  std::string what;    ///< The action of docs/access.csv.
  std::string reason;  ///< Why a number was shown.
  void fields(auto& f) {
    f("at", at);
    f("who", who);
    f("role", role);
    f("what", what);
    f("reason", reason);
  }
};

struct Answer {
  Id<access::Household> household;
  std::string path;
  std::vector<Look> rows;  ///< The newest 200.
  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("rows", rows, api::Class::name);
  }
};

/// Errors: not_found "household.unknown".
Result<Answer> list(api::Context& context, const Request& request) {
  const auto household = request.household.value_or(context.actor.household);
  const auto home = context.db.first(
      "SELECT h.path, h.dwelling_id FROM {households} h WHERE h.id = $1", {household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Answer answer{household, home->text(0), {}};
  for (const store::Row& row : context.db.query(
           "SELECT l.at, coalesce(a.name, ''), coalesce((SELECT min(g.role) FROM access_grant g"
           " WHERE g.community_id = $1 AND g.account_id = l.account_id), ''), l.what, l.reason"
           " FROM look l LEFT JOIN account a ON a.id = l.account_id WHERE l.community_id = $1"
           " AND (l.subject_id = $2 OR l.subject_id = $3 OR l.subject_id IN (SELECT r.person_id"
           " FROM residence r WHERE r.community_id = $1 AND r.household_id = $2))"
           " ORDER BY l.at DESC LIMIT 200",
           {context.community.id, household, home->integer(1)})) {
    answer.rows.push_back({row.instant(0), row.text(1), row.text(2), row.text(3), row.text(4)});
  }
  return answer;
}

}  // namespace

api::Endpoint list_looks() {
  return api::query("/api/v1/looks", "look.list", "Who looked at a household", list);
}

}  // namespace doorstep::rights
