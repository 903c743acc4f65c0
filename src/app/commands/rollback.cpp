/// \file `doorstep rollback`: back to the store as it was before an upgrade, with the program from before it.

#include <cstdio>

#include "app/command.h"
#include "app/flags.h"
#include "store/upgrade.h"

namespace doorstep::app {
namespace {

int run(int argc, char** argv) {
  CLI::App cli{
      "Back to the store as it was before the newest upgrade: with the program from before it, "
      "while no "
      "server runs. What was entered since is laid aside, and phones send theirs again",
      "doorstep rollback"};
  InstallationOptions options;
  add_installation_flags(cli, options);
  return run_command(cli, argc, argv, [&] {
    static const SystemClock clock;
    static SystemRng rng;
    store::Options target;
    target.data_directory = options.data_directory;
    target.database = options.database;
    target.clock = &clock;
    target.rng = &rng;
    const store::RolledBack done = store::roll_back(target);
    std::printf("%lld rows as of %s, migration %lld. What came after lies in %s.\n",
                static_cast<long long>(done.to.rows), to_text(done.to.made_at).c_str(),
                static_cast<long long>(done.to.migration), done.aside.c_str());
    return 0;
  });
}

}  // namespace

Command rollback_command() {
  return {"rollback", "back to the store before the newest upgrade", run};
}

}  // namespace doorstep::app
