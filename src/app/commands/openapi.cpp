/// \file `doorstep openapi`: the API as a document, or as TypeScript declarations.

#include <cstdio>

#include "api/endpoint.h"
#include "api/routes.h"
#include "app/command.h"
#include "app/flags.h"

namespace doorstep::app {
namespace {

int run(int argc, char** argv) {
  CLI::App cli{"Print the OpenAPI document", "doorstep openapi"};
  bool typescript = false;
  cli.add_flag("--typescript", typescript, "TypeScript declarations instead");
  return run_command(cli, argc, argv, [&] {
    const auto endpoints = api::all_endpoints();
    const std::string text = typescript ? api::typescript_declarations(endpoints)
                                        : api::openapi_document(endpoints) + "\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    return 0;
  });
}

}  // namespace

Command openapi_command() {
  return {"openapi", "print the API (or --typescript)", run};
}

}  // namespace doorstep::app
