/// \file Give a kit to a household: its parts leave the store, a parcel is expected at its door, and what
/// was owed because its food runs out is met (F8, F9).

#include "care/delivery/delivery.h"
#include "care/needs/need.h"
#include "care/supply/level.h"
#include "care/supply/stock.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<Kit> kit;
  Id<access::Household> household;
  void fields(auto& f) {
    f("kit", kit);
    f("household", household);
  }
};

struct Response {
  Id<StockEntry> id;
  bool met = false;  ///< A task to bring food was open and is met.
  void fields(auto& f) {
    f("id", id);
    f("met", met);
  }
};

/// Errors: not_found "kit.unknown", "household.unknown"; conflict "stock.short" (the hint names the item
/// and how many there are; nothing is issued).
Result<Response> issue(api::WriteContext& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1 AND h.ended_at IS NULL",
                       {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  StockMove move{StockKind::issued, StockPlace::store, StockPlace::household};
  for (const store::Row& row :
       context.db.query("SELECT item, qty FROM kit_part WHERE community_id = $1 AND kit_id = $2"
                        " ORDER BY item",
                        {context.community.id, request.kit})) {
    move.items.emplace_back(row.text(0), row.integer(1));
  }
  if (move.items.empty()) return Error{ErrorKind::not_found, "kit.unknown"};
  move.kit = request.kit;
  move.household = request.household;
  move.path = home->text(0);
  Response made{TRY(move_stock(context, move))};
  delivery::Expectation coming;
  coming.household = request.household;
  coming.kind = delivery::Class::parcel;
  coming.goods = delivery::Goods::daily;
  coming.origin = delivery::Origin::errand;
  coming.origin_id = made.id.value();
  TRY(delivery::expect(context, coming));
  const auto owing =
      duty::find_open(context.db, context.community.id, food_low, request.household.value());
  if (owing) duty::meet(context, *owing, made.id.value());
  made.met = owing.has_value();
  return made;
}

}  // namespace

api::Endpoint issue_kit() {
  return api::command(api::Method::post, "/api/v1/kits/{kit}/issue", "need.decide",
                      "Give a kit to a household", issue);
}

}  // namespace doorstep::supply
