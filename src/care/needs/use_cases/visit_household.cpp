/// \file Ask a household at its door before the cut-off, on the collecting round (D14): what it orders
/// is taken down with needs; this says that somebody was there. Taken offline, it may arrive later.

#include "care/needs/cycle.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<access::Household> household;
  Visited outcome = Visited::nothing;
  std::optional<Instant> occurred_at;  ///< By the phone's clock, where it had no signal.

  void fields(auto& f) {
    f("household", household);
    f("outcome", outcome);
    f("occurred_at", occurred_at);
  }
};

struct Response {
  Id<Cycle> cycle;
  Instant cut_off{};
  bool late = false;  ///< It arrived after the cut-off it was for.

  void fields(auto& f) {
    f("cycle", cycle);
    f("cut_off", cut_off);
    f("late", late);
  }
};

/// How far back a phone without signal is believed.
constexpr std::chrono::hours behind_max{48};

/// Errors: not_found "household.unknown"; those of the rule pack.
Result<Response> visit(api::WriteContext& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  CycleRow cycle = TRY(cycle_now(context));
  const bool told = request.occurred_at && *request.occurred_at <= context.now &&
                    *request.occurred_at > context.now - behind_max;
  if (told && *request.occurred_at < cycle.when.opens) {
    const auto then = context.db.first(
        "SELECT " + std::string(cycle_columns) +
            " FROM cycle c WHERE c.community_id = $1 AND c.opens_at <= $2 AND c.cut_off_at > $2",
        {context.community.id, *request.occurred_at});
    if (then) cycle = cycle_from(*then);
  }
  record_visit(context, cycle, request.household, request.outcome);
  context.journal("round.visited", request.household.value(), home->text(0),
                  R"({"cycle":")" + to_text(cycle.id) + R"(","outcome":")" +
                      std::string(api::word(request.outcome)) + R"("})");
  return Response{cycle.id, cycle.when.cut_off, cycle.when.cut_off <= context.now};
}

}  // namespace

api::Endpoint visit_household() {
  return api::command(api::Method::post, "/api/v1/collecting-round", "round.collect",
                      "Say that a household was asked on the collecting round", visit);
}

}  // namespace doorstep::needs
