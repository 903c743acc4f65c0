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

struct OrderedLine {
  Id<OrderLine> id{};
  Line line = {};  ///< In the unit it is traded in.
};

/// A household before something is put into the cycle of now.
struct Customer {
  Id<access::Household> household{};
  std::string path = {};
  OrderKind kind = OrderKind::neighbour;  ///< As it would be ordered now.
  Collection when = {};
  Id<Cycle> cycle{};                    ///< None before its first order.
  std::optional<OrderRow> order = {};   ///< Of this cycle, whatever its state.
  std::vector<OrderedLine> lines = {};  ///< What stands in it; none where it is not open.

  [[nodiscard]] bool has_open_order() const {
    return order && order->state == OrderState::open && !lines.empty();
  }
};

/// One statement. Errors: not_found "household.unknown" (or it has left), those of the rule pack.
Result<Customer> find_customer(api::Context& context, Id<access::Household> household);

/// Says that find_customer() will be asked next (Transaction::ahead).
void expect_customer(api::WriteContext& context, Id<access::Household> household);

/// What is put into an order.
struct Placing {
  Id<Need> need{};
  std::vector<Line> lines = {};
  bool on_behalf = false;  ///< The actor took it down for them.
  bool diet = false;
};

struct Placed {
  OrderRow order;
  Collection cycle;
  std::optional<Instant> late_for =
      {};  ///< The cut-off it came after; it comes with the next drop.
};

/// Every amount said, positive and not more than the pack's needs.quantity_max. Errors: invalid
/// "order.empty", "order.quantity" (the hint names the good), those of the rule pack.
Result<void> check_lines(const RulePack& rules, const std::vector<Line>& lines);

/// Puts lines into the household's order of the cycle of now. Errors: those of check_lines().
Result<Placed> place(api::WriteContext& context, const Customer& customer, const Placing& placing);

/// Changes the open order as an edit says that was read against `before`, a part of what stands in it:
/// what is in `before` and not in the placing's lines is cancelled, what is in those alone comes in under
/// this need, everything else stays. Errors: conflict "order.none", those of check_lines().
Result<Placed> amend(api::WriteContext& context, const Customer& customer, const Placing& placing,
                     const std::vector<Line>& before);

/// Takes the lines of a need out of its open order. Errors: conflict "order.closed" after the cut-off.
Result<void> withdraw(api::WriteContext& context, Id<Need> need);

/// How much more of what the line names this household may have within the limit's days (D31);
/// thousandths. None: there is no limit. Errors: those of the rule pack.
Result<std::optional<std::int64_t>> left_of_limit(api::Context& context,
                                                  Id<access::Household> household,
                                                  std::string_view canonical);

}  // namespace doorstep::needs
