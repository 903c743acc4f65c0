#include "care/day/pressing.h"

#include "care/duty/clock.h"

namespace doorstep::day {
namespace {

constexpr std::chrono::minutes long_open{60};

}  // namespace

Pressing pressing_now(api::Context& context) {
  Pressing counts;
  const Instant midnight = context.community.zone.at(context.today() + std::chrono::days{1}, {});
  const auto row = context.db.first(
      "SELECT count(*) FILTER (WHERE d.kind = 'contact' AND d.from_at <= $1),"
      " count(*) FILTER (WHERE d.kind = 'unwell'),"
      " count(*) FILTER (WHERE d.state = 'raised'),"
      " count(*) FILTER (WHERE d.kind = 'voice_or_sight' AND d.due_at < $2),"
      " count(*) FILTER (WHERE d.kind = 'release' AND d.due_at < $2),"
      " count(*) FILTER (WHERE d.state IN ('raised', 'acknowledged') AND d.raised_at < $3)"
      " FROM {duties} d WHERE d.closed_at IS NULL",
      {context.now, midnight, context.now - long_open});
  counts.to_call = row->integer(0);
  counts.unwell = row->integer(1);
  counts.untaken = row->integer(2);
  counts.voice_or_sight = row->integer(3);
  counts.release = row->integer(4);
  counts.long_open = row->integer(5);
  if (const auto held = duty::clock_hold(context.db, context.community.id)) {
    counts.clock = Doubt{held->expected, held->seen, held->reason, held->phones};
  }
  return counts;
}

}  // namespace doorstep::day
