/// \file Say whether a payment came (N18): then it stands in the ledger, once; else with a reason that
/// the household reads.

#include <fmt/format.h>

#include "care/duty/roster.h"
#include "care/registry/households.h"
#include "care/supply/payment_claim.h"

namespace doorstep::supply {
namespace {

constexpr std::size_t note_length_max = 200;

enum class Decision : std::uint8_t { confirm, reject };

}  // namespace
}  // namespace doorstep::supply

template <>
struct doorstep::api::Choices<doorstep::supply::Decision> {
  static constexpr std::array words{std::string_view{"confirm"}, std::string_view{"reject"}};
};

namespace doorstep::supply {
namespace {

struct Request {
  Id<PaymentClaim> claim;
  Decision decision = Decision::confirm;
  std::optional<Rejection> reason;  ///< Of a rejection.
  std::optional<std::string> note;  ///< For the household; never empty where the reason is other.

  void fields(auto& f) {
    f("claim", claim);
    f("decision", decision);
    f("reason", reason);
    f("note", note, api::Class::money);
  }
};

struct Response {
  std::string path;
  ClaimState state = ClaimState::claimed;
  std::optional<Id<Entry>> entry;
  std::int64_t owed_fen = 0;  ///< By the household after it.

  void fields(auto& f) {
    f.at(path);
    f("state", state);
    f("entry", entry);
    f("owed_fen", owed_fen, api::Class::money);
  }
};

Result<void> confirm(api::WriteContext& context, ClaimRow& claim) {
  Booking booking{EntryKind::payment};
  booking.order = claim.order;
  booking.note = claim.reference;
  booking.path = claim.path;
  booking.postings = {{LedgerAccount::cash, 0, claim.fen},
                      {LedgerAccount::household, claim.household.value(), -claim.fen}};
  claim.entry = TRY(book(context, booking));
  claim.state = ClaimState::confirmed;
  return {};
}

Result<void> reject(const Request& request, ClaimRow& claim) {
  if (!request.reason) return Error{ErrorKind::invalid, "payment.reason"};
  if (*request.reason == Rejection::other && claim.note.empty()) {
    return Error{ErrorKind::invalid, "payment.note"};
  }
  claim.reason = request.reason;
  claim.state = ClaimState::rejected;
  return {};
}

void keep(api::WriteContext& context, const ClaimRow& claim) {
  context.tx.run(
      "UPDATE payment_claim SET state = $3, reason = $4, note = $5, entry_id = $6, decided_at = $7,"
      " decided_by = $8 WHERE community_id = $1 AND id = $2 AND state = 'claimed'",
      {context.community.id, claim.id, api::word(claim.state),
       claim.reason ? api::word(*claim.reason) : "", claim.note, claim.entry, context.now,
       context.actor.id});
  // Never how much.
  context.journal("payment." + std::string(api::word(claim.state)), claim.id.value(), claim.path,
                  fmt::format(R"({{"household":"{}","entry":"{}"}})", to_text(claim.household),
                              to_text(claim.entry)));
  const auto owed =
      duty::find_open(context.db, context.community.id, payment_duty, claim.id.value());
  if (owed) {
    duty::meet(context, *owed, claim.entry ? claim.entry.value() : claim.id.value());
  }
}

/// Said again it is said once. Errors: not_found "payment.unknown"; conflict "payment.decided"
/// (otherwise); forbidden "payment.own" (of the door behind which the actor lives); invalid
/// "payment.reason", "payment.note".
Result<Response> decide(api::WriteContext& context, const Request& request) {
  auto claim = find_claim(context, request.claim);
  if (!claim) return Error{ErrorKind::not_found, "payment.unknown"};
  const bool yes = request.decision == Decision::confirm;
  if (claim->state == ClaimState::claimed) {
    if (duty::Roster::load(context).is_subject(context.actor.id, claim->path)) {
      return Error{ErrorKind::forbidden, "payment.own"};
    }
    claim->note =
        TRY(registry::clean_text(request.note.value_or(""), note_length_max, "payment.note"));
    TRY(yes ? confirm(context, *claim) : reject(request, *claim));
    keep(context, *claim);
  } else if (claim->state != (yes ? ClaimState::confirmed : ClaimState::rejected)) {
    return Error{ErrorKind::conflict, "payment.decided"};
  }
  Response made{claim->path, claim->state, {}};
  if (claim->entry) made.entry = claim->entry;
  made.owed_fen =
      balance(context.db, context.community.id, LedgerAccount::household, claim->household.value());
  return made;
}

}  // namespace

api::Endpoint decide_payment_claim() {
  return api::command(api::Method::post, "/api/v1/payment-claims/{claim}/decide", "money.edit",
                      "Say whether a payment came", decide);
}

}  // namespace doorstep::supply
