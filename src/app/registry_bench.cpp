/// \file How long an import of 100,000 residents takes on a disk, on SQLite and on the server that
/// DOORSTEP_TEST_POSTGRES names, and a search in one community of as many people as
/// DOORSTEP_BENCH_PEOPLE says (200,000). A million persons: bench_million.

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <benchmark/benchmark.h>

#include "access/accounts.h"
#include "api/endpoint.h"
#include "api/service.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "care/registry/import_batch.h"
#include "store/postgres_connection.h"

namespace doorstep::app {

namespace {

constexpr int doors_per_entrance = 14;
constexpr int entrances_per_building = 4;

/// Dwelling number `at` of a community of any size.
std::string door(std::int64_t at) {
  const std::int64_t entrance = at / doors_per_entrance;
  const std::int64_t number = at % doors_per_entrance;
  return std::to_string(entrance / entrances_per_building + 1) + "栋," +
         std::to_string(entrance % entrances_per_building + 1) + "单元," +
         std::to_string((number / 2 + 1) * 100 + number % 2 + 1);
}

/// A name of three characters that a thousand people share.
std::string name(std::int64_t at) {
  constexpr std::u32string_view surnames = U"李王张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁";
  constexpr std::u32string_view given =
      U"伟强磊军洋勇杰涛超明刚平辉鹏斌波建国志德芳娜敏静丽艳娟秀英玲";
  const auto pick = [&](std::u32string_view from, std::int64_t n) {
    return from[static_cast<std::size_t>(n) % from.size()];
  };
  const std::int64_t mixed = (at * 7919) % 1'000'003;
  const std::u32string points{pick(surnames, mixed), pick(given, mixed / 20),
                              pick(given, mixed / 600)};
  return text::from_code_points(points);
}

class Town {
 public:
  /// `server`: a URL with a query part, for a database of its own there; empty for SQLite.
  explicit Town(const std::string& server = {}) : server_(server) {
    folder_ = std::filesystem::temp_directory_path() / ("doorstep-bench-" + to_hex(rng_.bytes(6)));
    std::filesystem::create_directories(folder_);
    store::Options options;
    options.data_directory = folder_;
    options.clock = &clock_;
    options.rng = &rng_;
    if (!server_.empty()) options.database = make_database();
    store_ = store::Store::open(options);
    IdSource ids(rng_);
    const auto made = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
      TRY(access::create_community(tx, ids, clock_.now(), "大社区", "Asia/Shanghai",
                                   embedded("rules/area-fumin.toml")));
      return store::Answer{};
    });
    CHECK(made.ok());
    service_ = std::make_unique<api::Service>(*store_, clock_, rng_, api::all_endpoints(),
                                              api::Settings{});
  }
  ~Town() {
    service_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
    if (!server_.empty()) administer("DROP DATABASE " + database_ + " WITH (FORCE)");
  }

  api::Response call(api::Method method, std::string path, std::string query, std::string body) {
    api::Request request;
    request.method = method;
    request.path = std::move(path);
    request.query = std::move(query);
    request.body = std::move(body);
    request.channel = api::Channel::control;
    request.idempotency_key = to_hex(rng_.bytes(16));
    return service_->call(request);
  }

  void import(const char* kind, std::string file) {
    const auto started =
        call(api::Method::post, "/api/v1/imports", std::string("kind=") + kind, std::move(file));
    CHECK(started.status == 200);
    const std::string batch = started.body.substr(7, 13);
    store::JobRunner jobs(*store_, clock_, registry::import_jobs(*store_, rng_));
    jobs.drain();
    CHECK(call(api::Method::post, "/api/v1/imports/" + batch + "/apply", "", "").status == 200);
    jobs.drain();
    const auto shown = call(api::Method::get, "/api/v1/imports/" + batch, "", "");
    CHECK(shown.body.find("\"state\":\"applied\"") != std::string::npos);
  }

  /// Two or three people to a dwelling.
  void people(std::int64_t from, std::int64_t count) {
    std::string file = "楼栋,单元,门牌,姓名,性别,出生日期,电话\n";
    for (std::int64_t at = from; at < from + count; ++at) {
      file += door(at * 2 / 5) + ',' + name(at) + (at % 2 == 0 ? ",男," : ",女,") +
              std::to_string(1930 + at % 90) + "-0" + std::to_string(1 + at % 9) + "-1" +
              std::to_string(at % 7) + ",1300" + std::to_string(1'000'000 + at) + '\n';
    }
    import("residents", std::move(file));
  }

  void dwellings(std::int64_t from, std::int64_t to) {
    std::string file = "楼栋,单元,门牌\n";
    for (std::int64_t at = from; at < to; ++at) file += door(at) + '\n';
    import("dwellings", std::move(file));
  }

 private:
  void administer(const std::string& statement) const {
    store::PostgresConnection connection(server_);
    connection.connect();
    (void)connection.query_once(statement);
  }
  std::string make_database() {
    database_ = "doorstep_bench_" + to_hex(rng_.bytes(4));
    administer("CREATE DATABASE " + database_);
    return server_ + "&dbname=" + database_;
  }

  std::string server_;
  std::string database_;
  SystemClock clock_;
  SystemRng rng_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<api::Service> service_;
};

void import_100000_residents(benchmark::State& state, bool on_server) {
  const char* named = std::getenv("DOORSTEP_TEST_POSTGRES");  // NOLINT(concurrency-mt-unsafe)
  const std::string server = on_server && named != nullptr ? named : "";
  if (on_server && server.empty()) state.SkipWithError("DOORSTEP_TEST_POSTGRES is not set");
  for (auto _ : state) {
    state.PauseTiming();
    auto town = std::make_unique<Town>(server);
    town->dwellings(0, 40'000);
    state.ResumeTiming();
    town->people(0, 100'000);
    state.PauseTiming();
    town.reset();
    state.ResumeTiming();
  }
}
BENCHMARK_CAPTURE(import_100000_residents, sqlite, false)
    ->Unit(benchmark::kSecond)
    ->Iterations(1)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(import_100000_residents, postgresql, true)
    ->Unit(benchmark::kSecond)
    ->Iterations(1)
    ->MeasureProcessCPUTime();

Town& large_town() {
  static Town town;
  static const bool filled = [] {
    const char* asked = std::getenv("DOORSTEP_BENCH_PEOPLE");  // NOLINT(concurrency-mt-unsafe)
    const std::int64_t people = asked != nullptr ? std::strtoll(asked, nullptr, 10) : 200'000;
    constexpr std::int64_t step = 100'000;
    for (std::int64_t at = 0; at < people; at += step) {
      const std::int64_t count = std::min(step, people - at);
      town.dwellings(at * 2 / 5, (at + count) * 2 / 5);
      town.people(at, count);
    }
    return true;
  }();
  CHECK(filled);
  return town;
}

/// The 95th of a hundred parts, in milliseconds.
double p95(std::vector<double>& times) {
  std::ranges::sort(times);
  return times[times.size() * 95 / 100] * 1e3;
}

void search_among_many(benchmark::State& state) {
  Town& town = large_town();
  const std::array texts{"10-2-301",    "李伟伟", "lww", "liwei",         "0301",
                         "13001234567", "张",     "301", "999栋1单元501", "z"};
  std::vector<double> times;
  for (auto _ : state) {
    const std::string text = texts[times.size() % texts.size()];
    const auto start = std::chrono::steady_clock::now();
    const auto found =
        town.call(api::Method::post, "/api/v1/search", "", "{\"text\":\"" + text + "\"}");
    times.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    CHECK(found.status == 200);
  }
  state.counters["p95_ms"] = p95(times);
}
BENCHMARK(search_among_many)->Unit(benchmark::kMillisecond)->Iterations(2000);

void list_a_page(benchmark::State& state, const char* path) {
  Town& town = large_town();
  std::vector<double> times;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    CHECK(town.call(api::Method::get, path, "", "").status == 200);
    times.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  state.counters["p95_ms"] = p95(times);
}
BENCHMARK_CAPTURE(list_a_page, households, "/api/v1/households")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(200);
BENCHMARK_CAPTURE(list_a_page, places, "/api/v1/places")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(200);

}  // namespace
}  // namespace doorstep::app
