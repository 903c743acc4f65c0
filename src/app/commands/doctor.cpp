/// \file `doorstep doctor`: what works here and what does not, beside the running server or without one.

#include <algorithm>
#include <cstdio>

#include "app/command.h"
#include "app/doctor/check.h"
#include "app/flags.h"

namespace doorstep::app {
namespace {

std::string_view mark(Health health) {
  switch (health) {
    case Health::good: return "ok  ";
    case Health::note: return "--  ";
    default: return "BAD ";
  }
}

void print(const Finding& one) {
  std::printf("  %s %s [%s]\n", std::string(mark(one.health)).c_str(), one.words.c_str(),
              one.code.c_str());
  if (!one.remedy.empty()) std::printf("       -> %s\n", one.remedy.c_str());
}

/// Nothing where the directory holds no installation: looking must not make one.
std::unique_ptr<store::Reading> open_if_there(const InstallationOptions& options) {
  try {
    return open_reading(options);
  } catch (const store::Failure& failure) {
    if (failure.code() == "store.none") return nullptr;
    throw;
  }
}

int examine(const InstallationOptions& options, const std::string& listen,
            const std::string& certificate) {
  const auto store = open_if_there(options);
  const Examined examined{options, store.get(), listen, certificate};
  std::size_t bad = 0;
  for (const DoctorCheck& check : doctor_checks()) {
    std::printf("%.*s\n", static_cast<int>(check.area.size()), check.area.data());
    for (const Finding& one : check.look(examined)) {
      print(one);
      bad += one.health == Health::bad ? 1 : 0;
    }
  }
  std::printf(bad == 0 ? "nothing has to be put right\n" : "%zu to be put right\n", bad);
  return bad == 0 ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{
      "Say what works here and what does not; ends with 1 where something has to be put right",
      "doorstep doctor"};
  InstallationOptions options;
  add_installation_flags(cli, options);
  std::string listen = "127.0.0.1:8080";
  std::string certificate;
  cli.add_option("--listen", listen, "HOST:PORT of the server")
      ->envname("DOORSTEP_LISTEN")
      ->capture_default_str();
  cli.add_option("--tls-certificate", certificate, "PEM file of the server")
      ->envname("DOORSTEP_TLS_CERTIFICATE");
  return run_command(cli, argc, argv, [&] { return examine(options, listen, certificate); });
}

}  // namespace

Command doctor_command() {
  return {"doctor", "say what works here and what does not", run};
}

}  // namespace doorstep::app
