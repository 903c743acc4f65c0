/// \file Say what a supplier said to a line, heard on the phone: accepted, another good instead, none
/// left, or only so much.

#include "care/registry/households.h"
#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<PurchaseLine> line;
  Answer answer = Answer::accepted;
  std::optional<std::int64_t> supplied;
  std::optional<std::string> instead;
  std::optional<std::int64_t> price_fen;

  void fields(auto& f) {
    f("line", line);
    f("answer", answer);
    f("supplied", supplied);
    f("instead", instead);
    f("price_fen", price_fen);
  }
};

/// Errors: those of answer_line().
Result<api::Nothing> answer(api::WriteContext& context, const Request& request) {
  const std::string instead =
      TRY(registry::clean_text(request.instead.value_or(""), 60, "purchase.instead"));
  TRY(answer_line(context,
                  {request.line, request.answer, request.supplied, instead, request.price_fen}));
  return api::Nothing{};
}

}  // namespace

api::Endpoint answer_purchase() {
  return api::command(api::Method::post, "/api/v1/purchase-lines/{line}/answer", "purchase.run",
                      "Say what a supplier said to a line", answer);
}

}  // namespace doorstep::supply
