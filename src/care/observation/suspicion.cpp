#include "care/observation/suspicion.h"

#include <algorithm>

#include "care/duty/owner.h"
#include "care/observation/control_allowed.h"

namespace doorstep::observation {
namespace {

/// The pack's hours and, for one that has never heard of this, what the packs of the house say.
struct Hours {
  std::string_view key;
  std::int64_t otherwise;
};
constexpr std::array hours_of{Hours{"account", 24}, Hours{"remind", 4}, Hours{"objection", 72}};

}  // namespace

Result<SuspicionRow> find_suspicion(const api::Context& context, Id<Suspicion> id) {
  TRY(check_control(context.rules()));
  const auto row = context.db.first(
      "SELECT s.household_id, h.path, s.state, s.verdict, s.recorded_by, s.verdict_by,"
      " s.account_due_at, s.account_channel FROM {households} h JOIN suspicion s"
      " ON s.community_id = h.community_id AND s.household_id = h.id"
      " WHERE s.community_id = $1 AND s.id = $2",
      {context.community.id, id});
  if (!row) return Error{ErrorKind::not_found, "suspicion.unknown"};
  return SuspicionRow{id,
                      row->id<access::Household>(0),
                      row->text(1),
                      api::from_word<SuspicionState>(row->text(2)).value_or(SuspicionState::asked),
                      api::from_word<Verdict>(row->text(3)),
                      row->integer(4),
                      row->integer(5),
                      row->instant(6),
                      api::from_word<WordChannel>(row->text(7)).value_or(WordChannel::page)};
}

std::chrono::hours suspicion_hours(const RulePack& rules, std::string_view key) {
  const auto said = rules.integer("suspicion." + std::string(key) + "_hours");
  if (said.ok()) return std::chrono::hours{*said};
  const auto* const known = std::ranges::find(hours_of, key, &Hours::key);
  return std::chrono::hours{known == hours_of.end() ? 24 : known->otherwise};
}

Result<void> owe_to_another(api::WriteContext& context, const duty::Kind& kind,
                            const SuspicionRow& row, std::initializer_list<std::int64_t> barred) {
  const duty::Roster roster = duty::Roster::load(context);
  TRY(duty::open(context, kind, {row.id.value(), row.path, context.now, context.now}, roster));
  const auto owed = duty::find_open(context.db, context.community.id, kind, row.id.value());
  const auto is_barred = [&](std::int64_t account) {
    return std::ranges::find(barred, account) != barred.end();
  };
  if (!owed || !is_barred(owed->owner)) return {};
  for (std::size_t at = 0; at < duty::rung_count; ++at) {
    const duty::Owner next =
        duty::owner_on_shift(context, *owed, roster, static_cast<duty::Rung>(at));
    if (next.account == 0 || is_barred(next.account)) continue;
    duty::assign(context, *owed, next.account, "second_person");
    return {};
  }
  return {};  // It climbs, and says so, until somebody else is there.
}

void meet_suspicion(api::WriteContext& context, const duty::Kind& kind, Id<Suspicion> id) {
  const auto owed = duty::find_open(context.db, context.community.id, kind, id.value());
  if (owed) duty::meet(context, *owed, id.value());
}

void excuse_suspicion(api::WriteContext& context, Id<Suspicion> id, std::string_view why) {
  for (const duty::Kind& kind : {account_owed, verdict_owed, objection_owed}) {
    const auto owed = duty::find_open(context.db, context.community.id, kind, id.value());
    if (owed) duty::excuse(context, *owed, why);
  }
}

Result<void> check_not_own_door(api::Context& context, const SuspicionRow& row) {
  if (duty::Roster::load(context).is_subject(context.actor.id, row.path)) {
    return Error{ErrorKind::conflict, "suspicion.own_door"};
  }
  return {};
}

void journal_suspicion(api::WriteContext& context, std::string_view what, const SuspicionRow& row,
                       const std::string& more) {
  context.journal("suspicion." + std::string(what), row.id.value(), row.path,
                  R"({"household":")" + to_text(row.household) + '"' + more + '}');
}

std::int64_t suspicions_of(store::Snapshot& db, Id<access::Community> community,
                           Id<access::Household> household) {
  return db
      .first("SELECT count(*) FROM suspicion WHERE community_id = $1 AND household_id = $2",
             {community, household})
      ->integer(0);
}

}  // namespace doorstep::observation
