#pragma once
/// \file The sealer: numbers and chains journal entries that PostgreSQL has committed, and signs
/// heads. Server processes that share a database take turns by the row lock on journal_chain.

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "store/data_directory.h"
#include "store/engines.h"
#include "store/installation.h"
#include "store/postgres_connection.h"

namespace doorstep::store {

class PostgresSealer {
 public:
  struct Parts {
    std::string url;
    DataDirectory* directory;
    const Clock* clock;
    const Seams* seams;
    std::function<void(std::int64_t)> sealed;  ///< Told the newest seq, whoever sealed it.
  };

  PostgresSealer(Parts parts, const Installation& installation, bool threaded);
  ~PostgresSealer();
  PostgresSealer(const PostgresSealer&) = delete;
  PostgresSealer& operator=(const PostgresSealer&) = delete;

  /// Entries were committed: seals them soon, or now where there is no thread.
  void wake();
  /// Seals everything that is committed, then signs.
  Head sign_head();
  [[nodiscard]] std::int64_t last_seq() const { return last_seq_; }

 private:
  void loop(const std::stop_token& stop);
  void wait(std::chrono::milliseconds most);
  void connect();
  bool seal_batch();
  void seal_all();
  void look();
  void sign_when_due();
  Head sign_now();
  void publish(std::int64_t seq);

  Parts parts_;
  std::mutex mutex_;  ///< Of the connection and of what follows.
  PostgresConnection connection_;
  std::int64_t last_head_;
  std::chrono::steady_clock::time_point signed_at_;
  std::atomic<std::int64_t> last_seq_;
  Descriptor bell_;  ///< An eventfd that wake() rings.
  std::jthread thread_;
};

}  // namespace doorstep::store
