/// \file Give a duty to somebody else who is on shift, may read what it tells, and does not live behind
/// that door.

#include "care/duty/duty.h"
#include "care/duty/owner.h"
#include "care/registry/staff.h"

namespace doorstep::duty {
namespace {

struct Request {
  Id<Duty> duty;
  Id<access::Account> account;

  void fields(auto& f) {
    f("duty", duty);
    f("account", account);
  }
};

/// Errors: not_found "duty.unknown", "account.unknown" (nobody inside the scope); invalid "duty.owner" (has no role
/// there that may read it, is not on shift, or is whom it is about).
Result<api::Nothing> give(api::WriteContext& context, const Request& request) {
  const auto duty = find(context, request.duty);
  if (!duty) return Error{ErrorKind::not_found, "duty.unknown"};
  TRY(registry::check_account(context, request.account));
  const Roster roster = Roster::load(context);
  const std::int64_t to = request.account.value();
  if (!roster.may_own(to) || !roster.is_on_shift(to) || roster.is_subject(to, duty->path) ||
      !may_read(context, *duty, to)) {
    return Error{ErrorKind::invalid, "duty.owner"};
  }
  assign(context, *duty, to, "by_hand");
  return api::Nothing{};
}

}  // namespace

api::Endpoint assign_duty() {
  return api::command(api::Method::post, "/api/v1/duties/{duty}/assign", "duty.assign",
                      "Give a duty to somebody else", give);
}

}  // namespace doorstep::duty
