/// \file What closing a day costs in a community of 3,000 households under observation: two files are
/// imported, every household is observed in one action and reports, and the sheet of the day is made,
/// read and signed.
///
///   bench_closing [households]      DOORSTEP_TEST_POSTGRES names a server for the second engine.

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "api/endpoint.h"
#include "app/bench_load.h"
#include "app/demo.h"
#include "app/sweeper.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

/// The operator's calls, at the time that the service's clock shows.
class Desk {
 public:
  Desk(api::Service& service, const Clock& clock, Rng& rng)
      : service_(service), clock_(clock), rng_(rng) {}

  json::value call(api::Method method, const std::string& path, const std::string& query = {},
                   const std::string& body = {}) {
    api::Request request;
    request.method = method;
    request.path = path;
    request.query = query;
    request.body = body;
    request.channel = api::Channel::control;
    request.idempotency_key = new_request_key(rng_, clock_.now());
    const api::Response answer = service_.call(request);
    if (answer.status >= 300) throw std::runtime_error(path + " " + answer.body);
    return json::parse(answer.body);
  }

  void import(const std::string& kind, const std::string& bytes) {
    const auto batch =
        call(api::Method::post, "/api/v1/imports", "kind=" + kind + "&file_name=bench.csv", bytes);
    const std::string path = "/api/v1/imports/" + json::value_to<std::string>(batch.at("id"));
    wait(path, "ready");
    call(api::Method::post, path + "/apply", {}, "{}");
    wait(path, "applied");
  }

 private:
  void wait(const std::string& path, std::string_view state) {
    while (json::value_to<std::string>(call(api::Method::get, path).at("state")) != state) {
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  }

  api::Service& service_;
  const Clock& clock_;
  Rng& rng_;
};

std::string text(const json::value& from, std::string_view name) {
  return json::value_to<std::string>(from.at(name));
}

/// Dwellings and who lives there, ten doors to a floor of two entrances; beside those of the demo.
void import_doors(Desk& desk, std::int64_t households) {
  std::string dwellings = "网格,楼栋,单元,楼层,门牌,电梯\n";
  std::string residents = "楼栋,单元,门牌,姓名\n";
  for (std::int64_t number = 0; number < households; ++number) {
    const std::int64_t building = 100 + number / 100;
    const std::int64_t entrance = number / 50 % 2 + 1;
    const std::int64_t floor = number / 10 % 5 + 1;
    const std::int64_t door = floor * 100 + number % 10 + 1;
    dwellings += fmt::format("一网格,{}栋,{}单元,{},{},无\n", building, entrance, floor, door);
    residents += fmt::format("{}栋,{}单元,{},住户{}\n", building, entrance, door, number);
  }
  desk.import("dwellings", dwellings);
  desk.import("residents", residents);
}

/// Every household of the grid; each in ten is heard of by nobody.
std::int64_t report(Desk& desk) {
  std::int64_t number = 0;
  std::string cursor;
  while (true) {
    const auto page = desk.call(
        api::Method::get, "/api/v1/households",
        "filter=observed&limit=1000" + (cursor.empty() ? std::string() : "&cursor=" + cursor));
    for (const auto& row : page.at("rows").as_array()) {
      if (++number % 10 == 0) continue;
      desk.call(
          api::Method::post, "/api/v1/check-ins", {},
          R"({"household":")" + text(row, "id") + R"(","wellbeing":"fine","channel":"phone"})");
    }
    if (!page.as_object().contains("next")) return number;
    cursor = text(page, "next");
  }
}

void measure(const std::string& database, std::int64_t households) {
  fmt::print("{}\n", database.empty() ? "SQLite" : "PostgreSQL");
  const auto folder = std::filesystem::current_path() /
                      fmt::format("build/closing-{}-{}", getpid(), database.empty() ? "s" : "p");
  InstallationOptions options;
  options.data_directory = folder.string();
  options.database = database;
  options.demo = true;
  // The evening: the day's last window is over.
  options.clock = "2022-11-28T20:30:00+08:00";
  {
    const auto house = Installation::open(options);
    if (house.ok()) (*house)->jobs().start();
    if (!house.ok() || !fill_demo(**house, "fumin-bare").ok()) {
      throw std::runtime_error("the demo cannot be filled");
    }
    // The morning, when everybody is asked, on the same store.
    ManualClock morning_clock(*instant_from_text("2022-11-28T08:30:00+08:00"));
    api::Service morning_service((*house)->store(), morning_clock, (*house)->rng(),
                                 api::all_endpoints(), api::Settings{.demo = true});
    Desk morning(morning_service, morning_clock, (*house)->rng());
    Desk desk((*house)->service(), (*house)->clock(), (*house)->rng());
    import_doors(desk, households);
    const auto places = desk.call(api::Method::get, "/api/v1/places", "limit=1000");
    for (const auto& row : places.at("rows").as_array()) {
      if (text(row, "kind") != "building" || text(row, "name").size() < 6) continue;
      morning.call(api::Method::post, "/api/v1/observations", {},
                   R"({"place":")" + text(row, "id") +
                       R"(","ground":"area","start_event_on":"2022-11-27"})");
    }
    const std::int64_t observed = report(morning);
    const auto swept_at = Steady::now();
    sweep_all(
        [&](const SystemWork& work) {
          return (*house)->service().as_system((*house)->service().communities().front(), work);
        },
        std::nullopt);
    fmt::print("  what was not reported is raised in {:.2f} s\n", seconds_since(swept_at));
    const auto began = Steady::now();
    const auto made = desk.call(api::Method::post, "/api/v1/closings", {}, "{}");
    const double closed = seconds_since(began);
    const std::string path = "/api/v1/closings/" + text(made, "id");
    const auto read_at = Steady::now();
    const auto sheet = desk.call(api::Method::get, path);
    const double read = seconds_since(read_at);
    const auto number = [&](const char* name) { return sheet.at(name).to_number<std::int64_t>(); };
    fmt::print("  {} households under observation: closed in {:.2f} s, sheet read in {:.2f} s\n",
               observed, closed, read);
    fmt::print("  on the sheet: {} due, {} reached, {} escalated, {} waiting, {} missed\n",
               sheet.at("due").at("today").to_number<std::int64_t>(), number("met"),
               number("escalated"), number("waiting"), number("missed"));
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace doorstep::app

int main(int argc, char** argv) {
  std::int64_t households = 3000;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::string_view(argv[1]).size(), households);
  doorstep::app::measure("", households);
  if (const char* database = std::getenv("DOORSTEP_TEST_POSTGRES")) {
    doorstep::app::measure(database, households);
  }
  return 0;
}
