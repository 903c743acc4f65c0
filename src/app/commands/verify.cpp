/// \file `doorstep verify`: recomputes the journal's chain and checks every signed head.

#include <cstdio>

#include "app/command.h"
#include "app/flags.h"

namespace doorstep::app {
namespace {

int run(int argc, char** argv) {
  CLI::App cli{"Check that no entry of the journal was changed, removed or inserted",
               "doorstep verify"};
  InstallationOptions options;
  add_installation_flags(cli, options);
  return run_command(cli, argc, argv, [&] {
    auto house = Installation::open(options);
    if (!house.ok()) throw store::Failure(house.error().code, house.error().hint);
    const store::Verification found = store::verify_journal((*house)->store());
    for (const std::string& problem : found.problems) std::printf("%s\n", problem.c_str());
    std::printf("%lld entries, %lld signed heads, %zu problems\n",
                static_cast<long long>(found.entries), static_cast<long long>(found.heads),
                found.problems.size());
    return found.problems.empty() ? 0 : 1;
  });
}

}  // namespace

Command verify_command() {
  return {"verify", "check the journal's chain and signatures", run};
}

}  // namespace doorstep::app
