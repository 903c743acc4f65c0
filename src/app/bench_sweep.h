#pragma once
/// \file What the sweep costs: when contacts come due, and the minutes in which the server's CPU is read.

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "app/bench_load.h"
#include "store/store.h"

namespace doorstep::app {

inline constexpr std::size_t clients = 64;

/// The minute of a cut-off, whatever time it is here: of seven households one has not reported. All others are owed
/// something tomorrow, so that nothing else comes due meanwhile.
inline constexpr std::string_view make_due =
    "UPDATE duty SET from_at = $1 - 3600000, due_at = $1, next_at = $1, state = 'waiting',"
    " raised_at = NULL, level = 'worker' WHERE closed_at IS NULL AND kind = 'contact'"
    " AND subject_id % 7 = $2";
inline constexpr std::string_view make_rest_wait =
    "UPDATE duty SET due_at = $1 + 86400000, next_at = $1 + 86400000, state = 'waiting', raised_at "
    "= NULL,"
    " level = 'worker' WHERE closed_at IS NULL";

/// Of the sweep's minutes, counted from the store's filling: two of seven households come due, each at once.
struct SweepMinutes {
  std::chrono::seconds first, cut_off_alone, loaded, cut_off_beside;
};

/// A store of two gigabytes takes a minute or two to close and to be looked through once.
inline SweepMinutes sweep_minutes(std::int64_t persons) {
  const std::chrono::seconds first{20 + persons * 220 / 1'000'000};
  using std::chrono::seconds;
  return {first, first + seconds{65}, first + seconds{130}, first + seconds{195}};
}

/// Lets contacts come due. Returns how many at one time.
inline std::int64_t set_due(store::Store& store, Instant now, const SweepMinutes* sweep) {
  std::int64_t due = 0;
  (void)store.write_now([&](store::Transaction& tx) -> store::Outcome {
    if (sweep == nullptr) {
      due = tx.run(make_due, {now, std::int64_t{0}});
      return store::Answer{};
    }
    tx.run(make_rest_wait, {now});
    due = tx.run(make_due, {now + sweep->cut_off_alone, std::int64_t{0}});
    tx.run(make_due, {now + sweep->cut_off_beside, std::int64_t{1}});
    return store::Answer{};
  });
  return due;
}

/// The server's CPU in the minute that begins so long after `since`.
inline double cpu_of_minute(const ServerProcess& server, Steady::time_point since,
                            std::chrono::seconds from) {
  std::this_thread::sleep_until(since + from);
  const double before = server.cpu_seconds();
  std::this_thread::sleep_until(since + from + std::chrono::seconds{60});
  return server.cpu_seconds() - before;
}

/// The sweep's own CPU is what a minute with a cut-off takes more than one without, and, in a minute in which nothing
/// comes due and nobody reports, all that the server takes.
inline void sweep_costs(const ServerProcess& server, const std::string& community,
                        const SweepMinutes& at, Steady::time_point since) {
  constexpr std::chrono::milliseconds pace{30};  // 64 clients, 2,133 check-ins a second at most.
  constexpr std::chrono::seconds before{5};
  const auto links = make_links(server.control_socket(), clients, community);
  const double quiet = cpu_of_minute(server, since, at.first);
  fmt::print("  CPU of a minute with nothing due: {:.2f} s\n", quiet);
  const double alone = cpu_of_minute(server, since, at.cut_off_alone - before);
  fmt::print("  CPU of the minute of a cut-off: {:.2f} s, {:.2f} s more\n", alone, alone - quiet);
  std::atomic<bool> over = false;
  std::atomic<std::int64_t> answered = 0;
  std::vector<std::jthread> threads;
  for (std::size_t one = 0; one < links.size(); ++one) {
    threads.emplace_back([&, one] {
      net::Client client = net::Client::tcp("127.0.0.1", server.port());
      auto next = Steady::now();
      for (int number = 0; !over; ++number) {
        const auto answer =
            say_fine(client, links[one], fmt::format("s-{:04}-{:012}", one, number));
        if (answer.ok() && answer->status == 200) ++answered;
        next = std::max(next + pace, Steady::now() - 10 * pace);
        std::this_thread::sleep_until(next);
      }
    });
  }
  const auto minute = [&](std::chrono::seconds from) {
    std::this_thread::sleep_until(since + from);
    const std::int64_t answered_before = answered;
    const double cpu = cpu_of_minute(server, since, from);
    return std::pair{cpu, static_cast<double>(answered - answered_before) / 60};
  };
  const auto loaded = minute(at.loaded);
  fmt::print("  beside {:.0f} check-ins/s, nothing due: {:.2f} s\n", loaded.second, loaded.first);
  const auto both = minute(at.cut_off_beside - before);
  fmt::print("  beside {:.0f} check-ins/s, the minute of a cut-off: {:.2f} s, {:.2f} s more\n",
             both.second, both.first, both.first - loaded.first);
  over = true;
}

}  // namespace doorstep::app
