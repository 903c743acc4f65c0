/// \file End a collection after its cut-off: the purchase sheets are made.

#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<needs::Cycle> cycle;
  void fields(auto& f) { f("cycle", cycle); }
};

/// Errors: not_found "cycle.unknown"; conflict "cycle.open".
Result<api::Nothing> end(api::WriteContext& context, const Request& request) {
  const auto cycle = needs::find_cycle(context, request.cycle);
  if (!cycle) return Error{ErrorKind::not_found, "cycle.unknown"};
  TRY(close_cycle(context, *cycle));
  return api::Nothing{};
}

}  // namespace

api::Endpoint end_collection() {
  return api::command(api::Method::post, "/api/v1/cycles/{cycle}/close", "purchase.run",
                      "End a collection", end);
}

}  // namespace doorstep::supply
