#pragma once
/// \file A command of the `doorstep` program. Each stands in `app/commands/<name>.cpp`, which defines
/// `Command <name>_command()`; the table is made from the file names, so a new command is one file.

#include <span>
#include <string_view>

namespace doorstep::app {

struct Command {
  std::string_view name;     ///< As typed: "serve".
  std::string_view summary;  ///< One line for `doorstep --help`.
  /// `argv[0]` is the command's own name. Returns the exit code: 0 done, 1 found wanting (a failed
  /// check), 2 unusable arguments or input.
  int (*run)(int argc, char** argv);
};

/// All commands by name; generated.
[[nodiscard]] std::span<const Command> commands();

}  // namespace doorstep::app
