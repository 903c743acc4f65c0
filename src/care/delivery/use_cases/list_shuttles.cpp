/// \file List the shuttles of today and those still open, stop by stop; and the points they go between.

#include <map>

#include "care/delivery/shuttle.h"

namespace doorstep::delivery {
namespace {

struct BagView {
  Id<Parcel> parcel;
  std::string code;
  BagState state = BagState::planned;

  void fields(auto& f) {
    f("parcel", parcel);
    f("code", code);
    f("state", state);
  }
};

struct StopView {
  std::int64_t position = 0;
  StopKind kind = StopKind::pickup;
  std::string name;
  std::optional<Id<Point>> then;
  std::string then_name;
  Instant at{};
  std::optional<Instant> done_at;
  std::string done_by;
  std::vector<BagView> bags;

  void fields(auto& f) {
    f("position", position);
    f("kind", kind);
    f("name", name);
    f("then", then);
    f("then_name", then_name);
    f("at", at);
    f("done_at", done_at);
    f("done_by", done_by);
    f("bags", bags);
  }
};

struct ShuttleView {
  Id<Shuttle> id;
  ShuttleState state = ShuttleState::planned;
  Id<Account> carrier;
  std::string carrier_name;
  Instant leave{};
  std::int64_t metres = 0;
  std::int64_t grams = 0;
  std::int64_t version = 0;
  std::vector<StopView> stops;

  void fields(auto& f) {
    f("id", id);
    f("state", state);
    f("carrier", carrier);
    f("carrier_name", carrier_name);
    f("leave", leave);
    f("metres", metres);
    f("grams", grams);
    f("version", version);
    f("stops", stops);
  }
};

struct Site {
  Id<Point> id;
  PointKind kind = PointKind::shop;
  std::string name;
  bool outside = false;
  std::int64_t east_m = 0;
  std::int64_t north_m = 0;

  void fields(auto& f) {
    f("id", id);
    f("kind", kind);
    f("name", name);
    f("outside", outside);
    f("east_m", east_m);
    f("north_m", north_m);
  }
};

struct Response {
  std::vector<ShuttleView> rows;
  std::vector<Site> sites;
  void fields(auto& f) {
    f("rows", rows);
    f("sites", sites);
  }
};

/// A bag stands at its pick-up and at its drop.
std::map<std::int64_t, std::vector<BagView>> bags_of(const api::Context& context, Id<Shuttle> id) {
  std::map<std::int64_t, std::vector<BagView>> bags;
  for (const store::Row& row : context.db.query(
           "SELECT b.pickup, b.drop_at, p.id, p.code, b.state FROM shuttle_bag b JOIN parcel p"
           " ON p.community_id = b.community_id AND p.id = b.parcel_id"
           " WHERE b.community_id = $1 AND b.shuttle_id = $2 ORDER BY p.code",
           {context.community.id, id})) {
    const BagView bag{row.id<Parcel>(2), row.text(3),
                      api::from_word<BagState>(row.text(4)).value_or(BagState::cancelled)};
    bags[row.integer(0)].push_back(bag);
    bags[row.integer(1)].push_back(bag);
  }
  return bags;
}

std::vector<StopView> stops_of(const api::Context& context, Id<Shuttle> id) {
  auto bags = bags_of(context, id);
  std::vector<StopView> stops;
  for (const store::Row& row : context.db.query(
           "SELECT s.position, s.kind, g.name, s.then_point_id, t.name, s.at, s.done_at, a.name"
           " FROM shuttle_stop s JOIN goods_point g ON g.community_id = s.community_id"
           " AND g.id = s.point_id LEFT JOIN goods_point t ON t.community_id = s.community_id"
           " AND t.id = s.then_point_id LEFT JOIN account a ON a.id = s.done_by"
           " WHERE s.community_id = $1 AND s.shuttle_id = $2 ORDER BY s.position",
           {context.community.id, id})) {
    stops.push_back(
        {row.integer(0), api::from_word<StopKind>(row.text(1)).value_or(StopKind::pickup),
         row.text(2), row.maybe_id<Point>(3), row.maybe_text(4).value_or(""), row.instant(5),
         row.maybe_instant(6), row.maybe_text(7).value_or(""), std::move(bags[row.integer(0)])});
  }
  return stops;
}

/// Those whose goods are all for doors inside the scope. Errors: none.
Result<Response> list(api::Context& context, const api::Nothing&) {
  Response answer;
  for (const PointRow& one : all_points(context)) {
    answer.sites.push_back({one.id, one.kind, one.name, one.outside, one.east_m, one.north_m});
  }
  for (const store::Row& row : context.db.query(
           "SELECT h.id, h.path, h.state, h.carrier_id, a.name, h.leave_at, h.metres, h.grams,"
           " h.version FROM shuttle h JOIN account a ON a.id = h.carrier_id"
           " WHERE h.community_id = $1 AND (h.state IN ('planned', 'out') OR h.leave_at >= $2)"
           " ORDER BY h.leave_at, h.id",
           {context.community.id, context.community.zone.start_of(context.today())})) {
    if (!context.scope.covers(row.text(1))) continue;
    answer.rows.push_back(
        {row.id<Shuttle>(0),
         api::from_word<ShuttleState>(row.text(2)).value_or(ShuttleState::cancelled),
         row.id<Account>(3), row.text(4), row.instant(5), row.integer(6), row.integer(7),
         row.integer(8), stops_of(context, row.id<Shuttle>(0))});
  }
  return answer;
}

}  // namespace

api::Endpoint list_shuttles() {
  return api::query("/api/v1/shuttles", "run.list", "List the shuttles of today", list);
}

}  // namespace doorstep::delivery
