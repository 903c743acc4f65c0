/// \file `doorstep rules`: a rule pack from a TOML file, checked key by key, and loaded into a community.

#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/command.h"
#include "app/flags.h"
#include "base/rule_keys.h"

namespace doorstep::app {
namespace {

struct RulesOptions {
  InstallationOptions installation;
  std::string community;
  std::string file;
  bool check_only = false;
};

int run_rules(const RulesOptions& options) {
  std::ifstream file(options.file, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "doorstep: file.unreadable %s\n", options.file.c_str());
    return 2;
  }
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (const auto checked = check_rule_keys(text); !checked.ok()) {
    std::fprintf(stderr, "doorstep: %s %s: %s\n", checked.error().code.c_str(),
                 options.file.c_str(), checked.error().hint.c_str());
    return 2;
  }
  if (options.check_only) {
    std::printf("%s: every key is known\n", options.file.c_str());
    return 0;
  }
  Operator desk(options.installation);
  const api::Response answer =
      desk.call(api::Method::post, "/api/v1/rules",
                options.community.empty() ? "" : "community=" + options.community, text);
  std::fprintf(answer.status == 200 ? stdout : stderr, "%s\n", answer.body.c_str());
  return answer.status == 200 ? 0 : 2;
}

int run(int argc, char** argv) {
  CLI::App cli{"Load a rule pack from a TOML file into a community", "doorstep rules"};
  RulesOptions options;
  add_installation_flags(cli, options.installation);
  cli.add_option("--community", options.community, "Id, where there are several");
  cli.add_flag("--check", options.check_only, "Look at its keys alone, change nothing");
  cli.add_option("file", options.file, "TOML; rules/ has some to begin with")->required();
  return run_command(cli, argc, argv, [&] { return run_rules(options); });
}

}  // namespace

Command rules_command() {
  return {"rules", "load a rule pack from a TOML file", run};
}

}  // namespace doorstep::app
