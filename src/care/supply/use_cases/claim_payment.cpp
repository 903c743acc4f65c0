/// \file Say that something was paid (N18): the household, or somebody elsewhere whom it named. Whoever
/// keeps the money looks whether it came.

#include <algorithm>

#include <fmt/format.h>

#include "care/registry/households.h"
#include "care/supply/payment_claim.h"

namespace doorstep::supply {
namespace {

constexpr std::size_t reference_length_max = 64;
/// So many of a household's claims are looked at for the same payment.
constexpr std::int64_t remembered = 200;

struct Request {
  std::int64_t fen = 0;
  Method method = Method::wechat;
  std::optional<std::string> reference;   ///< Number of the transfer, where there is one.
  std::optional<Id<needs::Order>> order;  ///< None: of what is owed altogether.
  std::optional<bool> sure;               ///< Asked back, and said again.

  void fields(auto& f) {
    f("fen", fen);
    f("method", method);
    f("reference", reference, api::Class::money);
    f("order", order);
    f("sure", sure);
  }
};

struct Response {
  Id<PaymentClaim> id;
  ClaimState state = ClaimState::claimed;
  void fields(auto& f) {
    f("id", id);
    f("state", state);
  }
};

Result<void> check_order(const api::Context& context, Id<needs::Order> order) {
  const auto row = context.db.first(
      "SELECT o.state FROM {orders} o WHERE o.id = $1 AND o.household_id = $2"
      " AND o.state <> 'cancelled'",
      {order, context.actor.household});
  if (!row) return Error{ErrorKind::not_found, "order.unknown"};
  return {};
}

/// What may be a slip is asked back; the same transfer said twice is one. A link that may not read what is
/// owed is not told by this either: only its own words are compared.
Result<void> check_slips(const api::Context& context, const Request& request,
                         const std::string& path, const std::string& reference) {
  const bool reads = reads_owed(context, path);
  const bool sure = request.sure.value_or(false);
  const auto said = claims_of(context, context.actor.household, remembered);
  std::int64_t waiting = 0;
  for (const ClaimRow& one : said) {
    const bool stands = one.state == ClaimState::claimed || one.state == ClaimState::confirmed;
    waiting += one.state == ClaimState::claimed ? 1 : 0;
    if (!stands || (!reads && one.link != context.actor.id)) continue;
    if (one.method != request.method || one.reference != reference) continue;
    if (!reference.empty()) return Error{ErrorKind::conflict, "payment.said_already"};
    const bool same = one.state == ClaimState::claimed && one.fen == request.fen;
    if (same && !sure) return Error{ErrorKind::conflict, "payment.same_again"};
  }
  if (waiting >= claims_waiting_max) return Error{ErrorKind::conflict, "payment.too_many"};
  if (!reads || sure) return {};
  const std::int64_t owed = balance(context.db, context.community.id, LedgerAccount::household,
                                    context.actor.household.value()) -
                            waiting_fen(said);
  if (request.fen > owed) {
    return Error{ErrorKind::conflict, "payment.more_than_owed",
                 std::to_string(std::max<std::int64_t>(owed, 0))};
  }
  return {};
}

/// Errors: invalid "money.amount", "payment.reference" (over 64 characters); not_found
/// "household.unknown", "order.unknown"; conflict "payment.said_already" (the same transfer), "payment.too_many", and unless
/// `sure` "payment.same_again", "payment.more_than_owed" (the hint: fen that are owed and not yet said
/// to be paid).
Result<Response> claim(api::WriteContext& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {context.actor.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const std::string path = home->text(0);
  if (request.fen <= 0 || request.fen > booking_fen_max) {
    return Error{ErrorKind::invalid, "money.amount"};
  }
  const std::string reference = TRY(registry::clean_text(
      request.reference.value_or(""), reference_length_max, "payment.reference"));
  if (request.order) TRY(check_order(context, *request.order));
  TRY(check_slips(context, request, path, reference));
  const auto id = context.new_id<PaymentClaim>();
  const auto order = request.order.value_or(Id<needs::Order>{});
  context.tx.run(
      "INSERT INTO payment_claim (community_id, id, household_id, order_id, fen, method, reference,"
      " state, reason, note, entry_id, link_id, claimed_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, 'claimed', '', '', 0, $8, $9)",
      {context.community.id, id, context.actor.household, order, request.fen,
       api::word(request.method), reference, context.actor.id, context.now});
  context.journal("payment.claimed", id.value(), path,
                  fmt::format(R"({{"household":"{}","order":"{}"}})",
                              to_text(context.actor.household), to_text(order)));
  TRY(duty::open(context, payment_duty, {id.value(), path, context.now, context.now}));
  return Response{id};
}

}  // namespace

api::Endpoint claim_payment() {
  return api::command(api::Method::post, "/api/v1/payment-claims", "payment.claim",
                      "Say that something was paid", claim);
}

}  // namespace doorstep::supply
