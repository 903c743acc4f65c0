/// \file The receiver does not take somebody over: the sender stays responsible, and hears of it at once.

#include "care/observation/transfer.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Transfer> transfer;
  void fields(auto& f) { f("transfer", transfer); }
};

/// Errors: not_found "transfer.unknown"; conflict "transfer.answered".
Result<api::Nothing> decline(api::WriteContext& context, const Request& request) {
  const auto transfer = TRY(some(find_arriving(context, request.transfer), "transfer.unknown"));
  TRY(answer(context, transfer, TransferState::declined));
  return api::Nothing{};
}

}  // namespace

api::Endpoint decline_transfer() {
  return api::command(api::Method::post, "/api/v1/arrivals/{transfer}/decline", "transfer.answer",
                      "Say that somebody does not move here", decline);
}

}  // namespace doorstep::observation
