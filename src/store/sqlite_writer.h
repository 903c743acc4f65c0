#pragma once
/// \file The one writer of a SQLite database: requests that wait together share a commit.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/id.h"
#include "store/data_directory.h"
#include "store/journal.h"
#include "store/member.h"
#include "store/sqlite_connection.h"

namespace doorstep::store {

class SqliteWriter {
 public:
  struct Parts {
    SqliteConnection* connection;
    DataDirectory* directory;
    const Clock* clock;
    Rng* rng;
    const Seams* seams;
    std::function<void(std::int64_t)> sealed;  ///< Told the newest seq after its commit.
  };

  /// Continues the chain at `last`. With `threaded` requests run on a thread of the writer's own,
  /// without it on the caller's.
  SqliteWriter(Parts parts, Link last, std::int64_t last_head, bool threaded);
  /// Carries out what is queued.
  ~SqliteWriter();
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;

  void submit(Request request);
  Head sign_head();
  [[nodiscard]] std::int64_t last_seq() const { return last_seq_; }

 private:
  class GroupTransaction;
  enum class End : std::uint8_t { answered, run_singly };

  void loop(const std::stop_token& stop);
  void run_group(std::vector<Member>& group, bool grow);
  bool run_members(std::vector<Member>& group, bool grow);
  bool run_member(Member& member);
  bool try_member(Member& member);
  bool take(std::vector<Member>& group);
  End commit(std::vector<Member>& group);
  void insert(Link& last, Sealed& sealed);
  void seal(std::vector<Member>& group, Link& last);
  void give_up(std::vector<Member>& group, const Failure& reason);
  void roll_back();
  void answer(std::vector<Member>& group);
  [[nodiscard]] bool head_is_due() const;
  void sign_when_due();
  Head sign_now();

  Parts parts_;
  SqliteConnection& connection_;
  IdSource ids_;
  Link last_;
  std::int64_t last_head_;  ///< The seq of the newest signed head.
  std::chrono::steady_clock::time_point
      signed_at_;  ///< When a head was last signed or could not be.
  std::atomic<std::int64_t> last_seq_;
  bool disk_lost_ = false;

  std::mutex mutex_;  ///< Of the queue.
  std::condition_variable_any arrived_;
  std::deque<Request> queue_;
  std::mutex inline_;  ///< Held by the caller that does the writer's work.
  std::jthread thread_;
};

}  // namespace doorstep::store
