/// \file `doorstep backup`: everything of the installation in one encrypted file, while the server runs.

#include "store/backup.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/command.h"
#include "app/flags.h"
#include "store/files.h"
#include "store/sealed_stream.h"

namespace doorstep::app {
namespace {

namespace fs = std::filesystem;

/// The sheet is printed once and kept nowhere; what stays here can close files and open none.
int make_sheet(const InstallationOptions& options) {
  const std::string secret = store::make_key_sheet(options.data_directory);
  std::printf(
      "doorstep key sheet. Print it or write it down, twice, and keep it where the machine is "
      "not.\n"
      "Without it no backup can be opened, by anybody.\n\n    %s\n\n"
      "Then type it in once, to be sure of every letter: doorstep backup --check-key\n",
      store::key_words(secret).c_str());
  return 0;
}

std::string open_key_of(const InstallationOptions& options) {
  auto key = store::backup_open_key(options.data_directory);
  if (!key) {
    throw store::Failure("backup.no_key", "make the key sheet first: doorstep backup --new-key");
  }
  return *std::move(key);
}

int check_sheet(const InstallationOptions& options) {
  const std::string open = open_key_of(options);
  std::fprintf(stderr, "Type the key sheet, then Enter: ");
  std::string typed;
  std::getline(std::cin, typed);
  const auto secret = store::secret_from_words(typed);
  const bool right = secret && store::open_half(*secret) == open;
  std::puts(right ? "It is the sheet of this installation."
                  : "It is NOT the sheet of this installation: look at each letter.");
  return right ? 0 : 1;
}

void tell(std::string_view table, std::int64_t rows) {
  std::fprintf(stderr, "\r%-28.*s %12lld", static_cast<int>(table.size()), table.data(),
               static_cast<long long>(rows));
}

/// A folder that is empty at first and gone afterwards, whatever happens in between.
class Passing {
 public:
  explicit Passing(fs::path path) : path_(std::move(path)) { fs::remove_all(path_); }
  ~Passing() {
    std::error_code left;
    fs::remove_all(path_, left);
  }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

/// In the data directory, never beside the file: what is restored is open, and the file may lie on another's
/// disk. Whatever the engine was, SQLite takes it.
bool verify(const InstallationOptions& installation, const std::string& file,
            const std::string& stream_key, const store::BackupSummary& written) {
  static const SystemClock clock;
  static SystemRng rng;
  const Passing folder(fs::path(installation.data_directory) / "verify");
  store::Options options;
  options.data_directory = folder.path();
  options.clock = &clock;
  options.rng = &rng;
  options.inline_writes = true;
  std::ifstream in(file, std::ios::binary);
  store::BackupSummary read;
  const auto restored = store::restore_backup(in, {{}, stream_key}, options, read, tell);
  const store::Verification found = store::verify_journal(*restored);
  for (const std::string& problem : found.problems) std::printf("%s\n", problem.c_str());
  return found.problems.empty() && read.rows == written.rows && read.seq == written.seq;
}

int write(const InstallationOptions& options, const std::string& file, bool verified) {
  static const SystemClock clock;
  SystemRng rng;
  store::Options source;
  source.data_directory = options.data_directory;
  source.database = options.database;
  source.clock = &clock;
  source.rng = &rng;
  const store::BackupTarget target{open_key_of(options), rng.bytes(store::stream_key_size)};
  const std::string partial = file + ".partial";
  store::BackupSummary summary;
  {
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    if (!out) throw store::Failure("backup.write", partial);
    summary = store::write_backup(source, target, out, tell);
    out.close();
    if (!out) throw store::Failure("backup.write", partial);
  }
  if (verified && !verify(options, partial, target.stream_key, summary)) {
    std::fprintf(stderr, "\n");
    throw store::Failure("backup.damaged", partial);
  }
  store::keep_file(partial, file);
  std::fprintf(stderr, "\n");
  std::printf("%s: %lld rows of %lld tables, %lld entries of the journal, %llu bytes%s\n",
              file.c_str(), static_cast<long long>(summary.rows),
              static_cast<long long>(summary.tables), static_cast<long long>(summary.seq),
              static_cast<unsigned long long>(fs::file_size(file)),
              verified ? ", restored once and its chain recomputed" : "");
  return 0;
}

int run(int argc, char** argv) {
  CLI::App cli{"Write everything into one encrypted file, beside the running server",
               "doorstep backup"};
  InstallationOptions options;
  std::string file;
  bool new_key = false;
  bool check_key = false;
  bool verified = false;
  add_installation_flags(cli, options);
  auto* to = cli.add_option("FILE", file, "The file to write");
  auto* make = cli.add_flag("--new-key", new_key, "Make the key sheet and print it, once");
  auto* check =
      cli.add_flag("--check-key", check_key, "Type the key sheet and see whether it is right");
  cli.add_flag("--verify", verified, "Restore it into a temporary folder and recompute the chain")
      ->needs(to);
  make->excludes(to);
  check->excludes(to)->excludes(make);
  cli.require_option(1, 0);
  return run_command(cli, argc, argv, [&] {
    if (new_key) return make_sheet(options);
    if (check_key) return check_sheet(options);
    if (file.empty()) throw store::Failure("backup.file", "name the file to write");
    return write(options, file, verified);
  });
}

}  // namespace

Command backup_command() {
  return {"backup", "write everything into one encrypted file", run};
}

}  // namespace doorstep::app
