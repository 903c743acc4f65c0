/// \file `doorstep restore`: a backup becomes an installation, on this machine or another.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/command.h"
#include "app/flags.h"
#include "app/forgetting.h"
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

/// What was erased after the backup was made is erased in it as well, before anybody can ask. True where every
/// line of the list is this installation's.
bool forget_again(store::Store& store, Rng& rng, Instant now, const std::string& file,
                  const std::string& list) {
  const std::string beside = (std::filesystem::path(file).parent_path() / erasure_list).string();
  const auto lines = read_erasure_list(list.empty() ? beside : list);
  const ErasedAgain found = erase_again(store, rng, now, lines);
  std::printf("%lld erasures in the list, %lld carried out again, %lld of another installation\n",
              static_cast<long long>(found.lines), static_cast<long long>(found.again),
              static_cast<long long>(found.refused));
  return found.refused == 0;
}

int restore(const InstallationOptions& options, const std::string& file, const std::string& list) {
  static const SystemClock clock;
  static SystemRng rng;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw store::Failure("file.unreadable", file);
  if (!list.empty() && !std::filesystem::exists(list)) {
    throw store::Failure("file.unreadable", list);
  }
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
  const bool all_ours = forget_again(*restored, rng, clock.now(), file, list);
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
  return found.problems.empty() && all_ours ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{"Put a backup into an empty data directory or database; asks for the key sheet",
               "doorstep restore"};
  InstallationOptions options;
  std::string file;
  add_installation_flags(cli, options);
  std::string list;
  cli.add_option("FILE", file, "The file of `doorstep backup`")->required();
  cli.add_option("--erasures", list,
                 "Who was erased since: the server's newest erasures.log; without it, the one "
                 "beside FILE");
  return run_command(cli, argc, argv, [&] { return restore(options, file, list); });
}

}  // namespace

Command restore_command() {
  return {"restore", "put a backup into an empty installation", run};
}

}  // namespace doorstep::app
