/// \file `doorstep privacy report`: what is kept about people, what for, on what basis and how long.

#include <cstdio>
#include <map>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/flags.h"
#include "base/embedded.h"
#include "care/rights/keeping.h"

namespace doorstep::app {
namespace {

std::string how_long(const rights::Kept& one, const RulePack& rules) {
  if (one.period == "stays") return "stays";
  if (one.period == "store") return "14 days";
  const auto days = rights::period_days(rules, one.period);
  if (!days.ok()) throw store::Failure(days.error().code, days.error().hint);
  return std::to_string(*days) + " days since " + one.since;
}

void print_json(const RulePack& rules) {
  boost::json::array rows;
  for (const rights::Kept& one : rights::kept_columns()) {
    boost::json::object row{{"table", one.table},       {"column", one.column},
                            {"class", one.field_class}, {"purpose", one.purpose},
                            {"basis", one.basis},       {"period", one.period},
                            {"since", one.since}};
    const auto days = rights::period_days(rules, one.period);
    if (!one.since.empty() && days.ok()) row["days"] = *days;
    rows.push_back(std::move(row));
  }
  std::printf("%s\n", boost::json::serialize(rows).c_str());
}

void print_text(const RulePack& rules) {
  std::map<std::string, std::vector<const rights::Kept*>> purposes;
  for (const rights::Kept& one : rights::kept_columns()) purposes[one.purpose].push_back(&one);
  for (const auto& [purpose, columns] : purposes) {
    std::printf("%s\n", purpose.c_str());
    for (const rights::Kept* one : columns) {
      std::printf("  %-40s %-8s %-12s %s\n", (one->table + '.' + one->column).c_str(),
                  one->field_class.c_str(), one->basis.c_str(), how_long(*one, rules).c_str());
    }
  }
}

std::vector<std::string> packs() {
  constexpr std::string_view folder = "rules/";
  constexpr std::string_view ending = ".toml";
  std::vector<std::string> names;
  for (std::string_view file : embedded_below(folder)) {
    file.remove_prefix(folder.size());
    file.remove_suffix(ending.size());
    names.emplace_back(file);
  }
  return names;
}

int run(int argc, char** argv) {
  CLI::App cli{"What is kept about people, what for, on what basis and how long",
               "doorstep privacy"};
  std::string pack = "area-fumin";
  bool json = false;
  auto* report = cli.add_subcommand("report", "Print it");
  report->add_option("--rules", pack, "The rule pack whose days are shown")
      ->check(CLI::IsMember(packs()))
      ->capture_default_str();
  report->add_flag("--json", json, "For a machine");
  cli.require_subcommand(1);
  return run_command(cli, argc, argv, [&] {
    const std::string_view text = embedded("rules/" + pack + ".toml");
    const auto rules = RulePack::parse(text);
    if (!rules.ok()) throw store::Failure(rules.error().code, rules.error().hint);
    json ? print_json(*rules) : print_text(*rules);
    return 0;
  });
}

}  // namespace

Command privacy_command() {
  return {"privacy", "what is kept about people, and how long", run};
}

}  // namespace doorstep::app
