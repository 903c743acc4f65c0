/// \file The supplier's own page: the lines of its sheets that are not settled yet, and nobody else's
/// (A32, D12). Posted, so that the link stands in no address.

#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Request {
  std::string token;
  void fields(auto& f) { f("token", token); }
};

struct Line {
  Id<PurchaseLine> id;
  std::string good;
  std::string unit;
  std::int64_t qty = 0;
  std::int64_t orders = 0;
  std::optional<std::int64_t> price_fen;
  Answer answer = Answer::open;
  std::optional<std::int64_t> supplied;
  std::string instead;

  void fields(auto& f) {
    f("id", id);
    f("good", good);
    f("unit", unit);
    f("qty", qty);
    f("orders", orders);
    f("price_fen", price_fen);
    f("answer", answer);
    f("supplied", supplied);
    f("instead", instead);
  }
};

struct Sheet {
  Id<needs::Cycle> cycle;
  Instant drop_from{};
  Instant drop_until{};
  std::vector<Line> lines;
  void fields(auto& f) {
    f("cycle", cycle);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("lines", lines);
  }
};

struct Response {
  std::string supplier;
  std::string community;
  std::string zone;
  std::vector<Sheet> sheets;
  void fields(auto& f) {
    f("supplier", supplier);
    f("community", community);
    f("zone", zone);
    f("sheets", sheets);
  }
};

store::Outcome sheets(store::Snapshot& db, const SupplierKnown& known) {
  Response made;
  made.supplier = known.name;
  const auto home = db.first("SELECT name, zone FROM community WHERE id = $1", {known.community});
  made.community = home->text(0);
  made.zone = home->text(1);
  for (const store::Row& row : db.query(
           "SELECT c.id, c.drop_from, c.drop_until, l.id, l.canonical, l.unit, l.qty, l.orders,"
           " l.price_fen, l.answer, l.supplied, l.instead FROM purchase p JOIN cycle c"
           " ON c.community_id = p.community_id AND c.id = p.cycle_id JOIN purchase_line l"
           " ON l.community_id = p.community_id AND l.purchase_id = p.id"
           " WHERE p.community_id = $1 AND p.supplier_id = $2 AND p.state <> 'settled'"
           " ORDER BY c.cut_off_at, l.canonical, l.unit",
           {known.community, known.supplier})) {
    const auto cycle = row.id<needs::Cycle>(0);
    if (made.sheets.empty() || made.sheets.back().cycle != cycle) {
      made.sheets.push_back({cycle, row.instant(1), row.instant(2), {}});
    }
    made.sheets.back().lines.push_back({row.id<PurchaseLine>(3), row.text(4), row.text(5),
                                        row.integer(6), row.integer(7), row.maybe_integer(8),
                                        api::from_word<Answer>(row.text(9)).value_or(Answer::open),
                                        row.maybe_integer(10), row.text(11)});
  }
  return store::Answer{api::to_json(made)};
}

/// Errors: unauthenticated "link.unknown", "link.revoked".
api::Response show(api::Direct& direct, const Request& request) {
  const auto outcome = direct.store.read([&](store::Snapshot& db) -> store::Outcome {
    return sheets(db, TRY(find_by_link(db, direct.store.pepper(), request.token)));
  });
  if (!outcome.ok()) return api::problem(outcome.error());
  api::Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace

api::Endpoint show_supplier_sheet() {
  return api::direct<Response>(api::Method::post, "/api/v1/supplier/sheet",
                               "The supplier's own lines", show);
}

}  // namespace doorstep::supply
