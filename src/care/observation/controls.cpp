#include "care/observation/controls.h"

namespace doorstep::observation {
namespace {

constexpr std::string_view columns =
    "c.id, c.household_id, c.kind, c.code, c.until_on, c.posted_at";

Control row_from(const store::Row& row, Day today) {
  Control made;
  made.id = row.id<DoorControl>(0);
  made.household = row.id<access::Household>(1);
  made.kind = api::from_word<ControlKind>(row.text(2)).value_or(ControlKind::door_label);
  made.code = row.text(3);
  made.until_on = row.day(4);
  made.state = made.until_on <= today ? ControlState::expired
               : row.is_null(5)       ? ControlState::printed
                                      : ControlState::posted;
  return made;
}

Result<std::optional<std::chrono::hours>> removal_time(const RulePack& rules) {
  const auto hours = rules.integer("observation.removal_hours");
  if (!hours.ok() && hours.error().code == "rules.missing") {
    return std::optional<std::chrono::hours>{};
  }
  if (!hours.ok()) return hours.error();
  return std::optional(std::chrono::hours{*hours});
}

/// It runs out on another day, and its duty with it.
Result<void> set_end(api::WriteContext& context, const Control& control, Day until, Instant due) {
  context.tx.post("UPDATE door_control SET until_on = $3 WHERE community_id = $1 AND id = $2",
                  {context.community.id, control.id, until});
  const auto owed =
      duty::find_open(context.db, context.community.id, control_end, control.id.value());
  if (owed) duty::reschedule(context, *owed, context.now, due);
  return {};
}

}  // namespace

std::vector<Control> controls_of(const api::Context& context, Id<access::Household> household) {
  std::vector<Control> found;
  for (const store::Row& row :
       context.db.query("SELECT " + std::string(columns) +
                            " FROM door_control c WHERE c.community_id = $1 AND c.household_id = $2"
                            " AND c.removed_at IS NULL ORDER BY c.kind",
                        {context.community.id, household})) {
    found.push_back(row_from(row, context.today()));
  }
  return found;
}

std::optional<Control> find_control(const api::Context& context, Id<DoorControl> id) {
  const auto row = context.db.first("SELECT " + std::string(columns) +
                                        " FROM door_control c JOIN {households} h"
                                        " ON h.community_id = c.community_id"
                                        " AND h.id = c.household_id"
                                        " WHERE c.id = $1 AND c.removed_at IS NULL",
                                    {id});
  if (!row) return std::nullopt;
  return row_from(*row, context.today());
}

std::optional<Order> order_on(const api::Context& context, Id<access::Household> household) {
  const auto row = context.db.first(
      "SELECT o.id, h.path, (SELECT max(g.ends_on) FROM observation_ground g"
      " WHERE g.community_id = o.community_id AND g.observation_id = o.id AND g.ended_at IS NULL"
      " AND g.ground <> 'voluntary') FROM {observations} o JOIN household h"
      " ON h.community_id = o.community_id AND h.id = o.household_id"
      " WHERE o.household_id = $1 AND o.ended_at IS NULL",
      {household});
  if (!row || row->is_null(2)) return std::nullopt;
  return Order{row->id<Observation>(0), row->text(1), row->day(2)};
}

Result<Instant> gone_by(const api::Context& context, Day until_on) {
  const auto hours = TRY(removal_time(context.rules()));
  return context.community.zone.start_of(until_on) + hours.value_or(std::chrono::hours{24});
}

Result<void> follow_order(api::WriteContext& context, Id<access::Household> household) {
  const auto standing = controls_of(context, household);
  if (standing.empty()) return {};
  const auto order = order_on(context, household);
  if (!order) return {};
  const Instant due = TRY(gone_by(context, order->ends_on));
  for (const Control& one : standing) {
    if (one.until_on == order->ends_on) continue;
    TRY(set_end(context, one, order->ends_on, due));
    if (one.kind != ControlKind::sensor) {
      context.tx.post(
          "UPDATE door_control SET printed_at = $3, printed_by = $4, posted_at = NULL,"
          " posted_by = NULL WHERE community_id = $1 AND id = $2",
          {context.community.id, one.id, context.now, context.actor.id});
    }
    context.journal("control.renewed", one.id.value(), order->path,
                    R"({"household":")" + to_text(household) + R"(","before":")" +
                        to_text(one.until_on) + R"(","until":")" + to_text(order->ends_on) +
                        R"("})");
  }
  return {};
}

Result<std::int64_t> end_controls(api::WriteContext& context, Id<access::Household> household) {
  const auto hours = TRY(removal_time(context.rules()));
  const auto standing = controls_of(context, household);
  for (const Control& one : standing) {
    TRY(set_end(context, one, std::min(one.until_on, context.today()),
                context.now + hours.value_or(std::chrono::hours{24})));
  }
  return std::ssize(standing);
}

}  // namespace doorstep::observation
