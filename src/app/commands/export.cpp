/// \file `doorstep export`: the journal as a file that another machine can check.

#include "drill/oracle/export.h"

#include <cstdio>
#include <fstream>

#include "app/command.h"
#include "app/flags.h"

namespace doorstep::app {
namespace {

/// Where no server runs, nobody else signs the newest entries.
void sign_if_alone(const InstallationOptions& options) {
  try {
    const auto house = Installation::open(options);
    if (house.ok()) (*house)->store().sign_head();
  } catch (const store::Failure& failed) {
    if (failed.code() != "store.locked") throw;
  }
}

int run(int argc, char** argv) {
  CLI::App cli{
      "Write the journal, its signed heads and the key they are checked with, as JSON lines",
      "doorstep export"};
  InstallationOptions options;
  std::string file;
  add_installation_flags(cli, options);
  cli.add_option("--journal", file, "The file to write")->required();
  return run_command(cli, argc, argv, [&] {
    // Read beside the server, if one runs: nothing has to end for it. The newest head it signed is a
    // minute old at most.
    const auto store = open_reading(options);
    sign_if_alone(options);
    std::ofstream out(file, std::ios::binary);
    const auto written = oracle::write_export(oracle::ExportSource::of(*store), out);
    if (!written.ok()) {
      std::fprintf(stderr, "doorstep: %s %s\n", written.error().code.c_str(), file.c_str());
      return 2;
    }
    return 0;
  });
}

}  // namespace

Command export_command() {
  return {"export", "write the journal for another machine to check", run};
}

}  // namespace doorstep::app
