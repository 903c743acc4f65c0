/// \file Shifts that run or are still to come.

#include "access/accounts.h"
#include "api/endpoint.h"

namespace doorstep::registry {
namespace {

struct ShiftView {
  Id<struct Shift> id;
  Id<access::Account> account;
  std::string name;
  std::string role;
  std::string place_name;
  Instant from{};
  Instant until{};

  void fields(auto& f) {
    f("id", id);
    f("account", account);
    f("name", name);
    f("role", role);
    f("place_name", place_name);
    f("from", from);
    f("until", until);
  }
};

struct Answer {
  std::vector<ShiftView> rows;  ///< The next 200, by their start.
  void fields(auto& f) { f("rows", rows); }
};

Result<Answer> list(api::Context& context, const api::Nothing&) {
  Answer answer;
  for (const store::Row& row : context.db.query(
           "SELECT s.id, s.account_id, a.name, s.role, p.name, s.from_at, s.until_at,"
           " s.path FROM shift s"
           " JOIN account a ON a.id = s.account_id"
           " LEFT JOIN place p ON p.community_id = s.community_id AND p.path = s.path"
           " WHERE s.community_id = $1 AND s.until_at > $2 ORDER BY s.from_at, s.id LIMIT 200",
           {context.community.id, context.now})) {
    if (!context.scope.touches(row.text(7))) continue;
    answer.rows.push_back({row.id<Shift>(0), row.id<access::Account>(1), row.text(2), row.text(3),
                           row.maybe_text(4).value_or(context.community.name), row.instant(5),
                           row.instant(6)});
  }
  return answer;
}

}  // namespace

api::Endpoint list_shifts() {
  return api::query("/api/v1/shifts", "shift.list", "Shifts that run or are still to come", list);
}

}  // namespace doorstep::registry
