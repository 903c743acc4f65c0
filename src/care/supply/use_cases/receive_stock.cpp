/// \file Goods of the community's own arrived, or a count found that some are lost (F9).

#include "care/registry/households.h"
#include "care/supply/stock.h"

namespace doorstep::supply {
namespace {

struct Request {
  std::string item;
  std::int64_t qty = 0;  ///< Pieces. Below 0: so many are lost.
  std::optional<std::string> note;

  void fields(auto& f) {
    f("item", item);
    f("qty", qty);
    f("note", note);
  }
};

struct Response {
  Id<StockEntry> id;
  std::int64_t in_store = 0;
  void fields(auto& f) {
    f("id", id);
    f("in_store", in_store);
  }
};

/// Errors: invalid "stock.item", "stock.qty", "stock.note"; conflict "stock.short".
Result<Response> receive(api::WriteContext& context, const Request& request) {
  const std::string item = TRY(registry::clean_text(request.item, 40, "stock.item"));
  StockMove move;
  const bool lost = request.qty < 0;
  if (lost) move = {StockKind::counted, StockPlace::store, StockPlace::loss};
  if (request.qty < -pieces_max) return Error{ErrorKind::invalid, "stock.qty", item};
  move.items = {{item, lost ? -request.qty : request.qty}};
  move.note = TRY(registry::clean_text(request.note.value_or(""), 100, "stock.note"));
  Response made{TRY(move_stock(context, move))};
  made.in_store = in_store(context.db, context.community.id, item);
  return made;
}

}  // namespace

api::Endpoint receive_stock() {
  return api::command(api::Method::post, "/api/v1/stock", "need.decide",
                      "Goods of the community arrived, or are lost", receive);
}

}  // namespace doorstep::supply
