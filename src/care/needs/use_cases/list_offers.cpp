/// \file What is offered to me, and what I have taken: a helper's own list (D26). Before it is taken it
/// names the kind of thing and the building; the door and the goods are for whoever took it.

#include "care/needs/offer.h"

namespace doorstep::needs {
namespace {

struct OfferRow {
  std::string path;
  Id<Offer> id;
  Id<Need> need;
  std::string service;
  std::string building;
  std::int64_t ring = 0;
  std::string state;
  Instant offered_at{};
  std::string door;
  std::vector<Line> lines;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("need", need);
    f("service", service);
    f("building", building);
    f("ring", ring);
    f("state", state);
    f("offered_at", offered_at);
    f("door", door, api::Class::door);
    f("lines", lines);
  }
};

struct Response {
  std::vector<OfferRow> rows;
  void fields(auto& f) { f("rows", rows); }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT n.path, o.id, n.id, n.service, o.ring, o.state, o.offered_at, h.door"
           " FROM need_offer o JOIN {needs} n ON n.community_id = o.community_id"
           " AND n.id = o.need_id JOIN household h ON h.community_id = n.community_id"
           " AND h.id = n.household_id WHERE o.account_id = $1 AND (o.state = 'open'"
           " OR (o.state = 'accepted' AND n.state = 'accepted')) ORDER BY o.offered_at, o.id",
           {context.actor.id})) {
    OfferRow one;
    one.path = row.text(0);
    one.id = row.id<Offer>(1);
    one.need = row.id<Need>(2);
    one.service = row.text(3);
    one.ring = row.integer(4);
    one.state = row.text(5);
    one.offered_at = row.instant(6);
    if (const auto building = access::id_in_path(one.path, 'b')) {
      const auto place =
          context.db.first("SELECT name FROM place WHERE community_id = $1 AND id = $2",
                           {context.community.id, *building});
      one.building = place ? place->text(0) : "";
    }
    if (one.state == "accepted") {
      one.door = row.text(7);
      one.lines = lines_of(context.db, context.community.id, one.need);
    }
    made.rows.push_back(std::move(one));
  }
  return made;
}

}  // namespace

api::Endpoint list_offers() {
  api::Endpoint made = api::query("/api/v1/offers", "", "What is offered to me", list);
  made.door = api::Door::signed_in;
  return made;
}

}  // namespace doorstep::needs
