/// \file The house with a million persons in it: the demo community copied until there are as many,
/// and then what one client waits for a search, a list, Today and the board, alone and beside 64
/// that send check-ins, over HTTP on the real program.
///
///   bench_million [persons [lists | history | backup | sweep]]      DOORSTEP_TEST_POSTGRES names a server for the second engine.
///
/// `lists`: what one client waits, alone; `history`: the same where each household reported on 30 days. `backup`: instead of
/// all that, one backup of it and its way back into SQLite, or into the empty PostgreSQL database that
/// DOORSTEP_BENCH_RESTORE_INTO names. `sweep`: what the minute of a cut-off costs, alone and beside 2,000 check-ins a
/// second, against minutes without one.

#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ranges>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "api/endpoint.h"
#include "app/backing_up.h"
#include "app/bench_load.h"
#include "app/bench_sweep.h"
#include "app/demo.h"
#include "app/installation.h"

namespace doorstep::app {
namespace {

/// Between the ids of two copies of a person: the demo's own lie far closer together.
constexpr std::int64_t stride = std::int64_t{1} << 40;

/// A table that is copied with its community, and what of it is not copied as it is: an expression
/// with $2 for the distance between the ids of a person and of the copy.
struct Copied {
  const char* table;
  const char* condition = "s.community_id = $3";
  std::array<std::string_view, 2> changed = {};  ///< Column, expression.
};
constexpr std::string_view same_person = "s.person_id + $2";
constexpr std::string_view person_or_none =
    "CASE WHEN s.person_id = 0 THEN 0 ELSE s.person_id + $2 END";
constexpr std::array copied{
    Copied{"community", "s.id = $3", {"id", "$1"}},
    Copied{"place"},
    Copied{"household"},
    Copied{"person",
           "s.id IN (SELECT person_id FROM residence WHERE community_id = $3)",
           {"id", "s.id + $2"}},
    Copied{"residence", "s.community_id = $3", {"person_id", same_person}},
    Copied{"contact_point"},
    Copied{"contact_point_use", "s.community_id = $3", {"person_id", person_or_none}},
    Copied{"search_key",
           "s.community_id = $3",
           {"subject_id",
            "CASE WHEN s.household_id = 0 THEN s.subject_id ELSE s.subject_id + $2 END"}},
    Copied{"access_grant"},
    Copied{"shift"},
    Copied{"observation"},
    Copied{"observation_ground", "s.community_id = $3", {"person_id", person_or_none}},
    Copied{"check_in"},
    Copied{"duty"}};

/// The statement that copies the rows of community $3 as those of community $1.
std::string copy_statement(store::Snapshot& db, std::string_view engine, const Copied& one) {
  const std::string columns_of =
      engine == "sqlite" ? "SELECT name FROM pragma_table_info($1) ORDER BY cid"
                         : "SELECT CAST(column_name AS TEXT) FROM information_schema.columns"
                           " WHERE table_name = $1 ORDER BY ordinal_position";
  std::string columns;
  std::string values;
  for (const store::Row& row : db.query(columns_of, {one.table})) {
    const std::string column = row.text(0);
    columns += (columns.empty() ? "" : ", ") + column;
    values += values.empty() ? "" : ", ";
    if (column == one.changed[0]) {
      values += one.changed[1];
    } else {
      values += column == "community_id" ? "$1" : "s." + column;
    }
  }
  // Each parameter needs a type and a use.
  return "INSERT INTO " + std::string(one.table) + " (" + columns + ") SELECT " + values +
         " FROM " + one.table + " s WHERE " + one.condition +
         " AND CAST($1 AS BIGINT) + CAST($2 AS BIGINT) <> 0";
}

/// What is measured: what a client waits for, alone or beside others, also after a month; a backup and its way back;
/// the sweep.
enum class Part : std::uint8_t { waits, lists, history, backup, sweep };

/// The reports of the demo's day as those of the 29 days before as well; an id carries the time at which it was made.
void add_history(store::Transaction& tx, std::string_view engine, std::int64_t community,
                 Instant now) {
  std::string statement = copy_statement(tx, engine,
                                         {"check_in",
                                          "s.community_id = $3 AND s.recorded_at > $4",
                                          {"id", "s.id - $2 * 362387865600000"}});
  static_assert(std::chrono::milliseconds{std::chrono::days{1}}.count() * (1 << 22) ==
                362'387'865'600'000);
  for (const std::string_view column : {"s.recorded_at,", "s.occurred_at,"}) {
    statement.insert(statement.find(column) + column.size() - 1, " - $2 * 86400000");
  }
  for (std::int64_t day = 1; day < 30; ++day) {
    tx.run(statement, {community, day, community, now - std::chrono::days{1}});
  }
  // Each of these days asked them.
  tx.run("UPDATE observation SET opened_at = opened_at - $1", {std::int64_t{29} * 86'400'000});
}

/// A community in the middle, as "community=ID"; empty where something failed.
/// `due_from` is when it was said what comes due when: closing the store takes a while after that.
std::string fill(const InstallationOptions& options, std::int64_t persons, Part part,
                 Steady::time_point& due_from) {
  const auto house = Installation::open(options);
  if (!house.ok()) return {};
  (*house)->jobs().start();
  if (!fill_demo(**house, "fumin-bare").ok()) return {};
  const auto began = Steady::now();
  store::Store& store = (*house)->store();
  std::int64_t source = 0;
  std::int64_t copies_wanted = 0;
  std::vector<std::string> statements;
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    for (const Copied& one : copied) {
      statements.push_back(copy_statement(db, store.engine(), one));
    }
    source = db.first("SELECT id FROM community")->integer(0);
    copies_wanted = persons / db.first("SELECT COUNT(*) FROM person")->integer(0);
    return store::Answer{};
  });
  if (part == Part::history) {
    (void)store.write_now([&](store::Transaction& tx) -> store::Outcome {
      add_history(tx, store.engine(), source, (*house)->clock().now());
      return store::Answer{};
    });
  }
  for (std::int64_t copy = 1; copy <= copies_wanted; ++copy) {
    const auto outcome = store.write_now([&](store::Transaction& tx) -> store::Outcome {
      for (const std::string& statement : statements) {
        tx.run(statement, {source + copy * stride, copy * stride, source});
      }
      // A demo would be looked for among its many communities.
      tx.run("UPDATE account SET demo = FALSE");
      return store::Answer{};
    });
    if (outcome.ok()) continue;
    fmt::print("  copying failed: {} {}\n", outcome.error().code, outcome.error().hint);
    return {};
  }
  due_from = Steady::now();
  const SweepMinutes sweep = sweep_minutes(persons);
  fmt::print("  {} duties come due at once\n",
             set_due(store, (*house)->clock().now(), part == Part::sweep ? &sweep : nullptr));
  (void)store.read([&](store::Snapshot& db) -> store::Outcome {
    fmt::print("  {} communities, {} persons, {} search keys, {} reports, copied in {:.0f} s\n",
               db.first("SELECT COUNT(*) FROM community")->integer(0),
               db.first("SELECT COUNT(*) FROM person")->integer(0),
               db.first("SELECT COUNT(*) FROM search_key")->integer(0),
               db.first("SELECT COUNT(*) FROM check_in")->integer(0), seconds_since(began));
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

/// Every other list: what answers a GET that needs nothing but the community, the slowest first.
void read_lists(const std::string& socket, const std::string& community) {
  struct Timed {
    double p50 = 0;
    double p95 = 0;
    std::string path = {};
    std::size_t bytes = 0;
  };
  constexpr std::size_t times = 40;
  constexpr std::size_t shown = 12;
  constexpr double aim_ms = 10;
  net::Client desk = net::Client::local(socket);
  std::vector<Timed> all;
  for (const api::Endpoint& endpoint : api::all_endpoints()) {
    if (endpoint.method != api::Method::get || endpoint.path.find('{') != std::string::npos)
      continue;
    Timed timed{.path = endpoint.path};
    std::vector<double> gone;
    for (std::size_t number = 0; number < times; ++number) {
      const auto began = Steady::now();
      const auto answer = desk.send("GET", endpoint.path + '?' + community);
      if (!answer.ok() || answer->status != 200) break;  // It needs more, or another actor.
      gone.push_back(seconds_since(began) * 1000);
      timed.bytes = answer->body.size();
    }
    if (gone.size() < times) continue;
    timed.p50 = percentile(gone, .5);
    timed.p95 = percentile(gone, .95);
    all.push_back(std::move(timed));
  }
  std::ranges::sort(all, std::greater{}, &Timed::p95);
  fmt::print("  {} lists, {} of them over {} ms at p95; the slowest:\n", all.size(),
             std::ranges::count_if(all, [](const Timed& one) { return one.p95 > aim_ms; }), aim_ms);
  for (const Timed& one : all | std::views::take(shown)) {
    fmt::print("    {}: p50 {:.1f} ms, p95 {:.1f} ms, {} B\n", one.path, one.p50, one.p95,
               one.bytes);
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

/// What the server does of its own accord, above all the sweep over every community's duties.
void own_work(const ServerProcess& server, const char* what) {
  constexpr int seconds = 30;
  const double before = server.cpu_seconds();
  std::this_thread::sleep_for(std::chrono::seconds{seconds});
  fmt::print("  CPU of the server alone, {}: {:.2f} s in {} s\n", what,
             server.cpu_seconds() - before, seconds);
}

/// What `doorstep backup` and `doorstep restore` do, to the last recomputed entry of the journal.
void back_up_and_restore(const InstallationOptions& options) {
  const std::string file = options.data_directory + ".backup";
  const std::string back = options.data_directory + "-back";
  const std::string secret = store::make_key_sheet(options.data_directory);
  const auto quiet = [](std::string_view, std::int64_t) {};
  auto began = Steady::now();
  const store::BackupNote made = back_up(options, file, false, "verify", quiet);
  fmt::print("  backup: {:.0f} s, {} rows, {:.0f} MB\n", seconds_since(began), made.rows,
             static_cast<double>(made.bytes) / 1e6);
  static const SystemClock clock;
  static SystemRng rng;
  store::Options target;
  target.data_directory = back;
  if (const char* into = std::getenv("DOORSTEP_BENCH_RESTORE_INTO")) target.database = into;
  target.clock = &clock;
  target.rng = &rng;
  target.inline_writes = true;
  began = Steady::now();
  std::ifstream in(file, std::ios::binary);
  store::BackupSummary summary;
  {
    const auto restored = store::restore_backup(in, {secret}, target, summary, quiet);
    const double filled = seconds_since(began);
    const std::size_t problems = store::verify_journal(*restored).problems.size();
    fmt::print("  restore: {:.0f} s, {:.0f} s with its chain recomputed; {} rows, {} problems\n",
               filled, seconds_since(began), summary.rows, problems);
  }
  std::filesystem::remove(file);
  std::filesystem::remove_all(back);
}

void measure(const std::string& database, std::int64_t persons, Part part) {
  fmt::print("{}\n", database.empty() ? "SQLite" : "PostgreSQL");
  const auto folder = std::filesystem::current_path() /
                      fmt::format("build/million-{}-{}", getpid(), database.empty() ? "s" : "p");
  InstallationOptions options;
  options.data_directory = folder.string();
  options.database = database;
  options.demo = true;
  Steady::time_point due_from;
  const std::string community = fill(options, persons, part, due_from);
  if (!community.empty() && part == Part::backup) {
    back_up_and_restore(options);
  } else if (!community.empty()) {
    std::vector<std::string> arguments;
    if (!database.empty()) arguments = {"--database", database};
    ServerProcess server(options.data_directory, arguments);
    fmt::print("  start to ready: {} ms\n", server.start_time().count());
    if (part == Part::sweep) {
      sweep_costs(server, community, sweep_minutes(persons), due_from);
    } else if (part == Part::lists || part == Part::history) {
      read_all(server.control_socket(), community, "one client", 240);
      read_lists(server.control_socket(), community);
    } else {
      own_work(server, "raising what is due");
      own_work(server, "with nothing due");
      read_all(server.control_socket(), community, "one client", 240);
      read_lists(server.control_socket(), community);
      read_beside_load(server, community);
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace doorstep::app

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // It takes minutes.
  std::int64_t persons = 1'000'000;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::string_view(argv[1]).size(), persons);
  const std::string_view named = argc > 2 ? argv[2] : "";
  using doorstep::app::Part;
  const Part part = named == "backup"    ? Part::backup
                    : named == "sweep"   ? Part::sweep
                    : named == "lists"   ? Part::lists
                    : named == "history" ? Part::history
                                         : Part::waits;
  doorstep::app::measure("", persons, part);
  if (const char* database = std::getenv("DOORSTEP_TEST_POSTGRES")) {
    doorstep::app::measure(database, persons, part);
  }
  return 0;
}
