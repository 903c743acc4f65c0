/// \file `doorstep upgrade`: what starting a newer program does to a store, by hand or only tried.

#include "store/upgrade.h"

#include <cstdio>
#include <filesystem>

#include "app/command.h"
#include "app/flags.h"
#include "store/files.h"

namespace doorstep::app {
namespace {

int report(const store::Trial& trial, std::int64_t to) {
  for (const std::string& problem : trial.problems) std::printf("%s\n", problem.c_str());
  std::printf(
      "migration %lld to %lld on a copy: %lld rows of %lld, %lld entries of the journal, "
      "%zu problems\n",
      static_cast<long long>(trial.before.migration), static_cast<long long>(to),
      static_cast<long long>(trial.after.rows), static_cast<long long>(trial.before.rows),
      static_cast<long long>(trial.entries), trial.problems.size());
  return trial.problems.empty() ? 0 : 1;
}

/// Beside the older server, if it runs: it is only read.
int try_it(const InstallationOptions& options) {
  static const SystemClock clock;
  static SystemRng rng;
  store::Options source;
  source.data_directory = options.data_directory;
  source.database = options.database;
  source.clock = &clock;
  source.rng = &rng;
  const std::string folder = options.data_directory + "/backups";
  store::make_directory(folder);
  const std::string file = folder + "/trial.backup";
  const auto remove = [&] {
    for (const char* end : {"", ".key", ".partial"}) store::remove_file(file + end);
  };
  try {
    const store::Trial trial = store::try_upgrade(source, file);
    remove();
    return report(trial, std::ssize(store::migrations()));
  } catch (...) {
    remove();
    throw;
  }
}

int run(int argc, char** argv) {
  CLI::App cli{
      "Bring the store to this program's schema: kept first, tried on a copy, then done. Starting "
      "the "
      "server does the same",
      "doorstep upgrade"};
  InstallationOptions options;
  bool dry = false;
  add_installation_flags(cli, options);
  cli.add_flag("--dry-run", dry, "Only try it on a copy and say what came out");
  return run_command(cli, argc, argv, [&] {
    if (dry) return try_it(options);
    const auto opened = Installation::open(options);
    if (!opened.ok()) throw store::Failure(opened.error().code, opened.error().hint);
    std::printf("The store is at migration %zu.\n", store::migrations().size());
    return 0;
  });
}

}  // namespace

Command upgrade_command() {
  return {"upgrade", "bring the store to this program's schema, or try it", run};
}

}  // namespace doorstep::app
