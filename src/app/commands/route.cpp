/// \file `doorstep route`: solves a benchmark file and prints one JSON object.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "engine/routing/checker.h"
#include "engine/routing/readers.h"
#include "engine/routing/reasons.h"
#include "engine/routing/solve.h"

namespace doorstep::app {

namespace {

struct Arguments {
  std::string file;
  double seconds = 0;
  std::int64_t iterations = 0;
  routing::Options options;
  bool check = false;
  bool progress = false;
};

double seconds_on(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string in_units(routing::Cost cost, bool tenths) {
  return tenths ? fmt::format("{}.{}", cost / 10, cost % 10) : fmt::format("{}", cost);
}

/// A JSON string; names come from files and may hold anything.
std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

void print(const routing::Instance& instance, const routing::Outcome& outcome,
           const Arguments& arguments, double cpu, double wall) {
  std::string routes;
  for (const auto& run : outcome.plan.runs) {
    routes += fmt::format("{}[{}]", routes.empty() ? "" : ",", fmt::join(run.stops, ","));
  }
  std::string unserved;
  for (const auto node : outcome.plan.unserved) {
    unserved += fmt::format("{}{{\"stop\":{},\"reason\":\"{}\"}}", unserved.empty() ? "" : ",",
                            node, routing::reason_text(routing::reason(instance.problem, node)));
  }
  fmt::print(
      "{{\"instance\":{},\"cost\":{},\"routes\":[{}],\"unserved\":[{}],\"seed\":{},"
      "\"iterations\":{},\"threads\":{},\"cpu_seconds\":{:.3f},\"wall_seconds\":{:.3f}}}\n",
      json_text(instance.name), in_units(outcome.cost, instance.tenths), routes, unserved,
      arguments.options.seed, outcome.iterations, arguments.options.threads, cpu, wall);
}

/// 0, or 1 after naming what is wrong.
int referee(const routing::Instance& instance, const routing::Outcome& outcome) {
  const auto report = routing::check(instance.problem, outcome.plan);
  for (const auto& fault : report.faults) fmt::print(stderr, "check: {}\n", fault);
  if (report.cost != outcome.cost) {
    fmt::print(stderr, "check: cost {} was reported as {}\n", report.cost, outcome.cost);
    return 1;
  }
  return report.clean() ? 0 : 1;
}

int solve_file(Arguments& arguments) {
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "{}:0: cannot be read\n", arguments.file);
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto instance = routing::read_instance(text);
  if (!instance) {
    fmt::print(stderr, "{}:{}\n", arguments.file, instance.error().hint);
    return 2;
  }
  const double cpu_start = seconds_on(CLOCK_PROCESS_CPUTIME_ID);
  const double wall_start = seconds_on(CLOCK_MONOTONIC);
  const bool alone = arguments.options.threads == 1;
  routing::Budget budget{arguments.iterations, arguments.seconds, [=] {
                           return alone ? seconds_on(CLOCK_PROCESS_CPUTIME_ID) - cpu_start
                                        : seconds_on(CLOCK_MONOTONIC) - wall_start;
                         }};
  if (arguments.progress) {
    arguments.options.progress = [&](const routing::Progress& p) {
      fmt::print(stderr, "{:.2f} s, iteration {}: best {}, now {}, {} unserved\n",
                 seconds_on(CLOCK_MONOTONIC) - wall_start, p.iterations,
                 in_units(p.best, instance->tenths), in_units(p.current, instance->tenths),
                 p.unserved);
    };
  }
  const auto outcome = routing::solve(instance->problem, budget, arguments.options);
  print(*instance, outcome, arguments, seconds_on(CLOCK_PROCESS_CPUTIME_ID) - cpu_start,
        seconds_on(CLOCK_MONOTONIC) - wall_start);
  return arguments.check ? referee(*instance, outcome) : 0;
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Solves a CVRPLIB (.vrp, EUC_2D) or Solomon (.txt) file", "doorstep route"};
  app.add_option("FILE", arguments.file, "the instance")->required();
  auto* seconds = app.add_option("--seconds", arguments.seconds,
                                 "time limit: CPU seconds with one thread, else wall seconds")
                      ->check(CLI::PositiveNumber);
  app.add_option("--iterations", arguments.iterations, "iterations: same answer on any machine")
      ->check(CLI::PositiveNumber)
      ->excludes(seconds);
  app.add_option("--seed", arguments.options.seed, "seed of the search");
  app.add_option("--threads", arguments.options.threads, "threads")->check(CLI::Range(1, 256));
  app.add_flag("--check", arguments.check, "recompute the answer; exit 1 if it is wrong");
  app.add_flag("--progress", arguments.progress, "say on stderr how the search goes");
  auto& options = arguments.options;
  auto* knobs = app.add_option_group("Knobs", "for experiments; 0 = chosen by the problem");
  knobs->add_option("--heat", options.heat, "start temperature, per mille of the mean near arc");
  knobs->add_option("--cooling", options.cooling, "start over end temperature");
  knobs->add_option("--ruin", options.mean_ruin, "stops taken out, on average");
  knobs->add_option("--longest", options.longest, "longest string taken out");
  knobs->add_option("--places", options.places, "neighbours looked at for each insertion");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (arguments.seconds == 0 && arguments.iterations == 0) arguments.seconds = 1;
  return solve_file(arguments);
}

}  // namespace

Command route_command() {
  return {"route", "solve a benchmark file (CVRPLIB, Solomon)", run};
}

}  // namespace doorstep::app
