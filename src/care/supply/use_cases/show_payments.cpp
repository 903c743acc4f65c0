/// \file What the household owes, what it says it paid, and where its orders stand: for its own proved
/// link, and for somebody elsewhere whom it named to pay for it (N18), who reads neither what is in an
/// order nor what others said. Any other link reads how things stand and what it said itself.

#include <algorithm>

#include "care/supply/payment_claim.h"

namespace doorstep::supply {
namespace {

constexpr std::int64_t shown_max = 20;
constexpr std::int64_t remembered = 200;
/// Orders stay in sight as long as what hangs on a door.
constexpr std::chrono::hours shown_for{14 * 24};

struct Claim {
  Id<PaymentClaim> id;
  Instant at{};
  std::int64_t fen = 0;
  Method method = Method::cash;
  std::string reference;
  ClaimState state = ClaimState::claimed;
  std::optional<Rejection> reason;
  std::string note;
  std::optional<Id<needs::Order>> order;
  std::optional<Instant> decided_at;

  void fields(auto& f) {
    f("id", id);
    f("at", at);
    f("fen", fen);
    f("method", method);
    f("reference", reference);
    f("state", state);
    f("reason", reason);
    f("note", note);
    f("order", order);
    f("decided_at", decided_at);
  }
};

struct Order {
  Id<needs::Order> id;
  Instant at{};
  needs::OrderState state = needs::OrderState::open;
  Instant drop_from{};
  Instant drop_until{};
  std::optional<Instant> delivered_at;
  std::optional<std::int64_t> fen;  ///< What it costs; 0 before it was bought.

  void fields(auto& f) {
    f("id", id);
    f("at", at);
    f("state", state);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("delivered_at", delivered_at);
    f("fen", fen);
  }
};

struct Response {
  std::optional<std::int64_t> owed_fen;     ///< With it waiting_fen and what orders cost.
  std::optional<std::int64_t> waiting_fen;  ///< Said to be paid; it is owed until somebody saw it.
  std::vector<Order> orders;
  std::vector<Claim> claims;

  void fields(auto& f) {
    f("owed_fen", owed_fen);
    f("waiting_fen", waiting_fen);
    f("orders", orders);
    f("claims", claims);
  }
};

std::vector<Order> orders_of(const api::Context& context, bool reads) {
  std::vector<Order> found;
  for (const store::Row& row : context.db.query(
           "SELECT o.id, o.created_at, o.state, c.drop_from, c.drop_until,"
           " (SELECT max(p.closed_at) FROM parcel p WHERE p.community_id = $1 AND p.household_id = "
           "$2"
           " AND p.origin_kind = 'order' AND p.origin_id = o.id AND p.state = 'delivered'),"
           " (SELECT coalesce(sum(p.amount_fen), 0) FROM ledger_entry e JOIN ledger_posting p"
           " ON p.community_id = e.community_id AND p.entry_id = e.id AND p.account = 'household'"
           " WHERE e.community_id = $1 AND e.order_id = o.id AND e.order_id > 0"
           " AND e.kind <> 'payment' AND NOT EXISTS (SELECT 1 FROM ledger_entry b"
           " WHERE b.community_id = $1 AND b.id = e.corrects AND b.kind = 'payment'))"
           " FROM {orders} o JOIN cycle c ON c.community_id = o.community_id AND c.id = o.cycle_id"
           " WHERE o.household_id = $2 AND o.state <> 'cancelled' AND o.created_at > $3"
           " ORDER BY o.id DESC LIMIT $4",
           {context.community.id, context.actor.household, context.now - shown_for, shown_max})) {
    found.push_back(
        {row.id<needs::Order>(0),
         row.instant(1),
         api::from_word<needs::OrderState>(row.text(2)).value_or(needs::OrderState::closed),
         row.instant(3),
         row.instant(4),
         row.maybe_instant(5),
         {}});
    if (reads) found.back().fen = row.integer(6);
  }
  return found;
}

/// Errors: not_found "household.unknown".
Result<Response> show(api::Context& context, const api::Nothing&) {
  const auto home = context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1",
                                     {context.actor.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  const auto said = claims_of(context, context.actor.household, remembered);
  const bool reads = reads_owed(context, home->text(0));
  Response made;
  if (reads) {
    made.owed_fen = balance(context.db, context.community.id, LedgerAccount::household,
                            context.actor.household.value());
    made.waiting_fen = waiting_fen(said);
  }
  made.orders = orders_of(context, reads);
  const bool own = context.scope.classes_at(home->text(0)).contains(api::Class::money);
  for (const ClaimRow& one : said) {
    if (std::ssize(made.claims) == shown_max) break;
    if (!own && one.link != context.actor.id) continue;
    Claim claim{one.id,    one.at,     one.fen,  one.method, one.reference,
                one.state, one.reason, one.note, {},         one.decided_at};
    if (one.order) claim.order = one.order;
    made.claims.push_back(std::move(claim));
  }
  return made;
}

}  // namespace

api::Endpoint show_payments() {
  return api::query("/api/v1/payments/mine", "home.show",
                    "What the household owes, and what it says it paid", show);
}

}  // namespace doorstep::supply
