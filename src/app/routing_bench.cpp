/// \file `bench_routing [DIR [SEEDS [SCALE]]]`, in one thread and CPU seconds: the wave of 950 stops of
/// the examples (first plan, after one second, events), then every instance of DIR/best_known.csv at
/// the limits of its set, median of SEEDS (3) seeds, checker on, beside what the peers reached
/// (DIR/measured_peers.csv), then the mean of each set. SCALE shortens every limit.

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/wave/reader.h"
#include "engine/routing/checker.h"
#include "engine/routing/dispatch.h"
#include "engine/routing/readers.h"
#include "engine/routing/solve.h"

namespace {

using namespace doorstep::routing;  // NOLINT(google-build-using-namespace): a program of its own
namespace app = doorstep::app;

/// What `doorstep plan` gives an event.
constexpr double replan_seconds = 0.03;

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Rows of a CSV file; quotes may hold commas.
std::vector<std::vector<std::string>> rows(const std::string& text) {
  std::vector<std::vector<std::string>> table(1, std::vector<std::string>(1));
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      table.back().emplace_back();
    } else if (c == '\n') {
      table.emplace_back(1);
    } else if (c != '\r') {
      table.back().back() += c;
    }
  }
  std::erase_if(table, [](const auto& row) { return row.size() < 5; });
  return table;
}

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

double cpu() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Set {
  std::string name;
  std::vector<double> seconds;
};

Set set_of(const Instance& instance) {
  const auto stops = instance.problem.stops.size() - 1;
  if (instance.tenths) {
    if (stops <= 100) return {"Solomon", {1, 10}};
    if (stops <= 400) return {"Gehring-Homberger 200-400", {10}};
    return {"Gehring-Homberger 600-1000", {10, 60}};
  }
  if (stops <= 300) return {"X up to 300", {5}};
  if (stops <= 1000) return {"X 400-1000", {10}};
  return {stops < 10'000 ? "Belgium" : "I", {60}};
}

/// Per cent over the best known; the median of the seeds.
double gap(const Instance& instance, double best_known, double seconds, std::uint64_t seeds) {
  std::vector<double> gaps;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const double start = cpu();
    Options options;
    options.seed = seed;
    const Outcome outcome =
        solve(instance.problem, {0, seconds, [=] { return cpu() - start; }}, options);
    const Report report = check(instance.problem, outcome.plan);
    if (!report.clean() || report.cost != outcome.cost || !outcome.plan.unserved.empty()) {
      fmt::print("{}: seed {}: the checker disagrees\n", instance.name, seed);
      return 100;
    }
    const double cost = static_cast<double>(outcome.cost) / (instance.tenths ? 10 : 1);
    gaps.push_back(100 * (cost / best_known - 1));
  }
  std::sort(gaps.begin(), gaps.end());
  return gaps[gaps.size() / 2];
}

Budget seconds_from_now(double seconds) {
  return {0, seconds, [start = cpu()] { return cpu() - start; }};
}

/// The plan as it was published.
void announce(Wave& wave, const Dispatch& plan) {
  wave.announced.clear();
  for (const auto& run : plan.runs) {
    WaveRun told{run.carrier, {}, 0};
    for (const auto& stop : run.stops) told.stops.push_back(stop.stop);
    wave.announced.push_back(std::move(told));
  }
}

/// One thing that happens: by turns a stop more, a stop less, a carrier less, a carrier more.
void happen(Wave& wave, std::size_t turn) {
  const std::size_t some = (turn * 127 + 31) % wave.stops.size();
  switch (turn % 4) {
    case 0: {
      WaveStop stop = wave.stops[some];
      stop.id += " again";
      wave.stops.push_back(std::move(stop));
      break;
    }
    case 1: wave.stops.erase(wave.stops.begin() + static_cast<std::ptrdiff_t>(some)); break;
    case 2: {
      const auto who = static_cast<std::ptrdiff_t>((turn * 7) % wave.carriers.size());
      wave.carriers.erase(wave.carriers.begin() + who);
      break;
    }
    default: {
      WaveCarrier carrier = wave.carriers[(turn * 7) % wave.carriers.size()];
      carrier.id += " two";
      wave.carriers.push_back(std::move(carrier));
    }
  }
}

double total_cost(const Wave& wave, const Dispatch& plan) {
  double cost = static_cast<double>(plan.cost);
  for (const auto& left : plan.unserved) {
    const auto at = std::find_if(wave.stops.begin(), wave.stops.end(),
                                 [&](const WaveStop& s) { return s.id == left.stop; });
    const auto kind = std::find_if(wave.classes.begin(), wave.classes.end(),
                                   [&](const WaveClass& c) { return c.name == at->kind; });
    cost += 1e8 * static_cast<double>(kind->weight);
  }
  return cost;
}

/// Forty events on a published plan of one second.
void bench_events(const Wave& wave, const Dispatch& published) {
  std::vector<double> times;
  std::vector<std::size_t> moved;
  for (std::size_t turn = 0; turn < 40; ++turn) {
    Wave now = wave;
    announce(now, published);
    happen(now, turn);
    const double start = cpu();
    const auto plan = dispatch(now, seconds_from_now(replan_seconds), {});
    times.push_back(1000 * (cpu() - start));
    if (!plan || !plan->faults.empty()) fmt::print("event {}: the checker disagrees\n", turn);
    if (plan) moved.push_back(plan->changes->moved.size());
  }
  std::sort(times.begin(), times.end());
  std::sort(moved.begin(), moved.end());
  fmt::print(
      "40 events: median {:.0f} ms, p99 (the slowest) {:.0f} ms; stops that change hands: "
      "median {}, most {}\n",
      times[20], times.back(), moved[20], moved.back());
}

int bench_wave(double long_seconds, std::uint64_t seeds) {
  const auto wave = app::read_wave(file_text(DOORSTEP_SOURCE_DIR "/examples/plan/fumin.json"));
  if (!wave) return 2;
  std::vector<double> first;
  std::vector<Dispatch> second;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Options options;
    options.seed = seed;
    const double start = cpu();
    const auto plan = dispatch(*wave, {1, 0, {}}, options);
    first.push_back(1000 * (cpu() - start));
    auto after = dispatch(*wave, seconds_from_now(1), options);
    if (!plan || !after || !after->faults.empty()) return 1;
    second.push_back(std::move(*after));
  }
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end(), [&](const Dispatch& a, const Dispatch& b) {
    return total_cost(*wave, a) < total_cost(*wave, b);
  });
  const Dispatch& median = second[second.size() / 2];
  fmt::print(
      "fumin, 950 stops: first plan {:.0f} ms; after 1 s cost {}, {} unserved, {} flights, "
      "{:.2f} of arrival order\n",
      first[first.size() / 2], median.cost, median.unserved.size(), median.flights,
      static_cast<double>(median.flights) / static_cast<double>(median.arrival_order_flights));
  std::fflush(stdout);
  bench_events(*wave, median);
  std::fflush(stdout);
  if (long_seconds <= 0) return 0;
  const auto best = dispatch(*wave, seconds_from_now(long_seconds), {});
  if (!best) return 1;
  fmt::print("after {} s cost {}, {} flights: the plan of 1 s costs {:.2f} % more\n", long_seconds,
             best->cost, best->flights,
             100 * (total_cost(*wave, median) / total_cost(*wave, *best) - 1));
  return 0;
}

int bench(const std::string& folder, std::uint64_t seeds, double scale) {
  std::map<std::string, std::vector<std::string>> peers;
  for (const auto& row : rows(file_text(folder + "/measured_peers.csv"))) {
    if (row.size() >= 11 && row[0] != "instance") {
      peers[row[0]].push_back(fmt::format("{} {}: {} % in {} s", row[4], row[5], row[9], row[10]));
    }
  }
  std::map<std::string, std::vector<double>> means;
  for (const auto& row : rows(file_text(folder + "/best_known.csv"))) {
    if (row[0] == "file") continue;
    const auto instance = read_instance(file_text(folder + "/" + row[0]));
    if (!instance) {
      fmt::print("{}: {}\n", row[0], instance.error().hint);
      return 2;
    }
    const Set set = set_of(*instance);
    for (const double seconds : set.seconds) {
      const double found = gap(*instance, number(row[4]), seconds * scale, seeds);
      means[fmt::format("{} at {} s", set.name, seconds * scale)].push_back(found);
      fmt::print("{:14} {:5} stops {:5} s  doorstep {:.3f} %\n", instance->name,
                 instance->problem.stops.size() - 1, seconds * scale, found);
      std::fflush(stdout);
    }
    for (const auto& peer : peers[instance->name]) fmt::print("    {}\n", peer);
  }
  for (const auto& [name, gaps] : means) {
    double sum = 0;
    for (const double g : gaps) sum += g;
    fmt::print("{}: mean {:.3f} %\n", name, sum / static_cast<double>(gaps.size()));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const double seeds = argc > 2 ? number(argv[2]) : 3;
  const double scale = argc > 3 ? number(argv[3]) : 1;
  if (seeds < 1 || seeds > 100 || scale <= 0) {
    fmt::print(stderr, "bench_routing [DIR [SEEDS [SCALE]]]\n");
    return 2;
  }
  const int wave = bench_wave(60 * scale, static_cast<std::uint64_t>(seeds));
  if (wave != 0 || argc < 2) return wave;
  return bench(argv[1], static_cast<std::uint64_t>(seeds), scale);
}
