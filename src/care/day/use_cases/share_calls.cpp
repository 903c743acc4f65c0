/// \file Share the calls that are left: the actor's own are split among those named, each a run of
/// neighbouring doors; who speaks no Mandarin goes to one who speaks their language (N25).

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "care/day/call_round.h"
#include "care/registry/access_needs.h"
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

/// Which languages those named speak, by account, and which the households need, by household.
struct Spoken {
  std::map<std::int64_t, std::string> accounts;
  std::map<std::int64_t, registry::Language> households;
};

Spoken spoken(const api::Context& context) {
  Spoken found;
  for (const store::Row& row : context.db.query(
           "SELECT household_id, language FROM household_access WHERE community_id = $1"
           " AND language <> 'cmn'",
           {context.community.id})) {
    const auto language = api::from_word<registry::Language>(row.text(1));
    if (language) found.households.emplace(row.integer(0), *language);
  }
  if (found.households.empty()) return found;
  for (const store::Row& row :
       context.db.query("SELECT id, languages FROM account WHERE languages <> ''", {})) {
    found.accounts.emplace(row.integer(0), row.text(1));
  }
  return found;
}

/// Whoever of those named speaks the household's language and has the fewest calls; `turn` where nobody does, or where
/// they speak what everybody does.
Given& caller_for(const Spoken& known, std::int64_t household, std::vector<Given>& given,
                  Given& turn) {
  const auto language = known.households.find(household);
  if (language == known.households.end()) return turn;
  Given* best = nullptr;
  for (Given& one : given) {
    const auto languages = known.accounts.find(one.account.value());
    if (languages == known.accounts.end() ||
        !registry::speaks(languages->second, language->second)) {
      continue;
    }
    if (best == nullptr || one.calls < best->calls) best = &one;
  }
  return best == nullptr ? turn : *best;
}

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
  const Spoken known = spoken(context);
  std::int64_t moved = 0;
  for (std::size_t at = 0; at < calls.size(); ++at) {
    const duty::Row& owed = calls[at].duty;
    Given& to = caller_for(known, owed.subject, shared.given, shared.given[at / each]);
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
