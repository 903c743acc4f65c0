/// \file List what households say they paid and nobody has looked at, oldest first (N18).

#include "care/supply/payment_claim.h"

namespace doorstep::supply {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Claim {
  std::string path;
  Id<PaymentClaim> id;
  Instant at{};
  Id<access::Household> household;
  std::string door;
  std::optional<Id<needs::Order>> order;
  std::int64_t fen = 0;
  Method method = Method::cash;
  std::string reference;
  bool said_elsewhere = false;  ///< The same payment is named for another claim.
  std::string by;
  bool trusted = false;
  bool proved = false;
  std::int64_t owed_fen = 0;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("at", at);
    f("household", household);
    f("door", door, api::Class::door);
    f("order", order);
    f("fen", fen, api::Class::money);
    f("method", method, api::Class::money);
    f("reference", reference, api::Class::money);
    f("said_elsewhere", said_elsewhere, api::Class::money);
    f("by", by, api::Class::name);
    f("trusted", trusted);
    f("proved", proved);
    f("owed_fen", owed_fen, api::Class::money);
  }
};

/// Keyset on the claim. Errors: invalid "field.cursor".
Result<api::Page<Claim>> list(api::Context& context, const Request& request) {
  const auto after =
      request.cursor ? id_from_text(*request.cursor) : std::optional<std::int64_t>{0};
  if (!after) return Error{ErrorKind::invalid, "field.cursor"};
  api::Page<Claim> page;
  for (const ClaimRow& row : claims_waiting(context, *after, request.limit + 1)) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    Claim claim;
    claim.path = row.path;
    claim.id = row.id;
    claim.at = row.at;
    claim.household = row.household;
    claim.door = row.door;
    if (row.order) claim.order = row.order;
    claim.fen = row.fen;
    claim.method = row.method;
    claim.reference = row.reference;
    claim.said_elsewhere = is_said_elsewhere(context, row);
    claim.by = row.by;
    claim.trusted = row.trusted;
    claim.proved = row.proved;
    claim.owed_fen =
        balance(context.db, context.community.id, LedgerAccount::household, row.household.value());
    page.rows.push_back(std::move(claim));
  }
  return page;
}

}  // namespace

api::Endpoint list_payment_claims() {
  return api::list("/api/v1/payment-claims", "money.show", "List what was said to be paid", list);
}

}  // namespace doorstep::supply
