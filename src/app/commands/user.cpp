/// \file `doorstep user`: invite a worker from the machine's own shell, also when nobody can sign in
/// any more.

#include <cstdio>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/flags.h"

namespace doorstep::app {
namespace {

int run(int argc, char** argv) {
  CLI::App cli{"Invite a worker; prints the link that chooses a password", "doorstep user"};
  InstallationOptions options;
  std::string name;
  std::string login;
  std::string role = "manager";
  std::string community;
  add_installation_flags(cli, options);
  cli.add_option("name", name, "Name")->required();
  cli.add_option("login", login, "What they sign in with")->required();
  cli.add_option("--role", role, "Role in the whole community")->capture_default_str();
  cli.add_option("--community", community, "Id, where there are several");
  return run_command(cli, argc, argv, [&] {
    Operator desk(options);
    const boost::json::object body{{"name", name}, {"login", login}, {"role", role}};
    const api::Response answer =
        desk.call(api::Method::post, "/api/v1/invitations",
                  community.empty() ? "" : "community=" + community, boost::json::serialize(body));
    std::printf("%s\n", answer.body.c_str());
    return answer.status == 200 ? 0 : 2;
  });
}

}  // namespace

Command user_command() {
  return {"user", "invite a worker from this machine's shell", run};
}

}  // namespace doorstep::app
