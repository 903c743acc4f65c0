#include "care/delivery/shuttle.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/routing/dispatch.h"

namespace doorstep::delivery {
namespace {

/// A page waits for the plan: the more stops, the fewer rounds.
std::int64_t iterations_for(std::size_t stops) {
  return std::clamp<std::int64_t>(20'000 / static_cast<std::int64_t>(stops), 100, 2'000);
}
constexpr routing::Time bag_service = 15'000;  ///< To find a bag and lay it in.

const PointRow* find(const std::vector<PointRow>& points, Id<Point> id) {
  const auto found = std::ranges::find(points, id, &PointRow::id);
  return found == points.end() ? nullptr : &*found;
}

double metres_between(double east_a, double north_a, double east_b, double north_b) {
  return std::hypot(east_a - east_b, north_a - north_b) * routing::WaveRules{}.detour;
}

/// Where a load begins and ends for the carrier, and where it goes on to.
struct Leg {
  const PointRow* from = nullptr;
  const PointRow* to = nullptr;
  std::optional<Id<Point>> then = {};
};

/// The outside checkpoint nearest to the point.
const PointRow* gate_of(const std::vector<PointRow>& points, const PointRow& point) {
  const PointRow* best = nullptr;
  double least = 0;
  for (const PointRow& one : points) {
    if (one.kind != PointKind::checkpoint || !one.outside) continue;
    const auto metres =
        metres_between(static_cast<double>(one.east_m), static_cast<double>(one.north_m),
                       static_cast<double>(point.east_m), static_cast<double>(point.north_m));
    if (best == nullptr || metres < least) {
      best = &one;
      least = metres;
    }
  }
  return best;
}

Result<Leg> leg_of(const std::vector<PointRow>& points, const Load& load) {
  Leg leg{find(points, load.shop), find(points, load.point), {}};
  if (leg.from == nullptr || leg.to == nullptr) return Error{ErrorKind::not_found, "point.unknown"};
  if (leg.from->kind != PointKind::shop || leg.to->kind == PointKind::shop) {
    return Error{ErrorKind::invalid, "shuttle.stops"};
  }
  if (leg.from->outside == leg.to->outside) return leg;
  if (!leg.from->outside) return Error{ErrorKind::conflict, "run.crosses_boundary"};
  leg.then = leg.to->id;
  leg.to = gate_of(points, *leg.to);
  if (leg.to == nullptr) return Error{ErrorKind::conflict, "shuttle.no_gate"};
  return leg;
}

/// The loads of one side of the closed loop as a wave: each bag is a pair of stops.
class PairWave {
 public:
  explicit PairWave(const api::Context& context) : day_(context), now_(context.now) {
    wave_.close = day_.time_of(context.now + std::chrono::hours{36});
    wave_.rules.grids_are_borders = false;
    wave_.classes = {{"bag", 0, 1, bag_service}};
  }

  void add(const Leg& leg, const ParcelRow& parcel) {
    const std::string bag = to_text(parcel.id);
    routing::WaveStop drop = stop("to " + bag, *leg.to, parcel);
    const routing::WaveStop pickup = stop("from " + bag, *leg.from, parcel);
    drop.pickup_at = pickup.id;
    told_.emplace(pickup.id,
                  ShuttleStop{StopKind::pickup, leg.from->id, {}, leg.from->name, {}, {parcel.id}});
    told_.emplace(drop.id,
                  ShuttleStop{StopKind::drop, leg.to->id, leg.then, leg.to->name, {}, {parcel.id}});
    wave_.stops.push_back(pickup);
    wave_.stops.push_back(std::move(drop));
    parcels_.push_back(parcel);
  }

  [[nodiscard]] bool empty() const { return wave_.stops.empty(); }

  Result<void> plan(std::vector<Porter> people, const std::vector<PointRow>& points,
                    ShuttleDrafts& drafts) {
    if (people.empty()) return Error{ErrorKind::invalid, "run.no_carrier"};
    for (Porter& one : people) {
      one.carrier.grid.clear();
      one.carrier.hands = one.carrier.grams;
      one.carrier.start = day_.time_of(now_);
      one.carrier.end = one.until ? day_.time_of(*one.until) : wave_.close;
      wave_.carriers.push_back(one.carrier);
    }
    const auto plan =
        TRY(routing::dispatch(wave_, {iterations_for(wave_.stops.size()), 0, {}}, {}));
    for (const routing::DispatchRun& run : plan.runs) {
      const Id<Account> carrier{id_from_text(run.carrier).value_or(0)};
      const auto person = std::ranges::find(people, carrier, &Porter::account);
      ShuttleDraft made{carrier,
                        person == people.end() ? "" : person->name,
                        day_.instant_of(run.leave),
                        day_.instant_of(run.back),
                        0,
                        0,
                        joined(run)};
      const Way way = TRY(way_of(points, made.stops, parcels_));
      made.metres = way.metres;
      made.grams = way.grams;
      drafts.shuttles.push_back(std::move(made));
    }
    for (const routing::LeftOut& one : plan.unserved) {
      const ShuttleStop& stop = told_.at(one.stop);
      if (stop.kind == StopKind::drop) drafts.left_out.push_back(stop.parcels.front());
    }
    return {};
  }

 private:
  routing::WaveStop stop(std::string id, const PointRow& point, const ParcelRow& parcel) {
    const std::string site = to_text(point.id);
    if (std::ranges::find(wave_.entrances, site, &routing::WaveEntrance::id) ==
        wave_.entrances.end()) {
      routing::WaveEntrance made;
      made.id = made.building = site;
      made.x = static_cast<double>(point.east_m);
      made.y = static_cast<double>(point.north_m);
      wave_.entrances.push_back(std::move(made));
    }
    routing::WaveStop made;
    made.id = std::move(id);
    made.entrance = site;
    made.kind = "bag";
    made.grams = grams_of(parcel);
    made.millilitres = parcel.volume_ml;
    made.ready = made.open = day_.time_of(now_);
    return made;
  }

  /// Bags that are laid in or out at one place one after another are one stop.
  [[nodiscard]] std::vector<ShuttleStop> joined(const routing::DispatchRun& run) const {
    std::vector<ShuttleStop> stops;
    for (const routing::DispatchStop& planned : run.stops) {
      const ShuttleStop& one = told_.at(planned.stop);
      const bool same = !stops.empty() && stops.back().kind == one.kind &&
                        stops.back().point == one.point && stops.back().then == one.then;
      if (same) {
        stops.back().parcels.push_back(one.parcels.front());
        continue;
      }
      stops.push_back(one);
      stops.back().at = day_.instant_of(planned.at);
    }
    return stops;
  }

  WaveDay day_;
  Instant now_;
  routing::Wave wave_ = {};
  std::map<std::string, ShuttleStop> told_ = {};
  std::vector<ParcelRow> parcels_ = {};
};

/// What of the goods is on board after each stop, each picked up once and dropped once.
class OnBoard {
 public:
  explicit OnBoard(const std::vector<ParcelRow>& parcels) {
    for (const ParcelRow& one : parcels) all_.emplace(one.id, &one);
  }

  bool take(Id<Parcel> id) {
    const auto found = all_.find(id);
    if (found == all_.end() || !taken_.emplace(id, true).second) return false;
    grams += grams_of(*found->second);
    millilitres += found->second->volume_ml;
    return true;
  }
  bool lay_down(Id<Parcel> id) {
    const auto found = taken_.find(id);
    if (found == taken_.end() || !found->second) return false;
    found->second = false;
    grams -= grams_of(*all_.at(id));
    millilitres -= all_.at(id)->volume_ml;
    return true;
  }

  std::int64_t grams = 0;
  std::int64_t millilitres = 0;

 private:
  std::map<Id<Parcel>, const ParcelRow*> all_ = {};
  std::map<Id<Parcel>, bool> taken_ = {};  ///< And still on board.
};

}  // namespace

Result<Way> way_of(const std::vector<PointRow>& points, const std::vector<ShuttleStop>& stops,
                   const std::vector<ParcelRow>& parcels) {
  const Error wrong{ErrorKind::invalid, "shuttle.stops"};
  if (stops.empty()) return wrong;
  Way way;
  OnBoard board(parcels);
  double east = 0;
  double north = 0;
  double metres = 0;
  for (const ShuttleStop& stop : stops) {
    const PointRow* point = find(points, stop.point);
    if (point == nullptr) return Error{ErrorKind::not_found, "point.unknown"};
    const bool pickup = stop.kind == StopKind::pickup;
    if (stop.parcels.empty() || pickup != (point->kind == PointKind::shop)) return wrong;
    for (const Id<Parcel> parcel : stop.parcels) {
      if (!(pickup ? board.take(parcel) : board.lay_down(parcel))) return wrong;
    }
    way.grams = std::max(way.grams, board.grams);
    way.millilitres = std::max(way.millilitres, board.millilitres);
    const auto next_east = static_cast<double>(point->east_m);
    const auto next_north = static_cast<double>(point->north_m);
    metres += metres_between(east, north, next_east, next_north);
    east = next_east;
    north = next_north;
  }
  if (board.grams != 0) return wrong;
  way.metres = std::llround(metres + metres_between(east, north, 0, 0));
  return way;
}

Result<ParcelRow> free_parcel(const api::Context& context, Id<Parcel> id) {
  ParcelRow parcel = TRY(scoped_parcel(context, id));
  if (parcel.state != State::expected) {
    return Error{ErrorKind::conflict, "shuttle.not_expected", parcel.code};
  }
  if (context.db.first("SELECT 1 FROM shuttle_bag WHERE community_id = $1 AND parcel_id = $2"
                       " AND state IN ('planned', 'taken')",
                       {context.community.id, id})) {
    return Error{ErrorKind::conflict, "shuttle.taken", parcel.code};
  }
  return parcel;
}

Result<ShuttleDrafts> draft_shuttles(api::Context& context, const std::vector<Load>& loads,
                                     const std::optional<std::vector<Id<Account>>>& carriers) {
  const auto points = all_points(context);
  PairWave outside(context);
  PairWave inside(context);
  std::map<Id<Parcel>, bool> seen;
  for (const Load& load : loads) {
    const Leg leg = TRY(leg_of(points, load));
    for (const Id<Parcel> id : load.parcels) {
      if (!seen.emplace(id, true).second) return Error{ErrorKind::invalid, "shuttle.stops"};
      (leg.from->outside ? outside : inside).add(leg, TRY(free_parcel(context, id)));
    }
  }
  if (seen.empty()) return Error{ErrorKind::invalid, "run.empty"};
  if (seen.size() > shuttle_parcels_max) return Error{ErrorKind::invalid, "run.too_many"};
  const auto roster = duty::Roster::load(context);
  ShuttleDrafts drafts;
  const routing::WaveRules rules;
  for (const auto& [wave, side] : {std::pair{&outside, true}, std::pair{&inside, false}}) {
    if (wave->empty()) continue;
    TRY(wave->plan(porters(context, roster, carriers, side, rules), points, drafts));
  }
  return drafts;
}

Result<ShuttleRow> scoped_shuttle(const api::Context& context, Id<Shuttle> id) {
  const auto row = context.db.first(
      "SELECT path, carrier_id, state, version FROM shuttle WHERE community_id = $1 AND id = $2",
      {context.community.id, id});
  if (!row || !context.scope.covers(row->text(0))) {
    return Error{ErrorKind::not_found, "shuttle.unknown"};
  }
  return ShuttleRow{id, row->text(0), row->id<Account>(1),
                    api::from_word<ShuttleState>(row->text(2)).value_or(ShuttleState::cancelled),
                    row->integer(3)};
}

void save_shuttle(api::WriteContext& context, ShuttleRow& shuttle) {
  ++shuttle.version;
  const bool over = shuttle.state == ShuttleState::done || shuttle.state == ShuttleState::cancelled;
  context.tx.post(
      "UPDATE shuttle SET state = $3, version = $4, closed_at = $5 WHERE community_id = $1"
      " AND id = $2",
      {context.community.id, shuttle.id, api::word(shuttle.state), shuttle.version,
       over ? std::optional(context.now) : std::nullopt});
  context.journal(
      "shuttle.changed", shuttle.id.value(), shuttle.path,
      fmt::format(R"({{"state":"{}","version":{}}})", api::word(shuttle.state), shuttle.version));
}

}  // namespace doorstep::delivery
