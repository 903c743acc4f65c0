/// \file The program: finds the command and hands over.

#include <cstdio>
#include <cstring>
#include <string_view>

#include <sodium.h>

#include "app/command.h"

namespace {

int usage(std::FILE* to, int code) {
  std::fputs("doorstep: care for people who cannot leave home\n\nCommands:\n", to);
  for (const auto& command : doorstep::app::commands()) {
    std::fprintf(to, "  %-10.*s %.*s\n", static_cast<int>(command.name.size()), command.name.data(),
                 static_cast<int>(command.summary.size()), command.summary.data());
  }
  std::fputs("\n`doorstep COMMAND --help` explains one.\n", to);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) return 2;
  if (argc < 2) return usage(stderr, 2);
  const std::string_view name = argv[1];
  if (name == "--help" || name == "-h" || name == "help") return usage(stdout, 0);
  for (const auto& command : doorstep::app::commands()) {
    if (command.name == name) return command.run(argc - 1, argv + 1);
  }
  std::fprintf(stderr, "doorstep: no command \"%s\"\n", argv[1]);
  return usage(stderr, 2);
}
