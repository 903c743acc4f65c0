/// \file Take a line back after it was bought: the goods go back, the household does not owe them. Before
/// the cut-off it is simply withdrawn.

#include "care/delivery/delivery.h"
#include "care/registry/households.h"
#include "care/supply/purchase.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<needs::OrderLine> line;
  std::string note;  ///< Why; never empty.
  void fields(auto& f) {
    f("line", line);
    f("note", note);
  }
};

struct Response {
  std::int64_t fen = 0;       ///< Not owed any more.
  bool parcel_stays = false;  ///< Its parcel is on the way: delivery brings it back.
  void fields(auto& f) {
    f("fen", fen);
    f("parcel_stays", parcel_stays);
  }
};

/// Where nothing of the order is left, nothing of it has to come.
Result<bool> cancel_parcels(api::WriteContext& context, Id<needs::Order> order) {
  const auto left = context.db.first(
      "SELECT count(*) FROM order_line WHERE community_id = $1 AND order_id = $2 AND granted > 0"
      " AND state NOT IN ('returned', 'cancelled')",
      {context.community.id, order});
  if (left->integer(0) > 0) return true;
  bool stays = false;
  for (const store::Row& row :
       context.db.query("SELECT id FROM parcel WHERE community_id = $1 AND origin_kind = 'order'"
                        " AND origin_id = $2 AND closed_at IS NULL",
                        {context.community.id, order})) {
    const auto gone =
        delivery::cancel_expected(context, row.id<delivery::Parcel>(0), "order_returned");
    if (!gone.ok()) stays = true;
  }
  return stays;
}

/// Errors: not_found "order.unknown"; conflict "order.not_bought", "order.returned"; invalid
/// "money.note".
Result<Response> give_back(api::WriteContext& context, const Request& request) {
  const std::string note = TRY(registry::clean_text(request.note, 200, "money.note"));
  if (note.empty()) return Error{ErrorKind::invalid, "money.note"};
  const auto row = context.db.first(
      "SELECT o.id, o.household_id, o.path, o.state, l.state, l.granted, p.supplier_id, q.price_fen"
      " FROM order_line l JOIN {orders} o ON o.community_id = l.community_id AND o.id = l.order_id"
      " LEFT JOIN purchase p ON p.community_id = l.community_id AND p.cycle_id = l.cycle_id"
      " AND p.state = 'settled' LEFT JOIN purchase_line q ON q.community_id = p.community_id"
      " AND q.purchase_id = p.id AND q.canonical = l.canonical AND q.unit = l.unit"
      " WHERE l.community_id = $1 AND l.id = $2 ORDER BY q.id IS NULL LIMIT 1",
      {context.community.id, request.line});
  if (!row) return Error{ErrorKind::not_found, "order.unknown"};
  if (row->text(4) == "returned") return Error{ErrorKind::conflict, "order.returned"};
  const bool bought = row->text(3) == "bought" || row->text(3) == "delivered";
  if (!bought || row->is_null(7) || row->maybe_integer(5).value_or(0) == 0) {
    return Error{ErrorKind::conflict, "order.not_bought"};
  }
  const std::int64_t fen = cost(row->integer(5), row->integer(7));
  if (fen > 0) {
    Booking booking{EntryKind::return_};
    booking.order = row->id<needs::Order>(0);
    booking.note = note;
    booking.path = row->text(2);
    booking.postings = {{LedgerAccount::supplier, row->integer(6), fen},
                        {LedgerAccount::household, row->integer(1), -fen}};
    TRY(book(context, booking));
  }
  context.tx.run("UPDATE order_line SET state = 'returned' WHERE community_id = $1 AND id = $2",
                 {context.community.id, request.line});
  context.journal("order.returned", request.line.value(), row->text(2));
  return Response{fen, TRY(cancel_parcels(context, row->id<needs::Order>(0)))};
}

}  // namespace

api::Endpoint return_line() {
  return api::command(api::Method::post, "/api/v1/order-lines/{line}/return", "money.edit",
                      "Take a line back after it was bought", give_back);
}

}  // namespace doorstep::supply
