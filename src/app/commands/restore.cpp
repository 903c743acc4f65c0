/// \file `doorstep restore`: a backup becomes an installation, on this machine or another.

#include <cstdio>
#include <fstream>
#include <iostream>

#include "app/command.h"
#include "app/flags.h"
#include "store/backup.h"
#include "store/restored.h"

namespace doorstep::app {
namespace {

/// Never an argument: those are seen by everybody on the machine.
std::string typed_secret() {
  std::fprintf(stderr, "Type the key sheet, then Enter: ");
  std::string typed;
  std::getline(std::cin, typed);
  auto secret = store::secret_from_words(typed);
  if (!secret) {
    throw store::Failure("backup.key", "that is no key sheet: look at each letter");
  }
  return *std::move(secret);
}

int restore(const InstallationOptions& options, const std::string& file) {
  static const SystemClock clock;
  static SystemRng rng;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw store::Failure("file.unreadable", file);
  store::Options target;
  target.data_directory = options.data_directory;
  target.database = options.database;
  target.clock = &clock;
  target.rng = &rng;
  target.inline_writes = true;
  store::BackupSummary summary;
  const auto restored = store::restore_backup(
      in, {typed_secret()}, target, summary, [](std::string_view table, std::int64_t rows) {
        std::fprintf(stderr, "\r%-28.*s %12lld", static_cast<int>(table.size()), table.data(),
                     static_cast<long long>(rows));
      });
  std::fprintf(stderr, "\n");
  store::note_restored(*restored);
  const store::Verification found = store::verify_journal(*restored);
  for (const std::string& problem : found.problems) std::printf("%s\n", problem.c_str());
  std::printf("%lld rows of %lld tables, as of %s; %lld entries of the journal, %zu problems\n",
              static_cast<long long>(summary.rows), static_cast<long long>(summary.tables),
              to_text(summary.made_at).c_str(), static_cast<long long>(found.entries),
              found.problems.size());
  std::puts(
      "Releases, runs and offers are held in every community until its manager has looked: the "
      "pages say so.\nPhones that were in use send again what this copy does not know.");
  return found.problems.empty() ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{"Put a backup into an empty data directory or database; asks for the key sheet",
               "doorstep restore"};
  InstallationOptions options;
  std::string file;
  add_installation_flags(cli, options);
  cli.add_option("FILE", file, "The file of `doorstep backup`")->required();
  return run_command(cli, argc, argv, [&] { return restore(options, file); });
}

}  // namespace

Command restore_command() {
  return {"restore", "put a backup into an empty installation", run};
}

}  // namespace doorstep::app
