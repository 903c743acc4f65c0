/// \file `doorstep plan`: plans a wave described in JSON and prints one JSON object.

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/wave/answer.h"
#include "app/wave/reader.h"
#include "engine/routing/dispatch.h"

namespace doorstep::app {

namespace {

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

double seconds_on(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

int plan_wave(const routing::Wave& wave, std::string_view text, Arguments& arguments) {
  const double cpu_start = seconds_on(CLOCK_PROCESS_CPUTIME_ID);
  const double wall_start = seconds_on(CLOCK_MONOTONIC);
  if (arguments.seconds == 0 && arguments.iterations == 0) {
    arguments.seconds = wave.announced.empty() ? 1 : 0.03;
  }
  const bool alone = arguments.options.threads == 1;
  const routing::Budget budget{arguments.iterations, arguments.seconds, [=] {
                                 return alone ? seconds_on(CLOCK_PROCESS_CPUTIME_ID) - cpu_start
                                              : seconds_on(CLOCK_MONOTONIC) - wall_start;
                               }};
  if (arguments.progress) {
    arguments.options.progress = [&](const routing::Progress& p) {
      fmt::print(stderr, "{:.2f} s, iteration {}: best {}, {} unserved\n",
                 seconds_on(CLOCK_MONOTONIC) - wall_start, p.iterations, p.best, p.unserved);
    };
  }
  const auto plan = routing::dispatch(wave, budget, arguments.options, arguments.mode == "both");
  if (!plan) {
    const Error fault = placed(text, plan.error());
    fmt::print(stderr, "{}:{} ({})\n", arguments.file, fault.hint, fault.code);
    return 2;
  }
  const Effort effort{arguments.options.seed, arguments.options.threads,
                      seconds_on(CLOCK_PROCESS_CPUTIME_ID) - cpu_start,
                      seconds_on(CLOCK_MONOTONIC) - wall_start};
  fmt::print("{}\n", answer_text(wave, *plan, effort));
  if (!arguments.check) return 0;
  for (const auto& fault : plan->faults) fmt::print(stderr, "check: {}\n", fault);
  return plan->faults.empty() ? 0 : 1;
}

int plan_file(Arguments& arguments) {
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "{}:0: cannot be read\n", arguments.file);
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto wave = read_wave(text);
  if (!wave) {
    fmt::print(stderr, "{}:{} ({})\n", arguments.file, wave.error().hint, wave.error().code);
    return 2;
  }
  return plan_wave(*wave, text, arguments);
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Plans who carries what to which door, and in which order", "doorstep plan"};
  app.add_option("WAVE", arguments.file, "the wave as JSON; see --schema");
  auto* seconds = app.add_option("--seconds", arguments.seconds,
                                 "CPU seconds to search; with several threads, seconds")
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
    fmt::print("{}", wave_schema);
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
