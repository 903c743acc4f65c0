#include "care/supply/ledger.h"

#include <fmt/format.h>

namespace doorstep::supply {

Result<Id<Entry>> book(api::WriteContext& context, const Booking& booking) {
  std::int64_t sum = 0;
  for (const Posting& one : booking.postings) {
    if (one.fen == 0 || one.fen > booking_fen_max || one.fen < -booking_fen_max) {
      return Error{ErrorKind::invalid, "money.amount"};
    }
    sum += one.fen;
  }
  if (sum != 0 || booking.postings.empty()) return Error{ErrorKind::invalid, "money.unbalanced"};
  const auto id = context.new_id<Entry>();
  context.tx.run(
      "INSERT INTO ledger_entry (community_id, id, kind, order_id, corrects, note, at, by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, id, api::word(booking.kind), booking.order, booking.corrects,
       booking.note, context.now, context.actor.id});
  std::int64_t number = 0;
  for (const Posting& one : booking.postings) {
    context.tx.run(
        "INSERT INTO ledger_posting (community_id, entry_id, number, account, owner_id, amount_fen)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        {context.community.id, id, ++number, api::word(one.account), one.owner, one.fen});
  }
  // How much is nobody's business but the ledger's: the journal says that something was booked.
  context.journal("money.booked", id.value(), booking.path,
                  fmt::format(R"({{"kind":"{}","order":"{}"}})", api::word(booking.kind),
                              to_text(booking.order)));
  return id;
}

std::int64_t balance(store::Snapshot& db, Id<access::Community> community, LedgerAccount account,
                     std::int64_t owner) {
  return db
      .first(
          "SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting WHERE community_id = $1"
          " AND account = $2 AND owner_id = $3",
          {community, api::word(account), owner})
      ->integer(0);
}

}  // namespace doorstep::supply
