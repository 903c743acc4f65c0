/// \file Settle a cycle: households owe for what comes, and their parcels are expected. A big one takes
/// several calls: again until nothing is left.

#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<needs::Cycle> cycle;
  void fields(auto& f) { f("cycle", cycle); }
};

struct Response {
  std::int64_t orders = 0;
  std::int64_t left = 0;
  void fields(auto& f) {
    f("orders", orders);
    f("left", left);
  }
};

/// Errors: not_found "cycle.unknown"; those of settle_cycle().
Result<Response> settle(api::WriteContext& context, const Request& request) {
  const auto cycle = needs::find_cycle(context, request.cycle);
  if (!cycle) return Error{ErrorKind::not_found, "cycle.unknown"};
  const Settled done = TRY(settle_cycle(context, *cycle));
  return Response{done.orders, done.left};
}

}  // namespace

api::Endpoint settle_purchase() {
  return api::command(api::Method::post, "/api/v1/cycles/{cycle}/settle", "purchase.run",
                      "Settle a cycle", settle);
}

}  // namespace doorstep::supply
