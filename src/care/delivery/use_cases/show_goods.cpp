/// \file The goods of the day: what lies at each point and since when, what is on its way, and whether it
/// adds up: received = delivered + returned + lost + out + waiting (E1, E9, E24).

#include "care/delivery/points.h"

namespace doorstep::delivery {
namespace {

struct AtPoint {
  std::optional<Id<Point>> id;
  PointKind kind = PointKind::workstation;
  std::string name;
  bool outside = false;
  std::int64_t received = 0;   ///< Taken in here today.
  std::int64_t handed_on = 0;  ///< Of what was ever here: gone on.
  std::int64_t waiting = 0;    ///< Lies here now.
  std::int64_t held = 0;       ///< Of these: for a reason.
  std::optional<Instant> oldest;

  void fields(auto& f) {
    f("id", id);
    f("kind", kind);
    f("name", name);
    f("outside", outside);
    f("received", received);
    f("handed_on", handed_on);
    f("waiting", waiting);
    f("held", held);
    f("oldest", oldest);
  }
};

struct OfClass {
  Class kind = Class::parcel;
  std::int64_t received = 0;
  std::int64_t waiting = 0;
  std::int64_t out = 0;
  std::int64_t delivered = 0;
  std::int64_t returned = 0;
  std::int64_t lost = 0;
  std::int64_t expected = 0;
  std::int64_t held = 0;      ///< Of those waiting.
  std::int64_t late = 0;      ///< Came after their class's last window, and still to bring.
  std::int64_t overdue = 0;   ///< Their window is over, and they are not at the door.
  std::int64_t unproved = 0;  ///< Delivered, and no picture, code or tap says so.
  std::optional<Instant> window_from;
  std::optional<Instant> window_until;

  void fields(auto& f) {
    f("class", kind);
    f("received", received);
    f("waiting", waiting);
    f("out", out);
    f("delivered", delivered);
    f("returned", returned);
    f("lost", lost);
    f("expected", expected);
    f("held", held);
    f("late", late);
    f("overdue", overdue);
    f("unproved", unproved);
    f("window_from", window_from);
    f("window_until", window_until);
  }
};

struct Today {
  std::vector<AtPoint> points;
  std::vector<OfClass> classes;
  std::int64_t unknown = 0;  ///< Open, and nobody knows whose they are.
  Instant day_until{};
  Disinfect disinfect = Disinfect::after_receipt;

  void fields(auto& f) {
    f("points", points);
    f("classes", classes);
    f("unknown", unknown);
    f("day_until", day_until);
    f("disinfect", disinfect);
  }
};

/// Steps are counted where they were taken; what lies there is counted by itself.
std::vector<AtPoint> at_points(api::Context& context, Instant since) {
  std::vector<AtPoint> points;
  for (const store::Row& row : context.db.query(
           "SELECT g.id, g.kind, g.name, g.outside,"
           " (SELECT count(DISTINCT s.parcel_id) FROM parcel_step s JOIN {parcels} p"
           " ON p.id = s.parcel_id WHERE s.community_id = g.community_id AND s.point_id = g.id"
           " AND s.step IN ('arrived', 'received', 'handed_over') AND s.recorded_at >= $2),"
           " (SELECT count(DISTINCT s.parcel_id) FROM parcel_step s JOIN {parcels} p"
           " ON p.id = s.parcel_id WHERE s.community_id = g.community_id AND s.point_id = g.id"
           " AND s.step IN ('arrived', 'received', 'handed_over') AND s.recorded_at >= $2"
           " AND (p.closed_at IS NOT NULL OR p.state = 'out' OR p.point_id <> g.id)),"
           " (SELECT count(*) FROM {parcels} p WHERE p.point_id = g.id AND p.closed_at IS NULL"
           " AND p.state NOT IN ('out', 'expected')),"
           " (SELECT count(*) FROM {parcels} p WHERE p.point_id = g.id AND p.state = 'held'),"
           " (SELECT min(coalesce(p.received_at, p.expected_at)) FROM {parcels} p"
           " WHERE p.point_id = g.id AND p.closed_at IS NULL AND p.state NOT IN ('out', "
           "'expected'))"
           " FROM goods_point g WHERE g.community_id = $1 AND g.closed_at IS NULL AND g.kind <> "
           "'shop'"
           " ORDER BY g.outside DESC, g.kind, g.name",
           {context.community.id, since})) {
    AtPoint made;
    made.id = row.id<Point>(0);
    made.kind = api::from_word<PointKind>(row.text(1)).value_or(PointKind::workstation);
    made.name = row.text(2);
    made.outside = row.boolean(3);
    made.received = row.integer(4);
    made.handed_on = row.integer(5);
    made.waiting = row.integer(6);
    made.held = row.integer(7);
    made.oldest = row.maybe_instant(8);
    points.push_back(std::move(made));
  }
  return points;
}

/// What was received today, and what is open from before.
OfClass of_class(api::Context& context, Class kind, Instant since) {
  const auto row = *context.db.first(
      "SELECT count(*) FILTER (WHERE p.received_at IS NOT NULL),"
      " count(*) FILTER (WHERE p.received_at IS NOT NULL AND p.closed_at IS NULL"
      " AND p.state <> 'out'),"
      " count(*) FILTER (WHERE p.state = 'out'), count(*) FILTER (WHERE p.state = 'delivered'),"
      " count(*) FILTER (WHERE p.state = 'returned'), count(*) FILTER (WHERE p.state = 'lost'),"
      " count(*) FILTER (WHERE p.state = 'expected'),"
      " count(*) FILTER (WHERE p.state = 'held' AND p.received_at IS NOT NULL),"
      " count(*) FILTER (WHERE p.late AND p.closed_at IS NULL),"
      " count(*) FILTER (WHERE p.due_at <= $3 AND p.closed_at IS NULL),"
      " count(*) FILTER (WHERE p.state = 'delivered' AND p.proof IS NULL)"
      " FROM {parcels} p WHERE p.class = $1"
      " AND (p.received_at >= $2 OR p.closed_at >= $2 OR p.closed_at IS NULL)",
      {api::word(kind), since, context.now});
  OfClass made;
  made.kind = kind;
  made.received = row.integer(0);
  made.waiting = row.integer(1);
  made.out = row.integer(2);
  made.delivered = row.integer(3);
  made.returned = row.integer(4);
  made.lost = row.integer(5);
  made.expected = row.integer(6);
  made.held = row.integer(7);
  made.late = row.integer(8);
  made.overdue = row.integer(9);
  made.unproved = row.integer(10);
  return made;
}

/// Errors: those of the rule pack.
Result<Today> show(api::Context& context, const api::Nothing&) {
  const Instant since = context.community.zone.start_of(context.today());
  Today goods;
  goods.points = at_points(context, since);
  for (const Class kind : {Class::meal, Class::fresh, Class::parcel}) {
    OfClass one = of_class(context, kind, since);
    const Window window =
        TRY(window_for(context.rules(), context.community.zone, kind, context.now));
    one.window_from = window.from;
    one.window_until = window.until;
    goods.classes.push_back(one);
  }
  goods.unknown = context.db
                      .first(
                          "SELECT count(*) FROM {parcels} p WHERE p.household_id IS NULL"
                          " AND p.closed_at IS NULL")
                      ->integer(0);
  goods.day_until = TRY(day_until(context.rules(), context.community.zone, context.now));
  goods.disinfect = TRY(disinfect_rule(context.rules()));
  return goods;
}

}  // namespace

api::Endpoint show_goods() {
  return api::query("/api/v1/goods", "parcel.list",
                    "What lies at each point, what is on its way, and whether it adds up", show);
}

}  // namespace doorstep::delivery
