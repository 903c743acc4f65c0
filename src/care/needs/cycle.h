#pragma once
/// \file Cycles: when orders are collected, and the drop they come with. Made from the rule pack's
/// supply.cycles: each has a cut-off, after which an order goes into the next one, and says so (D3, D5).

#include <optional>
#include <string>

#include "api/endpoint.h"
#include "care/duty/duty.h"
#include "care/needs/words.h"

namespace doorstep::needs {

struct Cycle;

/// Nobody has made the purchase of a cycle whose cut-off is over.
inline constexpr duty::Kind purchase_duty{"purchase"};

/// A collection of one day, as the rules have it.
struct Collection {
  std::string name = {};
  Instant opens{};    ///< The cut-off before.
  Instant cut_off{};  ///< Orders made before it are in.
  Instant drop_from{};
  Instant drop_until{};

  void fields(auto& f) {
    f("name", name);
    f("opens", opens);
    f("cut_off", cut_off);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
  }
};

/// The collection an order made now goes into: the first whose cut-off is after `now`.
/// Errors: invalid "rules.missing", "rules.wrong_type".
Result<Collection> collection_at(const RulePack& rules, const Zone& zone, Instant now);

/// The cut-off that an order made now has just missed: the newest of the same civil day.
Result<std::optional<Instant>> missed_cut_off(const RulePack& rules, const Zone& zone, Instant now);

struct CycleRow {
  Id<Cycle> id{};
  Collection when = {};
  CycleState state = CycleState::open;
};

/// The columns of cycle in the order in which cycle_from() reads them, each after "c.".
inline constexpr std::string_view cycle_columns =
    "c.id, c.name, c.opens_at, c.cut_off_at, c.drop_from, c.drop_until, c.state";
inline constexpr std::size_t cycle_column_count = 7;
[[nodiscard]] CycleRow cycle_from(const store::Row& row, std::size_t first = 0);

std::optional<CycleRow> find_cycle(const api::Context& context, Id<Cycle> id);

/// The cycle of collection_at(now), made where there is none yet, with the duty to buy for it.
/// Errors: those of the rule pack.
Result<CycleRow> cycle_now(api::WriteContext& context);

/// Opens the cycle of now and the collecting round of those without a smartphone (D14), once each.
/// For the clock. Errors: those of the rule pack.
Result<void> open_cycle_when_due(api::WriteContext& context);

/// A household without a smartphone is asked at its door before the cut-off; who was not is a gap.
inline constexpr duty::Kind collecting{"collecting"};

/// Says that a household was asked for this cycle; meets its duty. `at_home` is false where nobody was.
void record_visit(api::WriteContext& context, const CycleRow& cycle,
                  Id<access::Household> household, Visited outcome);

}  // namespace doorstep::needs
