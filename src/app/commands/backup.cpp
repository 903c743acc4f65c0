/// \file `doorstep backup`: everything of the installation in one encrypted file, while the server runs.

#include "store/backup.h"

#include <cstdio>
#include <iostream>

#include "api/backup_noted.h"
#include "api/fields.h"
#include "app/backing_up.h"
#include "app/command.h"
#include "app/flags.h"
#include "base/qr.h"

namespace doorstep::app {
namespace {

/// For a terminal and for paper: two rows of the code in one line, with the quiet zone.
std::string drawn_code(const std::string& words) {
  std::vector<std::string> rows = qr_rows(words);
  constexpr std::size_t quiet = 4;
  for (std::string& row : rows) row = std::string(quiet, '0') + row + std::string(quiet, '0');
  const std::string blank(rows.empty() ? 0 : rows.front().size(), '0');
  rows.insert(rows.begin(), quiet, blank);
  rows.insert(rows.end(), quiet + 1, blank);
  std::string drawn;
  for (std::size_t at = 0; at + 1 < rows.size(); at += 2) {
    for (std::size_t column = 0; column < blank.size(); ++column) {
      const bool up = rows[at][column] == '1';
      const bool down = rows[at + 1][column] == '1';
      drawn += up && down ? "█" : up ? "▀" : down ? "▄" : " ";
    }
    drawn += '\n';
  }
  return drawn;
}

/// The sheet is printed once and kept nowhere; what stays here can close files and open none.
int make_sheet(const InstallationOptions& options) {
  const std::string secret = store::make_key_sheet(options.data_directory);
  const std::string words = store::key_words(secret);
  std::printf(
      "doorstep key sheet. Print it or write it down, twice, and keep it where the machine is "
      "not.\n"
      "Without it no backup can be opened, by anybody.\n\n    %s\n\n%s\n"
      "Then type it in once from the paper, or read the code with a scanner: doorstep backup "
      "--check-key\n"
      "Until that is done the pages say that nobody knows whether the paper is right.\n",
      words.c_str(), drawn_code(words).c_str());
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
  if (!right) return 1;
  Operator shell(options);
  const auto answer = shell.call(api::Method::post, "/api/v1/backups/key-check");
  if (answer.status == 200) return 0;
  std::fprintf(stderr, "doorstep: it was not noted: %s\n", answer.body.c_str());
  return 1;
}

void tell(std::string_view table, std::int64_t rows) {
  std::fprintf(stderr, "\r%-28.*s %12lld", static_cast<int>(table.size()), table.data(),
               static_cast<long long>(rows));
}

/// So that whoever asks the server knows of it. The file is there whether or not this works.
void note(const InstallationOptions& options, const store::BackupNote& made) {
  Operator shell(options);
  const auto answer =
      shell.call(api::Method::post, "/api/v1/backups", "",
                 api::to_json(api::BackupNoted{made.file, made.verified_at.has_value(), made.seq,
                                               made.rows, made.bytes}));
  if (answer.status != 200)
    std::fprintf(stderr, "doorstep: it was not noted: %s\n", answer.body.c_str());
}

int write(const InstallationOptions& options, const std::string& file, bool verified) {
  const store::BackupNote made = back_up(options, file, verified, "verify", tell);
  std::fprintf(stderr, "\n");
  std::printf("%s: %lld rows, %lld entries of the journal, %lld bytes%s\n", file.c_str(),
              static_cast<long long>(made.rows), static_cast<long long>(made.seq),
              static_cast<long long>(made.bytes),
              verified ? ", restored once and its chain recomputed" : "");
  note(options, made);
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
