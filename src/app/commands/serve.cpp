/// \file `doorstep serve`: the server. Starting is recovering, and there is no other way to stop than
/// to be ended.

#include <charconv>
#include <cstdio>

#include <sys/stat.h>

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/demo.h"
#include "api/reach.h"
#include "app/backing_up.h"
#include "app/command.h"
#include "app/demo.h"
#include "app/flags.h"
#include "app/forgetting.h"
#include "base/log.h"
#include "net/pages.h"
#include "net/server.h"

namespace doorstep::app {
namespace {

struct ServeOptions {
  InstallationOptions installation;
  std::string listen = "127.0.0.1:8080";
  std::string preset = "fumin";
  std::string backup_directory = {};  ///< Empty: "backups" in the data directory.
  double backup_hours = 24;           ///< 0: the server makes none.
  net::Options net;
};

/// "HOST:PORT", "[::1]:8080". Errors: invalid "listen.malformed".
Result<void> read_listen(const std::string& text, net::Options& options) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return Error{ErrorKind::invalid, "listen.malformed"};
  options.host = text.substr(0, colon);
  if (options.host.starts_with('[') && options.host.ends_with(']')) {
    options.host = options.host.substr(1, options.host.size() - 2);
  }
  const auto read =
      std::from_chars(text.data() + colon + 1, text.data() + text.size(), options.port);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
    return Error{ErrorKind::invalid, "listen.malformed"};
  }
  return {};
}

/// Prints the one-time link with which the first manager sets the installation up.
Result<void> offer_set_up(Installation& house, const std::string& url) {
  const std::string token = access::new_token(house.rng());
  bool needed = false;
  const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    needed = !tx.first("SELECT id FROM account WHERE totp_confirmed OR demo LIMIT 1");
    if (needed) {
      access::create_invitation(tx, std::nullopt, std::nullopt,
                                access::token_hash(token, house.store().pepper()),
                                house.clock().now());
      tx.journal({0, 0, "setup.offered", 0, ""});
    }
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  if (needed)
    std::printf("Set up (once, within 72 h): %s/c/setup#%s\n", url.c_str(), token.c_str());
  return {};
}

/// What links begin with from now on; another address than before has to be proved again (N2).
Result<void> note_served_address(Installation& house, const std::string& url) {
  const auto outcome = house.store().write_now([&](store::Transaction& tx) -> store::Outcome {
    api::note_address(tx, url, house.clock().now());
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

BackupKeeper::Plan backup_plan(const ServeOptions& options) {
  const std::string& folder = options.backup_directory;
  return {options.installation,
          folder.empty() ? options.installation.data_directory + "/backups" : folder,
          std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::duration<double, std::ratio<3600>>(options.backup_hours))};
}

std::vector<std::string> erasure_folders(const ServeOptions& options) {
  return {options.installation.data_directory, backup_plan(options).folder};
}

Result<void> serve(ServeOptions options) {
  TRY(read_listen(options.listen, options.net));
  if (options.installation.demo && options.installation.data_directory == "./doorstep-data") {
    options.installation.data_directory = "./doorstep-demo";
  }
  if (options.installation.public_url.empty()) {
    const std::string scheme = options.net.certificate.empty() ? "http://" : "https://";
    options.installation.public_url = scheme + options.listen;
  }
  const std::string url = options.installation.public_url;
  if (options.installation.demo) TRY(play_demo(options.installation, options.preset));
  const auto house = TRY(Installation::open(options.installation));
  TRY(note_served_address(*house, url));
  options.net.control_socket = options.installation.data_directory + "/control.sock";
  options.net.pages = net::pages();
  options.net.clock = &house->clock();
  options.net.rng = &house->rng();
  net::Server server(house->service(), house->store(), options.net);
  house->jobs().start();
  // Before anybody can ask: who is told "ready" finds the demo whole.
  if (options.installation.demo) TRY(fill_demo(*house, options.preset));
  // A copy that was put back by other means than `restore` forgets before anybody can ask.
  for (const std::string& folder : erasure_folders(options)) {
    const auto lines = read_erasure_list(folder + '/' + std::string(erasure_list));
    (void)erase_again(house->store(), house->rng(), house->clock().now(), lines);
  }
  TRY(server.start());
  if (options.installation.demo) {
    for (const std::string& line : TRY(demo_links(*house))) std::puts(line.c_str());
    std::printf("Console:  %s/c/   sign in: %s / %s\n", url.c_str(),
                std::string(api::demo_login).c_str(), std::string(api::demo_password).c_str());
  } else {
    TRY(offer_set_up(*house, url));
    std::printf("Console:  %s/c/\n", url.c_str());
  }
  house->sweeper().start();
  BackupKeeper keeper(*house, backup_plan(options));
  if (options.backup_hours > 0) keeper.start();
  Forgetter forgetter(*house, options.installation, erasure_folders(options));
  forgetter.start();
  std::fflush(stdout);
  log::info("ready on {}", options.listen);
  server.wait();
  return {};
}

int run(int argc, char** argv) {
  CLI::App cli{"Serve the pages and the API", "doorstep serve"};
  ServeOptions options;
  add_installation_flags(cli, options.installation);
  cli.add_option("--listen", options.listen, "HOST:PORT")
      ->envname("DOORSTEP_LISTEN")
      ->capture_default_str();
  cli.add_option("--preset", options.preset, "Which demo community")
      ->envname("DOORSTEP_PRESET")
      ->check(CLI::IsMember(demo_presets()))
      ->capture_default_str();
  cli.add_option("--tls-certificate", options.net.certificate, "PEM file; turns TLS on")
      ->envname("DOORSTEP_TLS_CERTIFICATE");
  cli.add_option("--tls-key", options.net.key, "PEM file")->envname("DOORSTEP_TLS_KEY");
  cli.add_option("--web-root", options.net.web_root, "Serve pages from a folder: development")
      ->envname("DOORSTEP_WEB_ROOT");
  cli.add_flag("--public-metrics", options.net.public_metrics, "/metrics for other machines too")
      ->envname("DOORSTEP_PUBLIC_METRICS");
  cli.add_flag("--behind-proxy", options.net.behind_proxy, "A proxy on this machine ends TLS")
      ->envname("DOORSTEP_BEHIND_PROXY");
  cli.add_option("--backup-directory", options.backup_directory,
                 "Where the server's own backups go; better another disk")
      ->envname("DOORSTEP_BACKUP_DIRECTORY");
  auto* every = cli.add_option("--backup-every", options.backup_hours,
                               "Hours from one to the next; 0: none, as for a demo");
  every->envname("DOORSTEP_BACKUP_EVERY")->check(CLI::Range(0.0, 24.0 * 31))->capture_default_str();
  return run_command(cli, argc, argv, [&] {
    if (options.installation.demo && every->count() == 0) options.backup_hours = 0;
    const auto served = serve(std::move(options));
    if (served.ok()) return 0;
    std::fprintf(stderr, "doorstep: %s %s\n", served.error().code.c_str(),
                 served.error().hint.c_str());
    return 2;
  });
}

}  // namespace

Command serve_command() {
  return {"serve", "start the server (pages and API)", run};
}

}  // namespace doorstep::app
