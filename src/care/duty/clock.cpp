#include "care/duty/clock.h"

#include <fmt/format.h>

#include "store/restored.h"

namespace doorstep::duty {
namespace {

/// A server rests for less than this, or somebody has to look at its clock.
constexpr std::chrono::hours rest_max{24};

}  // namespace

bool releases_held(store::Snapshot& db, Id<access::Community> community) {
  return clock_hold(db, community) || store::outgoing_hold(db, community.value());
}

std::optional<ClockHold> clock_hold(store::Snapshot& db, Id<access::Community> community) {
  const auto row = db.first(
      "SELECT expected_at, seen_at, reason, phones FROM clock_hold WHERE community_id = $1",
      {community});
  if (!row) return std::nullopt;
  return ClockHold{row->instant(0), row->instant(1), row->text(2), row->integer(3)};
}

bool watch_clock(api::WriteContext& context, Instant expected) {
  if (!has_jumped(context.now, expected)) return false;
  doubt_clock(context, {expected, context.now, "jumped"});
  return context.now < expected;
}

void watch_start(api::WriteContext& context) {
  const auto row =
      context.db.first("SELECT j.at FROM journal_chain c JOIN journal j ON j.seq = c.seq");
  if (!row) return;
  const Instant newest = row->instant(0);
  const bool behind = context.now < newest && has_jumped(context.now, newest);
  if (behind || context.now > newest + rest_max) {
    doubt_clock(context, {newest, context.now, "start"});
  }
}

void doubt_clock(api::WriteContext& context, const ClockHold& doubt) {
  const auto standing = clock_hold(context.db, context.community.id);
  if (standing && standing->phones >= doubt.phones) return;
  context.tx.post(
      "INSERT INTO clock_hold (community_id, expected_at, seen_at, reason, phones)"
      " VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (community_id) DO UPDATE SET phones = excluded.phones",
      {context.community.id, doubt.expected, doubt.seen, doubt.reason, doubt.phones});
  if (standing) return;
  context.journal("clock.jumped", 0, "",
                  fmt::format(R"({{"from":"{}","to":"{}","why":"{}"}})", to_text(doubt.expected),
                              to_text(doubt.seen), doubt.reason));
}

std::optional<Instant> clock_confirmed_at(store::Snapshot& db, Id<access::Community> community) {
  const auto row =
      db.first("SELECT confirmed_at FROM clock_trust WHERE community_id = $1", {community});
  if (!row) return std::nullopt;
  return row->instant(0);
}

}  // namespace doorstep::duty
