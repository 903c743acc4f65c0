#include "care/observation/set_back.h"

#include <algorithm>

#include "care/observation/contact.h"

namespace doorstep::observation {
namespace {

void keep_minutes_left(api::WriteContext& context, Instant before) {
  for (const store::Row& found : context.db.query(
           "SELECT " + std::string(duty::columns) +
               " FROM duty d WHERE d.community_id = $1 AND d.closed_at IS NULL"
               " AND d.state IN ('raised', 'acknowledged', 'paused') AND d.next_at > $2",
           {context.community.id, context.now})) {
    const duty::Row owed = duty::row_from(found);
    const auto left = std::max(owed.next - before, std::chrono::milliseconds{0});
    duty::retime(context, owed, context.now + left);
  }
}

void clamp_reports(api::WriteContext& context) {
  context.tx.post(
      "UPDATE observation SET"
      " reported_at = CASE WHEN reported_at > $2 THEN $2 ELSE reported_at END,"
      " whole_at = CASE WHEN whole_at > $2 THEN $2 ELSE whole_at END,"
      " heard_at = CASE WHEN heard_at > $2 THEN $2 ELSE heard_at END"
      " WHERE community_id = $1 AND ended_at IS NULL"
      " AND (reported_at > $2 OR whole_at > $2 OR heard_at > $2)",
      {context.community.id, context.now});
  context.tx.post(
      "UPDATE member_report SET"
      " reported_at = CASE WHEN reported_at > $2 THEN $2 ELSE reported_at END,"
      " heard_at = CASE WHEN heard_at > $2 THEN $2 ELSE heard_at END"
      " WHERE community_id = $1 AND (reported_at > $2 OR heard_at > $2)",
      {context.community.id, context.now});
}

/// What waits beyond the next window was counted from a future that did not come.
Result<void> owe_again(api::WriteContext& context) {
  const RulePack& rules = context.rules();
  const Zone& zone = context.community.zone;
  const Window now = TRY(deciding_window(rules, zone, context.now));
  const Window next = TRY(window_after(rules, zone, now));
  for (const store::Row& found :
       context.db.query("SELECT " + std::string(duty::columns) +
                            ", o.reported_at, o.opened_at FROM duty d JOIN observation o"
                            " ON o.community_id = d.community_id AND o.household_id = d.subject_id"
                            " AND o.ended_at IS NULL WHERE d.community_id = $1 AND d.kind = $2"
                            " AND d.closed_at IS NULL AND d.due_at > $3",
                        {context.community.id, contact.word, context.now})) {
    const duty::Row owed = duty::row_from(found);
    const bool reached = found.instant(duty::column_count) >= now.from;
    // Who was opened after this window's end owes the next one first.
    const Instant opened = std::min(found.instant(duty::column_count + 1), context.now);
    const bool late = opened >= now.until;
    const Window& owes = reached || late ? next : now;
    // What presses before its time, because the clock was ahead, waits for it again.
    const bool early = owed.state == duty::State::raised || owed.state == duty::State::acknowledged;
    if (early || owes.until < owed.due) duty::reschedule(context, owed, owes.from, owes.until);
  }
  return {};
}

}  // namespace

Result<void> clock_set_back(api::WriteContext& context, Instant before) {
  keep_minutes_left(context, before);
  clamp_reports(context);
  TRY(owe_again(context));
  return {};
}

}  // namespace doorstep::observation
