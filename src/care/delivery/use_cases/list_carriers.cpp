/// \file List who can be given a run now: volunteers on shift, with what they have in hand (D27, E15).

#include "care/delivery/plan.h"

namespace doorstep::delivery {
namespace {

struct CarrierView {
  Id<Account> account;
  std::string name;
  std::int64_t open_runs = 0;
  std::int64_t parcels = 0;  ///< In their hands or assigned.
  std::string vehicle;
  bool outside = false;
  std::optional<std::int64_t> grams;  ///< None: nobody has said what they can carry.
  std::optional<std::int64_t> millilitres;
  std::optional<std::int64_t> range_m;

  void fields(auto& f) {
    f("account", account);
    f("name", name);
    f("open_runs", open_runs);
    f("parcels", parcels);
    f("vehicle", vehicle);
    f("outside", outside);
    f("grams", grams);
    f("millilitres", millilitres);
    f("range_m", range_m);
  }
};

struct Carriers {
  std::vector<CarrierView> rows;
  std::vector<DutyGap> gaps;

  void fields(auto& f) {
    f("rows", rows);
    f("gaps", gaps);
  }
};

Result<Carriers> list(api::Context& context, const api::Nothing&) {
  const auto roster = duty::Roster::load(context);
  Carriers answer;
  for (const store::Row& row : context.db.query(
           "SELECT a.id, a.name, (SELECT count(*) FROM run r WHERE r.community_id = $1"
           " AND r.carrier_id = a.id AND r.state IN ('planned', 'out')),"
           " (SELECT count(*) FROM run r JOIN parcel p ON p.community_id = r.community_id"
           " AND p.run_id = r.id WHERE r.community_id = $1 AND r.carrier_id = a.id"
           " AND r.state IN ('planned', 'out') AND p.closed_at IS NULL),"
           " coalesce(c.vehicle, 'foot'), coalesce(c.outside, FALSE), c.grams, c.millilitres, "
           "c.range_m"
           " FROM account a"
           " LEFT JOIN carrier c ON c.community_id = $1 AND c.account_id = a.id"
           " WHERE a.closed_at IS NULL AND a.id IN (SELECT g.account_id FROM {grants} g"
           " WHERE g.role = 'volunteer' AND g.from_at <= $2"
           " AND (g.until_at IS NULL OR g.until_at > $2)) ORDER BY 3, a.name, a.id",
           {context.community.id, context.now})) {
    if (!roster.is_on_shift(row.integer(0)) || roster.is_absent(row.integer(0))) continue;
    answer.rows.push_back({row.id<Account>(0), row.text(1), row.integer(2), row.integer(3),
                           row.text(4), row.boolean(5), row.maybe_integer(6), row.maybe_integer(7),
                           row.maybe_integer(8)});
  }
  answer.gaps = duty_gaps(context, roster);
  return answer;
}

}  // namespace

api::Endpoint list_carriers() {
  return api::query("/api/v1/carriers", "run.list", "Who can be given a run now", list);
}

}  // namespace doorstep::delivery
