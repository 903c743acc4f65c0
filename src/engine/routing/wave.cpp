#include "engine/routing/wave.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "engine/routing/replan.h"

namespace doorstep::routing {

namespace {

/// `where`: the path of what is wrong, as the wave stands in its file.
Error fault(const char* code, std::string_view where, std::string_view reason) {
  return Error{ErrorKind::invalid, code, fmt::format("{}: {}", where, reason)};
}

/// The path of a member of the list's entry `i`.
std::string member(const char* list, std::size_t i, const char* name) {
  return fmt::format("{}[{}].{}", list, i, name);
}

/// Names to positions.
class Names {
 public:
  template <class List>
  static Result<Names> of(const List& list, const char* key, const char* what,
                          std::string (*name)(const typename List::value_type&)) {
    Names names;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!names.at_.try_emplace(name(list[i]), i).second) {
        return fault("wave.twice", fmt::format("{}[{}]", key, i),
                     fmt::format("{} \"{}\" stands twice", what, name(list[i])));
      }
    }
    names.what_ = what;
    return names;
  }
  /// `where` names it.
  [[nodiscard]] Result<std::size_t> find(const std::string& name, const std::string& where) const {
    const auto at = at_.find(name);
    if (at == at_.end()) {
      return fault("wave.unknown", where, fmt::format("no {} \"{}\"", what_, name));
    }
    return at->second;
  }
  /// Or none.
  [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const {
    const auto at = at_.find(name);
    if (at == at_.end()) return {};
    return at->second;
  }

 private:
  std::map<std::string, std::size_t> at_;
  const char* what_ = "";
};

/// Skills, grids and the need for two people as bits.
class Tags {
 public:
  std::uint64_t bit(const std::string& tag) {
    const auto [at, fresh] = bits_.try_emplace(tag, bits_.size());
    return at->second < 64 ? std::uint64_t{1} << at->second : 0;
  }
  [[nodiscard]] std::size_t size() const { return bits_.size(); }

 private:
  std::map<std::string, std::size_t> bits_;
};

class Compiler {
 public:
  explicit Compiler(const Wave& wave) : wave_(wave) {}

  Result<CompiledWave> run() {
    TRY(limits());
    TRY(streets());
    TRY(stops());
    TRY(carriers());
    TRY(pairs());
    if (tags_.size() > 64) {
      return fault("wave.too_many_tags", "carriers", "over 64 skills and grids");
    }
    TRY(runs());
    rules();
    return std::move(out_);
  }

 private:
  /// What keeps every product of the objective inside 63 bits.
  Result<void> limits() {
    const WaveRules& r = wave_.rules;
    constexpr Cost hour = 3'600'000;
    const std::tuple<const char*, Cost, Cost> most[] = {
        {"up_seconds", r.up, hour},
        {"down_seconds", r.down, hour},
        {"lift_floor_seconds", r.lift_floor, hour},
        {"lift_wait_seconds", r.lift_wait, hour},
        {"handover_seconds", r.handover, hour},
        {"effort_seconds_per_kg_flight", r.effort_weight, 1'000'000},
        {"flight_seconds", r.flight_weight, 10'000'000},
        {"late_weight", r.late_weight, 10'000},
        {"run_seconds", r.run_cost, 100'000'000},
        {"fairness", r.fairness, 1'000'000},
        {"move_price_seconds", r.move_price, 100'000'000}};
    for (const auto& [name, value, limit] : most) {
      if (value > limit) {
        return fault("wave.out_of_range", fmt::format("rules.{}", name), "is out of range");
      }
    }
    return {};
  }

  Result<void> streets() {
    entrances_ = TRY(Names::of(
        wave_.entrances, "entrances", "entrance", +[](const WaveEntrance& e) { return e.id; }));
    auto& streets = out_.problem.streets;
    const auto count = wave_.entrances.size() + 1;
    streets.entrances.resize(count);
    std::vector<Point> points{{wave_.x, wave_.y}};
    for (std::size_t i = 1; i < count; ++i) {
      streets.entrances[i].lift = wave_.entrances[i - 1].lift;
      points.push_back({wave_.entrances[i - 1].x, wave_.entrances[i - 1].y});
    }
    const bool given = !wave_.walk_seconds.empty();
    if (given && wave_.walk_seconds.size() != count) {
      return fault("wave.out_of_range", "walk_seconds",
                   "a row for the depot and one for each entrance are expected");
    }
    streets.walk.resize(count * count);
    for (std::size_t a = 0; a < count; ++a) {
      if (given && wave_.walk_seconds[a].size() != count) {
        return fault("wave.out_of_range", fmt::format("walk_seconds[{}]", a),
                     fmt::format("{} numbers are expected", count));
      }
      for (std::size_t b = 0; b < count; ++b) {
        streets.walk[a * count + b] = TRY(walk(points, a, b));
      }
    }
    const WaveRules& r = wave_.rules;
    streets.up = r.up;
    streets.down = r.down;
    streets.lift_floor = r.lift_floor;
    streets.lift_wait = r.lift_wait;
    streets.heavy = r.heavy;
    return {};
  }

  /// Between two entrances; 0 is the receiving point.
  [[nodiscard]] Result<Time> walk(const std::vector<Point>& points, std::size_t a,
                                  std::size_t b) const {
    const bool given = !wave_.walk_seconds.empty();
    const double metres = std::hypot(points[a].x - points[b].x, points[a].y - points[b].y);
    const double seconds =
        given ? wave_.walk_seconds[a][b]
              : metres * wave_.rules.detour / std::max(0.01, wave_.rules.metres_per_second);
    if (!(seconds >= 0 && seconds <= 86'400)) {
      return fault("wave.out_of_range",
                   given ? fmt::format("walk_seconds[{}][{}]", a, b)
                         : fmt::format("entrances[{}]", std::max(a, b) - 1),
                   fmt::format("a walk of {} s", seconds));
    }
    return static_cast<Time>(std::llround(seconds * 1000));
  }

  /// What is wrong with a stop by itself, as member and reason.
  static std::pair<const char*, const char*> wrong(const WaveStop& in) {
    if (in.floor < 1 || in.floor > 200) return {"floor", "is not in 1..200"};
    if (in.grams < 0 || in.grams > max_demand) return {"kg", "is out of range"};
    if (in.millilitres < 0 || in.millilitres > max_demand) return {"litres", "is out of range"};
    if (in.level > 7) return {"level", "is not in 0..7"};
    if (in.open > in.close) return {"close", "is before it opens"};
    return {nullptr, nullptr};
  }

  Result<void> stops() {
    const auto classes = TRY(
        Names::of(wave_.classes, "classes", "class", +[](const WaveClass& c) { return c.name; }));
    stop_names_ =
        TRY(Names::of(wave_.stops, "stops", "stop", +[](const WaveStop& s) { return s.id; }));
    Problem& problem = out_.problem;
    problem.metric = MetricKind::stairs;
    problem.stops.resize(wave_.stops.size() + 1);
    problem.stops[0].open = wave_.open;
    problem.stops[0].close = wave_.close;
    problem.streets.doors.resize(problem.stops.size());
    out_.helpers.assign(problem.stops.size(), false);
    for (std::size_t i = 0; i < wave_.stops.size(); ++i) {
      const WaveStop& in = wave_.stops[i];
      const auto of_class = TRY(classes.find(in.kind, member("stops", i, "class")));
      const WaveClass& kind = wave_.classes[of_class];
      const auto entrance = TRY(entrances_.find(in.entrance, member("stops", i, "entrance")));
      if (kind.rank > 7) {
        return fault("wave.out_of_range", member("classes", of_class, "rank"), "is not in 0..7");
      }
      if (const auto [name, reason] = wrong(in); name != nullptr) {
        return fault("wave.out_of_range", member("stops", i, name), reason);
      }
      Stop& stop = problem.stops[i + 1];
      stop.demand = {in.grams, in.millilitres};
      stop.open = in.open;
      stop.close = in.close;
      stop.soft_close = in.soft_close;
      stop.release = in.ready;
      stop.service = kind.service;
      stop.rank = kind.rank;
      stop.level = in.level;
      stop.prize = 100'000'000 * std::clamp<std::int64_t>(kind.weight, 1, 1000);
      for (const auto& need : in.needs) stop.needs |= tags_.bit("skill " + need);
      const std::string& grid = wave_.entrances[entrance].grid;
      if (wave_.rules.grids_are_borders && !grid.empty()) stop.needs |= tags_.bit("grid " + grid);
      const bool two = in.grams > wave_.rules.helpers_grams &&
                       in.floor >= wave_.rules.helpers_floor && !wave_.entrances[entrance].lift;
      out_.helpers[i + 1] = two;
      if (two && wave_.rules.helpers_required) stop.needs |= tags_.bit("two people");
      problem.streets.doors[i + 1] = {static_cast<std::int32_t>(entrance) + 1, in.floor - 1};
    }
    return {};
  }

  Result<void> carriers() {
    carrier_names_ = TRY(Names::of(
        wave_.carriers, "carriers", "carrier", +[](const WaveCarrier& c) { return c.id; }));
    std::uint64_t every_grid = 0;
    for (const auto& entrance : wave_.entrances) {
      if (!entrance.grid.empty()) every_grid |= tags_.bit("grid " + entrance.grid);
    }
    for (std::size_t i = 0; i < wave_.carriers.size(); ++i) {
      const WaveCarrier& in = wave_.carriers[i];
      if (in.runs < 1 || in.runs > 100) {
        return fault("wave.out_of_range", member("carriers", i, "runs"), "is not in 1..100");
      }
      if (in.slowness < 1 || in.slowness > 10'000) {
        return fault("wave.out_of_range", member("carriers", i, "slowness_percent"),
                     "is not in 1..10000");
      }
      Carrier carrier;
      carrier.capacity = {in.grams, in.millilitres};
      carrier.hands = in.hands;
      carrier.shift_start = in.start;
      carrier.shift_end = in.end;
      carrier.runs_max = in.runs;
      carrier.reload = in.reload;
      carrier.slowness = in.slowness;
      carrier.range = in.range;
      carrier.level = in.level;
      carrier.ledger = in.ledger;
      carrier.run_cost = wave_.rules.run_cost;
      carrier.skills = in.grid.empty() ? every_grid : tags_.bit("grid " + in.grid);
      if (in.people >= 2) carrier.skills |= tags_.bit("two people");
      for (const auto& skill : in.skills) carrier.skills |= tags_.bit("skill " + skill);
      out_.problem.carriers.push_back(carrier);
    }
    return {};
  }

  Result<void> pairs() {
    for (std::size_t i = 0; i < wave_.stops.size(); ++i) {
      if (wave_.stops[i].pickup_at.empty()) continue;
      const auto where = member("stops", i, "pickup_at");
      const auto from = TRY(stop_names_.find(wave_.stops[i].pickup_at, where));
      Stop& pickup = out_.problem.stops[from + 1];
      Stop& delivery = out_.problem.stops[i + 1];
      if (from == i || pickup.pair >= 0 || delivery.pair >= 0) {
        return fault("wave.twice", where,
                     fmt::format("stop \"{}\" is in two pairs", wave_.stops[i].id));
      }
      pickup.pair = static_cast<Node>(i + 1);
      pickup.pickup = true;
      pickup.demand = delivery.demand;
      delivery.pair = static_cast<Node>(from + 1);
      // One order for both halves, or neither could come first.
      pickup.rank = delivery.rank = std::min(pickup.rank, delivery.rank);
    }
    return {};
  }

  Result<void> runs() {
    std::vector<bool> used(out_.problem.stops.size(), false);
    for (std::size_t i = 0; i < wave_.frozen.size(); ++i) {
      const WaveRun& in = wave_.frozen[i];
      Run run;
      run.carrier = static_cast<std::int32_t>(
          TRY(carrier_names_.find(in.carrier, member("frozen", i, "carrier"))));
      run.locked = true;
      run.leave = in.leave;
      for (std::size_t j = 0; j < in.stops.size(); ++j) {
        const auto where = fmt::format("frozen[{}].stops[{}]", i, j);
        const auto stop = TRY(stop_names_.find(in.stops[j], where)) + 1;
        if (used[stop]) {
          return fault("wave.twice", where,
                       fmt::format("stop \"{}\" is frozen twice", in.stops[j]));
        }
        used[stop] = true;
        run.stops.push_back(static_cast<Node>(stop));
      }
      auto& carrier = out_.problem.carriers[static_cast<std::size_t>(run.carrier)];
      ++carrier.runs_max;
      if (!run.stops.empty()) out_.problem.locked.push_back(run);
    }
    out_.announced.runs = out_.problem.locked;
    for (const WaveRun& in : wave_.announced) {
      Run run;
      bool lost = false;
      for (const auto& id : in.stops) {
        const auto stop = stop_names_.find(id);
        if (!stop) lost = true;                  // cancelled since
        if (!stop || used[*stop + 1]) continue;  // or on its way
        used[*stop + 1] = true;
        run.stops.push_back(static_cast<Node>(*stop + 1));
      }
      const auto carrier = carrier_names_.find(in.carrier);
      if (!carrier || lost) {
        out_.changed.insert(out_.changed.end(), run.stops.begin(), run.stops.end());
      }
      if (!carrier) continue;
      run.carrier = static_cast<std::int32_t>(*carrier);
      if (!run.stops.empty()) out_.announced.runs.push_back(run);
    }
    announce(out_.problem, out_.announced, wave_.rules.move_price);
    return {};
  }

  void rules() {
    Rules& rules = out_.problem.rules;
    rules.rich = true;
    rules.prize = 100'000'000;
    rules.effort_weight = wave_.rules.effort_weight;
    rules.flight_weight = wave_.rules.flight_weight;
    rules.late_weight = wave_.rules.late_weight;
    rules.fairness = wave_.rules.fairness;
    rules.fair_share = 3'600'000;
  }

  const Wave& wave_;
  CompiledWave out_;
  Names entrances_;
  Names stop_names_;
  Names carrier_names_;
  Tags tags_;
};

}  // namespace

Result<CompiledWave> compile(const Wave& wave) {
  return Compiler(wave).run();
}

}  // namespace doorstep::routing
