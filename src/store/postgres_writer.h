#pragma once
/// \file Writing connections to PostgreSQL, each on a thread: requests that wait together share a
/// SERIALIZABLE transaction, and run again singly where that one fails.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "base/id.h"
#include "store/engines.h"
#include "store/member.h"
#include "store/postgres_connection.h"
#include "store/postgres_statistics.h"

namespace doorstep::store {

class PostgresWriter {
 public:
  struct Parts {
    std::string url;
    const Clock* clock;
    Rng* rng;
    const Seams* seams;
    std::function<void()> committed;  ///< Entries wait to be sealed.
  };

  /// `threads` of its own; 0: on the caller's.
  PostgresWriter(Parts parts, int threads);
  /// Carries out what is queued.
  ~PostgresWriter();
  PostgresWriter(const PostgresWriter&) = delete;
  PostgresWriter& operator=(const PostgresWriter&) = delete;

  void submit(Request request);

 private:
  class GroupTransaction;
  struct Attempt;
  enum class Fate : std::uint8_t { committed, rolled_back, unknown };
  /// What a member is undone by: nothing but its whole group, its savepoint, its own transaction.
  enum class Guard : std::uint8_t { none, savepoint, transaction };

  void loop(const std::stop_token& stop);
  bool run_group(PostgresConnection& connection, std::span<Member> group, Guard guard);
  void run_singly(PostgresConnection& connection, Member& member);
  bool try_group(PostgresConnection& connection, std::span<Member> group, Attempt& attempt,
                 Guard guard);
  bool run_member(PostgresConnection& connection, Member& member, Guard guard);
  Fate find_out(PostgresConnection& connection, const Attempt& attempt);
  void answer(std::vector<Member>& group);
  Sealed new_entry(Entry entry);
  void pause(int tries);

  Parts parts_;
  PostgresStatistics statistics_;
  std::size_t group_max_;
  std::mutex ids_mutex_;
  IdSource ids_;
  std::mutex mutex_;  ///< Of the queue.
  std::condition_variable_any arrived_;
  std::deque<Request> queue_;
  std::mutex inline_;
  PostgresConnection inline_connection_;
  std::vector<std::jthread> threads_;
};

}  // namespace doorstep::store
