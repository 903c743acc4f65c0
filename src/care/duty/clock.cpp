#include "care/duty/clock.h"

namespace doorstep::duty {
std::optional<ClockHold> clock_hold(store::Snapshot& db, Id<access::Community> community) {
  const auto row =
      db.first("SELECT expected_at, seen_at FROM clock_hold WHERE community_id = $1", {community});
  if (!row) return std::nullopt;
  return ClockHold{row->instant(0), row->instant(1)};
}

bool watch_clock(api::WriteContext& context, Instant expected) {
  if (!has_jumped(context.now, expected)) return false;
  const std::int64_t held = context.tx.run(
      "INSERT INTO clock_hold (community_id, expected_at, seen_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (community_id) DO NOTHING",
      {context.community.id, expected, context.now});
  if (held > 0) {
    context.journal(
        "clock.jumped", 0, "",
        R"({"from":")" + to_text(expected) + R"(","to":")" + to_text(context.now) + R"("})");
  }
  return context.now < expected;
}

}  // namespace doorstep::duty
