#include "care/day/call_round.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "care/observation/contact.h"
#include "care/registry/phone_mode.h"

namespace doorstep::day {
namespace {

/// A dwelling's id says nothing of where it lies: the order on the stairs is that of the doors.
std::string stairs_of(const std::string& path) {
  const auto dwelling = access::id_in_path(path, 'd');
  return dwelling ? path.substr(0, path.find("d" + id_text(*dwelling))) : path;
}

}  // namespace

std::vector<RoundCall> calls_now(const api::Context& context, std::int64_t owner) {
  std::vector<RoundCall> calls;
  std::set<std::int64_t> unwell;
  context.db.each(
      "SELECT " + std::string(duty::columns) +
          ", CASE WHEN d.kind = 'unwell' THEN 0 WHEN d.state <> 'waiting' THEN 1 WHEN " +
          registry::phone_mode_sql(4) +
          " THEN 2 ELSE 3 END AS rank,"
          " a.name, h.door FROM {duties} d LEFT JOIN account a ON a.id = d.owner_id"
          " LEFT JOIN household h ON h.community_id = d.community_id AND h.id = d.subject_id"
          " WHERE d.closed_at IS NULL AND (d.owner_id = $2 OR $2 = 0)"
          " AND ((d.kind = 'contact' AND d.from_at <= $1 AND (d.state IN ('waiting', 'raised')"
          " OR (d.state = 'acknowledged' AND d.owner_id = $3 AND (d.step = 0 OR d.next_at <= $1))))"
          " OR (d.kind = 'unwell' AND d.state IN ('raised', 'acknowledged')"
          " AND (d.state = 'raised' OR d.owner_id = $3)"
          " AND NOT EXISTS (SELECT 1 FROM check_in c WHERE c.community_id = d.community_id"
          " AND c.household_id = d.subject_id AND c.channel IN ('phone', 'video', 'visit')"
          " AND c.recorded_at >= coalesce((SELECT o.unwell_at FROM observation o"
          " WHERE o.community_id = d.community_id AND o.household_id = d.subject_id"
          " AND o.ended_at IS NULL), d.raised_at))))"
          " ORDER BY rank, d.due_at",
      {context.now, owner, context.actor.id, registry::phone_mode_before(context)},
      [&](const store::Row& row) {
        RoundCall call{static_cast<CallReason>(row.integer(duty::column_count)),
                       duty::row_from(row), row.maybe_text(duty::column_count + 1).value_or("")};
        if (call.reason == CallReason::unwell) {
          unwell.insert(call.duty.subject);
        } else if (unwell.contains(call.duty.subject)) {
          return true;
        }
        call.stairs = stairs_of(call.duty.path);
        call.door = row.maybe_text(duty::column_count + 2).value_or("");
        calls.push_back(std::move(call));
        return true;
      });
  std::ranges::sort(calls, [](const RoundCall& one, const RoundCall& other) {
    if (one.reason != other.reason) return one.reason < other.reason;
    if (one.duty.due != other.duty.due) return one.duty.due < other.duty.due;
    return by_door(one, other);
  });
  return calls;
}

bool by_door(const RoundCall& one, const RoundCall& other) {
  return std::tie(one.stairs, one.door, one.duty.id) <
         std::tie(other.stairs, other.door, other.duty.id);
}

}  // namespace doorstep::day
