#include "care/duty/sweep.h"

#include <map>

#include "care/duty/clock.h"
#include "care/duty/owner.h"
#include "care/duty/raising.h"

namespace doorstep::duty {
namespace {

/// The rung above, or the top again: it is told once more.
Rung above(Rung rung) {
  return rung == Rung::street ? rung : static_cast<Rung>(static_cast<int>(rung) + 1);
}

/// One pack is asked once per kind, not once per row.
class Limits {
 public:
  explicit Limits(const RulePack& rules) : rules_(rules) {}
  Result<std::chrono::minutes> acknowledge(const std::string& kind) {
    const auto known = known_.find(kind);
    if (known != known_.end()) return known->second;
    const auto within = TRY(acknowledge_within(rules_, kind));
    known_.emplace(kind, within);
    return within;
  }

 private:
  const RulePack& rules_;
  std::map<std::string, std::chrono::minutes> known_;
};

/// While the clock is in doubt or a restored store is not looked through, nothing becomes due for release; all else does.
std::vector<Row> due_now(api::WriteContext& context, std::int64_t limit) {
  std::vector<Row> rows;
  std::string sql = "SELECT " + std::string(columns) +
                    " FROM duty d WHERE d.community_id = $1 AND d.next_at <= $2"
                    " AND d.closed_at IS NULL";
  if (releases_held(context.db, context.community.id)) {
    sql += " AND NOT (d.kind = 'release' AND d.state = 'waiting')";
  }
  for (const store::Row& row : context.db.query(sql + " ORDER BY d.next_at LIMIT $3",
                                                {context.community.id, context.now, limit})) {
    rows.push_back(row_from(row));
  }
  return rows;
}

/// Who owns open duties, without reading them: one probe of the index for each.
std::vector<std::int64_t> owners(api::WriteContext& context) {
  std::vector<std::int64_t> found;
  for (const store::Row& row : context.db.query(
           "WITH RECURSIVE o (id) AS ("
           " SELECT min(owner_id) FROM duty WHERE community_id = $1 AND closed_at IS NULL"
           " UNION ALL SELECT (SELECT min(d.owner_id) FROM duty d WHERE d.community_id = $1"
           " AND d.closed_at IS NULL AND d.owner_id > o.id) FROM o WHERE o.id IS NOT NULL)"
           " SELECT id FROM o WHERE id IS NOT NULL",
           {context.community.id})) {
    found.push_back(row.integer(0));
  }
  return found;
}

/// What is pressing follows whoever is on shift; what waits is with who is responsible.
std::int64_t hand_over(api::WriteContext& context, const Roster& roster, std::int64_t owner,
                       std::int64_t limit) {
  if (roster.is_on_shift(owner)) return 0;
  const bool left = !roster.may_own(owner);
  const bool absent = roster.is_absent(owner);
  const std::string_view why = left ? "left" : absent ? "absent" : "shift";
  std::string sql = "SELECT " + std::string(columns) +
                    " FROM duty d WHERE d.community_id = $1 AND d.owner_id = $2"
                    " AND d.closed_at IS NULL";
  // As in watch_load(): what presses is few, what waits is many.
  if (!absent) {
    sql +=
        " AND d.raised_at > 0 AND d.raised_at IS NOT NULL AND d.state IN ('raised', "
        "'acknowledged')";
  }
  std::int64_t moved = 0;
  for (const store::Row& found :
       context.db.query(sql + " LIMIT $3", {context.community.id, owner, limit})) {
    const Row duty = row_from(found);
    const bool pressing = duty.state == State::raised || duty.state == State::acknowledged;
    const Owner next = pressing ? owner_on_shift(context, duty, roster, duty.level)
                                : roster.responsible(duty.path);
    if (next.account == owner) continue;
    assign(context, duty, next.account, why);
    ++moved;
  }
  return moved;
}

/// A pause that ends before anything is owed: it waits again.
void resume(api::WriteContext& context, const Row& duty) {
  context.tx.post(
      "UPDATE duty SET state = 'waiting', next_at = due_at WHERE community_id = $1 AND id = $2",
      {context.community.id, duty.id});
}

std::vector<Row> open_overloads(api::WriteContext& context) {
  std::vector<Row> rows;
  for (const store::Row& row : context.db.query(
           "SELECT " + std::string(columns) +
               " FROM duty d WHERE d.community_id = $1 AND d.kind = $2 AND d.closed_at IS NULL",
           {context.community.id, overload.word})) {
    rows.push_back(row_from(row));
  }
  return rows;
}

/// More than the pack allows for one owner is itself a duty, of whoever leads (rule: no pile is
/// anybody's normal day). It ends when the pile is small again, also when nothing is left of it. Looked
/// at where something may have changed: `grown` says that this sweep gave somebody more.
Result<void> watch_load(api::WriteContext& context, const Roster& roster, bool grown) {
  const std::vector<Row> standing = open_overloads(context);
  if (!grown && standing.empty()) return {};
  const std::int64_t most = TRY(context.rules().integer("duty.open_per_owner_max"));
  std::map<std::int64_t, std::int64_t> held;
  // raised_at > 0 is true of all that press; it leads through the index of those alone.
  for (const store::Row& row :
       context.db.query("SELECT owner_id, count(*) FROM duty WHERE community_id = $1"
                        " AND raised_at > 0 AND closed_at IS NULL AND raised_at IS NOT NULL"
                        " AND state IN ('raised', 'acknowledged') GROUP BY owner_id",
                        {context.community.id})) {
    held[row.integer(0)] = row.integer(1);
  }
  for (const auto& [owner, count] : held) {
    if (count <= most) continue;
    TRY(open(context, overload, {owner, "", context.now, context.now}, roster));
  }
  for (const Row& one : standing) {
    if (held[one.subject] <= most) meet(context, one, one.subject);
  }
  return {};
}

}  // namespace

Result<Swept> sweep(api::WriteContext& context, std::int64_t limit, Turn turn,
                    std::shared_ptr<const Roster> known) {
  Swept swept;
  const std::vector<Row> due = due_now(context, limit);
  if (due.empty() && turn != Turn::all && open_overloads(context).empty()) return swept;
  swept.roster = known ? std::move(known) : std::make_shared<Roster>(Roster::load(context));
  const Roster& roster = *swept.roster;
  Limits limits(context.rules());
  std::vector<Rise> rises;
  rises.reserve(due.size());
  for (const Row& duty : due) {
    if (duty.state == State::paused && duty.due > context.now) {
      resume(context, duty);
      continue;
    }
    const bool first = duty.state == State::waiting || duty.state == State::paused;
    const Rung from = first ? Rung::worker : above(duty.level);
    rises.push_back({&duty, owner_on_shift(context, duty, roster, from),
                     context.now + TRY(limits.acknowledge(duty.kind))});
  }
  raise_all(context, rises);
  swept.raised = std::ssize(rises);
  if (turn == Turn::all) {
    for (const std::int64_t owner : owners(context)) {
      swept.assigned += hand_over(context, roster, owner, limit);
    }
  }
  TRY(watch_load(context, roster, swept.raised + swept.assigned > 0));
  swept.more = std::ssize(due) == limit;
  return swept;
}

std::vector<std::int64_t> communities_due(store::Snapshot& db, Instant now) {
  std::vector<std::int64_t> found;
  for (const store::Row& row :
       db.query("SELECT c.id FROM community c WHERE EXISTS (SELECT 1 FROM duty d"
                " WHERE d.community_id = c.id AND d.closed_at IS NULL AND d.next_at <= $1) ORDER "
                "BY c.id",
                {now})) {
    found.push_back(row.integer(0));
  }
  return found;
}

}  // namespace doorstep::duty
