/// \file Record what a household paid, what a helper paid for it and got back, and what a supplier was
/// paid. What was wrong is corrected, never changed.

#include <algorithm>

#include "care/registry/households.h"
#include "care/registry/staff.h"
#include "care/supply/ledger.h"
#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Request {
  EntryKind kind = EntryKind::payment;  ///< payment, outlay, repayment or settlement.
  std::int64_t fen = 0;
  std::optional<Id<access::Household>> household;  ///< payment and outlay.
  std::optional<Id<access::Account>> helper;       ///< outlay and repayment.
  std::optional<Id<Supplier>> supplier;            ///< settlement.
  std::optional<std::string> note;

  void fields(auto& f) {
    f("kind", kind);
    f("fen", fen);
    f("household", household);
    f("helper", helper);
    f("supplier", supplier);
    f("note", note);
  }
};

struct Response {
  Id<Entry> id;
  std::int64_t balance_fen = 0;  ///< Of the household after it, else of the helper or supplier.
  void fields(auto& f) {
    f("id", id);
    f("balance_fen", balance_fen);
  }
};

Result<std::string> path_of(const api::Context& context, const Request& request) {
  if (!request.household) return Error{ErrorKind::invalid, "field.household", "missing"};
  const auto row =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {*request.household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  return row->text(0);
}

/// What a supplier is owed stands below 0. Errors: not_found "supplier.unknown"; invalid "money.amount",
/// "field.supplier"; conflict "money.not_owed" (more than it is owed; the hint says how much that is).
Result<Response> settle(api::WriteContext& context, const Request& request, Booking booking) {
  if (!request.supplier) return Error{ErrorKind::invalid, "field.supplier", "missing"};
  TRY(find_supplier(context, *request.supplier));
  const std::int64_t supplier = request.supplier->value();
  const std::int64_t owed =
      -balance(context.db, context.community.id, LedgerAccount::supplier, supplier);
  if (request.fen > owed) {
    return Error{ErrorKind::conflict, "money.not_owed",
                 std::to_string(std::max<std::int64_t>(owed, 0))};
  }
  booking.postings = {{LedgerAccount::supplier, supplier, request.fen},
                      {LedgerAccount::cash, 0, -request.fen}};
  const Id<Entry> id = TRY(book(context, booking));
  return Response{id, request.fen - owed};
}

/// Errors: not_found "household.unknown", "account.unknown"; those of settle(); invalid "money.kind" (not
/// one of the four), "money.amount", "money.note", "field.household", "field.helper".
Result<Response> record(api::WriteContext& context, const Request& request) {
  if (request.fen <= 0) return Error{ErrorKind::invalid, "money.amount"};
  Booking booking{request.kind};
  booking.note = TRY(registry::clean_text(request.note.value_or(""), 200, "money.note"));
  if (request.kind == EntryKind::settlement) return settle(context, request, std::move(booking));
  const bool helps = request.kind == EntryKind::outlay || request.kind == EntryKind::repayment;
  const bool pays = request.kind == EntryKind::payment || request.kind == EntryKind::outlay;
  if (!helps && !pays) return Error{ErrorKind::invalid, "money.kind"};
  if (pays) booking.path = TRY(path_of(context, request));
  if (helps) {
    if (!request.helper) return Error{ErrorKind::invalid, "field.helper", "missing"};
    TRY(registry::check_account(context, *request.helper));
  }
  const std::int64_t home = pays ? request.household->value() : 0;
  const std::int64_t helper = helps ? request.helper->value() : 0;
  switch (request.kind) {
    case EntryKind::payment:
      booking.postings = {{LedgerAccount::cash, 0, request.fen},
                          {LedgerAccount::household, home, -request.fen}};
      break;
    case EntryKind::outlay:
      booking.postings = {{LedgerAccount::household, home, request.fen},
                          {LedgerAccount::helper, helper, -request.fen}};
      break;
    default:
      booking.postings = {{LedgerAccount::helper, helper, request.fen},
                          {LedgerAccount::cash, 0, -request.fen}};
  }
  const Id<Entry> id = TRY(book(context, booking));
  return Response{id,
                  pays ? balance(context.db, context.community.id, LedgerAccount::household, home)
                       : balance(context.db, context.community.id, LedgerAccount::helper, helper)};
}

}  // namespace

api::Endpoint record_payment() {
  return api::command(api::Method::post, "/api/v1/ledger", "money.edit",
                      "Record a payment, an outlay or a repayment", record);
}

}  // namespace doorstep::supply
