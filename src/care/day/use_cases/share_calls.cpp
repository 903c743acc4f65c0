/// \file Share the calls that are left: the actor's own are split among those named, each a run of
/// neighbouring doors.

#include <algorithm>

#include <fmt/format.h>

#include "care/day/call_round.h"
#include "care/registry/staff.h"

namespace doorstep::day {
namespace {

struct Request {
  std::vector<Id<access::Account>> accounts;  ///< The actor too where they keep a part.
  void fields(auto& f) { f("accounts", accounts); }
};

struct Given {
  Id<access::Account> account;
  std::int64_t calls = 0;
  void fields(auto& f) {
    f("account", account);
    f("calls", calls);
  }
};

struct Shared {
  std::vector<Given> given;
  void fields(auto& f) { f("given", given); }
};

/// Errors: invalid "duty.owner" (nobody named, or one who has no role here or is not on shift);
/// not_found "account.unknown" (nobody inside the scope).
Result<Shared> share(api::WriteContext& context, const Request& request) {
  const duty::Roster roster = duty::Roster::load(context);
  Shared shared;
  for (const Id<access::Account> account : request.accounts) {
    TRY(registry::check_account(context, account));
    if (!roster.may_own(account.value()) || !roster.is_on_shift(account.value())) {
      return Error{ErrorKind::invalid, "duty.owner"};
    }
    if (std::ranges::find(shared.given, account, &Given::account) == shared.given.end()) {
      shared.given.push_back({account, 0});
    }
  }
  if (shared.given.empty()) return Error{ErrorKind::invalid, "duty.owner"};
  std::vector<RoundCall> calls = calls_now(context, context.actor.id);
  // Who was called in vain, or is unwell, stays with whoever has begun.
  std::erase_if(calls, [](const RoundCall& call) {
    return call.reason == CallReason::unwell || call.duty.step > 0;
  });
  std::ranges::sort(calls, by_door);
  const std::size_t each = (calls.size() + shared.given.size() - 1) / shared.given.size();
  std::int64_t moved = 0;
  for (std::size_t at = 0; at < calls.size(); ++at) {
    Given& to = shared.given[at / each];
    const duty::Row& owed = calls[at].duty;
    const std::int64_t owner = to.account.value();
    if (owner == owed.owner || roster.is_subject(owner, owed.path)) continue;
    duty::assign(context, owed, owner, "shared");
    ++to.calls;
    ++moved;
  }
  context.journal("round.shared", context.actor.id, "", fmt::format(R"({{"calls":{}}})", moved));
  return shared;
}

}  // namespace

api::Endpoint share_calls() {
  return api::command(api::Method::post, "/api/v1/call-round/share", "duty.assign",
                      "Share the calls that are left", share);
}

}  // namespace doorstep::day
