/// \file The move does not come about, or was offered to the wrong community.

#include "care/observation/transfer.h"

namespace doorstep::observation {
namespace {

struct Request {
  Id<Transfer> transfer;
  void fields(auto& f) { f("transfer", transfer); }
};

/// Errors: not_found "transfer.unknown"; conflict "transfer.answered".
Result<api::Nothing> withdraw(api::WriteContext& context, const Request& request) {
  const auto transfer = TRY(some(find_offered(context, request.transfer), "transfer.unknown"));
  TRY(answer(context, transfer, TransferState::withdrawn));
  return api::Nothing{};
}

}  // namespace

api::Endpoint withdraw_transfer() {
  return api::command(api::Method::post, "/api/v1/transfers/{transfer}/withdraw", "person.edit",
                      "Take the offer of somebody back", withdraw);
}

}  // namespace doorstep::observation
