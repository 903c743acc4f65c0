/// \file What comes to a household, and how far it is (D13, E22): no names but the carrier's first word of
/// state; on an unproved link nothing but states and windows.

#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct HomeParcel {
  Id<Parcel> id;
  Class kind = Class::parcel;
  State state = State::expected;
  std::optional<std::string> reason;
  std::int64_t number = 1;
  std::optional<Instant> window_from;
  std::optional<Instant> due;
  std::optional<Instant> out_at;
  std::optional<Instant> closed_at;
  bool proved = false;
  std::optional<std::string> drop_point;  ///< Where it lies to be fetched (E17).
  std::optional<Instant> dropped_at;

  void fields(auto& f) {
    f("id", id);
    f("class", kind);
    f("state", state);
    f("reason", reason);
    f("number", number);
    f("window_from", window_from);
    f("due", due);
    f("out_at", out_at);
    f("closed_at", closed_at);
    f("proved", proved);
    f("drop_point", drop_point);
    f("dropped_at", dropped_at);
  }
};

struct HomeParcels {
  std::vector<HomeParcel> rows;
  std::vector<Instant>
      taken_away;  ///< A bag of somebody else lay here and was taken to its own door.

  void fields(auto& f) {
    f("rows", rows);
    f("taken_away", taken_away);
  }
};

constexpr std::chrono::hours shown_after{24};

void add_drop_point(const api::Context& context, const ParcelRow& parcel, HomeParcel& shown) {
  if (!is_at_point(parcel.state) || !parcel.point) return;
  const auto row = context.db.first(
      "SELECT g.name, (SELECT max(s.at) FROM parcel_step s WHERE s.community_id = g.community_id"
      " AND s.parcel_id = $3 AND s.step = 'handed_over' AND s.point_id = g.id)"
      " FROM goods_point g WHERE g.community_id = $1 AND g.id = $2 AND g.kind = 'drop_point'",
      {context.community.id, *parcel.point, parcel.id});
  if (!row) return;
  shown.drop_point = row->text(0);
  shown.dropped_at = row->maybe_instant(1);
}

/// What is open, and what ended within the last 24 hours. Errors: not_found "household.unknown".
Result<HomeParcels> list(api::Context& context, const api::Nothing&) {
  if (!context.actor.household) return Error{ErrorKind::not_found, "household.unknown"};
  HomeParcels answer;
  for (const store::Row& row :
       context.db.query("SELECT " + std::string(parcel_columns) +
                            " FROM {parcels} p WHERE p.household_id = $1"
                            " AND (p.closed_at IS NULL OR p.closed_at >= $2) ORDER BY p.id DESC"
                            " LIMIT 20",
                        {context.actor.household, context.now - shown_after})) {
    const ParcelRow parcel = parcel_from(row);
    answer.rows.push_back({parcel.id,
                           parcel.kind,
                           parcel.state,
                           parcel.reason,
                           parcel.number,
                           parcel.window_from,
                           parcel.due,
                           parcel.out_at,
                           parcel.closed_at,
                           parcel.proof.has_value(),
                           {},
                           {}});
    add_drop_point(context, parcel, answer.rows.back());
  }
  for (const store::Row& row : context.db.query(
           "SELECT s.at FROM parcel_step s WHERE s.community_id = $1 AND s.step = 'moved'"
           " AND s.at >= $2 AND s.counterpart = $3 ORDER BY s.id",
           {context.community.id, context.now - shown_after, to_text(context.actor.household)})) {
    answer.taken_away.push_back(row.instant(0));
  }
  return answer;
}

}  // namespace

api::Endpoint list_home_parcels() {
  return api::query("/api/v1/home/parcels", "home.show", "What comes to a household", list);
}

}  // namespace doorstep::delivery
