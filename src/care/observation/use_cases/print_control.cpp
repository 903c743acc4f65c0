/// \file Make a label or put a sensor to use for a household under an order (C6). One of each kind; asked
/// for again, the one that stands is answered.

#include "api/endpoint.h"
#include "care/observation/control_allowed.h"
#include "care/observation/controls.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<access::Household> household;
  ControlKind kind = ControlKind::door_label;

  void fields(auto& f) {
    f("household", household);
    f("kind", kind);
  }
};

/// Errors: not_found "household.unknown"; conflict "control.no_order" (nobody there is under an order).
Result<Control> print(api::WriteContext& context, const Request& request) {
  TRY(check_control(context.rules()));
  if (!context.db.first("SELECT 1 FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                        {request.household})) {
    return Error{ErrorKind::not_found, "household.unknown"};
  }
  for (const Control& one : controls_of(context, request.household)) {
    if (one.kind == request.kind) return one;
  }
  const auto order = order_on(context, request.household);
  if (!order || order->ends_on <= context.today()) {
    return Error{ErrorKind::conflict, "control.no_order"};
  }
  Control made{context.new_id<DoorControl>(), request.household, request.kind, {}, order->ends_on};
  // 63 random bits: a label at a door tells its code to who passes, and no other code with it.
  made.code = id_text(static_cast<std::int64_t>(context.rng.next() >> 1U));
  context.tx.run(
      "INSERT INTO door_control (community_id, id, household_id, kind, code, until_on, printed_at,"
      " printed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, made.id, request.household, api::word(request.kind), made.code,
       made.until_on, context.now, context.actor.id});
  context.journal("control.made", made.id.value(), order->path,
                  R"({"household":")" + to_text(request.household) + R"(","kind":")" +
                      std::string(api::word(request.kind)) + R"(","until":")" +
                      to_text(made.until_on) + R"("})");
  const Instant due = TRY(gone_by(context, made.until_on));
  TRY(duty::open(context, control_end, {made.id.value(), order->path, context.now, due}));
  return made;
}

}  // namespace

api::Endpoint print_control() {
  return api::command(api::Method::post, "/api/v1/households/{household}/controls", "control.edit",
                      "Make a label or put a sensor to use", print);
}

}  // namespace doorstep::observation
