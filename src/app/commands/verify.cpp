/// \file `doorstep verify`: recomputes the journal's chain and checks every signed head; with a sheet
/// and an exported journal, whether the sheet says what the journal says, on any machine.

#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/command.h"
#include "app/flags.h"
#include "care/rights/erasure.h"
#include "drill/oracle/sheet.h"

namespace doorstep::app {
namespace {

int verify_installation(const InstallationOptions& options) {
  // Beside the server, if one runs: nobody ends it to look.
  const auto store = open_reading(options);
  store::Verification found = store::verify_journal(*store);
  (void)store->read([&](store::Snapshot& db) -> store::Outcome {
    for (std::string& one : rights::check_erasures(db, store->journal_key())) {
      found.problems.push_back(std::move(one));
    }
    return store::Answer{};
  });
  for (const std::string& problem : found.problems) std::printf("%s\n", problem.c_str());
  std::printf("%lld entries, %lld signed heads, %zu problems\n",
              static_cast<long long>(found.entries), static_cast<long long>(found.heads),
              found.problems.size());
  return found.problems.empty() ? 0 : 1;
}

int verify_sheet(const std::string& sheet, const std::string& journal) {
  std::ifstream document(sheet, std::ios::binary);
  std::ifstream entries(journal, std::ios::binary);
  for (const auto& [file, name] : {std::pair{&document, &sheet}, std::pair{&entries, &journal}}) {
    if (file->is_open()) continue;
    std::fprintf(stderr, "doorstep: file.unreadable %s\n", name->c_str());
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(document), {}};
  const auto found = oracle::check_sheet(text, entries);
  if (!found.ok()) {
    std::fprintf(stderr, "doorstep: %s %s\n", found.error().code.c_str(), sheet.c_str());
    return 2;
  }
  for (const std::string& problem : found->problems) std::printf("%s\n", problem.c_str());
  std::printf(
      "%s: %lld households, %lld care contacts, %lld claims found in the journal, %lld goods and "
      "needs"
      " owed: %s\n",
      found->day.c_str(), static_cast<long long>(found->households),
      static_cast<long long>(found->care), static_cast<long long>(found->evidence),
      static_cast<long long>(found->owed), found->problems.empty() ? "agrees" : "does NOT agree");
  return found->problems.empty() ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{
      "Check that no entry of the journal was changed, removed or inserted; with SHEET, that "
      "a closing sheet says what the journal says",
      "doorstep verify"};
  InstallationOptions options;
  std::string sheet;
  std::string journal;
  add_installation_flags(cli, options);
  auto* sheet_option = cli.add_option("SHEET", sheet, "A closing sheet, as downloaded");
  auto* journal_option =
      cli.add_option("--journal", journal, "The file of `doorstep export --journal`");
  sheet_option->needs(journal_option);
  journal_option->needs(sheet_option);
  return run_command(cli, argc, argv, [&] {
    return sheet.empty() ? verify_installation(options) : verify_sheet(sheet, journal);
  });
}

}  // namespace

Command verify_command() {
  return {"verify", "check the journal's chain and signatures, or a closing sheet", run};
}

}  // namespace doorstep::app
