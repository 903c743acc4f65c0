/// \file The house with a million persons in it: the demo community copied until there are as many,
/// and then what one client waits for a search, a list, Today and the board, alone and beside 64
/// that send check-ins, over HTTP on the real program.
///
///   bench_million [persons]      DOORSTEP_TEST_POSTGRES names a server for the second engine.

#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "app/bench_load.h"
#include "app/demo.h"
#include "app/installation.h"

namespace doorstep::app {
namespace {

constexpr std::size_t clients = 64;
/// Between the ids of two copies of a person: the demo's own lie far closer together.
constexpr std::int64_t stride = std::int64_t{1} << 40;

/// Copies community $2 as $1; persons get ids $3 apart. What stands inside a community keeps its id.
constexpr std::array copies{
    "INSERT INTO community (id, name, zone, rules_hash, created_at)"
    " SELECT CAST($1 AS BIGINT), name, zone, rules_hash, created_at + 0 * CAST($3 AS BIGINT)"
    " FROM community WHERE id = $2",
    "INSERT INTO place (community_id, id, parent_id, kind, name, path, position, floors, lift, "
    "floor)"
    " SELECT CAST($1 AS BIGINT), id, parent_id, kind, name, path, position + 0 * CAST($3 AS "
    "BIGINT),"
    " floors, lift, floor FROM place WHERE community_id = $2",
    "INSERT INTO household (community_id, id, dwelling_id, path, label, door, access_notes, "
    "digital,"
    " created_at, ended_at) SELECT CAST($1 AS BIGINT), id, dwelling_id, path, label, door,"
    " access_notes, digital, created_at + 0 * CAST($3 AS BIGINT), ended_at FROM household"
    " WHERE community_id = $2",
    "INSERT INTO person (id, name, sex, born_on, created_at, salt) SELECT p.id + CAST($3 AS "
    "BIGINT),"
    " p.name, p.sex, p.born_on, p.created_at + 0 * CAST($1 AS BIGINT), p.salt FROM residence r"
    " JOIN person p ON p.id = r.person_id WHERE r.community_id = $2",
    "INSERT INTO residence (community_id, id, person_id, household_id, relation, from_on, until_on)"
    " SELECT CAST($1 AS BIGINT), id, person_id + CAST($3 AS BIGINT), household_id, relation,"
    " from_on, until_on FROM residence WHERE community_id = $2",
    "INSERT INTO contact_point (community_id, id, kind, value) SELECT CAST($1 AS BIGINT),"
    " id + 0 * CAST($3 AS BIGINT), kind, value FROM contact_point WHERE community_id = $2",
    "INSERT INTO contact_point_use (community_id, contact_point_id, household_id, person_id, "
    "from_at)"
    " SELECT CAST($1 AS BIGINT), contact_point_id, household_id, CASE WHEN person_id = 0 THEN 0 "
    "ELSE"
    " person_id + CAST($3 AS BIGINT) END, from_at FROM contact_point_use WHERE community_id = $2",
    "INSERT INTO search_key (community_id, key, subject_id, household_id)"
    " SELECT CAST($1 AS BIGINT), key, CASE WHEN household_id = 0 THEN subject_id ELSE"
    " subject_id + CAST($3 AS BIGINT) END, household_id FROM search_key WHERE community_id = $2",
    "INSERT INTO access_grant (community_id, id, account_id, role, place_id, path, from_at, "
    "until_at,"
    " granted_by) SELECT CAST($1 AS BIGINT), id, account_id, role, place_id, path,"
    " from_at + 0 * CAST($3 AS BIGINT), until_at, granted_by FROM access_grant"
    " WHERE community_id = $2",
    "INSERT INTO shift (community_id, id, account_id, role, path, from_at, until_at)"
    " SELECT CAST($1 AS BIGINT), id, account_id, role, path, from_at + 0 * CAST($3 AS BIGINT),"
    " until_at FROM shift WHERE community_id = $2",
    "INSERT INTO observation (community_id, id, household_id, path, ground, started_on, "
    "length_days,"
    " first_day, ends_on, opened_at, opened_by, ended_at, end_reason, reported_at, assurance,"
    " unwell_at, seen_at, seen_by) SELECT CAST($1 AS BIGINT), id, household_id, path, ground,"
    " started_on, length_days, first_day, ends_on, opened_at + 0 * CAST($3 AS BIGINT), opened_by,"
    " ended_at, end_reason, reported_at, assurance, unwell_at, seen_at, seen_by FROM observation"
    " WHERE community_id = $2",
    "INSERT INTO check_in (community_id, id, household_id, person_id, observation_id, wellbeing,"
    " temperature, no_thermometer, symptoms, assurance, channel, reported_by, occurred_at,"
    " recorded_at) SELECT CAST($1 AS BIGINT), id, household_id, person_id, observation_id, "
    "wellbeing,"
    " temperature, no_thermometer, symptoms, assurance, channel, reported_by, occurred_at,"
    " recorded_at + 0 * CAST($3 AS BIGINT) FROM check_in WHERE community_id = $2"};

/// A community in the middle, as "community=ID"; empty where something failed.
std::string fill(const InstallationOptions& options, std::int64_t persons) {
  const auto house = Installation::open(options);
  if (!house.ok()) return {};
  (*house)->jobs().start();
  if (!fill_demo(**house, "fumin").ok()) return {};
  const auto began = Steady::now();
  store::Store& store = (*house)->store();
  std::int64_t source = 0;
  std::int64_t copies_wanted = 0;
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    source = db.first("SELECT id FROM community")->integer(0);
    copies_wanted = persons / db.first("SELECT COUNT(*) FROM person")->integer(0);
    return store::Answer{};
  });
  for (std::int64_t copy = 1; copy <= copies_wanted; ++copy) {
    const auto outcome = store.write_now([&](store::Transaction& tx) -> store::Outcome {
      for (const char* statement : copies) {
        tx.run(statement, {source + copy * stride, source, copy * stride});
      }
      // A demo would be looked for among its many communities.
      tx.run("UPDATE account SET demo = FALSE");
      return store::Answer{};
    });
    if (outcome.ok()) continue;
    fmt::print("  copying failed: {} {}\n", outcome.error().code, outcome.error().hint);
    return {};
  }
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    fmt::print("  {} communities, {} persons, {} search keys, copied in {:.0f} s\n",
               db.first("SELECT COUNT(*) FROM community")->integer(0),
               db.first("SELECT COUNT(*) FROM person")->integer(0),
               db.first("SELECT COUNT(*) FROM search_key")->integer(0), seconds_since(began));
    return store::Answer{};
  });
  return "community=" + id_text(source + copies_wanted / 2 * stride);
}

struct Asked {
  const char* name;
  std::vector<std::string> bodies;  ///< Of searches; empty for a GET.
  const char* path;
};

const std::vector<Asked>& asked() {
  static const std::vector<Asked> all{
      {"search",
       {"10-2-301", "10栋2单元301", "王", "lww", "wang", "0301", "13800", "301"},
       "/api/v1/search"},
      {"households?limit=100", {}, "/api/v1/households?limit=100"},
      {"places", {}, "/api/v1/places"},
      {"today", {}, "/api/v1/today"},
      {"board", {}, "/api/v1/board"}};
  return all;
}

void read_all(const std::string& socket, const std::string& community, const char* label,
              std::size_t times) {
  net::Client desk = net::Client::local(socket);
  for (const Asked& one : asked()) {
    std::vector<double> gone;
    const std::string path =
        std::string(one.path) +
        (std::string_view(one.path).find('?') == std::string_view::npos ? '?' : '&') + community;
    for (std::size_t number = 0; number < times; ++number) {
      const auto began = Steady::now();
      const auto answer =
          one.bodies.empty()
              ? desk.send("GET", path)
              : desk.send("POST", path, {{"Content-Type", "application/json"}},
                          "{\"text\":\"" + one.bodies[number % one.bodies.size()] + "\"}");
      if (!answer.ok() || answer->status != 200) {
        fmt::print("  {}: {}\n", one.name,
                   answer.ok() ? std::to_string(answer->status) : answer.error().code);
        break;
      }
      gone.push_back(seconds_since(began) * 1000);
    }
    if (gone.empty()) continue;
    fmt::print("  {}, {}: p50 {:.1f} ms, p95 {:.1f} ms\n", one.name, label, percentile(gone, .5),
               percentile(gone, .95));
  }
}

void read_beside_load(const ServerProcess& server, const std::string& community) {
  const auto links = make_links(server.control_socket(), clients, community);
  std::atomic<bool> over = false;
  std::atomic<std::int64_t> answered = 0;
  std::vector<std::jthread> threads;
  for (std::size_t one = 0; one < links.size(); ++one) {
    threads.emplace_back([&, one] {
      net::Client client = net::Client::tcp("127.0.0.1", server.port());
      for (int number = 0; !over; ++number) {
        const auto answer =
            say_fine(client, links[one], fmt::format("m-{:04}-{:012}", one, number));
        if (answer.ok() && answer->status == 200) ++answered;
      }
    });
  }
  const auto began = Steady::now();
  read_all(server.control_socket(), community, "beside 64 loading", 80);
  fmt::print("  they sent {:.0f} check-ins/s meanwhile\n",
             static_cast<double>(answered) / seconds_since(began));
  over = true;
}

void measure(const std::string& database, std::int64_t persons) {
  fmt::print("{}\n", database.empty() ? "SQLite" : "PostgreSQL");
  const auto folder = std::filesystem::current_path() /
                      fmt::format("build/million-{}-{}", getpid(), database.empty() ? "s" : "p");
  InstallationOptions options;
  options.data_directory = folder.string();
  options.database = database;
  options.demo = true;
  const std::string community = fill(options, persons);
  if (!community.empty()) {
    std::vector<std::string> arguments;
    if (!database.empty()) arguments = {"--database", database};
    ServerProcess server(options.data_directory, arguments);
    fmt::print("  start to ready: {} ms\n", server.start_time().count());
    read_all(server.control_socket(), community, "one client", 240);
    read_beside_load(server, community);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace doorstep::app

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // It takes minutes.
  std::int64_t persons = 1'000'000;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::string_view(argv[1]).size(), persons);
  doorstep::app::measure("", persons);
  if (const char* database = std::getenv("DOORSTEP_TEST_POSTGRES")) {
    doorstep::app::measure(database, persons);
  }
  return 0;
}
