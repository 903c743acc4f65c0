#pragma once
/// \file Orders: one open order per household and cycle, amended and not added (peers.md 2). Its lines
/// say which need asked for them.

#include <optional>
#include <string>
#include <vector>

#include "care/needs/cycle.h"
#include "care/needs/reading.h"

namespace doorstep::needs {

struct Need;
struct Order;
struct OrderLine;

struct OrderRow {
  Id<Order> id{};
  Id<Cycle> cycle{};
  Id<access::Household> household{};
  std::string path = {};
  OrderKind kind = OrderKind::neighbour;
  OrderState state = OrderState::open;
  std::int64_t version = 0;
};

/// The columns of customer_order in the order in which order_from() reads them, each after "o.".
inline constexpr std::string_view order_columns =
    "o.id, o.cycle_id, o.household_id, o.path, o.kind, o.state, o.version";
[[nodiscard]] OrderRow order_from(const store::Row& row, std::size_t first = 0);

/// What is put into an order, and for whom.
struct Placing {
  Id<access::Household> household{};
  std::string path = {};
  Id<Need> need{};
  std::vector<Line> lines = {};
  bool on_behalf = false;  ///< The actor took it down for them.
  bool diet = false;
};

struct Placed {
  OrderRow order;
  CycleRow cycle;
  std::optional<Instant> late_for =
      {};  ///< The cut-off it came after; it comes with the next drop.
};

/// Every amount said, positive and not more than the pack's needs.quantity_max. Errors: invalid
/// "order.empty", "order.quantity" (the hint names the good), those of the rule pack.
Result<void> check_lines(const RulePack& rules, const std::vector<Line>& lines);

/// Puts lines into the household's order of the cycle of now. Errors: those of check_lines().
Result<Placed> place(api::WriteContext& context, const Placing& placing);

/// Makes the household's open order hold exactly these lines: what it lacks comes in under this need,
/// what is not among them is cancelled. Errors: conflict "order.none", those of check_lines().
Result<Placed> replace_all(api::WriteContext& context, const Placing& placing);

/// Takes the lines of a need out of its open order. Errors: conflict "order.closed" after the cut-off.
Result<void> withdraw(api::WriteContext& context, Id<Need> need);

/// The household's order in the cycle of now, where it has one that is open.
Result<std::optional<OrderRow>> open_order(api::Context& context, Id<access::Household> household);

/// How much more of what the line names this household may have within the limit's days (D31);
/// thousandths. None: there is no limit. Errors: those of the rule pack.
Result<std::optional<std::int64_t>> left_of_limit(api::Context& context,
                                                  Id<access::Household> household,
                                                  std::string_view canonical);

}  // namespace doorstep::needs
