#include "app/flags.h"

#include <cstdio>

#include "base/log.h"

namespace doorstep::app {

void add_installation_flags(CLI::App& cli, InstallationOptions& options) {
  cli.set_config("--config", "", "TOML file with the same keys as the flags")
      ->envname("DOORSTEP_CONFIG");
  cli.add_option("--data", options.data_directory, "Folder that holds everything")
      ->envname("DOORSTEP_DATA")
      ->capture_default_str();
  cli.add_option("--database", options.database, "postgresql://.. instead of SQLite in the folder")
      ->envname("DOORSTEP_DATABASE");
  cli.add_option("--public-url", options.public_url, "What links and QR codes begin with")
      ->envname("DOORSTEP_PUBLIC_URL");
  cli.add_flag("--demo", options.demo, "Invented data with a known sign-in, in a folder of its own")
      ->envname("DOORSTEP_DEMO");
  cli.add_option("--clock", options.clock, "INSTANT[xRATE]: another time, on demo data alone")
      ->envname("DOORSTEP_CLOCK");
}

int run_command(CLI::App& cli, int argc, char** argv, const std::function<int()>& body) {
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return cli.exit(problem) == 0 ? 0 : 2;
  }
  try {
    log::init("info");
    return body();
  } catch (const store::Failure& failure) {
    std::fprintf(stderr, "doorstep: %s: %s\n", failure.code().c_str(), failure.what());
    return 2;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "doorstep: %s\n", failure.what());
    return 1;
  }
}

}  // namespace doorstep::app
