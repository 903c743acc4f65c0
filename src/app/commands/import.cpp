/// \file `doorstep import`: a file into a community, from the machine's own shell: read, shown,
/// applied. The same file again changes nothing.

#include <cstdio>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/flags.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

struct ImportOptions {
  InstallationOptions installation;
  std::string kind = "dwellings";
  std::string community;
  std::string file;
  bool preview_only = false;
};

std::string text(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? json::value_to<std::string>(*found) : "";
}

/// Asks until the batch leaves the states in which something is going on; shows progress on stderr.
json::object wait_for(Operator& desk, const std::string& path, const std::string& query) {
  while (true) {
    const api::Response answer = desk.call(api::Method::get, path, query);
    const json::object batch = json::parse(answer.body).as_object();
    const std::string state = text(batch, "state");
    if (state != "reading" && state != "applying" && state != "undoing") {
      std::fprintf(stderr, "\n");
      return batch;
    }
    if (const json::value* progress = batch.if_contains("progress")) {
      std::fprintf(stderr, "\r%s %s", state.c_str(), json::serialize(*progress).c_str());
    }
    desk.let_jobs_run();
  }
}

int run_import(const ImportOptions& options) {
  std::ifstream file(options.file, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "doorstep: cannot read %s\n", options.file.c_str());
    return 2;
  }
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  Operator desk(options.installation);
  const std::string community =
      options.community.empty() ? std::string{} : "community=" + options.community;
  const api::Response started = desk.call(
      api::Method::post, "/api/v1/imports",
      community + (community.empty() ? "" : "&") + "kind=" + options.kind + "&file_name=import.csv",
      bytes);
  if (started.status != 200) {
    std::fprintf(stderr, "%s\n", started.body.c_str());
    return 2;
  }
  const std::string path = "/api/v1/imports/" + text(json::parse(started.body).as_object(), "id");
  json::object batch = wait_for(desk, path, community);
  std::printf("%s %s\n", json::serialize(batch["counts"]).c_str(),
              json::serialize(batch["preview"]).c_str());
  if (text(batch, "state") != "ready") {
    std::fprintf(stderr, "doorstep: %s %s\n", text(batch, "state").c_str(),
                 text(batch, "error").c_str());
    return 2;
  }
  if (options.preview_only) return 0;
  const api::Response applied = desk.call(api::Method::post, path + "/apply", community, "{}");
  if (applied.status != 200) {
    std::fprintf(stderr, "%s\n", applied.body.c_str());
    return 2;
  }
  batch = wait_for(desk, path, community);
  std::printf("%s\n", text(batch, "state").c_str());
  return text(batch, "state") == "applied" ? 0 : 1;
}

int run(int argc, char** argv) {
  CLI::App cli{"Import dwellings or residents from a table (CSV or XLSX)", "doorstep import"};
  ImportOptions options;
  add_installation_flags(cli, options.installation);
  cli.add_option("--kind", options.kind, "What the rows are")
      ->check(CLI::IsMember({"dwellings", "residents"}))
      ->capture_default_str();
  cli.add_option("--community", options.community, "Id, where there are several");
  cli.add_flag("--preview", options.preview_only, "Read and show, change nothing");
  cli.add_option("file", options.file, "XLSX, or CSV in UTF-8 or GB18030")->required();
  return run_command(cli, argc, argv, [&] { return run_import(options); });
}

}  // namespace

Command import_command() {
  return {"import", "import dwellings or residents from a table (CSV or XLSX)", run};
}

}  // namespace doorstep::app
