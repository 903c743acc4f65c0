#pragma once
/// \file Loop: one event loop on one thread. A connection stays on its loop for life, so nothing in
/// it needs a lock.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/workers.h"

namespace doorstep::net {

namespace asio = boost::asio;

/// Completes with (error, ...) instead of throwing: on a network failure is the ordinary case.
inline constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// The way into a loop from other threads. It outlives the loop in whoever answers late, and then
/// drops what is posted.
class Gate {
 public:
  explicit Gate(asio::io_context& io) : io_(&io) {}

  template <class Function>
  void post(Function function) {
    const std::scoped_lock lock(mutex_);
    if (io_ != nullptr) asio::post(*io_, std::move(function));
  }

  void close() {
    const std::scoped_lock lock(mutex_);
    io_ = nullptr;
  }

 private:
  std::mutex mutex_;
  asio::io_context* io_;
};

struct Loop {
  asio::io_context io{1};
  std::shared_ptr<Gate> gate = std::make_shared<Gate>(io);
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  std::thread thread;
};

template <class T>
using Deliver = std::function<void(T)>;

/// Runs `task` on a worker and waits, without holding the loop, until it has delivered, from
/// whatever thread. None when `limit` passes first; what is delivered later is dropped.
template <class T>
asio::awaitable<std::optional<T>> on_worker(Workers& workers, std::shared_ptr<Gate> gate,
                                            std::chrono::milliseconds limit,
                                            std::function<void(Deliver<T>)> task) {
  struct Pending {
    asio::steady_timer delivered;
    std::optional<T> value;
  };
  const auto executor = co_await asio::this_coro::executor;
  auto pending = std::make_shared<Pending>(Pending{asio::steady_timer(executor, limit), {}});
  // Weak: a timer must not be held by a thread that outlives its loop.
  Deliver<T> deliver = [gate, weak = std::weak_ptr<Pending>(pending)](T value) {
    gate->post([weak, value = std::move(value)]() mutable {
      const auto waiting = weak.lock();
      if (!waiting || waiting->value) return;
      waiting->value = std::move(value);
      waiting->delivered.cancel();
    });
  };
  workers.post([task = std::move(task), deliver = std::move(deliver)] { task(deliver); });
  co_await pending->delivered.async_wait(as_result);
  co_return std::move(pending->value);
}

}  // namespace doorstep::net
