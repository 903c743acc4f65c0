#include "care/delivery/look_after.h"

#include <algorithm>

#include "care/delivery/plan.h"
#include "care/delivery/second.h"
#include "store/restored.h"

namespace doorstep::delivery {
namespace {

/// As the draft has it: one run for each of its own, with the second person where one is asked for.
Result<std::int64_t> send_out(api::WriteContext& context, const Draft& draft) {
  std::int64_t sent = 0;
  for (const DraftRun& one : draft.runs) {
    std::vector<ParcelRow> parcels;
    for (const DraftStop& stop : one.stops) {
      for (const Id<Parcel> id : stop.parcels) {
        parcels.push_back(*find_parcel(context.db, context.community.id, id));
      }
    }
    // What asks for two and has one is left to the desk.
    const bool two = TRY(needs_two(context, parcels));
    if (two && !one.helper) continue;
    RunRow run;
    run.carrier = one.carrier;
    run.leave = one.leave;
    run.flights = one.flights;
    const Id<Run> id = TRY(create_run(context, run, std::move(parcels)));
    if (two) name_second(context, id, *one.helper);
    ++sent;
  }
  return sent;
}

bool has_key(const RulePack& rules, std::string_view key) {
  const auto found = rules.string(key);
  return found.ok() || found.error().code != "rules.missing";
}

}  // namespace

Result<std::int64_t> dispatch_when_idle(api::WriteContext& context) {
  if (!has_key(context.rules(), "delivery.idle_dispatch")) return std::int64_t{0};
  if (!TRY(context.rules().boolean("delivery.idle_dispatch"))) return std::int64_t{0};
  const auto ready = context.db.first(
      "SELECT 1 FROM parcel WHERE community_id = $1 AND run_id IS NULL"
      " AND state IN ('received', 'disinfected', 'sorted') LIMIT 1",
      {context.community.id});
  if (!ready) return std::int64_t{0};
  // What a restored store holds may lie at its door since: phones say so first.
  if (store::outgoing_hold(context.db, context.community.id.value())) return std::int64_t{0};
  const auto made = draft(context, {});
  // Nobody is on shift: the gap's duty says so.
  if (!made.ok() && made.error().code == "run.no_carrier") return std::int64_t{0};
  if (!made.ok()) return made.error();
  if (!made->idle) return std::int64_t{0};
  return send_out(context, *made);
}

Result<void> watch_gaps(api::WriteContext& context) {
  if (!has_key(context.rules(), "delivery.gap_minutes")) return {};
  const std::chrono::minutes lead{TRY(context.rules().integer("delivery.gap_minutes"))};
  const auto roster = duty::Roster::load(context);
  const auto gaps = duty_gaps(context, roster);
  for (const DutyGap& gap : gaps) {
    const auto row = context.db.first(
        "SELECT min(window_from) FROM parcel WHERE community_id = $1 AND path >= $2 AND path < $3"
        " AND closed_at IS NULL AND state NOT IN ('out', 'expected')",
        {context.community.id, gap.path, access::path_end(gap.path)});
    const auto from = row->maybe_instant(0);
    if (!from || *from > context.now + lead) continue;
    TRY(duty::open(context, carrier_gap, {gap.building.value(), gap.path, context.now, context.now},
                   roster));
  }
  for (const store::Row& row :
       context.db.query("SELECT subject_id FROM duty WHERE community_id = $1 AND kind = $2"
                        " AND closed_at IS NULL",
                        {context.community.id, carrier_gap.word})) {
    const bool still = std::ranges::any_of(
        gaps, [&](const DutyGap& gap) { return gap.building.value() == row.integer(0); });
    if (still) continue;
    const auto open =
        duty::find_open(context.db, context.community.id, carrier_gap, row.integer(0));
    duty::excuse(context, *open, "filled");
  }
  return {};
}

Result<void> watch_care(api::WriteContext& context) {
  if (!has_key(context.rules(), "delivery.care_from")) return {};
  const Instant begin = context.community.zone.at(
      context.today(), TRY(context.rules().time_of_day("delivery.care_from")));
  if (context.now < begin) return {};
  const Instant since = context.community.zone.start_of(context.today());
  const Instant until = TRY(day_until(context.rules(), context.community.zone, context.now));
  const auto roster = duty::Roster::load(context);
  for (const store::Row& row : context.db.query(
           "SELECT h.id, h.path FROM household h WHERE h.community_id = $1 AND h.care"
           " AND h.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM duty d"
           " WHERE d.community_id = h.community_id AND d.kind = $2 AND d.subject_id = h.id"
           " AND (d.closed_at IS NULL OR d.from_at >= $3))",
           {context.community.id, care_delivery.word, since})) {
    TRY(duty::open(context, care_delivery, {row.integer(0), row.text(1), begin, until}, roster));
  }
  for (const store::Row& row :
       context.db.query("SELECT d.subject_id, max(p.id) FROM duty d JOIN parcel p"
                        " ON p.community_id = d.community_id AND p.household_id = d.subject_id"
                        " AND p.state = 'delivered' AND p.closed_at >= d.from_at"
                        " WHERE d.community_id = $1 AND d.kind = $2 AND d.closed_at IS NULL"
                        " GROUP BY d.subject_id",
                        {context.community.id, care_delivery.word})) {
    const auto open =
        duty::find_open(context.db, context.community.id, care_delivery, row.integer(0));
    duty::meet(context, *open, row.integer(1));
  }
  return {};
}

}  // namespace doorstep::delivery
