/// \file Correct an entry of the ledger: its opposite is booked, once; both stay.

#include "care/registry/households.h"
#include "care/supply/ledger.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<Entry> entry;
  std::string note;  ///< Why; never empty.

  void fields(auto& f) {
    f("entry", entry);
    f("note", note);
  }
};

struct Response {
  Id<Entry> id;
  void fields(auto& f) { f("id", id); }
};

/// Only who sees the household may correct what it owes.
Result<std::string> place_of(const api::Context& context, Id<Entry> entry) {
  const auto row = context.db.first(
      "SELECT h.path FROM ledger_posting p JOIN {households} h ON h.community_id = p.community_id"
      " AND h.id = p.owner_id WHERE p.community_id = $1 AND p.entry_id = $2"
      " AND p.account = 'household' LIMIT 1",
      {context.community.id, entry});
  if (row) return row->text(0);
  const auto other = context.db.first(
      "SELECT count(*), count(*) FILTER (WHERE account = 'household') FROM ledger_posting"
      " WHERE community_id = $1 AND entry_id = $2",
      {context.community.id, entry});
  if (!context.scope.whole() || other->integer(0) == 0 || other->integer(1) > 0) {
    return Error{ErrorKind::not_found, "money.unknown"};
  }
  return std::string{};
}

/// Errors: not_found "money.unknown"; conflict "money.corrected"; invalid "money.note".
Result<Response> correct(api::WriteContext& context, const Request& request) {
  const std::string path = TRY(place_of(context, request.entry));
  const std::string note = TRY(registry::clean_text(request.note, 200, "money.note"));
  if (note.empty()) return Error{ErrorKind::invalid, "money.note"};
  const auto before = context.db.first(
      "SELECT e.order_id, (SELECT count(*) FROM ledger_entry c WHERE c.community_id = $1"
      " AND c.corrects = e.id) FROM ledger_entry e WHERE e.community_id = $1 AND e.id = $2",
      {context.community.id, request.entry});
  if (before->integer(1) > 0) return Error{ErrorKind::conflict, "money.corrected"};
  Booking booking{EntryKind::correction};
  booking.order = before->id<needs::Order>(0);
  booking.corrects = request.entry;
  booking.note = note;
  booking.path = path;
  for (const store::Row& row :
       context.db.query("SELECT account, owner_id, amount_fen FROM ledger_posting"
                        " WHERE community_id = $1 AND entry_id = $2 ORDER BY number",
                        {context.community.id, request.entry})) {
    booking.postings.push_back(
        {api::from_word<LedgerAccount>(row.text(0)).value_or(LedgerAccount::cash), row.integer(1),
         -row.integer(2)});
  }
  return Response{TRY(book(context, booking))};
}

}  // namespace

api::Endpoint correct_entry() {
  return api::command(api::Method::post, "/api/v1/ledger/{entry}/correct", "money.edit",
                      "Correct an entry of the ledger", correct);
}

}  // namespace doorstep::supply
