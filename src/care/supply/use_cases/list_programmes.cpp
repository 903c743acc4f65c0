/// \file The programmes that bring produce: who owns each, how many help, how many baskets were ordered
/// and brought (D7).

#include "care/supply/purchase.h"

namespace doorstep::needs {
struct Basket;
}

namespace doorstep::supply {

struct Programme;

namespace {

struct ProgrammeRow {
  Id<Programme> id;
  std::string name;
  std::string owner;
  std::vector<Id<access::Account>> helpers;
  std::int64_t baskets = 0;    ///< Kinds on offer.
  std::int64_t ordered = 0;    ///< Baskets, in all orders that stand.
  std::int64_t delivered = 0;  ///< Of those, at the door.
  std::int64_t today = 0;      ///< Of the ordered, in the drops of today.

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("owner", owner);
    f("helpers", helpers);
    f("baskets", baskets);
    f("ordered", ordered);
    f("delivered", delivered);
    f("today", today);
  }
};

struct BasketRow {
  Id<needs::Basket> id;
  std::string name;
  std::int64_t price_fen = 0;
  std::optional<Id<Programme>> programme;  ///< That it belongs to.

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("price_fen", price_fen);
    f("programme", programme);
  }
};

struct Response {
  std::vector<ProgrammeRow> rows;
  std::vector<BasketRow> baskets;  ///< All on offer, of a programme or of none.
  void fields(auto& f) {
    f("rows", rows);
    f("baskets", baskets);
  }
};

std::vector<Id<access::Account>> helpers_of(const api::Context& context, Id<Programme> id) {
  std::vector<Id<access::Account>> helpers;
  for (const store::Row& row :
       context.db.query("SELECT account_id FROM programme_helper WHERE community_id = $1"
                        " AND programme_id = $2 ORDER BY account_id",
                        {context.community.id, id})) {
    helpers.push_back(row.id<access::Account>(0));
  }
  return helpers;
}

std::vector<BasketRow> on_offer(const api::Context& context) {
  std::vector<BasketRow> baskets;
  for (const store::Row& row :
       context.db.query("SELECT id, name, price_fen, programme_id FROM basket"
                        " WHERE community_id = $1 AND offered ORDER BY name, id",
                        {context.community.id})) {
    baskets.push_back({row.id<needs::Basket>(0), row.text(1), row.integer(2), {}});
    if (row.integer(3) > 0) baskets.back().programme = row.id<Programme>(3);
  }
  return baskets;
}

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  const Day today = context.today();
  const Zone& zone = context.community.zone;
  for (const store::Row& row : context.db.query(
           "SELECT g.id, g.name, g.owner, (SELECT count(*) FROM basket b WHERE b.community_id = "
           "g.community_id"
           " AND b.programme_id = g.id AND b.offered) FROM programme g WHERE g.community_id = $1"
           " ORDER BY g.name",
           {context.community.id})) {
    ProgrammeRow one{row.id<Programme>(0), row.text(1), row.text(2),
                     helpers_of(context, row.id<Programme>(0)), row.integer(3)};
    const auto sums = context.db.first(
        "SELECT coalesce(sum(l.qty), 0), coalesce(sum(l.qty) FILTER (WHERE o.state ="
        " 'delivered'), 0), coalesce(sum(l.qty) FILTER (WHERE c.drop_from >= $3"
        " AND c.drop_from < $4), 0) FROM basket b JOIN order_line l"
        " ON l.community_id = b.community_id AND l.canonical = b.name AND l.unit = '份'"
        " JOIN customer_order o ON o.community_id = l.community_id AND o.id = l.order_id"
        " JOIN cycle c ON c.community_id = l.community_id AND c.id = l.cycle_id"
        " WHERE b.community_id = $1 AND b.programme_id = $2"
        " AND l.state NOT IN ('cancelled', 'out_of_stock', 'returned')",
        {context.community.id, one.id, zone.at(today, {}),
         zone.at(today + std::chrono::days{1}, {})});
    one.ordered = sums->integer(0) / 1000;
    one.delivered = sums->integer(1) / 1000;
    one.today = sums->integer(2) / 1000;
    made.rows.push_back(std::move(one));
  }
  made.baskets = on_offer(context);
  return made;
}

}  // namespace

api::Endpoint list_programmes() {
  return api::query("/api/v1/programmes", "need.list", "Programmes, their owners and figures",
                    list);
}

}  // namespace doorstep::supply
