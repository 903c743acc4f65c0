#pragma once
/// \file Workers: the threads on which blocking work is done, so that no event loop ever waits.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace doorstep::net {

class Workers {
 public:
  explicit Workers(int threads);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// From any thread. The queue holds at most one task per open connection, so it needs no bound.
  /// An exception out of `task` is logged.
  void post(std::function<void()> task);

  /// Whether the caller runs on one of these threads.
  [[nodiscard]] bool here() const;

  /// Lets running tasks end and forgets the others.
  void stop();

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace doorstep::net
