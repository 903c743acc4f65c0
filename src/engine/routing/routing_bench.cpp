/// \file `bench_routing DIR [SECONDS_SCALE]`: every instance of DIR/best_known.csv at the limits of
/// its set, three seeds, checker on; one line per instance beside what the peers reached
/// (DIR/measured_peers.csv), then the mean of each set. One thread, CPU seconds.

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

#include "engine/routing/checker.h"
#include "engine/routing/readers.h"
#include "engine/routing/solve.h"

namespace {

using namespace doorstep::routing;  // NOLINT(google-build-using-namespace): a program of its own

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

/// Per cent over the best known; the median of three seeds.
double gap(const Instance& instance, double best_known, double seconds) {
  std::vector<double> gaps;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
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
  return gaps[1];
}

int bench(const std::string& folder, double scale) {
  std::map<std::string, std::vector<std::string>> peers;
  for (const auto& row : rows(file_text(folder + "/measured_peers.csv"))) {
    if (row.size() >= 10 && row[0] != "instance") {
      peers[row[0]].push_back(fmt::format("{} {}: {} % in {} s", row[4], row[5], row[8], row[9]));
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
      const double found = gap(*instance, number(row[4]), seconds * scale);
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
  if (argc < 2) {
    fmt::print(stderr, "bench_routing DIR [SECONDS_SCALE]\n");
    return 2;
  }
  return bench(argv[1], argc > 2 ? number(argv[2]) : 1);
}
