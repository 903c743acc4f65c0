/// \file Orders in a rush: 60 orders within one second from each of 100 groups, over HTTP on the real
/// program, and nothing is lost; the purchase sheet of 5,000 orders.
///
///   bench_orders               DOORSTEP_TEST_POSTGRES names a server for the second engine.

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "app/bench_load.h"
#include "base/check.h"
#include "care/supply/purchase.h"

namespace doorstep::app {
namespace {

constexpr std::size_t groups = 100;
constexpr int orders_each = 60;
constexpr int goods_each = 5;
constexpr std::int64_t sheet_orders = 5000;

struct Tally {
  std::atomic<int> answered = 0;
  std::atomic<int> failed = 0;
  std::atomic<int> sent_within = 0;  ///< Of the first second.
};

std::string order_text(std::string_view token, std::string_view key) {
  constexpr std::string_view body = R"({"text":"白萝卜2根，青椒2斤，西红柿2斤"})";
  return fmt::format(
      "POST /api/v1/needs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Link {}\r\n"
      "Idempotency-Key: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      token, key, body.size(), body);
}

/// A group's orders leave over one second whether or not those before are answered, as those of sixty
/// phones do; the answers are read after that.
void send_over_a_second(const ServerProcess& server, const std::vector<Link>& links,
                        std::size_t group, Steady::time_point began, Tally& tally) {
  net::Client client = net::Client::tcp("127.0.0.1", server.port());
  const std::chrono::nanoseconds apart =
      std::chrono::nanoseconds{std::chrono::seconds{1}} / orders_each;
  int open = 0;
  for (int number = 0; number < orders_each; ++number) {
    std::this_thread::sleep_until(began + apart * number);
    const Link& link =
        links[(group * orders_each + static_cast<std::size_t>(number)) % links.size()];
    const auto wrote =
        client.write(order_text(link.token, fmt::format("rush-{:05}-{:06}", group, number)));
    if (!wrote.ok()) break;
    ++open;
    if (seconds_since(began) <= 1.0) ++tally.sent_within;
  }
  tally.failed += orders_each - open;
  for (; open > 0; --open) {
    const auto answer = client.read();
    ++(answer.ok() && answer->status == 200 ? tally.answered : tally.failed);
  }
}

void rush(const ServerProcess& server, const std::vector<Link>& links) {
  Tally tally;
  std::vector<std::thread> threads;
  const double before = server.cpu_seconds();
  const auto began = Steady::now();
  for (std::size_t group = 0; group < groups; ++group) {
    threads.emplace_back([&, group] { send_over_a_second(server, links, group, began, tally); });
  }
  for (std::thread& thread : threads) thread.join();
  const double gone = seconds_since(began);
  fmt::print(
      "  {} groups of {} orders over one second ({} sent in it): {} answered, {} failed, the last "
      "after {:.1f} s ({:.0f}/s; the program's CPU {:.1f} s)\n",
      groups, orders_each, tally.sent_within.load(), tally.answered.load(), tally.failed.load(),
      gone, static_cast<double>(tally.answered.load()) / gone, server.cpu_seconds() - before);
}

/// Households and their orders straight into the tables: the figure is the sheet's, not theirs.
Id<needs::Cycle> fill(api::WriteContext& context) {
  const auto cycle = context.new_id<needs::Cycle>();
  const Instant cut_off = context.now - std::chrono::minutes{1};
  context.tx.run(
      "INSERT INTO cycle (community_id, id, name, opens_at, cut_off_at, drop_from, drop_until, "
      "state)"
      " VALUES ($1, $2, 'bench', 0, $3, $3, $3, 'open')",
      {context.community.id, cycle, cut_off});
  for (std::int64_t at = 0; at < sheet_orders; ++at) {
    const auto order = context.new_id<needs::Order>();
    context.tx.run(
        "INSERT INTO customer_order (community_id, id, cycle_id, household_id, path, kind, "
        "on_behalf,"
        " diet, state, version, created_at, changed_at)"
        " VALUES ($1, $2, $3, $4, '', 'neighbour', 0, FALSE, 'open', 1, 0, 0)",
        {context.community.id, order, cycle, 1'000'000'000 + at});
    for (int good = 0; good < goods_each; ++good) {
      context.tx.run(
          "INSERT INTO order_line (community_id, id, order_id, cycle_id, need_id, name, canonical,"
          " unit, qty, instead, state, created_at)"
          " VALUES ($1, $2, $3, $4, 0, $5, $5, '斤', 2000, '', 'ordered', 0)",
          {context.community.id, context.new_id<needs::OrderLine>(), order, cycle,
           fmt::format("菜{}", (at * goods_each + good) % 60)});
    }
  }
  context.journal("bench.filled", cycle.value(), "");
  return cycle;
}

void sheet(Installation& house) {
  Id<needs::Cycle> cycle;
  const std::int64_t community = house.service().communities().front();
  const auto filled =
      house.service().as_system(community, [&](api::WriteContext& context) -> store::Outcome {
        cycle = fill(context);
        return store::Answer{};
      });
  CHECK(filled.ok());
  std::vector<double> times;
  std::size_t lines = 0;
  for (int round = 0; round < 21; ++round) {
    (void)house.service().as_system(community, [&](api::WriteContext& context) -> store::Outcome {
      const auto began = Steady::now();
      lines = supply::sheet_of(context, *needs::find_cycle(context, cycle)).size();
      times.push_back(seconds_since(began) * 1e3);
      return store::Answer{};
    });
  }
  double closing = 0;
  const auto closed =
      house.service().as_system(community, [&](api::WriteContext& context) -> store::Outcome {
        const auto began = Steady::now();
        TRY(supply::close_cycle(context, *needs::find_cycle(context, cycle)));
        closing = seconds_since(began) * 1e3;
        return store::Answer{};
      });
  CHECK(closed.ok());
  fmt::print(
      "  sheet of {} orders, {} lines each, {} goods: p50 {:.1f} ms, p95 {:.1f} ms; made for good "
      "{:.1f} ms\n",
      sheet_orders, goods_each, lines, percentile(times, 0.5), percentile(times, 0.95), closing);
}

void measure(const std::string& database) {
  fmt::print("{}\n", database.empty() ? "SQLite" : "PostgreSQL");
  const auto folder =
      std::filesystem::current_path() /
      fmt::format("build/bench-orders-{}-{}", getpid(), database.empty() ? "s" : "p");
  InstallationOptions options;
  options.data_directory = folder.string();
  options.database = database;
  options.demo = true;
  std::vector<std::string> arguments{"--demo"};
  if (!database.empty()) arguments.insert(arguments.end(), {"--database", database});
  {
    ServerProcess server(options.data_directory, arguments);
    const auto links = make_links(server.control_socket(), 600);
    rush(server, links);
    server.kill();
  }
  auto house = Installation::open(options);
  CHECK(house.ok());
  // Answered is kept, also after kill -9: each of the 6,000 is one need.
  (void)(*house)->store().read([&](store::Snapshot& db) -> store::Outcome {
    fmt::print("  kept after kill -9: {} needs, {} order lines\n",
               db.first("SELECT count(*) FROM need WHERE text LIKE '白萝卜%'")->integer(0),
               db.first("SELECT count(*) FROM order_line")->integer(0));
    return store::Answer{};
  });
  sheet(**house);
  house = Error{ErrorKind::unavailable, "bench.over"};
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace doorstep::app

int main() {
  doorstep::app::measure("");
  if (const char* database = std::getenv("DOORSTEP_TEST_POSTGRES")) {
    doorstep::app::measure(database);
  }
  return 0;
}
