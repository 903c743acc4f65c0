#pragma once
/// \file The flags that several commands share. Each is also an environment variable (DOORSTEP_DATA)
/// and a key of the TOML file that --config names.

#include <CLI/CLI.hpp>

#include "app/installation.h"

namespace doorstep::app {

void add_installation_flags(CLI::App& cli, InstallationOptions& options);

/// Parses and runs `body`; turns what goes wrong into one line on stderr and an exit code: 2 for
/// unusable arguments or an error of the product, 1 for the rest.
int run_command(CLI::App& cli, int argc, char** argv, const std::function<int()>& body);

}  // namespace doorstep::app
