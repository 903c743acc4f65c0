/// \file `doorstep count`: deliveries by service, counted again from an exported journal (E21).

#include <cstdio>
#include <fstream>

#include "app/command.h"
#include "app/flags.h"
#include "drill/oracle/services.h"

namespace doorstep::app {
namespace {

struct Asked {
  std::string journal;
  std::string from;
  std::string until;
  std::string known = "9999-12-31T00:00:00Z";
};

int count(const Asked& asked) {
  const auto from = instant_from_text(asked.from);
  const auto until = instant_from_text(asked.until);
  const auto known = instant_from_text(asked.known);
  if (!from || !until || !known) {
    std::fprintf(stderr, "doorstep: instants look like 2022-02-16T00:00:00+08:00\n");
    return 2;
  }
  std::ifstream entries(asked.journal, std::ios::binary);
  if (!entries.is_open()) {
    std::fprintf(stderr, "doorstep: file.unreadable %s\n", asked.journal.c_str());
    return 2;
  }
  const auto found = oracle::count_services(entries, *from, *until, *known);
  for (const std::string& problem : found.problems) std::printf("%s\n", problem.c_str());
  for (const auto& [community, of] : found.communities) {
    std::printf("community %s: %lld deliveries by service (one door in one drop), %lld parcels\n",
                community.c_str(), static_cast<long long>(of.services),
                static_cast<long long>(of.parcels));
  }
  if (found.communities.empty()) std::printf("no delivery\n");
  return found.problems.empty() ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{"Count deliveries by service from the file of `doorstep export --journal`",
               "doorstep count"};
  Asked asked;
  cli.add_option("--journal", asked.journal, "The exported journal")->required();
  cli.add_option("--from", asked.from, "Handed over at this instant or later")->required();
  cli.add_option("--until", asked.until, "and before this one")->required();
  cli.add_option("--known", asked.known, "As the journal knew it at this instant; else all of it");
  return run_command(cli, argc, argv, [&] { return count(asked); });
}

}  // namespace

Command count_command() {
  return {"count", "count deliveries by service from an exported journal", run};
}

}  // namespace doorstep::app
