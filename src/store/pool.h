#pragma once
/// \file Connections that callers take in turn, made when they are first needed.

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace doorstep::store {

template <class Connection>
class Pool {
 public:
  using Make = std::function<std::unique_ptr<Connection>()>;
  Pool(int limit, Make make) : limit_(std::max(limit, 1)), make_(std::move(make)) {}

  /// A connection taken out of the pool; waits for one. Throws what `make` throws.
  class Lease {
   public:
    explicit Lease(Pool& pool) : pool_(pool), connection_(pool.take()) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Connection& operator*() const { return *connection_; }
    /// Its state is not known: the next caller gets a new one instead.
    void drop() { connection_.reset(); }

   private:
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
  };

 private:
  std::unique_ptr<Connection> take() {
    {
      std::unique_lock lock(mutex_);
      freed_.wait(lock, [this] { return !free_.empty() || made_ < limit_; });
      if (!free_.empty()) {
        auto connection = std::move(free_.back());
        free_.pop_back();
        return connection;
      }
      ++made_;
    }
    try {
      return make_();
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (connection) {
      free_.push_back(std::move(connection));
    } else {
      --made_;
    }
    freed_.notify_one();
  }

  int limit_;
  int made_ = 0;
  Make make_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> free_;
};

}  // namespace doorstep::store
