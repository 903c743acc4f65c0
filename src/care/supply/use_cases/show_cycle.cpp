/// \file One cycle in figures: orders, cost, what is saved against the shop (D9), and the report on every
/// shortage, which shows that isolated households came first (D10).

#include "care/supply/purchase.h"
#include "care/supply/shortage.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<needs::Cycle> cycle;
  void fields(auto& f) { f("cycle", cycle); }
};

/// A good of which less came than was wanted.
struct Shortage {
  std::string good;
  std::string unit;
  std::int64_t wanted = 0;
  std::int64_t supplied = 0;
  std::int64_t isolated_wanted = 0;
  std::int64_t isolated_granted = 0;
  std::int64_t neighbours_wanted = 0;
  std::int64_t neighbours_granted = 0;
  std::int64_t isolated_short = 0;  ///< Households that get less than they wanted.
  std::int64_t neighbours_short = 0;
  bool fair = false;  ///< Nobody of a group behind has anything while one before is short.

  void fields(auto& f) {
    f("good", good);
    f("unit", unit);
    f("wanted", wanted);
    f("supplied", supplied);
    f("isolated_wanted", isolated_wanted);
    f("isolated_granted", isolated_granted);
    f("neighbours_wanted", neighbours_wanted);
    f("neighbours_granted", neighbours_granted);
    f("isolated_short", isolated_short);
    f("neighbours_short", neighbours_short);
    f("fair", fair);
  }
};

struct Response {
  Id<needs::Cycle> id;
  needs::Collection when;
  needs::CycleState state = needs::CycleState::open;
  bool over = false;
  Totals totals;
  std::vector<Shortage> shortages;
  std::int64_t unvisited = 0;  ///< Without a smartphone, and nobody asked them (D14).

  void fields(auto& f) {
    f("id", id);
    f("when", when);
    f("state", state);
    f("over", over);
    f("totals", totals);
    f("shortages", shortages);
    f("unvisited", unvisited);
  }
};

Shortage report(const api::Context& context, const needs::CycleRow& cycle, const SheetLine& line,
                Priorities first) {
  Shortage made{line.good, line.unit, line.qty, line.supplied.value_or(0)};
  std::vector<Claim> claims;
  std::vector<std::int64_t> granted;
  for (const store::Row& row : context.db.query(
           "SELECT l.id, l.qty, o.kind, o.diet, l.created_at, l.granted FROM order_line l"
           " JOIN customer_order o ON o.community_id = l.community_id AND o.id = l.order_id"
           " WHERE l.community_id = $1 AND l.cycle_id = $2 AND l.canonical = $3 AND l.unit = $4"
           " AND l.state <> 'cancelled'",
           {context.community.id, cycle.id, line.good, line.unit})) {
    const bool isolated = row.text(2) == api::word(needs::OrderKind::isolated);
    claims.push_back({row.integer(0), row.integer(1), isolated, row.boolean(3), row.integer(4)});
    granted.push_back(row.maybe_integer(5).value_or(row.integer(1)));
    (isolated ? made.isolated_wanted : made.neighbours_wanted) += claims.back().wanted;
    (isolated ? made.isolated_granted : made.neighbours_granted) += granted.back();
    if (granted.back() < claims.back().wanted) {
      ++(isolated ? made.isolated_short : made.neighbours_short);
    }
  }
  made.fair = is_fair(claims, granted, first);
  return made;
}

/// Errors: not_found "cycle.unknown"; those of the rule pack.
Result<Response> show(api::Context& context, const Request& request) {
  const auto cycle = needs::find_cycle(context, request.cycle);
  if (!cycle) return Error{ErrorKind::not_found, "cycle.unknown"};
  const std::vector<std::string> first = TRY(context.rules().strings("supply.shortage_first"));
  Response made;
  made.id = cycle->id;
  made.when = cycle->when;
  made.state = cycle->state;
  made.over = cycle->when.cut_off <= context.now;
  const std::vector<SheetLine> lines = sheet_of(context, *cycle);
  made.totals = totals_of(context, *cycle, lines);
  for (const SheetLine& line : lines) {
    if (line.supplied.value_or(line.qty) < line.qty) {
      made.shortages.push_back(report(context, *cycle, line, first));
    }
  }
  made.unvisited =
      context.db
          .first(
              "SELECT count(*) FROM {households} h LEFT JOIN collecting_visit v"
              " ON v.community_id = h.community_id AND v.household_id = h.id AND v.cycle_id = $1"
              " AND v.outcome <> 'absent' WHERE h.digital = 'none' AND h.ended_at IS NULL"
              " AND v.household_id IS NULL",
              {cycle->id})
          ->integer(0);
  return made;
}

}  // namespace

api::Endpoint show_cycle() {
  return api::query("/api/v1/cycles/{cycle}", "cycle.show", "One cycle in figures", show);
}

}  // namespace doorstep::supply
