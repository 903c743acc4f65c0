#include "engine/routing/wave.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "engine/routing/climb.h"
#include "engine/routing/replan.h"

namespace doorstep::routing {

namespace {

Error fault(const char* code, std::string hint) {
  return Error{ErrorKind::invalid, code, std::move(hint)};
}

/// Names to positions.
class Names {
 public:
  template <class List>
  static Result<Names> of(const List& list, const char* what,
                          std::string (*name)(const typename List::value_type&)) {
    Names names;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!names.at_.try_emplace(name(list[i]), i).second) {
        return fault("wave.twice", fmt::format("{} \"{}\" stands twice", what, name(list[i])));
      }
    }
    names.what_ = what;
    return names;
  }
  [[nodiscard]] Result<std::size_t> find(const std::string& name) const {
    const auto at = at_.find(name);
    if (at == at_.end()) {
      return fault("wave.unknown", fmt::format("no {} \"{}\"", what_, name));
    }
    return at->second;
  }
  [[nodiscard]] bool has(const std::string& name) const { return at_.count(name) > 0; }

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
    if (tags_.size() > 64) return fault("wave.too_many_tags", "over 64 skills and grids");
    TRY(runs());
    rules();
    return std::move(out_);
  }

 private:
  /// What keeps every product of the objective inside 63 bits.
  Result<void> limits() {
    const WaveRules& r = wave_.rules;
    const Time hour = 3'600'000;
    const bool times = r.up <= hour && r.down <= hour && r.lift_floor <= hour &&
                       r.lift_wait <= hour && r.handover <= hour;
    const bool weights = r.effort_weight <= 1'000'000 && r.flight_weight <= 10'000'000 &&
                         r.late_weight <= 10'000 && r.run_cost <= 100'000'000 &&
                         r.fairness <= 1'000'000 && r.move_price <= 100'000'000;
    if (!times || !weights) return fault("wave.out_of_range", "a rule is out of range");
    return {};
  }

  Result<void> streets() {
    entrances_ =
        TRY(Names::of(wave_.entrances, "entrance", +[](const WaveEntrance& e) { return e.id; }));
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
      return fault("wave.out_of_range", "walk_seconds needs a row for the depot and each entrance");
    }
    streets.walk.resize(count * count);
    for (std::size_t a = 0; a < count; ++a) {
      if (given && wave_.walk_seconds[a].size() != count) {
        return fault("wave.out_of_range", fmt::format("walk_seconds[{}] is too short", a));
      }
      for (std::size_t b = 0; b < count; ++b) {
        const double metres = std::hypot(points[a].x - points[b].x, points[a].y - points[b].y);
        const double seconds =
            given ? wave_.walk_seconds[a][b]
                  : metres * wave_.rules.detour / std::max(0.01, wave_.rules.metres_per_second);
        if (!(seconds >= 0 && seconds <= 86'400)) {
          return fault("wave.out_of_range", fmt::format("a walk of {} s", seconds));
        }
        streets.walk[a * count + b] = static_cast<Time>(std::llround(seconds * 1000));
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

  Result<void> stops() {
    const auto classes =
        TRY(Names::of(wave_.classes, "class", +[](const WaveClass& c) { return c.name; }));
    stop_names_ = TRY(Names::of(wave_.stops, "stop", +[](const WaveStop& s) { return s.id; }));
    Problem& problem = out_.problem;
    problem.metric = MetricKind::stairs;
    problem.stops.resize(wave_.stops.size() + 1);
    problem.stops[0].open = wave_.open;
    problem.stops[0].close = wave_.close;
    problem.streets.doors.resize(problem.stops.size());
    out_.helpers.assign(problem.stops.size(), false);
    for (std::size_t i = 0; i < wave_.stops.size(); ++i) {
      const WaveStop& in = wave_.stops[i];
      const WaveClass& kind = wave_.classes[TRY(classes.find(in.kind))];
      const auto entrance = TRY(entrances_.find(in.entrance));
      if (in.floor < 1 || in.floor > 200 || in.grams < 0 || in.grams > max_demand ||
          in.millilitres < 0 || in.millilitres > max_demand || kind.rank > 7 || in.level > 7) {
        return fault("wave.out_of_range",
                     fmt::format("stop \"{}\": floor, weight or class", in.id));
      }
      if (in.open > in.close) {
        return fault("wave.out_of_range", fmt::format("stop \"{}\" closes before it opens", in.id));
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
    carrier_names_ =
        TRY(Names::of(wave_.carriers, "carrier", +[](const WaveCarrier& c) { return c.id; }));
    std::uint64_t every_grid = 0;
    for (const auto& entrance : wave_.entrances) {
      if (!entrance.grid.empty()) every_grid |= tags_.bit("grid " + entrance.grid);
    }
    for (const WaveCarrier& in : wave_.carriers) {
      if (in.runs < 1 || in.runs > 100 || in.slowness < 1 || in.slowness > 10'000) {
        return fault("wave.out_of_range", fmt::format("carrier \"{}\": runs or slowness", in.id));
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
      const auto from = TRY(stop_names_.find(wave_.stops[i].pickup_at));
      Stop& pickup = out_.problem.stops[from + 1];
      Stop& delivery = out_.problem.stops[i + 1];
      if (from == i || pickup.pair >= 0 || delivery.pair >= 0) {
        return fault("wave.twice", fmt::format("stop \"{}\" is in two pairs", wave_.stops[i].id));
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
    for (const WaveRun& in : wave_.frozen) {
      Run run;
      run.carrier = static_cast<std::int32_t>(TRY(carrier_names_.find(in.carrier)));
      run.locked = true;
      run.leave = in.leave;
      for (const auto& id : in.stops) {
        const auto stop = TRY(stop_names_.find(id)) + 1;
        if (used[stop]) return fault("wave.twice", fmt::format("stop \"{}\" is frozen twice", id));
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

/// Positions [from, to) of the run are doors of one stairwell.
struct Block {
  std::size_t from = 0;
  std::size_t to = 0;
};

std::vector<Block> stairwell_visits(const Problem& problem, const Run& run) {
  std::vector<Block> blocks;
  const auto entrance = [&](std::size_t i) {
    return problem.streets.doors[static_cast<std::size_t>(run.stops[i])].entrance;
  };
  for (std::size_t i = 0; i < run.stops.size();) {
    std::size_t end = i + 1;
    while (end < run.stops.size() && entrance(end) == entrance(i)) ++end;
    if (end - i > 1) blocks.push_back({i, end});
    i = end;
  }
  return blocks;
}

/// What carrying the doors in this order climbs, by the hands' rule of the search.
std::int64_t flights_in_order(const std::vector<ClimbItem>& items, std::int64_t hands) {
  std::int64_t flights = 0;
  std::int64_t held = 0;
  std::int32_t floor = 0;
  bool climbing = false;
  for (const ClimbItem& item : items) {
    const bool together = climbing && item.floors > 0 && (hands == 0 || held + item.grams <= hands);
    if (!together) {
      floor = 0;
      held = 0;
    }
    climbing = item.floors > 0;
    held += item.grams;
    flights += std::max(0, item.floors - floor);
    floor = item.floors;
  }
  return flights;
}

}  // namespace

Result<CompiledWave> compile(const Wave& wave) {
  return Compiler(wave).run();
}

std::int64_t flights_in_arrival_order(const Wave& wave, const CompiledWave& compiled) {
  const Problem& problem = compiled.problem;
  if (problem.carriers.empty()) return 0;
  std::vector<Node> order(wave.stops.size());
  std::iota(order.begin(), order.end(), 1);
  std::sort(order.begin(), order.end(), [&](Node a, Node b) {
    const Time x = problem.stops[static_cast<std::size_t>(a)].release;
    const Time y = problem.stops[static_cast<std::size_t>(b)].release;
    return x != y ? x < y : a < b;
  });
  Plan plan;
  Load load{};
  std::int32_t carrier = 0;
  for (const Node node : order) {
    const Stop& stop = problem.stops[static_cast<std::size_t>(node)];
    const Load& capacity = problem.carriers[static_cast<std::size_t>(carrier)].capacity;
    const bool full =
        load[0] + stop.demand[0] > capacity[0] || load[1] + stop.demand[1] > capacity[1];
    if (plan.runs.empty() || full) {
      if (full) carrier = (carrier + 1) % static_cast<std::int32_t>(problem.carriers.size());
      plan.runs.push_back({carrier, true, {}, 0});
      load = {};
    }
    plan.runs.back().stops.push_back(node);
    for (std::size_t d = 0; d < load_dims; ++d) load[d] += stop.demand[d];
  }
  return check(problem, plan).flights;
}

void repack(const Problem& problem, Plan& plan, Cost& cost) {
  if (problem.metric != MetricKind::stairs) return;
  for (Run& run : plan.runs) {
    if (run.locked) continue;
    for (const Block block : stairwell_visits(problem, run)) {
      std::vector<ClimbItem> items;
      std::vector<Node> nodes(run.stops.begin() + static_cast<std::ptrdiff_t>(block.from),
                              run.stops.begin() + static_cast<std::ptrdiff_t>(block.to));
      for (const Node node : nodes) {
        const auto i = static_cast<std::size_t>(node);
        items.push_back({problem.streets.doors[i].floors, problem.stops[i].demand[0]});
      }
      const auto hands = problem.carriers[static_cast<std::size_t>(run.carrier)].hands;
      const ClimbPlan packed = pack_climbs(items, hands);
      std::vector<Node> order;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (items[i].floors == 0) order.push_back(nodes[i]);
      }
      for (const auto& climb : packed.climbs) {
        for (const std::size_t item : climb) order.push_back(nodes[item]);
      }
      // The checker reads the whole plan: it is asked only where flights can be saved.
      if (packed.flights >= flights_in_order(items, hands)) continue;
      const auto at = run.stops.begin() + static_cast<std::ptrdiff_t>(block.from);
      std::copy(order.begin(), order.end(), at);
      const Report report = check(problem, plan);
      if (report.clean() && report.cost < cost) {
        cost = report.cost;
      } else {
        std::copy(nodes.begin(), nodes.end(), at);
      }
    }
  }
}

}  // namespace doorstep::routing
