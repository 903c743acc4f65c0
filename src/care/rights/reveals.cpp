#include "care/rights/reveals.h"

#include "care/duty/owner.h"
#include "care/rights/keeping.h"

namespace doorstep::rights {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

/// Errors: those of the rule pack.
Result<void> watch(api::WriteContext& context) {
  const std::int64_t account = context.actor.id;
  const std::int64_t most = said_or(context.rules(), "rights.reveals_per_hour", 30);
  // By household, however often and for whatever reason; wherever that account may look.
  const auto shown = context.db.first(
      "SELECT count(*) FROM (SELECT DISTINCT community_id, subject_id FROM look"
      " WHERE account_id = $1 AND what = 'phone.reveal' AND at > $2) AS part",
      {account, context.now - std::chrono::hours{1}});
  if (account == 0 || shown->integer(0) <= most) return {};
  const duty::Roster roster = duty::Roster::load(context);
  TRY(duty::open(context, many_reveals, {account, "", context.now, context.now}, roster));
  const auto owed = duty::find_open(context.db, context.community.id, many_reveals, account);
  if (!owed || owed->owner != account) return {};
  // Not to be looked into by who did it, where anybody else is there.
  for (std::size_t at = 0; at < duty::rung_count; ++at) {
    const auto next = duty::owner_on_shift(context, *owed, roster, static_cast<duty::Rung>(at));
    if (next.account == 0 || next.account == account) continue;
    duty::assign(context, *owed, next.account, "second_person");
    return {};
  }
  return {};
}

}  // namespace

Result<void> note_reveal(api::WriteContext& context, std::int64_t community, std::int64_t subject,
                         std::string_view path, RevealReason reason) {
  // Again in the same hour: the last time counts, or whoever goes on would be let off.
  context.tx.run(
      "INSERT INTO look (community_id, subject_id, hour, account_id, what, reason, at)"
      " VALUES ($1, $2, $3, $4, 'phone.reveal', $5, $6) ON CONFLICT (community_id, subject_id, "
      "hour,"
      " account_id, what, reason) DO UPDATE SET at = excluded.at",
      {community, subject, context.now.time_since_epoch().count() / hour_ms, context.actor.id,
       api::word(reason), context.now});
  context.journal("phone.revealed", subject, path,
                  R"({"reason":")" + std::string(api::word(reason)) + R"("})");
  return watch(context);
}

}  // namespace doorstep::rights
