/// \file The supplier answers one of its own lines: accepted, so much, another good instead, none left
/// (A32, D12). Saying it twice is saying it once.

#include "care/registry/households.h"
#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Request {
  std::string token;
  Id<PurchaseLine> line;
  Answer answer = Answer::accepted;
  std::optional<std::int64_t> supplied;
  std::optional<std::string> instead;

  void fields(auto& f) {
    f("token", token);
    f("line", line);
    f("answer", answer);
    f("supplied", supplied);
    f("instead", instead);
  }
};

/// The supplier as an actor of its community: it has no place in it, and no rights but this one.
Result<store::Answer> carry_out(api::Direct& direct, store::Transaction& tx,
                                const Request& request) {
  const SupplierKnown known = TRY(find_by_link(tx, direct.store.pepper(), request.token));
  const auto row = tx.first(
      "SELECT c.name, c.zone, r.source FROM community c JOIN rule_pack r ON r.hash = c.rules_hash"
      " WHERE c.id = $1",
      {known.community});
  const api::CommunityContext home{
      known.community, row->text(0), TRY(Zone::named(row->text(1))),
      std::make_shared<const RulePack>(TRY(RulePack::parse(row->text(2))))};
  access::Actor actor;
  actor.id = known.supplier.value();
  actor.community = known.community;
  access::Scope scope;
  scope.community = known.community;
  IdSource ids(direct.rng);
  const std::function<std::string(std::string_view)> sign = [&](std::string_view text) {
    return direct.store.sign(text);
  };
  api::WriteContext context{{tx, actor, scope, home, direct.settings, direct.now, direct.rng,
                             direct.store.pepper(), sign},
                            tx,
                            ids};
  const std::string instead =
      TRY(registry::clean_text(request.instead.value_or(""), 60, "purchase.instead"));
  TRY(answer_line(context, {request.line, request.answer, request.supplied, instead, {}},
                  known.supplier));
  return store::Answer{"{}"};
}

/// Errors: unauthenticated "link.unknown", "link.revoked"; those of answer_line().
api::Response answer(api::Direct& direct, const Request& request) {
  const auto outcome = direct.store.write_now(
      [&](store::Transaction& tx) -> store::Outcome { return carry_out(direct, tx, request); });
  if (!outcome.ok()) return api::problem(outcome.error());
  api::Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

api::Endpoint answer_supplier_line() {
  return api::direct<api::Nothing>(api::Method::post, "/api/v1/supplier/answer",
                                   "The supplier answers one of its lines", answer);
}

}  // namespace doorstep::supply
