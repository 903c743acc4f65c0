#include "care/needs/cycle.h"

#include <vector>

#include <fmt/format.h>

namespace doorstep::needs {
namespace {

using std::chrono::days;

/// The collections of one civil day, in the pack's order, which is the order of the day. `opens` is
/// still empty.
Result<std::vector<Collection>> collections_of(const RulePack& rules, const Zone& zone, Day day) {
  std::vector<Collection> found;
  for (std::size_t at = 0; at < rules.count("supply.cycles"); ++at) {
    const std::string key = fmt::format("supply.cycles[{}].", at);
    const Day drop = day + days{TRY(rules.integer(key + "drop_days"))};
    found.push_back({TRY(rules.string(key + "name")), Instant{},
                     zone.at(day, TRY(rules.time_of_day(key + "cut_off"))),
                     zone.at(drop, TRY(rules.time_of_day(key + "drop_from"))),
                     zone.at(drop, TRY(rules.time_of_day(key + "drop_until")))});
  }
  if (found.empty()) return Error{ErrorKind::invalid, "rules.missing", "supply.cycles"};
  return found;
}

/// A cycle nobody bought for presses so long after its cut-off.
Result<void> owe_purchase(api::WriteContext& context, const CycleRow& cycle) {
  const std::chrono::minutes after{TRY(context.rules().integer("supply.purchase_minutes"))};
  TRY(duty::open(context, purchase_duty,
                 {cycle.id.value(), "", cycle.when.cut_off, cycle.when.cut_off + after}));
  return {};
}

std::optional<CycleRow> find_by_cut_off(const api::Context& context, Instant cut_off) {
  const auto row = context.db.first("SELECT " + std::string(cycle_columns) +
                                        " FROM cycle c WHERE c.community_id = $1"
                                        " AND c.cut_off_at = $2",
                                    {context.community.id, cut_off});
  if (!row) return std::nullopt;
  return cycle_from(*row);
}

}  // namespace

Result<Collection> collection_at(const RulePack& rules, const Zone& zone, Instant now) {
  const Day today = zone.day_of(now);
  Instant before{};
  for (int ahead = -1; ahead <= 2; ++ahead) {
    for (Collection& one : TRY(collections_of(rules, zone, today + days{ahead}))) {
      if (one.cut_off > now) {
        one.opens = before;
        return std::move(one);
      }
      before = one.cut_off;
    }
  }
  return Error{ErrorKind::invalid, "rules.missing", "supply.cycles"};
}

Result<std::optional<Instant>> missed_cut_off(const RulePack& rules, const Zone& zone,
                                              Instant now) {
  std::optional<Instant> missed;
  for (const Collection& one : TRY(collections_of(rules, zone, zone.day_of(now)))) {
    if (one.cut_off <= now) missed = one.cut_off;
  }
  return missed;
}

CycleRow cycle_from(const store::Row& row, std::size_t first) {
  CycleRow made;
  made.id = row.id<Cycle>(first);
  made.when = {row.text(first + 1), row.instant(first + 2), row.instant(first + 3),
               row.instant(first + 4), row.instant(first + 5)};
  made.state = api::from_word<CycleState>(row.text(first + 6)).value_or(CycleState::done);
  return made;
}

std::optional<CycleRow> find_cycle(const api::Context& context, Id<Cycle> id) {
  const auto row = context.db.first("SELECT " + std::string(cycle_columns) +
                                        " FROM cycle c WHERE c.community_id = $1 AND c.id = $2",
                                    {context.community.id, id});
  if (!row) return std::nullopt;
  return cycle_from(*row);
}

Result<CycleRow> cycle_now(api::WriteContext& context) {
  CycleRow cycle;
  cycle.when = TRY(collection_at(context.rules(), context.community.zone, context.now));
  if (const auto standing = find_by_cut_off(context, cycle.when.cut_off)) return *standing;
  cycle.id = context.new_id<Cycle>();
  context.tx.run(
      "INSERT INTO cycle (community_id, id, name, opens_at, cut_off_at, drop_from, drop_until, "
      "state)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, 'open')",
      {context.community.id, cycle.id, cycle.when.name, cycle.when.opens, cycle.when.cut_off,
       cycle.when.drop_from, cycle.when.drop_until});
  context.journal("cycle.opened", cycle.id.value(), "",
                  fmt::format(R"({{"cut_off":"{}","drop":"{}"}})", to_text(cycle.when.cut_off),
                              to_text(cycle.when.drop_from)));
  TRY(owe_purchase(context, cycle));
  const duty::Roster roster = duty::Roster::load(context);
  for (const store::Row& row :
       context.db.query("SELECT id, path FROM household WHERE community_id = $1"
                        " AND digital = 'none' AND ended_at IS NULL ORDER BY path",
                        {context.community.id})) {
    TRY(duty::open(context, collecting,
                   {row.integer(0), row.text(1), context.now, cycle.when.cut_off}, roster));
  }
  return cycle;
}

Result<void> open_cycle_when_due(api::WriteContext& context) {
  // Communities whose pack has no cycles buy nothing together.
  if (context.rules().count("supply.cycles") == 0) return {};
  TRY(cycle_now(context));
  return {};
}

void record_visit(api::WriteContext& context, const CycleRow& cycle,
                  Id<access::Household> household, Visited outcome) {
  context.tx.run(
      "INSERT INTO collecting_visit (community_id, cycle_id, household_id, outcome, at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (community_id, cycle_id, household_id)"
      " DO UPDATE SET outcome = excluded.outcome, at = excluded.at, by = excluded.by",
      {context.community.id, cycle.id, household, api::word(outcome), context.now,
       context.actor.id});
  const auto owed =
      duty::find_open(context.db, context.community.id, collecting, household.value());
  // Nobody at home was not asked: the gap stays.
  if (owed && outcome != Visited::absent) duty::meet(context, *owed, cycle.id.value());
}

}  // namespace doorstep::needs
