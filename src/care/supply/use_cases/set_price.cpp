/// \file Say what a good costs at a supplier, and in a shop (D9). It holds for sheets made from now on.

#include "care/needs/reading.h"
#include "care/registry/households.h"
#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<Supplier> supplier;
  std::string good;  ///< As people write it: 番茄 is 西红柿.
  std::string unit;
  std::int64_t price_fen = 0;
  std::optional<std::int64_t> market_fen;

  void fields(auto& f) {
    f("supplier", supplier);
    f("good", good);
    f("unit", unit);
    f("price_fen", price_fen);
    f("market_fen", market_fen);
  }
};

struct Response {
  std::string good;
  std::string unit;
  std::int64_t price_fen = 0;  ///< For one of the unit that is bought in.
  void fields(auto& f) {
    f("good", good);
    f("unit", unit);
    f("price_fen", price_fen);
  }
};

/// What the orders call it.
std::string canonical_of(const std::string& good, const std::string& unit) {
  const auto lines = needs::read(good + "1" + (unit.empty() ? "个" : unit)).lines;
  return lines.size() == 1 && lines.front().name == good ? lines.front().canonical : good;
}

Result<void> check(std::int64_t fen) {
  if (fen <= 0 || fen > price_fen_max) return Error{ErrorKind::invalid, "price.amount"};
  return {};
}

/// Errors: not_found "supplier.unknown"; invalid "price.good", "price.unit" (one that is bought in
/// another: 公斤 does not divide the price evenly), "price.amount" (not above 0, or over 10,000 yuan).
Result<Response> set(api::WriteContext& context, const Request& request) {
  TRY(find_supplier(context, request.supplier));
  const std::string good = TRY(registry::clean_text(request.good, 40, "price.good"));
  if (good.empty()) return Error{ErrorKind::invalid, "price.good"};
  const std::string unit = TRY(registry::clean_text(request.unit, 12, "price.unit"));
  TRY(check(request.price_fen));
  if (request.market_fen) TRY(check(*request.market_fen));
  // Orders count what is weighed in 斤: a price for another weight is turned into that.
  const needs::Amount one = needs::in_trade_unit(1000, unit);
  const auto turned = [&](std::int64_t fen) { return fen * 1000 / one.qty; };
  if (turned(request.price_fen) * one.qty != request.price_fen * 1000) {
    return Error{ErrorKind::invalid, "price.unit"};
  }
  const Response made{canonical_of(good, unit), one.unit, turned(request.price_fen)};
  context.tx.run(
      "INSERT INTO price (community_id, supplier_id, canonical, unit, price_fen, market_fen,"
      " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (community_id, supplier_id, canonical, unit) DO UPDATE SET"
      " price_fen = excluded.price_fen, market_fen = excluded.market_fen,"
      " changed_at = excluded.changed_at",
      {context.community.id, request.supplier, made.good, made.unit, made.price_fen,
       request.market_fen ? store::Value(turned(*request.market_fen)) : store::Value(),
       context.now});
  context.journal("price.set", request.supplier.value(), "");
  return made;
}

}  // namespace

api::Endpoint set_price() {
  return api::command(api::Method::post, "/api/v1/suppliers/{supplier}/prices", "supplier.edit",
                      "Say what a good costs", set);
}

}  // namespace doorstep::supply
