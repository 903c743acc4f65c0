#include "app/wave/answer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace doorstep::app {

namespace {

namespace json = boost::json;

std::string clock_text(routing::Cost ms) {
  const auto s = ms / 1000;
  return fmt::format("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

double minutes(routing::Cost ms) {
  return std::round(static_cast<double>(ms) / 600.0) / 100.0;
}
double thousandths(std::int64_t value) {
  return static_cast<double>(value) / 1000.0;
}
double to_milliseconds(double seconds) {
  return std::round(seconds * 1000) / 1000;
}

json::array texts(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

json::object run_json(const routing::DispatchRun& run) {
  json::object out;
  json::array stops;
  bool help = false;
  for (const auto& stop : run.stops) {
    json::object at{{"stop", stop.stop}, {"at", clock_text(stop.at)}};
    if (stop.climb > 0) at["climb"] = stop.climb;
    if (stop.late > 0) at["late_minutes"] = minutes(stop.late);
    if (stop.two_people) at["helpers"] = 2;
    help = help || stop.two_people;
    stops.push_back(std::move(at));
  }
  out["carrier"] = run.carrier;
  out["leave"] = clock_text(run.leave);
  out["back"] = clock_text(run.back);
  out["kg"] = thousandths(run.grams);
  out["litres"] = thousandths(run.millilitres);
  out["flights"] = run.flights;
  out["climbs"] = run.climbs;
  if (help) out["helpers"] = 2;
  if (run.frozen) out["frozen"] = true;
  out["stops"] = std::move(stops);
  return out;
}

json::object relay_json(const routing::DispatchRelay& relay) {
  json::object out;
  out["cost"] = relay.cost;
  out["person_minutes"] = minutes(relay.person_time);
  out["flights"] = relay.flights;
  out["runs"] = relay.carts.size();
  out["unserved_entrances"] = relay.unserved;
  out["entrances_without_duty"] = texts(relay.without_duty);
  json::array carts;
  for (const auto& cart : relay.carts) {
    json::array drops;
    for (const auto& drop : cart.drops) {
      json::array climbs;
      for (const auto& climb : drop.climbs) climbs.push_back(texts(climb));
      drops.push_back({{"entrance", drop.entrance},
                       {"duty", drop.duty},
                       {"at", clock_text(drop.at)},
                       {"flights", drop.flights},
                       {"climbs", std::move(climbs)}});
    }
    carts.push_back({{"cart", cart.carrier},
                     {"leave", clock_text(cart.leave)},
                     {"back", clock_text(cart.back)},
                     {"drops", std::move(drops)}});
  }
  out["carts"] = std::move(carts);
  return out;
}

/// What the wave says about its stops and entrances, by name.
class Places {
 public:
  explicit Places(const routing::Wave& wave) {
    for (const auto& entrance : wave.entrances) entrances_[entrance.id] = &entrance;
    for (const auto& stop : wave.stops) stops_[stop.id] = &stop;
  }

  /// Receipt to door, by class and by building.
  [[nodiscard]] json::object last_metre(const routing::Dispatch& plan) const {
    std::map<std::string, std::vector<routing::Cost>> by_class;
    std::map<std::string, std::vector<routing::Cost>> by_building;
    for (const auto& run : plan.runs) {
      for (const auto& visit : run.stops) {
        const auto& stop = *stops_.at(visit.stop);
        by_class[stop.kind].push_back(visit.at - stop.ready);
        by_building[entrances_.at(stop.entrance)->building].push_back(visit.at - stop.ready);
      }
    }
    return {{"by_class", quantiles(by_class)}, {"by_building", quantiles(by_building)}};
  }

  /// Sorting: how many go to each grid, building and entrance.
  [[nodiscard]] json::array bins() const {
    std::map<std::array<std::string, 3>, std::pair<std::int64_t, std::int64_t>> count;
    for (const auto& [id, stop] : stops_) {
      const auto& e = *entrances_.at(stop->entrance);
      auto& bin = count[{e.grid, e.building, e.id}];
      ++bin.first;
      bin.second += stop->grams;
    }
    json::array list;
    for (const auto& [key, bin] : count) {
      list.push_back({{"grid", key[0]},
                      {"building", key[1]},
                      {"entrance", key[2]},
                      {"stops", bin.first},
                      {"kg", thousandths(bin.second)}});
    }
    return list;
  }

 private:
  static json::object quantiles(std::map<std::string, std::vector<routing::Cost>>& lists) {
    json::object out;
    for (auto& [name, list] : lists) {
      std::sort(list.begin(), list.end());
      const auto at = [&](std::size_t percent) {
        return minutes(list[(list.size() - 1) * percent / 100]);
      };
      out[name] = {{"median_minutes", at(50)}, {"p95_minutes", at(95)}};
    }
    return out;
  }

  std::map<std::string, const routing::WaveEntrance*> entrances_;
  std::map<std::string, const routing::WaveStop*> stops_;
};

json::object fairness(const routing::Dispatch& plan) {
  std::map<std::string, routing::Cost> work;
  for (const auto& run : plan.runs) work[run.carrier] += run.work;
  routing::Cost most = 0;
  for (const auto& [carrier, sum] : work) most = std::max(most, sum);
  const auto people = static_cast<routing::Cost>(std::max<std::size_t>(1, work.size()));
  return {{"carriers", work.size()},
          {"most_minutes", minutes(most)},
          {"mean_minutes", minutes(plan.person_time / people)}};
}

json::object modes(const routing::Dispatch& plan) {
  json::object out;
  out["through"] = {{"cost", plan.cost},
                    {"person_minutes", minutes(plan.person_time)},
                    {"flights", plan.flights},
                    {"runs", plan.runs.size()}};
  if (plan.relay) out["relay"] = relay_json(*plan.relay);
  return out;
}

}  // namespace

std::string answer_text(const routing::Wave& wave, const routing::Dispatch& plan,
                        const Effort& effort) {
  json::object out;
  out["wave"] = wave.name;
  out["cost"] = plan.cost;
  out["flights"] = plan.flights;
  out["arrival_order_flights"] = plan.arrival_order_flights;
  out["modes"] = modes(plan);
  json::array runs;
  for (const auto& run : plan.runs) runs.push_back(run_json(run));
  out["runs"] = std::move(runs);
  json::array unserved;
  for (const auto& [stop, reason] : plan.unserved) {
    unserved.push_back({{"stop", stop}, {"reason", routing::reason_text(reason)}});
  }
  out["unserved"] = std::move(unserved);
  const Places places(wave);
  out["bins"] = places.bins();
  out["last_metre"] = places.last_metre(plan);
  out["fairness"] = fairness(plan);
  if (plan.changes) {
    out["changes"] = {{"moved", texts(plan.changes->moved)},
                      {"added", texts(plan.changes->added)},
                      {"released", texts(plan.changes->released)},
                      {"cancelled", texts(plan.changes->cancelled)}};
  }
  out["seed"] = effort.seed;
  out["iterations"] = plan.iterations;
  out["threads"] = effort.threads;
  out["cpu_seconds"] = to_milliseconds(effort.cpu_seconds);
  out["wall_seconds"] = to_milliseconds(effort.wall_seconds);
  return json::serialize(out);
}

}  // namespace doorstep::app
