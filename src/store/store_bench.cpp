/// \file Durable writes per second through Store::write() with 64 in flight, and through a bare
/// loop that issues the same statements 64 to a commit on the same disk: the ratio is the figure.
///
///   bench_store [seconds [directory]]      DOORSTEP_BENCH_POSTGRES names a server, a URL.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "store/idempotency.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int people = 20000;
constexpr int in_flight = 64;

// The statements of a check-in: is it a repeat, whose is it, keep it, meet the duty, remember the
// answer, journal it.
constexpr std::string_view select_repeat =
    "SELECT request_hash, body, media_type, file_name FROM idempotency "
    "WHERE actor = $1 AND key = $2";
constexpr std::string_view select_person =
    "SELECT household_id, state FROM bench_person WHERE community_id = $1 AND id = $2";
constexpr std::string_view insert_check_in =
    "INSERT INTO bench_check_in (community_id, id, person_id, at, feeling) "
    "VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view update_duty =
    "UPDATE bench_person SET state = $3 WHERE community_id = $1 AND id = $2";
constexpr std::string_view insert_repeat =
    "INSERT INTO idempotency (actor, key, request_hash, at, body, media_type, file_name) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view insert_entry =
    "INSERT INTO journal (id, at, community_id, actor, kind, subject, path, data) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

struct CheckIn {
  std::int64_t number;
  std::int64_t person;
  std::string key;
  Instant at;
};

CheckIn check_in(std::int64_t number) {
  return {number, number * 7919 % people, fmt::format("0190-{:020}", number),
          Instant{std::chrono::milliseconds{1669597920000 + number}}};
}

const Bytes hash{std::string(32, 'h')};
const std::string body = R"({"saved":true,"window":"2022-11-28T08:00"})";

Outcome carry_out(Transaction& tx, const CheckIn& in) {
  if (tx.first(select_repeat, {in.person, in.key}))
    return Error{ErrorKind::conflict, "bench.twice"};
  if (!tx.first(select_person, {1, in.person})) return Error{ErrorKind::not_found, "bench.person"};
  tx.run(insert_check_in, {1, in.number, in.person, in.at, "fine"});
  tx.run(update_duty, {1, in.person, "met"});
  tx.run(insert_repeat, {in.person, in.key, hash, in.at, Bytes{body}, "application/json", ""});
  tx.journal({.community = 1,
              .actor = in.person,
              .kind = "check_in.recorded",
              .subject = in.person,
              .path = "/1/22/333/",
              .data = R"({"feeling":"fine"})"});
  return Answer{body};
}

template <class Connection>
void carry_out_bare(Connection& connection, const CheckIn& in) {
  if (!connection.query(select_repeat, {in.person, in.key}).empty()) std::abort();
  if (connection.query(select_person, {1, in.person}).empty()) std::abort();
  connection.run(insert_check_in, {1, in.number, in.person, in.at, "fine"});
  connection.run(update_duty, {1, in.person, "met"});
  connection.run(insert_repeat,
                 {in.person, in.key, hash, in.at, Bytes{body}, "application/json", ""});
  connection.run(insert_entry, {in.number, in.at, 1, in.person, "check_in.recorded", in.person,
                                "/1/22/333/", R"({"feeling":"fine"})"});
}

void make_tables(Store& store) {
  const Outcome outcome = store.write_now([](Transaction& tx) -> Outcome {
    tx.run(
        "CREATE TABLE bench_person (community_id BIGINT NOT NULL, id BIGINT NOT NULL, "
        "household_id BIGINT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (community_id, id))");
    tx.run(
        "CREATE TABLE bench_check_in (community_id BIGINT NOT NULL, id BIGINT NOT NULL, "
        "person_id BIGINT NOT NULL, at BIGINT NOT NULL, feeling TEXT NOT NULL, "
        "PRIMARY KEY (community_id, id))");
    tx.run("CREATE INDEX bench_check_in_by_person ON bench_check_in (community_id, person_id, at)");
    for (int at = 0; at < people; ++at) {
      tx.run(
          "INSERT INTO bench_person (community_id, id, household_id, state) "
          "VALUES (1, $1, $2, 'due')",
          {at, at / 2});
    }
    return Answer{};
  });
  if (!outcome.ok()) throw std::runtime_error(outcome.error().hint);
}

/// Check-ins per second; every answer asks for the next one.
class Closed {
 public:
  Closed(Store& store, std::int64_t first, double seconds)
      : store_(store),
        next_(first),
        end_(SteadyClock::now() + std::chrono::microseconds(std::int64_t(seconds * 1e6))) {}

  double run() {
    const auto start = SteadyClock::now();
    for (int at = 0; at < in_flight; ++at) submit();
    idle_.wait();
    const std::chrono::duration<double> took = SteadyClock::now() - start;
    if (failed_ > 0) fmt::print("  {} failed\n", failed_.load());
    return double(done_) / took.count();
  }

  [[nodiscard]] std::int64_t next() const { return next_; }

 private:
  void submit() {
    const CheckIn in = check_in(next_++);
    store_.write([in](Transaction& tx) { return carry_out(tx, in); },
                 [this](const Outcome& outcome) {
                   ++(outcome.ok() ? done_ : failed_);
                   if (!outcome.ok()) fmt::print("  {}\n", outcome.error().code);
                   if (SteadyClock::now() < end_) {
                     submit();
                   } else {
                     idle_.count_down();
                   }
                 });
  }

  Store& store_;
  std::atomic<std::int64_t> next_;
  SteadyClock::time_point end_;
  std::atomic<std::int64_t> done_ = 0;
  std::atomic<std::int64_t> failed_ = 0;
  std::latch idle_{in_flight};
};

template <class Connection>
double run_bare(Connection& connection, std::string_view begin, std::int64_t& next,
                double seconds) {
  const auto start = SteadyClock::now();
  const auto end = start + std::chrono::microseconds(std::int64_t(seconds * 1e6));
  std::int64_t done = 0;
  while (SteadyClock::now() < end) {
    connection.run(begin);
    for (int at = 0; at < in_flight; ++at, ++done) carry_out_bare(connection, check_in(next++));
    connection.run("COMMIT");
  }
  return double(done) / std::chrono::duration<double>(SteadyClock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Store and bare loop in turns on one database, so that both meet the same machine.
template <class Connection>
void compare(const char* name, Store& store, Connection& bare, std::string_view begin,
             double seconds) {
  std::int64_t next = 1;
  std::vector<double> store_rates;
  std::vector<double> bare_rates;
  std::vector<double> ratios;
  for (int round = 0; round < 5; ++round) {
    Closed closed(store, next, seconds / 10);
    store_rates.push_back(closed.run());
    next = closed.next();
    (void)store.sign_head();
    bare_rates.push_back(run_bare(bare, begin, next, seconds / 10));
    ratios.push_back(store_rates.back() / bare_rates.back());
  }
  fmt::print("{:<12} store {:>8.0f}/s   bare loop {:>8.0f}/s   ratio {:.2f}\n", name,
             median(store_rates), median(bare_rates), median(ratios));
}

void bench_sqlite(const std::string& directory, double seconds) {
  const SystemClock clock;
  SystemRng rng;
  Options options;
  options.data_directory = directory;
  options.clock = &clock;
  options.rng = &rng;
  const auto store = Store::open(options);
  make_tables(*store);
  SqliteConnection bare(directory + "/doorstep.db", {}, SqliteConnection::Mode::write);
  compare("sqlite", *store, bare, "BEGIN IMMEDIATE", seconds);
}

void bench_postgres(const std::string& directory, const std::string& server, double seconds) {
  const auto query = std::min(server.find('?'), server.size());
  const std::string url =
      server.substr(0, server.rfind('/', query) + 1) + "doorstep_bench" + server.substr(query);
  PostgresConnection administration(server);
  administration.connect();
  (void)administration.query_once("DROP DATABASE IF EXISTS doorstep_bench WITH (FORCE)");
  (void)administration.query_once("CREATE DATABASE doorstep_bench");
  {
    const SystemClock clock;
    SystemRng rng;
    Options options;
    options.data_directory = directory;
    options.database = url;
    options.clock = &clock;
    options.rng = &rng;
    const char* writers = std::getenv("DOORSTEP_BENCH_WRITERS");  // NOLINT(concurrency-mt-unsafe)
    if (writers != nullptr) options.writers = int(std::strtol(writers, nullptr, 10));
    Seams seams;
    const char* group = std::getenv("DOORSTEP_BENCH_GROUP");  // NOLINT(concurrency-mt-unsafe)
    if (group != nullptr) seams.group_limit = std::size_t(std::strtol(group, nullptr, 10));
    const auto store = open_postgres(options, seams);
    make_tables(*store);
    PostgresConnection bare(url);
    bare.connect();
    compare("postgresql", *store, bare, "BEGIN ISOLATION LEVEL SERIALIZABLE", seconds);
  }
  (void)administration.query_once("DROP DATABASE IF EXISTS doorstep_bench WITH (FORCE)");
}

}  // namespace
}  // namespace doorstep::store

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::strtod(argv[1], nullptr) : 20;
  const std::string directory =
      fmt::format("{}/doorstep-bench-{}", argc > 2 ? argv[2] : "/tmp", ::getpid());
  doorstep::store::bench_sqlite(directory + "/sqlite", seconds);
  if (const char* server =
          std::getenv("DOORSTEP_BENCH_POSTGRES")) {  // NOLINT(concurrency-mt-unsafe)
    doorstep::store::bench_postgres(directory + "/postgresql", server, seconds);
  }
  std::filesystem::remove_all(directory);
}
