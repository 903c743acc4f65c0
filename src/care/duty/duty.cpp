#include "care/duty/duty.h"

#include <fmt/format.h>

#include "care/duty/owner.h"
#include "care/duty/raising.h"

namespace doorstep::duty {
namespace {

constexpr std::chrono::hours pause_max{48};

/// Members that every entry about a duty has.
std::string about(const Row& duty) {
  return fmt::format(R"("kind":"{}","on":"{}")", duty.kind, id_text(duty.subject));
}

void journal(api::WriteContext& context, std::string_view what, const Row& duty,
             const std::string& more) {
  context.journal("duty." + std::string(what), duty.id.value(), duty.path,
                  "{" + about(duty) + more + "}");
}

Result<std::chrono::minutes> minutes_of(const RulePack& rules, std::string_view kind,
                                        std::string_view what) {
  auto own = rules.integer(fmt::format("duty.{}.{}", kind, what));
  if (!own.ok() && own.error().code != "rules.missing") return own.error();
  return std::chrono::minutes{own.ok() ? *own : TRY(rules.integer(fmt::format("duty.{}", what)))};
}

void close(api::WriteContext& context, const Row& duty, State state, std::int64_t evidence,
           std::optional<std::string_view> reason) {
  context.tx.post(
      "UPDATE duty SET state = $3, closed_at = $4, closed_by = $5, evidence_id = $6,"
      " reason = coalesce($7, reason) WHERE community_id = $1 AND id = $2 AND closed_at IS NULL",
      {context.community.id, duty.id, api::word(state), context.now, context.actor.id,
       evidence == 0 ? store::Value() : store::Value(evidence),
       reason ? store::Value(*reason) : store::Value()});
}

/// What open() has to know, in one statement: the open duty of this kind and subject, and who would be
/// responsible for a new one.
struct Ground {
  std::optional<Id<Duty>> standing = {};
  std::optional<Owner> owner =
      {};  ///< As Roster::responsible(), where somebody on the rungs is there.
};

Ground ground_of(api::WriteContext& context, const Kind& kind, const New& owed) {
  constexpr std::size_t segment_length = 15;
  store::Values values{context.community.id, context.now, kind.word, owed.subject, owed.path};
  std::string above = "''";
  for (std::size_t length = segment_length; length <= owed.path.size(); length += segment_length) {
    values.emplace_back(std::string_view(owed.path).substr(0, length));
    above += fmt::format(", ${}", values.size());
  }
  // The lowest rung, then the nearest place, then who was granted first; not who lives behind that door.
  const std::string sql = fmt::format(
      "SELECT d.id, g.account_id, g.role FROM (SELECT 1 AS one) o LEFT JOIN duty d"
      " ON d.community_id = $1 AND d.kind = $3 AND d.subject_id = $4 AND d.closed_at IS NULL"
      " LEFT JOIN access_grant g ON g.community_id = $1 AND g.id = (SELECT m.id FROM access_grant m"
      " JOIN account a ON a.id = m.account_id AND a.closed_at IS NULL WHERE m.community_id = $1"
      " AND m.role IN ('worker', 'deputy', 'grid_head', 'leader', 'manager', 'street')"
      " AND m.path IN ({}) AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)"
      " AND NOT EXISTS (SELECT 1 FROM absence x WHERE x.community_id = $1"
      " AND x.account_id = m.account_id AND x.from_at <= $2 AND x.until_at > $2)"
      " AND NOT EXISTS (SELECT 1 FROM residence r JOIN household h"
      " ON h.community_id = r.community_id AND h.id = r.household_id WHERE a.person_id > 0"
      " AND r.person_id = a.person_id AND r.community_id = $1 AND r.until_on IS NULL"
      " AND h.path = substr($5, 1, length(h.path)))"
      " ORDER BY CASE m.role WHEN 'worker' THEN 0 WHEN 'deputy' THEN 1 WHEN 'grid_head' THEN 2"
      " WHEN 'leader' THEN 3 WHEN 'manager' THEN 4 ELSE 5 END, length(m.path) DESC, m.id LIMIT 1)",
      above);
  const auto row = context.db.first(sql, values);
  Ground ground;
  if (!row->is_null(0)) ground.standing = row->id<Duty>(0);
  if (!row->is_null(1)) {
    ground.owner = Owner{row->integer(1), *api::from_word<Rung>(row->text(2))};
  }
  return ground;
}

Id<Duty> insert(api::WriteContext& context, const Kind& kind, const New& owed, const Owner& owner) {
  const auto id = context.new_id<Duty>();
  context.tx.post(
      "INSERT INTO duty (community_id, id, kind, subject_id, path, field_class, by_hand, owner_id,"
      " level, state, step, opened_at, from_at, due_at, next_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, $13)",
      {context.community.id, id, kind.word, owed.subject, owed.path, access::word(kind.field_class),
       kind.by_hand, owner.account, api::word(owner.rung), api::word(State::waiting), context.now,
       owed.from, owed.due});
  context.journal("duty.opened", id.value(), owed.path,
                  fmt::format(R"({{"kind":"{}","on":"{}","owner":"{}","from":"{}","due":"{}"}})",
                              kind.word, id_text(owed.subject), id_text(owner.account),
                              to_text(owed.from), to_text(owed.due)));
  return id;
}

}  // namespace

Row row_from(const store::Row& row, std::size_t first) {
  Row made;
  made.id = row.id<Duty>(first);
  made.kind = row.text(first + 1);
  made.subject = row.integer(first + 2);
  made.path = row.text(first + 3);
  made.owner = row.integer(first + 4);
  made.level = api::from_word<Rung>(row.text(first + 5)).value_or(Rung::street);
  made.state = api::from_word<State>(row.text(first + 6)).value_or(State::raised);
  made.step = row.integer(first + 7);
  made.from = row.instant(first + 8);
  made.due = row.instant(first + 9);
  made.next = row.instant(first + 10);
  made.raised_at = row.maybe_instant(first + 11);
  made.by_hand = row.boolean(first + 12);
  return made;
}

Result<std::chrono::minutes> acknowledge_within(const RulePack& rules, std::string_view kind) {
  return minutes_of(rules, kind, "acknowledge_minutes");
}

Result<std::chrono::minutes> finish_within(const RulePack& rules, std::string_view kind) {
  return minutes_of(rules, kind, "finish_minutes");
}

namespace {

std::string open_sql() {
  return "SELECT " + std::string(columns) +
         " FROM duty d WHERE d.community_id = $1 AND d.kind = $2"
         " AND d.subject_id = $3 AND d.closed_at IS NULL";
}

}  // namespace

void expect_open(store::Transaction& tx, Id<access::Community> community, const Kind& kind,
                 std::int64_t subject) {
  tx.ahead(open_sql(), {community, kind.word, subject});
}

std::optional<Row> find_open(store::Snapshot& db, Id<access::Community> community, const Kind& kind,
                             std::int64_t subject) {
  const auto row = db.first(open_sql(), {community, kind.word, subject});
  if (!row) return std::nullopt;
  return row_from(*row);
}

std::optional<Row> find(const api::Context& context, Id<Duty> id) {
  const auto row = context.db.first("SELECT " + std::string(columns) +
                                        " FROM {duties} d WHERE d.id = $1"
                                        " AND d.closed_at IS NULL",
                                    {id});
  if (!row) return std::nullopt;
  return row_from(*row);
}

Result<Id<Duty>> open(api::WriteContext& context, const Kind& kind, const New& owed) {
  const Ground ground = ground_of(context, kind, owed);
  if (ground.standing) return *ground.standing;
  if (!ground.owner || owed.due <= context.now) {
    return open(context, kind, owed, Roster::load(context));
  }
  TRY(acknowledge_within(context.rules(), kind.word));
  TRY(finish_within(context.rules(), kind.word));
  return insert(context, kind, owed, *ground.owner);
}

Result<Id<Duty>> open(api::WriteContext& context, const Kind& kind, const New& owed,
                      const Roster& roster) {
  const auto standing = find_open(context.db, context.community.id, kind, owed.subject);
  if (standing) return standing->id;
  const auto within = TRY(acknowledge_within(context.rules(), kind.word));
  TRY(finish_within(context.rules(), kind.word));
  const Id<Duty> id = insert(context, kind, owed, roster.responsible(owed.path));
  if (owed.due <= context.now) {
    const auto made = find_open(context.db, context.community.id, kind, owed.subject);
    raise(context, *made, roster, Rung::worker, within);
  }
  return id;
}

Result<Id<Duty>> alarm(api::WriteContext& context, const Kind& kind, const New& owed) {
  const auto standing = find_open(context.db, context.community.id, kind, owed.subject);
  if (!standing) return open(context, kind, owed);
  const auto within = TRY(acknowledge_within(context.rules(), kind.word));
  raise(context, *standing, Roster::load(context), Rung::worker, within);
  return standing->id;
}

void raise(api::WriteContext& context, const Row& duty, const Roster& roster, Rung from,
           std::chrono::minutes within) {
  const Owner owner = owner_on_shift(context, duty, roster, from);
  raise_all(context, {{&duty, owner, context.now + within}});
}

void move_on(api::WriteContext& context, const Row& duty, Instant next_from, Instant next_due,
             std::int64_t evidence) {
  context.tx.post(
      "UPDATE duty SET state = 'waiting', level = 'worker', step = 0, from_at = $3, due_at = $4,"
      " next_at = $4, raised_at = NULL, acknowledged_at = NULL, evidence_id = $5"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, duty.id, next_from, next_due,
       evidence == 0 ? store::Value() : store::Value(evidence)});
}

void reschedule(api::WriteContext& context, const Row& duty, Instant from, Instant due) {
  move_on(context, duty, from, due, 0);
  journal(context, "moved_on", duty,
          fmt::format(R"(,"next_from":"{}","next_due":"{}")", to_text(from), to_text(due)));
}

void retime(api::WriteContext& context, const Row& duty, Instant next) {
  context.tx.post("UPDATE duty SET next_at = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, duty.id, next});
  journal(context, "retimed", duty, fmt::format(R"(,"next":"{}")", to_text(next)));
}

void tried(api::WriteContext& context, const Row& duty, Instant next) {
  context.tx.post(
      "UPDATE duty SET state = 'acknowledged', owner_id = $3, step = step + 1, next_at = $4,"
      " raised_at = coalesce(raised_at, $5), acknowledged_at = coalesce(acknowledged_at, $5)"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, duty.id, context.actor.id, next, context.now});
}

void meet(api::WriteContext& context, const Row& duty, std::int64_t evidence) {
  close(context, duty, State::met, evidence, std::nullopt);
  journal(context, "met", duty, fmt::format(R"(,"evidence":"{}")", id_text(evidence)));
}

void excuse(api::WriteContext& context, const Row& duty, std::string_view reason) {
  close(context, duty, State::excused, 0, reason);
  journal(context, "excused", duty, fmt::format(R"(,"reason":"{}")", reason));
}

void end_by_hand(api::WriteContext& context, const Row& duty, std::string_view outcome,
                 const std::string& note) {
  close(context, duty, State::met, duty.id.value(), outcome);
  context.tx.post("UPDATE duty SET note = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, duty.id, note});
  journal(context, "met", duty,
          fmt::format(R"(,"evidence":"{}","reason":"{}")", to_text(duty.id), outcome));
}

Result<void> acknowledge(api::WriteContext& context, const Row& duty) {
  if (duty.state != State::raised && duty.state != State::acknowledged) {
    return Error{ErrorKind::conflict, "duty.not_raised"};
  }
  if (duty.state == State::acknowledged && duty.owner != context.actor.id &&
      Roster::load(context).is_on_shift(duty.owner)) {
    return Error{ErrorKind::conflict, "duty.taken"};
  }
  const Instant next = context.now + TRY(finish_within(context.rules(), duty.kind));
  context.tx.post(
      "UPDATE duty SET state = 'acknowledged', owner_id = $3, next_at = $4, acknowledged_at = $5"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, duty.id, context.actor.id, next, context.now});
  journal(context, "acknowledged", duty,
          fmt::format(R"(,"owner":"{}","next":"{}")", id_text(context.actor.id), to_text(next)));
  return {};
}

void assign(api::WriteContext& context, const Row& duty, std::int64_t owner, std::string_view why) {
  context.tx.post("UPDATE duty SET owner_id = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, duty.id, owner});
  journal(context, "assigned", duty,
          fmt::format(R"(,"owner":"{}","why":"{}")", id_text(owner), why));
}

Result<void> pause(api::WriteContext& context, const Row& duty, Instant until,
                   const std::string& reason) {
  if (until <= context.now || until > context.now + pause_max) {
    return Error{ErrorKind::invalid, "duty.pause"};
  }
  if (reason.empty()) return Error{ErrorKind::invalid, "duty.reason"};
  context.tx.post(
      "UPDATE duty SET state = 'paused', next_at = $3, note = $4"
      " WHERE community_id = $1 AND id = $2",
      {context.community.id, duty.id, until, reason});
  journal(context, "paused", duty, fmt::format(R"(,"until":"{}")", to_text(until)));
  return {};
}

}  // namespace doorstep::duty
