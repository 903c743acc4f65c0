#include "care/delivery/plan.h"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "care/delivery/carriers.h"
#include "care/delivery/view.h"
#include "engine/routing/dispatch.h"

namespace doorstep::delivery {
namespace {

/// Places carry no coordinates: buildings stand in rows of five in the order of their numbers, entrances
/// side by side. What counts on stairs is known exactly; only the way between houses is a guess.
constexpr std::int64_t buildings_a_row = 5;
constexpr double building_metres = 60;
constexpr double row_metres = 50;
constexpr double entrance_metres = 15;
constexpr std::int64_t iterations = 2'000;
/// What is for one door and more than this is several stops: no single carrier has to hold it.
constexpr std::int64_t stop_grams = 30'000;

struct Waiting {
  ParcelRow parcel = {};
  std::string door = {};
};

struct Stop {
  DraftStop shown = {};
  std::string entrance = {};  ///< Its path.
  Class kind = Class::parcel;
  std::int64_t grams = 0;
  std::int64_t millilitres = 0;
  Instant came{};  ///< The last of it at the receiving point.
  Instant open{};
  Instant due{};
};

std::string entrance_path(const std::string& path) {
  const auto dwelling = path.find('d');
  return dwelling == std::string::npos ? path : path.substr(0, dwelling);
}

std::string building_path(const std::string& path) {
  constexpr std::size_t segment = 15;
  for (std::size_t at = 0; at + segment <= path.size(); at += segment) {
    if (path[at] == 'b') return path.substr(0, at + segment);
  }
  return path;
}

std::vector<Waiting> waiting(api::Context& context, std::optional<Class> kind, bool disinfected) {
  std::vector<Waiting> found;
  for (const store::Row& row : context.db.query(
           "SELECT " + std::string(parcel_columns) + ", h.door FROM {parcels} p" +
               std::string(view_join) +
               " WHERE p.state IN ('received', 'disinfected', 'sorted') AND p.run_id IS NULL"
               " AND p.household_id IS NOT NULL AND ($1 = '' OR p.class = $1)"
               " AND (p.disinfected_at IS NOT NULL OR NOT $2) ORDER BY p.id",
           {kind ? api::word(*kind) : std::string_view{}, disinfected})) {
    found.push_back({parcel_from(row), row.maybe_text(parcel_column_count).value_or("")});
  }
  return found;
}

/// Of one household what is of one class goes together, as far as one person carries it.
std::map<std::string, Stop> stops_of(const std::vector<Waiting>& parcels, bool idle, Instant now) {
  std::map<std::string, Stop> stops;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> loads;  // Which, and its grams.
  for (const Waiting& one : parcels) {
    const ParcelRow& parcel = one.parcel;
    const std::string door =
        fmt::format("{}.{}", to_text(*parcel.household), api::word(parcel.kind));
    const std::int64_t grams = grams_of(parcel);
    auto& [load, held] = loads[door];
    if (held > 0 && held + grams > stop_grams) {
      ++load;
      held = 0;
    }
    held += grams;
    Stop& stop = stops[fmt::format("{}.{}", door, load)];
    if (stop.shown.parcels.empty()) {
      stop.shown.household = *parcel.household;
      stop.shown.path = parcel.path;
      stop.shown.door = one.door;
      stop.entrance = entrance_path(parcel.path);
      stop.kind = parcel.kind;
      stop.open = idle ? now : std::max(now, parcel.window_from.value_or(now));
      stop.due = parcel.due.value_or(now);
    }
    stop.shown.parcels.push_back(parcel.id);
    stop.came = std::max(stop.came, parcel.received_at.value_or(now));
    stop.grams += grams;
    stop.millilitres += parcel.volume_ml;
  }
  return stops;
}

/// The order in which they came: what carrying without a plan would follow.
std::vector<std::string> by_arrival(const std::map<std::string, Stop>& stops) {
  std::vector<std::string> ids;
  for (const auto& [id, stop] : stops) ids.push_back(id);
  std::ranges::sort(ids, {}, [&](const std::string& id) {
    const Stop& stop = stops.at(id);
    return std::pair(stop.came, stop.shown.parcels.front().value());
  });
  return ids;
}

class WaveMaker {
 public:
  WaveMaker(api::Context& context, Spots& spots) : day(context), context_(context), spots_(spots) {}

  Result<void> rules() {
    wave.rules.helpers_grams = TRY(context_.rules().integer("delivery.helpers_grams"));
    wave.rules.helpers_floor =
        static_cast<std::int32_t>(TRY(context_.rules().integer("delivery.helpers_floor")));
    wave.close = 36 * 3'600'000;
    // Meals first, then what is late or fresh (E6, E7).
    wave.classes = {{"meal", 0, 4, 45'000}, {"fresh", 1, 2, 45'000}, {"parcel", 2, 1, 45'000}};
    return {};
  }

  void add_stop(const std::string& id, const Stop& stop) {
    add_entrance(stop);
    routing::WaveStop made;
    made.id = id;
    made.entrance = stop.entrance;
    made.floor = static_cast<std::int32_t>(std::max<std::int64_t>(stop.shown.floor, 1));
    made.kind = api::word(stop.kind);
    made.grams = stop.grams;
    made.millilitres = stop.millilitres;
    made.ready = day.time_of(std::min(stop.came, context_.now));
    made.open = day.time_of(stop.open);
    made.soft_close = day.time_of(stop.due);
    wave.stops.push_back(std::move(made));
  }

  WaveDay day;
  routing::Wave wave = {};

 private:
  void add_entrance(const Stop& stop) {
    if (!entrances_.emplace(stop.entrance, true).second) return;
    const Spot& spot = spots_.of(stop.shown.path);
    const auto row =
        context_.db.first("SELECT position, lift FROM place WHERE community_id = $1 AND path = $2",
                          {context_.community.id, stop.entrance});
    routing::WaveEntrance made;
    made.id = stop.entrance;
    made.building = building_path(stop.entrance);
    made.grid = id_text(access::id_in_path(stop.entrance, 'g').value_or(0));
    made.lift = row && !row->is_null(1) && row->boolean(1);
    const std::int64_t number = std::max<std::int64_t>(spot.building_position, 1) - 1;
    made.x = building_metres * static_cast<double>(number % buildings_a_row) +
             entrance_metres * static_cast<double>(row ? row->integer(0) : 0);
    made.y = row_metres * static_cast<double>(number / buildings_a_row + 1);
    wave.entrances.push_back(std::move(made));
  }

  api::Context& context_;
  Spots& spots_;
  std::map<std::string, bool> entrances_ = {};
};

/// Who goes along where two are asked for: of the others whoever has least to carry.
void add_helpers(const std::vector<Porter>& people, Draft& draft) {
  std::map<std::int64_t, std::int64_t> load;
  for (const DraftRun& run : draft.runs) load[run.carrier.value()] += std::ssize(run.stops);
  for (DraftRun& run : draft.runs) {
    if (run.helpers == 0) continue;
    const Porter* best = nullptr;
    for (const Porter& one : people) {
      if (one.account == run.carrier) continue;
      if (best == nullptr || load[one.account.value()] < load[best->account.value()]) best = &one;
    }
    if (best == nullptr) continue;
    run.helper = best->account;
    run.helper_name = best->name;
    load[best->account.value()] += std::ssize(run.stops);
  }
}

/// From when each carrier is free, by account; who is not in it is free at once.
using Free = std::map<std::int64_t, routing::Time>;

/// Puts into the wave who can carry, from when on they are free and until their shift ends.
std::vector<Porter> add_carriers(const api::Context& context, const DraftRequest& request,
                                 const duty::Roster& roster, const Free& free, routing::Time from,
                                 WaveMaker& maker) {
  auto people = porters(context, roster, request.carriers, false, maker.wave.rules);
  for (Porter& one : people) {
    one.carrier.start = from;
    const auto busy = free.find(one.account.value());
    if (busy != free.end()) one.carrier.start = std::max(from, busy->second);
    one.carrier.end = one.until ? maker.day.time_of(*one.until) : maker.wave.close;
    maker.wave.carriers.push_back(one.carrier);
  }
  return people;
}

/// One engine run, cut where the carrier goes into another entrance.
void cut(const routing::DispatchRun& run, const std::map<std::string, Stop>& stops,
         const std::vector<Porter>& people, const WaveMaker& maker, Spots& spots, Draft& draft) {
  std::map<std::string, std::size_t> at_entrance;
  for (const routing::DispatchStop& planned : run.stops) {
    const Stop& stop = stops.at(planned.stop);
    auto [found, fresh] = at_entrance.try_emplace(stop.entrance, draft.runs.size());
    if (fresh) {
      DraftRun made;
      made.carrier = Id<Account>{*id_from_text(run.carrier)};
      const auto person = std::ranges::find(people, made.carrier, &Porter::account);
      if (person != people.end()) made.carrier_name = person->name;
      const Spot& spot = spots.of(stop.shown.path);
      made.building = spot.building;
      made.entrance = spot.entrance;
      made.leave = maker.day.instant_of(run.leave);
      draft.runs.push_back(std::move(made));
    }
    DraftRun& made = draft.runs[found->second];
    made.until = maker.day.instant_of(planned.at);
    made.weight_g += stop.grams;
    if (planned.two_people) made.helpers = 1;
    made.stops.push_back(stop.shown);
    made.stops.back().at = maker.day.instant_of(planned.at);
    made.stops.back().two_people = planned.two_people;
    made.flights = std::max(made.flights, stop.shown.floor - 1);
  }
  for (const auto& [entrance, index] : at_entrance) {
    std::ranges::sort(draft.runs[index].stops, [](const DraftStop& a, const DraftStop& b) {
      return std::pair(-a.floor, a.at) < std::pair(-b.floor, b.at);
    });
  }
}

/// What is planned together.
struct OneWave {
  api::Context& context;
  const DraftRequest& request;
  const duty::Roster& roster;
  const std::map<std::string, Stop>& stops;
  const std::vector<std::string>& ids;  ///< In the order of arrival.
  Instant open{};
};

/// The stops of one window, by whoever is free then. Goods of a later window never make those of an earlier
/// one wait (E6): a plan over both carried meals at four o'clock, beside parcels.
Result<void> plan_wave(const OneWave& wave, Free& free, Draft& draft) {
  Spots spots(wave.context);
  WaveMaker maker(wave.context, spots);
  TRY(maker.rules());
  for (const std::string& id : wave.ids) maker.add_stop(id, wave.stops.at(id));
  const auto people = add_carriers(wave.context, wave.request, wave.roster, free,
                                   maker.day.time_of(wave.open), maker);
  draft.carriers = std::ssize(people);
  if (people.empty()) return Error{ErrorKind::invalid, "run.no_carrier"};
  routing::Options options;
  options.seed = static_cast<std::uint64_t>(wave.request.seed.value_or(1));
  const auto plan = TRY(routing::dispatch(maker.wave, {iterations, 0, {}}, options));
  draft.flights += plan.flights;
  draft.arrival_order_flights += plan.arrival_order_flights;
  Draft part;
  for (const auto& run : plan.runs) {
    cut(run, wave.stops, people, maker, spots, part);
    routing::Time& until = free[id_from_text(run.carrier).value_or(0)];
    until = std::max(until, run.back);
  }
  add_helpers(people, part);
  std::ranges::move(part.runs, std::back_inserter(draft.runs));
  for (const auto& one : plan.unserved) {
    draft.left_out.push_back(
        {std::string(routing::reason_text(one.reason)), wave.stops.at(one.stop).shown});
  }
  return {};
}

}  // namespace

Result<Draft> draft(api::Context& context, const DraftRequest& request) {
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  const std::int64_t idle_below = TRY(context.rules().integer("delivery.idle_below"));
  const auto parcels = waiting(context, request.kind, rule != Disinfect::none);
  const auto roster = duty::Roster::load(context);
  Draft made;
  made.parcels = std::ssize(parcels);
  made.idle = std::ssize(waiting(context, {}, false)) < idle_below;
  made.gaps = duty_gaps(context, roster);
  if (parcels.empty()) return made;
  auto stops = stops_of(parcels, made.idle, context.now);
  Spots spots(context);
  for (auto& [id, stop] : stops) stop.shown.floor = spots.of(stop.shown.path).floor;
  std::map<Instant, std::vector<std::string>> waves;
  for (const std::string& id : by_arrival(stops)) waves[stops.at(id).open].push_back(id);
  Free free;
  for (const auto& [open, ids] : waves) {
    TRY(plan_wave({context, request, roster, stops, ids, open}, free, made));
  }
  return made;
}

std::vector<DutyGap> duty_gaps(api::Context& context, const duty::Roster& roster) {
  std::vector<std::string> covered;
  for (const store::Row& row :
       context.db.query("SELECT account_id, path FROM access_grant WHERE community_id = $1"
                        " AND role IN ('volunteer', 'captain') AND from_at <= $2"
                        " AND (until_at IS NULL OR until_at > $2)",
                        {context.community.id, context.now})) {
    if (roster.is_on_shift(row.integer(0)) && !roster.is_absent(row.integer(0))) {
      covered.push_back(row.text(1));
    }
  }
  std::map<std::string, std::int64_t> waiting_at;
  for (const store::Row& row :
       context.db.query("SELECT p.path FROM {parcels} p WHERE p.closed_at IS NULL"
                        " AND p.state <> 'out' AND p.household_id IS NOT NULL")) {
    ++waiting_at[building_path(row.text(0))];
  }
  std::vector<DutyGap> gaps;
  Spots spots(context);
  for (const auto& [path, count] : waiting_at) {
    const bool has = std::ranges::any_of(covered, [&](const std::string& one) {
      return path.starts_with(one) || one.starts_with(path);
    });
    if (has) continue;
    gaps.push_back({Id<access::Place>{access::id_in_path(path, 'b').value_or(0)}, path,
                    spots.of(path).building, count});
  }
  return gaps;
}

}  // namespace doorstep::delivery
