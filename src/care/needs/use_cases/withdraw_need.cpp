/// \file Take back what was asked: the household until the cut-off, staff for it.

#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  void fields(auto& f) { f("need", need); }
};

/// Errors: not_found "need.unknown"; conflict "need.closed" (decided already), "order.closed" (it is
/// bought: it can only be given back).
Result<api::Nothing> take_back(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  // Taken back twice is taken back.
  if (need->state == State::cancelled) return api::Nothing{};
  if (need->state == State::done || need->state == State::declined) {
    return Error{ErrorKind::conflict, "need.closed"};
  }
  TRY(withdraw(context, need->id));
  change(context, *need, State::cancelled, "withdrawn", "");
  return api::Nothing{};
}

}  // namespace

api::Endpoint withdraw_need() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/withdraw", "need.ask",
                      "Take back what was asked", take_back);
}

}  // namespace doorstep::needs
