/// \file The house as its users meet it, over HTTP on the real program: durable check-ins per second
/// with 64 clients, beside a loop that issues the same statements 64 to a commit on the same disk; how
/// long a press takes to another browser; start, memory, Today and the board.
///
///   bench_house [seconds]      DOORSTEP_TEST_POSTGRES names a server for the second engine.

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "app/bench_load.h"
#include "app/installation.h"
#include "store/idempotency.h"

namespace doorstep::app {
namespace {

constexpr std::size_t clients = 64;

/// Answered check-ins per second.
double over_http(std::uint16_t port, const std::vector<Link>& links, double seconds) {
  std::atomic<std::int64_t> answered = 0;
  std::mutex mutex;
  std::map<std::string, int> failed;  ///< By what was answered instead.
  std::vector<std::thread> threads;
  const auto began = Steady::now();
  for (std::size_t one = 0; one < clients; ++one) {
    threads.emplace_back([&, one] {
      net::Client client = net::Client::tcp("127.0.0.1", port);
      for (int number = 0; seconds_since(began) < seconds; ++number) {
        const auto answer =
            say_fine(client, links[one % links.size()],
                     fmt::format("bench-{:.0f}-{:04}-{:012}", seconds, one, number));
        if (answer.ok() && answer->status == 200) {
          ++answered;
          continue;
        }
        const std::scoped_lock lock(mutex);
        ++failed[answer.ok() ? fmt::format("{} {}", answer->status, answer->body)
                             : answer.error().code + " " + answer.error().hint];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double gone = seconds_since(began);
  for (const auto& [what, times] : failed) fmt::print("  failed {} times: {}\n", times, what);
  return static_cast<double>(answered) / gone;
}

/// The statements of one check-in by link, as src/care/observation/use_cases/record_check_in.cpp and
/// the service issue them.
void check_in_statements(store::Transaction& tx, const Link& link, std::int64_t number,
                         Instant now) {
  const auto row = tx.first(
      "SELECT l.id, l.community_id, h.path FROM link_token l JOIN household h"
      " ON h.community_id = l.community_id AND h.id = l.household_id JOIN community c"
      " ON c.id = l.community_id WHERE l.household_id = $1 LIMIT 1",
      {link.household});
  const std::int64_t actor = row->integer(0);
  const std::int64_t community = row->integer(1);
  const std::string key = fmt::format("loop-{:016}", number);
  constexpr std::string_view subject_sql =
      "SELECT h.path, o.id, o.whole_at, o.heard_at, r.person_id, coalesce(m.reported_at, 0),"
      " coalesce(m.heard_at, 0),"
      " EXISTS (SELECT 1 FROM observation_ground g WHERE g.community_id = r.community_id"
      " AND g.household_id = r.household_id AND g.ended_at IS NULL"
      " AND g.person_id IN (0, r.person_id))"
      " AND NOT EXISTS (SELECT 1 FROM whereabouts w WHERE w.community_id = r.community_id"
      " AND w.person_id = r.person_id AND w.until_at IS NULL AND w.state <> 'central'),"
      " EXISTS (SELECT 1 FROM link_token l WHERE l.community_id = h.community_id AND l.id = $3"
      " AND l.trusted)"
      " FROM household h LEFT JOIN observation o ON o.community_id = h.community_id"
      " AND o.household_id = h.id AND o.ended_at IS NULL"
      " LEFT JOIN residence r ON r.community_id = h.community_id AND r.household_id = h.id"
      " AND r.until_on IS NULL"
      " LEFT JOIN member_report m ON m.community_id = r.community_id"
      " AND m.household_id = r.household_id AND m.person_id = r.person_id"
      " WHERE h.community_id = $2 AND h.id = $1";
  constexpr std::string_view duty_sql =
      "SELECT d.id, d.kind, d.subject_id, d.path, d.owner_id, d.level, d.state, d.step, d.from_at,"
      " d.due_at, d.next_at, d.raised_at, d.by_hand FROM duty d WHERE d.community_id = $1"
      " AND d.kind = $2 AND d.subject_id = $3 AND d.closed_at IS NULL";
  tx.ahead(subject_sql, {link.household, community, actor});
  tx.ahead(duty_sql, {community, "contact", link.household});
  if (!store::recall(tx, actor, key, "hash").ok()) return;
  const store::Rows subject = tx.query(subject_sql, {link.household, community, actor});
  (void)tx.first(duty_sql, {community, "contact", link.household});
  const store::Row& first = subject.at(0);
  tx.post(
      "INSERT INTO check_in (community_id, id, household_id, person_id, observation_id, wellbeing,"
      " temperature, no_thermometer, symptoms, assurance, channel, reported_by, occurred_at,"
      " recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {community, number, link.household, nullptr, first[1], "fine", nullptr, false, "", "head",
       "page", actor, now, now});
  tx.post(
      "UPDATE observation SET reported_at = $3, whole_at = $3, assurance = $4"
      " WHERE community_id = $1 AND id = $2",
      {community, first[1], now, "head"});
  tx.post("UPDATE link_token SET last_used_at = $3 WHERE community_id = $1 AND id = $2",
          {community, actor, now});
  tx.journal({community, actor, "check_in.recorded", number, first.text(0)});
  store::remember(tx, actor, key, "hash", {R"({"id":"0000000000000"})"}, now);
}

/// Check-ins per second of a bare loop, 64 to a commit.
double in_a_loop(store::Store& store, const std::vector<Link>& links, double seconds) {
  std::int64_t number = 1;
  const auto began = Steady::now();
  while (seconds_since(began) < seconds) {
    const Instant now = SystemClock{}.now();
    const auto outcome = store.write_now([&](store::Transaction& tx) -> store::Outcome {
      for (std::size_t one = 0; one < clients; ++one) {
        check_in_statements(tx, links[one % links.size()], number + static_cast<std::int64_t>(one),
                            now);
      }
      return store::Answer{};
    });
    if (!outcome.ok()) fmt::print("  the loop failed: {}\n", outcome.error().code);
    number += static_cast<std::int64_t>(clients);
  }
  return static_cast<double>(number - 1) / seconds_since(began);
}

/// Milliseconds from the press to the event in another client's stream.
void press_to_board(const ServerProcess& server, const std::vector<Link>& links) {
  auto stream =
      net::EventStream::open(net::Client::tcp("127.0.0.1", server.port()), "/api/v1/events",
                             {{"Authorization", "Link " + links.front().token}});
  if (!stream.ok()) {
    fmt::print("  no event stream: {}\n", stream.error().code);
    return;
  }
  net::Client client = net::Client::tcp("127.0.0.1", server.port());
  std::vector<double> gone;
  for (int number = 0; number < 200; ++number) {
    const auto began = Steady::now();
    const auto answer = say_fine(client, links.front(), fmt::format("press-{:016}", number));
    if (!answer.ok() || !stream->next_data(std::chrono::seconds{5})) return;
    gone.push_back(seconds_since(began) * 1000);
  }
  fmt::print("  press to another browser: p50 {:.1f} ms, p95 {:.1f} ms\n", percentile(gone, .5),
             percentile(gone, .95));
}

void reading(const ServerProcess& server) {
  net::Client desk = net::Client::local(server.control_socket());
  for (const char* path : {"/api/v1/today", "/api/v1/board", "/api/v1/households?limit=100"}) {
    std::vector<double> gone;
    for (int number = 0; number < 100; ++number) {
      const auto began = Steady::now();
      if (!desk.send("GET", path).ok()) return;
      gone.push_back(seconds_since(began) * 1000);
    }
    fmt::print("  {}: p50 {:.1f} ms, p95 {:.1f} ms\n", path, percentile(gone, .5),
               percentile(gone, .95));
  }
}

void measure(const std::string& database, double seconds) {
  fmt::print("{}\n", database.empty() ? "SQLite" : "PostgreSQL");
  const auto folder = std::filesystem::current_path() /
                      fmt::format("build/bench-{}-{}", getpid(), database.empty() ? "s" : "p");
  InstallationOptions options;
  options.data_directory = folder.string();
  options.database = database;
  options.demo = true;
  std::vector<std::string> arguments{"--demo"};
  if (!database.empty()) arguments.insert(arguments.end(), {"--database", database});
  std::vector<Link> links;
  double http = 0;
  {
    ServerProcess server(options.data_directory, arguments);
    links = make_links(server.control_socket(), clients);
    fmt::print("  memory, idle demo: {:.1f} MiB\n",
               static_cast<double>(server.memory_kib()) / 1024);
    press_to_board(server, links);
    reading(server);
    http = over_http(server.port(), links, seconds);
    fmt::print("  memory after load: {:.1f} MiB\n",
               static_cast<double>(server.memory_kib()) / 1024);
    server.kill();
    server.start();
    fmt::print("  start to ready after kill -9: {} ms\n", server.start_time().count());
  }
  auto house = Installation::open(options);
  const double loop = house.ok() ? in_a_loop((*house)->store(), links, seconds) : 0;
  fmt::print("  durable check-ins over HTTP, 64 clients: {:.0f}/s\n", http);
  fmt::print("  the same statements in a loop, 64 to a commit: {:.0f}/s\n", loop);
  fmt::print("  ratio: {:.2f}\n", loop > 0 ? http / loop : 0);
  house = Error{ErrorKind::unavailable, "bench.over"};
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace doorstep::app

int main(int argc, char** argv) {
  double seconds = 5;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::string_view(argv[1]).size(), seconds);
  doorstep::app::measure("", seconds);
  if (const char* database = std::getenv("DOORSTEP_TEST_POSTGRES")) {
    doorstep::app::measure(database, seconds);
  }
  return 0;
}
