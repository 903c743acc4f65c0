/// \file Put someone on duty on a place from one instant to another.

#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

constexpr std::chrono::hours shift_max{36};

struct Request {
  Id<access::Account> account;
  std::string role;
  std::optional<Id<access::Place>> place;
  Instant from{};
  Instant until{};

  void fields(auto& f) {
    f("account", account);
    f("role", role);
    f("place", place);
    f("from", from);
    f("until", until);
  }
};

struct Added {
  Id<struct Shift> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "shift.length" (0 < length <= 36 h); conflict "shift.overlaps"; those of staff.h.
Result<Added> add(api::WriteContext& context, const Request& request) {
  const access::Role role = TRY(staff_role(context, request.role));
  const std::string path = TRY(path_of(context, request.place));
  TRY(check_account(context, request.account));
  if (request.until <= request.from || request.until - request.from > shift_max) {
    return Error{ErrorKind::invalid, "shift.length"};
  }
  const auto other = context.tx.first(
      "SELECT id FROM shift WHERE community_id = $1 AND account_id = $2 AND from_at < $4"
      " AND until_at > $3 LIMIT 1",
      {context.community.id, request.account, request.from, request.until});
  if (other) return Error{ErrorKind::conflict, "shift.overlaps"};
  const auto id = context.new_id<Shift>();
  context.tx.post(
      "INSERT INTO shift (community_id, id, account_id, role, path, from_at, until_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {context.community.id, id, request.account, access::word(role), path, request.from,
       request.until});
  context.journal(
      "shift.added", request.account.value(), path,
      R"({"from":")" + to_text(request.from) + R"(","until":")" + to_text(request.until) + R"("})");
  return Added{id};
}

}  // namespace

api::Endpoint add_shift() {
  return api::command(api::Method::post, "/api/v1/shifts", "shift.edit", "Put someone on duty",
                      add);
}

}  // namespace doorstep::registry
