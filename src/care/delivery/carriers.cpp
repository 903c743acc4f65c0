#include "care/delivery/carriers.h"

#include <algorithm>

namespace doorstep::delivery {
namespace {

constexpr routing::Time wave_end = 36 * 3'600'000;

/// Metres of a run as time on foot: what the engine counts a range in.
routing::Time range_of(std::int64_t metres, const routing::WaveRules& rules) {
  const double ms = 1000.0 * static_cast<double>(metres) / rules.metres_per_second;
  return static_cast<routing::Time>(std::min<double>(ms, routing::no_limit));
}

Porter porter_from(const store::Row& row, const routing::WaveRules& rules) {
  Porter made;
  made.account = row.id<Account>(0);
  made.name = row.text(1);
  made.carrier.id = to_text(made.account);
  const auto grid = access::id_in_path(row.text(2), 'g');
  if (grid && row.integer(3) == 1) made.carrier.grid = id_text(*grid);
  made.carrier.grams = row.maybe_integer(4).value_or(made.carrier.grams);
  made.carrier.millilitres = row.maybe_integer(5).value_or(made.carrier.millilitres);
  const std::string vehicle = row.maybe_text(6).value_or("foot");
  made.until = row.maybe_instant(7);
  made.range_m = row.maybe_integer(8);
  made.carrier.cart = vehicle == "cart";
  made.carrier.slowness = vehicle == "motorcycle" ? 50 : vehicle == "cart" ? 130 : 100;
  if (made.range_m) {
    made.carrier.range = range_of(*made.range_m, rules);
    if (made.carrier.range < routing::no_limit) {
      made.carrier.range = made.carrier.range / 100 * made.carrier.slowness;
    }
  }
  return made;
}

}  // namespace

WaveDay::WaveDay(const api::Context& context)
    : midnight_(context.community.zone.start_of(context.today())) {}

routing::Time WaveDay::time_of(Instant at) const {
  const auto since = (at - midnight_).count();
  return static_cast<routing::Time>(std::clamp<std::int64_t>(since, 0, wave_end));
}

Instant WaveDay::instant_of(routing::Time at) const {
  return midnight_ + std::chrono::milliseconds{at};
}

std::vector<Porter> porters(const api::Context& context, const duty::Roster& roster,
                            const std::optional<std::vector<Id<Account>>>& asked, bool outside,
                            const routing::WaveRules& rules) {
  std::vector<Porter> found;
  for (const store::Row& row : context.db.query(
           "SELECT a.id, min(a.name), min(g.path), count(DISTINCT g.path), min(c.grams),"
           " min(c.millilitres), min(c.vehicle), (SELECT min(s.until_at) FROM shift s"
           " WHERE s.community_id = $1 AND s.account_id = a.id AND s.from_at <= $2"
           " AND s.until_at > $2), min(c.range_m) FROM access_grant g JOIN account a ON a.id = "
           "g.account_id"
           " LEFT JOIN carrier c ON c.community_id = g.community_id AND c.account_id = a.id"
           " WHERE g.community_id = $1 AND g.role = 'volunteer' AND g.from_at <= $2"
           " AND (g.until_at IS NULL OR g.until_at > $2) AND a.closed_at IS NULL"
           " AND coalesce(c.outside, FALSE) = $3 GROUP BY a.id ORDER BY a.id",
           {context.community.id, context.now, outside})) {
    Porter one = porter_from(row, rules);
    if (asked && std::ranges::find(*asked, one.account) == asked->end()) continue;
    if (!roster.is_on_shift(one.account.value()) || roster.is_absent(one.account.value())) continue;
    found.push_back(std::move(one));
  }
  return found;
}

bool is_outside(const api::Context& context, Id<Account> carrier) {
  const auto row =
      context.db.first("SELECT outside FROM carrier WHERE community_id = $1 AND account_id = $2",
                       {context.community.id, carrier});
  return row && row->boolean(0);
}

}  // namespace doorstep::delivery
