/// \file List who sells and for how much.

#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Price {
  std::string good;
  std::string unit;
  std::int64_t price_fen = 0;
  std::optional<std::int64_t> market_fen;
  void fields(auto& f) {
    f("good", good);
    f("unit", unit);
    f("price_fen", price_fen);
    f("market_fen", market_fen);
  }
};

struct SupplierRow {
  Id<Supplier> id;
  std::string name;
  std::int64_t links = 0;  ///< In force.
  std::vector<Price> prices;
  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("links", links);
    f("prices", prices);
  }
};

struct Response {
  std::vector<SupplierRow> rows;
  void fields(auto& f) { f("rows", rows); }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT s.id, s.name, (SELECT count(*) FROM supplier_link l WHERE l.community_id ="
           " s.community_id AND l.supplier_id = s.id AND l.revoked_at IS NULL) FROM supplier s"
           " WHERE s.community_id = $1 AND s.closed_at IS NULL ORDER BY s.name",
           {context.community.id})) {
    SupplierRow one{row.id<Supplier>(0), row.text(1), row.integer(2), {}};
    for (const store::Row& price :
         context.db.query("SELECT canonical, unit, price_fen, market_fen FROM price"
                          " WHERE community_id = $1 AND supplier_id = $2 ORDER BY canonical, unit",
                          {context.community.id, one.id})) {
      one.prices.push_back(
          {price.text(0), price.text(1), price.integer(2), price.maybe_integer(3)});
    }
    made.rows.push_back(std::move(one));
  }
  return made;
}

}  // namespace

api::Endpoint list_suppliers() {
  return api::query("/api/v1/suppliers", "cycle.show", "List who sells and for how much", list);
}

}  // namespace doorstep::supply
