#include "care/rights/retention.h"

#include <algorithm>

#include <fmt/format.h>

#include "care/rights/plan.h"

namespace doorstep::rights {
namespace {

using access::Community;
using registry::Person;

/// The last id that can have been made before `at`.
std::int64_t id_before(Instant at) {
  const std::int64_t since = at.time_since_epoch().count() - id_epoch_ms;
  return since <= 0 ? 0 : (since << id_low_bits) - 1;
}

const Kept& kept_of(std::string_view table) {
  return *std::ranges::find_if(kept_columns(), [&](const Kept& one) { return one.table == table; });
}

Result<bool> expire_by_id(api::WriteContext& context, const Expiry& what, std::int64_t cut,
                          std::int64_t limit) {
  const auto mark = context.db.first(
      "SELECT up_to FROM retention_mark WHERE community_id = $1 AND table_name = $2",
      {context.community.id, what.table});
  const std::int64_t from = mark ? mark->integer(0) : 0;
  if (from >= cut) return false;
  const auto last = context.db.first(
      fmt::format("SELECT max(k) FROM (SELECT {0} AS k FROM {1} WHERE community_id = $1"
                  " AND {0} > $2 AND {0} <= $3 ORDER BY {0} LIMIT $4) AS part",
                  what.key, what.table),
      {context.community.id, from, cut, limit});
  const bool more = !last->is_null(0);
  const std::int64_t up_to = more ? last->integer(0) : cut;
  if (more) context.tx.run(what.sql, {context.community.id, from, up_to});
  context.tx.run(
      "INSERT INTO retention_mark (community_id, table_name, up_to) VALUES ($1, $2, $3)"
      " ON CONFLICT (community_id, table_name) DO UPDATE SET up_to = excluded.up_to",
      {context.community.id, what.table, up_to});
  return more;
}

}  // namespace

Result<Day> period_begins(const api::Context& context) {
  return context.today() - std::chrono::days{TRY(period_days(context.rules(), "residence"))};
}

std::vector<Id<Person>> left_before(store::Snapshot& db, Id<Community> community, Day day,
                                    std::int64_t limit) {
  std::vector<Id<Person>> found;
  for (const store::Row& row :
       db.query("SELECT r.person_id FROM residence r WHERE r.community_id = $1 AND NOT EXISTS"
                " (SELECT 1 FROM erasure e WHERE e.community_id = $1 AND e.person_id = r.person_id)"
                " GROUP BY r.person_id HAVING count(*) FILTER (WHERE r.until_on IS NULL) = 0"
                " AND max(r.until_on) < $2 ORDER BY r.person_id LIMIT $3",
                {community, day, limit})) {
    found.push_back(row.id<Person>(0));
  }
  return found;
}

Result<std::int64_t> plan_erasures(api::WriteContext& context,
                                   const std::vector<Id<Person>>& people) {
  const Day on = context.today() + std::chrono::days{TRY(period_days(context.rules(), "notice"))};
  std::int64_t planned = 0;
  for (const auto person : people) {
    if (still_needed(context.db, context.community.id, person)) continue;
    const auto id = context.new_id<Erasure>();
    const std::int64_t added = context.tx.run(
        "INSERT INTO erasure (community_id, id, person_id, cause, state, evidence, planned_on,"
        " asked_at, asked_by) VALUES ($1, $2, $3, 'expired', 'planned', FALSE, $4, $5, $6)"
        " ON CONFLICT DO NOTHING",
        {context.community.id, id, person, on, context.now, context.actor.id});
    if (added == 0) continue;
    context.journal("erasure.planned", person.value(), "",
                    R"({"erasure":")" + to_text(id) + R"(","on":")" + to_text(on) + R"("})");
    ++planned;
  }
  return planned;
}

Result<bool> erase_next(api::WriteContext& context) {
  const auto due = context.db.first(
      "SELECT id, person_id, asked_at, asked_by FROM erasure WHERE community_id = $1"
      " AND state = 'planned' AND planned_on <= $2 ORDER BY id LIMIT 1",
      {context.community.id, context.today()});
  if (!due) return false;
  const auto id = due->id<Erasure>(0);
  const auto person = due->id<Person>(1);
  const bool lives_here =
      !registry::current_residences(context.db, context.community.id, person).empty();
  if (lives_here || still_needed(context.db, context.community.id, person)) {
    context.tx.run("DELETE FROM erasure WHERE community_id = $1 AND id = $2",
                   {context.community.id, id});
    context.journal("erasure.dropped", person.value(), "",
                    R"({"erasure":")" + to_text(id) + R"("})");
    return true;
  }
  TRY(erase(context, person, Cause::expired, id, due->instant(2), due->integer(3)));
  return true;
}

Result<bool> expire(api::WriteContext& context, std::size_t at, std::int64_t limit) {
  const Expiry& what = expiries()[at];
  const std::int64_t days = what.looks_days > 0
                                ? said_or(context.rules(), "rights.looks_days", what.looks_days)
                                : TRY(period_days(context.rules(), kept_of(what.table).period));
  const Instant before = context.now - std::chrono::hours{24 * days};
  if (!what.key.empty()) return expire_by_id(context, what, id_before(before), limit);
  context.tx.run(what.sql, {context.community.id, before});
  return false;
}

std::optional<std::int64_t> drop_unused_numbers(api::WriteContext& context, std::int64_t after,
                                                std::int64_t limit) {
  const auto last = context.db.first(
      "SELECT max(k) FROM (SELECT id AS k FROM contact_point WHERE community_id = $1 AND id > $2"
      " ORDER BY id LIMIT $3) AS part",
      {context.community.id, after, limit});
  if (last->is_null(0)) return std::nullopt;
  context.tx.run(
      "DELETE FROM contact_point WHERE community_id = $1 AND id > $2 AND id <= $3 AND NOT EXISTS"
      " (SELECT 1 FROM contact_point_use u WHERE u.community_id = contact_point.community_id"
      " AND u.contact_point_id = contact_point.id)",
      {context.community.id, after, last->integer(0)});
  return last->integer(0);
}

Result<std::int64_t> forget_staff_numbers(api::WriteContext& context) {
  const auto days = TRY(period_days(context.rules(), "account"));
  return context.tx.run(
      "UPDATE account SET phone = NULL WHERE phone IS NOT NULL AND closed_at < $1",
      {context.now - std::chrono::hours{24 * days}});
}

bool gone_through(store::Snapshot& db, Id<Community> community, Day today) {
  return db
      .first("SELECT 1 FROM retention_day WHERE community_id = $1 AND day >= $2",
             {community, today})
      .has_value();
}

void note_day(api::WriteContext& context) {
  context.tx.run(
      "INSERT INTO retention_day (community_id, day) VALUES ($1, $2)"
      " ON CONFLICT (community_id) DO UPDATE SET day = excluded.day",
      {context.community.id, context.today()});
  context.journal("retention.done", 0, "", R"({"day":")" + to_text(context.today()) + R"("})");
}

}  // namespace doorstep::rights
