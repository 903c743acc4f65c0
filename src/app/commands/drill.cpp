/// \file `doorstep drill`: plays days of a community on the real program, with everything going wrong,
/// and judges every minute whether anybody was missed.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/command.h"
#include "app/flags.h"
#include "base/log.h"
#include "drill/run.h"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

struct DrillOptions {
  std::string preset = "liulian";
  int days = 14;
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  std::string faults = "all";
  std::string report;
};

void show(const drill::Report& report) {
  for (const oracle::Finding& one : report.findings) {
    std::printf("  %s  %s: %s %s\n", to_text(one.at).c_str(), one.rule.c_str(),
                id_text(one.subject).c_str(), one.what.c_str());
    if (&one - report.findings.data() == 9) break;
  }
  for (const std::string& line : report.trace) std::printf("    %s\n", line.c_str());
  std::printf("again: doorstep drill --preset %s --days %d --seed %llu --faults %s\n",
              report.preset.c_str(), report.days, static_cast<unsigned long long>(report.seed),
              report.faults.c_str());
}

/// A folder in memory where there is one; gone at the end.
struct Folder {
  std::string path;
  Folder() {
    const fs::path base = fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    path = (base / fmt::format("doorstep-drill-{}", ::getpid())).string();
    fs::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

int drill_all(const DrillOptions& options) {
  const drill::Preset* const preset = drill::find_preset(options.preset);
  const auto faults = drill::Faults::parse(options.faults);
  if (preset == nullptr || !faults || options.days < 1 || options.days > 60) {
    std::fprintf(stderr, "doorstep: no such preset, fault or number of days (1 to 60)\n");
    return 2;
  }
  const Folder folder;
  const drill::World world = drill::build_world(*preset, options.days, folder.path);
  std::ofstream file;
  if (!options.report.empty()) {
    file.open(options.report, std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "doorstep: cannot write %s\n", options.report.c_str());
      return 2;
    }
  }
  int broken = 0;
  for (std::uint64_t at = 0; at < options.seeds; ++at) {
    const drill::Report report =
        drill::run(world, {.seed = options.seed + at, .faults = *faults}, folder.path);
    std::printf("%s\n", report.json().c_str());
    std::fflush(stdout);
    if (file) file << report.json() << std::endl;
    if (report.good()) continue;
    ++broken;
    show(report);
  }
  std::printf("%llu seeds, %d broken\n", static_cast<unsigned long long>(options.seeds), broken);
  return broken == 0 ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{
      "Play days of a community with everything going wrong, and prove that nobody is missed",
      "doorstep drill"};
  DrillOptions options;
  cli.add_option("--preset", options.preset, "liulian, langyue, songjiang, fumin or qinghu")
      ->capture_default_str();
  cli.add_option("--days", options.days, "How many, the preset's last one at the end")
      ->capture_default_str();
  cli.add_option("--seed", options.seed, "The first one")->capture_default_str();
  cli.add_option("--seeds", options.seeds, "How many, one after the other")->capture_default_str();
  cli.add_option("--faults", options.faults, "all, none, or some with commas")
      ->capture_default_str();
  cli.add_option("--report", options.report, "File: one JSON object per seed and line");
  return run_command(cli, argc, argv, [&] { return drill_all(options); });
}

}  // namespace

Command drill_command() {
  return {"drill", "prove on invented days that nobody is missed", run};
}

}  // namespace doorstep::app
