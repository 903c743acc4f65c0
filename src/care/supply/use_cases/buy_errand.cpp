/// \file The step "bought at a shop" of an errand: what, where, for how much, with its receipt. Who paid
/// out of their own pocket is owed it, and the household owes it, at once (D18). Who buys outside the closed
/// loop brings it to a gate: the second leg, from there to the door, is a parcel that is expected (A35).
///
/// Source: 「插座壞了，無法煲飯」「到社區裡的五金店購買插座」 (S0).

#include <fmt/format.h>

#include "care/delivery/carriers.h"
#include "care/delivery/delivery.h"
#include "care/delivery/kinds.h"
#include "care/needs/need.h"
#include "care/registry/households.h"
#include "care/supply/ledger.h"

namespace doorstep::supply {

struct Shop;
struct ErrandPurchase;

namespace {

struct Request {
  Id<needs::Need> need;
  std::string thing;
  std::int64_t fen = 0;
  std::optional<Id<Shop>> shop;
  std::optional<std::string> receipt;  ///< A JPEG, base64.

  void fields(auto& f) {
    f("need", need);
    f("thing", thing);
    f("fen", fen);
    f("shop", shop);
    f("receipt", receipt);
  }
};

struct Response {
  Id<ErrandPurchase> id;
  Id<Entry> entry;
  void fields(auto& f) {
    f("id", id);
    f("entry", entry);
  }
};

Result<needs::NeedRow> errand_of(const api::Context& context, Id<needs::Need> id) {
  auto need = needs::find_need(context, id);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (need->state != needs::State::accepted) return Error{ErrorKind::conflict, "errand.not_taken"};
  // Goods of a cycle are bought and booked with it.
  if (need->order) return Error{ErrorKind::conflict, "errand.ordered"};
  if (!need->household) return Error{ErrorKind::conflict, "need.no_door"};
  // Everybody there reads the household's account.
  if (need->only_me) return Error{ErrorKind::conflict, "need.private"};
  const auto owing =
      duty::find_open(context.db, context.community.id, needs::owed, need->id.value());
  if (!owing || owing->owner != context.actor.id) {
    return Error{ErrorKind::conflict, "errand.not_yours"};
  }
  return std::move(*need);
}

/// Errors: those of the rule pack.
Result<void> expect_second_leg(api::WriteContext& context, const needs::NeedRow& need,
                               std::string_view thing) {
  delivery::Expectation coming;
  coming.household = need.household;
  coming.origin = delivery::Origin::errand;
  coming.origin_id = need.id.value();
  if (const auto kind = TRY(delivery::kind_of_words(context.rules(), thing))) {
    coming.kind = kind->kind;
    coming.goods = kind->goods;
  }
  TRY(delivery::expect(context, coming));
  return {};
}

/// Errors: not_found "need.unknown", "shop.unknown"; conflict "errand.not_taken" (nobody has accepted it),
/// "errand.not_yours" (somebody else goes), "errand.ordered", "need.no_door", "need.private"; invalid "errand.thing",
/// "money.amount", "note.*" (the receipt).
Result<Response> buy(api::WriteContext& context, const Request& request) {
  const needs::NeedRow need = TRY(errand_of(context, request.need));
  const std::string thing = TRY(registry::clean_text(request.thing, 60, "errand.thing"));
  if (thing.empty()) return Error{ErrorKind::invalid, "errand.thing"};
  if (request.fen <= 0) return Error{ErrorKind::invalid, "money.amount"};
  if (request.shop && !context.db.first("SELECT 1 FROM shop WHERE community_id = $1 AND id = $2",
                                        {context.community.id, *request.shop})) {
    return Error{ErrorKind::not_found, "shop.unknown"};
  }
  std::optional<needs::Note> receipt;
  if (request.receipt) receipt = TRY(needs::note_from_base64(*request.receipt));
  if (receipt && receipt->media != "image/jpeg") return Error{ErrorKind::invalid, "note.kind"};
  const std::int64_t home = need.household.value();
  Booking booking{EntryKind::outlay,
                  {{LedgerAccount::household, home, request.fen},
                   {LedgerAccount::helper, context.actor.id, -request.fen}}};
  booking.note = thing;
  booking.path = need.path;
  Response made;
  made.entry = TRY(book(context, booking));
  made.id = context.new_id<ErrandPurchase>();
  context.tx.post(
      "INSERT INTO errand_purchase (community_id, id, need_id, shop_id, thing, fen, entry_id,"
      " receipt, at, by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {context.community.id, made.id, need.id,
       request.shop ? request.shop->value() : std::int64_t{0}, thing, request.fen, made.entry,
       receipt ? store::Value(store::Bytes{receipt->bytes}) : store::Value(), context.now,
       context.actor.id});
  context.journal("errand.bought", need.id.value(), need.path,
                  fmt::format(R"({{"entry":"{}"}})", to_text(made.entry)));
  if (delivery::is_outside(context, Id<access::Account>{context.actor.id})) {
    TRY(expect_second_leg(context, need, thing));
  }
  return made;
}

}  // namespace

api::Endpoint buy_errand() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/needs/{need}/buy", "",
                                    "Say what was bought at a shop for an errand", buy);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::supply
