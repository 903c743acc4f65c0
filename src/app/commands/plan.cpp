/// \file `doorstep plan`: plans a wave described in JSON and prints one JSON object.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "base/time.h"
#include "engine/routing/checker.h"
#include "engine/routing/reasons.h"
#include "engine/routing/relay.h"
#include "engine/routing/replan.h"
#include "engine/routing/wave.h"

namespace doorstep::app {

namespace {

namespace json = boost::json;
using routing::Time;

constexpr const char* schema_text =
#include "app/commands/plan_schema.inc"
    ;

/// Reads members of one object; the first thing wrong is kept and the rest goes on with defaults.
class Reader {
 public:
  Reader(const json::object& object, std::string where, std::string& fault)
      : object_(object), where_(std::move(where)), fault_(fault) {}

  void text(const char* key, std::string& out) {
    if (const auto* v = find(key)) {
      if (v->is_string()) {
        out = json::value_to<std::string>(*v);
      } else {
        wrong(key, "is not a string");
      }
    }
  }
  void yes(const char* key, bool& out) {
    if (const auto* v = find(key)) {
      if (v->is_bool()) {
        out = v->as_bool();
      } else {
        wrong(key, "is not true or false");
      }
    }
  }
  void number(const char* key, double& out) {
    if (const auto* v = find(key)) {
      if (!v->is_number()) return wrong(key, "is not a number");
      const double value = v->to_number<double>();
      if (!(std::abs(value) <= 1e8)) return wrong(key, "is out of range");
      out = value;
    }
  }
  /// A number times `scale`, rounded; not negative.
  template <class Integer>
  void scaled(const char* key, double scale, Integer& out) {
    double value = -1;
    number(key, value);
    if (find(key) == nullptr || !fault_.empty()) return;
    if (value < 0 || value * scale > 1e9) return wrong(key, "is out of range");
    out = static_cast<Integer>(std::llround(value * scale));
  }
  /// "HH:MM" as milliseconds; "24:00" is the day's end.
  void clock(const char* key, Time& out) {
    std::string value;
    text(key, value);
    if (value.empty()) return;
    if (value == "24:00") {
      out = 24 * 3'600'000;
      return;
    }
    const auto minutes = time_of_day_from_text(value);
    if (!minutes) return wrong(key, "is not HH:MM");
    out = static_cast<Time>(minutes->count() * 60'000);
  }
  void texts(const char* key, std::vector<std::string>& out) {
    each(key, [&](const json::value& v, const std::string& where) {
      if (v.is_string()) {
        out.push_back(json::value_to<std::string>(v));
      } else {
        wrong_at(where, "is not a string");
      }
    });
  }
  template <class Work>
  void objects(const char* key, Work work) {
    each(key, [&](const json::value& v, const std::string& where) {
      if (!v.is_object()) return wrong_at(where, "is not an object");
      Reader reader(v.as_object(), where, fault_);
      work(reader);
      reader.no_others();
    });
  }
  template <class Work>
  void object(const char* key, Work work) {
    const auto* v = find(key);
    if (v == nullptr) return;
    if (!v->is_object()) return wrong(key, "is not an object");
    Reader reader(v->as_object(), path(key), fault_);
    work(reader);
    reader.no_others();
  }
  template <class Work>
  void each(const char* key, Work work) {
    const auto* v = find(key);
    if (v == nullptr) return;
    if (!v->is_array()) return wrong(key, "is not an array");
    std::size_t i = 0;
    for (const auto& item : v->as_array()) work(item, fmt::format("{}[{}]", path(key), i++));
  }
  /// A misspelt key must not be ignored in silence.
  void no_others() {
    for (const auto& member : object_) {
      const std::string key{member.key()};
      if (!known_.contains(key)) wrong(key.c_str(), "is not known");
    }
  }

 private:
  const json::value* find(const char* key) {
    known_.emplace(key, true);
    return object_.if_contains(key);
  }
  [[nodiscard]] std::string path(const char* key) const {
    return where_.empty() ? key : where_ + "." + key;
  }
  void wrong(const char* key, const char* what) { wrong_at(path(key), what); }
  void wrong_at(const std::string& where, const char* what) {
    if (fault_.empty()) fault_ = where + " " + what;
  }

  const json::object& object_;
  std::string where_;
  std::string& fault_;
  std::map<std::string, bool> known_;
};

void read_rules(Reader& in, routing::WaveRules& rules) {
  in.number("metres_per_second", rules.metres_per_second);
  in.number("detour", rules.detour);
  in.scaled("up_seconds", 1000, rules.up);
  in.scaled("down_seconds", 1000, rules.down);
  in.scaled("lift_floor_seconds", 1000, rules.lift_floor);
  in.scaled("lift_wait_seconds", 1000, rules.lift_wait);
  in.scaled("heavy_kg", 1000, rules.heavy);
  in.scaled("effort_seconds_per_kg_flight", 1000, rules.effort_weight);
  in.scaled("flight_seconds", 1000, rules.flight_weight);
  in.scaled("late_weight", 1, rules.late_weight);
  in.scaled("run_seconds", 1000, rules.run_cost);
  in.scaled("fairness", 1, rules.fairness);
  in.scaled("move_price_seconds", 1000, rules.move_price);
  in.yes("grids_are_borders", rules.grids_are_borders);
  in.scaled("helpers_above_kg", 1000, rules.helpers_grams);
  in.scaled("helpers_from_floor", 1, rules.helpers_floor);
  in.yes("helpers_required", rules.helpers_required);
  in.scaled("handover_seconds", 1000, rules.handover);
}

struct ClassWindow {
  Time open = 0;
  Time close = routing::no_limit;
  Time hot = 0;
};

void read_stops(Reader& in, routing::Wave& wave,
                const std::map<std::string, ClassWindow>& windows) {
  in.objects("stops", [&](Reader& r) {
    routing::WaveStop stop;
    r.text("id", stop.id);
    r.text("entrance", stop.entrance);
    r.scaled("floor", 1, stop.floor);
    r.text("class", stop.kind);
    r.scaled("kg", 1000, stop.grams);
    r.scaled("litres", 1000, stop.millilitres);
    r.clock("ready", stop.ready);
    ClassWindow window;
    if (const auto at = windows.find(stop.kind); at != windows.end()) window = at->second;
    stop.open = window.open;
    stop.close = window.close;
    r.clock("open", stop.open);
    r.clock("close", stop.close);
    if (window.hot > 0) stop.soft_close = std::max(stop.ready, stop.open) + window.hot;
    r.clock("soft_close", stop.soft_close);
    r.scaled("level", 1, stop.level);
    r.texts("needs", stop.needs);
    r.text("pickup_at", stop.pickup_at);
    wave.stops.push_back(std::move(stop));
  });
}

void read_carriers(Reader& in, routing::Wave& wave) {
  in.objects("carriers", [&](Reader& r) {
    routing::WaveCarrier carrier;
    r.text("id", carrier.id);
    r.text("grid", carrier.grid);
    r.scaled("kg", 1000, carrier.grams);
    r.scaled("litres", 1000, carrier.millilitres);
    r.scaled("hands_kg", 1000, carrier.hands);
    r.clock("start", carrier.start);
    r.clock("end", carrier.end);
    r.scaled("runs", 1, carrier.runs);
    r.scaled("reload_seconds", 1000, carrier.reload);
    r.scaled("slowness_percent", 1, carrier.slowness);
    r.scaled("range_minutes", 60'000, carrier.range);
    r.scaled("people", 1, carrier.people);
    r.scaled("level", 1, carrier.level);
    r.scaled("ledger_minutes", 60'000, carrier.ledger);
    r.yes("cart", carrier.cart);
    r.texts("skills", carrier.skills);
    wave.carriers.push_back(std::move(carrier));
  });
}

void read_runs(Reader& in, const char* key, std::vector<routing::WaveRun>& runs) {
  in.objects(key, [&](Reader& r) {
    routing::WaveRun run;
    r.text("carrier", run.carrier);
    r.texts("stops", run.stops);
    r.clock("leave", run.leave);
    runs.push_back(std::move(run));
  });
}

/// Empty, or what is wrong with the document.
std::string read_wave(const json::object& document, routing::Wave& wave) {
  std::string fault;
  Reader in(document, "", fault);
  in.text("wave", wave.name);
  in.object("depot", [&](Reader& r) {
    r.number("x", wave.x);
    r.number("y", wave.y);
    r.clock("open", wave.open);
    r.clock("close", wave.close);
  });
  in.object("rules", [&](Reader& r) { read_rules(r, wave.rules); });
  in.objects("entrances", [&](Reader& r) {
    routing::WaveEntrance entrance;
    r.text("id", entrance.id);
    r.text("building", entrance.building);
    r.text("grid", entrance.grid);
    r.yes("lift", entrance.lift);
    r.number("x", entrance.x);
    r.number("y", entrance.y);
    r.text("duty", entrance.duty);
    wave.entrances.push_back(std::move(entrance));
  });
  std::map<std::string, ClassWindow> windows;
  in.objects("classes", [&](Reader& r) {
    routing::WaveClass kind;
    ClassWindow window;
    r.text("name", kind.name);
    r.scaled("rank", 1, kind.rank);
    r.scaled("weight", 1, kind.weight);
    r.scaled("service_seconds", 1000, kind.service);
    r.clock("open", window.open);
    r.clock("close", window.close);
    r.scaled("hot_minutes", 60'000, window.hot);
    windows[kind.name] = window;
    wave.classes.push_back(std::move(kind));
  });
  read_stops(in, wave, windows);
  read_carriers(in, wave);
  read_runs(in, "frozen", wave.frozen);
  read_runs(in, "announced", wave.announced);
  in.each("walk_seconds", [&](const json::value& row, const std::string& where) {
    auto& out = wave.walk_seconds.emplace_back();
    if (!row.is_array() && fault.empty()) fault = where + " is not an array";
    if (!row.is_array()) return;
    for (const auto& v : row.as_array()) {
      out.push_back(v.is_number() ? v.to_number<double>() : -1);
    }
  });
  in.no_others();
  return fault;
}

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

double seconds_on(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Arguments {
  std::string file;
  double seconds = 0;
  std::int64_t iterations = 0;
  routing::Options options;
  std::string mode = "both";
  bool check = false;
  bool progress = false;
  bool schema = false;
};

/// A wave with its plan, on the way to JSON.
class Answer {
 public:
  Answer(const routing::Wave& wave, const routing::CompiledWave& compiled,
         const routing::Outcome& outcome)
      : wave_(wave),
        compiled_(compiled),
        outcome_(outcome),
        report_(routing::check(compiled.problem, outcome.plan)) {}

  [[nodiscard]] const routing::Report& report() const { return report_; }

  json::object through() {
    json::object out;
    routing::Cost time = 0;
    for (const auto& run : report_.runs) {
      time += run.travel;
      for (const auto& visit : run.visits) time += stop(visit.stop).service;
    }
    out["cost"] = outcome_.cost;
    out["person_minutes"] = minutes(time);
    out["flights"] = report_.flights;
    out["runs"] = outcome_.plan.runs.size();
    return out;
  }

  json::array runs() {
    json::array list;
    for (std::size_t i = 0; i < report_.runs.size(); ++i) {
      list.push_back(run(outcome_.plan.runs[i], report_.runs[i]));
    }
    return list;
  }

  json::array unserved() {
    json::array list;
    for (const auto node : outcome_.plan.unserved) {
      json::object entry;
      entry["stop"] = id(node);
      entry["reason"] = routing::reason_text(routing::reason(compiled_.problem, node));
      list.push_back(std::move(entry));
    }
    return list;
  }

  /// Receipt to door, by class and by building.
  json::object last_metre() {
    std::map<std::string, std::vector<routing::Cost>> by_class;
    std::map<std::string, std::vector<routing::Cost>> by_building;
    for (const auto& run : report_.runs) {
      for (const auto& visit : run.visits) {
        const auto& in = wave_.stops[static_cast<std::size_t>(visit.stop) - 1];
        const auto door = compiled_.problem.streets.doors[static_cast<std::size_t>(visit.stop)];
        const auto wait = visit.start - in.ready;
        by_class[in.kind].push_back(wait);
        by_building[wave_.entrances[static_cast<std::size_t>(door.entrance) - 1].building]
            .push_back(wait);
      }
    }
    return {{"by_class", quantiles(by_class)}, {"by_building", quantiles(by_building)}};
  }

  /// Sorting: how many go to each grid, building and entrance.
  json::array bins() {
    std::map<std::array<std::string, 3>, std::pair<std::int64_t, std::int64_t>> count;
    for (std::size_t i = 0; i < wave_.stops.size(); ++i) {
      const auto door = compiled_.problem.streets.doors[i + 1];
      const auto& e = wave_.entrances[static_cast<std::size_t>(door.entrance) - 1];
      auto& bin = count[{e.grid, e.building, e.id}];
      ++bin.first;
      bin.second += wave_.stops[i].grams;
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

  json::object changes(const routing::Difference& difference) {
    json::object out;
    out["moved"] = ids(difference.moved);
    out["added"] = ids(difference.added);
    out["released"] = ids(difference.released);
    json::array cancelled;
    for (const auto& run : wave_.announced) {
      for (const auto& name : run.stops) {
        const bool gone = std::none_of(wave_.stops.begin(), wave_.stops.end(),
                                       [&](const auto& s) { return s.id == name; });
        if (gone) cancelled.emplace_back(name);
      }
    }
    out["cancelled"] = std::move(cancelled);
    return out;
  }

  json::object fairness() {
    std::map<std::int32_t, routing::Cost> work;
    for (std::size_t i = 0; i < report_.runs.size(); ++i) {
      auto& sum = work[outcome_.plan.runs[i].carrier];
      sum += report_.runs[i].travel;
      for (const auto& visit : report_.runs[i].visits) sum += stop(visit.stop).service;
    }
    routing::Cost most = 0;
    routing::Cost all = 0;
    for (const auto& [carrier, sum] : work) {
      most = std::max(most, sum);
      all += sum;
    }
    const auto people = static_cast<routing::Cost>(std::max<std::size_t>(1, work.size()));
    return {{"carriers", work.size()},
            {"most_minutes", minutes(most)},
            {"mean_minutes", minutes(all / people)}};
  }

  [[nodiscard]] const std::string& id(routing::Node node) const {
    return wave_.stops[static_cast<std::size_t>(node) - 1].id;
  }
  [[nodiscard]] json::array ids(const std::vector<routing::Node>& nodes) const {
    json::array list;
    for (const auto node : nodes) list.emplace_back(id(node));
    return list;
  }

 private:
  [[nodiscard]] const routing::Stop& stop(routing::Node node) const {
    return compiled_.problem.stops[static_cast<std::size_t>(node)];
  }

  json::object run(const routing::Run& run, const routing::RunReport& report) {
    json::object out;
    std::int64_t grams = 0;
    std::int64_t volume = 0;
    bool help = false;
    json::array stops;
    for (const auto& visit : report.visits) {
      const bool two = compiled_.helpers[static_cast<std::size_t>(visit.stop)];
      grams += stop(visit.stop).pickup ? 0 : stop(visit.stop).demand[0];
      volume += stop(visit.stop).pickup ? 0 : stop(visit.stop).demand[1];
      help = help || two;
      json::object at{{"stop", id(visit.stop)}, {"at", clock_text(visit.start)}};
      if (visit.climb > 0) at["climb"] = visit.climb;
      if (visit.late > 0) at["late_minutes"] = minutes(visit.late);
      if (two) at["helpers"] = 2;
      stops.push_back(std::move(at));
    }
    out["carrier"] = wave_.carriers[static_cast<std::size_t>(run.carrier)].id;
    out["leave"] = clock_text(report.leave);
    out["back"] = clock_text(report.end);
    out["kg"] = thousandths(grams);
    out["litres"] = thousandths(volume);
    out["flights"] = report.flights;
    out["climbs"] = report.climbs;
    if (help) out["helpers"] = 2;
    if (run.locked) out["frozen"] = true;
    out["stops"] = std::move(stops);
    return out;
  }

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

  const routing::Wave& wave_;
  const routing::CompiledWave& compiled_;
  const routing::Outcome& outcome_;
  routing::Report report_;
};

json::object relay_json(const routing::Wave& wave, const routing::RelayPlan& relay,
                        const Answer& names) {
  json::object out;
  out["cost"] = relay.cost;
  out["person_minutes"] = minutes(relay.person_time);
  out["flights"] = relay.flights;
  out["runs"] = relay.plan.runs.size();
  out["unserved_entrances"] = relay.plan.unserved.size();
  json::array gaps;
  for (const auto entrance : relay.gaps) gaps.emplace_back(wave.entrances[entrance].id);
  out["entrances_without_duty"] = std::move(gaps);
  const auto report = routing::check(relay.carts, relay.plan);
  std::vector<std::string> carts;
  for (const auto& carrier : wave.carriers) {
    if (carrier.cart) carts.push_back(carrier.id);
  }
  json::array runs;
  for (std::size_t i = 0; i < report.runs.size(); ++i) {
    json::object run;
    run["cart"] = carts[static_cast<std::size_t>(relay.plan.runs[i].carrier)];
    run["leave"] = clock_text(report.runs[i].leave);
    run["back"] = clock_text(report.runs[i].end);
    json::array drops;
    for (const auto& visit : report.runs[i].visits) {
      const auto& duty = relay.duties[static_cast<std::size_t>(visit.stop) - 1];
      json::array climbs;
      for (const auto& climb : duty.climbs) climbs.push_back(names.ids(climb));
      const auto& entrance = wave.entrances[duty.entrance];
      drops.push_back({{"entrance", entrance.id},
                       {"duty", entrance.duty},
                       {"at", clock_text(visit.start)},
                       {"flights", duty.flights},
                       {"climbs", std::move(climbs)}});
    }
    run["drops"] = std::move(drops);
    runs.push_back(std::move(run));
  }
  out["carts"] = std::move(runs);
  return out;
}

int plan_wave(const routing::Wave& wave, Arguments& arguments) {
  const double cpu_start = seconds_on(CLOCK_PROCESS_CPUTIME_ID);
  const double wall_start = seconds_on(CLOCK_MONOTONIC);
  const auto compiled = routing::compile(wave);
  if (!compiled) {
    fmt::print(stderr, "{}: {}\n", arguments.file, compiled.error().hint);
    return 2;
  }
  const bool again = !wave.announced.empty();
  if (arguments.seconds == 0 && arguments.iterations == 0) arguments.seconds = again ? 0.05 : 1;
  const routing::Budget budget{arguments.iterations, arguments.seconds,
                               [=] { return seconds_on(CLOCK_PROCESS_CPUTIME_ID) - cpu_start; }};
  if (arguments.progress) {
    arguments.options.progress = [&](const routing::Progress& p) {
      fmt::print(stderr, "{:.2f} s, iteration {}: best {}, {} unserved\n",
                 seconds_on(CLOCK_MONOTONIC) - wall_start, p.iterations, p.best, p.unserved);
    };
  }
  const auto& problem = compiled->problem;
  routing::Outcome outcome;
  if (again) {
    outcome =
        routing::replan(problem, compiled->announced, compiled->changed, budget, arguments.options)
            .outcome;
  } else {
    outcome = routing::solve(problem, budget, arguments.options);
  }
  routing::repack(problem, outcome.plan, outcome.cost);
  const double cpu = seconds_on(CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
  const double wall = seconds_on(CLOCK_MONOTONIC) - wall_start;
  Answer answer(wave, *compiled, outcome);
  json::object out;
  out["wave"] = wave.name;
  out["cost"] = outcome.cost;
  out["flights"] = answer.report().flights;
  const auto arrival = routing::flights_in_arrival_order(wave, *compiled);
  out["arrival_order_flights"] = arrival;
  json::object modes;
  modes["through"] = answer.through();
  const bool carts =
      std::any_of(wave.carriers.begin(), wave.carriers.end(), [](const auto& c) { return c.cart; });
  if (carts && arguments.mode != "through" && !again) {
    const double relay_start = seconds_on(CLOCK_PROCESS_CPUTIME_ID);
    const routing::Budget rest{arguments.iterations, arguments.seconds / 4,
                               [=] { return seconds_on(CLOCK_PROCESS_CPUTIME_ID) - relay_start; }};
    modes["relay"] =
        relay_json(wave, routing::plan_relay(wave, *compiled, rest, arguments.options), answer);
  }
  out["modes"] = std::move(modes);
  out["runs"] = answer.runs();
  out["unserved"] = answer.unserved();
  out["bins"] = answer.bins();
  out["last_metre"] = answer.last_metre();
  out["fairness"] = answer.fairness();
  if (again) {
    out["changes"] =
        answer.changes(routing::difference(problem, compiled->announced, outcome.plan));
  }
  out["seed"] = arguments.options.seed;
  out["iterations"] = outcome.iterations;
  out["threads"] = arguments.options.threads;
  out["cpu_seconds"] = std::round(cpu * 1000) / 1000;
  out["wall_seconds"] = std::round(wall * 1000) / 1000;
  fmt::print("{}\n", json::serialize(out));
  if (!arguments.check) return 0;
  for (const auto& fault : answer.report().faults) fmt::print(stderr, "check: {}\n", fault);
  if (answer.report().cost != outcome.cost) {
    fmt::print(stderr, "check: cost {} was reported as {}\n", answer.report().cost, outcome.cost);
    return 1;
  }
  return answer.report().clean() ? 0 : 1;
}

int plan_file(Arguments& arguments) {
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "{}: cannot be read\n", arguments.file);
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  boost::system::error_code error;
  const json::value document = json::parse(text, error);
  if (error || !document.is_object()) {
    fmt::print(stderr, "{}: is not a JSON object: {}\n", arguments.file, error.message());
    return 2;
  }
  routing::Wave wave;
  if (const auto fault = read_wave(document.as_object(), wave); !fault.empty()) {
    fmt::print(stderr, "{}: {}\n", arguments.file, fault);
    return 2;
  }
  return plan_wave(wave, arguments);
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Plans who carries what to which door, and in which order", "doorstep plan"};
  app.add_option("WAVE", arguments.file, "the wave as JSON; see --schema");
  auto* seconds = app.add_option("--seconds", arguments.seconds, "CPU seconds to search")
                      ->check(CLI::PositiveNumber);
  app.add_option("--iterations", arguments.iterations, "iterations: same answer on any machine")
      ->check(CLI::PositiveNumber)
      ->excludes(seconds);
  app.add_option("--seed", arguments.options.seed, "seed of the search");
  app.add_option("--threads", arguments.options.threads, "threads")->check(CLI::Range(1, 256));
  app.add_option("--mode", arguments.mode, "also cost the relay (both), or not (through)")
      ->check(CLI::IsMember({"both", "through"}));
  app.add_flag("--check", arguments.check, "recompute the answer; exit 1 if it is wrong");
  app.add_flag("--progress", arguments.progress, "say on stderr how the search goes");
  app.add_flag("--schema", arguments.schema, "print the JSON schema of a wave");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (arguments.schema) {
    fmt::print("{}", schema_text);
    return 0;
  }
  if (arguments.file.empty()) {
    fmt::print(stderr, "doorstep plan: WAVE is required\n");
    return 2;
  }
  return plan_file(arguments);
}

}  // namespace

Command plan_command() {
  return {"plan", "plan a wave of deliveries (JSON)", run};
}

}  // namespace doorstep::app
